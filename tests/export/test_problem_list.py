"""The list for the reporting body as workbook and document."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from gkdesk.errors import ExportError
from gkdesk.export.problem_list import write
from gkdesk.model.problem import Problem, ProblemList

PROBLEMS = ProblemList(
    "云泽市青禾区民政局",
    2024,
    "民政局.pdf",
    (
        Problem(
            "表三 一、本年新收政府信息公开申请数量·总计",
            "8",
            "各列之和 9 ≠ 总计 8，相差 1",
            "如果其他数字无误，这里应为 9；请对照台账核对",
            "原文如此；已电话告知",
            "第 4 页",
        ),
        Problem("=1+1", "-5", "不应小于 0", "请对照台账核对这些数字", "待核实", ""),
    ),
)
NOTHING = ProblemList("云泽市青禾区民政局", None, "民政局.pdf", ())


def texts_of(path: Path) -> list[str]:
    """All text of the list, in reading order."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [paragraph.text for paragraph in document.paragraphs] + cells
    (sheet,) = openpyxl.load_workbook(path).worksheets
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("name", ["整改清单.xlsx", "整改清单.docx"])
def test_every_problem_is_listed_in_words(tmp_path: Path, name: str) -> None:
    write(PROBLEMS, tmp_path / name)
    texts = texts_of(tmp_path / name)
    for problem in PROBLEMS.problems:
        for text in (problem.where, problem.printed, problem.reason, problem.advice, problem.answer):
            assert text in texts
    assert "报告：云泽市青禾区民政局2024年政府信息公开工作年度报告（文件：民政局.pdf）" in texts
    assert any("以下 2 处" in text for text in texts)


@pytest.mark.parametrize("name", ["整改清单.xlsx", "整改清单.docx"])
def test_a_report_in_order_says_so(tmp_path: Path, name: str) -> None:
    write(NOTHING, tmp_path / name)
    assert "没有需要填报单位核对的问题。" in texts_of(tmp_path / name)


def test_a_text_like_a_formula_stays_text(tmp_path: Path) -> None:
    write(PROBLEMS, tmp_path / "清单.xlsx")
    (sheet,) = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets
    types = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert (types["=1+1"], types["-5"]) == ("s", "s")


@pytest.mark.parametrize("name", ["整改清单.xlsx", "整改清单.docx"])
def test_a_failure_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError):
        write(PROBLEMS, tmp_path / "没有这个文件夹" / name)
    assert list(tmp_path.iterdir()) == []
