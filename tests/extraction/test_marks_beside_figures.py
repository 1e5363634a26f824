"""表二 with the ticks and other marks of somebody who checked its print: they are no names of rows."""

from __future__ import annotations

from gkdesk.extraction.fill import extract
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Reading, State
from gkdesk.sources.opening import read

MADE = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
DECIDED = ("信息内容", "本年处理决定数量")


def second_table(*rows: tuple[str, ...]) -> dict[str, Reading]:
    """What is read of the rows 规章, 行政规范性文件 and 行政许可, by row and column."""
    rules, normative, permit = rows
    lines = [
        ("第二十条第（一）项",),
        MADE,
        ("规章", *rules),
        ("行政规范性文件", *normative),
        ("第二十条第（五）项",),
        DECIDED,
        ("行政许可", *permit),
        ("第二十条第（六）项",),
        DECIDED,
        ("行政处罚", "2986"),
        ("行政强制", "1382"),
    ]
    spans = {1: (4,), 2: (1, 3), 4: (1, 1, 1, 1)}
    table = "".join(
        "<tr>" + "".join(f'<td colspan="{span}">{text}' for text, span in zip(line, spans[len(line)], strict=True))
        for line in lines
    )
    title = "某县人民政府2024年政府信息公开工作年度报告"
    form = extract(read(f"<html><body><p>{title}</p><table>{table}</table></body></html>".encode())).form
    return {
        str(ref).removeprefix("t2."): form[ref].as_read
        for ref in (
            CellRef("t2", row, column) for row in ("rules", "normative") for column in ("made", "repealed", "valid")
        )
    } | {"permit": form[CellRef("t2", "permit", "decisions")].as_read}


def test_a_mark_beside_a_figure_leaves_the_others_of_its_row() -> None:
    found = second_table(("", "▲", ""), ("2", "8√", "177"), ("90",))
    assert [found[name].state for name in ("rules.made", "rules.valid")] == [State.BLANK, State.BLANK]
    assert [found[name].value for name in ("normative.made", "normative.valid", "permit")] == [2, 177, 90]
    assert (found["rules.repealed"].state, found["rules.repealed"].value) == (State.DOUBTFUL, None)
    assert (found["normative.repealed"].state, found["normative.repealed"].value) == (State.DOUBTFUL, 8)


def test_a_row_of_which_the_only_figure_has_a_mark_is_in_doubt() -> None:
    permit = second_table(("0", "0", "5"), ("2", "8", "177"), ("2986 A",))["permit"]
    assert (permit.state, permit.value) == (State.DOUBTFUL, None)


def test_a_word_behind_the_name_of_a_row_is_a_name_still() -> None:
    """It may be that of another row, whose figures these are."""
    permit = second_table(("0", "0", "5"), ("2", "8", "177"), ("其中：本级 90",))["permit"]
    assert permit.state in (State.MISSING, State.DOUBTFUL)
