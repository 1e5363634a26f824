"""表三 in texts that keep columns, its marks for nothing on lines of their own above the figures of their rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from tests.extraction.made_up_report import read_text, report_text, values

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
OLD_HEAD = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
FIRST, WIDTH = 40, 14
MARKED = ("3", "无", "/", "无", "0", "/", "3")
USUAL = ("2", "/", "无", "0", "/", "0", "2")


def line(cells: Sequence[str]) -> str:
    # Wide characters take one column, as some programs count.
    return " " * FIRST + "".join(text.ljust(WIDTH) for text in cells)


def on_two_lines(
    rows: Sequence[Sequence[str]],
    names: Sequence[str] = NAMES,
    labels: Sequence[str] = tuple(row.label[-1] for row in ROWS),
    extra: str = "",
) -> Extracted:
    """A report whose labels are broken, with all 无 of a row beside the first half and all else beside the second."""
    lines = ["申请人情况", line(names).rstrip()]
    for number, (label, cells) in enumerate(zip(labels, rows, strict=True)):
        upper = line([text if text == "无" else "" for text in cells])[FIRST:].rstrip()
        lower = line(["" if text == "无" else text for text in cells])[FIRST:].rstrip()
        half = len(label) // 2
        lines += [label[:half].ljust(FIRST) + upper, label[half:].ljust(FIRST) + lower]
        if extra and number == 4:
            lines.append(extra)
    lines += ["四、政府信息公开行政复议、行政诉讼情况", "五、"]
    return read_text(report_text([]).replace(OLD_HEAD, "").replace("五、", "\n".join(lines), 1))


def table(changed: Sequence[str] = MARKED) -> list[Sequence[str]]:
    return [USUAL] * 4 + [changed] + [USUAL] * 20


def states(extracted: Extracted, row: str = "") -> set[State]:
    return {cell.state for cell in extracted.form if cell.ref.table == "t3" and row in (cell.ref.row, "")}


def test_marks_above_their_row_stand_in_its_columns() -> None:
    extracted = on_two_lines(table())
    assert values(extracted, f"t3.{ROWS[4].id}") == [3, None, None, None, 0, None, 3]
    assert values(extracted, f"t3.{ROWS[5].id}") == [2, None, None, 0, None, 0, 2]
    assert states(extracted) == {State.READ, State.BLANK}


@pytest.mark.parametrize("extra", ["", " " * (FIRST + 4 * WIDTH) + "9"])
def test_a_cell_without_a_figure_leaves_no_row_certain_by_places(extra: str) -> None:
    # What stands in its column below may be a page number.
    lacking = ("3", "无", "/", "无", "", "/", "3")
    extracted = on_two_lines(table(lacking), extra=extra)
    assert State.READ not in states(extracted, ROWS[4].id)


def test_columns_in_another_order_are_not_those_of_the_form() -> None:
    other = (*NAMES[:2], NAMES[3], NAMES[2], *NAMES[4:])
    extracted = on_two_lines(table(), other)
    printed = values(extracted, f"t3.{ROWS[5].id}")
    assert printed == [2, None, 0, None, None, 0, 2] or State.READ not in states(extracted, ROWS[5].id)


def test_a_label_printed_twice_in_the_place_of_another_leaves_both_rows_in_doubt() -> None:
    labels = [row.label[-1] for row in ROWS]
    labels[5] = labels[4]
    extracted = on_two_lines(table(), labels=labels)
    assert State.READ not in states(extracted, ROWS[4].id) | states(extracted, ROWS[5].id)
