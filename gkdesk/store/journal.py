"""The journal of a report: every edit, undo and redo in order, never altered; what can be undone follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gkdesk.model.edit import Edit

EDIT, UNDO, REDO = "edit", "undo", "redo"
KINDS = (EDIT, UNDO, REDO)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One act as it was applied. An undo holds the inverse of what it undid. ``when`` is ISO 8601 in UTC."""

    kind: str
    edit: Edit
    who: str
    when: str


@dataclass(slots=True)
class History:
    """The undo and redo stacks, oldest first.

    Attributes:
        done: edits that stand and can be undone; the last one first.
        undone: edits taken back that can be redone; the last one first.
    """

    done: list[Edit] = field(default_factory=list)
    undone: list[Edit] = field(default_factory=list)

    def accepts(self, kind: str, edit: Edit) -> bool:
        """True if the act can come next: anything can be done, but only the last edit undone or redone."""
        if kind == EDIT:
            return True
        if kind == UNDO:
            return bool(self.done) and self.done[-1].inverse() == edit
        return kind == REDO and bool(self.undone) and self.undone[-1] == edit

    def record(self, kind: str, edit: Edit) -> None:
        """Move along by one act; raises ``ValueError`` if it cannot come next."""
        if not self.accepts(kind, edit):
            raise ValueError(f"this {kind} does not follow from the journal")
        if kind == EDIT:
            self.done.append(edit)
            self.undone.clear()
        elif kind == UNDO:
            self.undone.append(self.done.pop())
        else:
            self.done.append(self.undone.pop())


def replay(entries: Iterable[JournalEntry]) -> History:
    """The stacks as they stand after all entries; raises ``ValueError`` for a journal that contradicts itself."""
    history = History()
    for entry in entries:
        history.record(entry.kind, entry.edit)
    return history
