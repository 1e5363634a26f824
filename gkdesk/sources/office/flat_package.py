"""Word documents saved as one XML file (Flat OPC): their parts become a container in memory."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.sources.office_zip import safe_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 40 << 20
MOST_PARTS = 5_000
"""Bytes of a file, and parts of a package."""

_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def as_zip(data: bytes) -> bytes:
    """The container of a document; a document that is in one already is given as it is.

    Raises ``SourceError``: ``source.too-large``, ``source.inflated``, ``source.broken``.
    """
    if data.startswith(b"PK"):
        return data
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        names: set[str] = set()
        for part in parsed(data).iterchildren(f"{_PACKAGE}part"):
            name = (part.get(f"{_PACKAGE}name") or "").lstrip("/")
            if not name or name in names:
                continue
            names.add(name)
            if len(names) > MOST_PARTS:
                raise SourceError("source.inflated")
            container.writestr(name, _content(part))
    return stream.getvalue()


def parsed(data: bytes) -> _Element:
    """A document of one XML file; entities, document types and everything outside of it stay out. Raises like
    :func:`as_zip`."""
    from lxml import etree

    if len(data) > LARGEST:
        raise SourceError("source.too-large", limit=LARGEST >> 20)
    # The pictures in it are longer than the longest text that is otherwise allowed.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(safe_xml(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("source.broken") from error


def _content(part: _Element) -> bytes:
    from lxml import etree

    for held in part:
        if held.tag == f"{_PACKAGE}xmlData" and len(held):
            return etree.tostring(held[0], encoding="utf-8", xml_declaration=True, with_tail=False)
        if held.tag == f"{_PACKAGE}binaryData":
            try:
                return base64.b64decode(held.text or "")
            except (binascii.Error, ValueError) as error:
                raise SourceError("source.broken") from error
    return b""
