"""How sure the figures are: doubtful, not found, blank. What one row has to say is said once."""

from __future__ import annotations

from collections.abc import Iterator

from gkdesk.checks.form_words import LIST_MARK
from gkdesk.checks.registry import rule
from gkdesk.checks.subject import Subject, by_row
from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Finding, Severity, Verdict
from gkdesk.model.form import Cell
from gkdesk.model.reading import State, number_text
from gkdesk.model.wording import doubt_code

MOST_LISTED_ROWS = 8
"""With more rows of one table than this that say the same, one finding speaks for all."""

FEWEST_OF_WHOLE_ROW = 5
"""Cells of a row from which on a row that is doubtful as a whole is told by its figures alone."""

LONGEST_QUOTE = 20
"""Characters of a cell's text that are quoted at most."""


@rule("reading.doubtful")
def find_doubts(subject: Subject) -> Iterator[Finding]:
    """Doubtful figures, a finding for each row and reason, in the order of the form."""
    groups: dict[tuple[str, tuple[str, ...]], list[Cell]] = {}
    order: dict[CellRef, int] = {}
    for cell in subject.form:
        if cell.state is State.DOUBTFUL:
            order[cell.ref] = len(order)
            groups.setdefault((cell.ref.table, cell.reading.doubts), []).append(cell)
    found = [finding for (_, doubts), cells in groups.items() for finding in _doubts(subject, doubts, cells)]
    yield from sorted(found, key=lambda finding: order[finding.cells[0]])


def _doubts(subject: Subject, doubts: tuple[str, ...], cells: list[Cell]) -> Iterator[Finding]:
    reasons = " ".join(dict.fromkeys(doubt_code(doubt) for doubt in doubts))
    rows = by_row(cells)
    if len(rows) > MOST_LISTED_ROWS:
        nickname = subject.spec.table(cells[0].ref.table).nickname
        arguments = {"table": nickname, "rows": len(rows), "count": len(cells), "reasons": reasons}
        yield _doubt(cells, "doubt.many", ",".join(doubts), arguments)
        return
    wholes = {key: len(in_row) for key, in_row in by_row(subject.cells).items()}
    for (table, row), in_row in rows.items():
        is_long = len(in_row) == wholes.get((table, row)) and len(in_row) >= FEWEST_OF_WHOLE_ROW
        is_whole = is_long and all(cell.value is not None for cell in in_row)
        code, arguments = (
            ("doubt.whole-row", _whole_row(subject, in_row, reasons))
            if is_whole
            else ("doubt.row", _row(subject, in_row, reasons))
        )
        yield _doubt(in_row, code, f"{row}:{','.join(doubts)}", arguments)


def _whole_row(subject: Subject, cells: list[Cell], reasons: str) -> dict[str, object]:
    """The figures of all cells of a long row, without the names of their columns."""
    figures = LIST_MARK.join(number_text(cell.value) for cell in cells)
    return _place_of_row(subject, cells) | {"figures": figures, "reasons": reasons}


def _row(subject: Subject, cells: list[Cell], reasons: str) -> dict[str, object]:
    quoted = LIST_MARK.join(_quoted(subject, cell, len(cells) == 1) for cell in cells)
    return _place_of_row(subject, cells) | {"cells": quoted, "reasons": reasons}


def _doubt(cells: list[Cell], code: str, about: str, arguments: dict[str, object]) -> Finding:
    refs = tuple(cell.ref for cell in cells)
    return Finding("reading.doubtful", code, Verdict.DOUBTFUL, Severity.WARNING, refs, arguments=arguments, about=about)


@rule("reading.missing")
def find_missing(subject: Subject) -> Iterator[Finding]:
    """Cells that were not found: everything, a table, or row by row."""
    if all(cell.state is State.MISSING for cell in subject.cells):
        yield _missing([*subject.cells], "missing.everything", "*", {})
        return
    for table_id, expected in subject.by_table().items():
        cells = [cell for cell in expected if cell.state is State.MISSING]
        rows = by_row(cells)
        nickname = subject.spec.table(table_id).nickname
        arguments: dict[str, object] = {"table": nickname, "rows": len(rows), "count": len(cells)}
        if cells and len(cells) == len(expected):
            yield _missing(cells, "missing.table", table_id, arguments)
        elif len(rows) > MOST_LISTED_ROWS:
            yield _missing(cells, "missing.many", table_id, arguments)
        else:
            yield from _missing_rows(subject, rows, by_row(expected))


def _missing_rows(
    subject: Subject, rows: dict[tuple[str, str], list[Cell]], expected: dict[tuple[str, str], list[Cell]]
) -> Iterator[Finding]:
    for key, cells in rows.items():
        whole = len(cells) == len(expected[key]) > 1
        names = LIST_MARK.join(subject.spec.column_words(cell.ref) for cell in cells)
        arguments = _place_of_row(subject, cells) | {"cells": names}
        yield _missing(cells, "missing.row" if whole else "missing.cells", key[1], arguments)


def _missing(cells: list[Cell], code: str, about: str, arguments: dict[str, object]) -> Finding:
    refs = tuple(cell.ref for cell in cells)
    return Finding("reading.missing", code, Verdict.NOTICE, Severity.WARNING, refs, arguments=arguments, about=about)


@rule("reading.blank")
def find_blanks(subject: Subject) -> Iterator[Finding]:
    """How many cells of each table are blank, and that identities count them as zero."""
    summed = {identity.table for identity in subject.spec.identities}
    for table_id, cells in subject.by_table().items():
        blanks = tuple(cell.ref for cell in cells if cell.state is State.BLANK and cell.ref not in subject.unfilled)
        if not blanks:
            continue
        yield Finding(
            "reading.blank",
            "blank.summed" if table_id in summed else "blank.plain",
            Verdict.NOTICE,
            Severity.INFO,
            blanks,
            arguments={"table": subject.spec.table(table_id).nickname, "count": len(blanks)},
            about=table_id,
        )


def _place_of_row(subject: Subject, cells: list[Cell]) -> dict[str, object]:
    ref = cells[0].ref
    return {"table": subject.spec.table(ref.table).nickname, "row": subject.spec.row_words(ref)}


def _quoted(subject: Subject, cell: Cell, is_alone: bool) -> str:
    """The column, and what stands in the cell: ``自然人“9件”``. Many cells do not each repeat one long text."""
    quote = " ".join(cell.reading.raw.split())
    if len(quote) > LONGEST_QUOTE:
        value = number_text(cell.value)
        quote = value or (quote[:LONGEST_QUOTE] + "…" if is_alone else "")
    return subject.spec.column_words(cell.ref) + (f"“{quote}”" if quote else "")
