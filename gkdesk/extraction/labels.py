"""Comparing words of a source with words of the form: one normal way of writing, and how much of a label is there."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from gkdesk import paths

SHORT_LABEL = 4
"""Labels up to this length are compared as a whole: pieces of two characters would match anything."""

_NOT_SPOKEN = re.compile(r"[^0-9A-Za-z\u3400-\u9fff\U00020000-\U0003ffff]+")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]|\d{1,2})(?=\D)")


@dataclass(frozen=True, slots=True)
class Rules:
    """The writing rules of ``resources/forms/normalisation.toml``."""

    characters: dict[int, str]
    phrases: tuple[tuple[str, str], ...]
    bodies: dict[str, Any]


@cache
def rules() -> Rules:
    """The program's writing rules."""
    return load_rules(paths.forms() / "normalisation.toml")


def load_rules(path: Path) -> Rules:
    """The writing rules of a file; raises ``OSError`` or ``tomllib.TOMLDecodeError``."""
    with path.open("rb") as stream:
        data = tomllib.load(stream)
    characters = {ord(old): new for pairs in data["characters"].values() for old, new in pairs.split()}
    return Rules(characters, tuple(data["phrases"].items()), data["bodies"])


@lru_cache(maxsize=8192)
def simplify(text: str) -> str:
    """``text`` in simplified characters and ordinary forms; blanks and punctuation stay."""
    return _simplified(text)


def _simplified(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(rules().characters)
    for old, new in rules().phrases:
        folded = folded.replace(old, new)
    return folded


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The spoken characters of ``text`` only: ``（三） 不予\\n公开`` and ``(三)不予公开`` are both ``三不予公开``."""
    return _NOT_SPOKEN.sub("", simplify(text))


def spoken_of(text: str) -> str:
    """The same for a whole document, which nobody asks for twice."""
    return _NOT_SPOKEN.sub("", _simplified(text))


@lru_cache(maxsize=65536)
def coverage(label: str, text: str) -> float:
    """Share of the key ``label`` that stands in the key ``text``, in order, in pieces of two characters or more."""
    if not label or not text:
        return 0.0
    if label in text:
        return 1.0
    if len(label) <= SHORT_LABEL:
        return 0.9 if _NUMBERING.sub("", label) == text else 0.0
    common = sum((Counter(label) & Counter(text)).values())
    if common < 0.4 * len(label):
        return 0.0
    blocks = SequenceMatcher(None, label, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / len(label)


def best_coverage(labels: tuple[str, ...], text: str) -> float:
    """The best coverage of any of several wordings."""
    return max((coverage(label, text) for label in labels), default=0.0)


def is_same(labels: tuple[str, ...], text: str) -> bool:
    """True if the key ``text`` is one of the wordings, numbering aside."""
    bare = _NUMBERING.sub("", text)
    return any(text == label or bare == _NUMBERING.sub("", label) for label in labels)


def is_cut_off(labels: tuple[str, ...], text: str) -> bool:
    """True if the key ``text`` is the better part of one of the wordings, which a narrow cell cut off on paper.

    It is longer than what any two rows of one table have in common at their beginning.
    """
    return len(text) > SHORT_LABEL and any(
        label.startswith(text) and len(label) > len(text) > len(label) / 2 for label in labels
    )


def is_misread(labels: tuple[str, ...], text: str) -> bool:
    """True if one character of the key ``text`` is another than in one of the wordings, and that is not a short one."""
    return any(
        len(text) == len(label) >= SHORT_LABEL and sum(a != b for a, b in zip(text, label, strict=True)) == 1
        for label in labels
    )
