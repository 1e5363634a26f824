"""One misprinted heading of 表四 costs the figures that it leaves open, and no others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gkdesk.extraction.tables.wide_table import read_from_grids
from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening

BLOCKS = ("行政复议", "未经复议直接起诉", "复议后起诉")
NAMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
FIGURES = [16, 2, 7, 3, 28, 4, 5, 1, 6, 16, 8, 9, 10, 11, 38]

Parts = tuple[list[str], list[str], list[str]]
"""The names of the blocks, the headings, and the figures."""


def page(change: Callable[[Parts], object]) -> str:
    over, heads, figures = parts = (list(BLOCKS), [*NAMES] * 3, [str(figure) for figure in FIGURES])
    change(parts)
    first = "".join(f"<td rowspan=2>{name}" for name in heads[:5])
    rest = "".join(f"<td>{name}" for name in heads[5:])
    row = "".join(f"<td>{figure}" for figure in figures)
    return (
        "<html><body><h1>某县审计局2023年政府信息公开工作年度报告</h1><h2>四、政府信息公开行政复议、行政诉讼情况</h2>"
        f"<table><tr><td colspan=5>{over[0]}<td colspan=10>行政诉讼"
        f"<tr>{first}<td colspan=5>{over[1]}<td colspan=5>{over[2]}<tr>{rest}<tr>{row}</table></body></html>"
    )


def states(change: Callable[[Parts], object]) -> dict[str, tuple[State, object]]:
    table = load_editions()["2021"].table("t4")
    reading = read_from_grids(table, list(opening.read(page(change).encode()).grids()))
    assert reading is not None
    return {str(cell.ref)[3:]: (cell.reading.state, cell.reading.value) for cell in reading.cells}


def doubted(change: Callable[[Parts], object]) -> set[str]:
    found = states(change)
    certain = dict(zip(found, FIGURES, strict=True))
    assert all(value == certain[name] for name, (state, value) in found.items() if state is State.READ)
    return {name for name, (state, _) in found.items() if state is not State.READ}


def head(number: int, text: str) -> Callable[[Parts], object]:
    return lambda parts: parts[1].__setitem__(number, text)


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    [
        (0, "结果维持", set()),
        (8, "其他结果", {"direct.other", "direct.pending"}),
        (8, "尚末审洁", {"direct.pending"}),
        (8, "", {"direct.pending"}),
        (0, "结果纠正", {"review.upheld", "review.corrected"}),
        (14, "尚未审结", {"after_review.pending", "after_review.total"}),
    ],
)
def test_only_what_the_misprint_leaves_open_is_doubtful(number: int, text: str, expected: set[str]) -> None:
    assert doubted(head(number, text)) == expected


def shift_heads(parts: Parts) -> None:
    parts[1][:] = [*parts[1][1:], "结果维持"]
    parts[1][3] = "其他结果"


def one_figure_more_below_whole_headings(parts: Parts) -> None:
    parts[2].insert(0, "1")


def two_misprints(parts: Parts) -> None:
    parts[1][3], parts[1][8] = "其他结果", "其他结果"


def block_twice(parts: Parts) -> None:
    parts[0][2] = parts[0][1]
    parts[1][8] = "其他结果"


def one_figure_less(parts: Parts) -> None:
    parts[1][8] = "其他结果"
    del parts[2][4]


def one_figure_more(parts: Parts) -> None:
    parts[1][8] = "其他结果"
    parts[2].insert(0, "1")


@pytest.mark.parametrize(
    "change",
    [shift_heads, two_misprints, block_twice, one_figure_less, one_figure_more, one_figure_more_below_whole_headings],
)
def test_headings_that_do_not_prove_their_columns_leave_all_in_doubt(change: Callable[[Parts], object]) -> None:
    assert not [name for name, (state, _) in states(change).items() if state in (State.READ, State.BLANK)]


def test_a_blank_below_a_misprint_is_not_known_to_be_one() -> None:
    def change(parts: Parts) -> None:
        parts[1][8] = "其他结果"
        parts[2][8] = ""

    found = states(change)
    assert found["direct.pending"][0] not in (State.READ, State.BLANK)
    assert found["direct.total"] == (State.READ, 16)
