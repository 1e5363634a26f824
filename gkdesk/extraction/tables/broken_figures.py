"""Figures of a page that may be broken over two lines of a narrow column, where no rules tell the rows apart.

A figure too wide for its column goes on in the next line of its cell. Beside it stand figures that are not broken:
above, below or halfway between its lines, and the lines of the page are then no rows of the table any more. What
stands on lines of one row that are told apart by nothing is doubtful, with everything else on them:

* lines of figures nearer to each other than the lines of a text can stand, or near with nothing below each other and
  not both behind the number of a label of their own;
* a line of nothing but figures beside another line of figures, unless a label of its own stands around it: words as far
  above as below, or far nearer than any other figures.

Two rows of a table whose figures all stand on the line of their label are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from gkdesk.extraction.figures import Figure, Span, Strip, Unit, is_figure
from gkdesk.extraction.strips import strips
from gkdesk.extraction.sums import FULL, closes
from gkdesk.extraction.tables.columns.pages_beside import with_pages_beside
from gkdesk.extraction.tables.stacked_figures import with_stacked
from gkdesk.model.content import Content
from gkdesk.model.place import PagePlace, TextPlace

BAND = 1.15
"""Heights of a digit, of which a line of text has one and a third at least: lines nearer than this are of one row."""

BESIDE = 2.6
"""The same for lines whose figures all stand beside each other, none below another."""

FURTHEST = 4.5
"""Heights of a digit between a line of nothing but figures and those that it may belong to."""

NEARER = 0.7
"""Of two rows, the one this much nearer is the only one to which a line of nothing but figures may belong."""

EVEN, AROUND, APART = 0.7, 2.6, 4.0
"""A label around figures: how evenly, and how much nearer than other figures; and one on one side of them only."""

BETWEEN_PAGES = 2
"""Lines of words (the rest of a label, a running title) that may stand between the parts of a row torn by a page."""

NEAR_LINES = 5
"""Lines above and below a number that is broken from its label among which there are rows of figures."""

LINE_END = 3
"""Characters that may end a line behind its last figure: a blank and the two of a line break."""

BESIDE_BY = 1
"""Columns of plain text by which a part of a figure may stand beside the other."""

FEWEST_SPACED = 5
"""Figures on a line of text with room between them."""

FEWEST_NUMBERED = 5
_HAN = re.compile("[\u3400-\u9fff]")
_ITEM = re.compile(r"[1-9][.．]")
_ROW = re.compile(r"[1-9][.．、](?!\d)|[（(][一二七][)）]|[一二四]、")
_BEGUN = re.compile(r"[1-9][.．、](?!\d)|[（(][一二三四五六七]|[一二三四]、")
_DIGITS = re.compile(r"[+\-−]?[\d.,，．]*\d[\d.,，．]*")


@dataclass(frozen=True, slots=True)
class _Level:
    """A line of a page: its number, its middle (in points from above), the height of its digits, 0 without figures.

    ``item`` is the number with which the label of a row begins on it, empty if there is none.
    """

    number: int
    page: int
    middle: float
    digit: float
    bare: bool
    across: tuple[Span, ...]
    item: str = ""

    def away(self, other: _Level) -> float:
        return abs(self.middle - other.middle)


def strips_of(content: Content, with_aligned: bool = False) -> list[Strip]:
    """The strips of a source (as :func:`~gkdesk.extraction.strips.strips`), figures that may be broken doubtful."""
    return doubt_broken(whole_strips(content, with_aligned))


def whole_strips(content: Content, with_aligned: bool = False) -> list[Strip]:
    """The strips of a source, rows that go on over pages beside each other and figures on two lines put together."""
    return with_stacked(with_pages_beside(strips(content, with_aligned)))


def doubt_broken(lines: Sequence[Strip]) -> list[Strip]:
    """The strips, with every figure doubtful that stands on a line with which another may share its row."""
    levels = [level for number in range(len(lines)) if (level := _level(lines, number)) is not None]
    doubtful: set[int] = set()
    with_figures = [level for level in levels if level.digit]
    for above, below in pairwise(with_figures):
        if above.page == below.page and _share_a_row(above, below):
            doubtful |= {above.number, below.number}
    for index, level in enumerate(with_figures):
        if level.bare and not _is_numbering(lines[level.number]):
            others = list(_may_belong_to(level, with_figures, index))
            if others and not _has_own_label(level, others, levels):
                doubtful |= {level.number, *(other.number for other in others)}
    doubtful |= _broken_in_text(lines)
    doubtful |= {number for number, line in enumerate(lines) if _is_interrupted(line)}
    return [doubted(strip) if number in doubtful else strip for number, strip in enumerate(lines)]


def _is_interrupted(line: Strip) -> bool:
    """True if right before the figures stands what is neither a figure nor a word, and before that figures again.

    They are part of the row, so that a place in which none of the others stands is not empty for certain.
    """
    words = [piece.text for piece in line.pieces[: len(line.pieces) - len(line.figures)]]
    if line.slots is not None or not line.figures or not words or _HAN.search(words[-1]):
        return False
    return any(is_figure(text) for text in words[:-1])


def _broken_in_text(lines: Sequence[Strip]) -> set[int]:
    """The lines of a text that keeps its columns on which parts of one row may stand above each other.

    A line of nothing but figures, next to one that holds more of them with room between: 12 broken in a narrow cell
    leaves its 2 below the row, or its 1 above it.
    """
    found: set[int] = set()
    for number, (above, below) in enumerate(pairwise(lines)):
        for bare, row in ((below, above), (above, below)):
            laid_out = len(row.figures) >= FEWEST_SPACED and _is_spaced(row)
            if laid_out and bare.box is None and not bare.words and 0 < len(bare.figures) < len(row.figures):
                found |= {number, number + 1}
        if _leaves_a_rest(above, below) or _goes_on_beside_label(above, below):
            found |= {number, number + 1}
    return found


def _goes_on_beside_label(above: Strip, below: Strip) -> bool:
    """True if figures of a text that keeps its columns stand right below those of a row, beside the rest of its label.

    The label above begins with the number of a row, what stands below with none. A row whose figures add up is whole,
    unless those below which others stand are all of the same width: that of a narrow column.
    """
    if below.box is not None or not below.words or below.slots is not None or above.slots is not None:
        return False
    if _begins_row(below) or not _begins_row(above) or not goes_on_in_next_line(above.figures, below.figures):
        return False
    values = [int(figure.text) if figure.text.isdecimal() else 0 for figure in above.figures]
    widths = {len(figure.text) for figure in above.figures if _meets(figure, below.figures, 0)}
    return sum(values[:-1]) != values[-1] or (len(widths) == 1 and min(widths) > 1)


def _begins_row(strip: Strip) -> bool:
    """True if the label of a row, or that of a group of rows, begins on the line."""
    return any(_BEGUN.match(piece.text) for piece in strip.pieces)


def _leaves_a_rest(row: Strip, bare: Strip) -> bool:
    """True if a line of figures may be the rest of those of a full row right above it, one blank apart.

    A page number may stand there as well: one figure below a row whose sums close cannot be missing from that row,
    while two may be missing from a part and from the total. Figures of the next row may stand there, too, behind words
    that begin no label, or as many as the row has: only a row whose sums do not close can go on in them.
    """
    if row.box is not None or row.slots is not None or bare.box is not None or bare.slots is not None:
        return False
    if len(row.figures) not in FULL or not 0 < len(bare.figures) <= len(row.figures):
        return False
    if not all(figure.text.isdecimal() for figure in bare.figures) or _begins_row(bare):
        return False
    if 1 < len(bare.figures) < len(row.figures) and not bare.words:
        return True
    return not closes([figure.text for figure in row.figures])


def _is_spaced(strip: Strip) -> bool:
    """True if the figures stand on a line of text with more than a blank between most of them."""
    if strip.box is not None or strip.slots is not None or not all(figure.spans for figure in strip.figures):
        return False
    gaps = [b.spans[0][0] - a.spans[0][1] for a, b in pairwise(strip.figures)]
    return 2 * sum(gap > 1 for gap in gaps) > len(gaps)


def _is_number_of_label(lines: Sequence[Strip], number: int) -> bool:
    """True for the number of a label, broken from it: it stands left of where figures begin on the lines around it.

    A part of a figure stands in a column of figures, and no part of a count ends in a point.
    """
    strip = lines[number]
    if strip.box is None or len(strip.pieces) != 1 or not _ITEM.fullmatch(strip.pieces[0].text):
        return False
    starts: list[float] = []
    for side in (lines[max(0, number - NEAR_LINES) : number], lines[number + 1 : number + 1 + NEAR_LINES]):
        rows = (row for row in side if row.page == strip.page and len(row.figures) >= FEWEST_SPACED)
        starts += [figure.spans[0][0] for row in rows for figure in row.figures[:1] if figure.spans]
    return bool(starts) and strip.box.right < min(starts)


def _level(lines: Sequence[Strip], number: int) -> _Level | None:
    """Where a line with exact places stands, by its figures and what may be parts of figures at its end, if any."""
    strip = lines[number]
    if strip.box is None or strip.page is None:
        return None
    words = strip.pieces[: len(strip.pieces) - len(strip.figures)]
    parts = list(takewhile(lambda piece: _DIGITS.fullmatch(piece.text), reversed(words)))
    if _is_number_of_label(lines, number):
        parts = []
    boxes = [figure.place.box for figure in strip.figures if isinstance(figure.place, PagePlace)]
    top, bottom = strip.box.top, strip.box.bottom
    # A figure put together of two lines is higher than its row.
    heights = [height for box in boxes if (height := box.bottom - box.top) <= bottom - top]
    digit = max(heights, default=(bottom - top) if parts or boxes else 0.0)
    if boxes:
        top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    across = (*(span for piece in parts for span in piece.spans), *((box.left, box.right) for box in boxes))
    bare = digit > 0 and len(parts) == len(words)
    items = [found.group() for piece in words if (found := _ROW.match(piece.text))]
    return _Level(number, strip.page, (top + bottom) / 2, digit, bare, across, items[-1] if items else "")


def _share_a_row(above: _Level, below: _Level) -> bool:
    digit = max(above.digit, below.digit)
    if above.away(below) < BAND * digit:
        return True
    stacked = any(a[0] < b[1] and b[0] < a[1] for a in above.across for b in below.across)
    # Two labels are those of two rows, each with its own figures beside it.
    labelled = bool(above.item and below.item) and above.item != below.item
    return not stacked and not labelled and above.away(below) < BESIDE * digit


def _may_belong_to(level: _Level, with_figures: Sequence[_Level], index: int) -> Iterator[_Level]:
    """The lines of figures above and below, the nearer one only if it is much nearer; also those over a page break."""
    near = []
    for other in (*with_figures[max(0, index - 1) : index], *with_figures[index + 1 : index + 2]):
        if other.page != level.page:
            reaches = abs(other.number - level.number) <= BETWEEN_PAGES + 1
        else:
            reaches = level.away(other) <= FURTHEST * max(level.digit, other.digit)
        if reaches:
            near.append(other)
    here = sorted((other for other in near if other.page == level.page), key=level.away)
    nearest = here[0] if here else None
    for other in near:
        over_page = other.page != level.page
        if nearest is None or other is nearest:
            yield other
        elif over_page:
            if not level.away(nearest) < BAND * level.digit:
                yield other
        elif level.away(nearest) >= NEARER * level.away(other):
            yield other


def _has_own_label(level: _Level, others: Sequence[_Level], levels: Sequence[_Level]) -> bool:
    """True if words without figures stand around a line of figures, or beside it, and others far away from both."""
    here = [other for other in levels if other.page == level.page and not other.digit]
    above = min((level.away(other) for other in here if other.middle < level.middle), default=0.0)
    below = min((level.away(other) for other in here if other.middle > level.middle), default=0.0)
    figures = min((level.away(other) for other in others if other.page == level.page), default=float("inf"))
    if above and below and min(above, below) >= EVEN * max(above, below) and figures >= AROUND * max(above, below):
        return True
    nearest = min((away for away in (above, below) if away), default=float("inf"))
    return nearest <= FURTHEST * level.digit and figures >= APART * nearest


def _is_numbering(strip: Strip) -> bool:
    """True for 1, 2, 3 … below the names of columns."""
    texts = [figure.text for figure in strip.figures]
    return len(texts) >= FEWEST_NUMBERED and texts == [str(number + 1) for number in range(len(texts))]


def doubted(strip: Strip) -> Strip:
    """The line, every figure on it in doubt, each for its own reason if it has one."""
    return replace(strip, figures=tuple(doubted_figure(figure) for figure in strip.figures))


def doubted_figure(figure: Figure) -> Figure:
    """The figure in doubt, for its own reason if it has one."""
    return replace(figure, doubt=figure.doubt or "position")


def goes_on_beside(unit: Unit, stray: Unit, wordings: Sequence[str], width: int) -> bool:
    """True if a run of figures may be broken and go on in another that belongs to no row.

    The other stands near, on the same page or on the next line of a text that keeps the layout, figure below figure;
    if it has as many figures as the table has columns, behind no words but the rest of the row's own label.
    """
    if stray.slots is None and unit.slots is None and goes_on_in_next_line(unit.figures, stray.figures):
        return len(stray.figures) < width or any(name.endswith(stray.before) for name in wordings)
    one, other = ([f.place for f in run.figures if isinstance(f.place, PagePlace)] for run in (unit, stray))
    if not one or not other or stray.slots is not None or one[0].page != other[0].page:
        return False
    digit = max(place.box.bottom - place.box.top for place in (*one, *other))
    if abs(one[-1].box.bottom - other[0].box.bottom) > FURTHEST * digit:
        return False
    stacked = any(a.box.left < b.box.right and b.box.left < a.box.right for a in one for b in other)
    return stacked and (len(stray.figures) < width or any(name.endswith(stray.before) for name in wordings))


def goes_on_in_next_line(figures: Sequence[Figure], stray: Sequence[Figure]) -> bool:
    """True if figures of a text that keeps the layout stand on the line before or behind, each beside one of a row.

    A narrow column breaks ``12`` into ``1`` and, below it, ``2``.
    """
    above, below = (figures, stray) if _start(figures) < _start(stray) else (stray, figures)
    if not above or not below or not all(figure.spans for figure in (*above, *below)):
        return False
    last, first = above[-1].place, below[0].place
    if not isinstance(last, TextPlace) or not isinstance(first, TextPlace):
        return False
    if first.start - last.end > below[0].spans[0][0] + LINE_END:
        return False
    rulers = range(min(len(figure.spans) for figure in (*above, *below)))
    return any(all(_meets(figure, figures, ruler) for figure in stray) for ruler in rulers)


def _start(figures: Sequence[Figure]) -> int:
    place = figures[0].place if figures else None
    return place.start if isinstance(place, TextPlace) else 0


def _meets(figure: Figure, others: Sequence[Figure], ruler: int) -> bool:
    left, right = figure.spans[ruler]
    spans = [other.spans[ruler] for other in others]
    return any(left - BESIDE_BY < end and start < right + BESIDE_BY for start, end in spans)


def lacks_columns(unit: Unit, width: int) -> bool:
    """True if a row of a table on a page has fewer cells behind its words than there are columns.

    A column without figures and rules left no cell there: counting cells does not tell which one that is.
    """
    on_page = any(isinstance(figure.place, PagePlace) for figure in unit.figures)
    return on_page and unit.slots is not None and len(unit.slots) < width
