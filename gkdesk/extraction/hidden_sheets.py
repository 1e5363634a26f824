"""Tables on hidden sheets of a workbook beside those that are shown: nobody sees them, so the report is what is shown.

Offices keep last year's report or a template on a sheet that they hide. Its tables count where a table of the form
stands on no other sheet; where every table stands whole, once and filled in on the sheets that are shown, none of
the hidden ones can be meant. The note that there is such a sheet stays.
"""

from __future__ import annotations

from dataclasses import replace

from gkdesk.extraction.result import ReadTables, TableReading
from gkdesk.extraction.tables.captions import is_whole
from gkdesk.model.content import Block, Content, Line
from gkdesk.model.place import SheetPlace
from gkdesk.model.reading import State
from gkdesk.model.spec import FormSpec


def without_hidden_sheets(content: Content, spec: FormSpec, read_tables: ReadTables) -> Content:
    """The sheets that are shown, if they hold the form whole and filled in; else all of the source."""
    hidden = {note.arguments["sheet"] for note in content.notes if note.code == "hidden-sheet"}
    shown = tuple(block for block in content.blocks if sheet_of(block) not in hidden) if hidden else content.blocks
    if len(shown) == len(content.blocks):
        return content
    alone = replace(content, blocks=shown)
    found = read_tables(alone, spec)
    if len(found) == len(spec.tables) and all(is_whole(table) and _is_filled(table) for table in found):
        return alone
    return content


def _is_filled(table: TableReading) -> bool:
    """True if something is written in the table, if only marks for nothing: who left a form empty wrote none."""
    return any(cell.reading.state is not State.MISSING and cell.reading.raw.strip() for cell in table.cells)


def sheet_of(block: Block) -> str | None:
    """The sheet of a workbook on which a block stands; None elsewhere."""
    place = block.place if isinstance(block, Line) else block.cells[0].place if block.cells else None
    return place.sheet if isinstance(place, SheetPlace) else None
