"""The command line as the contract has it: outputs, streams, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gkdesk.model.cellref import CellRef
from gkdesk.model.decision import Outcome
from gkdesk.model.reading import number
from gkdesk.workflow.desk import Desk
from tests.cli.runs import Office
from tests.workflow.report_text import REPORT, RIGHT, WRONG

INDENT = " " * 6
"""Below a finding: what explains it."""

GOOD = REPORT.replace("\t1\t0\t13", "\t1\t0\t18")


def test_extract_gives_one_line_of_json_a_file_in_order(office: Office) -> None:
    office.write("b.txt", REPORT)
    office.write("a.txt", GOOD)
    run = office.gkdesk("extract", "b.txt", "a.txt")
    reports = [json.loads(line) for line in run.out.splitlines()]
    assert [report["source"] for report in reports] == ["b.txt", "a.txt"]
    assert [report["cells"][str(WRONG)]["value"] for report in reports] == [13, 18]
    assert (run.code, run.err) == (1, "")
    assert "云泽市青禾区民政局" in run.out


def test_the_exit_code_says_how_it_went(office: Office) -> None:
    office.write("good.txt", GOOD)
    office.write("wrong.txt", REPORT)
    codes = [office.gkdesk("check", *files).code for files in (["good.txt"], ["good.txt", "wrong.txt"], ["absent.txt"])]
    assert codes == [0, 1, 3]


def test_an_empty_file_name_is_not_the_folder(office: Office) -> None:
    office.write("good.txt", GOOD)
    run = office.gkdesk("extract", "")
    assert (run.code, run.out) == (2, "")
    assert "文件名是空的" in run.err


def test_what_cannot_be_read_takes_one_line_and_stops_nothing(office: Office) -> None:
    office.write("good.txt", GOOD)
    (office.folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    run = office.gkdesk("extract", "absent.txt", "good.txt", "picture.png")
    assert run.code == 3
    assert [json.loads(line)["source"] for line in run.out.splitlines()] == ["good.txt"]
    first, second = run.err.splitlines()
    assert first.startswith("gkdesk: absent.txt: 找不到")
    assert second.startswith("gkdesk: picture.png: ")


@pytest.mark.parametrize(
    "words",
    [["extract"], ["export", "a.txt"], ["extract", "--nonsense", "a.txt"], ["--nonsense"],
     ["summarize", "a", "-o", "b"], ["extract", "--pass", "x", "a.txt"]],
)  # fmt: skip
def test_wrong_usage_is_said_in_one_line(office: Office, words: list[str]) -> None:
    run = office.gkdesk(*words)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("gkdesk: ")
    assert len(run.err.splitlines()) == 1


def test_help_is_in_chinese(office: Office) -> None:
    for words in (["--help"], ["extract", "-h"]):
        run = office.gkdesk(*words)
        assert run.code == 0
        assert run.out.startswith("用法：gkdesk")
        assert "options" not in run.out
    assert office.gkdesk("--version").out.startswith("gkdesk ")


def test_output_is_utf_8_whatever_the_locale(office: Office) -> None:
    office.write("民政局.txt", REPORT)
    run = office.gkdesk("check", "民政局.txt", "没有.txt", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert run.out.startswith("民政局.txt\n  云泽市青禾区民政局")
    assert run.err.startswith("gkdesk: 没有.txt: ")


def test_check_lists_findings_worst_first(office: Office) -> None:
    office.write("民政局.txt", REPORT)
    lines = office.gkdesk("check", "民政局.txt").out.splitlines()
    assert lines[1].split("　") == ["  云泽市青禾区民政局", "2024年", "2021年修订格式"]
    assert lines[2] == "  共 200 格：读取无疑 200，存疑 0，空白 0，未找到 0"
    assert lines[3] == "  其中 38 格没有得到其他数字的印证，请对照原文"
    findings = [line for line in lines[4:] if not line.startswith(INDENT)]
    severities = [line.strip()[1:3] for line in findings]
    assert severities[:2] == ["错误", "错误"]
    assert severities == sorted(severities, key=["错误", "警告", "提示"].index)
    assert "各列之和 18 ≠ 总计 13，相差 5" in "".join(findings[:2])


def test_check_says_which_cell_may_be_wrong_and_quotes_the_text(office: Office) -> None:
    prose = "因政府信息公开被申请行政复议5件，其中尚未审结1件。"
    office.write(
        "民政局.txt", REPORT.replace("申请50件。", f"申请50件。{prose}").replace("3\t1\t0\t1\t5", "3\t1\t0\t7\t5")
    )
    lines = office.gkdesk("check", "民政局.txt").out.splitlines()
    below = [line.strip() for line in lines if line.startswith(INDENT)]
    assert below[0].startswith("建议：原文如此，可请填报单位核对：")
    assert below[1] == "建议：表三 （一）予以公开·总计：13 应为 18？（有一位数字不同）"
    assert below[2] == f"正文写道：“{prose}”"
    assert below[3].startswith("建议：原文如此，可请填报单位核对：表四 行政复议：")
    assert below[4] == "建议：表四 行政复议·尚未审结：7 应为 1？（有一位数字不同）（正文中的数字与此一致）"
    assert [line.count(prose) for line in lines if line.startswith("  [警告] 正文的数字")] == [1]
    assert len(below) == 5


def test_many_rows_without_a_total_are_told_in_one_line(office: Office) -> None:
    rows = [line for line in REPORT.splitlines() if line.endswith("\t2") and line.count("\t") >= 7][:4]
    report = REPORT
    for row in rows:
        report = report.replace(row + "\n", row.removesuffix("2") + "\n")
    office.write("民政局.txt", report)
    lines = office.gkdesk("check", "民政局.txt").out.splitlines()
    (told,) = [line for line in lines if "总计栏空白" in line]
    assert told.startswith("  [警告] 表三：有 4 行的总计栏空白，请核对是否漏填。各列之和是：")
    assert told.replace("；", "").endswith("制作 2")
    assert told.count("；") == 3


def test_answers_are_told_of_a_workspace_and_of_the_workbook_exported_from_it(office: Office) -> None:
    office.write("民政局.txt", REPORT)
    office.gkdesk("check", "民政局.txt", "--workspace", "desk.gkdesk")
    with Desk.open(office.folder / "desk.gkdesk") as desk:
        report = desk.open_report(desk.entries()[0].id)
        finding = next(one for one in report.findings if one.rule == "t3.row-total")
        for about, outcome, note in (
            (finding, Outcome.AS_PRINTED, "已电话告知"),
            (WRONG, Outcome.AS_PRINTED, ""),
            (CellRef("t2", "permit", "decisions"), Outcome.CHECKED, ""),
        ):
            edit = report.decide(about, outcome, note)
            assert edit is not None
            report.apply(edit)
    office.gkdesk("export", "desk.gkdesk", "-o", "out.xlsx")
    for source in ("desk.gkdesk", "out.xlsx"):
        run = office.gkdesk("check", source)
        assert run.code == 1
        lines = run.out.splitlines()
        assert lines[3:5] == ["  其中经人工核对无误 1 格", "  其中 36 格没有得到其他数字的印证，请对照原文"]
        row = next(number for number, line in enumerate(lines) if "各列之和 18 ≠ 总计 13，相差 5（" in line[:60])
        assert "      审核意见：原文如此（已电话告知）" in lines[row:]
        assert lines[-1] == "  [原文如此] 表三 （一）予以公开·总计"
        found = json.loads(office.gkdesk("extract", source).out)
        answers = [one["answer"] for one in found["findings"] if "answer" in one]
        assert answers == [{"outcome": "as-printed", "note": "已电话告知"}]
        assert found["cells"]["t2.permit.decisions"]["answer"] == {"outcome": "checked", "note": ""}


def test_a_report_kept_in_a_workspace_is_explained_too(office: Office) -> None:
    office.write("民政局.txt", REPORT)
    kept = office.gkdesk("check", "民政局.txt", "--workspace", "desk.gkdesk")
    assert kept.out == office.gkdesk("check", "民政局.txt").out


def test_the_list_for_the_reporting_body_is_written(office: Office) -> None:
    office.write("民政局.txt", REPORT)
    office.write("水利局.txt", REPORT.replace("民政局", "水利局"))
    run = office.gkdesk("check", "民政局.txt", "--problems", "清单.docx")
    assert (run.code, run.out.splitlines()[-1]) == (1, "  整改清单已写到 清单.docx")
    assert (office.folder / "清单.docx").is_file()
    run = office.gkdesk("check", "民政局.txt", "水利局.txt", "--problems", "清单")
    written = [line.rpartition(" ")[2] for line in run.out.splitlines() if "已写到" in line]
    assert written == [str(Path("清单", f"{name}整改清单.docx")) for name in ("民政局", "水利局")]
    assert all((office.folder / name).is_file() for name in written)


@pytest.mark.parametrize("words", [["a.txt", "b.txt", "--problems", "x.docx"], ["a.txt", "--problems", "x.pdf"]])
def test_a_list_that_cannot_be_written_so_is_wrong_usage(office: Office, words: list[str]) -> None:
    office.write("a.txt", GOOD)
    office.write("b.txt", GOOD)
    run = office.gkdesk("check", *words)
    assert (run.code, run.out) == (2, "")
    assert len(run.err.splitlines()) == 1


def test_one_report_is_exported_to_a_file(office: Office) -> None:
    office.write("a.txt", GOOD)
    run = office.gkdesk("export", "a.txt", "-o", "out.xlsx")
    assert (run.code, run.out, run.err) == (0, "out.xlsx\n", "")
    again = office.gkdesk("extract", "out.xlsx")
    before = json.loads(office.gkdesk("extract", "a.txt").out)
    after = json.loads(again.out)
    assert after["kind"] == "gkdesk-workbook"
    for ref, cell in before["cells"].items():
        assert (cell["value"], cell["state"], cell["raw"]) == tuple(
            after["cells"][ref][key] for key in ("value", "state", "raw")
        )


def test_several_reports_are_exported_to_a_folder(office: Office) -> None:
    (office.folder / "other").mkdir()
    office.write("年报.txt", REPORT)
    office.write("other/年报.txt", GOOD)
    run = office.gkdesk("export", "年报.txt", "other/年报.txt", "-o", "out")
    names = ["年报.xlsx", "年报 (2).xlsx"]
    assert run.out.splitlines() == [str(Path("out", name)) for name in names]
    assert all((office.folder / "out" / name).is_file() for name in names)
    assert run.code == 1


def test_export_refuses_what_would_lose_something(office: Office) -> None:
    office.write("a.txt", GOOD)
    office.write("b.txt", REPORT)
    assert office.gkdesk("export", "a.txt", "b.txt", "-o", "both.xlsx").code == 2
    assert office.gkdesk("export", "a.txt", "-o", "a.xlsx").code == 0
    before = (office.folder / "a.xlsx").read_bytes()
    run = office.gkdesk("export", "a.xlsx", "-o", "a.xlsx")
    assert (run.code, (office.folder / "a.xlsx").read_bytes()) == (2, before)
    run = office.gkdesk("export", "a.xlsx", "-o", ".")
    assert run.out.splitlines() == ["a (2).xlsx"]
    assert (office.folder / "a.xlsx").read_bytes() == before


def test_an_export_that_fails_is_said(office: Office) -> None:
    office.write("a.txt", GOOD)
    run = office.gkdesk("export", "a.txt", "-o", str(Path("absent", "a.xlsx")))
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith("gkdesk: ")
    assert len(run.err.splitlines()) == 1


def test_a_workspace_gives_every_report_as_reviewed(office: Office) -> None:
    office.write("民政局.txt", REPORT)
    office.write("水利局.txt", REPORT.replace("民政局", "水利局"))
    run = office.gkdesk("extract", "民政局.txt", "水利局.txt", "--workspace", "desk.gkdesk")
    assert (run.code, len(run.out.splitlines())) == (1, 2)
    with Desk.open(office.folder / "desk.gkdesk") as desk:
        for entry in desk.entries():
            report = desk.open_report(entry.id)
            edit = report.edit({WRONG: number(RIGHT), CellRef("t3", "new", "natural"): number(41)}, why="看错")
            assert edit is not None
            report.apply(edit)
        in_use = office.gkdesk("extract", "desk.gkdesk")
        assert (in_use.code, len(in_use.err.splitlines())) == (3, 1)
    run = office.gkdesk("extract", "desk.gkdesk")
    reports = [json.loads(line) for line in run.out.splitlines()]
    assert [report["source"] for report in reports] == ["民政局.txt", "水利局.txt"]
    assert [report["cells"][str(WRONG)]["value"] for report in reports] == [RIGHT, RIGHT]
    assert run.code == 0
    assert office.gkdesk("extract", "民政局.txt", "--workspace", "desk.gkdesk").code == 0
    assert office.gkdesk("export", "desk.gkdesk", "-o", "one.xlsx").code == 2
    assert len(office.gkdesk("export", "desk.gkdesk", "-o", "out").out.splitlines()) == 2
    assert "其中经人工改定" in office.gkdesk("check", "desk.gkdesk").out


def test_a_workspace_option_that_is_none_is_said(office: Office) -> None:
    office.write("a.txt", GOOD)
    office.write("b.txt", GOOD)
    run = office.gkdesk("extract", "a.txt", "--workspace", "b.txt")
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith("gkdesk: b.txt: ")


def test_the_real_samples_satisfy_their_truth(samples: Path, office: Office) -> None:
    files = sorted([*samples.glob("seeds/*.txt"), *samples.glob("real/huaian-2024.pdf")])
    run = office.gkdesk("extract", *files)
    assert (run.code, run.err) == (0, "")
    for path, line in zip(files, run.out.splitlines(), strict=True):
        truth = json.loads(path.with_suffix(".truth.json").read_text("utf-8"))
        cells = json.loads(line)["cells"]
        read = {ref for ref, cell in cells.items() if cell["state"] == "read"}
        assert {ref for ref in read if cells[ref]["value"] != truth["cells"].get(ref)} == set()
