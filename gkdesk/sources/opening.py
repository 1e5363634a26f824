"""Recognises a source by its content, chooses its reader, and turns every failure into words a person understands."""

from __future__ import annotations

import hashlib
import re
import stat
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, Note, SourceKind
from gkdesk.sources import decoding, mail
from gkdesk.sources.office import ole_container
from gkdesk.sources.pictures import recognition
from gkdesk.sources.web import web_archive
from gkdesk.sources.web.slimming import LARGEST_PAGE, slimmed

if TYPE_CHECKING:
    from gkdesk.sources.flow import Flow

OnPage = Callable[[int, int], None]

LARGEST_FILE = 200 << 20
LARGEST_TEXT = 512 << 10
"""Most bytes of a file and a text. Reports have a few megabytes with all their pictures, and their text fills a hundred
kilobytes; a text of more than some hundred thousand words of tables could not be read in time."""

_WORKSPACE_ID = 0x676B6473
_PDF_WITHIN = 1024
_RTF_WITHIN = 64
_HEAD_BYTES = 1 << 18
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")
_TAG = re.compile(
    r"<(?:!doctype html|/?(?:html|head|body|table|tbody|thead|tr|td|th|p|div|span|meta|title|style|script|br|h[1-6]"
    r"|ul|ol|li|center|font|link|article|section|a|strong|b))(?=[\s/>])",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<(?:!doctype html|html|body)(?=[\s/>])", re.IGNORECASE)
_PAGE_ROW = re.compile(r"<tr(?=[\s>])", re.IGNORECASE)
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$", re.MULTILINE)
_OFFICE_XML = re.compile(r"<(?:(pkg:package)|(w:wordDocument)|((?:ss:)?Workbook)|\?mso-application)(?=[\s>])")
_FLAT_DOCUMENT = re.compile(
    r"""<office:document\s[^>]*?\boffice:mimetype=["']application/vnd\.oasis\.opendocument\.(?:(text)|(spreadsheet))["']"""
)
"""The root of a text or sheet of OpenDocument saved as one XML file."""
_NAMED = 3
"""Files attached to a mail that are named in a note."""
_MOST_ODD = 0.05


def _failures() -> tuple[type[Exception], ...]:
    """What the libraries under the readers raise on damaged files; asked for only when something was raised."""
    from zipfile import BadZipFile

    return (
        ArithmeticError,
        BadZipFile,
        EOFError,
        LookupError,
        NotImplementedError,
        RecursionError,
        struct.error,
        ValueError,
        zlib.error,
    )


def load(path: Path) -> bytes:
    """The bytes of a file; raises ``SourceError`` if there is none, or it is empty, too large or not to be read."""
    try:
        status = path.stat()
        if path.is_dir():
            raise SourceError("source.folder", name=path.name)
        if not stat.S_ISREG(status.st_mode):
            # A pipe, a device or a socket: whoever opens it may wait for ever, or never see its end.
            raise SourceError("source.not-a-file")
        if status.st_size > LARGEST_FILE:
            raise SourceError("source.too-large", limit=LARGEST_FILE >> 20)
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise SourceError("source.not-found", name=path.name) from error
    except (OSError, ValueError) as error:
        raise SourceError("source.not-readable", name=path.name) from error
    if not data:
        raise SourceError("source.empty")
    if len(data) > LARGEST_FILE:
        raise SourceError("source.too-large", limit=LARGEST_FILE >> 20)
    return data


def is_zip(path: Path) -> bool:
    """True for a file that begins like a ZIP archive; False also if it cannot be looked at."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return stream.read(4).startswith(_ZIP)
    except OSError:
        return False


def recognise(data: bytes) -> SourceKind:
    """The kind of a source, by its content; raises ``SourceError`` with the reason if it is none of them."""
    if not data:
        raise SourceError("source.empty")
    if data.startswith(b"%PDF-"):
        return SourceKind.PDF
    if data.startswith(_ZIP):
        from gkdesk.sources.office_zip import recognise_zip

        return recognise_zip(data)
    if data.startswith(b"SQLite format 3\0"):
        if data[68:72] == _WORKSPACE_ID.to_bytes(4, "big"):
            return SourceKind.WORKSPACE
        raise SourceError("source.unrecognised")
    if data.startswith(ole_container.SIGNATURE):
        return _recognise_ole(data)
    if data[:_RTF_WITHIN].lstrip().startswith(b"{\\rtf"):
        return SourceKind.RTF
    if _is_picture(data):
        return SourceKind.PICTURE
    _refuse_binary(data)
    if b"%PDF-" in data[:_PDF_WITHIN] and b"obj" in data:
        return SourceKind.PDF
    return _recognise_text(data)


def read(
    data: bytes,
    password: str | None = None,
    on_page: OnPage | None = None,
    recognise_pages: bool = True,
    kind: SourceKind | None = None,
) -> Content:
    """The content of a source, by whichever reader its kind has; ``kind`` if it was recognised before.

    ``on_page(done, total)`` is called before each page that has to be recognised from pixels, which takes seconds; what
    it raises ends the reading. Without ``recognise_pages`` pages that are pictures have nothing but their size.
    Raises ``SourceError`` for whatever cannot be read: unknown kinds, damaged or encrypted files, and workbooks and
    workspaces of gkdesk itself, which are not sources.
    """
    kind = kind or recognise(data)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        with recognition.told_to(on_page):
            return _read(kind, data, sha256, password, on_page, recognise_pages)
    except MemoryError as error:
        raise SourceError("source.inflated") from error
    except _failures() as error:
        raise SourceError("source.broken") from error


def _read(
    kind: SourceKind,
    data: bytes,
    sha256: str,
    password: str | None,
    on_page: OnPage | None,
    recognise_pages: bool,
) -> Content:
    if kind is SourceKind.LOCKED:
        return _read_locked(data, sha256, password)
    if kind is SourceKind.PDF:
        return _read_pdf(data, sha256, password, on_page, recognise_pages)
    if kind is SourceKind.OFD:
        from gkdesk.sources.ofd import reader

        return reader.read(data, sha256, on_page, recognise_pages)
    if kind is SourceKind.PICTURE:
        return _read_picture(data, sha256, on_page, recognise_pages)
    if kind is SourceKind.MAIL:
        return _read_mail(data, sha256)
    if kind is SourceKind.DOC:
        from gkdesk.sources.office import legacy_office

        return legacy_office.read_doc(data, sha256, password)
    if kind is SourceKind.XLS:
        from gkdesk.sources.office import xls

        return xls.read(data, sha256, password)
    return _reader_of(kind)(data, sha256)


def _reader_of(kind: SourceKind) -> Callable[[bytes, str], Content]:
    """The reader of a kind that needs nothing but the bytes, loaded only now: each brings modules no other needs."""
    if kind is SourceKind.TEXT:
        from gkdesk.sources.text import read
    elif kind is SourceKind.MARKDOWN:
        from gkdesk.sources.markdown import read
    elif kind is SourceKind.HTML:
        from gkdesk.sources.web.html import read
    elif kind is SourceKind.DOCX:
        from gkdesk.sources.office import docx

        return partial(docx.read, read_embedded=_read_into)
    elif kind is SourceKind.XLSX:
        from gkdesk.sources.office.xlsx import read
    elif kind is SourceKind.RTF:
        from gkdesk.sources.office.legacy_office import read_rtf as read
    elif kind in (SourceKind.WORD_XML, SourceKind.SHEET_XML):
        from gkdesk.sources.office.office_xml import read
    elif kind in (SourceKind.ODT, SourceKind.ODS):
        from gkdesk.sources.office.open_document import read
    else:
        raise SourceError("source.unrecognised")
    return read


def _read_pdf(data: bytes, sha256: str, password: str | None, on_page: OnPage | None, recognise_pages: bool) -> Content:
    from gkdesk.sources.pdf import reader

    return reader.read(data, sha256, password, on_page, recognise_pages)


def _read_picture(data: bytes, sha256: str, on_page: OnPage | None, recognise_pages: bool) -> Content:
    if not recognition.is_available():
        raise SourceError("source.no-recognition")
    from gkdesk.sources.pictures import scan

    return scan.read(data, sha256, on_page) if recognise_pages else scan.outline(data, sha256)


def _read_into(data: bytes, flow: Flow) -> bool:
    """Puts a page or text that stands in a document where it stands; False for other kinds. Raises ``SourceError``."""
    kind = recognise(data)
    if kind is SourceKind.HTML:
        from gkdesk.sources.web.html import read_into

        read_into(data, flow)
    elif kind in (SourceKind.TEXT, SourceKind.MARKDOWN):
        for line in decoding.decode(data).splitlines():
            flow.text(line)
            flow.break_line()
    return kind in (SourceKind.HTML, SourceKind.TEXT, SourceKind.MARKDOWN)


def _read_mail(data: bytes, sha256: str) -> Content:
    """What is written in a mail; the files attached to it are sources of their own."""
    opened = mail.open_mail(data)
    body = max(opened.bodies, key=lambda each: len(mail.text_of(each.source)), default=None)
    if body is None:
        raise SourceError("source.mail-empty")
    kind = SourceKind.HTML if body.is_page or recognise(body.source) is SourceKind.HTML else SourceKind.TEXT
    content = _reader_of(kind)(body.source, sha256)
    if not content.title:
        # Many a report has its title in the subject only.
        content = replace(content, title=opened.subject)
    names = [file.name for file in opened.attachments]
    if not names:
        return content
    note = Note("mail-attachments", {"names": "、".join(names[:_NAMED]), "count": len(names)})
    return replace(content, notes=(*content.notes, note))


def _read_locked(data: bytes, sha256: str, password: str | None) -> Content:
    """A document that Office put, encrypted, into the old container."""
    from gkdesk.sources.office.passwords import unlock

    plain = unlock(data, password)
    # An exported workbook behind a password is read like anybody's: what it says, not what was once read from where.
    kind = SourceKind.DOCX if recognise(plain) is SourceKind.DOCX else SourceKind.XLSX
    return _reader_of(kind)(plain, sha256)


def _recognise_ole(data: bytes) -> SourceKind:
    kind = ole_container.kind_of(data)
    if kind is None and ole_container.OUTLOOK in ole_container.top_names(data):
        raise SourceError("source.outlook-mail")
    if kind is None:
        raise SourceError("source.broken" if ole_container.is_cut(data) else "source.legacy-office")
    return kind


def _refuse_binary(data: bytes) -> None:
    """Raises ``SourceError`` for the files people mistake for a report, each with advice of its own."""
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        raise SourceError("source.picture")
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        raise SourceError("source.archive")


def _is_picture(data: bytes) -> bool:
    webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    bitmap = data.startswith(b"BM") and data[6:10] == b"\0\0\0\0"
    return webp or bitmap or data.startswith(_PICTURES)


def _recognise_text(data: bytes) -> SourceKind:
    head = decoding.decode(data[:_HEAD_BYTES])
    if decoding.odd_share(head) > _MOST_ODD:
        raise SourceError("source.unrecognised")
    if not head.strip():
        # Single bytes of old code pages mean a blank, too: a file of nothing but those is damaged, not empty.
        raise SourceError("source.empty" if _is_blank(data[:_HEAD_BYTES]) else "source.unrecognised")
    if decoding.has_lost_characters(head):
        raise SourceError("source.characters-lost")
    if mail.is_mail(data):
        return SourceKind.MAIL
    if head.lstrip("\ufeff \r\n\t").startswith("<") and (found := _office_xml(head)) is not None:
        return found
    is_page = web_archive.is_web_archive(data) or _is_page(head)
    if is_page:
        # What counts is what is parsed: not the scripts of a saved page, nor pictures it need not have.
        if len(data) > LARGEST_PAGE and (web_archive.is_web_archive(data) or len(slimmed(data)[0]) > LARGEST_PAGE):
            raise SourceError("source.too-large", limit=LARGEST_PAGE >> 20)
        return SourceKind.HTML
    if len(data) > LARGEST_TEXT:
        raise SourceError("source.too-large")
    if head.lstrip().startswith("<?xml"):
        raise SourceError("source.unrecognised")
    return SourceKind.MARKDOWN if _is_markdown(head) else SourceKind.TEXT


def _is_blank(data: bytes) -> bool:
    """True for bytes that mean blanks in an encoding that they name, in UTF-8 or in ASCII."""
    named = decoding.byte_order_mark(data) is not None or decoding.is_utf8(data)
    return named or not data.strip(b" \t\r\n\f\v\0")


def _office_xml(head: str) -> SourceKind | None:
    """The kind of a document that Office saved as XML; None for other XML."""
    kinds = {1: SourceKind.DOCX, 2: SourceKind.WORD_XML, 3: SourceKind.SHEET_XML}
    for found in _OFFICE_XML.finditer(head, 0, 4096):
        if found.lastindex is not None:
            return kinds[found.lastindex]
    if _OFFICE_XML.search(head, 0, 4096):
        raise SourceError("source.legacy-office")
    flat = _FLAT_DOCUMENT.search(head, 0, 1 << 14)
    return (SourceKind.ODT if flat[1] else SourceKind.ODS) if flat is not None else None


def _is_page(head: str) -> bool:
    if _PAGE.search(head):
        return True
    if _is_markdown(head):
        # What has no place in Markdown, merged cells, converters write as the tables of a page.
        return len(_PAGE_ROW.findall(head)) > len(_PIPE_ROW.findall(head))
    return _TAG.match(head.lstrip()) is not None or sum(1 for _ in _TAG.finditer(head)) >= 6


def _is_markdown(head: str) -> bool:
    from gkdesk.sources.markdown import looks_like_markdown

    return looks_like_markdown(head)
