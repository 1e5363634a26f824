"""Rows of 表三 in another order in a text that keeps its columns: told by the column of labels beside their figures."""

from __future__ import annotations

from unicodedata import east_asian_width

from gkdesk.model.reading import State
from tests.extraction.made_up_report import ZEROS, read_text, reading, report_text, rows_of_form, values

SWAPPED = (*range(4), *range(12, 15), *range(4, 12), *range(15, 25))
"""The rows of the form with （四） above （三）."""


def padded(text: str, columns: int) -> str:
    return text + " " * (columns - sum(1 + (east_asian_width(char) in "WF") for char in text))


def kept(rows: list[str], groups: dict[int, tuple[str, ...]]) -> list[str]:
    """The rows as lines that keep their columns: labels of nine characters a line, figures beside the last line.

    ``groups`` are the lines of a label before those of a row.
    """
    lines: list[str] = []
    for number, row in enumerate(rows):
        label, figures = row.split(" ", 1)
        pieces = [label[at : at + 9] for at in range(0, len(label), 9)]
        beside = [*groups.get(number, ()), *[""] * len(pieces)]
        lines += [padded(padded(group, 8) + piece, 30) for group, piece in zip(beside, pieces, strict=False)]
        lines[-1] += "   ".join(padded(figure, 3) for figure in figures.split())
    return lines


def swapped_text(groups: dict[int, tuple[str, ...]], **changed: str) -> str:
    first = ["5 1 0 0 0 0 6", "2 1 0 0 0 0 3", "3 2 0 0 0 0 5", "6 0 2 0 0 0 8", "4 0 0 0 0 0 4"]
    rows = rows_of_form([*first, *[ZEROS] * 7, "9 1 0 0 0 0 10", "0 7 0 0 0 0 7", "1 2 3 0 0 0 6"])
    lines = kept([rows[number] for number in SWAPPED], groups)
    text = report_text(lines)
    for old, new in changed.items():
        text = text.replace(old, new)
    return text


GROUPS = {4: ("(四)", "无法提"), 5: ("供",), 9: ("（三）", "不予公"), 10: ("开",)}


def test_labels_of_groups_between_broken_labels_of_rows_do_not_hide_which_row_it_is() -> None:
    extracted = read_text(swapped_text(GROUPS))
    assert values(extracted, "t3.unable_not_held") == [9, 1, 0, 0, 0, 0, 10]
    assert values(extracted, "t3.unable_not_ready") == [0, 7, 0, 0, 0, 0, 7]
    assert values(extracted, "t3.denied_secret") == [4, 0, 0, 0, 0, 0, 4]
    assert "row-unproven" not in reading(extracted, "t3.unable_not_held.natural").doubts


def test_rows_in_another_order_are_not_certain_where_one_lost_its_label() -> None:
    extracted = read_text(swapped_text(GROUPS, **{"1.本机关不掌握相": "　" * 9}))
    assert reading(extracted, "t3.unable_not_held.natural").state is not State.READ
    assert values(extracted, "t3.denied_secret") != [9, 1, 0, 0, 0, 0, 10]


def test_no_row_in_another_order_is_told_by_a_label_met_twice() -> None:
    extracted = read_text(swapped_text(GROUPS, **{"1.属于国家秘密": "7.属于行政执法案卷"}))
    assert reading(extracted, "t3.denied_secret.natural").state is not State.READ
    assert reading(extracted, "t3.denied_enforcement.natural").state is not State.READ
