"""Sentences as reports write them, half of them easily mistaken: what each says of the tables, and what is told."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gkdesk.checks.run import check
from gkdesk.extraction.prose.witnesses import find_witnesses
from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Severity
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import number
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.model.wording import severity_words
from gkdesk.sources import text

SPEC = load_editions()["2021"]
BODY = "某某市人民政府"
with (Path(__file__).parent / "scenarios" / "sentences.toml").open("rb") as _stream:
    TABLE = tomllib.load(_stream)


@cache
def form() -> FilledForm:
    """The figures of the made-up report."""
    values: dict[CellRef, Any] = {}
    for name, listed in TABLE["report"].items():
        if name == "year":
            continue
        refs = [ref for ref in SPEC.refs() if f"{ref.table}.{ref.row}" == name]
        values |= dict(zip(refs, listed, strict=True))
    exact = {ref: Decimal(str(value)) if isinstance(value, float) else value for ref, value in values.items()}
    return FilledForm("2021", [Cell(ref, number(exact[ref])) for ref in SPEC.refs()])


@pytest.mark.parametrize("sentence", TABLE["sentences"], ids=lambda sentence: sentence["text"][:30])
def test_what_a_sentence_says(sentence: dict[str, Any]) -> None:
    year = TABLE["report"]["year"]
    content = text.read(f"一、总体情况\n（二）依申请公开情况。{sentence['text']}".encode(), "")
    witnesses = find_witnesses(content, SPEC, form(), year, BODY)
    meant = [(witness.figure, {frozenset(map(str, claim.cells)) for claim in witness.claims}) for witness in witnesses]
    for expected, (figure, cells) in zip(sentence["says"], meant, strict=False):
        said, _, meaning = expected.partition(" ")
        assert figure == said
        assert frozenset(TABLE["meanings"][meaning]) in cells
    assert [figure for figure, _ in meant] == [said.partition(" ")[0] for said in sentence["says"]]

    found = check(Extracted(form(), "2021", BODY, year, "", witnesses=witnesses), form(), SPEC)
    told = [finding.severity for finding in found if finding.rule.startswith("prose")]
    worst = next((one for one in (Severity.WARNING, Severity.INFO) if one in told), None)
    assert (severity_words(worst) if worst else "无") == sentence.get("finds", "无")


def test_the_figures_of_the_made_up_report_are_consistent() -> None:
    assert [
        one for one in check(Extracted(form(), "2021", BODY, 2024, ""), form(), SPEC) if one.severity != "info"
    ] == []
