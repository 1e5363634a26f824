"""The readers under test: the files each starts from, how they are damaged, and how one is read."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from functools import cache
from pathlib import Path
from random import Random

from gkdesk.errors import SourceError
from gkdesk.sources.opening import recognise
from gkdesk.sources.web.web_archive import is_web_archive
from gkdesk.workflow import tasks
from gkdesk.workflow.collection import Source, sources_in
from gkdesk.workflow.isolated import Here
from gkdesk.workflow.progress import NO_PROGRESS
from tests.fuzz import mutations
from tests.fuzz.mutations import Mutation

TESTS = Path(__file__).parents[1]
CORPUS = TESTS / "corpus" / "documents"
DOCUMENTS = TESTS / "sources" / "documents"

_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_SCALE = 0.25
"""Of the first page's picture, which the window draws in its own process."""


@dataclass(frozen=True)
class Reader:
    """A reader: the files it starts from, how they are damaged, and what has to survive them."""

    seeds: Callable[[], Sequence[bytes]]
    mutations: Sequence[Mutation]
    read: Callable[[bytes], None]


def read_source(data: bytes) -> None:
    """Read, extract and check as the program does; then draw the first page if there are pages."""
    content = tasks.read_bytes("case", data).content
    if content is not None and content.pages:
        pages = tasks.open_pages(data)
        try:
            pages.render(1, _SCALE)
        finally:
            pages.close()


def read_picture(data: bytes) -> None:
    """Unpack and draw the pages of a picture file; recognising what they show is no matter of damaged files."""
    pages = tasks.open_pages(data)
    try:
        for number in (1, 2):
            pages.render(number, _SCALE)
    except IndexError:
        return
    finally:
        pages.close()


def read_mail(data: bytes) -> None:
    """What is written in a mail, and every file attached to it, as far as each can be read."""
    read_archive(data, "case.eml")


def read_archive(data: bytes, name: str = "case.zip") -> None:
    """Every file of an archive, as far as each can be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        for source in sources_in([path]):
            tasks.read_report(source)


def read_workspace(data: bytes) -> None:
    """Every report of a workspace."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.gkdesk"
        path.write_bytes(data)
        for read in tasks.read_each(Source(path, path.name), None, NO_PROGRESS, Here()):
            assert read.review is not None


def case(reader: str, seed: int, number: int) -> bytes:
    """The damaged file of this number; the same in every run."""
    chosen = READERS[reader]
    return mutations.mutated(Random(f"{seed}/{reader}/{number}"), _seeds(reader), chosen.mutations)


def forget_seeds() -> None:
    """Make the files to start from anew when they are next wanted."""
    _seeds.cache_clear()


def start_from(folder: Path) -> None:
    """Start from the documents of a folder, too, each for the reader of its kind."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".json"):
        data = path.read_bytes()
        reader = _reader_of(data)
        if reader is not None and len(data) <= mutations.LARGEST:
            _others.setdefault(reader, []).append(data)
    forget_seeds()


_others: dict[str, list[bytes]] = {}
"""Documents that are not the project's own, by reader."""


def _reader_of(data: bytes) -> str | None:
    try:
        kind = "mht" if is_web_archive(data) else str(recognise(data))
    except SourceError as error:
        return "zip" if error.code == "source.nested-archive" else None
    return kind if kind in READERS else None


@cache
def _seeds(reader: str) -> Sequence[bytes]:
    return [*READERS[reader].seeds(), *_others.get(reader, ())]


def _files(folder: Path, pattern: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [path.read_bytes() for path in sorted(folder.glob(pattern)) if path.suffix != ".json"]


def _texts() -> Sequence[bytes]:
    return [*_files(CORPUS / "text", "*")(), *_files(CORPUS / "tabbed", "*")()]


def _pages() -> Sequence[bytes]:
    nested = b"<html><body>" + b"<table><tr><td>1" * 30 + b"</table>" * 30
    spans = b"<table><tr><td rowspan=3 colspan=4>1<td>2<tr><td rowspan=0>3</table><p>x"
    return [*_files(CORPUS / "html", "*")(), nested, spans]


def _pdfs() -> Sequence[bytes]:
    from tests.sources.pdf_maker import Sheet, make_pdf

    sheet = Sheet()
    sheet.text(50, 700, "2023年度政府信息公开工作年度报告")
    sheet.line(50, 600, 400, 600)
    sheet.text(60, 610, "12")
    return [*_files(CORPUS / "pdf", "*")(), *[make_pdf(sheet, sheet)] * 6]


def _ofds() -> Sequence[bytes]:
    from tests.sources.ofd_maker import Habits, Sheet, from_pdf, make_ofd

    sheet = Sheet()
    sheet.text(20, 20, "2023年度政府信息公开工作年度报告")
    sheet.table(20, 40, 100, 60, [["甲", "乙"], ["1", "2"]])
    made = [make_ofd(sheet, habits=habits) for habits in (Habits(), Habits(template=True, nested=True, repeats=True))]
    return [*made, from_pdf((CORPUS / "pdf" / "official.pdf").read_bytes(), Habits(composite=True))]


def _web_archives() -> Sequence[bytes]:
    found = []
    for coding in ("utf-8", "gb18030"):
        message = MIMEMultipart("related", boundary="----boundary")
        message.attach(MIMEText((CORPUS / "html" / "clean.html").read_text("utf-8"), "html", coding))
        message.attach(MIMEText("p {}", "css"))
        found.append(message.as_bytes())
    return found


def _mails() -> Sequence[bytes]:
    from tests.sources.mail_maker import attached, make_mail, several, written

    page = (CORPUS / "html" / "clean.html").read_text("utf-8")
    text = (CORPUS / "text" / "after-label.txt").read_text("utf-8")
    both = several(written(text), written(page, "html", "gb18030", "quoted-printable"), kind="alternative")
    return [
        make_mail(both, attached(text.encode(), "年报.txt", coding="gb2312")),
        make_mail(written(text, transfer="8bit")),
        make_mail(written("见附件"), attached(page.encode(), "年报.html"), attached(text.encode(), "年报.txt")),
    ]


def _xml_documents() -> Sequence[bytes]:
    from tests.sources.test_office_xml import package

    return [package(data) for data in _files(CORPUS / "docx", "*")()]


def _open_documents() -> Sequence[bytes]:
    from tests.sources.test_open_document import document

    return [document("text"), document("spreadsheet")]


def _pictures() -> Sequence[bytes]:
    from io import BytesIO

    from PIL import Image

    page = Image.open(CORPUS / "scan" / "sealed-askew.jpg").reduce(8)
    gray, plain = page.convert("L"), page.convert("1")
    made = []
    for image, kind, how in (
        (page, "JPEG", {}),
        (page, "PNG", {}),
        (page.convert("P"), "PNG", {}),
        (page, "WEBP", {}),
        (page, "BMP", {}),
        (page.convert("P"), "GIF", {}),
        (gray, "TIFF", {"compression": "tiff_lzw", "save_all": True, "append_images": [gray]}),
        (plain, "TIFF", {"compression": "group4", "save_all": True, "append_images": [plain]}),
        (page, "TIFF", {"compression": "jpeg"}),
    ):
        image.save(stream := BytesIO(), kind, **how)
        made.append(stream.getvalue())
    return made


def _archives() -> Sequence[bytes]:
    from tests.sources.zip_maker import lock_zip, make_zip

    page = (CORPUS / "html" / "clean.html").read_bytes()
    text = (CORPUS / "text" / "after-label.txt").read_bytes()
    inner = make_zip({"年报.html": page})
    outer = make_zip({"甲/年报.txt": text, "inner.zip": inner, "坏.docx": b"PK\x03\x04"})
    return [inner, outer, make_zip({"年报.txt": text}, names="gb18030"), lock_zip("a.txt", text, b"1")]


def _workbooks() -> Sequence[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        review = tasks.read_bytes("年报.md", (CORPUS / "markdown" / "pipe.md").read_bytes()).review
        exported = tasks.export_workbook(review, Path(folder) / "exported.xlsx").read_bytes()
    # The time of its export would make every run another one.
    return [mutations.rewritten(exported, _TIME, b"2024-01-01T00:00:00")]


READERS: dict[str, Reader] = {
    "text": Reader(_texts, mutations.PLAIN, read_source),
    "markdown": Reader(_files(CORPUS / "markdown", "*"), mutations.MARKUP, read_source),
    "html": Reader(_pages, mutations.MARKUP, read_source),
    "mht": Reader(_web_archives, mutations.MARKUP, read_source),
    "mail": Reader(_mails, mutations.MARKUP, read_mail),
    "office-xml": Reader(_xml_documents, mutations.MARKUP, read_source),
    "open-document": Reader(_open_documents, mutations.ZIP, read_source),
    "docx": Reader(_files(CORPUS / "docx", "*"), mutations.ZIP, read_source),
    "xlsx": Reader(_files(CORPUS / "xlsx", "*"), mutations.ZIP, read_source),
    "workbook": Reader(_workbooks, mutations.ZIP, read_source),
    "doc": Reader(_files(DOCUMENTS, "*.doc"), mutations.BINARY, read_source),
    "xls": Reader(_files(DOCUMENTS, "*.xls"), mutations.BINARY, read_source),
    "ofd": Reader(_ofds, mutations.ZIP, read_source),
    "picture": Reader(_pictures, mutations.BINARY, read_picture),
    "pdf": Reader(_pdfs, mutations.PDF, read_source),
    "zip": Reader(_archives, mutations.ZIP, read_archive),
    "workspace": Reader(_files(TESTS / "workspaces", "*.gkdesk"), mutations.BINARY, read_workspace),
}
