"""The program as a process: what it loads, where it logs, how it ends, and whom it asks for a window."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.cli.runs import Office
from tests.workflow.report_text import REPORT

HEAVY = ("PySide6", "openpyxl", "pypdf", "pypdfium2", "docx", "lxml")

LOADED = f"""
import sys
from gkdesk.cli.main import run
code = run(["extract", sys.argv[1]])
print(code, [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""

CRASHING = """
import sys
from gkdesk.cli.main import run
from gkdesk.workflow import tasks
read = tasks.read_report
def fail(path, *rest):
    if path.name == "bad.txt":
        raise ZeroDivisionError("a bug")
    return read(path, *rest)
tasks.read_report = fail
sys.exit(run(["extract", *sys.argv[1:]]))
"""

WITH_WINDOW = """
import sys, types
window = types.ModuleType("gkdesk.ui.application")
window.run = lambda files: print([file.name for file in files]) or 5
sys.modules["gkdesk.ui.application"] = window
from gkdesk.__main__ import main
sys.exit(main())
"""


def test_a_text_file_loads_no_heavy_library(office: Office) -> None:
    source = office.write("a.txt", REPORT)
    run = office.python(LOADED, source)
    assert run.err.strip() == "1 []"


def test_a_bug_is_one_line_for_the_user_and_a_traceback_for_the_log(office: Office) -> None:
    office.write("good.txt", REPORT)
    office.write("bad.txt", REPORT)
    run = office.python(CRASHING, "bad.txt", "good.txt")
    assert run.code == 3
    assert [json.loads(line)["source"] for line in run.out.splitlines()] == ["good.txt"]
    (line,) = run.err.splitlines()
    assert line.startswith("gkdesk: bad.txt: 读取时程序出错")
    assert "ZeroDivisionError" in office.log()
    assert office.log().splitlines()[0].count("gkdesk") >= 2


@pytest.mark.skipif(sys.platform != "linux", reason="where the log folder lies is set differently")
def test_a_log_that_cannot_be_written_disturbs_nothing(office: Office) -> None:
    office.write("a.txt", REPORT)
    (office.home / "xdg_state_home").write_text("a file where a folder should be")
    run = office.gkdesk("extract", "a.txt")
    assert (run.code, run.err) == (1, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE")
def test_a_reader_that_goes_away_is_no_failure(office: Office) -> None:
    source = office.write("a.txt", REPORT)
    command = [sys.executable, "-m", "gkdesk", "extract", *[str(source)] * 20]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=office.environment, cwd=office.folder
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize("quiet", [False, True])
def test_progress_is_for_terminals_and_can_be_silenced(office: Office, quiet: bool) -> None:
    source = office.write("民政局.txt", REPORT)
    try:
        ours, theirs = os.openpty()
    except OSError:
        pytest.skip("this system has no terminals")
    command = [sys.executable, "-m", "gkdesk", "extract", source, *(["--quiet"] if quiet else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, env=office.environment, check=False)
    os.close(theirs)
    os.set_blocking(ours, False)
    try:
        shown = os.read(ours, 1 << 16).decode()
    except OSError:
        shown = ""
    os.close(ours)
    assert (done.returncode, "民政局.txt" in shown) == (1, not quiet)
    assert json.loads(done.stdout)["source"] == "民政局.txt"


@pytest.mark.parametrize("words", [[], ["a.txt", "b.pdf"], ["demo"]])
def test_the_window_gets_the_files(office: Office, words: list[str]) -> None:
    office.environment["QT_QPA_PLATFORM"] = "offscreen"
    run = office.python(WITH_WINDOW, *words)
    files = ["sample-report.pdf"] if words == ["demo"] else words
    assert (run.code, run.out.strip(), run.err) == (0 if words == ["demo"] else 5, str(files), "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_window_is_not_tried(office: Office) -> None:
    run = office.gkdesk("a.txt")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("这里没有图形桌面")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_the_demo_without_a_screen_exports_the_sample(office: Office) -> None:
    for name in ("示例年报.xlsx", "示例年报 (2).xlsx"):
        run = office.gkdesk("demo")
        assert (run.code, run.err) == (0, "")
        assert run.out.startswith("这里没有图形桌面")
        assert "[错误]" in run.out
        assert (office.folder / name).is_file()
