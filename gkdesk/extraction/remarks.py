"""Remarks behind the figures of rows of loose tables, in a column that no heading names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from gkdesk.extraction.figures import is_figure
from gkdesk.model.content import GridCell

FEWEST_FIGURES = 3
"""Figures right before what may be a remark; fewer may belong to a sentence that was cut into cells."""

_REMARK = re.compile(r"(?:备注|说明|附注|注)\s*[:：].*|[（(][^（）()]*[）)]|[\[【〔][^\[\]【】〔〕]*[\]】〕]")
"""What says itself that it is a remark, or stands between brackets as a whole: no label of a row does.

``（二）部分公开（区分处理的…）`` has several brackets.
"""
_WORDS = re.compile(r"[\u3400-\u9fff]{2}")


def column_of_remarks(rows: Sequence[Sequence[GridCell]]) -> int | None:
    """The column that holds remarks behind the figures of rows, and nothing else; None if there is no such column.

    Nothing stands behind it, and right before it some row has a figure: that is the last column of the table, and no
    remark has come in the place of a figure.
    """
    filled = [[cell for cell in row if cell.text.strip()] for row in rows]
    found = {row[-1].column for row in filled if _ends_in_remark(row)}
    if len(found) != 1:
        return None
    (column,) = found
    others = [cell for row in filled for cell in (row[:-1] if _ends_in_remark(row) else row)]
    alone = all(cell.column < column for cell in others)
    closed = any(cell.column == column - 1 and is_figure(cell.text) for cell in others)
    return column if alone and closed else None


def _ends_in_remark(filled: Sequence[GridCell]) -> bool:
    """True if the last cell is a remark, and words and then nothing but figures stand before it."""
    if len(filled) <= FEWEST_FIGURES or not _REMARK.fullmatch(filled[-1].text.strip()):
        return False
    figures = list(takewhile(lambda cell: is_figure(cell.text), reversed(filled[:-1])))
    return len(figures) >= FEWEST_FIGURES and any(_WORDS.search(cell.text) for cell in filled[: -1 - len(figures)])
