"""Tables on pages whose grids have more columns than the form: figures do not always stand where cells are counted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.extraction.figures import Figure, Piece, Strip, Unit
from gkdesk.extraction.fill import read_tables
from gkdesk.extraction.result import CellReading
from gkdesk.extraction.tables.align import Alignment, Match
from gkdesk.extraction.tables.column_order import is_order_proven
from gkdesk.model.content import Content, Grid, GridCell, SourceKind
from gkdesk.model.place import Box, PagePlace
from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions

NEW = load_editions()["2021"]


def cells_of(*rows: Sequence[str]) -> dict[str, CellReading]:
    """The cells read from a grid of a page, by their ids."""
    cells = tuple(
        GridCell(y, x, 1, 1, text, PagePlace(1, Box(40.0 * x, 20.0 * y, 40.0 * x + 40, 20.0 * y + 20)))
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
    )
    content = Content(SourceKind.PDF, "", (Grid(0, len(rows), len(rows[0]), cells, page=1),))
    return {str(cell.ref): cell for table in read_tables(content, NEW) for cell in table.cells}


@pytest.mark.parametrize(("natural", "proven"), [(1, True), (3, False)])
def test_cells_counted_from_the_right_are_not_those_of_names_that_stand_over_others(natural: int, proven: bool) -> None:
    """Five names in one cell of the header leave rows with cells of labels among their last seven."""
    table = NEW.table("t3")
    names = ("自然人", "商业企业科研机构社会公益组织法律服务机构其他", "总计")
    heads = tuple(Piece(name, ((at, at + 1),)) for name, at in zip(names, (natural, natural + 1, 7), strict=True))
    header = Strip("".join(names), (), (), 1, heads)
    figures = tuple(
        Figure(text, PagePlace(1, Box(40.0 * at, 0, 40.0 * at + 9, 9))) for at, text in enumerate("1234005")
    )
    pieces = tuple(Piece(figure.text, ((at, at + 1),)) for at, figure in enumerate(figures, 1))
    row = Strip("一、本年新收", figures, figures, 1, pieces)
    unit = Unit("".join(names), "", figures, figures, True, slots=figures, line=1)
    alignment = Alignment((Match(0, 0, 1.0, proven=True),), 1.0)
    assert is_order_proven(table, [unit], alignment, [header, row], placed=False) is proven


def test_a_row_with_nothing_below_its_headers_but_figures_beside_them_is_in_doubt() -> None:
    # The header stood on the page before, where the table had fewer columns.
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "", "", ""],
        ["规章", "", "0", "", "", "0", "0"],
        ["行政规范性文件", "", "7", "", "", "0", "59"],
    ]
    for heading, *labels in (("本年处理决定数量", "行政许可"), ("本年处理决定数量", "行政处罚", "行政强制")):
        rows.append(["信息内容", heading, *[""] * 5])
        rows += [[label, "5", *[""] * 5] for label in labels]
    cell = cells_of(*rows)["t2.normative.repealed"].reading
    assert cell.state is State.DOUBTFUL


def test_a_grid_with_one_row_of_the_form_is_no_trouble() -> None:
    names = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    found = cells_of(names, ["一、本年新收政府信息公开申请数量", "1", "2", "0", "0", "0", "0", "3"])
    assert not any(cell.reading.state is State.READ for ref, cell in found.items() if not ref.startswith("t3.new."))
