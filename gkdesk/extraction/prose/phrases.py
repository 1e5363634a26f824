"""The phrases in which prose repeats the tables, as ``resources/forms/phrases.toml`` has them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from gkdesk import paths
from gkdesk.extraction.prose.late_pattern import LatePattern, Needs, needs_of, needs_of_names
from gkdesk.extraction.prose.stated_figures import BARE, COUNT, MONEY, SHARE
from gkdesk.model.cellref import CellRef
from gkdesk.model.witness import Claim

_WORD = re.compile(r"(?<!\?P)<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One wording.

    Attributes:
        says: names of :attr:`Phrases.claims`; with ``parent`` they follow the name of a group of 表四.
        pattern: to be searched for in a marked sentence.
        zero: the words themselves say that there is none.
        topic: only where requests for information are spoken of.
        sentence: must be found in the sentence or the heading of its part, or None.
        unless: must not be found in the sentence before it, or None.
        after: must be found in the sentence before it, or None.
        year: of the years it may name, how far it is from that of the report (-1: the year before), or None.
    """

    says: tuple[str, ...]
    pattern: LatePattern
    zero: bool
    topic: bool
    parent: bool
    sentence: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    after: re.Pattern[str] | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases, and the words around them that matter.

    ``claims`` and ``bases`` have names of cells in which ``*`` stands for any row; only sentences in which ``spoken``
    is found can hold a phrase.
    """

    phrases: tuple[Phrase, ...]
    claims: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    spoken: re.Pattern[str]
    scope: re.Pattern[str]
    bodies: re.Pattern[str]
    blocked: re.Pattern[str]
    foreign: re.Pattern[str]
    request: re.Pattern[str]
    explicit: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str]
    parents: tuple[tuple[str, re.Pattern[str]], ...]
    outcome: re.Pattern[str]
    lists: re.Pattern[str]
    labels: tuple[tuple[str, re.Pattern[str]], ...]
    share: re.Pattern[str]
    named: re.Pattern[str]
    bases: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]


@cache
def phrases() -> Phrases:
    """The program's own phrases."""
    return load_phrases(paths.forms() / "phrases.toml")


def load_phrases(path: Path) -> Phrases:
    """The phrases of a file; raises ``OSError``, ``tomllib.TOMLDecodeError``, ``KeyError`` or ``re.error``."""
    with path.open("rb") as stream:
        data = tomllib.load(stream)
    words: dict[str, str] = data["words"]
    needs = needs_of_names(words)
    lists, shares = data["lists"], data["shares"]
    label = "(?:" + "|".join(lists["labels"].values()) + ")"
    return Phrases(
        phrases=tuple(_phrase(phrase, words, needs) for phrase in data["phrases"]),
        claims={name: _claims(claims) for name, claims in data["says"].items()},
        spoken=re.compile("|".join(data["spoken"]["words"])),
        scope=re.compile("|".join(data["scope"]["words"])),
        bodies=re.compile(data["scope"]["bodies"]),
        blocked=re.compile(data["blocked"]["clause"]),
        foreign=re.compile(data["blocked"]["foreign"]),
        request=re.compile(data["blocked"]["request"]),
        explicit=re.compile(data["blocked"]["explicit"]),
        part=re.compile(data["blocked"]["part"]),
        whole=re.compile(data["blocked"]["whole"]),
        parents=tuple((name, re.compile(pattern)) for name, pattern in data["parents"].items()),
        outcome=re.compile(data["outcomes"]["words"]),
        lists=_compiled(lists["pattern"], words | {"label": label}),
        labels=tuple((name, re.compile(pattern)) for name, pattern in lists["labels"].items()),
        share=_compiled(shares["pattern"], words),
        named=_compiled(shares["named"], words | {"label": label}),
        bases={name: _claims(shares[name]) for name in ("bases", "review", "suit")},
    )


def cells_of(claims: Iterable[tuple[str, tuple[str, ...]]], refs: Mapping[str, CellRef]) -> tuple[Claim, ...]:
    """The claims whose cells the form has; a name with ``*`` stands for all cells it matches."""
    found = []
    for name, cells in claims:
        known = [tuple(_matching(cell, refs)) for cell in cells]
        if all(known):
            found.append(Claim(name, tuple(ref for some in known for ref in some)))
    return tuple(found)


def _matching(cell: str, refs: Mapping[str, CellRef]) -> Iterator[CellRef]:
    begin, any_row, end = cell.partition("*")
    if any_row:
        yield from (ref for text, ref in refs.items() if text.startswith(begin) and text.endswith(end))
    elif cell in refs:
        yield refs[cell]


def _claims(data: list[list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(cells)) for name, *cells in data)


def _phrase(data: Mapping[str, Any], words: Mapping[str, str], needs: Mapping[str, Needs]) -> Phrase:
    sentence, unless, after = (data.get(name) for name in ("sentence", "unless", "after"))
    return Phrase(
        says=tuple(data["says"].split()),
        pattern=LatePattern(needs_of(data["pattern"], needs), partial(_compiled, data["pattern"], words)),
        zero=data.get("zero", False),
        topic=data.get("topic", False),
        parent=data.get("parent", False),
        sentence=None if sentence is None else re.compile(sentence),
        unless=None if unless is None else _compiled(unless, words),
        after=None if after is None else _compiled(after, words),
        year=data.get("year"),
    )


def _compiled(pattern: str, words: Mapping[str, str]) -> re.Pattern[str]:
    while _WORD.search(pattern) is not None:
        pattern = _WORD.sub(lambda match: words[match[1]], pattern)
    # Inside a class of characters the two kinds of counts are two characters, outside a class of their own.
    pattern = re.sub(r"\[[^\]]*@[^\]]*\]", lambda match: match[0].replace("@", COUNT + BARE), pattern)
    pattern = pattern.replace("@", f"[{COUNT}{BARE}]").replace("%", SHARE).replace("¥", MONEY)
    return re.compile(pattern)
