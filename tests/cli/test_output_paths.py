"""Names of exported files."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdesk.cli.output_paths import OutputFolder, free_path, is_one_of, safe_stem


@pytest.mark.parametrize(
    ("source_name", "stem"),
    [
        ("民政局2024年报.pdf", "民政局2024年报"),
        ("../../etc/passwd.txt", "passwd"),
        ("C:\\Users\\x\\报告.html", "报告"),
        ('a<b>:"c"?.txt', "a_b___c__"),
        ("con.txt", "_con"),
        ("LPT1.2024.txt", "_LPT1.2024"),
        (" . .txt", "_"),
        ("", "_"),
        ("长" * 200 + ".pdf", "长" * 70),
        ("bad\udcff.txt", "bad_"),
    ],
)
def test_a_name_every_system_accepts(source_name: str, stem: str) -> None:
    assert safe_stem(source_name) == stem


def test_every_report_has_a_path_of_its_own(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path, [tmp_path / "C.XLSX"])
    names = [folder.path_for(name).name for name in ("a.txt", "A.pdf", "a.html", "c.xlsx")]
    assert names == ["a.xlsx", "A (2).xlsx", "a (3).xlsx", "c (2).xlsx"]


def test_a_source_is_known_by_any_spelling(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.touch()
    assert is_one_of(tmp_path / "sub" / ".." / "a.xlsx", [source])
    assert not is_one_of(tmp_path / "b.xlsx", [source])


def test_a_free_path_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert free_path(path) == path
    path.touch()
    (tmp_path / "a (2).xlsx").touch()
    assert free_path(path).name == "a (3).xlsx"
