"""Pages on which borders between figures are missing: what stands in a cell of two rows is of neither for sure."""

from __future__ import annotations

from gkdesk.extraction.fill import extract
from gkdesk.extraction.strips import strips
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Content, Grid, GridCell, SourceKind
from gkdesk.model.place import Box, PagePlace
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions

T3 = load_editions()["2021"].table("t3")
NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")

Cell = tuple[str, int, int]
"""Text, rows and columns over which it goes."""


def extracted(*rows: tuple[Cell, ...], width: int) -> Extracted:
    """The report of one page with one grid."""
    return extract(Content(SourceKind.PDF, "sha", (grid(*rows, width=width),)))


def grid(*rows: tuple[Cell, ...], width: int) -> Grid:
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, line in enumerate(rows):
        column = 0
        for text, down, across in line:
            while (row, column) in taken:
                column += 1
            taken |= {(row + y, column + x) for y in range(down) for x in range(across)}
            box = Box(60.0 * column, 20.0 * row, 60.0 * (column + across), 20.0 * (row + down))
            cells.append(GridCell(row, column, down, across, text, PagePlace(1, box)))
            column += across
    edges = tuple(60.0 * column for column in range(width + 1))
    return Grid(0, len(rows), width, tuple(cells), page=1, left_edges=edges[:-1], right_edges=edges[1:])


def state(report: Extracted, table: str, row: str, column: str) -> State:
    return report.form[CellRef(table, row, column)].as_read.state


def line(*texts: str) -> tuple[Cell, ...]:
    return tuple((text, 1, 1) for text in texts)


def row(name: str) -> tuple[Cell, ...]:
    return ((name, 1, 1), ("1", 1, 1), ("2", 1, 2), ("3", 1, 1))


def second_table(*rows: tuple[Cell, ...]) -> Extracted:
    """表二 with ``rows`` under its first header, the others as they should be."""
    single = (("信息内容", 1, 1), ("本年处理决定数量", 1, 4))
    return extracted(
        (("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 2), ("现行有效件数", 1, 1)),
        *rows,
        single,
        (("行政许可", 1, 1), ("5", 1, 4)),
        single,
        (("行政处罚", 1, 1), ("47", 2, 4)),
        (("行政强制", 1, 1),),
        (("信息内容", 1, 1), ("本年收费金额（单位：万元）", 1, 4)),
        (("行政事业性收费", 1, 1), ("1.5", 1, 4)),
        width=5,
    )


def test_a_figure_in_a_cell_over_two_rows_belongs_to_neither_for_sure() -> None:
    report = second_table(*(row(name) for name in ("规章", "行政规范性文件")))
    assert state(report, "t2", "rules", "made") is State.READ
    assert state(report, "t2", "permit", "decisions") is State.READ
    for name in ("penalty", "coercion"):
        assert state(report, "t2", name, "decisions") not in (State.READ, State.BLANK)


def test_a_row_whose_cells_are_those_of_the_row_above_is_not_blank() -> None:
    report = second_table((("规章", 1, 1), ("1 2 3 4 5 6", 2, 4)), line("行政规范性文件"))
    for name in ("rules", "normative"):
        assert state(report, "t2", name, "made") not in (State.READ, State.BLANK)


def test_a_label_with_a_figure_behind_it_proves_no_blank() -> None:
    rows = [(form.label[-1], *("3" if column == 6 else "" for column in range(7))) for form in T3.blocks[0].rows]
    rows[2] = (rows[2][0] + " 3", *rows[2][1:])
    report = extracted(line("", *NAMES), *(line(*texts) for texts in rows), width=8)
    granted, partial = T3.blocks[0].rows[2].id, T3.blocks[0].rows[3].id
    assert state(report, "t3", granted, "natural") is State.DOUBTFUL
    assert state(report, "t3", partial, "natural") is State.BLANK


def test_the_end_of_a_label_on_the_next_page_is_no_blank_column() -> None:
    """The label of a last row ends in the column of groups; the pages before show that the next holds labels, too."""
    above = grid(line("三、", "不予公开", "其他", *"1234567"), line("", "", "国家秘密", *"1234567"), width=10)
    last = grid(line("", "总计", "", *"234567", ""), width=10)
    for content in ((above, last), (last,)):
        *_, strip = strips(Content(SourceKind.PDF, "sha", content), with_aligned=True)
        slots = strip.slots or ()
        assert [slot.text for slot in slots] == [*"234567", ""] or {slot.doubt for slot in slots} == {"position"}
