"""Rows of figures that stand without rules on a scanned page."""

from __future__ import annotations

import pytest

from gkdesk.extraction.figures import Figure, Strip, units
from gkdesk.model.place import Box, PagePlace


def row(*texts: str, unsure: int) -> Strip:
    """A row behind its label, with the figure of that number in doubt."""
    figures = tuple(
        Figure(text, PagePlace(1, Box(300 + 40 * at, 100, 308 + 40 * at, 108)), "recognition" if at == unsure else "")
        for at, text in enumerate(texts)
    )
    return Strip("（一）予以公开", figures, None, 1)


@pytest.mark.parametrize(("stroke", "states"), [("1", {True}), ("/", {True}), ("6", {True, False})])
def test_a_stroke_that_was_hardly_recognised_may_have_made_a_row_full(stroke: str, states: set[bool]) -> None:
    """A speck read as a figure stands in for a cell that is blank: those between both would be one column off."""
    (unit,) = units([row("23", "1", "0", "4", "7", stroke, "35", unsure=5)], 7)
    assert {bool(figure.doubt) for figure in unit.figures} == states
