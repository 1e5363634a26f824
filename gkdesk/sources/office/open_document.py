"""Texts and sheets of OpenDocument (.odt, .ods; .fodt, .fods as one XML file), read by an installed LibreOffice, as a
DOCX or a workbook.

Without one the reader is told to save the document in another format.
"""

from __future__ import annotations

from dataclasses import replace

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, SourceKind
from gkdesk.sources.office import docx, suite, xlsx
from gkdesk.sources.office.flat_package import parsed
from gkdesk.sources.office_zip import OfficeZip, recognise_zip

LARGEST = 32 << 20
"""Bytes of a document; with all its pictures a report has a few million."""

_MANIFEST = "META-INF/manifest.xml"
_ZIP = b"PK"
_MIMETYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}mimetype"
_SHEET = "opendocument.spreadsheet"


def read(data: bytes, sha256: str) -> Content:
    """The text and tables of a document.

    Raises ``SourceError``: ``source.too-large``, ``source.encrypted-office``, ``source.inflated``, ``source.broken``,
    or ``source.open-document`` if nothing on this computer can read it.
    """
    if len(data) > LARGEST:
        raise SourceError("source.too-large", limit=LARGEST >> 20)
    if data.startswith(_ZIP):
        _refuse_unreadable(data)
        is_sheet, flat = recognise_zip(data) is SourceKind.ODS, ""
    else:
        is_sheet, flat = _SHEET in (parsed(data).get(_MIMETYPE) or ""), "f"
    if is_sheet:
        return replace(xlsx.read(_converted(data, f".{flat}ods", ".xlsx"), sha256), kind=SourceKind.ODS)
    return replace(docx.read(_converted(data, f".{flat}odt", ".docx"), sha256), kind=SourceKind.ODT)


def _refuse_unreadable(data: bytes) -> None:
    """Keeps from LibreOffice what it would ask a password for, and what unpacks to more than any report."""
    with OfficeZip(data) as container:
        if _MANIFEST in container.names and b"encryption-data" in container.part(_MANIFEST):
            raise SourceError("source.encrypted-office")
        container.xml("content.xml")


def _converted(data: bytes, suffix: str, to: str) -> bytes:
    converted = suite.converted(data, suffix, to)
    if converted is None:
        raise SourceError("source.open-document")
    return converted
