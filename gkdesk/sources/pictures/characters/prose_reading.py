"""The text outside the tables of a scanned page, as the page reader read it, with its slips mended.

The page reader is small and quick: it takes a rare character for a common one that looks like it (霁 for 雾), and loses
the full stop at the end of a line. Where it is not quite sure of a text, the line reader reads it once more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from gkdesk.model.place import Box
from gkdesk.sources.pictures.characters.cell_ink import HAN
from gkdesk.sources.pictures.characters.cell_pieces import cut
from gkdesk.sources.pictures.characters.text_recognition import TextBox, TextReader
from gkdesk.sources.pictures.components import Blobs
from gkdesk.sources.pictures.paper import Gray

_FEWEST_HAN = 4
_QUITE_SURE = 0.995
"""The page reader's confidence in a text from which on it is not read again."""
_SURE = 0.5
_FAIRLY_SURE = 0.97
_MOST_OTHER, _MOST_OTHER_OF_DOUBTED = 0.12, 0.4
"""Share of its characters in which a second reading may differ: more means that it saw something else. Where the page
reader is not even fairly sure, on ragged print in black and white, it errs more often than the line reader."""
_BESIDE, _DOWN = 0.7, 0.06
"""Room behind and around a text that is read again, in heights of it: the end of a line may be outside its box."""
_LOW = 0.4
"""Height of a full stop in heights of its text, at most."""
_MARGIN = 0.13
"""Share of the page's height at head and foot in which page numbers stand."""
_NUMBER = re.compile(r"[-—–－─·.,。~_一\s]*(\d{1,3})[-—–－─·.,。~_一\s]*")
_OPEN, _CLOSED = "(（", ")）"


def mended_texts(boxes: Sequence[TextBox], ink: Blobs, gray: Gray, reader: TextReader) -> list[TextBox]:
    """The texts, those as the line reader has them of which the page reader is not quite sure, or did not see the end.

    ``ink`` is what is drawn outside the tables. Page numbers come out plain.
    """
    again = [
        index
        for index, box in enumerate(boxes)
        if _is_doubted(box) or (len(HAN.findall(box.text)) >= _FEWEST_HAN and _lacks_its_end(box, ink))
    ]
    cuts = [cut(gray, boxes[index].box, *_room(boxes[index].box, boxes, gray)) for index in again]
    found = list(boxes)
    for index, line in zip(again, reader.read_lines(cuts), strict=True):
        other = _MOST_OTHER if boxes[index].confidence >= _FAIRLY_SURE else _MOST_OTHER_OF_DOUBTED
        if line.confidence >= _SURE and _is_alike(line.text, boxes[index].text, other):
            found[index] = boxes[index]._replace(text=line.text)
    return [_plain(box, found, gray.shape[0]) for box in found]


def _is_doubted(box: TextBox) -> bool:
    """True for words that the page reader is not sure enough of: of a few characters, as columns' names are, each
    counts, but of so few it is seldom quite sure."""
    enough = _QUITE_SURE if len(HAN.findall(box.text)) >= _FEWEST_HAN else _FAIRLY_SURE
    return HAN.search(box.text) is not None and box.confidence < enough


def _lacks_its_end(box: TextBox, ink: Blobs) -> bool:
    """True if the last that is drawn in or right behind a text is low, as a full stop is, and the text ends in none."""
    edges = box.box
    height = edges.bottom - edges.top
    ys = (ink.top + ink.bottom) / 2
    level = (ys > edges.top) & (ys < edges.bottom) & (ink.left > edges.left)
    own = ink.chosen(level & (ink.left < edges.right + _BESIDE * height))
    if not len(own) or HAN.fullmatch(box.text[-1]) is None:
        return False
    last = int(own.right.argmax())
    return bool(own.height[last] < _LOW * height)


def _room(box: Box, boxes: Sequence[TextBox], gray: Gray) -> tuple[Box, float, float]:
    """The space in which a text may go on to the right, up to the next text; how much of it to take across and down."""
    height = box.bottom - box.top
    level = [other.box.left for other in boxes if other.box.top < box.centre[1] < other.box.bottom]
    right = min([gray.shape[1], *(left for left in level if left > box.centre[0])])
    return Box(box.left - _DOWN * height, 0, max(right, box.right), gray.shape[0]), _BESIDE * height, _DOWN * height


def _is_alike(one: str, other: str, most: float) -> bool:
    """True if two readings are of the same text: all but a few characters are the same, ``most`` a share of them."""
    one, other = "".join(one.split()), "".join(other.split())
    same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return max(len(one), len(other)) - same <= max(1.0, most * len(other))


def _plain(box: TextBox, boxes: Sequence[TextBox], height: int) -> TextBox:
    number = _NUMBER.fullmatch(box.text)
    if number and box.text != number[1] and _is_in_margin(box.box, height) and _is_alone(box, boxes):
        return box._replace(text=f"- {number[1]} -")
    return box._replace(text=with_like_brackets(box.text))


def _is_in_margin(box: Box, height: int) -> bool:
    middle = box.centre[1]
    return middle < _MARGIN * height or middle > (1 - _MARGIN) * height


def _is_alone(box: TextBox, boxes: Sequence[TextBox]) -> bool:
    """True if no other text stands at its height: the dashes beside a page number tell it from one in a list."""
    return not any(other is not box and other.box.top < box.box.centre[1] < other.box.bottom for other in boxes)


def with_like_brackets(text: str) -> str:
    """The text with the two brackets of a pair of the same width: broad if either was read so.

    In print both are the same; recognisers mistake the one for the other where little paper stands beside it.
    """
    made = list(text)
    opened: list[int] = []
    for index, char in enumerate(text):
        if char in _OPEN:
            opened.append(index)
        elif char in _CLOSED and opened:
            first = opened.pop()
            if (made[first] in _OPEN[1]) or (char in _CLOSED[1]):
                made[first], made[index] = _OPEN[1], _CLOSED[1]
    return "".join(made)
