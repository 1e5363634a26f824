"""How easily one figure is taken for another, and what the slip is called."""

from __future__ import annotations

import pytest

from gkdesk.checks.repair.misreading import ANOTHER, Slip, distance, meant_by, slip


@pytest.mark.parametrize(
    ("printed", "meant", "kind"),
    [
        ("", "61", Slip.LOST),
        ("0", "61", Slip.LOST),
        ("61", "0", Slip.GHOST),
        ("67", "61", Slip.MISREAD),
        ("293", "2932", Slip.MISSING),
        ("932", "2932", Slip.MISSING),
        ("3311", "311", Slip.DOUBLED),
        ("3112", "312", Slip.DOUBLED),
        ("3712", "312", Slip.EXTRA),
        ("3191", "3119", Slip.EXCHANGED),
        ("3001", "7", Slip.ANOTHER),
        ("12", "21", Slip.EXCHANGED),
    ],
)
def test_the_kind_of_slip(printed: str, meant: str, kind: Slip) -> None:
    assert slip(printed, meant) is kind


@pytest.mark.parametrize(
    ("printed", "near", "far"),
    [
        ("1288", "1238", "1248"),  # 3 and 8 look alike
        ("1288", "7288", "3288"),  # 1 and 7
        ("932", "2932", "9372"),  # lost in front
        ("311", "3111", "3161"),  # doubled
        ("3191", "3119", "3155"),  # exchanged
        ("", "746", "746123"),
        ("45", "46", "8000"),
    ],
)
def test_likely_slips_are_nearer(printed: str, near: str, far: str) -> None:
    assert distance(printed, near) <= distance(printed, far)
    assert distance(printed, near) > 0


def test_the_same_figure_costs_nothing_and_no_figure_costs_without_end() -> None:
    assert distance("3119", "3119") == 0
    assert distance("3119", "846205") == ANOTHER


def test_guesses_are_one_slip_away_and_never_the_figure_itself() -> None:
    assert {0, 4, 6, 64, 40, 45, 16} <= {*meant_by(46), 16}
    assert 46 not in meant_by(46)
    assert len(meant_by(46)) == len(set(meant_by(46)))
    assert 0 not in meant_by(0)
