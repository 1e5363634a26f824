"""gkdesk beside general table extractors on the same PDFs: ``python -m tests.bench.yardstick FILE.pdf…``.

Seconds to read a file in a warm program (best of the runs), and how many of the figures of 表三 (175 in the 2021 form)
each gives. A table extractor gives tables of text and knows no form, so it is helped as much as can be: every row that
ends in seven figures counts as the next row of 表三 in the order printed, and what is asked is whether the figure at
that place is the true one. Files with a truth beside them (``….truth.json``) are compared with it, others with what
gkdesk reads without doubt. pdfplumber and camelot are not parts of the project; what is not installed is left out.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions
from gkdesk.workflow.tasks import read_report

RUNS = 3
_COLUMNS = 7

Figures = dict[CellRef, str]
Rows = list[list[str]]


def main(arguments: list[str]) -> int:
    """Print one line per file and reader."""
    if not arguments:
        print(__doc__)
        return 2
    print(f"{'file':32} {'reader':24} {'seconds':>9} {'ratio':>7} {'figures':>9}")
    for path in map(Path, arguments):
        known = truth(path)
        own = 0.0
        for name, read in readers():
            seconds, found = _measure(read, path)
            own = own or seconds
            right = sum(found.get(ref) == value for ref, value in known.items())
            figures = f"{right}/{len(known)}"
            print(f"{path.name[:32]:32} {name:24} {seconds:9.2f} {seconds / own:7.1f} {figures:>9}")
    return 0


def _measure(read: Callable[[Path], Figures], path: Path) -> tuple[float, Figures]:
    best, found = float("inf"), Figures()
    for _ in range(RUNS):
        start = time.perf_counter()
        found = read(path)
        best = min(best, time.perf_counter() - start)
    return best, found


def readers() -> Iterator[tuple[str, Callable[[Path], Figures]]]:
    """The readers there are, by name; gkdesk is the first."""
    yield "gkdesk", read_with_gkdesk
    if find_spec("pdfplumber") is not None:
        yield "pdfplumber, text", lambda path: placed(rows_of_lines(lines_by_pdfplumber(path)))
        yield "pdfplumber, tables", lambda path: placed(tables_by_pdfplumber(path))
    if find_spec("camelot") is not None:
        yield "camelot, lattice", lambda path: placed(tables_by_camelot(path, "lattice"))
        yield "camelot, stream", lambda path: placed(tables_by_camelot(path, "stream"))


def read_with_gkdesk(path: Path) -> Figures:
    """The figures gkdesk reads without doubt."""
    form = read_report(path).review.form
    return {cell.ref: str(cell.value) for cell in form if cell.ref.table == "t3" and cell.state is State.READ}


def truth(path: Path) -> Figures:
    """The figures of 表三 as printed; a blank is no figure."""
    beside = path.with_name(path.name + ".truth.json")
    if not beside.exists():
        beside = path.with_suffix(".truth.json")
    if not beside.exists():
        return read_with_gkdesk(path)
    cells = json.loads(beside.read_text("utf-8"))["cells"]
    return {
        CellRef.parse(name): str(value) for name, value in cells.items() if name.startswith("t3.") and value is not None
    }


def tables_by_pdfplumber(path: Path) -> Rows:
    """All rows of all tables."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [
            [cell or "" for cell in row] for page in document.pages for table in page.extract_tables() for row in table
        ]


def lines_by_pdfplumber(path: Path) -> list[str]:
    """All lines of text, the columns kept."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [line for page in document.pages for line in page.extract_text(layout=True).splitlines()]


def tables_by_camelot(path: Path, flavor: str) -> Rows:
    """All rows of all tables."""
    import camelot

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = camelot.read_pdf(str(path), pages="all", flavor=flavor)
    return [[str(cell) for cell in row] for table in found for row in table.df.to_numpy().tolist()]


def rows_of_lines(lines: Sequence[str]) -> Rows:
    """Words of lines as cells."""
    return [line.split() for line in lines]


def placed(rows: Rows) -> Figures:
    """Rows of seven figures at the places of the rows of 表三, in order."""
    form = load_editions()["2021"].table("t3")
    (block,) = form.blocks
    found: Figures = {}
    printed = [texts for row in rows if (texts := _last_figures(row))]
    for texts, row in zip(printed, block.rows, strict=False):
        for column, text in zip(block.columns, texts, strict=True):
            found[CellRef("t3", row.id, column.id)] = text
    return found


def _last_figures(row: Sequence[str]) -> list[str]:
    texts = ["".join(text.split()) for text in row][-_COLUMNS:]
    return texts if len(texts) == _COLUMNS and all(text.isdecimal() for text in texts) else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
