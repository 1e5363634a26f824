"""The catalogue: every code used has a sentence in both languages, with the same placeholders."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from gkdesk import messages, paths
from gkdesk.model.finding import Finding, Severity, Verdict
from gkdesk.model.place import Box, PagePlace, ParagraphPlace, Place, SheetPlace, TablePlace, TextPlace
from gkdesk.model.reading import Reading, State, number, parse_reading
from gkdesk.model.wording import (
    doubt_words,
    finding_detail,
    finding_headline,
    finding_words,
    place_words,
    severity_words,
    state_words,
)

PACKAGE = Path(messages.__file__).parent
LANGUAGES = (messages.CHINESE, messages.ENGLISH)


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def source() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))


def test_both_languages_have_the_same_codes() -> None:
    chinese, english = (set(messages.catalogue(language)) for language in LANGUAGES)
    assert chinese == english


def test_both_languages_have_the_same_placeholders() -> None:
    chinese, english = (messages.catalogue(language) for language in LANGUAGES)
    differing = {code for code in chinese if placeholders(chinese[code]) != placeholders(english[code])}
    assert differing == set()


def test_no_sentence_is_empty() -> None:
    empty = [
        (language, code) for language in LANGUAGES for code, text in messages.catalogue(language).items() if not text
    ]
    assert empty == []


def test_every_error_raised_has_a_sentence() -> None:
    calls = re.findall(r"\w+Error\(([^)]*)\)", source())
    raised = {code for call in calls for code in re.findall(r'"((?:source|workspace|export)\.[a-z-]+)"', call)}
    assert raised
    assert {code for code in raised if not messages.has(f"error.{code}")} == set()


def test_every_doubt_and_note_has_a_sentence() -> None:
    doubts = set(re.findall(r'doubted\("([a-z-]+)"\)', source()))
    assert {code for code in doubts if not messages.has(f"doubt.{code}")} == set()
    notes = set(re.findall(r'\bNote\(\s*"([a-z-]+)"', source()))
    unknown = {code for code in notes if not messages.has(f"finding.note.{code}") and not messages.has(f"note.{code}")}
    assert unknown == set()


def test_every_state_and_severity_has_words() -> None:
    for language in LANGUAGES:
        assert len({state_words(state, language) for state in State}) == len(State)
        assert len({severity_words(severity, language) for severity in Severity}) == len(Severity)
    assert [severity_words(severity) for severity in Severity] == ["错误", "警告", "提示"]


def test_every_edit_has_a_label() -> None:
    for label in ("type", "clear", "restore", "paste", "accept"):
        assert messages.text("edit.undo", edit=messages.text(f"edit.{label}")).startswith("撤销：")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (None, ""),
        (PagePlace(4, Box(1, 2, 3, 4)), "第 4 页"),
        (TextPlace(0, 3), "第 1 个字符"),
        (TablePlace(1, 3, 2), "第 2 张表第 4 行第 3 列"),
        (ParagraphPlace(6, 0, 3), "正文第 7 段"),
        (SheetPlace("表三", "D4"), "工作表“表三”的 D4 单元格"),
    ],
)
def test_a_place_in_words(place: Place | None, words: str) -> None:
    assert place_words(place) == words


def test_doubts_in_words() -> None:
    assert doubt_words(number(9)) == ""
    assert doubt_words(parse_reading("9件")) == "单元格里除数字外还写了单位，请核对"
    unknown = Reading(State.DOUBTFUL, 9, "9", 0.5, ("unit", "new-one", "newer-one"))
    assert doubt_words(unknown) == "单元格里除数字外还写了单位，请核对；这个数字没有把握，请看原文核对"


def test_a_finding_is_headline_and_detail() -> None:
    arguments: dict[str, object] = {
        "table": "表三", "line": "自然人", "left_words": "甲", "left": "9", "right_words": "乙", "right": "8",
        "difference": "1", "left_sum": "丙 9", "right_sum": "乙 8", "parts": "sum",
    }  # fmt: skip
    finding = Finding("t3.balance", "identity.broken.column", Verdict.BROKEN, Severity.ERROR, arguments=arguments)
    assert finding_headline(finding) == "表三 “自然人”列：甲 9 ≠ 乙 8，相差 1"
    assert finding_detail(finding) == "（丙 9；乙 8）"
    assert finding_words(finding) == finding_headline(finding) + finding_detail(finding)
    assert finding_words(finding, "en") == "表三 column “自然人”: 甲 9 ≠ 乙 8, difference 1 (丙 9; 乙 8)"


def test_the_catalogue_has_no_language_but_these() -> None:
    assert {path.stem for path in (paths.resources() / "messages").glob("*.toml")} == set(LANGUAGES)
