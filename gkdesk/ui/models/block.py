"""Blocks of cells as tab-separated text, the way spreadsheets copy and paste. No Qt clipboard, no form changes here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gkdesk.model.cellref import CellRef
from gkdesk.model.form import FilledForm
from gkdesk.model.reading import Reading, number_text
from gkdesk.model.spec import FormSpec
from gkdesk.ui.language import tr
from gkdesk.ui.models.form_layout import TableLayout
from gkdesk.ui.models.typed import RefusedError, typed_reading


def copied(layout: TableLayout, form: FilledForm, refs: Iterable[CellRef]) -> str:
    """The figures of ``refs`` as lines of tab-separated text; cells without a number are empty."""
    wanted = set(refs)
    rows = ([ref for ref in row if ref in wanted] for row in layout.value_rows)
    return "\n".join("\t".join(number_text(form[ref].value) for ref in row) for row in rows if row)


def pasted(layout: TableLayout, spec: FormSpec, refs: Iterable[CellRef], text: str) -> dict[CellRef, Reading]:
    """What pasting ``text`` on the selected ``refs`` would put where.

    One figure fills the whole selection; a block starts at the first selected cell and runs over the value cells.
    Raises :class:`RefusedError` if the block does not fit or holds anything but numbers: then nothing is to be pasted.
    """
    wanted = set(refs)
    selected = [ref for ref in layout.refs() if ref in wanted]
    lines = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]
    if not selected or not lines:
        raise RefusedError(tr("剪贴板里没有可以粘贴的数字。"))
    if len(lines) == 1 and len(lines[0]) == 1:
        pairs = [(ref, lines[0][0]) for ref in selected]
    else:
        pairs = list(_spread(layout, selected[0], lines))
    return {ref: typed_reading(piece, spec.column(ref).kind) for ref, piece in pairs}


def _spread(layout: TableLayout, start: CellRef, lines: list[list[str]]) -> Iterator[tuple[CellRef, str]]:
    position = layout.position(start)
    assert position is not None
    top, left = position
    for line_number, pieces in enumerate(lines):
        row = layout.value_rows[top + line_number] if top + line_number < len(layout.value_rows) else ()
        if left + len(pieces) > len(row):
            raise RefusedError(tr("要粘贴的内容超出了表格，没有改动。请从左上角第一个数字的格子开始粘贴。"))
        yield from zip(row[left:], pieces, strict=False)
