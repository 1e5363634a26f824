"""The picture files inside an OFD as objects of a PDF, so that PDFium draws them; needs the extra ``ocr`` for most."""

from __future__ import annotations

import zlib

from gkdesk.errors import SourceError
from gkdesk.sources.ofd import jbig2
from gkdesk.sources.pictures import recognition

_COLOURS = {1: b"/DeviceGray", 3: b"/DeviceRGB"}


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a picture that can be drawn; None for another."""
    black = jbig2.parse(data)
    if black is not None:
        return black.width, black.height
    if not recognition.is_available():
        return None
    from gkdesk.sources.pictures import raster

    return raster.size_of(data)


def packed(data: bytes) -> bytes | None:
    """The object of a picture; None for one that is damaged, too large or in a format that cannot be drawn here."""
    size = size_of(data)
    if size is None:
        return None
    black = jbig2.parse(data)
    if black is not None:
        return _object(size, b"/DeviceGray", b"/JBIG2Decode", black.segments, bits=1)
    from gkdesk.sources.pictures import raster

    try:
        channels = raster.jpeg_channels(data)
        if channels in _COLOURS:
            return _object(size, _COLOURS[channels], b"/DCTDecode", data)
        with raster.Pictures(data) as pictures:
            pixels = pictures.page(1)
    except SourceError:
        return None
    height, width = pixels.shape[:2]
    return _object((width, height), b"/DeviceRGB", b"/FlateDecode", zlib.compress(pixels.tobytes(), 1))


def _object(size: tuple[int, int], colours: bytes, packing: bytes, data: bytes, bits: int = 8) -> bytes:
    return (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %b /BitsPerComponent %d "
        b"/Filter %b /Length %d >>\nstream\n%b\nendstream" % (*size, colours, bits, packing, len(data), data)
    )
