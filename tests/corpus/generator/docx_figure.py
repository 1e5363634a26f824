"""The inside of a cell of a Word table: what stands beside its figure, or around it."""

from __future__ import annotations

from collections.abc import Sequence

from .grid import Beside

_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_LOOK = {
    "struck": "<w:strike/>",
    "hidden": "<w:vanish/>",
    "white": '<w:color w:val="FFFFFF"/>',
    "superscript": '<w:vertAlign w:val="superscript"/>',
}
_WHO = 'w:id="{}" w:author="经办人" w:date="2025-01-06T09:00:00Z"'


def figure_runs(pieces: Sequence[str], look: str, beside: Beside | None) -> str:
    """The runs of a figure, or of a line of a label; ``look`` are the properties of a run, the pieces are escaped."""
    runs = "".join(_run(piece, look) for piece in pieces)
    if beside is None or not beside.text:
        return runs
    if beside.kind == "tracked":
        deleted = _run(beside.text, look).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        return f"<w:del {_WHO.format(901)}>{deleted}</w:del><w:ins {_WHO.format(902)}>{runs}</w:ins>"
    other = _run(beside.text, look + _LOOK[beside.kind])
    return runs + other if beside.kind == "superscript" else other + runs


def _run(text: str, look: str) -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def around(beside: Beside, runs: str, paragraph: str) -> str:
    """The blocks of the cell: ``runs`` in a paragraph, in a table of their own, or in a text box."""
    if beside.kind == "nested":
        inner = f'<w:tc><w:tcPr><w:tcW w:w="400" w:type="dxa"/></w:tcPr>{paragraph.format(runs)}</w:tc>'
        table = '<w:tblPr><w:tblW w:w="400" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="400"/></w:tblGrid>'
        return f"<w:tbl>{table}<w:tr>{inner}</w:tr></w:tbl>{paragraph.format('')}"
    if beside.kind == "boxed":
        box = f"<v:textbox><w:txbxContent>{paragraph.format(runs)}</w:txbxContent></v:textbox>"
        shape = f'<v:rect {_VML} style="width:36pt;height:18pt" stroked="f">{box}</v:rect>'
        return paragraph.format(f"<w:r><w:pict>{shape}</w:pict></w:r>")
    return paragraph.format(runs)
