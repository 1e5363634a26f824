"""Figures of the running text that repeat the tables: what each says, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from gkdesk.model.cellref import CellRef
from gkdesk.model.place import Place
from gkdesk.model.reading import Number

AND = "+"
"""Between the names of a claim about several things together."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a figure may mean: the sum of ``cells``, or their share of the sum of ``share_of`` in per cent.

    ``name`` is a key of the message catalogue (``witness.…``) that says it in the words of the form, or several.
    """

    name: str
    cells: tuple[CellRef, ...]
    share_of: tuple[CellRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Witness:
    """A figure of the prose that repeats the tables.

    Attributes:
        section: the prose section (``overview`` …).
        sentence: the clause or sentence it stands in, as printed, to be quoted.
        figure: its characters as printed (``3,119``, ``十二``, ``48.5%``).
        value: what it says; a share is in per cent.
        claims: what it may mean; one of them suffices. Usages differ: ``受理`` is new requests, or new and carried in.
        approximate: True for 余, 多, 约, 近 and the like.
        scope: words that narrow or widen whose figures these are (``本级``, ``全市``), or empty.
        place: where it stands in the source, None if unknown.
        doubt: a reason code if the reader is not sure of the characters (a scan), else an empty string.
    """

    section: str
    sentence: str
    figure: str
    value: Number
    claims: tuple[Claim, ...]
    approximate: bool = False
    scope: str = ""
    place: Place | None = None
    doubt: str = ""
