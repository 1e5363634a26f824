"""The JSON object of the contract."""

from __future__ import annotations

import json
from decimal import Decimal

from gkdesk.model.form import Decided
from gkdesk.model.reading import MISSING, Reading, State
from gkdesk.workflow.report_json import to_json
from gkdesk.workflow.tasks import read_bytes
from tests.store.reviews import FEE, NEW, TOTAL, made_review
from tests.workflow.report_text import REPORT

KEYS = [
    "source",
    "sha256",
    "kind",
    "edition",
    "organization",
    "year",
    "title",
    "cells",
    "findings",
    "sections",
    "seconds",
]


def test_the_object_is_complete_and_in_order() -> None:
    read = read_bytes("民政局.txt", REPORT.encode())
    found = json.loads(json.dumps(to_json(read.review, read.findings)))
    assert list(found) == KEYS
    assert len(found["cells"]) == 200
    assert found["edition"] == "2021"
    assert list(found["sections"]) == ["overview", "problems", "other"]
    assert "四百余条" in found["sections"]["overview"]
    cell = found["cells"]["t3.new.natural"]
    assert list(cell) == ["value", "raw", "state", "confidence", "where"]
    assert (cell["value"], cell["raw"], cell["state"]) == (41, "41", "read")
    assert REPORT[cell["where"]["start"] : cell["where"]["end"]] == "41"


def test_findings_are_worst_first_with_their_sums_in_words() -> None:
    read = read_bytes("民政局.txt", REPORT.encode())
    found = to_json(read.review, read.findings)["findings"]
    assert isinstance(found, list)
    assert [finding["severity"] for finding in found][:2] == ["error", "error"]
    row = next(finding for finding in found if "t3.granted.natural" in finding["cells"])
    keys = ["rule", "verdict", "severity", "cells", "expected", "actual", "message", "proposals", "evidence"]
    assert list(row) == keys
    assert {row["expected"], row["actual"]} == {18, 13}
    assert "18 ≠ 总计 13" in row["message"]


def test_each_state_has_its_value_and_place() -> None:
    cells = to_json(made_review(), ())["cells"]
    assert isinstance(cells, dict)
    assert cells[str(NEW)]["where"] == {"page": 4, "box": [221.5, 400.1, 227.0, 412.3]}
    assert (cells[str(TOTAL)]["state"], cells[str(TOTAL)]["value"], cells[str(TOTAL)]["raw"]) == ("doubtful", 8, "8件")
    assert cells[str(FEE)]["value"] == 128.56
    missing = cells["t3.new.business"]
    assert missing == {"value": None, "raw": "", "state": "missing", "confidence": 0.0, "where": None}


def test_what_was_reviewed_counts() -> None:
    review = made_review()
    review.form.decide(NEW, Decided(Reading(State.READ, Decimal("3.5"), "3.5"), "", ""))
    review.form.decide(TOTAL, Decided(MISSING, "", ""))
    cells = to_json(review, ())["cells"]
    assert isinstance(cells, dict)
    assert cells[str(NEW)]["value"] == 3.5
    assert (cells[str(TOTAL)]["state"], cells[str(TOTAL)]["where"]) == ("missing", None)


def test_without_a_table_everything_is_missing() -> None:
    read = read_bytes("空.txt", "云泽市水利局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n公开若干。\n".encode())
    found = to_json(read.review, read.findings)
    assert found["edition"] is None
    assert found["sections"] == {"overview": found["sections"]["overview"], "problems": "", "other": ""}  # type: ignore[index]
    assert {cell["state"] for cell in found["cells"].values()} == {"missing"}  # type: ignore[attr-defined]
    assert len(found["cells"]) == 200  # type: ignore[arg-type]
    assert found["findings"]
