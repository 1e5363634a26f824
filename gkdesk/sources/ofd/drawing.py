"""What an OFD page draws: characters, paths and pictures, all in points with the origin top left.

Groups, templates, composite drawings, drawing parameters and transformations are resolved here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from gkdesk.model.place import Box
from gkdesk.sources.layout.path_rules import MOST_OBJECTS, MOST_PATHS, Matrix, TooMuchOnPage, apply, bounds, times
from gkdesk.sources.ofd.package import PagePart, Resources, attribute, child, numbers
from gkdesk.sources.ofd.paths import Segment, parse_path
from gkdesk.sources.ofd.text import Character, lay_out
from gkdesk.sources.office_zip import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

POINTS = 72 / 25.4
"""Points of a millimetre."""

MOST_CHARACTERS = 200_000
"""A page with more is no page of a report."""

_DEEPEST_COMPOSITE = 8
_COMPOSITE_EFFORT = 5
_LINE_WIDTH = 0.353
_CLEAR = 20
"""Of 255: less opaque than that is seen by nobody."""
_NARROWEST = 0.1
"""Share of their width to which characters can be pressed and still be seen."""
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)
_OBJECTS = frozenset({"TextObject", "PathObject", "ImageObject", "CompositeObject"})
_GROUPS = frozenset({"Content", "Layer", "PageBlock"})
_OFF = frozenset({"false", "0"})


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255, and how opaque it is."""

    red: int
    green: int
    blue: int
    alpha: int = 255


BLACK = Colour(0, 0, 0)


@dataclass(frozen=True, slots=True)
class DrawnText:
    """Characters of one run. ``frame`` leads from the em square of the run (y down) to the page.

    A character's own place is a shift of the em square, so ``frame`` is followed by it: see :meth:`matrix`. ``unseen``:
    nothing of it is drawn; ``order`` counts what is drawn, the later over the earlier.
    """

    characters: tuple[Character, ...]
    size: float
    stretch: float
    turn: float
    frame: Matrix
    colour: Colour
    unseen: bool = False
    order: int = 0

    def matrix(self, character: Character) -> Matrix:
        """From the em square of a character (baseline at 0, y down) to the page."""
        quarters = {90.0: (0, 1, -1, 0), 180.0: (-1, 0, 0, -1), 270.0: (0, -1, 1, 0)}
        a, b, c, d = quarters.get(self.turn % 360, (1, 0, 0, 1))
        width, height = self.size * self.stretch, self.size
        own: Matrix = (a * width, b * width, c * height, d * height, character.x, character.y)
        return times(own, self.frame)


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A path on the page; a colour is None where it is not filled or not stroked. ``width`` is in points."""

    segments: tuple[Segment, ...]
    fill: Colour | None
    stroke: Colour | None
    width: float
    order: int = 0


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture: ``frame`` leads from its unit square (y down) to the page, ``media`` names its part in the package."""

    frame: Matrix
    media: str
    order: int = 0

    @property
    def box(self) -> Box:
        """Its place on the page."""
        return bounds([apply(self.frame, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))])


@dataclass(slots=True)
class Drawing:
    """A page: its size in points and what is drawn on it; ``effort`` counts objects and characters."""

    width: float
    height: float
    texts: list[DrawnText] = field(default_factory=list)
    paths: list[DrawnPath] = field(default_factory=list)
    pictures: list[DrawnPicture] = field(default_factory=list)
    effort: int = 0


def draw(page: PagePart, most: int = MOST_OBJECTS) -> Drawing:
    """Everything a page draws; raises ``TooMuchOnPage`` if that is more than any report has, or more than ``most``."""
    drawing = Drawing(page.width * POINTS, page.height * POINTS)
    pen = _Pen(drawing, page.resources, min(most, MOST_OBJECTS))
    for content in page.contents:
        pen.draw_group(content, (POINTS, 0, 0, POINTS, 0, 0), 0)
    for overlay in page.overlays:
        pen.draw_group(overlay, _frame(overlay, (POINTS, 0, 0, POINTS, 0, 0)), 0)
    return drawing


class _Pen:
    def __init__(self, drawing: Drawing, resources: Resources, most: int) -> None:
        self._drawing = drawing
        self._resources = resources
        self._most = most
        self._characters = 0

    def draw_group(self, root: _Element, outer: Matrix, depth: int) -> None:
        """Draw all objects under ``root``, however deep the groups are nested, without recursion into them."""
        for element, layer in _objects(root):
            self._drawing.effort += 1
            if self._drawing.effort > self._most or len(self._drawing.paths) > MOST_PATHS:
                raise TooMuchOnPage
            if attribute(element, "Visible").lower() in _OFF:
                continue
            self._draw(element, _Style(element, layer, self._resources), outer, depth)

    def _draw(self, element: _Element, style: _Style, outer: Matrix, depth: int) -> None:
        frame = _frame(element, outer)
        match local_name(element):
            case "TextObject":
                self._draw_text(element, style, frame)
            case "PathObject":
                self._draw_path(element, style, frame)
            case "ImageObject":
                # The picture fills the unit square of its own space.
                media = self._resources.media.get(attribute(element, "ResourceID"), "")
                self._drawing.pictures.append(DrawnPicture(frame, media, self._drawing.effort))
            case "CompositeObject":
                self._drawing.effort += _COMPOSITE_EFFORT
                unit = self._resources.composites.get(attribute(element, "ResourceID"))
                if unit is not None and depth < _DEEPEST_COMPOSITE:
                    self.draw_group(unit, frame, depth + 1)

    def _draw_text(self, element: _Element, style: _Style, frame: Matrix) -> None:
        size = _number(element, "Size", 0.0)
        if not 0.1 <= size <= 1000:
            return
        stretch = _number(element, "HScale", 1.0)
        narrow = stretch < _NARROWEST
        stretch = stretch if 0.1 <= stretch <= 10 else 1.0
        characters = tuple(lay_out(element, size * stretch))
        self._characters += len(characters)
        self._drawing.effort += len(characters)
        if self._characters > MOST_CHARACTERS:
            raise TooMuchOnPage
        if characters:
            turn = _number(element, "CharDirection", 0.0)
            colour = style.colour("FillColor")
            filled = attribute(element, "Fill").lower() not in _OFF
            stroked = attribute(element, "Stroke").lower() in ("true", "1")
            clear = _number(element, "Alpha", 255) < _CLEAR or colour.alpha < _CLEAR
            unseen = clear or not (filled or stroked) or narrow
            order = self._drawing.effort
            self._drawing.texts.append(DrawnText(characters, size, stretch, turn, frame, colour, unseen, order))

    def _draw_path(self, element: _Element, style: _Style, frame: Matrix) -> None:
        data = child(element, "AbbreviatedData")
        if data is None:
            return
        segments = tuple(parse_path(data.text or "", frame))
        fill = style.colour("FillColor") if attribute(element, "Fill").lower() in ("true", "1") else None
        stroke = style.colour("StrokeColor") if attribute(element, "Stroke").lower() not in _OFF else None
        scale = max(abs(frame[0]) + abs(frame[1]), abs(frame[2]) + abs(frame[3]))
        if segments:
            self._drawing.paths.append(
                DrawnPath(segments, fill, stroke, style.line_width() * scale, self._drawing.effort)
            )


class _Style:
    """The colours and line width of an object: its own, else those of the parameters it or its layer names."""

    def __init__(self, element: _Element, layer: str, resources: Resources) -> None:
        self._sources = [element]
        for identity in (attribute(element, "DrawParam"), layer):
            # Parameters refer to others; a circle ends by the count.
            for _ in range(8):
                found = resources.parameters.get(identity)
                if found is None:
                    break
                self._sources.append(found)
                identity = attribute(found, "Relative")

    def colour(self, name: str) -> Colour:
        """Of ``FillColor`` or ``StrokeColor``; black where none is given."""
        for source in self._sources:
            element = child(source, name)
            if element is not None:
                return _colour(element)
        return BLACK

    def line_width(self) -> float:
        """In the units of the object."""
        for source in self._sources:
            if attribute(source, "LineWidth"):
                return max(0.0, _number(source, "LineWidth", _LINE_WIDTH))
        return _LINE_WIDTH


def _objects(root: _Element) -> Iterator[tuple[_Element, str]]:
    """The objects under ``root`` in their order, each with the drawing parameter of its layer."""
    waiting = [(root, "")]
    while waiting:
        element, layer = waiting.pop()
        name = local_name(element)
        if name in _OBJECTS:
            yield element, layer
        elif name in _GROUPS or element is root:
            layer = attribute(element, "DrawParam") or layer
            waiting.extend((inner, layer) for inner in reversed(element))


def _frame(element: _Element, outer: Matrix) -> Matrix:
    """From the space of an object to the page: its own transformation, its corner, then what is around it."""
    boundary = numbers(attribute(element, "Boundary"))
    left, top = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    values = numbers(attribute(element, "CTM"))
    own: Matrix = (values[0], values[1], values[2], values[3], values[4], values[5]) if len(values) == 6 else _PLAIN
    return times(times(own, (1, 0, 0, 1, left, top)), outer)


def _number(element: _Element, name: str, otherwise: float) -> float:
    found = numbers(attribute(element, name))
    return found[0] if found and isfinite(found[0]) else otherwise


def _colour(element: _Element) -> Colour:
    alpha = _channel(_number(element, "Alpha", 255))
    text = attribute(element, "Value")
    if "#" in text:
        values = [float(int(word, 16)) for word in text.replace("#", " ").split() if _is_hexadecimal(word)]
    else:
        values = numbers(text)
    match [_channel(value) for value in values]:
        case [grey]:
            return Colour(grey, grey, grey, alpha)
        case [red, green, blue]:
            return Colour(red, green, blue, alpha)
        case [cyan, magenta, yellow, black]:
            light = 255 - black
            red, green, blue = (round((255 - ink) * light / 255) for ink in (cyan, magenta, yellow))
            return Colour(red, green, blue, alpha)
    # A pattern or a shading: something is seen.
    return Colour(128, 128, 128, alpha) if len(element) else Colour(0, 0, 0, alpha)


def _channel(value: float) -> int:
    return min(255, max(0, round(value)))


def _is_hexadecimal(word: str) -> bool:
    return len(word) <= 2 and all(letter in "0123456789abcdefABCDEF" for letter in word)
