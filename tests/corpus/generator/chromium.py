"""Web pages printed to PDF by Chromium, as offices do who publish only the page."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from .html import HtmlStyle, write_html
from .office import FIXED_TIME, remembered
from .report import Report
from .tools import need

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
_BORDERS = {
    "ruled": "border:1px solid #000",
    "grey": "border:1px solid #ccc",
    "thick": "border:1.5pt solid #333",
    "dotted": "border:1px dotted #000",
    "horizontal": "border:solid #000;border-width:1px 0",
    "none": "border:0",
}


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """How the page is printed.

    Attributes:
        page: how it was made; always in UTF-8.
        borders: a key of the kinds of cell borders; ``dotted``, ``horizontal`` and ``none`` are rare.
        table_size: font size of the tables in points; ``padding`` within their cells in pixels.
        keep_rows: no row is cut by a page break.
        landscape: the paper lies on its side.
        head_and_foot: date, title, address and page number as browsers print them.
    """

    page: HtmlStyle = field(default_factory=HtmlStyle)
    borders: str = "ruled"
    table_size: float = 10.0
    padding: int = 4
    keep_rows: bool = True
    landscape: bool = False
    head_and_foot: bool = False


def write_print(report: Report, style: PrintStyle) -> bytes:
    """The PDF."""
    html = write_html(report, style.page).decode(style.page.charset).replace("</head>", f"{_css(style)}</head>", 1)
    bare = [] if style.head_and_foot else ["--no-pdf-header-footer"]
    return remembered(html.encode(), f"print{len(bare)}.pdf", lambda: _print(html, bare))


def _print(html: str, options: list[str]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gkdesk-") as name:
        folder = Path(name)
        source, made = folder / "report.html", folder / "report.pdf"
        source.write_text(html, encoding="utf-8")
        arguments = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}", *options, source.as_uri()]
        subprocess.run([need("Chromium"), *_FLAGS, *arguments], check=True, capture_output=True, timeout=120)
        data = made.read_bytes()
    stamp = FIXED_TIME.strftime("%Y%m%d%H%M%S").encode()
    return re.sub(rb"(/(?:Creation|Mod)Date \(D:)\d{14}", lambda found: found[1] + stamp, data)


def _css(style: PrintStyle) -> str:
    size = "A4 landscape" if style.landscape else "A4"
    rows = "tr{break-inside:avoid}" if style.keep_rows else ""
    cells = f"{_BORDERS[style.borders]};padding:{style.padding}px"
    # The tables of the form, not those that lay out the page.
    form = "table:not(:has(table)):not(td[valign=top]>table)"
    return (
        f"<style>@page{{size:{size};margin:15mm}}body{{font-family:'Noto Serif CJK SC',serif;font-size:12pt}}"
        f"h1{{text-align:center;font-size:20pt}}{form}{{border-collapse:collapse;width:100%}}"
        f"{form} td{{{cells};text-align:center;font-size:{style.table_size}pt}}{rows}</style>"
    )
