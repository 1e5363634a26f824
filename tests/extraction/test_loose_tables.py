"""Tab-separated tables: columns in the order their header prints, rows whose merged cells left pieces or none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import RowSpec, load_editions
from tests.extraction.made_up_report import read_text, reading, report_text, values

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
INNER = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
FULL = ("5", "1", "0", "2", "0", "0", "8")
HEAD = (
    (NOTE, "", "申请人情况", "", "", "", "", "", ""),
    ("自然人", "法人或其他组织", "", "", "", "", "总计"),
    INNER,
)


def labels(row: RowSpec) -> list[str]:
    """The pieces before the figures of a row whose covered cells were dropped."""
    number = ROWS.index(row)
    new_group = len(row.label) == 3 and ROWS[number - 1].label[:2] != row.label[:2]
    own = [row.label[1], row.label[2]] if new_group else [row.label[-1]]
    return own if len(row.label) == 3 else [*own, ""]


def tabbed(
    rows: dict[str, Sequence[str]], head: Sequence[Sequence[str]] = HEAD, usual: Sequence[str] = FULL
) -> Extracted:
    """A report whose 表三 has these figures, ``usual`` ones in all other rows; every line has twelve pieces."""
    lines = [list(line) for line in head]
    lines += [[*labels(row), *rows.get(row.id, usual)] for row in ROWS]
    texts = ["\t".join([*line, *[""] * (12 - len(line))]) for line in lines]
    plain = report_text(["占位"]).replace(
        "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n占位", "\n".join(texts)
    )
    return read_text(plain)


def states(extracted: Extracted, row: str) -> set[State]:
    return {cell.state for cell in extracted.form if str(cell.ref).startswith(row + ".")}


@pytest.mark.parametrize(
    ("head", "usual"),
    [
        ((HEAD[0], ("总计", "自然人", "法人或其他组织"), INNER), ("8", "5", "1", "0", "2", "0", "0")),
        ((*HEAD[:2], ("其他", *INNER[1:4], "商业企业")), ("5", "0", "0", "2", "0", "1", "8")),
        (
            (HEAD[0], ("自然人", "法人或其他组织", "", "", "", "", "", "总计"), (*INNER, "小计")),
            ("5", "1", "0", "2", "0", "0", "3", "8"),
        ),
        (((*HEAD[0], "备注"), *HEAD[1:]), (*FULL, "4")),
        (((*HEAD[0], "备注"), *HEAD[1:]), (*FULL, "含上年")),
    ],
    ids=["total-first", "exchanged", "subtotal", "number-in-remarks", "words-in-remarks"],
)
def test_figures_follow_the_columns_that_are_printed(head: Sequence[Sequence[str]], usual: Sequence[str]) -> None:
    extracted = tabbed({}, head, usual)
    assert values(extracted, "t3.granted") == [5, 1, 0, 2, 0, 0, 8]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}


def test_line_numbers_tell_where_the_figures_begin() -> None:
    head = ((NOTE, "", "行次", "申请人情况", "", "", "", "", "", ""), *HEAD[1:])
    rows = {row.id: (str(number), "", "0", "", "0", "", "", "") for number, row in enumerate(ROWS, 1)}
    extracted = tabbed(rows, head)
    assert values(extracted, "t3.denied_law") == [None, 0, None, 0, None, None, None]
    assert reading(extracted, "t3.denied_law.business").state is State.READ


def test_a_column_that_nobody_knows_leaves_the_order_unproven() -> None:
    head = (HEAD[0], ("自然人", "法人或其他组织", "", "", "", "", "", "总计"), (*INNER, "外国组织"))
    extracted = tabbed({}, head, ("5", "1", "0", "2", "0", "0", "3", "11"))
    assert State.READ not in states(extracted, "t3.granted")


def test_columns_that_close_otherwise_than_their_heads_say_are_never_certain() -> None:
    head = (HEAD[0], ("总计", "自然人", "法人或其他组织"), INNER)
    assert State.READ not in states(tabbed({}, head), "t3.granted")


def test_a_row_within_its_group_stands_as_its_neighbours() -> None:
    extracted = tabbed({"denied_law": ("", "0", "", "0", "", "", "")})
    assert values(extracted, "t3.denied_law") == [None, 0, None, 0, None, None, None]
    assert reading(extracted, "t3.denied_law.business").state is State.READ


@pytest.mark.parametrize("row", ["closed_other", "denied_inquiry", "total", "carried_out"])
def test_a_row_that_may_have_started_early_is_doubted(row: str) -> None:
    extracted = tabbed({row: ("", "0", "", "0", "", "", "")})
    assert State.READ not in states(extracted, f"t3.{row}")


def test_what_is_the_same_in_every_way_a_row_may_stand_is_certain() -> None:
    row = ("", "0", "0", "0", "", "", "")
    extracted = tabbed({"closed_other": row})
    assert values(extracted, "t3.closed_other") == [None, 0, 0, 0, None, None, None]
    found = [reading(extracted, f"t3.closed_other.{name}").state for name in ("business", "research", "welfare")]
    # The row starts in its first piece or in its second.
    assert found == [State.READ, State.READ, State.DOUBTFUL]
    assert State.BLANK not in states(extracted, "t3.closed_other")


def test_neighbours_that_stand_otherwise_prove_nothing() -> None:
    later = ("", "5", "1", "0", "2", "0", "0", "8")
    extracted = tabbed({"denied_safety": ("", "0", "", "0", "", "", ""), "denied_third_party": later})
    assert values(extracted, "t3.denied_third_party") == [5, 1, 0, 2, 0, 0, 8]
    assert State.READ not in states(extracted, "t3.denied_safety")


def test_rows_in_another_order_go_by_the_labels_beside_their_figures() -> None:
    lines = ["\t".join([*labels(row), *FULL]) for row in ROWS]
    lines[5], lines[6] = lines[6].replace("\t5\t", "\t4\t").replace("\t8", "\t7"), lines[5]
    head = ["\t".join(line) for line in HEAD]
    extracted = read_text(
        report_text([*head, *lines]).replace(
            "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n", ""
        )
    )
    assert values(extracted, "t3.denied_safety") == [4, 1, 0, 2, 0, 0, 7]
    assert reading(extracted, "t3.denied_safety.natural").state is State.READ


def test_a_column_of_numbers_without_a_name_is_not_the_first_column() -> None:
    lines = [[NOTE, "", "", "", "申请人情况", *[""] * 6]]
    lines += [["", "", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"], [*[""] * 5, *INNER, ""]]
    for number, row in enumerate(ROWS, start=1):
        own = [*row.label] + [""] * (3 - len(row.label))
        kept = ROWS[number - 2].label[: len(own) - 1] if number > 1 else ()
        own = ["" if own[: at + 1] == list(kept[: at + 1]) else text for at, text in enumerate(own)]
        lines.append([*own, str(number), *FULL])
    texts = ["| " + " | ".join(line) + " |" for line in lines]
    plain = report_text(["占位"]).replace(
        "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n占位",
        "\n".join([texts[0], "|---" * 11 + "|", *texts[1:]]),
    )
    assert states(read_text(plain), "t3.denied_secret") == {State.DOUBTFUL}


@pytest.mark.parametrize("sign", ["√", "〃", "●", "……"])
def test_a_sign_alone_is_no_blank_cell(sign: str) -> None:
    extracted = tabbed({"denied_law": (sign, *FULL[1:])})
    assert reading(extracted, "t3.denied_law.natural").state in (State.DOUBTFUL, State.MISSING)


def test_blocks_of_a_pasted_table_with_blanks_are_read_beside_those_without() -> None:
    extracted = read_text(
        "\n".join(
            [
                "青禾市司法局2024年政府信息公开工作年度报告",
                "二、主动公开政府信息情况",
                "第二十条第（一）项",
                "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
                "规章\t\t\t",
                "行政规范性文件\t4\t2\t143",
                "第二十条第（五）项",
                "信息内容\t本年处理决定数量",
                "行政许可\t1966",
                "第二十条第（六）项",
                "信息内容\t本年处理决定数量",
                "行政处罚\t1844",
                "行政强制\t2308",
                "第二十条第（八）项",
                "信息内容\t本年收费金额（单位：万元）",
                "行政事业性收费\t",
                "三、收到和处理政府信息公开申请情况",
            ]
        )
    )
    assert values(extracted, "t2.normative") == [4, 2, 143]
    assert values(extracted, "t2.penalty") == [1844]
    assert reading(extracted, "t2.rules.made").state is State.BLANK
