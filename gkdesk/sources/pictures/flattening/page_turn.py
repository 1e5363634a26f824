"""Which way up a page of pixels is: the page reader tells, for of a page that is not upright it makes little sense."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gkdesk.sources.pictures.characters.text_recognition import TextBox

_LINE_CHARACTERS, _FEWEST_LINES = 4, 3
_LONG, _ENOUGH_LONG = 8, 2
"""Characters of a line that is no column's name printed downwards, and how many such lines decide."""
_MAKES_SENSE = 0.78
"""How sure the page reader is of what is the right way up: a little under one, else about a half."""


def find_turn(read: Callable[[int], list[TextBox]]) -> tuple[int, list[TextBox]]:
    """By how many quarters a page must be turned to the left to be upright, and what the page reader finds on it then.

    ``read`` gives what it finds on the page turned by so many quarters; it is called no more often than needed. Lines
    of a page that lies on its side stand, and of upside-down ones the reader makes little sense.
    """
    boxes = read(0)
    lines = [box for box in boxes if len(box.text) >= _LINE_CHARACTERS]
    long = [box for box in lines if len(box.text) >= _LONG]
    deciding = long if len(long) >= _ENOUGH_LONG else lines
    standing = [box for box in deciding if box.box.bottom - box.box.top > box.box.right - box.box.left]
    if len(lines) < _FEWEST_LINES:
        return 0, boxes
    if 2 * len(standing) > len(deciding):
        # Standing lines are turned to the left before they are read: what then makes sense has its head on the right.
        quarters = 1 if _sense(standing) >= _MAKES_SENSE else 3
        return quarters, read(quarters)
    if _sense(lines) < _MAKES_SENSE:
        others = read(2)
        if _sense(others) > _sense(boxes):
            return 2, others
    return 0, boxes


def _sense(boxes: Sequence[TextBox]) -> float:
    """The mean confidence of all characters."""
    return sum(box.confidence * len(box.text) for box in boxes) / max(sum(len(box.text) for box in boxes), 1)
