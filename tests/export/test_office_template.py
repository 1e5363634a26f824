"""An office's own template: any layout, as long as every value cell has its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from gkdesk.errors import ExportError
from gkdesk.export.read_back import read_back
from gkdesk.export.workbook import write
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import MISSING, Reading, State, number
from gkdesk.model.review import Review
from gkdesk.model.spec import load_editions
from tests.export.reports import SPEC_2021, closing_review, closing_values, opened, ref, review_of, visible


def office_template(path: Path, leave_out: tuple[str, ...] = (), same: bool = False) -> Path:
    """All cells one below the other on one sheet, with the office's own remarks around them."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "我局's表"
    workbook.create_sheet("校验")["A1"] = "本局自用"
    for row, cell in enumerate(SPEC_2021.refs(), 5):
        sheet.cell(row, 2, SPEC_2021.cell_words(cell))
        sheet.cell(row, 4).font = Font(name="楷体", size=14)
        sheet.merge_cells(start_row=row, end_row=row, start_column=4, end_column=5)
        if str(cell) in leave_out:
            continue
        target = f"'我局''s表'!$D${5 if same and row == 6 else row}:$E${row}"
        workbook.defined_names[str(cell).upper()] = DefinedName(str(cell).upper(), attr_text=target)
    sheet["D5"].comment = Comment("本局备注", "本局")
    workbook.save(path)
    return path


def test_figures_go_where_the_names_are(exported: Callable[..., bytes], tmp_path: Path) -> None:
    values = closing_values(SPEC_2021)
    data = exported(closing_review(), template=office_template(tmp_path / "模板.xlsx"))
    workbook = opened(data)
    sheet = workbook["我局's表"]
    assert [sheet.cell(row, 4).value for row in range(5, 205)] == [values[cell] for cell in SPEC_2021.refs()]
    assert sheet["D5"].font.name == "楷体"
    assert sheet["D5"].comment.text == "本局备注"
    assert workbook["校验"]["A1"].value == "本局自用"
    assert workbook["校验 2"]["A1"].value == "勾稽关系校验"


def test_it_counts_and_reads_back_from_there(
    exported: Callable[..., bytes], recalculated: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    review = closing_review()
    data = recalculated(exported(review, template=office_template(tmp_path / "模板.xlsx")))
    found = read_back(data, load_editions()).form
    assert [cell.as_read for cell in found] == [cell.reading for cell in review.form]


def test_the_offices_remark_stays_beside_ours(exported: Callable[..., bytes], tmp_path: Path) -> None:
    first = SPEC_2021.refs()[0]
    review = review_of({first: Reading(State.DOUBTFUL, 3, "3件", 0.5, ("unit",))})
    workbook = opened(exported(review, template=office_template(tmp_path / "模板.xlsx")))
    text = visible(workbook, str(first)).comment.text
    assert text.startswith("本局备注\n存疑")


def test_an_alternative_row_finds_a_free_row(exported: Callable[..., bytes], tmp_path: Path) -> None:
    readings = {cell: number(1) for cell in SPEC_2021.refs()}
    readings |= {CellRef("t3", row, "natural"): MISSING for row in ("closed_not_amended", "closed_fee_unpaid")}
    for column in SPEC_2021.table("t3").blocks[0].columns:
        readings[CellRef("t3", "closed", column.id)] = number(7)
    review: Review = review_of(readings)
    data = exported(review, template=office_template(tmp_path / "模板.xlsx"))
    found = read_back(data, load_editions()).form
    assert [cell.as_read for cell in found] == [cell.reading for cell in review.form]


def test_an_exported_workbook_can_be_the_template(exported: Callable[..., bytes], tmp_path: Path) -> None:
    template = tmp_path / "去年.xlsx"
    older = {cell: Reading(State.DOUBTFUL, 1, "1件", 0.5, ("unit",)) for cell in SPEC_2021.refs()}
    older |= {CellRef("t3", "closed", column.id): number(7) for column in SPEC_2021.table("t3").blocks[0].columns}
    template.write_bytes(exported(review_of(older)))
    workbook = opened(exported(review_of({ref("t3.new.natural"): number(5)}), template=template))
    assert workbook.sheetnames == ["表二 主动公开", "表三 申请办理", "表四 复议诉讼", "校验", "修改记录", "gkdesk"]
    assert visible(workbook, "t3.new.natural").value == 5
    for name in ("t3.new.business", "t3.closed.natural"):
        cell = visible(workbook, name)
        assert (cell.value, cell.comment, cell.fill.patternType) == (None, None, None)


def test_missing_names_are_refused_in_words(tmp_path: Path) -> None:
    template = office_template(tmp_path / "模板.xlsx", leave_out=("t3.new.natural", "t4.review.total"))
    with pytest.raises(ExportError) as caught:
        write(closing_review(), SPEC_2021, tmp_path / "x.xlsx", template=template)
    assert caught.value.code == "export.template-incomplete"
    assert caught.value.arguments["count"] == 2
    assert "自然人" in str(caught.value.arguments["cells"])
    assert not (tmp_path / "x.xlsx").exists()


def test_two_names_for_one_cell_are_refused(tmp_path: Path) -> None:
    template = office_template(tmp_path / "模板.xlsx", same=True)
    with pytest.raises(ExportError) as caught:
        write(closing_review(), SPEC_2021, tmp_path / "x.xlsx", template=template)
    assert caught.value.code == "export.template-ambiguous"


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    template = tmp_path / "模板.xlsx"
    template.write_bytes(content)
    with pytest.raises(ExportError) as caught:
        write(closing_review(), SPEC_2021, tmp_path / "x.xlsx", template=template)
    assert caught.value.code == "export.template-broken"


def test_a_template_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        write(closing_review(), SPEC_2021, tmp_path / "x.xlsx", template=tmp_path / "nowhere.xlsx")
    assert caught.value.code == "export.template-broken"
