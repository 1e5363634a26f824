"""Reading the only row of 表四 from a text that gives its headings and figures in turns.

Where the page is torn into blocks, some headings are followed by their figures, then come other headings with theirs:
``结果 结果 其他 尚未 维持 纠正 结果 审结``, ``1 1 3 0``, ``复议后起诉 总计``. Each turn must name the next columns of
the form, broken alike and read from line to line, and give as many figures as it names columns: then these are its
figures, in the order of the names. A turn whose figures are all the same needs the right characters only. Where
only the totals are named in another place, the sums of all blocks must come out besides; they would not show two
outcomes that changed places, so the names of these must stand in their order in any case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.model.reading import parse_reading
from gkdesk.model.spec import TableSpec

BREAKS = ((4,), (2, 2), (3, 1), (1, 1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 1, 2))
"""How many characters of a name stand on each line."""


def proves_row(table: TableSpec, lines: Sequence[Strip], figures: Sequence[Figure]) -> bool:
    """True if the turns of headings and figures prove that the figures stand in the order of the form.

    Args:
        table: a table of blocks side by side.
        lines: the part of the source that holds the table.
        figures: all figures of these lines, as many as the table has cells. Zeros alone are the same in every order.
    """
    if {parse_reading(figure.text).value for figure in figures} == {0} and len({f.text for f in figures}) == 1:
        return True
    names = [key(column.label[-1]) for block in table.blocks for column in block.columns]
    over = {key(label) for block in table.blocks for label in block.label}
    place, plain = 0, True
    for words, count in _turns(lines):
        for group in sorted(over, key=len, reverse=True):
            words = words.replace(group, "")
        own = names[place : place + count]
        if count == 0 or Counter(words) != Counter("".join(own)):
            return False
        alike = len({figure.text for figure in figures[place : place + count]}) == 1
        if not alike and words not in _broken_alike(own):
            short = {char for name in own if len(name) < max(map(len, names)) for char in name}
            long = [name for name in own if len(name) == max(map(len, names))]
            if not long or "".join(char for char in words if char not in short) not in _broken_alike(long):
                return False
            plain = False
        place += count
    return place == len(figures) and (plain or _close(table, figures))


def _turns(lines: Sequence[Strip]) -> Iterator[tuple[str, int]]:
    """The words of the headings before each run of figures, as a key, and the number of the figures."""
    words, count = "", 0
    for line in lines:
        if line.words and count:
            yield words, count
            words, count = "", 0
        words += key(line.words)
        count += len(line.figures)
    if words or count:
        yield words, count


def _broken_alike(names: Sequence[str]) -> set[str]:
    """The names as a text has them line by line: whole, in halves and so on, short ones apart."""
    longest = max(map(len, names))
    found: set[str] = set()
    for sizes in BREAKS:
        rows = len(sizes)
        ends = [sum(sizes[: row + 1]) for row in range(rows)]
        if ends[-1] < longest:
            continue
        for first in range(rows):
            for step in (0, 1):
                lines = [""] * rows
                for name in names:
                    for row, part in _parts(name, longest, ends, first, step):
                        lines[min(row, rows - 1)] += part
                found.add("".join(lines))
    return found


def _parts(name: str, longest: int, ends: Sequence[int], first: int, step: int) -> Iterator[tuple[int, str]]:
    """The parts of a name by line: of a long one as long as ``ends`` say, of a short one whole, or in characters."""
    if len(name) < longest:
        yield from ((first + number, char) for number, char in enumerate(name)) if step else [(first, name)]
        return
    start = 0
    for row, end in enumerate(ends):
        yield row, name[start:end]
        start = end


def _close(table: TableSpec, figures: Sequence[Figure]) -> bool:
    """True if all blocks come out, by more than nothing."""
    values = [parse_reading(figure.text).value or 0 for figure in figures]
    start, sums = 0, list[bool]()
    for block in table.blocks:
        own = values[start : start + len(block.columns)]
        start += len(block.columns)
        if sum(own[:-1]) != own[-1]:
            return False
        sums.append(own[-1] != 0)
    return sum(sums) >= 2
