"""Small sources for tests of extraction, written out as a person would read them."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.extraction.fill import extract
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Number, Reading
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening

ZEROS = "0 0 0 0 0 0 0"


def report_text(table_three: Sequence[str], title: str = "青禾市司法局2024年政府信息公开工作年度报告") -> str:
    """A text report of the 2021 edition with the given lines as the body of 表三."""
    head = [
        title,
        "一、总体情况",
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "信息内容 本年制发件数 本年废止件数 现行有效件数",
        "规章 0 0 0",
        "行政规范性文件 3 1 12",
        "三、收到和处理政府信息公开申请情况",
        "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他",
    ]
    return "\n".join([*head, *table_three, "五、存在的主要问题及改进情况", "六、其他需要报告的事项"])


def rows_of_form(values: Sequence[str] = ()) -> list[str]:
    """The rows of 表三 of the 2021 edition as ``label figures``; rows without given figures hold zeros."""
    block = load_editions()["2021"].table("t3").blocks[0]
    figures = [*values, *([ZEROS] * (len(block.rows) - len(values)))]
    return [f"{row.label[-1]} {text}" for row, text in zip(block.rows, figures, strict=True)]


def read_text(text: str) -> Extracted:
    """What the program makes of a text file."""
    return extract(opening.read(text.encode()))


def reading(extracted: Extracted, ref: str) -> Reading:
    """The reading of a cell, by the name of the cell."""
    return extracted.form[CellRef.parse(ref)].as_read


def values(extracted: Extracted, row: str) -> list[Number | None]:
    """The values of a row such as ``t3.new``, in the order of the columns."""
    return [cell.value for cell in extracted.form if str(cell.ref).startswith(row + ".")]
