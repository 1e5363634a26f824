"""Loose tables that lack a column of the form, because a converter put two into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

_FEWEST = 3


class _Text(Protocol):
    @property
    def text(self) -> str: ...


class _Row(Protocol):
    @property
    def words(self) -> str: ...
    @property
    def slots(self) -> Sequence[_Text] | None: ...


def lacks_column(rows: Iterable[_Row], width: int) -> bool:
    """True if most rows begin with a figure right behind their label and have one piece fewer than ``width``.

    A row of such a table that has a piece for every column of the form has one for its label, which stands elsewhere.
    """
    whole = lacking = 0
    for row in rows:
        if row.words and row.slots and row.slots[0].text.strip():
            whole += len(row.slots) == width
            lacking += len(row.slots) == width - 1
    return lacking >= _FEWEST and lacking > whole
