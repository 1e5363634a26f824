"""The empty form that stands in the same file before or behind the filled one: it is nobody's report and is left out.

An office fills in a template and sends both, or pastes the report below the form it was sent. Proven only if a file
falls into two stretches, one of which holds the whole form without a single figure or mark in its tables, and the other
one every table of the form once and whole, with figures; and if no title says that they are of two bodies or years.
A report whose tables are blank all over is told from a template by that title, and in doubt stays one: its body, or its
year, is another one than that of the report beside it, or no title tells whose the figures are. No word between the two
may make the filled one an example or a part of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gkdesk.extraction.figures import is_figure
from gkdesk.extraction.hidden_sheets import sheet_of
from gkdesk.extraction.labels import key, simplify
from gkdesk.extraction.locate import is_wide
from gkdesk.extraction.result import ReadTables, TableReading
from gkdesk.extraction.several_reports import Title, titles
from gkdesk.extraction.tables.captions import is_whole
from gkdesk.model.content import Block, Content, Grid, Line, Note
from gkdesk.model.place import TextPlace
from gkdesk.model.reading import State
from gkdesk.model.spec import FormSpec

FEWEST_TABLES = 3
"""Tables of figures a file must have to hold a form twice, one of them filled."""

MOST_CUTS = 6
"""Places that are tried; two copies of a form meet at one title."""

_LONGEST_WORDS = 40
_FIRST_LINES = 4
_LINES_ABOVE = 3
_NO_NAME = re.compile(r"[×✕╳xX*＊_＿〇○□…]{2,}|某某|单位名称|机关名称|单位全称|填报单位|[(（]单位[)）]")
"""What stands in the title of a form instead of a name."""
_TEMPLATE = re.compile(r"模板|模版|样表|空表|空白|表样|附件|格式")
_OTHERS = re.compile(r"示例|样例|范例|举例|例如|其中|下属|所属|上一?年|去年|同期")
"""Words of a line of its own that make the figures below it examples, or those of a part or of another year."""


def without_empty_form(content: Content, spec: FormSpec, read_tables: ReadTables) -> Content:
    """The source without the stretch that is an empty form, with a note; as it is if that is not proven.

    Args:
        content: the whole source.
        spec: the form.
        read_tables: reads the tables of a source.
    """
    filled = [_has_figures(block) for block in content.blocks]
    grids = sum(isinstance(block, Grid) for block in content.blocks)
    if grids < FEWEST_TABLES or True not in filled:
        return content
    for cut in _cuts(content, spec, filled)[:MOST_CUTS]:
        before, behind = _parts(content, cut)
        empty, report = (before, behind) if True in filled[cut:] else (behind, before)
        if _is_report_beside(report, empty) and _are_copies(report, empty, spec, read_tables):
            return replace(report, notes=(*report.notes, Note("template-left-out")))
    return content


def _has_figures(block: Block) -> bool:
    """True for a table in which anything but words stands: a figure, a mark for nothing, what cannot be read."""
    return isinstance(block, Grid) and any(is_figure(cell.text) or cell.doubt for cell in block.cells)


def _cuts(content: Content, spec: FormSpec, filled: Sequence[bool]) -> list[int]:
    """The blocks with which another stretch may begin, so that all figures are on one side and tables on both."""
    tables = [number for number, block in enumerate(content.blocks) if isinstance(block, Grid)]
    first, last = filled.index(True), len(filled) - 1 - filled[::-1].index(True)
    starts = sorted({*_starts(content, spec), *(title.start for title in titles(content))})
    return [
        cut
        for cut in starts
        if tables[0] < cut <= tables[-1] and (cut <= first or cut > last) and tables[-1] > tables[0]
    ]


def _starts(content: Content, spec: FormSpec) -> Iterator[int]:
    """Where a form without a title may begin: at a line that says so, its first heading, or another sheet."""
    table = spec.tables[0]
    headings = [key(word) for word in (*table.keywords, table.heading)]
    for number, (above, block) in enumerate(pairwise(content.blocks), start=1):
        if sheet_of(block) != sheet_of(above):
            yield number
        if isinstance(block, Line) and len(block.text) <= _LONGEST_WORDS:
            spoken = key(block.text)
            if _TEMPLATE.search(simplify(block.text)) or any(heading in spoken for heading in headings):
                yield number


def _parts(content: Content, cut: int) -> tuple[Content, Content]:
    """The source before and from a block on; places in a text keep their offsets."""
    places = (block.place for block in content.blocks[cut:] if isinstance(block, Line))
    start = next((place.start for place in places if isinstance(place, TextPlace)), len(content.text))
    before = replace(content, blocks=content.blocks[:cut], text=content.text[:start])
    behind = replace(content, blocks=content.blocks[cut:], text=" " * start + content.text[start:], title="")
    return before, behind


def _is_report_beside(report: Content, empty: Content) -> bool:
    """True if a title names whose report the filled part is, and none of the empty part says that it is another's."""
    own = [title for title in titles(report) if not _is_nameless(title)]
    if not own or any(_OTHERS.search(words) for part in (report, empty) for words in _captions(part)):
        return False
    names = {(title.body, title.year) for title in own}
    return len(names) == 1 and all(_may_be_of(title, own[0]) for title in titles(empty))


def _is_nameless(title: Title) -> bool:
    return not title.body or _NO_NAME.search(title.body) is not None


def _may_be_of(title: Title, own: Title) -> bool:
    year = title.year is None or title.year == own.year
    return year and (_is_nameless(title) or title.body == own.body)


def _captions(content: Content) -> Iterator[str]:
    """The lines right above the tables and at the beginning, where it is said what the tables are."""
    numbers = {
        number for at, block in enumerate(content.blocks) if isinstance(block, Grid) for number in range(at - 3, at)
    }
    for number, block in enumerate(content.blocks):
        if isinstance(block, Line) and (number in numbers or number < _FIRST_LINES):
            text = simplify(block.text).strip()
            if len(text) <= _LONGEST_WORDS and not text.endswith(("。", "；", ";")):
                yield text


def _are_copies(report: Content, empty: Content, spec: FormSpec, read_tables: ReadTables) -> bool:
    """True if both parts hold the same tables of the form whole, the one with figures and the other with none."""
    blank = read_tables(empty, spec)
    if any(cell.reading.state is not State.BLANK for table in blank for cell in table.cells):
        return False
    return _holds_all(empty, blank, spec) and _holds_all(report, read_tables(report, spec), spec)


def _holds_all(content: Content, found: Sequence[TableReading], spec: FormSpec) -> bool:
    """True if every table of the form was found whole; of one whose only row is empty, a sheet has but the header."""
    whole = {table.table for table in found if is_whole(table)}
    if not {table.table for table in found} <= whole:
        return False
    words = {key(cell.text) for grid in content.grids() for cell in grid.cells}
    return all(
        table.id in whole or (is_wide(table) and all(key(block.label[-1]) in words for block in table.blocks))
        for table in spec.tables
    )
