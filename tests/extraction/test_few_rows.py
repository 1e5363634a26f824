"""Tables of text most rows of which are blank, as offices leave them that had no case."""

from __future__ import annotations

import pytest

from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions
from tests.extraction.made_up_report import ZEROS, read_text, reading, report_text, values

LABELS = [row.label[-1] for row in load_editions()["2021"].table("t3").blocks[0].rows]
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTER = (0, 1, len(LABELS) - 2, len(LABELS) - 1)


def padded(text: str, width: int) -> str:
    """With blanks as wide as so many digits; a Han character is two wide."""
    return text + " " * (width - len(text) - sum(char > "\u2000" for char in text))


def states(lines: list[str]) -> dict[str, set[State]]:
    """How the cells of each row of 表三 come out."""
    return states_of(report_text(lines))


def states_of(text: str) -> dict[str, set[State]]:
    found: dict[str, set[State]] = {}
    for cell in read_text(text).form:
        if cell.ref.table == "t3":
            found.setdefault(cell.ref.row, set()).add(cell.state)
    return found


def test_four_rows_of_zeros_among_blank_ones_are_read() -> None:
    lines = [f"{label} {ZEROS}" if number in OUTER else label for number, label in enumerate(LABELS)]
    extracted = read_text(report_text(lines))
    for row in ("new", "carried_in", "total", "carried_out"):
        assert values(extracted, f"t3.{row}") == [0] * 7
        assert reading(extracted, f"t3.{row}.natural").state is State.READ
    assert reading(extracted, "t3.granted.natural").value is None


@pytest.mark.parametrize("figures", [ZEROS, ZEROS.replace(" ", "\n")])
def test_figures_below_the_labels_of_several_rows_may_be_those_of_any(figures: str) -> None:
    lines = [*LABELS[:2], figures, *LABELS[2:-1], figures, LABELS[-1]]
    found = states(lines)
    assert all(State.READ not in found[row] and State.BLANK not in found[row] for row in ("new", "carried_in", "total"))


def test_figures_before_the_labels_of_few_rows_are_not_read() -> None:
    lines = [line for number, label in enumerate(LABELS) for line in ([ZEROS] if number in OUTER else []) + [label]]
    assert not any(State.READ in own for own in states(lines).values())


def test_the_only_row_with_figures_is_read_where_they_add_up() -> None:
    lines = [f"{LABELS[0]} 3 1 0 0 0 0 4", *LABELS[1:]]
    assert states(lines)["new"] == {State.READ}
    lines[0] = f"{LABELS[0]} {ZEROS}"
    assert State.READ not in states(lines).get("new", set())


def test_the_total_of_the_only_rows_with_figures_is_found_below_its_name_in_doubt() -> None:
    rows = {label: padded(label, 40) + padded("1", 6 * 14 + 1) + "1" for label in (LABELS[0], LABELS[2], LABELS[23])}
    heads = padded("", 40) + "".join(padded(name, 14) for name in HEADS)
    text = report_text([rows.get(label, label) for label in LABELS])
    found = states_of(text.replace(next(line for line in text.splitlines() if "申请人情况" in line), heads))
    assert found["new"] == found["granted"] == found["total"] == {State.DOUBTFUL}
    assert State.READ not in {state for own in found.values() for state in own}


def test_few_rows_that_stand_there_twice_with_other_figures_are_in_doubt() -> None:
    first = [f"{LABELS[number]} 3 1 0 0 0 0 4" for number in OUTER]
    other = [f"{LABELS[number]} 5 1 0 0 0 0 6" for number in OUTER]
    assert not any(State.READ in own for own in states([*first, "上年情况", *other]).values())


def test_a_name_of_a_row_broken_over_four_lines_is_read() -> None:
    heads = "信息内容 上一年项目数量 本年增/减 处理决定数量"
    rows = ["规章 0 0 0", "规范性文件 3 1 12", "第二十条第（五）项", heads, "行政许可 3 1 2"]
    rows += ["其他对", "外管理", "服务事", "项", "5", "-5", "41"]
    rows += ["第二十条第（六）项", heads, "行政处罚 1 1 2", "行政强制 1 1 2"]
    text = report_text([]).replace("规章 0 0 0\n行政规范性文件 3 1 12", "\n".join(rows))
    text = text.replace("本年制发件数 本年废止件数 现行有效件数", "本年新制作数量 本年新公开数量 对外公开总数量")
    assert values(read_text(text), "t2.service") == [5, -5, 41]


def test_figures_below_a_label_behind_those_of_blank_rows_are_proposed_in_doubt() -> None:
    lines = [line for number, label in enumerate(LABELS) for line in [label, *([ZEROS] if number in OUTER else [])]]
    found = states(lines)
    assert found["new"] == {State.READ}
    assert found["total"] == {State.DOUBTFUL}


def test_two_short_labels_with_their_numbers_tell_that_the_group_is_not_one_row() -> None:
    labels = [*LABELS[:20], "（六）其他处理 1.逾期不补正", "2.逾期不缴费", "3.其他", *LABELS[-2:]]
    rows = {number: label + " 2 0 0 0 0 0 2" for number, label in enumerate(labels) if number in (0, 2, 22, 23)}
    extracted = read_text(report_text([rows.get(number, label) for number, label in enumerate(labels)]))
    assert values(extracted, "t3.closed_other") == [2, 0, 0, 0, 0, 0, 2]
