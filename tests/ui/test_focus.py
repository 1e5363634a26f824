"""The focus: a cell brings its finding along, a finding its cell, and both follow the edits."""

from __future__ import annotations

import pytest

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import number
from gkdesk.ui.focus import Focus
from tests.workflow.report_text import RIGHT, WRONG

QUIET = CellRef("t2", "rules", "made")


@pytest.fixture
def focus(bench) -> Focus:
    return Focus(bench)


def test_a_cell_in_a_broken_identity_brings_its_finding(focus):
    focus.show_cell(WRONG)
    assert focus.finding is not None
    assert WRONG in focus.finding.cells
    assert WRONG not in focus.companions
    assert set(focus.companions) < set(focus.finding.cells)


def test_a_cell_nobody_speaks_of_has_no_finding(focus):
    focus.show_cell(WRONG)
    focus.show_cell(QUIET)
    assert focus.finding is None
    assert focus.companions == ()


def test_the_finding_stays_while_its_cells_are_walked_through(focus, bench):
    row = next(finding for finding in bench.findings if finding.about == "granted")
    focus.show_finding(row)
    assert focus.cell == WRONG
    focus.show_cell(CellRef("t3", "granted", "natural"))
    assert focus.finding == row


def test_a_solved_finding_is_let_go(focus, bench):
    focus.show_finding(bench.findings[0])
    looked_at = focus.cell
    bench.edit({WRONG: number(RIGHT)})
    assert focus.finding is None
    assert focus.cell == looked_at


def test_undo_moves_the_focus_to_the_cell(focus, bench):
    bench.edit({WRONG: number(RIGHT)})
    focus.show_cell(QUIET)
    bench.undo()
    assert focus.cell == WRONG
