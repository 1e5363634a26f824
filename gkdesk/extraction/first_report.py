"""The first of several reports in one file, where what belongs to it ends for certain.

Two reports pasted one behind the other are two stretches of the file: the second begins with its own title, on a line
of its own, and nothing of the first stands behind it. What stands before that title is then read as if it were a file
of its own; the second report can lend it no row, no table and no section.

Proven only if each part is a report: the first holds every table that is found in the whole file, whole and once, and
the name of its own title; behind the second title there is such a table too, and no title of the first report any more.
Where a table of the first is missing or torn, or where titles stand among the tables, the reports stay mixed. In a
workbook each report must have sheets of its own; if they are those of one body for several years, the latest is meant,
wherever it stands: a sheet is added every year, before the others or behind them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gkdesk.extraction.hidden_sheets import sheet_of
from gkdesk.extraction.identify import identify
from gkdesk.extraction.locate import find_edition
from gkdesk.extraction.result import ReadTables, TableReading
from gkdesk.extraction.several_reports import Report, reports_in, titles
from gkdesk.extraction.tables.captions import is_whole
from gkdesk.model.content import Block, Content, Line, Note
from gkdesk.model.place import TextPlace
from gkdesk.model.spec import FormSpec


def first_report(
    content: Content,
    spec: FormSpec,
    readings: Sequence[TableReading],
    read_tables: ReadTables,
    editions: Mapping[str, FormSpec],
) -> Content | None:
    """The source up to the title of its second report, with a note that there is one; None if that is not proven.

    Args:
        content: the whole source; ``readings`` are the tables found in it.
        spec: the form.
        read_tables: reads the tables of a source.
        editions: all forms.
    """
    reports = reports_in(content, spec)
    if len(reports) < 2:
        return None
    latest = _latest_on_its_sheets(content, reports)
    if latest is not None:
        return _alone_on_its_sheets(content, spec, readings, read_tables, editions, latest, reports)
    first, second = reports[:2]
    if any(title.start > second.start and first.is_of(title.body, title.year) for title in titles(content)):
        return None
    start = content.blocks[second.start]
    if not (_is_line_of_a_page(start) or _begins_a_sheet(content, second.start)):
        return None
    note = Note("reports-behind", {"first": first.title, "second": second.title})
    place = start.place if isinstance(start, Line) else None
    text = content.text[: place.start] if isinstance(place, TextPlace) else content.text
    alone = replace(content, blocks=content.blocks[: second.start], text=text, notes=(*content.notes, note))
    identity = identify(alone, spec)
    if not first.is_of(identity.organization or "", identity.year):
        return None
    whole = {reading.table for reading in read_tables(alone, spec) if is_whole(reading)}
    behind = read_tables(replace(content, blocks=content.blocks[second.start :]), spec)
    if not {reading.table for reading in readings} <= whole or not any(is_whole(reading) for reading in behind):
        return None
    return alone


def _is_line_of_a_page(block: Block) -> bool:
    """True for a line that is on no sheet of a workbook."""
    return isinstance(block, Line) and sheet_of(block) is None


def _begins_a_sheet(content: Content, number: int) -> bool:
    """True if a block is the first on its sheet, and nothing behind it is on a sheet before."""
    sheets = [sheet_of(block) for block in content.blocks]
    return sheets[number] is not None and not set(sheets[:number]) & set(sheets[number:])


def _latest_on_its_sheets(content: Content, reports: Sequence[Report]) -> Report | None:
    """Of reports of one body for different years, each on sheets of its own, that of the last year; else None."""
    first = reports[0]
    years = [report.year for report in reports if report.year is not None]
    if len(set(years)) < len(reports) or not all(report.is_of(first.body, report.year) for report in reports):
        return None
    if not all(_begins_a_sheet(content, report.start) for report in reports[1:]):
        return None
    return max(reports, key=lambda report: report.year or 0)


def _alone_on_its_sheets(
    content: Content,
    spec: FormSpec,
    readings: Sequence[TableReading],
    read_tables: ReadTables,
    editions: Mapping[str, FormSpec],
    latest: Report,
    reports: Sequence[Report],
) -> Content | None:
    """The sheets of a report, with a note that there are others; None if not all tables stand whole on them."""
    starts = [report.start for report in reports]
    end = next((start for start in starts if start > latest.start), len(content.blocks))
    if any(title.start >= end and latest.is_of(title.body, title.year) for title in titles(content)):
        return None
    others = "、".join(report.title for report in reports if report is not latest)
    note = Note("other-years-on-sheets", {"read": latest.title, "others": others})
    alone = replace(content, blocks=content.blocks[latest.start : end], notes=(*content.notes, note))
    # A year before may have been filled into the form before.
    own = editions.get(find_edition(alone, editions) or "", spec)
    whole = {reading.table for reading in read_tables(alone, own) if is_whole(reading)}
    return alone if {reading.table for reading in readings} <= whole else None
