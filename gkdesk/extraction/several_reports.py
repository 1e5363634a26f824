"""Whether a source holds more than one report: then no table is certain to be that of the first.

A second report is told by a title with another body or year and what belongs to a report below it (labels of the form,
headings), or by a form table that comes twice with other figures among repeated headings or on another sheet. Titles
alone are none: sites list the reports of other years beside the one they show.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gkdesk.extraction.identify import body_and_year
from gkdesk.extraction.labels import key
from gkdesk.extraction.result import TableReading
from gkdesk.model.content import Content, Line, Note
from gkdesk.model.place import SheetPlace
from gkdesk.model.spec import FormSpec

FEWEST_LABELS = 4
"""Different labels of the form below a title that make it a report."""

FEWEST_HEADINGS = 2
"""Different headings of sections below a title that make it a report, or that are repeated in a second one."""

_LONGEST_LABEL = 60
_SHORTEST_LABEL = 4
_HEADING_ROOM = 8
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Title:
    """A title of a report: whose and of which year it is, its words, and the number of the block where it begins."""

    body: str
    year: int | None
    words: str
    start: int


@dataclass(slots=True)
class Report:
    """What stands below the titles of one body and year; ``start`` is the block where the first of them begins."""

    body: str
    year: int | None
    title: str
    start: int
    labels: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)

    @property
    def is_one(self) -> bool:
        """True if enough of a report stands below the titles."""
        return len(self.labels) >= FEWEST_LABELS or len(self.headings) >= FEWEST_HEADINGS

    def is_of(self, body: str, year: int | None) -> bool:
        """True unless both name a body or year and it is not the same; menus may stand before a body's name."""
        if self.year is not None and year is not None and self.year != year:
            return False
        return not body or not self.body or self.body.endswith(body) or body.endswith(self.body)


def doubt_several(
    content: Content, spec: FormSpec, readings: Sequence[TableReading]
) -> tuple[list[TableReading], list[Note]]:
    """The tables, doubtful where the source holds several reports, and what is to be said about it."""
    reports = reports_in(content, spec)
    if len(reports) > 1:
        note = Note("two-reports", {"first": reports[0].title, "second": reports[1].title})
        return [reading.doubted("another-report") for reading in readings], [note]
    if len(_years_of_sheets(readings)) > 1:
        return [reading.doubted("another-report") for reading in readings], [Note("tables-mixed")]
    twice = [reading for reading in readings if _is_second(reading)]
    if not twice or len(twice) == len(readings):
        return list(readings), []
    repeated = _repeated_headings(content, spec) >= FEWEST_HEADINGS
    sheets = {sheet for reading in twice for sheet in _sheets(reading)}
    apart = any(len(_sheets_with(content, spec, reading.table)) > 1 for reading in twice)
    mixed = [
        reading
        for reading in readings
        if reading not in twice and (repeated or (apart and not _sheets(reading) <= sheets))
    ]
    # The blank cells, too: the other report may have a figure there.
    found = [reading.doubted("another-report") if reading in mixed else reading for reading in readings]
    return found, [Note("tables-mixed")] if mixed else []


def reports_in(content: Content, spec: FormSpec) -> list[Report]:
    """The reports that stand in a source, by their titles, in order."""
    labels = _labels(spec)
    headings = _headings(spec)
    found: list[Report] = []
    current: Report | None = None
    for text, title in _titled(content):
        if title is not None:
            current = next((report for report in found if report.is_of(title.body, title.year)), None)
            if current is None:
                current = Report(title.body, title.year, title.words, title.start)
                found.append(current)
            continue
        spoken = key(text)
        if current is None or not spoken or len(spoken) > _LONGEST_LABEL:
            continue
        current.labels.update(label for label in labels if label in spoken)
        current.headings.update(_headings_in(spoken, headings))
    return [report for report in found if report.is_one]


def titles(content: Content) -> list[Title]:
    """Every title of a report in a source, in order."""
    return [title for _, title in _titled(content) if title is not None]


def _titled(content: Content) -> Iterator[tuple[str, Title | None]]:
    """Every text of a source, with the title that it is or that it ends."""
    above, above_block = "", 0
    for block, text in _texts(content):
        named = body_and_year(text, above)
        title = None
        if named is not None:
            alone = named == body_and_year(text)
            words = text.strip() if alone else above.strip() + text.strip()
            title = Title(*named, words, block if alone else above_block)
        above, above_block = text, block
        yield text, title


def _labels(spec: FormSpec) -> frozenset[str]:
    """The labels of rows, which no prose has in lines of its own."""
    rows = (row for table in spec.tables for block in table.blocks for row in block.rows if row.label)
    return frozenset(label for row in rows if len(label := key(row.label[-1])) >= _SHORTEST_LABEL)


def _headings(spec: FormSpec) -> frozenset[str]:
    words = [word for words in spec.sections.values() for word in words]
    words += [word for table in spec.tables for word in table.keywords]
    return frozenset(key(word) for word in words)


def _headings_in(spoken: str, headings: frozenset[str]) -> Iterator[str]:
    return (word for word in headings if spoken.endswith(word) and len(spoken) <= len(word) + _HEADING_ROOM)


def _repeated_headings(content: Content, spec: FormSpec) -> int:
    headings = _headings(spec)
    counted = Counter(
        word for _, text in _texts(content) if len(text) <= _LONGEST_LABEL for word in _headings_in(key(text), headings)
    )
    return sum(count > 1 for count in counted.values())


def _texts(content: Content) -> Iterator[tuple[int, str]]:
    """The lines and cells of a source, each with the number of its block."""
    for number, block in enumerate(content.blocks):
        if isinstance(block, Line):
            yield number, block.text
        else:
            yield from ((number, cell.text) for cell in block.cells if cell.text)


def _is_second(reading: TableReading) -> bool:
    return any("second-table" in cell.reading.doubts for cell in reading.cells)


def _sheets(reading: TableReading) -> set[str]:
    return {cell.place.sheet for cell in reading.cells if isinstance(cell.place, SheetPlace)}


def _sheets_with(content: Content, spec: FormSpec, table: str) -> set[str]:
    """The sheets on which at least half of a table's labels stand."""
    labels = {word for printed in spec.table(table).printed if len(word := key(printed.text)) >= _SHORTEST_LABEL}
    found: dict[str, set[str]] = {}
    for grid in content.grids():
        for cell in grid.cells:
            if isinstance(cell.place, SheetPlace) and (word := key(cell.text)) in labels:
                found.setdefault(cell.place.sheet, set()).add(word)
    return {sheet for sheet, words in found.items() if 2 * len(words) >= len(labels)}


def _years_of_sheets(readings: Sequence[TableReading]) -> set[str]:
    sheets = {sheet for reading in readings for sheet in _sheets(reading)}
    return {match.group() for sheet in sheets if (match := _YEAR.search(sheet)) is not None}
