"""Runs of figures in lines of text, and the words around them: what is left of a table when its cells are gone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from gkdesk.extraction.glued_figures import tokens_of, touching, with_glued
from gkdesk.extraction.labels import key
from gkdesk.extraction.lacking_columns import lacks_column
from gkdesk.extraction.misread_figures import with_misread
from gkdesk.extraction.noted_figures import is_noted
from gkdesk.extraction.order_on_page import goes_back, may_hold_dirt
from gkdesk.extraction.sums import closes
from gkdesk.extraction.token_places import place_in_line, place_in_text, places_of_tokens
from gkdesk.model.content import Line
from gkdesk.model.place import Box, PagePlace, Place, TextPlace
from gkdesk.model.reading import UNREAD, State, parse_reading

LONGEST_BEFORE = 200
"""Spoken characters kept of the words before a run of figures; the longest label has 36."""

Span = tuple[float, float]
"""From and to, on a line."""

RULERS = ("", "WF", "WFA")
"""Ways of counting the columns of plain text: the kinds of characters (of Unicode's East Asian width) that take two.

Some programs that keep a layout by blanks count characters, others the columns of a terminal, where a curly quote may
be narrow or wide.
"""

_BREAK = re.compile(r"[\r\n]")
_DEEPEST_INDENT = 1000
_FEWEST_BEHIND = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """The characters of one value cell as they stand in the source; an empty text is an empty cell.

    ``spans`` say where it stands on its line of text, from and to: in points of a page, or in columns of plain text,
    once for each of ``RULERS``; empty where that is not known.
    """

    text: str
    place: Place
    doubt: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters without blanks on a line of text, and where it stands (as ``Figure``; or None).

    Of a loose table, a cell that is not empty; ``spans`` then hold its column.
    """

    text: str
    spans: tuple[Span, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of the source: its words, then its figures.

    ``slots`` are the pieces behind the words of a tabular line, empty ones included, else None. ``pieces`` is
    everything on a line of text, words and figures. ``remark`` is the piece of a tabular line that holds a remark: it
    is among neither, its slot is empty. ``box`` is where a line stands on its page if its characters have exact places.
    ``sheet`` counts the pages of a plain text: the form feeds and page numbers before the line.
    """

    words: str
    figures: tuple[Figure, ...]
    slots: tuple[Figure, ...] | None = None
    page: int | None = None
    pieces: tuple[Piece, ...] = ()
    remark: int | None = None
    box: Box | None = None
    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A run of figures that may be one row of a table, with the words around it (as keys).

    Attributes:
        before: the words since the run before; its own label stands at the end of them.
        after: the words up to the next run.
        figures: the figures found, in order.
        cells: the figures by column where the columns are known, else None.
        whole: it has as many figures (or proven cells) as the table has columns.
        blank: all its cells are empty.
        raw: the figures as they stand in the source.
        slots: in a loose table, the pieces behind the words, empty ones included.
        line: number of the line on which the figures end.
        runs_on: its figures stand on several lines and go on behind the last one: perhaps columns, not rows.
        agreed: of cells whose columns are not proven, those that hold the same in every way in which the row may stand.
        total_last: the last column is the total of the others; False where that stands elsewhere.
    """

    before: str
    after: str
    figures: tuple[Figure, ...]
    cells: tuple[Figure | None, ...] | None
    whole: bool
    blank: bool = False
    raw: str = ""
    slots: tuple[Figure, ...] | None = None
    line: int = 0
    runs_on: bool = False
    agreed: frozenset[int] = frozenset()
    total_last: bool = True

    @property
    def ends_in_total(self) -> bool:
        """True if the last of two or more figures is the sum of the others, and not nothing: then it is their total."""
        values = [parse_reading(figure.text).value or 0 for figure in self.figures]
        return self.total_last and len(values) > 1 and values[-1] != 0 and sum(values[:-1]) == values[-1]

    @property
    def offset(self) -> int | None:
        """In a loose table, how many pieces behind the words the last figure stands."""
        filled = [index for index, slot in enumerate(self.slots or ()) if slot.text.strip()]
        return filled[-1] if filled else None


def units(lines: Sequence[Strip], width: int) -> list[Unit]:
    """The runs of ``width`` figures, and the shorter or longer runs between them, in order."""
    runs = list(_runs(lines, width))
    lacking = lacks_column(lines, width)
    spread = any(reach_of(line.slots) > width >= len(line.figures) > 1 for line in lines if line.words and line.slots)
    found: list[Unit] = []
    for index, run in enumerate(runs):
        before = run.before
        if not before and index and _is_stray(runs[index - 1]):
            before = found[-1].before
        following = runs[index + 1] if index + 1 < len(runs) else None
        unit = _unit(run, before, following.before if following is not None else "", width, spread, lacking)
        goes_on = following is not None and not following.before and following.slots is None
        found.append(replace(unit, runs_on=goes_on and run.widest < len(run.figures)))
    return found


def _is_stray(run: _Run) -> bool:
    """A single figure on a line of its own: it may have come between a row's words and the row's figures."""
    return len(run.figures) == 1 and run.slots is None and not run.own_words


def is_figure(text: str) -> bool:
    """True for a piece of text that fills a value cell: a number, one with a unit, a mark for nothing, or unread."""
    if not text.strip():
        return False
    if UNREAD in text:
        rest = text.replace(UNREAD, "")
        return not rest.strip() or is_figure(rest)
    reading = parse_reading(text)
    return reading.state in (State.READ, State.BLANK) or reading.value is not None or "ran-together" in reading.doubts


@dataclass(slots=True)
class _Run:
    before: str
    figures: list[Figure]
    slots: tuple[Figure, ...] | None
    raw: str
    own_words: bool
    line: int
    widest: int = 0
    lone: int = 0
    """How many figures there are up to the last one that stands alone on its line below several, if it is not 0."""


def _runs(lines: Sequence[Strip], width: int) -> Iterator[_Run]:
    words: list[str] = []
    pending: _Run | None = None
    # Behind a label on the same line there is one row; it may have a column of last year beside each of its own.
    wider = any(line.words and line.slots is None and len(line.figures) >= 2 * width for line in lines)
    for number, line in enumerate(lines):
        blank_row = _is_blank_row(line, width)
        if pending is not None and (line.words or not line.figures or line.slots is not None):
            yield pending
            pending = None
        words.append(line.words)
        if not line.figures and not blank_row:
            continue
        raw = " ".join(figure.text for figure in line.figures)
        if pending is not None and len(pending.figures) + len(line.figures) <= width:
            pending.figures.extend(line.figures)
            if len(line.figures) == 1 and pending.widest > 1 and not _is_zero(line.figures[0]):
                pending.lone = len(pending.figures)
            pending.widest = max(pending.widest, len(line.figures))
            pending.raw += " " + raw
            pending.line = number
        else:
            if pending is not None:
                yield pending
            pending = _Run(
                key(" ".join(words))[-LONGEST_BEFORE:],
                list(line.figures),
                line.slots,
                raw,
                bool(line.words),
                number,
                len(line.figures),
            )
            words = []
        if len(pending.figures) >= width or line.slots is not None:
            yield from _split(pending, width, wider)
            pending = None
    if pending is not None:
        yield pending


def _is_blank_row(line: Strip, width: int) -> bool:
    """A row of empty cells: behind a label, or a bare row that is exactly as wide as the table's values."""
    if line.figures or line.slots is None:
        return False
    return len(line.slots) >= width if line.words else len(line.slots) == width


def _split(run: _Run, width: int, wider: bool) -> Iterator[_Run]:
    """Several whole rows on one line are several runs, unless the table is ``wider`` than the form."""
    rows, rest = divmod(len(run.figures), width)
    if rows < 2 or rest or run.slots is not None or wider:
        yield run
        return
    for row in range(rows):
        figures = run.figures[row * width : (row + 1) * width]
        raw = " ".join(figure.text for figure in figures)
        yield _Run(run.before if row == 0 else "", figures, None, raw, False, run.line, width)


def _is_zero(figure: Figure) -> bool:
    return parse_reading(figure.text).value == 0


def _may_hold_a_page_number(run: _Run) -> bool:
    """True if a figure alone on its line may be a page number in the place of a blank.

    It is none if it is one of the parts of a sum: in the place of a blank it would have broken it.
    """
    values = [parse_reading(figure.text).value or 0 for figure in run.figures]
    return run.lone > 0 and (run.lone == len(values) or values[-1] == 0 or sum(values[:-1]) != values[-1])


def _may_have_its_total_first(run: _Run) -> bool:
    """True if figures that each stand on a line of their own add up to the first of them and not to the last.

    Programs that take the text out of a page may give what stands far right first.
    """
    values = [parse_reading(figure.text).value or 0 for figure in run.figures]
    if run.widest != 1 or len(values) < 3 or values[0] == 0:
        return False
    return sum(values[1:]) == values[0] and sum(values[:-1]) != values[-1]


def _unit(run: _Run, before: str, after: str, width: int, spread: bool, lacking: bool) -> Unit:
    loose = run.slots is None and may_hold_dirt(run.figures, width)
    if loose or _may_hold_a_page_number(run) or _may_have_its_total_first(run) or goes_back(run.figures, run.widest):
        run.figures = [replace(figure, doubt=figure.doubt or "position") for figure in run.figures]
    cells = None if lacking and _begins_blank(run) else _cells(run, width, spread)
    blank = all(not figure.text.strip() for figure in run.figures)
    unread = len(run.figures) == width and run.slots is None and UNREAD in run.raw
    whole = unread or (cells is not None and (not blank or not run.own_words))
    return Unit(before, after, tuple(run.figures), cells, whole, blank, run.raw, run.slots, run.line)


def _cells(run: _Run, width: int, spread: bool) -> tuple[Figure | None, ...] | None:
    """Figures by column, where their number or the empty pieces between them leave one way only.

    In a table that is ``spread`` over more pieces than it has columns, those between two figures tell nothing. What was
    not read may be dirt: then the number of figures proves nothing.
    """
    if len(run.figures) == width and not _has_gap(run) and UNREAD not in run.raw:
        return tuple(run.figures)
    if run.slots is None:
        return None
    if len(run.slots) == width or (not run.figures and len(run.slots) > width):
        return tuple(run.slots[:width])
    filled = [index for index, slot in enumerate(run.slots) if slot.text.strip()]
    if filled and filled[-1] - filled[0] + 1 == width:
        cells = tuple(run.slots[filled[0] : filled[-1] + 1])
        if spread and _has_gap(run):
            return None
        # Without a label the first may be blank, and the last of an added column: the sums tell.
        return cells if run.own_words or not filled[0] or closes([cell.text for cell in cells]) else None
    return None


def reach_of(slots: Sequence[Figure]) -> int:
    """How many pieces lie from the first figure of a loose row to its last one, both included."""
    filled = [index for index, slot in enumerate(slots) if slot.text.strip()]
    return filled[-1] - filled[0] + 1 if filled else 0


def _begins_blank(run: _Run) -> bool:
    return bool(run.figures and run.slots) and not (run.slots or run.figures)[0].text.strip()


def _has_gap(run: _Run) -> bool:
    """True if an empty piece stands between the figures of a loose row: one of them may be no value of the row."""
    filled = [index for index, slot in enumerate(run.slots or ()) if slot.text.strip()]
    return bool(filled) and filled[-1] - filled[0] >= len(filled)


def strip_of_line(line: Line, indent: str) -> Strip:
    """A line of text or of a page; ``indent`` are the blanks before a line of plain text."""
    if line.pieces:
        return _strip_of_pieces(line)
    tokens = tokens_of(line.text)
    first = len(tokens)
    while first and fills_cell(tokens[first - 1].group()):
        first -= 1
    parted = with_glued(line.text, tokens, first)
    glued = touching(parted)
    words = line.text[: parted[first].start()] if first < len(parted) else line.text
    pieces = tuple(_pieces(line, parted, indent))
    figures = tuple(
        Figure(piece.text, place, "ran-together" if number in glued else line.doubt, piece.spans)
        for number, (piece, place) in enumerate(
            zip(pieces[first:], places_of_tokens(line, parted[first:]), strict=True), first
        )
    )
    return Strip(words.strip(), figures, None, line.page, pieces)


def _strip_of_pieces(line: Line) -> Strip:
    """A line of a page, whose pieces have exact places.

    A figure parted from its label by less than a blank counts only in front of others: a line of prose may end in one.
    """
    line = with_misread(line, fills_cell)
    starts = list(_starts_of_pieces(line))
    first = len(line.pieces)
    while first and fills_cell(line.pieces[first - 1].text):
        start = starts[first - 1]
        if start and not line.text[start - 1].isspace() and len(line.pieces) - first < _FEWEST_BEHIND:
            break
        first -= 1
    words = line.text[: starts[first]] if first < len(starts) else line.text
    figures = tuple(
        Figure(word.text, word.place, line.doubt if word.doubt is None else word.doubt, _across(word.place))
        for word in line.pieces[first:]
    )
    pieces = tuple(Piece(word.text, _across(word.place)) for word in line.pieces)
    box = line.place.box if isinstance(line.place, PagePlace) else None
    return Strip(words.strip(), figures, None, line.page, pieces, box=box)


def _starts_of_pieces(line: Line) -> Iterator[int]:
    end = 0
    for word in line.pieces:
        start = line.text.find(word.text, end)
        yield start
        end = start + len(word.text)


def indent_of(line: Line, text: str) -> str:
    """The blanks before a line of plain text, which are not part of the line itself."""
    if not isinstance(line.place, TextPlace):
        return ""
    # Only what stands near: where lines end in one of the two ways, the search for the other would go through it all.
    before = text[max(0, line.place.start - _DEEPEST_INDENT) : line.place.start]
    before, _, own = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :].rpartition("\f")
    # A page that ends inside an indented line leaves its blanks before the form feed, and none behind it.
    return own or (before.rpartition("\f")[2] if before.isspace() else "")


def _pieces(line: Line, tokens: list[re.Match[str]], indent: str) -> Iterator[Piece]:
    if line.words and isinstance(line.place, PagePlace):
        for token in tokens:
            yield Piece(token.group(), _across(place_in_line(line, token, list(line.words))))
        return
    if _BREAK.search(line.text):
        # Put together from lines of one character each: nothing stands beside or below anything.
        yield from (Piece(token.group(), ()) for token in tokens)
        return
    starts = [_columns_before(indent + line.text, ruler) for ruler in RULERS]
    for token in tokens:
        first, last = len(indent) + token.start(), len(indent) + token.end()
        yield Piece(token.group(), tuple((by[first], by[last]) for by in starts), place_in_text(line, token))


def _across(place: Place) -> tuple[Span, ...]:
    return ((place.box.left, place.box.right),) if isinstance(place, PagePlace) else ()


def _columns_before(text: str, ruler: str) -> list[int]:
    """For each character of ``text``, and for its end, the columns that the characters before it take."""
    return [0, *accumulate(2 if unicodedata.east_asian_width(char) in ruler else 1 for char in text)]


def fills_cell(text: str) -> bool:
    """True for a figure as :func:`is_figure`, or one with the mark of a footnote."""
    return is_figure(text) or is_noted(text)
