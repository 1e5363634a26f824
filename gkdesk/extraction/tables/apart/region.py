"""The part of a text that holds a table whose figures stand apart from their labels.

It goes from the table's heading to the next one. Programs that go through a page block by block may meet the heading of
表四 before the last blocks of 表三: figures behind that heading, before any word but the names of blocks, belong to
表三 then if exactly that many are lacking to make its rows whole, and 表四 begins with the words behind them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.apart.label_numbers import without_label_numbers
from gkdesk.extraction.tables.apart.turns import without_margins
from gkdesk.extraction.tables.printed_rows import printed_rows
from gkdesk.model.place import TextPlace
from gkdesk.model.spec import FormSpec, TableSpec

FEWEST_ALIKE = 50
"""Figures that are all the same: those of a body that nobody asked for anything."""

LONGEST_REST = 3
"""Characters of a heading that may have come to the next line; longer ones may be the name of a block."""


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a text that holds the table: its figures, how many stand on each page, and its words as a key.

    ``edges`` are the lines with figures that begin or end a page; None for a text without form feeds. ``strayed`` if a
    figure unlike all others was left out: it is not sure that it is the one that belongs elsewhere.
    """

    figures: tuple[Figure, ...]
    counts: tuple[int, ...]
    words: str
    lines: tuple[Strip, ...]
    edges: frozenset[int] | None = None
    strayed: bool = False

    @property
    def header(self) -> tuple[Strip, ...]:
        """The lines before the first figure."""
        return tuple(takewhile(lambda line: not line.figures, self.lines))


def find_regions(table: TableSpec, spec: FormSpec, lines: Sequence[Strip], text: str) -> list[Region]:
    """The parts of the text for the table that hold at least a row of figures: several if it is there twice.

    Args:
        lines: the lines of the source, and ``text`` the characters that their places count.
    """
    width = len(table.blocks[0].columns)
    following = spec.tables[spec.tables.index(table) + 1 :]
    ends = [key(word) for other in following[:1] for word in (*other.keywords, other.heading)]
    ends += [key(word) for words in spec.sections.values() for word in words]
    blocks = {key(label) for other in spec.tables for block in other.blocks for label in block.label}
    others = spec.tables[: spec.tables.index(table)][-1:]
    above = {key(printed.text) for other in others for printed in other.printed}
    regions: list[Region] = []
    starts = [
        number for number, line in enumerate(lines) if _names(lines, number, [key(word) for word in table.keywords])
    ]
    for heading, stop in pairwise([*starts, len(lines)]):
        start = heading + _is_rest_of_heading(table, lines[heading + 1 : stop])
        end = next((number for number in range(start + 2, stop) if _names(lines, number, ends)), None)
        inside, behind = (lines[start + 1 : end], lines[end + 1 : stop]) if end is not None else ((), ())
        part = _with_its_own(table, blocks, above, inside, behind)
        part = without_margins(part) if len(table.blocks) > 1 else part
        figures = _figures(part)
        if len(figures) >= width:
            words = "".join(key(line.words) for line in part)
            edges = frozenset(_edges(part, text)) if "\f" in text else None
            strayed = len(_without_odd_one(inside)) < len(inside)
            regions.append(Region(figures, _counts(figures, width, text), words, tuple(part), edges, strayed))
    return regions


def runs_of_figures(region: Sequence[Strip]) -> Iterator[tuple[str, list[Figure]]]:
    """The words before each run of figures, as a key, and the run; at last the words behind all of them."""
    words, figures = "", list[Figure]()
    for line in region:
        if line.words and figures:
            yield words, figures
            words, figures = "", []
        words += key(line.words)
        figures += line.figures
    yield words, figures


def _is_rest_of_heading(table: TableSpec, behind: Sequence[Strip]) -> bool:
    """True if the next line holds the last characters of the heading only, such as 情况."""
    rest = key(behind[0].words) if behind and not behind[0].figures else ""
    ends = [key(word) for word in (*table.keywords, table.heading)]
    return 0 < len(rest) <= LONGEST_REST and any(word.endswith(rest) for word in ends)


def _with_its_own(
    table: TableSpec, blocks: Collection[str], above: Collection[str], part: Sequence[Strip], behind: Sequence[Strip]
) -> Sequence[Strip]:
    """The lines of the table: without figures of the one above before its names, with its own behind the next heading.

    Names of ``blocks``, which stand above all others, may be among those figures, and what is printed in the tables
    ``above`` among those of these. As it is unless just one of this makes the rows whole.
    """
    sizes = {len(rows) * len(table.blocks[0].columns) for rows in printed_rows(table)}
    if len(table.blocks) > 1:
        sizes = {len(list(table.refs()))}
    part = _without_odd_one(part)
    if len(table.blocks) == 1:
        numbered = without_label_numbers(table, part)
        part = numbered if len(_figures(numbered)) in sizes else part
    before = list(takewhile(lambda line: _is_bare(line) or key(line.words) in blocks, part))
    others = list(takewhile(lambda line: _is_bare(line) or _is_printed(key(line.words), above), part))
    more = [
        line for line in takewhile(lambda line: _is_bare(line) or key(line.words) in blocks, behind) if _is_bare(line)
    ]
    # The words among the figures of the table above are its own.
    left = len(others) - next((n for n, line in enumerate(reversed(others)) if _is_bare(line)), len(others))
    own = (part, [*(line for line in before if line.words), *part[len(before) :]], part[left:])
    ways = [[*first, *last] for first in own for last in ([], more)]
    whole = {_figures(way): way for way in reversed(ways) if len(_figures(way)) in sizes}
    return part if len(_figures(part)) in sizes or len(whole) != 1 else next(iter(whole.values()))


def _is_printed(words: str, names: Collection[str]) -> bool:
    """True for words that stand in one of the names, whole or broken over lines."""
    return any(words in name for name in names)


def _without_odd_one(part: Sequence[Strip]) -> Sequence[Strip]:
    """Without a line of one figure that is unlike all others, which are the same many times: it strayed here."""
    texts = Counter(figure.text.strip() for figure in _figures(part))
    odd = [text for text, count in texts.items() if count == 1]
    if len(texts) != 2 or len(odd) != 1 or texts.total() <= FEWEST_ALIKE:
        return part
    return [line for line in part if not (_is_bare(line) and [f.text.strip() for f in line.figures] == odd)]


def _edges(lines: Sequence[Strip], text: str) -> Iterator[int]:
    """The lines of nothing but figures before or behind which only blanks part them from the end of a page."""
    for number, line in enumerate(lines):
        places = [figure.place for figure in line.figures]
        first, last = (places[0], places[-1]) if places else (None, None)
        if not isinstance(first, TextPlace) or not isinstance(last, TextPlace) or line.words:
            continue
        before, behind = text[: first.start].rstrip(" \n\r\t"), text[last.end :].lstrip(" \n\r\t")
        if not before or not behind or before.endswith("\f") or behind.startswith("\f"):
            yield number


def _is_bare(line: Strip) -> bool:
    return not key(line.words)


def _figures(lines: Sequence[Strip]) -> tuple[Figure, ...]:
    return tuple(figure for line in lines for figure in line.figures)


def _names(lines: Sequence[Strip], number: int, headings: Sequence[str]) -> bool:
    """True if a heading begins on this line; it may be broken once."""
    first, both = key(lines[number].words), "".join(key(line.words) for line in lines[number : number + 2])
    return any(heading in both and 0 <= both.find(heading) < len(first) for heading in headings)


def _counts(figures: Sequence[Figure], width: int, text: str) -> tuple[int, ...]:
    """How many figures each page has, where pages are told apart by form feeds and hold whole rows."""
    pages: dict[int, int] = {}
    for figure in figures:
        if not isinstance(figure.place, TextPlace):
            return (len(figures),)
        page = text.count("\f", 0, figure.place.start)
        pages[page] = pages.get(page, 0) + 1
    counts = tuple(pages.values())
    return counts if all(count % width == 0 for count in counts) else (len(figures),)
