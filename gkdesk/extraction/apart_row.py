"""Reading the only row of 表四 from a text that gives its headings and figures in turns.

Where the page is torn into blocks, some headings are followed by their figures, then come other headings with theirs:
``结果 结果 其他 尚未 维持 纠正 结果 审结``, ``1 1 3 0``, ``复议后起诉 总计``. Each turn must name the next columns of the
form, all of them whole however they are broken, and give as many figures as it names columns. This proves which figures
belong to which turn. Within a turn they follow one another as the names do; a turn that names a total in the midst of
others does not show where that stands, so that the sums of all blocks must come out besides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.model.reading import parse_reading
from gkdesk.model.spec import TableSpec


def proves_row(table: TableSpec, lines: Sequence[Strip], figures: Sequence[Figure]) -> bool:
    """True if the turns of headings and figures prove that the figures stand in the order of the form.

    Args:
        table: a table of blocks side by side.
        lines: the part of the source that holds the table.
        figures: all figures of these lines, as many as the table has cells.
    """
    names = [key(column.label[-1]) for block in table.blocks for column in block.columns]
    over = {key(label) for block in table.blocks for label in block.label}
    place, plain = 0, True
    for words, count in _turns(lines):
        for group in sorted(over, key=len, reverse=True):
            words = words.replace(group, "")
        own = names[place : place + count]
        if count == 0 or not _is_made_of(words, own):
            return False
        plain = plain and _stand_in_order(words, own)
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


def _is_made_of(words: str, names: Sequence[str]) -> bool:
    return Counter(words) == Counter("".join(names))


def _stand_in_order(words: str, names: Sequence[str]) -> bool:
    """True if the names follow one another, told by the characters that only one of them has; none is a total inside.

    A total begins or ends a turn, or its names are those of one block, of which it is the last.
    """
    counted = Counter(names)
    if any(times > 1 for times in counted.values()):
        return False
    single = [[char for char in name if sum(other.count(char) for other in names) == 1] for name in names]
    places = [min((words.find(char) for char in chars), default=-1) for chars in single]
    return min(places) >= 0 and places == sorted(places)


def _close(table: TableSpec, figures: Sequence[Figure]) -> bool:
    """True if all blocks come out, by more than nothing, or if all figures are the same."""
    if len({figure.text for figure in figures}) == 1:
        return True
    values = [parse_reading(figure.text).value or 0 for figure in figures]
    start, sums = 0, list[bool]()
    for block in table.blocks:
        own = values[start : start + len(block.columns)]
        start += len(block.columns)
        if sum(own[:-1]) != own[-1]:
            return False
        sums.append(own[-1] != 0)
    return sum(sums) >= 2
