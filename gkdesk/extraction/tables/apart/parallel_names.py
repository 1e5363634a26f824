"""Names of columns that a text gives in pieces of any size: whether they stand in a given order.

A header that is broken over lines comes line by line, column by column, or both in turn, and names of one line may
stand a little higher or lower than others: ``结 结 其 尚 总``, then ``果 维 持 果 纠 正 …``. However it is broken, the
first characters of the columns follow one another from left to right, so do the second ones, and so on; and every
character of a name stands behind the one before it. Outcomes of 表四 that changed places do not allow that, in whatever
pieces they come; 总计 might stand among them, which the sums tell.
"""

from __future__ import annotations

from collections.abc import Sequence

MOST_NAMES = 20
"""More are not tried."""


def stand_in_parallel(words: str, names: Sequence[str]) -> bool:
    """True if the characters are those of the names in this order, all of them and no others.

    Args:
        words: the characters as the text gives them.
        names: the names of the columns from left to right.
    """
    if len(words) != sum(map(len, names)) or len(names) > MOST_NAMES:
        return False
    longest = max(map(len, names), default=0)
    rows = [[number for number, name in enumerate(names) if len(name) > place] for place in range(longest)]
    # How many columns have given their first character, their second and so on: all that are possible so far.
    ways = {(0,) * longest}
    for char in words:
        ways = {way for before in ways for way in _steps(before, char, names, rows)}
        if not ways:
            return False
    return True


def _steps(
    before: tuple[int, ...], char: str, names: Sequence[str], rows: Sequence[Sequence[int]]
) -> list[tuple[int, ...]]:
    """The ways of going on with a character: it is the next one of a row, below one that is there."""
    found = []
    for place, row in enumerate(rows):
        if before[place] == len(row):
            continue
        column = row[before[place]]
        above = place == 0 or before[place - 1] == len(rows[place - 1]) or rows[place - 1][before[place - 1]] > column
        if names[column][place] == char and above:
            found.append((*before[:place], before[place] + 1, *before[place + 1 :]))
    return found
