"""What PDF text extractors make of a PDF: the text people paste into mails and editors, with each tool's habits."""

from __future__ import annotations

import io
import logging
import subprocess
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from .kept_columns import out_of_line
from .report import Report
from .scattered import ran_together, scattered
from .text import lost_columns
from .tools import need
from .twist import COLUMNS_MOVED, SECOND_TABLES


def pdftotext(*options: str) -> Callable[[bytes], str]:
    """Poppler's tool with some options."""

    def run(pdf: bytes) -> str:
        with tempfile.TemporaryDirectory(prefix="gkdesk-") as name:
            source, made = Path(name) / "report.pdf", Path(name) / "report.txt"
            source.write_bytes(pdf)
            subprocess.run([need("pdftotext (poppler)"), *options, str(source), str(made)], check=True, timeout=60)
            return made.read_bytes().decode()

    return run


def _pypdf(mode: str) -> Callable[[bytes], str]:
    return lambda pdf: "\n".join(_pypdf_pages(mode, pdf)) + "\n"


def _pypdf_pages(mode: str, pdf: bytes) -> list[str]:
    from pypdf import PdfReader

    return [page.extract_text(extraction_mode=mode) for page in PdfReader(io.BytesIO(pdf)).pages]


def _pdfminer(pdf: bytes) -> str:
    from pdfminer.high_level import extract_text

    # It warns of every font that Chromium makes.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    return str(extract_text(io.BytesIO(pdf)))


def _pdfium(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\f".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    "pdftotext": pdftotext(),
    "pdftotext-layout": pdftotext("-layout"),
    "pdftotext-raw": pdftotext("-raw"),
    "pypdf": _pypdf("plain"),
    "pypdf-layout": _pypdf("layout"),
    "pdfminer": _pdfminer,
    "pdfium": _pdfium,
}
KEEPS_COLUMNS = ("pdftotext-layout", "pypdf-layout")
"""Those in whose text a blank cell leaves its room."""

BY_BLOCKS = ("pdftotext", "pdfminer")
"""Those that may give a table column by column or block by block, its labels elsewhere."""


MOVING = {*COLUMNS_MOVED, *SECOND_TABLES, "rows-swapped", "groups-swapped", "outcomes-swapped", "two-reports"}
"""Twists by which rows, columns or tables stand elsewhere than in the form."""


@lru_cache(maxsize=2)
def extracted(habit: str, pdf: bytes) -> str:
    """The text of a PDF as an extractor gives it."""
    return EXTRACTORS[habit](pdf)


def unknown_cells(habit: str, report: Report, pdf: bytes) -> tuple[str, ...]:
    """Cells that cannot be known: blanks without trace, figures run together or apart from their words."""
    text = extracted(habit, pdf)
    unknown = [*ran_together(report, text)]
    if habit not in KEEPS_COLUMNS:
        unknown += lost_columns(report)
    elif not MOVING & {twist.kind for twist in report.plan.twists}:
        pages = _pypdf_pages("layout", pdf) if habit == "pypdf-layout" else text.split("\f")
        unknown += out_of_line(report, pages)
    if habit in BY_BLOCKS:
        unknown += scattered(report, text)
    return tuple(dict.fromkeys(unknown))
