"""Documents in the XML of Office 2003, read by way of an installed LibreOffice.

Without one the reader is told to save them anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, SourceKind
from gkdesk.sources.office import docx, suite, xlsx
from gkdesk.sources.office.flat_package import parsed

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_WORKBOOK = "{urn:schemas-microsoft-com:office:spreadsheet}Workbook"


def read(data: bytes, sha256: str) -> Content:
    """The text and tables of a document.

    Raises ``SourceError``: ``source.too-large``, ``source.inflated``, ``source.broken``, or ``source.legacy-office`` if
    nothing on this computer can read it.
    """
    root = parsed(data)
    if root.tag == _WORKBOOK:
        return replace(xlsx.read(_converted(data, ".xlsx"), sha256), kind=SourceKind.XLS)
    if not all(_gives_columns(table) for table in root.iter(f"{_WORD}tbl")):
        # LibreOffice leaves out the cells of such a table. Word writes none.
        raise SourceError("source.legacy-office")
    return replace(docx.read(_converted(data, ".docx"), sha256), kind=SourceKind.DOC)


def _gives_columns(table: _Element) -> bool:
    """True if a table names as many columns as its rows have cells at least."""
    columns = len(table.findall(f"{_WORD}tblGrid/{_WORD}gridCol"))
    return all(len(row.findall(f"{_WORD}tc")) <= columns for row in table.iterchildren(f"{_WORD}tr"))


def _converted(data: bytes, to: str) -> bytes:
    converted = suite.converted(data, ".xml", to)
    if converted is None:
        raise SourceError("source.legacy-office")
    return converted
