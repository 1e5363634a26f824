"""A figure directly behind its label in text that keeps its columns by blanks."""

from __future__ import annotations

from gkdesk.extraction.figures import strip_of_line
from gkdesk.model.content import Line
from gkdesk.model.place import TextPlace


def strip(text: str) -> tuple[str, list[tuple[str, str]]]:
    found = strip_of_line(Line(text, TextPlace(0, len(text))), "")
    return found.words, [(figure.text, figure.doubt) for figure in found.figures]


def test_the_figure_is_parted_from_its_label_in_doubt() -> None:
    assert strip("不再处理其政府信息公开申请0  3  4") == (
        "不再处理其政府信息公开申请",
        [("0", "ran-together"), ("3", ""), ("4", "")],
    )


def test_a_word_with_a_number_before_a_single_figure_stays_a_word() -> None:
    assert strip("截至2024 12")[0] == "截至2024"


def test_a_figure_behind_the_thousands_of_another_is_parted_in_doubt_where_the_row_comes_out() -> None:
    assert strip("（七）总计 3,880211 8 20 54 21 4,194")[1] == [
        ("3,880", "ran-together"),
        ("211", "ran-together"),
        *((text, "") for text in ("8", "20", "54", "21", "4,194")),
    ]


def test_digits_behind_the_thousands_of_a_number_that_give_no_row_stay_words() -> None:
    for text in ("（七）总计 3,880211 8 20 54 21 4,195", "（七）总计 3,880211 8 20 54 4,173", "3,880211 0 3,880211"):
        assert "3,880" not in [figure for figure, _ in strip(text)[1]]
