"""The way through the cells that only their own reading speaks for: row by row, to compare them with the source."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from gkdesk.model.cellref import CellRef
from gkdesk.ui.focus import Focus
from gkdesk.ui.views.form_view import FormView
from gkdesk.ui.workbench import Workbench

_CONFIRM = QKeySequence("Ctrl+Return")
_NATIVE = QKeySequence.SequenceFormat.NativeText

Group = tuple[CellRef, ...]


class UnprovenWalk(QObject):
    """Goes from row to row; all unproven cells of a row are selected and lit, so that one key confirms them.

    Signals:
        said: how many cells are left, and what to do.
    """

    said = Signal(str)

    def __init__(self, workbench: Workbench, focus: Focus, form: FormView) -> None:
        super().__init__(workbench)
        self._workbench, self._focus, self._form = workbench, focus, form

    def walk(self, step: int) -> None:
        """Go to the next (1) or previous (-1) row with unproven cells, from the first again after the last."""
        refs = self._workbench.unproven()
        review = self._workbench.review
        if review is None or not refs:
            self.said.emit(self.tr("每一格都已得到印证，或已核对过。"))
            return
        order = {cell.ref: number for number, cell in enumerate(review.review.form)}
        group = _next(rows_of(refs), order, self._focus.cell, step)
        self._focus.show_group(group)
        self._form.select_cells(group)
        self._form.focus_table()
        self._say(refs)

    def _say(self, refs: Sequence[CellRef]) -> None:
        review = self._workbench.review
        zeros = sum(review.review.form[ref].value == 0 for ref in refs) if review is not None else 0
        words = self.tr("还有 {count} 格没有印证，其中 {zeros} 格为 0。对照原文无误后按 {key}，再按 F7 到下一行。")
        self.said.emit(words.format(count=len(refs), zeros=zeros, key=_CONFIRM.toString(_NATIVE)))


def rows_of(refs: Sequence[CellRef]) -> list[Group]:
    """Cells in the order of the form, those of one row together."""
    return [tuple(row) for _, row in groupby(refs, lambda ref: (ref.table, ref.row))]


def _next(groups: Sequence[Group], order: dict[CellRef, int], current: CellRef | None, step: int) -> Group:
    here = order.get(current, -1) if current is not None else -1
    own = next((group for group in groups if current in group), ())
    ahead = [group for group in groups if group != own and (order[group[0]] - here) * step > 0]
    return (ahead or list(groups))[0 if step > 0 else -1]
