"""How figures of one year go on from those of the year before, as an edition of the form has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ContinuationSpec:
    """``now`` of this year is ``before`` of the year before plus ``added`` less ``removed`` of this year.

    Once per row (``each = "row"``: the four name columns) or per column (they name rows) of the table.
    ``editions`` are those the year before may be in; between others the figures are not the same thing.
    """

    rule: str
    table: str
    each: str
    editions: tuple[str, ...]
    now: tuple[str, ...]
    before: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    now_words: str
    before_words: str

    @property
    def ids(self) -> frozenset[str]:
        """All rows or columns that take part, of either year."""
        return frozenset(self.now + self.before + self.added + self.removed)


def continuation(data: Mapping[str, Any]) -> ContinuationSpec:
    """One entry of ``[[continuations]]``; raises ``KeyError``."""
    return ContinuationSpec(
        data["rule"],
        data["table"],
        data["each"],
        tuple(data["editions"]),
        tuple(data["now"]),
        tuple(data["before"]),
        tuple(data.get("added", ())),
        tuple(data.get("removed", ())),
        data["now_words"],
        data["before_words"],
    )
