"""Sheets printed without borders whose columns go on over pages: the lines of both pages as one, in doubt.

A spreadsheet program prints the columns that a page has no room for on another page: names of columns and figures, no
labels, every line exactly as high as the one that it goes on from. Such a page has no rows of its own. Lines of texts
may stand equally high by chance, so nothing that is put together so is certain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gkdesk.extraction.figures import Figure, Piece, Span, Strip

LEVEL = 1.5
"""Points by which the same line may stand higher or lower on the page that goes on."""

FEWEST_LINES, FEWEST_FIGURES = 8, 6
"""Lines of a page that goes on, and those of them with figures."""

_GAP = 12.0
"""Points put between the two pages."""

_HAN = re.compile("[\u3400-\u9fff]")
_NUMBERED = re.compile(r"\s*(?:[（(][一二三四五六七][)）]|[一二三四五六][、.．]|\d{1,2}[、.．]\D)")


def with_pages_beside(lines: Sequence[Strip]) -> list[Strip]:
    """The strips, those of a page that only goes on with the columns of another put behind the lines of that one."""
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        if line.page is not None and line.box is not None and line.slots is None:
            pages.setdefault(line.page, []).append(number)
    found: dict[int, list[tuple[int, int]]] = {}
    away: set[int] = set()
    for page in sorted(pages):
        if not _has_columns_only([lines[number] for number in pages[page]], FEWEST_LINES, FEWEST_FIGURES):
            continue
        befores = {other: pairs for other in pages if other < page and (pairs := _pairs(lines, pages, other, page))}
        if len(befores) == 1:
            found |= befores
            away.update(page - other for other in befores)
    if len(away) != 1:
        return list(lines)
    # The last pages may hold few lines; they stand as far from each other as the others do.
    for other in pages:
        page = other + min(away)
        if page in pages and _has_columns_only([lines[number] for number in pages[page]], 1, 1):
            found |= {other: pairs} if (pairs := _pairs(lines, pages, other, page)) else {}
    first = min(found)
    mended = [_doubted(line) if (line.page or 0) >= first else line for line in lines]
    for other, pairs in found.items():
        _put_behind(mended, pages[other], pairs)
    return [line for line in mended if line is not _GONE]


_GONE = Strip("", ())


def _has_columns_only(strips: Sequence[Strip], lines: int, figures: int) -> bool:
    """True if no figures of a page stand behind words, nor a numbered label alone."""
    with_figures = [strip for strip in strips if strip.figures]
    if len(strips) < lines or len(with_figures) < figures:
        return False
    return not any(_NUMBERED.match(strip.words) or (strip.figures and _HAN.search(strip.words)) for strip in strips)


def _pairs(
    lines: Sequence[Strip], pages: Mapping[int, Sequence[int]], before: int, page: int
) -> list[tuple[int, int]] | None:
    """For each line of a page the one of the page ``before`` that it goes on from; None if one has none."""
    found: list[tuple[int, int]] = []
    for number in pages[page]:
        beside = [other for other in pages[before] if _away(lines[other], lines[number]) <= LEVEL]
        if not beside:
            return None
        nearest = min(beside, key=lambda other: _away(lines[other], lines[number]))
        found.append((nearest, number))
    return found if len({one for one, _ in found}) == len(found) else None


def _away(one: Strip, other: Strip) -> float:
    """How much higher one line stands, by their feet: names are higher than figures."""
    if one.box is None or other.box is None:
        return float("inf")
    return min(abs(one.box.bottom - other.box.bottom), abs(_middle(one) - _middle(other)))


def _middle(strip: Strip) -> float:
    return (strip.box.top + strip.box.bottom) / 2 if strip.box is not None else 0.0


def _put_behind(mended: list[Strip], own: Sequence[int], pairs: Sequence[tuple[int, int]]) -> None:
    right = max(piece.spans[0][1] for number in own for piece in mended[number].pieces if piece.spans)
    left = min(piece.spans[0][0] for _, number in pairs for piece in mended[number].pieces if piece.spans)
    by = right + _GAP - left
    for one, other in pairs:
        mended[one] = _joined(mended[one], _moved(mended[other], by))
        mended[other] = _GONE


def _joined(line: Strip, rest: Strip) -> Strip:
    """Words behind figures would be those of the next row: only names of columns stand behind names."""
    pieces = (*line.pieces, *rest.pieces)
    words = f"{line.words} {rest.words}".strip()
    return replace(line, words=words, figures=(*line.figures, *rest.figures), pieces=pieces)


def _doubted(strip: Strip) -> Strip:
    return replace(strip, figures=tuple(replace(figure, doubt=figure.doubt or "position") for figure in strip.figures))


def _moved(strip: Strip, by: float) -> Strip:
    figures = tuple(_figure_moved(figure, by) for figure in strip.figures)
    return replace(
        strip, figures=figures, pieces=tuple(Piece(piece.text, _spans(piece.spans, by)) for piece in strip.pieces)
    )


def _figure_moved(figure: Figure, by: float) -> Figure:
    return replace(figure, spans=_spans(figure.spans, by))


def _spans(spans: Sequence[Span], by: float) -> tuple[Span, ...]:
    return tuple((left + by, right + by) for left, right in spans)
