"""The command line as the contract has it: outputs, streams, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import number
from gkdesk.workflow.desk import Desk
from tests.cli.runs import Office
from tests.workflow.report_text import REPORT, RIGHT, WRONG

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
    severities = [line.strip()[1:3] for line in lines[3:]]
    assert severities[:2] == ["错误", "错误"]
    assert severities == sorted(severities, key=["错误", "警告", "提示"].index)
    assert "各列之和 18 ≠ 总计 13，相差 5" in lines[4] + lines[3]


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
