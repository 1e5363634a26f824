"""A part of a text, as every reader of plain text hands it on."""

from __future__ import annotations

from typing import NamedTuple


class Stretch(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of the decoded text."""

    start: int
    end: int
