"""What PDF text extractors make of a PDF: the text people paste into mails and editors, with each tool's habits."""

from __future__ import annotations

import io
import logging
import subprocess
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from .report import Report
from .scattered import ran_together, scattered
from .text import lost_columns
from .tools import need


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
    def run(pdf: bytes) -> str:
        from pypdf import PdfReader

        pages = PdfReader(io.BytesIO(pdf)).pages
        return "\n".join(page.extract_text(extraction_mode=mode) for page in pages) + "\n"

    return run


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
    if habit in BY_BLOCKS:
        unknown += scattered(report, text)
    return tuple(dict.fromkeys(unknown))
