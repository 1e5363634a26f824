"""Which reports of a workspace a report is checked beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdesk.model.context import ALONE
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.neighbours import contexts_among
from gkdesk.workflow.tasks import read_bytes
from tests.workflow.report_text import REPORT

OWN = ("云泽市青禾区民政局", 2024)


def context_beside(tmp_path: Path, own: tuple[str, int], *others: tuple[str, int]) -> tuple[str | None, list[str]]:
    """Last year's body and the children found for ``own`` among ``others``."""
    with Desk.open(tmp_path / "desk.gkdesk") as desk:
        for name, year in (*others, own):
            text = REPORT.replace("云泽市青禾区民政局2024年", f"{name}{year}年")
            report = desk.add(read_bytes(f"{name}.txt", text.encode()))
        last_year = report.context.last_year
        return (last_year.organization if last_year else None), [one.organization for one in report.context.children]


def test_the_same_body_a_year_before_is_last_year(tmp_path: Path) -> None:
    others = [("云泽市青禾区民政局", 2023), ("云泽市青禾区民政局", 2022), ("云泽市青禾区教育局", 2023)]
    assert context_beside(tmp_path, OWN, *others) == ("云泽市青禾区民政局", [])


def test_a_government_has_the_bodies_of_its_place_as_children(tmp_path: Path) -> None:
    others = [("云泽市青禾区民政局", 2024), ("云泽市青禾区教育局", 2023), ("云泽市白石区民政局", 2024)]
    assert context_beside(tmp_path, ("云泽市青禾区人民政府", 2024), *others) == (None, ["云泽市青禾区民政局"])


@pytest.mark.parametrize("name", ["云泽市青禾区民政局", "云泽市人民政府办公室"])
def test_other_bodies_have_no_children(tmp_path: Path, name: str) -> None:
    assert context_beside(tmp_path, (name, 2024), ("云泽市青禾区教育局", 2024)) == (None, [])


def test_what_a_district_covers_is_not_counted_again_by_the_city(tmp_path: Path) -> None:
    others = [("云泽市青禾区民政局", 2024), ("云泽市青禾区人民政府", 2024), ("云泽市民政局", 2024)]
    found = context_beside(tmp_path, ("云泽市人民政府", 2024), *others)
    assert found == (None, ["云泽市青禾区人民政府", "云泽市民政局"])


def test_reports_that_are_read_together_find_one_another_in_any_order() -> None:
    names = [("云泽市青禾区人民政府", 2024), ("云泽市青禾区民政局", 2024), ("云泽市青禾区民政局", 2023)]
    texts = [REPORT.replace("云泽市青禾区民政局2024年", f"{name}{year}年") for name, year in names]
    reviews = [read_bytes("x.txt", text.encode()).review for text in texts]
    government, office, before = contexts_among(reviews)
    assert [one.organization for one in government.children] == ["云泽市青禾区民政局"]
    assert office.last_year is not None
    assert office.last_year.year == 2023
    assert before == ALONE
