"""Old Word documents (.doc, and .wps of WPS) and rich text (.rtf), read by way of a DOCX.

Word documents are turned into one by msdoc2docx, where that fails by an installed LibreOffice; rich text by LibreOffice
alone. Without either, the reader is told to save the document as DOCX.
"""

from __future__ import annotations

import re
import struct
import tempfile
import zlib
from dataclasses import replace
from pathlib import Path

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, SourceKind
from gkdesk.sources.office import docx, ole_container, suite

LARGEST = 32 << 20
"""Bytes of a document; with all its pictures a report has a few million."""

_RAW = re.compile(rb"\\bin(\d{1,12})")
"""In rich text: the number of bytes that follow as they are."""

_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What msdoc2docx raises on documents it has no eye for, besides its own errors."""


def read_doc(data: bytes, sha256: str, password: str | None = None) -> Content:
    """The text and tables of a Word document of before 2007.

    Raises ``SourceError``: ``source.encrypted``, ``source.wrong-password``, ``source.too-large``, ``source.broken`` if
    its end is missing, or ``source.legacy-office`` if nothing on this computer can read it.
    """
    _refuse_large(data)
    converted = _converted(data, password)
    if converted is not None:
        try:
            return _as(SourceKind.DOC, docx.read(converted, sha256))
        except SourceError:
            # A conversion that came out wrong is one that failed.
            pass
    return _through_program(data, ".doc", SourceKind.DOC, sha256)


def read_rtf(data: bytes, sha256: str) -> Content:
    """The text and tables of a rich text; raises ``SourceError`` if it is large or cut, or there is no LibreOffice."""
    _refuse_large(data)
    if any(int(found[1]) > len(data) - found.end() for found in _RAW.finditer(data)):
        # LibreOffice would wait for what is not there until its time is over.
        raise SourceError("source.broken")
    return _through_program(data, ".rtf", SourceKind.RTF, sha256)


def _through_program(data: bytes, suffix: str, kind: SourceKind, sha256: str) -> Content:
    converted = suite.as_docx(data, suffix)
    if converted is None:
        # To save a cut document as another one helps nobody.
        is_cut = kind is SourceKind.DOC and ole_container.is_cut(data)
        raise SourceError("source.broken" if is_cut else "source.legacy-office")
    return _as(kind, docx.read(converted, sha256))


def _as(kind: SourceKind, content: Content) -> Content:
    return replace(content, kind=kind)


def _refuse_large(data: bytes) -> None:
    if len(data) > LARGEST:
        raise SourceError("source.too-large", limit=LARGEST >> 20)


def _converted(data: bytes, password: str | None) -> bytes | None:
    """The document as DOCX by msdoc2docx; None if that is not installed or cannot do it."""
    try:
        from doc2docx import convert
        from doc2docx.errors import Doc2DocxError, EncryptedDocumentError
    except ImportError:
        return None
    try:
        with tempfile.TemporaryDirectory(prefix="gkdesk-", ignore_cleanup_errors=True) as name:
            source, target = Path(name) / "report.doc", Path(name) / "report.docx"
            source.write_bytes(data)
            convert(source, target, password=password)
            return target.read_bytes()
    except EncryptedDocumentError as error:
        raise SourceError("source.wrong-password" if password else "source.encrypted") from error
    except (Doc2DocxError, *_FAILURES):
        return None
