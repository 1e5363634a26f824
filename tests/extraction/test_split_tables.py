"""表四 in several tables, and grids whose merged cells were taken apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.extraction.fill import extract
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.sources import opening
from tests.extraction.made_up_report import read_text, report_text, rows_of_form, values

OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
OTHER_ORDER = ("总计", *OUTCOMES[:4])
REVIEW, DIRECT, AFTER = (4, 1, 2, 3, 10), (2, 0, 5, 1, 8), (1, 1, 3, 0, 5)


def row(*texts: object) -> str:
    return "<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"


def over(*names: str) -> str:
    return "<tr>" + "".join(f"<td colspan=5>{name}</td>" for name in names) + "</tr>"


def part(names: Sequence[str], figures: Sequence[object], outcomes: Sequence[str] = OUTCOMES) -> str:
    """A table of one block or two; without names its block is named elsewhere."""
    head = over(*names) if names else ""
    return f"<table>{head}{row(*outcomes * (len(figures) // 5))}{row(*figures)}</table>"


def read(*parts: str) -> Extracted:
    columns = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    rows = [row(*line.split(" ")) for line in rows_of_form()]
    page = "".join((f"<table>{row('办理情况', *columns)}", *rows, "</table>", *parts))
    return extract(opening.read(f"<html><body><p>年报</p>{page}</body></html>".encode()))


def fourth(extracted: Extracted) -> list[object]:
    return [values(extracted, f"t4.{name}") for name in ("review", "direct", "after_review")]


def states(extracted: Extracted) -> set[State]:
    return {cell.state for cell in extracted.form if cell.ref.table == "t4"}


SUITS = part(["未经复议直接起诉", "复议后起诉"], (*DIRECT, *AFTER))
WHOLE = [list(REVIEW), list(DIRECT), list(AFTER)]


def test_two_tables_in_one_are_in_doubt_though_one_leaves_a_block_blank() -> None:
    head = over("行政复议", "未经复议直接起诉", "复议后起诉") + row(*OUTCOMES * 3)
    first, second = row(*REVIEW, *DIRECT, *[""] * 5), row(*DIRECT, *REVIEW, *AFTER)
    assert states(read(f"<table>{head}{first}{head}{second}</table>")) == {State.DOUBTFUL}
    assert states(read(f"<table>{head}{second}</table>")) == {State.READ}


@pytest.mark.parametrize(
    "parts",
    [
        [part(["行政复议"], REVIEW), SUITS],
        [SUITS, part(["行政复议"], REVIEW)],
        ["<p>（一）行政复议情况</p>", part([], REVIEW), "<p>行政诉讼</p>", SUITS],
        [
            part([name], figures)
            for name, figures in (("行政复议", REVIEW), ("未经复议直接起诉", DIRECT), ("复议后起诉", AFTER))
        ],
        [part(["行政复议"], (REVIEW[4], *REVIEW[:4]), OTHER_ORDER), SUITS],
        [f"<table>{row(*['行政复议'] * 5)}{row(*OUTCOMES)}{row(*REVIEW)}</table>", SUITS],
        [part(["行政复议"], REVIEW), SUITS, part(["行政复议"], REVIEW)],
    ],
)
def test_blocks_in_tables_of_their_own(parts: Sequence[str]) -> None:
    extracted = read(*parts)
    assert fourth(extracted) == WHOLE
    assert states(extracted) == {State.READ}


def test_a_block_found_twice_with_other_figures_is_in_doubt() -> None:
    extracted = read(part(["行政复议"], REVIEW), SUITS, part(["行政复议"], AFTER))
    doubtful = {cell.ref.row for cell in extracted.form if cell.state is State.DOUBTFUL}
    assert doubtful == {"review"}


@pytest.mark.parametrize(
    "parts",
    [
        [part([], REVIEW), SUITS],
        [part(["行政诉讼"], REVIEW), SUITS],
        [part(["行政复议"], REVIEW, ("结果纠正", *OUTCOMES[1:])), SUITS],
        [f"<table>{over('行政复议')}{row(*OUTCOMES)}{row(*REVIEW)}{row(*AFTER)}</table>", SUITS],
    ],
)
def test_blocks_without_a_name_or_with_two_rows_prove_nothing(parts: Sequence[str]) -> None:
    assert State.READ not in states(read(*parts))


def test_a_table_of_one_block_takes_no_part_in_the_whole_one() -> None:
    whole = part(["行政复议", "未经复议直接起诉", "复议后起诉"], (*REVIEW, *DIRECT, *AFTER))
    assert fourth(read(part(["行政复议"], AFTER), whole)) == WHOLE


def test_blocks_in_another_order_in_a_text_are_not_certain() -> None:
    names = "\t".join(OUTCOMES)
    lines = [
        "未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t",
        f"{names}\t{names}",
        "\t".join(map(str, (*DIRECT, *AFTER))),
    ]
    lines += ["行政复议\t\t\t\t", names, "\t".join(map(str, REVIEW))]
    assert State.READ not in states(read_text(report_text([*rows_of_form(), "四、行政复议、行政诉讼情况", *lines])))


def second(*rows: str) -> Extracted:
    head = [row(*["第二十条第（五）项"] * 4), row("信息内容", *["本年处理决定数量"] * 3)]
    first = [row("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), row("规章", 1, 0, 2)]
    more = [row("行政规范性文件", 3, 1, 12), *head, *rows]
    return read(f"<table>{''.join(first + more)}</table>")


def test_figures_below_a_heading_that_was_taken_apart() -> None:
    extracted = second(row("行政许可", 60, 60, 60), row("行政处罚", 4, "", ""), row("行政强制", "", "", ""))
    cells = {str(cell.ref): cell for cell in extracted.form}
    assert (cells["t2.permit.decisions"].value, cells["t2.permit.decisions"].state) == (60, State.READ)
    assert (cells["t2.penalty.decisions"].value, cells["t2.penalty.decisions"].state) == (4, State.READ)


def test_two_figures_below_a_heading_that_was_taken_apart_are_not_certain() -> None:
    extracted = second(row("行政许可", 60, 61, 60), row("行政处罚", 4, 4, 4))
    cells = {str(cell.ref): cell for cell in extracted.form}
    assert cells["t2.permit.decisions"].state is not State.READ


def test_labels_repeated_side_by_side_name_one_row() -> None:
    columns = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    rows = [row(*[line.split(" ")[0]] * 3, *line.split(" ")[1:]) for line in rows_of_form(["5 0 0 0 0 0 5"])]
    page = f"<table>{row(*['办理情况'] * 3, *columns)}{''.join(rows)}</table>"
    extracted = extract(opening.read(f"<html><body><p>年报</p>{page}</body></html>".encode()))
    assert values(extracted, "t3.new") == [5, 0, 0, 0, 0, 0, 5]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}


def test_of_two_tables_in_one_the_figures_of_the_first_are_proposed() -> None:
    head = over("行政复议", "未经复议直接起诉", "复议后起诉") + row(*OUTCOMES * 3)
    extracted = read(f"<table>{head}{row(*REVIEW, *DIRECT, *AFTER)}{head}{row(*AFTER, *DIRECT, *REVIEW)}</table>")
    assert fourth(extracted) == WHOLE
    assert states(extracted) == {State.DOUBTFUL}
