"""Tables of an appendix that is somebody else's, where the report has none of its own that can be read.

A report whose tables are pictures, with those of a subordinate office or of last year appended as text, has one table
of each kind that can be read, and it is not the report's. The line over the appendix says whose it is: it stands
behind the report's last section, and names another year, another body, or subordinate ones. Such a table is shown, for
a clerk may know better, and none of its cells is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gkdesk.extraction.labels import key, simplify
from gkdesk.extraction.result import ReadTables, TableReading
from gkdesk.extraction.tables.captions import is_whole
from gkdesk.model.content import Block, Content, Line
from gkdesk.model.place import TextPlace
from gkdesk.model.spec import FormSpec

DOUBT = "others-table"
"""The doubt about a table that an appendix gives to somebody else."""

LONGEST_CAPTION = 48
"""Characters without blanks; longer lines are prose."""

_LONGEST_HEADING = 24
_SHORTEST_LABEL = 4
_BLANKS = re.compile(r"\s+")
_PROSE = re.compile(r"[。；]")
_APPENDIX = re.compile(r"[(\[【]?附(?:件|表|录|后)?\d{0,2}(?![近加属])")
_YEAR = re.compile(r"20\d\d(?=年)")
_LAST_YEAR = re.compile(r"上一?年度?|去年")
_SUBORDINATE = re.compile(
    r"(?:所属|下属|直属|下级|各|其他)(?:事业|企事业)?(?:单位|部门|机构|区县|县区|县|乡镇|镇街|街道)"
)
_BODY = re.compile(
    r"(?P<body>[一-鿿]{2,20}?(?:局|委员会|委|厅|办公室|办|街道|镇|乡|管委会|中心|院|所|队|集团|公司|学校))"
    r"(?=[一-鿿]{0,6}(?:政府信息公开|信息公开|政务公开|收到和处理|申请|主动公开|20\d\d))"
)
_SUBJECT = re.compile(r"政府信息|信息公开|申请|主动公开|复议|诉讼|年报|年度报告|数据|统计|情况|报表")


def doubt_appended(
    content: Content,
    spec: FormSpec,
    readings: Sequence[TableReading],
    whose: tuple[str | None, int | None],
    read_tables: ReadTables,
) -> list[TableReading]:
    """The tables; those that only an appendix of somebody else holds whole are in doubt.

    Args:
        content: the whole source; ``readings`` are the tables found in it.
        spec: the form.
        whose: the body and year of the report.
        read_tables: reads the tables of a source.
    """
    start = _start_of_others(content, spec, *whose) if readings else None
    if start is None:
        return list(readings)
    first = content.blocks[start]
    place = first.place if isinstance(first, Line) else None
    text = content.text[: place.start] if isinstance(place, TextPlace) else content.text
    own = replace(content, blocks=content.blocks[:start], text=text)
    whole = {reading.table for reading in read_tables(own, spec) if is_whole(reading)}
    return [reading if reading.table in whole else reading.doubted(DOUBT) for reading in readings]


def _start_of_others(content: Content, spec: FormSpec, body: str | None, year: int | None) -> int | None:
    """The block with the line over an appendix of somebody else; None if there is none."""
    last = [key(word) for name in ("problems", "other") for word in spec.sections.get(name, ())]
    rows = [key(row.label[-1]) for table in spec.tables for block in table.blocks for row in block.rows if row.label]
    rows = [label for label in rows if len(label) >= _SHORTEST_LABEL]
    behind = False
    appendix = False
    found: int | None = None
    for number, block in enumerate(content.blocks):
        for text in _texts(block):
            spoken = key(text)
            if len(text) <= _LONGEST_HEADING and any(word in spoken for word in last):
                # Where the last sections come again, those before were lines of a list of contents.
                behind, found = True, None
            if not behind or len(text) > LONGEST_CAPTION or _PROSE.search(text):
                continue
            if any(label in spoken for label in rows):
                appendix = False
                continue
            begins = _APPENDIX.match(text) is not None
            appendix = appendix or begins
            if appendix and _SUBJECT.search(text) and _is_of_others(text, body, year):
                found = number if found is None else found
    return found


def _is_of_others(text: str, body: str | None, year: int | None) -> bool:
    named = {int(found) for found in _YEAR.findall(text)}
    if named and year is not None and year not in named:
        return True
    if (_LAST_YEAR.search(text) and not named) or _SUBORDINATE.search(text):
        return True
    other = _BODY.search(_APPENDIX.sub("", text, count=1).lstrip(":.、"))
    return other is not None and body is not None and not _is_same(other["body"], body)


def _is_same(named: str, body: str) -> bool:
    """True unless the names are of two bodies: one may be shortened, or lack its place."""
    named, body = (simplify(name).replace("人民政府", "政府") for name in (named, body))
    return named in body or body in named or named.removesuffix("政府") in body


def _texts(block: Block) -> Iterator[str]:
    """The words of a line, or of a grid that is one cell only, without blanks."""
    if isinstance(block, Line):
        yield _BLANKS.sub("", simplify(block.text))
    elif len(filled := [cell.text for cell in block.cells if cell.text.strip()]) == 1:
        yield _BLANKS.sub("", simplify(filled[0]))
