"""Office containers (ZIP): which kind they are, and their parts read within bounds."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from types import TracebackType
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.content import SourceKind

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_PART = 32 << 20
MOST_READ = 96 << 20
MOST_TAGS = 3_000_000
"""Most bytes of one unpacked part, of all parts that are read, and most elements of a part; the part with a whole
report has about one megabyte."""

_LARGEST_TOTAL = 2 << 30
_MOST_PARTS = 20_000
_HIGHEST_RATIO = 200
_UNSUSPICIOUS = 4 << 20
_ENCRYPTED = 0x1
_FAILURES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, OSError, RuntimeError, ValueError)
"""What zipfile raises on damaged containers."""
OFD_MAIN = re.compile(r"[/\\]?(?:[^/\\]+[/\\])?ofd\.xml", re.IGNORECASE)
"""At the top, or one folder below where the files were packed again by hand."""
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_DOCUMENTS = {"text": SourceKind.ODT, "spreadsheet": SourceKind.ODS}
_EXPORTED = re.compile(rb"""<[A-Za-z0-9_:]*property\b[^>]*\bname\s*=\s*["']gkdesk["']""")


class OfficeZip:
    """A document's container, open for reading; use it in a ``with`` statement.

    Every method raises ``SourceError`` for a damaged, encrypted or dangerously inflated container.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAILURES as error:
            raise SourceError("source.broken") from error
        parts = self._zip.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_TOTAL:
            raise SourceError("source.inflated")
        self._room = MOST_READ
        self.names = frozenset(part.filename for part in parts)

    def __enter__(self) -> OfficeZip:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def part(self, name: str) -> bytes:
        """The bytes of a part; raises ``SourceError("source.broken")`` if there is none of that name."""
        if name not in self.names:
            raise SourceError("source.broken")
        info = self._zip.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise SourceError("source.encrypted-office")
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > LARGEST_PART or (info.file_size > _UNSUSPICIOUS and ratio > _HIGHEST_RATIO):
            raise SourceError("source.inflated")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(LARGEST_PART + 1)
        except _FAILURES as error:
            raise SourceError("source.broken") from error
        self._room -= len(data)
        if len(data) > LARGEST_PART or self._room < 0:
            raise SourceError("source.inflated")
        return data

    def size(self, name: str) -> int:
        """The bytes of a part as its container announces them; 0 if there is none of that name."""
        return self._zip.getinfo(name).file_size if name in self.names else 0

    def xml(self, name: str) -> _Element:
        """A part parsed; entities, document types and everything outside the part stay out."""
        from lxml import etree

        data = safe_xml(self.part(name))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise SourceError("source.broken") from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Of a part (empty for the container): by relation id, the last word of its type and the target's name."""
        folder, _, name = part.rpartition("/")
        where = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if where not in self.names:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in self.xml(where):
            if relation.get("TargetMode") != "External":
                kind = (relation.get("Type") or "").rpartition("/")[2]
                found[relation.get("Id") or ""] = (kind, _absolute(folder, relation.get("Target") or ""))
        return found

    def main_part(self, usual: str) -> str:
        """The name of the part with the document itself; ``usual`` where the container does not say."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target in self.names:
                return target
        return usual


def recognise_zip(data: bytes) -> SourceKind:
    """The kind of document in a ZIP container, by its parts; raises ``SourceError`` if it is none."""
    with OfficeZip(data) as container:
        names = container.names
        if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
            return SourceKind.DOCX
        if "xl/workbook.xml" in names:
            exported = "docProps/custom.xml" in names and _EXPORTED.search(container.part("docProps/custom.xml"))
            return SourceKind.WORKBOOK if exported else SourceKind.XLSX
        if "xl/workbook.bin" in names:
            raise SourceError("source.legacy-office")
        if any(OFD_MAIN.fullmatch(name) for name in names):
            return SourceKind.OFD
        open_document = _open_document(container)
        if open_document is not None:
            return open_document
        if names & {"[Content_Types].xml", "mimetype"}:
            raise SourceError("source.unrecognised")
        # An archive that was chosen itself was looked into before; this one lies too deep inside another file.
        raise SourceError("source.nested-archive")


def _open_document(container: OfficeZip) -> SourceKind | None:
    """The kind of a text or sheet in the format of OpenDocument, also of a template; None for anything else."""
    if not {"mimetype", "content.xml"} <= container.names:
        return None
    kind = container.part("mimetype").decode("ascii", "replace").strip()
    return _OPEN_DOCUMENTS.get(kind.removeprefix(_OPEN_DOCUMENT).removesuffix("-template"))


def safe_xml(data: bytes) -> bytes:
    """The part itself; raises ``SourceError`` if it declares a document type, which no office program writes, or is
    too large to be parsed within bounds."""
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise SourceError("source.broken")
    if data.count(b"<") > MOST_TAGS:
        raise SourceError("source.inflated")
    return data


def local_name(element: _Element) -> str:
    """The element's name without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _absolute(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step not in ("", ".", ".."):
            steps.append(step)
    return "/".join(steps)
