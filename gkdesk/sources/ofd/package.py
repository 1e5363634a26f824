"""OFD containers (GB/T 33190): from the list of documents to what each page is made of.

All lengths in an OFD are millimetres. Makers differ in how they write paths, prefixes and capitals, so parts are found
by any of the readings a path allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.sources.office_zip import OFD_MAIN, OfficeZip, local_name
from gkdesk.sources.pictures.pictured_pages import MOST_PAGES

if TYPE_CHECKING:
    from lxml.etree import _Element

_A4 = (210.0, 297.0)
_LARGEST_SIDE = 5_000.0
"""Millimetres: the size of a page that gives none, and a size no paper has."""
_MOST_DOCUMENTS = 20
_BEHIND = frozenset({"", "Background"})
_MOST_SHARED = 200
"""Template pages and resource files of one document that are read."""
_MOST_MEDIA = 2_000
_MOST_DRAWN = 40 << 20
"""Bytes of all listed pages together; that of a report with all its tables has a fifth of a megabyte."""
_MOST_OVERLAYS = 1_000
_BESIDE_TEXT = frozenset({"Link", "Highlight", "Stamp"})
"""Kinds of annotations that change nothing of what a page says."""


@dataclass(slots=True)
class Resources:
    """What pages refer to by number: drawing parameters, drawings made up of others, and the parts with pictures."""

    parameters: dict[str, _Element] = field(default_factory=dict)
    composites: dict[str, _Element] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)

    def add(self, root: _Element, part_of: Callable[[str], str]) -> None:
        """Take in a resource file; ``part_of`` finds the part that a path in it means."""
        for element in root.iter():
            match local_name(element):
                case "DrawParam":
                    self.parameters[attribute(element, "ID")] = element
                case "CompositeGraphicUnit" | "VectorG":
                    self.composites.setdefault(attribute(element, "ID"), element)
                case "MultiMedia" if len(self.media) < _MOST_MEDIA:
                    file = child(element, "MediaFile")
                    self.media[attribute(element, "ID")] = part_of(text_of(file)) if file is not None else ""


@dataclass(frozen=True, slots=True)
class PagePart:
    """A page: its size in millimetres, and the parts drawn on it, back to front. ``contents`` is empty if damaged.

    ``overlays`` are the appearances of what was put on the page later: notes, and figures typed over others.
    """

    width: float
    height: float
    contents: tuple[_Element, ...]
    resources: Resources
    broken: bool = False
    overlays: tuple[_Element, ...] = ()


class OfdPackage:
    """An open OFD file. Methods raise ``SourceError`` for a damaged, encrypted or dangerously inflated one."""

    def __init__(self, container: OfficeZip) -> None:
        self._container = container
        self._room = _MOST_DRAWN
        self._names = {_key(name): name for name in sorted(container.names, reverse=True)}
        self._main = min((name for name in self._names if OFD_MAIN.fullmatch(name)), key=len, default="")
        if not self._main:
            raise SourceError("source.broken")
        root = container.xml(self._names[self._main])
        self._bodies = [element for element in root.iter() if local_name(element) == "DocBody"][:_MOST_DOCUMENTS]
        if any(key.rpartition("/")[2] == "encryptions.xml" for key in self._names):
            raise SourceError("source.encrypted-ofd")
        if not self._bodies:
            raise SourceError("source.broken")

    def title(self) -> str:
        """The title of the first document, or an empty text."""
        return next((text_of(element) for element in self._bodies[0].iter() if local_name(element) == "Title"), "")

    def page_count(self) -> int:
        """How many pages all documents list."""
        return sum(len(_listed_pages(self._xml(document))) for document in self._documents())

    def pages(self) -> Iterator[PagePart]:
        """The pages of all documents, in order."""
        for document in self._documents():
            yield from self._pages_of(document)

    def _documents(self) -> Iterator[str]:
        for body in self._bodies:
            root = child(body, "DocRoot")
            if root is not None:
                yield self._find(text_of(root), "")

    def _pages_of(self, document: str) -> Iterator[PagePart]:
        root = self._xml(document)
        common = child(root, "CommonData")
        size = _size(child(common, "PageArea"), _A4)
        resources, templates = Resources(), {}
        for element in list(common if common is not None else ())[:_MOST_SHARED]:
            match local_name(element):
                case "PublicRes" | "DocumentRes":
                    self._add_resources(text_of(element), document, resources)
                case "TemplatePage":
                    templates[attribute(element, "ID")] = attribute(element, "BaseLoc")
        parts: dict[str, _Element | None] = {
            identity: self._try(location, document) for identity, location in templates.items()
        }
        overlays = self._overlays(root, document)
        self._refuse_more_than_is_drawn(root, document)
        for element in _listed_pages(root):
            page = self._page(attribute(element, "BaseLoc"), document, size, resources, parts)
            yield replace(page, overlays=tuple(overlays.get(attribute(element, "ID"), ())))

    def _refuse_more_than_is_drawn(self, root: _Element, document: str) -> None:
        """Raises ``SourceError`` if the pages are too large together: the same one may be listed many hundred times."""
        parts = (self._find(attribute(element, "BaseLoc"), document) for element in _listed_pages(root)[:MOST_PAGES])
        self._room -= sum(self._container.size(self._names.get(part, "")) for part in parts)
        if self._room < 0:
            raise SourceError("source.inflated")

    def _overlays(self, root: _Element, document: str) -> dict[str, list[_Element]]:
        """What annotations put on pages, by the number of the page; seals, links and highlights are left out."""
        listed = child(root, "Annotations")
        part = self._try(text_of(listed), document) if listed is not None else None
        found: dict[str, list[_Element]] = {}
        if part is None:
            return found
        here = self._find(text_of(listed), document) if listed is not None else ""
        for page in [element for element in part if local_name(element) == "Page"][:_MOST_SHARED]:
            file = child(page, "FileLoc")
            annotations = self._try(text_of(file), here) if file is not None else None
            for annotation in list(annotations if annotations is not None else ())[:_MOST_OVERLAYS]:
                look = child(annotation, "Appearance")
                shown = attribute(annotation, "Visible").lower() not in ("false", "0")
                if shown and look is not None and attribute(annotation, "Type") not in _BESIDE_TEXT:
                    found.setdefault(attribute(page, "PageID"), []).append(look)
        return found

    def _page(
        self,
        location: str,
        document: str,
        size: tuple[float, float],
        resources: Resources,
        templates: dict[str, _Element | None],
    ) -> PagePart:
        root = self._try(location, document)
        if root is None:
            return PagePart(*size, (), resources, broken=True)
        behind: list[_Element] = []
        before: list[_Element] = []
        own = child(root, "Content")
        broken = False
        for element in root:
            if local_name(element) == "Template":
                template = templates.get(attribute(element, "TemplateID"))
                broken |= template is None
                content = child(template, "Content")
                if content is not None:
                    (behind if attribute(element, "ZOrder") in _BEHIND else before).append(content)
            elif local_name(element) == "PageRes":
                self._add_resources(text_of(element), self._find(location, document), resources)
        contents = (*behind, *(() if own is None else (own,)), *before)
        return PagePart(*_size(child(root, "Area"), size), contents, resources, broken)

    def _add_resources(self, location: str, beside: str, resources: Resources) -> None:
        root = self._try(location, beside)
        if root is None:
            return
        here, folder = self._find(location, beside), attribute(root, "BaseLoc")
        resources.add(root, lambda path: self._find(f"{folder}/{path}", here) or self._find(path, here))

    def media(self, part: str) -> bytes:
        """The bytes of a picture, by the name that :class:`Resources` has for its part."""
        return self._container.part(self._names.get(part, ""))

    def _try(self, location: str, beside: str) -> _Element | None:
        """A part parsed; None if it is absent or damaged, which costs no more than what stands in it."""
        try:
            return self._xml(self._find(location, beside))
        except SourceError as error:
            if error.code != "source.broken":
                raise
            return None

    def _xml(self, key: str) -> _Element:
        if key not in self._names:
            raise SourceError("source.broken")
        return self._container.xml(self._names[key])

    def _find(self, location: str, beside: str) -> str:
        """The part a path means: from the part it is written in, else from the document's folder, else from the top."""
        path = _key(location)
        top = self._main.rpartition("/")[0]
        folders = [] if location.startswith(("/", "\\")) else [beside.rpartition("/")[0]]
        for folder in (*folders, top, "", beside.rpartition("/")[0]):
            found = _joined(folder, path)
            if found in self._names:
                return found
        return ""


def _listed_pages(document: _Element) -> list[_Element]:
    pages = child(document, "Pages")
    return [element for element in pages if local_name(element) == "Page"] if pages is not None else []


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child of that local name."""
    if element is None:
        return None
    return next((found for found in element if local_name(found) == name), None)


def attribute(element: _Element, name: str) -> str:
    """An attribute by its name in any capitals; empty if there is none."""
    value = element.get(name)
    if value is not None:
        return value
    wanted = name.lower()
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2].lower() == wanted), "")


def text_of(element: _Element) -> str:
    """The element's own text without blanks around it."""
    return (element.text or "").strip()


def numbers(text: str) -> list[float]:
    """The numbers of a list such as ``"0 0 210 297"``; what is none ends the list."""
    found = []
    for word in text.replace(",", " ").split():
        try:
            value = float(word)
        except ValueError:
            break
        if not -1e6 < value < 1e6:
            break
        found.append(value)
    return found


def _size(area: _Element | None, otherwise: tuple[float, float]) -> tuple[float, float]:
    box = child(area, "PhysicalBox")
    if box is None:
        return otherwise
    edges = numbers(text_of(box))
    if len(edges) == 4 and all(1.0 <= side <= _LARGEST_SIDE for side in edges[2:]):
        return edges[2], edges[3]
    return otherwise


def _key(name: str) -> str:
    return _joined("", name.replace("\\", "/").lower())


def _joined(folder: str, path: str) -> str:
    steps = folder.split("/") if folder else []
    for step in path.split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step not in ("", ".", ".."):
            steps.append(step)
    return "/".join(steps)
