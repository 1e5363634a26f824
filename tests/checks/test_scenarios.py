"""The scenario tables: what the program says in situations that a clerk would recognise, word for word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gkdesk.checks.diagnose import diagnose
from gkdesk.checks.run import check
from gkdesk.model.cellref import CellRef
from gkdesk.model.context import Context, Neighbour
from gkdesk.model.form import FilledForm
from gkdesk.model.reading import Reading, State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.model.witness import Claim, Witness
from gkdesk.model.wording import proposal_words

from .reports import BLANK, MISSING, Change, changed, doubtful, huaian

SPEC = load_editions()["2021"]
CELLS = {SPEC.cell_words(ref): ref for ref in SPEC.refs()}
SOURCES = {"有文字": "pdf", "图片": "picture"}
WORDS = {"空白": BLANK, "未找到": MISSING}


def situations() -> list[dict[str, Any]]:
    table = Path(__file__).parent / "scenarios" / "which_cell.toml"
    found: list[dict[str, Any]] = tomllib.loads(table.read_text("utf-8"))["情况"]
    return found


def reading(text: object) -> Change:
    if isinstance(text, int):
        return text
    if str(text) in WORDS:
        return WORDS[str(text)]
    mark, _, figure = str(text).partition(" ")
    assert mark == "存疑"
    return doubtful(int(figure) if figure.isdecimal() else None, figure, "remark")


def form_with(figures: dict[str, object]) -> FilledForm:
    return changed(huaian(), {str(CELLS[words]): reading(text) for words, text in figures.items()})


def witnesses(lines: list[list[Any]]) -> tuple[Witness, ...]:
    found = []
    for sentence, value, cells in lines:
        claim = Claim("row", tuple(CELLS[words] for words in cells))
        found.append(Witness("overview", sentence, str(value), value, (claim,)))
    return tuple(found)


def said(situation: dict[str, Any]) -> list[str]:
    """The proposals of the finding that the situation looks at."""
    form = form_with(situation["改动"])
    extracted = Extracted(form, "2021", None, 2024, "", witnesses=witnesses(situation.get("正文", [])))
    context = Context(
        Neighbour("", 2023, form_with(situation["上年"])) if "上年" in situation else None,
        second={CELLS[words]: value for words, value in situation.get("再次识别", {}).items()},
    )
    found = diagnose(check(extracted, form, SPEC), extracted, form, SPEC, SOURCES[situation["来源"]], context)
    wanted = [one for one in found if situation["看"] in (one.arguments.get("line"), one.arguments.get("row"))]
    assert wanted, f"no finding about {situation['看']}"
    return [proposal_words(proposal) for proposal in wanted[0].proposals]


@pytest.mark.parametrize("situation", situations(), ids=lambda situation: str(situation["说明"]))
def test_what_the_program_says(situation: dict[str, Any]) -> None:
    assert said(situation) == situation["程序说"]


def test_the_table_names_real_cells() -> None:
    assert CELLS["表三 一、本年新收政府信息公开申请数量·总计"] == CellRef("t3", "new", "total")
    assert Reading(State.BLANK) == WORDS["空白"]
