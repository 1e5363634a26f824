"""The numbers of the lines, in a column of their own between the labels and the figures of a grid."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.extraction.fill import extract
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.extraction.made_up_report import report_text, values

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
HEAD = ("项目", "行次", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
FULL = ("5", "1", "0", "0", "0", "0", "6")
BLANK = ("",) * 7


def read(rows: dict[int, Sequence[str]]) -> Extracted:
    """A report as a web page; ``rows`` has what stands behind the label of a row, where that is not usual."""
    lines = [HEAD]
    for number, row in enumerate(ROWS):
        lines.append((row.label[-1], *rows.get(number, (str(number + 1), *FULL))))
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in line) + "</tr>" for line in lines)
    before, _, behind = report_text([]).partition("申请人情况")
    text = "".join(f"<p>{line}</p>" for line in before.splitlines())
    rest = "".join(f"<p>{line}</p>" for line in behind[behind.index("五、") :].splitlines())
    return extract(opening.read(f"<html><body>{text}<table>{cells}</table>{rest}</body></html>".encode()))


def states(extracted: Extracted, row: str) -> set[State]:
    return {cell.state for cell in extracted.form if cell.ref.table == "t3" and cell.ref.row == row}


def test_the_number_of_the_line_is_no_figure_where_the_row_is_blank() -> None:
    extracted = read({3: ("4", *BLANK), 4: ("5", "", "2", "", "", "", "", "")})
    assert values(extracted, "t3.partial") == [None] * 7
    assert states(extracted, "partial") == {State.BLANK}
    assert values(extracted, "t3.denied_secret") == [None, 2, None, None, None, None, None]
    assert states(extracted, "denied_secret") == {State.READ, State.BLANK}


def test_a_row_that_lost_a_cell_is_not_certain() -> None:
    extracted = read({3: ("4", "", "2", "", "", "", ""), 4: ("5", "2", "", "", "", "", "")})
    assert states(extracted, "partial") <= {State.DOUBTFUL, State.MISSING}
    assert states(extracted, "denied_secret") <= {State.DOUBTFUL, State.MISSING}
