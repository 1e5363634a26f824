"""The stable name of a form cell, ``table.row.column``, as in the command line's contract."""

from __future__ import annotations

import re
from typing import NamedTuple

_PART = re.compile(r"[a-z][a-z0-9_]*")


class CellRef(NamedTuple):
    """Names one value cell of the form, e.g. ``t3.new.natural``."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return ".".join(self)

    @classmethod
    def parse(cls, text: str) -> CellRef:
        """The reference written as ``text``; raises ``ValueError`` if it is none."""
        parts = text.split(".")
        if len(parts) != 3 or not all(_PART.fullmatch(part) for part in parts):
            raise ValueError(f"not a cell reference: {text!r}")
        return cls(*parts)
