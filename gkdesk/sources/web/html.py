"""Web pages, as published by government sites or saved by Word and browsers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, Grid, Note, SourceKind
from gkdesk.sources import decoding
from gkdesk.sources.broken_end import FILE_END, ends_in_cell, with_end_of_page
from gkdesk.sources.flow import CellDraft, Doubt, Flow, RowDraft, fold, raised
from gkdesk.sources.layout.han_forms import ordinary_text
from gkdesk.sources.pictures.embedded_pictures import data_of_address
from gkdesk.sources.web import set_apart, veils, web_archive
from gkdesk.sources.web.arranged import ArrangedTables
from gkdesk.sources.web.markdown_pages import is_markdown, plain_line
from gkdesk.sources.web.own_fonts import OwnFonts
from gkdesk.sources.web.page_limits import has_too_many_marks
from gkdesk.sources.web.page_styles import ADDS, OPEN, Look, PageStyles, adds_text, is_hidden, look_of
from gkdesk.sources.web.slimming import slimmed
from gkdesk.sources.web.unread_parts import notes_of_unread

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_COLUMNS = 300
"""Columns of a table that are kept; the widest form table has 15."""

MOST_INSIDE = 3
"""Pages within pages that are read, one inside the other."""

_WIDEST_SPAN = 100
# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "td", "th", "tr", "ul",
})
_SKIPPED = frozenset({
    "applet", "del", "head", "iframe", "math", "noframes", "noscript", "object", "option", "rp", "rt", "rtc", "s",
    "script", "select", "strike", "style", "svg", "template", "textarea", "title", "xml",
})
# fmt: on
_NOT_TEXT = frozenset(
    {
        "applet",
        "audio",
        "canvas",
        "embed",
        "iframe",
        "math",
        "meter",
        "object",
        "progress",
        "select",
        "svg",
        "textarea",
        "video",
    }
)  # fmt: skip
"""What shows something in a cell that is not among the characters read."""
_TYPED = frozenset({"date", "email", "month", "number", "search", "tel", "text", "time", "url", "week"})
_LARGEST_SPACER = 3
"""Pixels up to which a picture only keeps a cell open."""
_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
_WRITES = re.compile(r"\.write(?:ln)?\s*\(|innerHTML|innerText|textContent")
_DIGIT = re.compile(r"\d")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_HEAD_BYTES = 1 << 14
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "euc-cn", "hz"})
_WESTERN = re.compile(r"iso-?8859|latin|ascii|windows-125|cp125", re.IGNORECASE)


def read(data: bytes, sha256: str) -> Content:
    """The page's text and tables in the order they are shown; raises ``SourceError`` if there is no page in it."""
    flow = Flow()
    slim, without_pictures = slimmed(web_archive.page_of(data, decode_page))
    text, root = _walked(slim, flow)
    blocks = flow.blocks(_slots)
    cells = sum(len(block.cells) for block in blocks if isinstance(block, Grid))
    pictures = [Note("pictures-left-out")] if without_pictures else []
    notes = (*flow.notes(blocks), *pictures, *notes_of_unread(root, cells))
    return Content(SourceKind.HTML, sha256, with_end_of_page(blocks, text), title=_title(root), notes=notes)


def read_into(data: bytes, flow: Flow) -> None:
    """Put a page into a document of another format; raises like :func:`read`."""
    around, flow.slots = flow.slots, _slots
    try:
        _walked(slimmed(web_archive.page_of(data, decode_page))[0], flow)
    finally:
        flow.slots = around


def _walked(data: bytes, flow: Flow) -> tuple[str, _Element]:
    """The source of a page and its root; what it shows goes into ``flow``."""
    text = ordinary_text(decode_page(data))
    root = _parsed(text, flow)
    walk = _Walk(flow, PageStyles(root), is_markdown=is_markdown(text))
    walk.run(root)
    if ends_in_cell(text):
        walk.doubt_last_cell(FILE_END)
    return text, root


def _parsed(text: str, flow: Flow) -> _Element:
    """The root of a page; raises ``SourceError`` if there is none, or it has too many marks."""
    from lxml import etree, html

    if has_too_many_marks(text):
        raise SourceError("source.too-large")
    # Depth is bounded by the parser itself (2048 levels); what lies deeper is left out and said so.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("source.broken") from error
    flow.truncated |= any("RESOURCE_LIMIT" in entry.type_name for entry in parser.error_log)
    return root


def decode_page(data: bytes) -> str:
    """The page's characters: by its byte order mark, else UTF-8 if it is that, else as declared, else by guessing.

    What a page declares comes after UTF-8, because pages saved by browsers keep the declaration of the site.
    """
    if decoding.byte_order_mark(data) is not None or decoding.is_utf8(data):
        return decoding.decode(data)
    match = _CHARSET.search(data, 0, _HEAD_BYTES)
    declared = match.group(1).decode("ascii").lower() if match else ""
    if declared and not _WESTERN.search(declared) and b"\0" not in data:
        try:
            return data.decode("gb18030" if declared in _CHINESE else declared)
        except (UnicodeDecodeError, LookupError):
            pass
    return decoding.decode(data)


class _Walk:
    """One pass over the page's elements, without recursion."""

    def __init__(self, flow: Flow, styles: PageStyles, is_markdown: bool = False, inside: int = 0) -> None:
        self.flow = flow
        self._inside = inside
        self._is_markdown = is_markdown
        self._styles = styles
        self._looks = [Look()]
        self._adds_text = False
        self._unsure = ""
        self._is_scripted = False
        self._opened: list[bool] = []
        self._tables: list[int] = []
        self._arranged = ArrangedTables()
        self._numbered: list[bool] = []
        self._preformatted = 0
        self._raised = 0
        self._last_cell: CellDraft | None = None
        self._stray = False
        self._figures = veils.FiguresOfCells(self._arranged.is_cell)

    def run(self, root: _Element) -> None:
        from lxml import etree

        self._is_scripted = next(root.iter("script"), None) is not None
        self._sheets_elsewhere = set_apart.has_sheets_elsewhere(root)
        self._fonts = OwnFonts(root)
        skipped = 0
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                skipped += bool(skipped) or self._is_skipped(element, tag)
                if not skipped:
                    self._raised += veils.is_raised(element, tag)
                    self._start(element, tag)
                continue
            if event == "end" and not skipped:
                self._raised -= veils.is_raised(element, tag)
                self._looks.pop()
                self._end(element, tag)
            elif event == "end":
                skipped -= 1
            if not skipped and element is not root:
                self._text(element.tail)

    def doubt_last_cell(self, code: str) -> None:
        """The source stops inside its last cell, which may be cut."""
        if self._last_cell is not None:
            self._last_cell.items.append(Doubt(code))

    def _beside_cells(self) -> None:
        """A figure stands between two cells: neither is certain to hold what it should."""
        self.doubt_last_cell("stray-figure")
        self._stray = True

    def _is_skipped(self, element: _Element, tag: str) -> bool:
        """True for what is not shown or not text; otherwise the element's look counts from here on."""
        if tag in _SKIPPED:
            if tag == "iframe":
                self._page_inside(element)
            if tag == "template" and "shadowrootmode" in element.attrib:
                self.flow.doubt("not-text")
            if self.flow.in_cell and (tag in _NOT_TEXT or (tag == "script" and _WRITES.search(element.text or ""))):
                self.flow.doubt("not-text")
            return True
        declared = self._styles.declared(element)
        is_put_away = "hidden" in element.attrib or "popover" in element.attrib
        if is_put_away or (is_hidden(declared) and not self._shows_part(element, declared)):
            if self.flow.in_cell or tag in ("tr", "td", "th") or element.find(".//td") is not None:
                self.flow.hides_figures |= any(_DIGIT.search(str(text)) for text in element.itertext())
            return True
        self._looks.append(look_of(element, declared, self._looks[-1]))
        self._adds_text = adds_text(declared) or declared.get(OPEN) == ADDS or veils.shows_picture(element, declared)
        self._unsure = ""
        is_cell = tag in ("td", "th") or element in self._arranged
        if self.flow.in_cell or is_cell:
            self._unsure = self._doubt_of(element, is_cell, declared)
        return False

    def _doubt_of(self, element: _Element, is_cell: bool, declared: dict[str, str]) -> str:
        """The doubt about the cell that an element is or stands in, by how it is shown; empty for none."""
        around, look = self._looks[-2:]
        is_open = declared.get(OPEN, "")
        doubt = veils.doubt_of(element, declared, is_open, self._is_scripted, look.size)
        if doubt or is_cell or not set_apart.is_apart(element, declared, look, around, self._sheets_elsewhere):
            return doubt
        return "styled-text" if veils.holds_part_of_figures(element, self._figures) else ""

    def _shows_part(self, element: _Element, declared: dict[str, str]) -> bool:
        """True for an element that is invisible, but for something in it that is declared visible again."""
        if is_hidden({**declared, "visibility": ""}):
            return False
        if self._looks[-1].unshown:
            return True
        inner = (each for each in element.iterdescendants() if isinstance(each.tag, str))
        return any(self._styles.declared(each).get("visibility") in ("visible", "initial") for each in inner)

    def _page_inside(self, frame: _Element) -> None:
        """A page that stands in the attribute of a frame is shown in it; one in a cell or hidden is left alone."""
        source = frame.get("srcdoc") or ""
        if self.flow.in_cell or self._tables or "<" not in source:
            return
        unseen = "hidden" in frame.attrib or is_hidden(self._styles.declared(frame)) or self._looks[-1].faint
        if unseen or _is_spacer(frame):
            self.flow.hides_figures |= _DIGIT.search(source) is not None
            return
        if self._inside >= MOST_INSIDE:
            self.flow.truncated = True
            return
        root = _parsed(source, self.flow)
        self.flow.break_line()
        walk = _Walk(self.flow, PageStyles(root), inside=self._inside + 1)
        walk.run(root)
        if ends_in_cell(source):
            walk.doubt_last_cell(FILE_END)
        self.flow.break_line()

    def _start(self, element: _Element, tag: str) -> None:
        if tag in _BLOCKS or tag == "br":
            self.flow.break_line()
        if self._is_arranged(element):
            self._arranged.open_table(self.flow)
            self._tables.append(0)
        elif element in self._arranged:
            self._last_cell = self._arranged.open_cell(self.flow, element)
        elif tag == "table":
            self.flow.open_table()
            self._tables.append(0)
        elif tag in _GROUPS and self._tables:
            self._tables[-1] += 1
        elif tag == "tr" and self.flow.between_cells:
            self.flow.open_row(self._group(element))
        elif tag in ("td", "th"):
            self._opened.append(self.flow.between_cells)
            if self.flow.between_cells:
                self._last_cell = self.flow.open_cell(_span(element, "rowspan"), _span(element, "colspan"))
                if self._stray:
                    self.flow.doubt("stray-figure")
                    self._stray = False
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "img":
            self._picture(element)
        elif tag in ("ol", "ul", "menu"):
            self._numbered.append(tag == "ol")
        elif tag == "li" and self.flow.in_cell and self._numbered and self._numbered[-1]:
            self.flow.doubt("not-text")
        elif self.flow.in_cell and tag == "input":
            self._field(element)
        elif self.flow.in_cell and tag in _NOT_TEXT:
            self.flow.doubt("not-text")
        if self._adds_text and self.flow.in_cell:
            self.flow.doubt("not-text")
        if self._unsure and self.flow.in_cell:
            self.flow.doubt(self._unsure)
        self._text(element.text)

    def _is_arranged(self, element: _Element) -> bool:
        """True for a table that the marks of the page do not name; within a table none is looked for."""

        def is_shown(box: _Element) -> bool:
            declared = self._styles.declared(box)
            is_known = declared.get(OPEN, ADDS) == ADDS
            return is_known and box.tag not in _SKIPPED and "hidden" not in box.attrib and not is_hidden(declared)

        return not self._tables and self._arranged.table(element, self._styles.declared, is_shown)

    def _end(self, element: _Element, tag: str) -> None:
        if element in self._arranged:
            if self._arranged.close(self.flow, element):
                self._tables.pop()
        elif tag == "table":
            self.flow.close_table()
            self._tables.pop()
            if not self._tables:
                self._fonts.end_of_table()
        elif tag in ("td", "th") and self._opened.pop():
            self.flow.close_cell()
        elif tag == "pre":
            self._preformatted -= 1
        elif tag in ("ol", "ul", "menu"):
            self._numbered.pop()
        if tag in _BLOCKS:
            self.flow.break_line()

    def _picture(self, element: _Element) -> None:
        """Only a picture inside the page itself is looked at: nothing is fetched."""
        if self.flow.in_cell and not _is_spacer(element):
            self.flow.doubt("not-text")
        data = data_of_address(element.get("src"))
        if data is not None:
            self.flow.picture(lambda: data)

    def _field(self, element: _Element) -> None:
        kind = (element.get("type") or "text").lower()
        if kind in _TYPED:
            self.flow.text(element.get("value"))
            if not element.get("value") and _DIGIT.search(element.get("placeholder") or ""):
                self.flow.doubt("not-text")
        elif kind != "hidden":
            self.flow.doubt("not-text")

    def _group(self, row: _Element) -> tuple[int, int]:
        parent = row.getparent()
        tag = parent.tag if parent is not None else ""
        return _GROUPS.get(str(tag), 1), self._tables[-1]

    def _text(self, text: str | None) -> None:
        if text and self._raised:
            text = raised(text)
        if text and self._looks[-1].is_unseen and not text.isspace():
            self.flow.doubt("hidden-text", text)
            return
        if text and self.flow.between_cells and _DIGIT.search(text):
            # A browser shows it before the table; where it was meant to stand nobody knows.
            self._beside_cells()
        if text and self.flow.in_cell:
            self._fonts.text(text, self._looks[-1].fonts, self.flow.doubt_later)
        in_markdown = self._is_markdown and not self._tables
        if not text or not (self._preformatted or in_markdown):
            self.flow.text(text)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.flow.break_line()
            self.flow.text(plain_line(line) if in_markdown else line)


def _is_spacer(element: _Element) -> bool:
    """True for a picture or frame of next to no width or height."""
    sides = [element.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    return any(side.isdecimal() and int(side[:6]) <= _LARGEST_SPACER for side in sides)


def _span(element: _Element, name: str) -> int:
    """The span as a browser takes it; 0 (for rows) means down to the end of the group."""
    match = re.match(r"\s*\+?(\d{1,9})", element.get(name) or "1")
    value = int(match.group(1)) if match else 1
    if name == "colspan":
        return min(max(value, 1), _WIDEST_SPAN)
    return value


def _slots(rows: Sequence[RowDraft]) -> list[tuple[int, int, CellDraft]]:
    """Places the cells as a browser does: each at the first column of its row that no cell from above reaches into."""
    ordered = sorted(rows, key=lambda row: row.group if row.group[0] != 1 else (1, 0))
    ends = {row.group: number for number, row in enumerate(ordered, 1)}
    free_from: list[int] = []
    placed: list[tuple[int, int, CellDraft]] = []
    for number, row in enumerate(ordered):
        column = 0
        for cell in row.cells:
            while column < len(free_from) and free_from[column] > number:
                column += 1
            if column >= MOST_COLUMNS:
                break
            rows_left = ends[row.group] - number
            cell.row_span = min(cell.row_span or rows_left, rows_left)
            right = column + cell.column_span
            free_from.extend([0] * (right - len(free_from)))
            free_from[column:right] = [number + cell.row_span] * cell.column_span
            placed.append((number, column, cell))
            column = right
    return placed


def _title(root: _Element) -> str:
    named = root.findtext(".//title")
    title = fold(iter([named or ""]))
    if title:
        return title
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name in ("og:title", "articletitle"):
            return fold(iter([meta.get("content") or ""]))
    return ""
