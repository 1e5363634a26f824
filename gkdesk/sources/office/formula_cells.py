"""What the formulas of a workbook show where the file does not say it, or says something else than they come to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from gkdesk.sources.office.number_formats import shown_number
from gkdesk.sources.office.plain_sums import Slot, Sum, Sums
from gkdesk.sources.office.sheet_cells import HIDDEN, Sheet, SheetCell, number_text

WITHOUT_VALUE = "formula-without-value"
UNSURE = "sum-unsure"
"""The doubt about a sum that was counted over cells that are hidden, in doubt, or numbers kept as text."""
OTHER_VALUE = "formula-other-value"
"""The doubt about a formula whose stored result is not what it comes to, or is to be counted anew on opening."""

_MOST_CROSSINGS = 2_000_000


def count_formulas(sheets: Sequence[Sheet]) -> None:
    """Gives formulas without a result what they come to where that is certain, and doubts results that differ.

    Stored results are what the program that wrote the file left there: the last result, or a placeholder.
    """
    if not any(sheet.operands.formulas for sheet in sheets):
        return
    for sheet in sheets:
        sheet.operands.unsure.update(_covered(sheet))
    sums = Sums((sheet.name, None if sheet.truncated else sheet.operands) for sheet in sheets)
    for sheet in sheets:
        for slot in sheet.operands.formulas:
            row, column = slot
            cell = sheet.rows.get(row, {}).get(column)
            if cell is None or (cell.doubt and cell.doubt != WITHOUT_VALUE):
                continue
            found = sums.of(sheet.name, slot)
            if cell.doubt == WITHOUT_VALUE and found is not None:
                sheet.rows[row][column] = _counted(sheet, slot, found)
                sheet.sums_counted += 1
            elif not cell.doubt and slot in sheet.operands.numbers:
                sheet.rows[row][column] = _compared(sheet, slot, cell, found)


def _counted(sheet: Sheet, slot: Slot, found: Sum) -> SheetCell:
    text, doubt = shown_number(number_text(str(found.value)), sheet.formats.get(slot, ""))
    if slot in sheet.operands.unsure:
        return SheetCell(text, HIDDEN)
    if not doubt and not (found.sure and sheet.calculation.automatic):
        doubt = UNSURE
    return sheet.doubted(SheetCell(text, doubt), unseen=False)


def _compared(sheet: Sheet, slot: Slot, cell: SheetCell, found: Sum | None) -> SheetCell:
    """A stored result as it is, unless it differs from what the formula comes to."""
    on_opening = sheet.calculation.on_opening and sheet.calculation.automatic
    if found is None:
        return SheetCell(cell.text, OTHER_VALUE) if on_opening else cell
    stored = sheet.operands.numbers[slot]
    if abs(stored - found.value) <= abs(stored) / 10**9:
        return cell
    text = shown_number(number_text(str(found.value)), sheet.formats.get(slot, ""))[0] if on_opening else cell.text
    return SheetCell(text, OTHER_VALUE)


def _covered(sheet: Sheet) -> set[Slot]:
    """The cells that lie under a merged range, where nobody sees them; all if the ranges are too many to look at."""
    rows = sorted(sheet.rows)
    if len(rows) * len(sheet.merges) > _MOST_CROSSINGS:
        return {*sheet.operands.numbers, *sheet.operands.formulas}
    found: set[Slot] = set()
    for merge in sheet.merges:
        for row in rows[bisect_left(rows, merge.top) : bisect_right(rows, merge.bottom)]:
            inside = (column for column in sheet.rows[row] if merge.left <= column <= merge.right)
            found.update((row, column) for column in inside if (row, column) != (merge.top, merge.left))
    return found
