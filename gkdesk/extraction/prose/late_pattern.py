"""Regular expressions that are compiled only when a text holds the words without which they cannot match.

The phrases of the prose are many and long, and most reports hold the words of a few: compiling all of them takes longer
than reading a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

Needs = tuple[frozenset[str], ...]
"""Of each set at least one word stands in every text that matches."""

_PLAIN = re.compile(r"[^\^$.\\\[\]()|?*+{}<>@%¥]+")
"""All but the characters that stand for something else than themselves, in regular expressions or in the phrases."""

_COUNTS = ("?", "*", "+", "{")
_COUNTED = re.compile(r"(?:[?*+]|\{(\d*)(?:,\d*)?\})[?+]?")
_NAMED = re.compile(r"<([a-z_]+)>")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)?(?!\?)")
_AROUND = re.compile(r"\(\?(?:[=!]|<[=!])")


class LatePattern:
    """A pattern that gives the same matches as a compiled one.

    ``needs`` must follow from the pattern, see :func:`needs_of`; ``compiled`` is called once, if at all.
    """

    def __init__(self, needs: Needs, compiled: Callable[[], re.Pattern[str]]) -> None:
        self.needs = needs
        self._compiled = compiled

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself."""
        return self._compiled()

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Like ``re.Pattern.finditer``."""
        for words in self.needs:
            if not any(word in text for word in words):
                return iter(())
        return self.pattern.finditer(text)


def needs_of(pattern: str, named: Mapping[str, Needs]) -> Needs:
    """Words that every match of a pattern holds, in which ``<name>`` is an expression that needs ``named[name]``.

    Only what is certain: characters that stand for themselves and must occur. Whatever this does not know, flags among
    it, needs nothing, so that it is never wrong, only of less use.
    """
    try:
        return _Reader(pattern, named).needs()
    except _Unknown:
        return ()


def needs_of_names(words: Mapping[str, str]) -> dict[str, Needs]:
    """The same for expressions that have names, each of which may hold those before it."""
    named: dict[str, Needs] = {}
    for name, pattern in words.items():
        named[name] = needs_of(pattern, named)
    return named


class _Unknown(Exception):
    """The pattern holds something whose end is not certain."""


class _Reader:
    """Goes through a pattern once, from left to right."""

    def __init__(self, pattern: str, named: Mapping[str, Needs]) -> None:
        self._pattern = pattern
        self._named = named
        self._at = 0

    def needs(self) -> Needs:
        found = self._alternatives()
        if self._at < len(self._pattern):
            raise _Unknown
        return found

    def _alternatives(self) -> Needs:
        """Up to the end, or to the bracket that closes."""
        branches = [self._branch()]
        while self._pattern[self._at : self._at + 1] == "|":
            self._at += 1
            branches.append(self._branch())
        if len(branches) == 1:
            return branches[0]
        if not all(branches):
            return ()
        # One set of each branch, the most telling: of these at least one word stands in the text, whichever matched.
        return (frozenset().union(*(min(branch, key=_breadth) for branch in branches)),)

    def _branch(self) -> Needs:
        found: list[frozenset[str]] = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            plain = _PLAIN.match(self._pattern, self._at)
            if plain is None:
                needs = self._part()
                if self._least():
                    found.extend(needs)
                continue
            self._at = plain.end()
            run, last = plain.group(), plain.group()[-1]
            if not self._is_counted():
                found.append(frozenset((run,)))
                continue
            # What is counted is the last character only.
            if len(run) > 1:
                found.append(frozenset((run[:-1],)))
            if self._least():
                found.append(frozenset((last,)))
        return tuple(found)

    def _part(self) -> Needs:
        """What is needed by the class, group, name or mark that begins here."""
        pattern, start = self._pattern, self._at
        if pattern[start] == "[":
            self._at = _end_of_class(pattern, start)
            return ()
        if pattern[start] == "\\":
            if pattern[start + 1 : start + 2].isdigit():
                raise _Unknown
            self._at += 2
            return ()
        if name := _NAMED.match(pattern, start):
            self._at = name.end()
            return self._named.get(name[1], ())
        if around := _AROUND.match(pattern, start):
            self._at = around.end()
            self._group()
            # Not part of what matches, and perhaps just what must not stand there.
            return ()
        if group := _GROUP.match(pattern, start):
            self._at = group.end()
            return self._group()
        if pattern[start] in "^$.@%¥":
            self._at += 1
            return ()
        raise _Unknown

    def _group(self) -> Needs:
        found = self._alternatives()
        if self._pattern[self._at : self._at + 1] != ")":
            raise _Unknown
        self._at += 1
        return found

    def _is_counted(self) -> bool:
        return self._pattern[self._at : self._at + 1] in _COUNTS

    def _least(self) -> int:
        """How often what was just read must stand there at least."""
        if not self._is_counted():
            return 1
        counted = _COUNTED.match(self._pattern, self._at)
        if counted is None:
            raise _Unknown
        self._at = counted.end()
        if counted[1] is None:
            return int(counted.group()[0] == "+")
        return int(counted[1] or 0)


def _breadth(words: frozenset[str]) -> tuple[int, int]:
    return len(words), -min(map(len, words))


def _end_of_class(pattern: str, start: int) -> int:
    """Behind the bracket that closes a class of characters; one that stands first means itself."""
    at = start + 1
    at += pattern[at : at + 1] == "^"
    at += pattern[at : at + 1] == "]"
    while at < len(pattern) and pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    if at >= len(pattern):
        raise _Unknown
    return at + 1
