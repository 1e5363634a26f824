"""Second tables that say by a caption of their own that they are not this report's: last year's, a department's.

A caption is the label of a table, as a row has one. Where the same form table stands twice in a source, and a caption
over one of both names another year than the report's (附：2023年数据) or only a part of it (其中：下属单位数据), the
other one is the report's. Proven only if both parts hold the table whole by themselves, so that no row of the one is
taken for a row of the other; a table that stands there once is read whatever stands above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gkdesk.extraction.labels import key, simplify
from gkdesk.extraction.result import TableReading
from gkdesk.model.content import Block, Content, Grid, GridCell, Line
from gkdesk.model.place import PagePlace, Place, TextPlace
from gkdesk.model.spec import FormSpec

LONGEST_CAPTION = 24
"""Characters of a caption without blanks; longer lines are prose."""

WHOLE = 0.8
"""Share of its rows that must be proven in a part for the part to hold a table whole."""

_BLANKS = re.compile(r"\s+")
_DATA = r"(?:年报|统计)?(?:数据|情况|数|表|报表|统计表)?"
_ASIDE = r"(?:[(\[【]?(?:供|仅供|用于|作)?(?:对比|对照|比较|参考|参照)(?:用|使用)?[)\]】]?)?"
_OF_YEAR = re.compile(rf"(?:附件?[:：]?|表[:：])?(?P<year>20\d\d)年度?{_DATA}{_ASIDE}")
_LAST_YEAR = re.compile(rf"(?:附件?[:：]?)?(?:上一?年度?|去年)(?:同期)?{_DATA}{_ASIDE}")
_PART = re.compile(r"(?:附件?[:：]?)?其中[:：]?[^。；，\d]{2,16}(?:数据|情况|单位|部门|机构)")


@dataclass(frozen=True, slots=True)
class Parts:
    """A source without its captioned tables of others, these alone, and the captions that tell.

    ``earlier``: of the others, what stands below the caption of an earlier year, where the report's own has one, too.
    """

    own: Content
    others: Content
    captions: tuple[str, ...]
    earlier: tuple[Block, ...] = ()


def part_by_captions(content: Content, spec: FormSpec, year: int | None) -> Parts | None:
    """The source in two, if captions of other tables stand in it; None if not, or if the report's year is not known."""
    if year is None:
        return None
    headings = _headings(spec)
    own: list[Block] = []
    others: list[Block] = []
    captions: list[str] = []
    earlier: list[Block] = []
    beside = is_earlier = has_own = False
    for block in _pieces(content, year):
        text = _alone(block)
        of_other = _is_of_other(text, year)
        if of_other is not None:
            beside = of_other
            is_earlier = beside and _is_of_earlier(text, year)
            captions += [text] if of_other else []
            has_own = has_own or not of_other
        elif text and any(heading in key(text) for heading in headings):
            beside = is_earlier = False
        (others if beside else own).append(block)
        earlier += [block] if is_earlier else []
    if not captions:
        return None
    own_part, other_part = replace(content, blocks=tuple(own)), replace(content, blocks=tuple(others))
    return Parts(own_part, other_part, tuple(captions), tuple(earlier) if has_own else ())


def is_whole(reading: TableReading | None) -> bool:
    """True if a part of a source holds a table whole and once."""
    if reading is None or any("second-table" in cell.reading.doubts for cell in reading.cells):
        return False
    return reading.rows_proven >= WHOLE * reading.rows_expected


def choose(
    readings: Sequence[TableReading], own: Sequence[TableReading], others: Sequence[TableReading]
) -> tuple[list[TableReading], list[str]]:
    """The readings of the whole source, those of its own part where captions decide; and the tables decided so.

    What captions tell of one table holds for another that either part has rows of, too; but these may be rows that the
    other one lacks, so they are taken in doubt.
    """
    alone = {reading.table: reading for reading in own if is_whole(reading)}
    beside = {reading.table for reading in others if is_whole(reading)}
    decided = [reading.table for reading in readings if reading.table in alone and reading.table in beside]
    chosen = {name: alone[name] for name in decided}
    rows = {reading.table: reading.rows_proven for reading in others}
    for reading in own if decided else ():
        if reading.table not in decided and 0 < rows.get(reading.table, 0) <= reading.rows_proven:
            cells = tuple(cell.doubted("second-table") for cell in reading.cells)
            chosen[reading.table] = replace(reading, cells=cells)
    return [chosen.get(reading.table, reading) for reading in readings], decided


def doubt_of_earlier(reading: TableReading, parts: Parts) -> TableReading:
    """A table, the figures in doubt that stand below the caption of an earlier year while others of it do not.

    Of two tables of equal labels, one may have lost its first half and the other its second.
    """
    below = {cell.ref for cell in reading.cells if cell.place is not None and _stands_in(cell.place, parts.earlier)}
    figures = {cell.ref for cell in reading.cells if cell.place is not None}
    if not below or below == figures:
        return reading
    cells = (cell.doubted("second-table") if cell.ref in below else cell for cell in reading.cells)
    return replace(reading, cells=tuple(cells))


def _stands_in(place: Place, blocks: Sequence[Block]) -> bool:
    for block in blocks:
        if isinstance(block, Grid):
            if any(cell.place == place for cell in block.cells):
                return True
        elif block.place == place or _is_inside(place, block.place):
            return True
    return False


def _is_inside(place: Place, around: Place) -> bool:
    if isinstance(place, TextPlace) and isinstance(around, TextPlace):
        return around.start <= place.start < around.end
    if isinstance(place, PagePlace) and isinstance(around, PagePlace):
        return place.page == around.page and around.box.contains(*place.box.centre)
    return False


def _headings(spec: FormSpec) -> list[str]:
    words = [word for words in spec.sections.values() for word in words]
    words += [word for table in spec.tables for word in (*table.keywords, table.heading)]
    return [key(word) for word in words]


def _is_of_other(text: str, year: int) -> bool | None:
    """True for a caption of another table, False for one of the report's own, None for what is no caption."""
    if not text or len(text) > LONGEST_CAPTION:
        return None
    named = _OF_YEAR.fullmatch(text)
    if named is not None:
        return int(named["year"]) != year
    return True if _LAST_YEAR.fullmatch(text) or _PART.fullmatch(text) else None


def _is_of_earlier(text: str, year: int) -> bool:
    named = _OF_YEAR.fullmatch(text)
    return int(named["year"]) < year if named is not None else _LAST_YEAR.fullmatch(text) is not None


def _alone(block: Block) -> str:
    """The words of a line, or of a grid that is one cell only."""
    filled = [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells if cell.text.strip()]
    return _BLANKS.sub("", simplify(filled[0])) if len(filled) == 1 else ""


def _pieces(content: Content, year: int) -> Iterator[Block]:
    """The blocks of a source, grids cut at rows that hold nothing but a caption or a heading in one cell."""
    for block in content.blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from _cut(block, year)


def _cut(grid: Grid, year: int) -> Iterator[Grid]:
    cuts = [0]
    for number, row in enumerate(grid.rows()):
        filled = [_BLANKS.sub("", simplify(cell.text)) for cell in row if cell.text.strip()]
        if len(filled) == 1 and _is_of_other(filled[0], year) is not None:
            cuts += [number, number + 1]
    if len(cuts) == 1:
        yield grid
        return
    for first, last in zip(cuts, [*cuts[1:], grid.row_count], strict=True):
        if first < last:
            yield rows_between(grid, first, last)


def rows_between(grid: Grid, first: int, last: int) -> Grid:
    """The rows of a grid from number ``first`` to before ``last`` as a grid of their own."""
    cells: list[GridCell] = []
    for cell in grid.cells:
        if first <= cell.row < last:
            span = min(cell.row_span, last - cell.row)
            cells.append(replace(cell, row=cell.row - first, row_span=span))
    return replace(grid, row_count=last - first, cells=tuple(cells))
