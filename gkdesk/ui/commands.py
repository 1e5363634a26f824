"""The only undo command: one edit of the report, done and taken back by the workbench."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from gkdesk.model.edit import Edit

Apply = Callable[[Edit, str], None]


class EditCommand(QUndoCommand):
    """Does, undoes and redoes one edit through ``apply(edit, kind)``, which must not raise.

    The first ``redo`` comes from the push and is the edit itself; the later ones are redoes.
    """

    def __init__(self, edit: Edit, words: str, apply: Apply) -> None:
        super().__init__(words)
        self.edit = edit
        self._apply = apply
        self._is_new = True

    def redo(self) -> None:
        kind, self._is_new = ("edit" if self._is_new else "redo"), False
        self._apply(self.edit, kind)

    def undo(self) -> None:
        self._apply(self.edit.inverse(), "undo")
