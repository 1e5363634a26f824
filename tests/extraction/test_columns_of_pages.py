"""Columns of 表三 on pages without any rules: figures stand below the names of their columns, or are not certain."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from gkdesk.extraction.fill import extract
from gkdesk.model.content import Block, Line
from gkdesk.model.reading import UNREAD, State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources.pdf import reader
from tests.extraction.made_up_report import reading, values
from tests.sources.pdf_maker import Sheet, make_pdf

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
FULL = ("5", "1", "0", "0", "0", "0", "6")
NOTHING = ("",) * 7
BROKEN = (
    ("自然人",),
    ("商业", "企业"),
    ("科研", "机构"),
    ("社会公", "益组织"),
    ("法律服", "务机构"),
    ("其他",),
    ("总计",),
)
LEFT, ROOM = 330.0, 36.0
DIRT = "77"


def page(
    rows: Sequence[Sequence[str]],
    head: Sequence[Sequence[str]] = BROKEN,
    shift: float = 8,
    beyond: Collection[int] = (),
    said: str = UNREAD,
) -> Extracted:
    """A report with 表三 in small print, its names broken over two lines, its figures ``shift`` points from their left.

    The rows left out are as ``FULL``. Those ``beyond`` have something behind their last column that was not read.
    A reader took what stands for ``DIRT`` for what is ``said``.
    """
    sheet = Sheet()
    sheet.text(40, 60, "某某市水利局2023年政府信息公开工作年度报告")
    sheet.text(40, 90, "三、收到和处理政府信息公开申请情况")
    for column, parts in enumerate(head):
        for line, text in enumerate(parts):
            sheet.text(LEFT + ROOM * column, 110 + 10 * line, text, 8)
    for number, row in enumerate(ROWS):
        top = 140 + 16 * number
        sheet.text(40, top, row.label[-1], 7)
        for column, text in enumerate(rows[number] if number < len(rows) else FULL):
            if text:
                sheet.text(LEFT + ROOM * column + shift, top, text, 8)
        if number in beyond:
            sheet.text(LEFT + ROOM * 7 - 4, top, DIRT, 8)
    sheet.text(40, 800, "四、政府信息公开行政复议、行政诉讼情况")
    content = reader.read(make_pdf(sheet), "sha")
    return extract(replace(content, blocks=tuple(_with_unread(block, said) for block in content.blocks)))


def _with_unread(block: Block, said: str) -> Block:
    if not isinstance(block, Line):
        return block
    pieces = tuple(replace(p, text=said, doubt="recognition") if p.text == DIRT else p for p in block.pieces)
    return replace(block, text=block.text.replace(DIRT, said), pieces=pieces)


def test_a_blank_leaves_its_room_on_a_page() -> None:
    extracted = page([FULL, FULL, FULL, ("3", "", "", "", "1", "", "4"), ("", "0", "", "", "0", "", "")])
    assert values(extracted, "t3.partial") == [3, None, None, None, 1, None, 4]
    assert values(extracted, "t3.denied_secret") == [None, 0, None, None, 0, None, None]
    states = {cell.state for cell in extracted.form if cell.ref.row in ("partial", "denied_secret")}
    assert states == {State.READ, State.BLANK}


def test_something_unread_behind_a_row_with_a_blank_moves_no_figure() -> None:
    # Seven things stand in the row, but not one in each column.
    printed = [3, None, 0, 0, 1, 0, 4]
    extracted = page([FULL, FULL, FULL, tuple("" if value is None else str(value) for value in printed)], beyond=[3])
    cells = [cell for cell in extracted.form if cell.ref.row == "partial"]
    certain = {n: cell.as_read.value for n, cell in enumerate(cells) if cell.state in (State.READ, State.BLANK)}
    assert all(printed[number] == value for number, value in certain.items())


def test_a_row_with_dirt_among_its_figures_has_them_in_turn_in_doubt() -> None:
    # Neither the names nor the other rows tell where the figures of this one stand.
    rows = [("3", "0", "0", "0", "1", "0", "4")] * len(ROWS)
    extracted = page(rows, shift=20, beyond=[3])
    assert values(extracted, "t3.partial") == [3, 0, 0, 0, 1, 0, 4]
    assert {cell.state for cell in extracted.form if cell.ref.row == "partial"} == {State.DOUBTFUL}


def test_letters_between_the_figures_of_a_scanned_row_leave_its_other_figures_in_their_columns() -> None:
    extracted = page([FULL, FULL, FULL, ("3", "", DIRT, "0", "1", "0", "4")], said="O9")
    assert values(extracted, "t3.partial") == [3, None, None, 0, 1, 0, 4]
    assert reading(extracted, "t3.partial.natural").state is State.READ
    assert reading(extracted, "t3.partial.research").state is State.DOUBTFUL


def test_two_rows_of_figures_are_enough_below_the_names_of_the_columns() -> None:
    few = ("1", "", "", "", "", "", "1")
    extracted = page([few, NOTHING, few] + [NOTHING] * (len(ROWS) - 3))
    assert values(extracted, "t3.new") == [1, None, None, None, None, None, 1]
    assert values(extracted, "t3.granted") == [1, None, None, None, None, None, 1]
    assert reading(extracted, "t3.new.total").state is State.READ


def test_figures_that_stand_between_the_names_are_never_certain() -> None:
    # Every figure stands in the room between two names: it may belong to either.
    lacking = ("3", "", "0", "", "1", "", "4")
    extracted = page([lacking] * len(ROWS), shift=30)
    assert State.READ not in {cell.state for cell in extracted.form if cell.ref.table == "t3"}


def test_figures_are_those_of_the_names_above_them_also_in_another_order() -> None:
    head = (*BROKEN[:1], BROKEN[2], BROKEN[1], *BROKEN[3:])
    extracted = page([("3", "2", "", "", "1", "", "6")] * len(ROWS), head)
    assert values(extracted, "t3.new") == [3, None, 2, None, 1, None, 6]
    assert reading(extracted, "t3.new.research").state is State.READ


def test_a_word_among_the_figures_of_a_page_is_no_blank() -> None:
    extracted = page([FULL, FULL, FULL, ("3", "见注", "0", "0", "0", "0", "3")])
    states = {cell.ref.column: cell.state for cell in extracted.form if cell.ref.row == "partial"}
    assert states["business"] not in (State.READ, State.BLANK)


def test_words_of_narrow_columns_that_nearly_touch_are_parted() -> None:
    # 商业企业 and the next two fill their columns but for a tenth of a character.
    sheet_head = (("自然人",), ("商业企",), ("科研机",), ("社会公",), ("法律服",), ("其他",), ("总计",))
    second = ((), ("", "业"), ("", "构"), ("", "益组织"), ("", "务机构"), (), ())
    head = tuple((*first, *rest[1:]) for first, rest in zip(sheet_head, second, strict=True))
    extracted = page([("3", "", "", "", "1", "", "4")], head)
    assert values(extracted, "t3.new") == [3, None, None, None, 1, None, 4]
