"""Pages of an OFD as pixels: its characters, lines and pictures are written into a PDF in memory, which PDFium draws.

The fonts are those PDFium finds on the computer for Chinese, not the ones inside the OFD; pictures lie behind all
else, seals and signatures are not drawn. The places of characters, lines and pictures are exact.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

from gkdesk.errors import SourceError
from gkdesk.model.content import Note
from gkdesk.sources.ofd import picture_objects
from gkdesk.sources.ofd.drawing import Colour, Drawing, DrawnPath, DrawnText
from gkdesk.sources.ofd.package import OfdPackage
from gkdesk.sources.ofd.pages import drawings
from gkdesk.sources.office_zip import OfficeZip
from gkdesk.sources.page_image import PageImages

_FONTS = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [2 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500] "
    b"/FontDescriptor 3 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
    b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
)
_UNKNOWN = "\u25a1"
_MOST_PACKED = 192 << 20
"""Bytes of all pictures that are drawn: some hundred pages."""


def open_pages(data: bytes) -> PageImages:
    """The pages of an OFD, rendered on request; raises ``SourceError`` if it cannot be read."""
    return PageImages(as_pdf(data))


def pages_with_text(data: bytes) -> frozenset[int]:
    """The pages (from 1) of an OFD that have characters; raises ``SourceError`` if it cannot be read."""
    with OfficeZip(data) as container:
        drawn = enumerate(drawings(OfdPackage(container), []), 1)
        return frozenset(number for number, drawing in drawn if drawing.texts)


def as_pdf(data: bytes) -> bytes:
    """A PDF with the characters, lines and pictures of an OFD; raises ``SourceError`` if that cannot be read."""
    notes: list[Note] = []
    objects = list(_FONTS)
    pages: list[tuple[int, Drawing]] = []
    with OfficeZip(data) as container:
        package = OfdPackage(container)
        for drawing in drawings(package, notes):
            packed = zlib.compress("\n".join(_operators(drawing)).encode("ascii"), 1)
            objects.append(b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed))
            pages.append((len(objects), Drawing(drawing.width, drawing.height, pictures=drawing.pictures)))
        # Last, for large pictures use up what may be unpacked, and the pages need it more.
        names = {picture.media for _, drawing in pages for picture in drawing.pictures}
        pictures = _add_pictures(package, sorted(names), objects)
    parent = len(objects) + len(pages) + 1
    for content, drawing in pages:
        objects.append(_page(content, drawing, parent, pictures))
    kids = " ".join(f"{number} 0 R" for number in range(parent - len(pages), parent))
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode())
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
    return _assembled(objects)


def _add_pictures(package: OfdPackage, names: Iterable[str], objects: list[bytes]) -> dict[str, int]:
    """Adds the pictures that can be drawn to the objects; gives the number of each."""
    found: dict[str, int] = {}
    room = _MOST_PACKED
    for name in names:
        try:
            packed = picture_objects.packed(package.media(name))
        except SourceError:
            continue
        if packed is not None and len(packed) <= room:
            room -= len(packed)
            objects.append(packed)
            found[name] = len(objects)
    return found


def _page(content: int, drawing: Drawing, parent: int, pictures: Mapping[str, int]) -> bytes:
    used = {number: pictures[each.media] for number, each in enumerate(drawing.pictures) if each.media in pictures}
    named = " ".join(f"/P{number} {found} 0 R" for number, found in used.items())
    return (
        f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 {drawing.width:.3f} {drawing.height:.3f}] "
        f"/Contents {content} 0 R /Resources << /Font << /F 1 0 R >> /XObject << {named} >> >> >>"
    ).encode()


def _operators(drawing: Drawing) -> Iterator[str]:
    """The content of a page; the first operator turns it so that y grows downwards from the top."""
    yield f"1 0 0 -1 0 {drawing.height:.3f} cm"
    for number, picture in enumerate(drawing.pictures):
        a, b, c, d, e, f = picture.frame
        # The first row of a PDF's picture lies at the top of its square where y grows upwards.
        yield f"q {a:.4f} {b:.4f} {-c:.4f} {-d:.4f} {e + c:.3f} {f + d:.3f} cm /P{number} Do Q"
    for path in drawing.paths:
        yield from _path(path)
    yield "BT"
    for text in drawing.texts:
        yield from _text(text)
    yield "ET"


def _path(path: DrawnPath) -> Iterator[str]:
    if path.fill is not None:
        yield f"{_rgb(path.fill)} rg"
    if path.stroke is not None:
        yield f"{_rgb(path.stroke)} RG {max(path.width, 0.2):.3f} w"
    for kind, points in path.segments:
        numbers = " ".join(f"{x:.3f} {y:.3f}" for x, y in points)
        yield f"{numbers} {({'M': 'm', 'L': 'l', 'B': 'c', 'C': 'h'})[kind]}"
    yield {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
        (path.fill is not None, path.stroke is not None), "n"
    )


def _text(text: DrawnText) -> Iterator[str]:
    yield f"{_rgb(text.colour)} rg /F 1 Tf"
    for character in text.characters:
        a, b, c, d, e, f = text.matrix(character)
        # The characters of a PDF stand upright where y grows upwards.
        yield f"{a:.4f} {b:.4f} {-c:.4f} {-d:.4f} {e:.3f} {f:.3f} Tm <{_codes(character.text)}> Tj"


def _codes(text: str) -> str:
    return "".join(letter if ord(letter) < 0x10000 else _UNKNOWN for letter in text).encode("utf-16-be").hex()


def _rgb(colour: Colour) -> str:
    """Three numbers from 0 to 1; what is half transparent is mixed with the white of the page."""
    return " ".join(f"{1 - (255 - part) * colour.alpha / 65025:.3f}" for part in colour[:3])


def _assembled(objects: Iterable[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, len(offsets), start)
    return bytes(out)
