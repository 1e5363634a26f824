"""A filled form: per cell what was read and what a reviewer decided. The only place a value changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gkdesk.model.cellref import CellRef
from gkdesk.model.place import Place
from gkdesk.model.reading import MISSING, Number, Reading, State


@dataclass(frozen=True, slots=True)
class Decided:
    """What a reviewer decided about a cell. ``when`` is an ISO 8601 time in UTC."""

    reading: Reading
    who: str
    when: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value cell: as read (never overwritten), where it stood, and as reviewed (or None)."""

    ref: CellRef
    as_read: Reading = MISSING
    place: Place | None = None
    as_reviewed: Decided | None = None

    @property
    def reading(self) -> Reading:
        """What counts now: the reviewer's decision if there is one, else what was read."""
        return self.as_reviewed.reading if self.as_reviewed is not None else self.as_read

    @property
    def value(self) -> Number | None:
        """The number that counts now, or None."""
        return self.reading.value

    @property
    def state(self) -> State:
        """The state that counts now."""
        return self.reading.state

    @property
    def changed(self) -> bool:
        """True if a reviewer decided something else than what was read."""
        return self.as_reviewed is not None


class FilledForm:
    """The cells of one report under one edition of the form, in the order of the form."""

    def __init__(self, edition: str, cells: Iterable[Cell]) -> None:
        self.edition = edition
        self._cells = {cell.ref: cell for cell in cells}

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._cells.values())

    def __len__(self) -> int:
        return len(self._cells)

    def __contains__(self, ref: CellRef) -> bool:
        return ref in self._cells

    def __getitem__(self, ref: CellRef) -> Cell:
        return self._cells[ref]

    def decide(self, ref: CellRef, decided: Decided | None) -> None:
        """Sets what the reviewer decided about a cell, or with None takes it back; raises ``KeyError``."""
        self._cells[ref] = replace(self._cells[ref], as_reviewed=decided)

    def copy(self) -> FilledForm:
        """A form of its own with the same cells (cells are immutable)."""
        return FilledForm(self.edition, self._cells.values())
