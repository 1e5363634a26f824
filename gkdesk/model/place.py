"""Where something stands in a source: every word, cell and figure carries one of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page: PDF points, or pixels of a picture; origin top left, y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> tuple[float, float]:
        """Middle of the rectangle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def union(self, other: Box) -> Box:
        """Smallest rectangle around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def contains(self, x: float, y: float, margin: float = 0.0) -> bool:
        """True if the point lies inside or within ``margin`` of the rectangle."""
        return self.left - margin <= x <= self.right + margin and self.top - margin <= y <= self.bottom + margin


def turn_box(box: Box, quarters: int, width: float, height: float) -> Box:
    """``box`` of a page of ``width`` x ``height`` after turning that page clockwise by ``quarters``."""
    left, top = turn_point(box.left, box.top, quarters, width, height)
    right, bottom = turn_point(box.right, box.bottom, quarters, width, height)
    return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def turn_point(x: float, y: float, quarters: int, width: float, height: float) -> tuple[float, float]:
    """The point of a page of ``width`` x ``height`` after turning that page clockwise by ``quarters``."""
    match quarters % 4:
        case 1:
            return height - y, x
        case 2:
            return width - x, height - y
        case 3:
            return y, width - x
    return x, y


@dataclass(frozen=True, slots=True)
class PagePlace:
    """On a page of a paged source; ``page`` counts from 1."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Characters ``start`` to ``end`` (exclusive) of the decoded text of a plain-text source."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A cell of a table of a web page or Word document; all counted from 0, in document order."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class ParagraphPlace:
    """Characters of a paragraph of a web page or Word document; paragraphs counted from 0."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A cell of a workbook: sheet name and address such as ``B5``."""

    sheet: str
    cell: str


Place = PagePlace | TextPlace | TablePlace | ParagraphPlace | SheetPlace


def place_to_json(place: Place | None) -> dict[str, object] | None:
    """The ``where`` object of the command line's contract."""
    match place:
        case None:
            return None
        case PagePlace(page, box):
            return {"page": page, "box": [round(edge, 2) for edge in box]}
        case TextPlace(start, end):
            return {"start": start, "end": end}
        case TablePlace(table, row, column):
            return {"table": table, "row": row, "column": column}
        case ParagraphPlace(paragraph, start, end):
            return {"paragraph": paragraph, "start": start, "end": end}
        case SheetPlace(sheet, cell):
            return {"sheet": sheet, "cell": cell}


def place_from_json(data: dict[str, object] | None) -> Place | None:
    """The inverse of :func:`place_to_json`; raises ``ValueError`` for an object of no known shape."""
    if data is None:
        return None
    fields: dict[str, object] = dict(data)
    if "page" in fields:
        left, top, right, bottom = (float(edge) for edge in _numbers(fields["box"]))
        return PagePlace(_whole(fields["page"]), Box(left, top, right, bottom))
    if "table" in fields:
        return TablePlace(_whole(fields["table"]), _whole(fields["row"]), _whole(fields["column"]))
    if "paragraph" in fields:
        return ParagraphPlace(_whole(fields["paragraph"]), _whole(fields["start"]), _whole(fields["end"]))
    if "sheet" in fields:
        return SheetPlace(str(fields["sheet"]), str(fields["cell"]))
    if "start" in fields:
        return TextPlace(_whole(fields["start"]), _whole(fields["end"]))
    raise ValueError(f"not a place: {sorted(fields)}")


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise ValueError(f"not a whole number: {value!r}")
    return value


def _numbers(value: object) -> list[float]:
    if not isinstance(value, list) or len(value) != 4:
        raise ValueError(f"not a box: {value!r}")
    return [float(edge) for edge in value]
