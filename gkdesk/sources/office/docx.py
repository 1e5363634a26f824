"""Word documents: the text and tables of the main part, as a reader who accepts all changes sees them.

Left out: headers, footers, notes, comments, deleted and hidden text. Automatic numbering, pictures, form fields and the
like are not text in the file, so they are not here either: a cell that has one is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, Note, SourceKind
from gkdesk.sources.flow import CellDraft, Flow, RowDraft, raised
from gkdesk.sources.office.embedded_files import EmbeddedFiles, ReadInto
from gkdesk.sources.office.flat_package import as_zip
from gkdesk.sources.office.word_fields import Fields, is_worked_out
from gkdesk.sources.office.word_styles import (
    NOTE_SIZE,
    USUAL_SIZE,
    RunLook,
    WordStyles,
    attribute,
    child_of,
    shading_of,
    value_in,
)
from gkdesk.sources.office_zip import OfficeZip, local_name
from gkdesk.sources.pictures.embedded_pictures import Load

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
    "del", "delText", "moveFrom", "delInstrText", "fldData", "pPr", "rPr", "tblPr", "tblGrid",
    "sectPr", "sdtPr", "sdtEndPr", "rubyPr", "rt", "footnoteReference", "endnoteReference", "commentReference",
    "annotationRef",
})
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_NOT_TEXT = frozenset({
    "drawing", "pict", "object", "contentPart", "control", "checkBox", "ddList", "pgNum", "dayLong", "dayShort",
    "monthLong", "monthShort", "yearLong", "yearShort",
})
"""What shows something in a cell that is not among the characters read."""
_PLAIN_MATHS = frozenset({"oMath", "oMathPara", "r", "t"})
"""Parts of a formula that only hold characters; all others arrange them above or beside one another."""
# fmt: on
_DIGIT = re.compile(r"\d")
_CHARACTERS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})
_WIDEST_SPAN = 100
_MOST_COLUMNS = 300
_TITLE = re.compile("报告|報告|政府信息公开|政府信息公開")


def read(data: bytes, sha256: str, read_embedded: ReadInto | None = None) -> Content:
    """The document's text and tables, and by ``read_embedded`` those of files of other formats that stand in it.

    ``data`` is a container or a package of one XML file. Raises ``SourceError`` if it is damaged, locked or inflated.
    """
    flow = Flow()
    others = () if read_embedded is None else (read_embedded,)
    with OfficeZip(as_zip(data)) as container:
        title = _title(container)
        left_out = _walked(container, flow, (_read_into, *others))
        blocks = flow.blocks(_slots)
    notes = (*flow.notes(blocks), Note("embedded-left-out")) if left_out else flow.notes(blocks)
    return Content(SourceKind.DOCX, sha256, blocks, title=title, notes=notes)


def _walked(container: OfficeZip, flow: Flow, readers: tuple[ReadInto, ...]) -> bool:
    """Puts a document into ``flow``; True if files in it were left out."""
    main = container.main_part("word/document.xml")
    body = container.xml(main)
    files = EmbeddedFiles(_targets(container, main, "aFChunk"), readers)
    walk = _Walk(flow, _targets(container, main, "image"), WordStyles(container, main), files)
    walk.run(body)
    return files.left_out


def _read_into(data: bytes, flow: Flow) -> bool:
    """Puts a document into another one, but not what is embedded in it; True if it is a whole document."""
    if not data.startswith(b"PK"):
        return False
    with OfficeZip(data) as container:
        around, flow.slots = flow.slots, None
        try:
            return not _walked(container, flow, ())
        finally:
            flow.slots = around


def _targets(container: OfficeZip, main: str, wanted: str) -> dict[str, Load]:
    """Other parts of a kind by their relation id with the main one; bytes are unpacked when they are asked for."""
    return {
        name: partial(container.part, target)
        for name, (kind, target) in container.relations(main).items()
        if kind == wanted
    }


class _Walk:
    """One pass over the elements of the main part, without recursion."""

    def __init__(self, flow: Flow, pictures: Mapping[str, Load], styles: WordStyles, files: EmbeddedFiles) -> None:
        self.flow = flow
        self._files = files
        self._pictures = pictures
        self._styles = styles
        self._rows: list[_Row] = []
        # Of each cell and paragraph that is open, the colour of its ground; of each paragraph, its style.
        self._grounds: list[str] = [""]
        self._look = RunLook()
        # Of the paragraph, at how many half points above its line the figures stand.
        self._heights: set[int] = set()
        self._sizes: set[int] = set()
        self._paragraphs: list[str] = [""]
        self._fields = Fields()

    def run(self, root: _Element) -> None:
        from lxml import etree

        skipped = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            name = _name(element)
            if event == "start":
                skipped += bool(skipped) or _is_skipped(element, name) or (name == "r" and self._is_hidden(element))
                if not skipped:
                    self._start(element, name)
            elif skipped:
                skipped -= 1
            else:
                self._end(name)

    def _start(self, element: _Element, name: str) -> None:
        match name:
            case "t":
                if self._fields.shows_text:
                    self._text(element)
            case "sym":
                # A character of a font of pictures: what it shows is not known.
                self.flow.text("\N{REPLACEMENT CHARACTER}")
            case "tab" | "ptab" | "noBreakHyphen":
                self.flow.text(_CHARACTERS[name])
            case "br" | "cr":
                self.flow.break_line()
            case "instrText":
                self._fields.instruct(element.text or "")
            case "fldChar":
                # Some fields show what Word works out when it opens the document.
                if self._fields.mark(attribute(element, "fldCharType")) and self.flow.in_cell:
                    self.flow.doubt("not-text")
            case "fldSimple":
                is_empty = not any(local_name(inner) == "t" for inner in element.iter())
                if self.flow.in_cell and (is_empty or is_worked_out(attribute(element, "instr"))):
                    self.flow.doubt("not-text")
            case "bdo":
                if attribute(element, "val") == "rtl" and any(_DIGIT.search(str(text)) for text in element.itertext()):
                    self.flow.doubt("turned-text")
            case "altChunk":
                self._files.place(attribute(element, "id"), self.flow)
            case "p":
                self._paragraph(element)
            case "tbl":
                self.flow.open_table()
            case "tr":
                self._rows.append(_Row(element))
                self.flow.open_row()
            case "tc":
                self._rows[-1].open_cell(element, self.flow)
                self._grounds.append(shading_of(child_of(element, "tcPr")) or self._grounds[-1])
            case "txbxContent":
                self.flow.open_aside()
            case "":
                self._other(element)
        if name in _NOT_TEXT and self.flow.in_cell:
            self.flow.doubt("not-text")

    def _other(self, element: _Element) -> None:
        """Pictures, and formulas that are more than a row of characters."""
        kind = local_name(element)
        if kind in ("blip", "imagedata"):
            load = self._pictures.get(attribute(element, "embed" if kind == "blip" else "id"))
            if load is not None:
                self.flow.picture(load)
        elif (
            self.flow.in_cell
            and str(element.tag).startswith(f"{{{_MATHS}}}")
            and kind not in _PLAIN_MATHS
            and not kind.endswith("Pr")
        ):
            self.flow.doubt("not-text")

    def _paragraph(self, element: _Element) -> None:
        properties = child_of(element, "pPr")
        self._heights.clear()
        self._sizes.clear()
        self._paragraphs.append(value_in(properties, "pStyle"))
        self._grounds.append(shading_of(properties) or self._grounds[-1])
        if self.flow.in_cell and self._styles.shows_number(properties):
            self.flow.doubt("not-text")

    def _text(self, element: _Element) -> None:
        run = element.getparent()
        text = element.text or ""
        if OBJECT in text:
            # Stands for a drawing that a conversion from an older format has left out.
            text = text.replace(OBJECT, "")
            if self.flow.in_cell:
                self.flow.doubt("not-text")
        # Characters of a formula stand in no run of text, and so have no look.
        look = self._look if run is not None and _name(run) == "r" else RunLook()
        text = raised(text) if look.raised else text
        if self.flow.in_cell and _DIGIT.search(text):
            self._heights.add(look.height or 0)
            self._sizes.add(look.size or USUAL_SIZE)
            if len(self._heights) > 1 or min(self._sizes) < NOTE_SIZE * max(self._sizes):
                self.flow.doubt("set-apart")
        if text.strip() and look.is_unseen_on(self._grounds[-1]):
            self.flow.doubt("hidden-text", text)
            return
        self.flow.text(text)

    def _is_hidden(self, run: _Element) -> bool:
        """True for hidden and struck text; figures among it are told of."""
        self._look = self._styles.look_of_run(run, self._paragraphs[-1])
        if not self._look.hidden:
            return False
        if self.flow.in_cell and child_of(run, "delText") is None:
            self.flow.hides_figures |= any(_DIGIT.search(str(text)) for text in run.itertext())
        return True

    def _end(self, name: str) -> None:
        match name:
            case "p":
                self._paragraphs.pop()
                self._grounds.pop()
                self._fields.end_of_paragraph()
                self.flow.break_line()
                self.flow.place_asides()
            case "tbl":
                self.flow.close_table()
            case "tr":
                self._rows.pop()
            case "tc":
                self._grounds.pop()
                self.flow.close_cell()
            case "txbxContent":
                self.flow.close_aside()


class _Row:
    """A table row while it is read: how far its cells reach. Word counts columns itself, so nothing is guessed."""

    def __init__(self, element: _Element) -> None:
        self._column = _number(_property(element, "trPr", "gridBefore"), 0)

    def open_cell(self, element: _Element, flow: Flow) -> None:
        span = max(1, _number(_property(element, "tcPr", "gridSpan"), 1))
        vertical = _property(element, "tcPr", "vMerge")
        horizontal = _property(element, "tcPr", "hMerge")
        continues = vertical is not None and attribute(vertical, "val") != "restart"
        row_span = 0 if continues else 1
        if horizontal is not None and attribute(horizontal, "val") != "restart":
            span = -span
        flow.open_cell(row_span, span, self._column)
        self._column += abs(span)


def _slots(rows: Sequence[RowDraft]) -> list[tuple[int, int, CellDraft]]:
    """Joins the cells that continue one above (row span 0) or to the left (negative column span) with it.

    A cell that continues one of another width (some programs mark the first of merged cells so too) is the first one.
    """
    placed: list[tuple[int, int, CellDraft]] = []
    above: dict[int, tuple[int, CellDraft, int]] = {}
    for number, row in enumerate(rows):
        reached: dict[int, tuple[int, CellDraft, int]] = {}
        left: CellDraft | None = None
        for cell in row.cells:
            start, upper, width = above.get(cell.column, (number, None, 0))
            if cell.column >= _MOST_COLUMNS:
                break
            if cell.column_span < 0 and left is not None:
                left.column_span -= cell.column_span
                continue
            cell.column_span = abs(cell.column_span)
            own_width = cell.column_span
            if cell.row_span == 0 and upper is not None and width == own_width:
                upper.row_span = number - start + 1
                reached[cell.column] = (start, upper, width)
                left = None
                continue
            cell.row_span = 1
            reached[cell.column] = (number, cell, own_width)
            placed.append((number, cell.column, cell))
            left = cell
        above = reached
    return placed


def _name(element: _Element) -> str:
    """The local name of a Word element; ``Choice`` or ``Fallback`` for alternatives; empty for all others."""
    return _known_name(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=1024)
def _known_name(tag: str) -> str:
    namespace, _, name = tag[1:].rpartition("}")
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
    if name == "tr":
        return _property(element, "trPr", "del") is not None or _is_on(_property(element, "trPr", "hidden"))
    if name == "Fallback" or name == "Choice":
        # The branches hold the same text in two forms: the first one counts.
        return any(_name(other) in ("Choice", "Fallback") for other in element.itersiblings(preceding=True))
    return False


def _property(element: _Element, group: str, name: str) -> _Element | None:
    for child in element:
        if _name(child) == group:
            return next((found for found in child if _name(found) == name), None)
    return None


def _is_on(switch: _Element | None) -> bool:
    return switch is not None and attribute(switch, "val") not in _OFF


def _number(element: _Element | None, otherwise: int) -> int:
    value = "" if element is None else attribute(element, "val")
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
