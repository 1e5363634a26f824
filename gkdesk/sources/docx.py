"""Word documents: the text and tables of the main part, as a reader who accepts all changes sees them.

Left out: headers, footers, notes, comments, deleted and hidden text. Automatic numbering is not text in the file, so
it is not here either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, SourceKind
from gkdesk.sources.embedded_pictures import Load
from gkdesk.sources.flow import CellDraft, Flow, RowDraft, raised
from gkdesk.sources.office_zip import OfficeZip, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# fmt: off
_SKIPPED = frozenset({
    "del", "delText", "moveFrom", "instrText", "delInstrText", "fldData", "pPr", "rPr", "tblPr", "tblGrid",
    "sectPr", "sdtPr", "sdtEndPr", "rubyPr", "rt", "footnoteReference", "endnoteReference", "commentReference",
    "annotationRef",
})
# fmt: on
_CHARACTERS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})
_WIDEST_SPAN = 100
_MOST_COLUMNS = 300
_TITLE = re.compile("报告|報告|政府信息公开|政府信息公開")


def read(data: bytes, sha256: str) -> Content:
    """The document's text and tables; raises ``SourceError`` if it is damaged, locked or inflated."""
    with OfficeZip(data) as container:
        main = container.main_part("word/document.xml")
        body = container.xml(main)
        title = _title(container)
        walk = _Walk(_pictures(container, main))
        walk.run(body)
        blocks = walk.flow.blocks(_slots)
    return Content(SourceKind.DOCX, sha256, blocks, title=title, notes=walk.flow.notes(blocks))


def _pictures(container: OfficeZip, main: str) -> dict[str, Load]:
    """The pictures of the main part by their relation id; bytes are unpacked when they are asked for."""
    return {
        name: partial(container.part, target)
        for name, (kind, target) in container.relations(main).items()
        if kind == "image"
    }


class _Walk:
    """One pass over the elements of the main part, without recursion."""

    def __init__(self, pictures: Mapping[str, Load]) -> None:
        self.flow = Flow()
        self._pictures = pictures
        self._rows: list[_Row] = []
        # Of each field that is open, whether its result has begun: what stands before are its instructions.
        self._fields: list[bool] = []

    def run(self, root: _Element) -> None:
        from lxml import etree

        skipped = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            name = _name(element)
            if event == "start":
                skipped += bool(skipped) or _is_skipped(element, name)
                if not skipped:
                    self._start(element, name)
            elif skipped:
                skipped -= 1
            else:
                self._end(name)

    def _start(self, element: _Element, name: str) -> None:
        match name:
            case "t":
                if all(self._fields):
                    self.flow.text(raised(element.text or "") if _is_raised(element) else element.text)
            case "sym":
                # A character of a font of pictures: what it shows is not known.
                self.flow.text("\N{REPLACEMENT CHARACTER}")
            case "tab" | "ptab" | "noBreakHyphen":
                self.flow.text(_CHARACTERS[name])
            case "br" | "cr":
                self.flow.break_line()
            case "fldChar":
                self._field(_value(element, "fldCharType"))
            case "tbl":
                self.flow.open_table()
            case "tr":
                self._rows.append(_Row(element))
                self.flow.open_row()
            case "tc":
                self._rows[-1].open_cell(element, self.flow)
            case "txbxContent":
                self.flow.open_aside()
            case "":
                self._picture(element)

    def _picture(self, element: _Element) -> None:
        kind = local_name(element)
        if kind in ("blip", "imagedata"):
            load = self._pictures.get(_value(element, "embed" if kind == "blip" else "id"))
            if load is not None:
                self.flow.picture(load)

    def _end(self, name: str) -> None:
        match name:
            case "p":
                # A field that never came to its result would swallow the rest of the document.
                while self._fields and not self._fields[-1]:
                    self._fields.pop()
                self.flow.break_line()
                self.flow.place_asides()
            case "tbl":
                self.flow.close_table()
            case "tr":
                self._rows.pop()
            case "tc":
                self.flow.close_cell()
            case "txbxContent":
                self.flow.close_aside()

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


class _Row:
    """A table row while it is read: how far its cells reach. Word counts columns itself, so nothing is guessed."""

    def __init__(self, element: _Element) -> None:
        self._column = _number(_property(element, "trPr", "gridBefore"), 0)

    def open_cell(self, element: _Element, flow: Flow) -> None:
        span = max(1, _number(_property(element, "tcPr", "gridSpan"), 1))
        vertical = _property(element, "tcPr", "vMerge")
        horizontal = _property(element, "tcPr", "hMerge")
        continues = vertical is not None and _value(vertical, "val") != "restart"
        row_span = 0 if continues else 1
        if horizontal is not None and _value(horizontal, "val") != "restart":
            span = -span
        flow.open_cell(row_span, span, self._column)
        self._column += abs(span)


def _slots(rows: Sequence[RowDraft]) -> list[tuple[int, int, CellDraft]]:
    """Joins the cells that continue one above (row span 0) or to the left (negative column span) with it."""
    placed: list[tuple[int, int, CellDraft]] = []
    above: dict[int, tuple[int, CellDraft]] = {}
    for number, row in enumerate(rows):
        reached: dict[int, tuple[int, CellDraft]] = {}
        left: CellDraft | None = None
        for cell in row.cells:
            start, upper = above.get(cell.column, (number, None))
            if cell.column >= _MOST_COLUMNS:
                break
            if cell.column_span < 0 and left is not None:
                left.column_span -= cell.column_span
                continue
            cell.column_span = abs(cell.column_span)
            if cell.row_span == 0 and upper is not None:
                upper.row_span = number - start + 1
                reached[cell.column] = (start, upper)
                left = None
                continue
            cell.row_span = 1
            reached[cell.column] = (number, cell)
            placed.append((number, cell.column, cell))
            left = cell
        above = reached
    return placed


def _name(element: _Element) -> str:
    """The local name of a Word element; ``Choice`` or ``Fallback`` for alternatives; empty for all others."""
    if not isinstance(element.tag, str):
        return ""
    namespace, _, name = element.tag[1:].rpartition("}")
    if (
        (namespace == _MATHS and name == "t")
        or namespace in _WORD
        or (namespace == _ALTERNATIVES and name in ("Choice", "Fallback"))
    ):
        return name
    return ""


def _is_skipped(element: _Element, name: str) -> bool:
    if name in _SKIPPED:
        return True
    if name == "r":
        return any(_is_on(_property(element, "rPr", name)) for name in ("vanish", "strike", "dstrike"))
    if name == "tr":
        return _property(element, "trPr", "del") is not None or _is_on(_property(element, "trPr", "hidden"))
    if name == "Fallback" or name == "Choice":
        # The branches hold the same text in two forms: the first one counts.
        return any(_name(other) in ("Choice", "Fallback") for other in element.itersiblings(preceding=True))
    return False


def _is_raised(text: _Element) -> bool:
    run = text.getparent()
    align = _property(run, "rPr", "vertAlign") if run is not None else None
    return align is not None and _value(align, "val") in ("superscript", "subscript")


def _property(element: _Element, group: str, name: str) -> _Element | None:
    for child in element:
        if _name(child) == group:
            return next((found for found in child if _name(found) == name), None)
    return None


def _is_on(switch: _Element | None) -> bool:
    return switch is not None and _value(switch, "val") not in _OFF


def _value(element: _Element, name: str) -> str:
    """An attribute by its local name, for both namespaces of Word; empty if there is none."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


def _number(element: _Element | None, otherwise: int) -> int:
    value = "" if element is None else _value(element, "val")
    return min(int(value), _WIDEST_SPAN) if value.isdecimal() and len(value) < 10 else otherwise


def _title(container: OfficeZip) -> str:
    """The title in the document's properties, if it is that of a report: most are left over from an older file."""
    if "docProps/core.xml" not in container.names:
        return ""
    try:
        properties = container.xml("docProps/core.xml")
    except SourceError:
        return ""
    titles = (element.text or "" for element in properties if local_name(element) == "title")
    title = next(titles, "").strip()
    return title if _TITLE.search(title) else ""
