"""The real reports: every cell, the body and the year equal their truth, and no sum that closes is called broken."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gkdesk.checks.run import check
from gkdesk.extraction.fill import extract
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening

NAMES = [
    "seeds/jinzhai-2024.txt",
    "seeds/dazhou-2024.txt",
    "seeds/ruzhou-2024.txt",
    "seeds/panan-2023.txt",
    "seeds/jinxiang-2021.txt",
    "real/huaian-2024.pdf",
    "real/pingtan-2021.html",
    "real/shanghai-office-2019.html",
    "real/kewei-2024.md",
]


@pytest.fixture(params=NAMES)
def report(request: pytest.FixtureRequest, samples: Path) -> tuple[Extracted, dict[str, Any]]:
    path = samples / request.param
    truth = json.loads(path.with_suffix(".truth.json").read_text("utf-8"))
    return extract(opening.read(path.read_bytes())), truth


def test_every_cell_equals_its_truth(report: tuple[Extracted, dict[str, Any]]) -> None:
    extracted, truth = report
    true = {name: None if value is None else Decimal(str(value)) for name, value in truth["cells"].items()}
    assert {name: extracted.form[CellRef.parse(name)].value for name in true} == true


def test_body_year_and_edition(report: tuple[Extracted, dict[str, Any]]) -> None:
    extracted, truth = report
    assert (extracted.organization, extracted.year, extracted.edition) == (
        truth["organization"],
        truth["year"],
        truth["edition"],
    )


def test_no_sum_is_called_broken(report: tuple[Extracted, dict[str, Any]]) -> None:
    extracted, _ = report
    spec = load_editions()[extracted.form.edition]
    assert [f for f in check(extracted, extracted.form, spec) if f.severity == "error"] == []


def test_every_figure_has_its_place(report: tuple[Extracted, dict[str, Any]]) -> None:
    extracted, _ = report
    assert [cell.ref for cell in extracted.form if cell.value is not None and cell.place is None] == []


def test_the_figure_the_converter_lost_is_not_certain(samples: Path) -> None:
    extracted = extract(opening.read((samples / "real/kewei-2024.md").read_bytes()))
    assert extracted.form[CellRef.parse("t3.carried_out.total")].state in (State.DOUBTFUL, State.MISSING)
