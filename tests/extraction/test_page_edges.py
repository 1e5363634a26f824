"""Where the columns of a table torn by a page break lie on the next page."""

from __future__ import annotations

import pytest

from gkdesk.extraction.tables.page_edges import Edges, Lay, lay_of

XS = (80.0, 280.0, 315.0, 350.0, 384.0, 418.0, 453.0, 487.0, 521.0)
"""Borders of 表三 whose labels have one column."""


def edges(*xs: float) -> Edges:
    return xs[:-1], xs[1:]


def test_where_the_outer_edges_meet_nothing_has_moved() -> None:
    assert lay_of(edges(*XS), edges(80, 110, 150, *XS[1:])) == Lay()


@pytest.mark.parametrize(("shift", "factor"), [(14, 1.0), (-20, 0.97), (5, 1.2), (0, 0.8), (-24, 0.7)])
def test_a_page_that_lies_elsewhere_is_known_by_all_its_borders(shift: float, factor: float) -> None:
    after = edges(*(shift + x * factor for x in (80, 110, 150, *XS[1:])))
    lay = lay_of(edges(*XS), after)
    assert lay is not None
    assert lay.slots(edges(*XS), after, 1, 1) == (3, 3)
    assert lay.slots(edges(*XS), after, 7, 7) == (9, 9)


@pytest.mark.parametrize(
    "other",
    [
        (100, 300, 341, 362, 404, 438, 473, 507, 541),
        (315, 350, 384, 418, 453, 487, 521, 555),
        (100, 200, 541),
        tuple(x / 2 for x in XS),
    ],
    ids=["other columns", "one column further", "few columns", "half as wide"],
)
def test_other_tables_do_not_go_on(other: tuple[float, ...]) -> None:
    assert lay_of(edges(*XS), edges(*other)) is None
