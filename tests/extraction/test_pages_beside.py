"""表三 of a sheet printed without borders, its last columns on another page: proposed where lines stand level."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.extraction.fill import extract
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources.pdf import reader
from tests.extraction.made_up_report import values
from tests.sources.pdf_maker import Sheet, make_pdf

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ON_FIRST = 5


def pages(lower: Sequence[float] = (), cut: int = len(ROWS)) -> Extracted:
    """The rows after number ``cut`` stand on a page below; ``lower`` is how much lower rows stand on the last page."""
    sheets = [Sheet() for _ in range(4)]
    for sheet, names in zip((sheets[0], sheets[2]), (NAMES[:ON_FIRST], NAMES[ON_FIRST:]), strict=True):
        for column, name in enumerate(names):
            sheet.text((300 if sheet is sheets[0] else 60) + 60 * column, 100, name, 8)
    sheets[0].text(40, 60, "某某市水利局2023年政府信息公开工作年度报告")
    sheets[0].text(40, 80, "三、收到和处理政府信息公开申请情况")
    for number, row in enumerate(ROWS):
        below = number >= cut
        top = 120.0 + 20 * (number - cut * below)
        left, right = (sheets[1], sheets[3]) if below else (sheets[0], sheets[2])
        left.text(40, top, row.label[-1], 6)
        for column in range(ON_FIRST):
            left.text(308 + 60 * column, top, str(number + column), 8)
        for column in (0, 1):
            right.text(68 + 60 * column, top + (lower[number] if lower else 0), str(100 * column + number), 8)
    used = sheets if cut < len(ROWS) else [sheets[0], sheets[2]]
    return extract(reader.read(make_pdf(*used), "sha"))


def test_columns_on_the_next_page_are_proposed_where_all_lines_stand_equally_high() -> None:
    for cut in (len(ROWS), 20):
        extracted = pages(cut=cut)
        for number in (3, 23):
            assert values(extracted, f"t3.{ROWS[number].id}") == [number + add for add in (0, 1, 2, 3, 4, 0, 100)]
        assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.DOUBTFUL}


def test_lines_that_stand_elsewhere_are_not_put_together() -> None:
    extracted = pages([number % 3 * 3.0 for number in range(len(ROWS))])
    assert values(extracted, "t3.partial")[-1] != 103
    assert not any(cell.state is State.BLANK for cell in extracted.form if cell.ref.table == "t3")
