"""Figures that stand on a page and not in it: what was typed into form fields, and text notes laid on the page.

Both are annotations, which none of the engines counts as text: a table filled in as a form reads as a table of
blanks. Such annotations are printed into the pages first, so that every reader after that sees the same page.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gkdesk.errors import SourceError
from gkdesk.sources.page_image import ENGINE_LOCK, open_document

if TYPE_CHECKING:
    import pypdfium2

_MOST_ANNOTATIONS = 5000
"""A page; a filled form has some two hundred."""
_UNSEEN = 0b100011
"""Flags of an annotation that is invisible, hidden, or not shown on a screen."""
_SIZE = 9.0


def with_fields_printed(data: bytes, password: str | None) -> tuple[bytes, str | None]:
    """The PDF with its filled fields and text notes as part of the pages, and the password that opens it.

    The same bytes if there are none, which is the rule; and if the engine cannot print them.
    Raises ``SourceError`` like :func:`open_document`.
    """
    # Nearly no report has any, and asking the engine takes longer than looking for the words; object streams hide them.
    if not any(word in data for word in (b"/Widget", b"/FreeText", b"/ObjStm", b"/Encrypt")):
        return data, password
    with ENGINE_LOCK:
        document = open_document(data, password)
        try:
            document.init_forms()
            printed = [_print_page(document, index) for index in range(len(document))]
            if not any(printed):
                return data, password
            return _saved(document), None
        finally:
            document.close()


def _print_page(document: pypdfium2.PdfDocument, index: int) -> bool:
    """Whether the page had figures or words in annotations, which are now part of it."""
    from pypdfium2 import PdfiumError, raw

    try:
        page = document[index]
    except PdfiumError:
        return False
    try:
        values = list(_values(page, document.formenv))
        if not values:
            return False
        for text, box in values:
            if box is not None:
                _write(document, page, text, box)
        if any(box is not None for _, box in values):
            raw.FPDFPage_GenerateContent(page.raw)
        return bool(raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_FAIL)
    finally:
        page.close()


_Bounds = tuple[float, float, float, float]


def _values(page: pypdfium2.PdfPage, form: pypdfium2.PdfFormEnv | None) -> Iterator[tuple[str, _Bounds | None]]:
    """What the shown fields and notes of a page say; with its place where the file does not say how it looks."""
    from pypdfium2 import raw

    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        with _annotation(page, index) as annotation:
            if annotation is None or raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                continue
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            if kind == raw.FPDF_ANNOT_WIDGET:
                text = _string(annotation, b"V") or _value_above(annotation, form)
            elif kind == raw.FPDF_ANNOT_FREETEXT:
                text = _string(annotation, b"Contents")
            else:
                continue
            drawn = raw.FPDFAnnot_HasKey(annotation, b"AP")
            # What a field looks like is seen, whether or not the file says its value.
            if text.strip() or drawn:
                yield text, None if drawn else _bounds(annotation)


@contextmanager
def _annotation(page: pypdfium2.PdfPage, index: int) -> Iterator[Any]:
    from pypdfium2 import raw

    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    try:
        yield annotation or None
    finally:
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)


def _string(annotation: Any, key: bytes) -> str:
    from pypdfium2 import raw

    return _wide(lambda buffer, length: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, length))


def _value_above(annotation: Any, form: pypdfium2.PdfFormEnv | None) -> str:
    """The value of a field whose name has several parts: it stands with the field that the annotation belongs to."""
    from pypdfium2 import raw

    if form is None:
        return ""
    return _wide(lambda buffer, length: raw.FPDFAnnot_GetFormFieldValue(form.raw, annotation, buffer, length))


def _wide(call: Callable[[Any, int], int]) -> str:
    """The string that a function of the engine writes into a buffer, after having said how long it is."""
    length = call(None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    call(buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _bounds(annotation: Any) -> _Bounds | None:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(annotation, box):
        return None
    return box.left, box.bottom, box.right, box.top


def _write(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, text: str, box: _Bounds) -> None:
    """Put a value on the page where its field stands; a viewer would draw it so, too."""
    from pypdfium2 import raw

    item = raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", _SIZE)
    if not item:
        return
    letters = (text.strip() + "\0").encode("utf-16-le")
    buffer = (ctypes.c_ushort * (len(letters) // 2)).from_buffer_copy(letters)
    raw.FPDFText_SetText(item, buffer)
    left, bottom, right, top = box
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *edges)
    width = edges[2].value - edges[0].value
    x = max(left, (left + right - width) / 2)
    raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, (bottom + top) / 2 - _SIZE / 3)
    raw.FPDFPage_InsertObject(page.raw, item)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    from pypdfium2 import PdfiumError, raw

    buffer = io.BytesIO()
    try:
        document.save(buffer, flags=raw.FPDF_REMOVE_SECURITY)
    except PdfiumError as error:
        raise SourceError("source.broken") from error
    return buffer.getvalue()
