"""Documents in the XML of Office 2003, read by way of an installed LibreOffice.

Without one the reader is told to save them anew.
"""

from __future__ import annotations

from dataclasses import replace

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, SourceKind
from gkdesk.sources.office import docx, suite, xlsx
from gkdesk.sources.office.flat_package import parsed

_WORKBOOK = "{urn:schemas-microsoft-com:office:spreadsheet}Workbook"


def read(data: bytes, sha256: str) -> Content:
    """The text and tables of a document.

    Raises ``SourceError``: ``source.too-large``, ``source.inflated``, ``source.broken``, or ``source.legacy-office`` if
    nothing on this computer can read it.
    """
    if parsed(data).tag == _WORKBOOK:
        return replace(xlsx.read(_converted(data, ".xlsx"), sha256), kind=SourceKind.XLS)
    return replace(docx.read(_converted(data, ".docx"), sha256), kind=SourceKind.DOC)


def _converted(data: bytes, to: str) -> bytes:
    converted = suite.converted(data, ".xml", to)
    if converted is None:
        raise SourceError("source.legacy-office")
    return converted
