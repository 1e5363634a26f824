"""Picture files as pixels: PNG, JPEG, TIFF with its pages, BMP, GIF, WebP; bounded in size before unpacking."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from gkdesk.errors import SourceError

if TYPE_CHECKING:
    from types import TracebackType

    from gkdesk.sources.page_image import PageImage

Colour = npt.NDArray[np.uint8]
"""A picture of height x width x 3 (red, green, blue)."""

MOST_PIXELS = 64_000_000
"""Of one page: A3 at 400 dpi has 31 million. A larger one is refused before it is unpacked."""

MOST_FRAMES = 200
_UNEVEN, _MOST_UNEVEN = 1.2, 4.5
"""How many times as many pixels an inch a picture has one way as the other for that to be meant; a fax has 2 or 4."""
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_FAILURES = (OSError, SyntaxError, ValueError, EOFError, LookupError, ArithmeticError, TypeError, AttributeError)
"""What Pillow and its plug-ins raise on damaged pictures."""


class Pictures:
    """The pages of one picture file, unpacked one at a time."""

    def __init__(self, data: bytes) -> None:
        with _guarded():
            self._image = Image.open(io.BytesIO(data), formats=_FORMATS)
            # A photograph may carry previews of itself as further pictures.
            several = self._image.format == "TIFF"
            self._count = int(getattr(self._image, "n_frames", 1)) if several else 1
        _refuse_huge(self._image.size)

    def __enter__(self) -> Pictures:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        self._image.close()

    def __len__(self) -> int:
        return min(self._count, MOST_FRAMES)

    def page(self, number: int) -> Colour:
        """Page ``number`` (from 1) upright as its camera says, on white; raises ``SourceError`` if it is damaged."""
        with _guarded():
            if self._count > 1:
                self._image.seek(number - 1)
            _refuse_huge(self._image.size)
            size, turned = _square(self._image), ImageOps.exif_transpose(self._image)
            picture = _opaque(turned)
            if size != self._image.size:
                if turned.size != self._image.size:
                    size = size[::-1]
                picture = picture.resize(size, Image.Resampling.BICUBIC)
            return np.asarray(picture)

    def size(self, number: int) -> tuple[int, int]:
        """Width and height in pixels of page ``number`` (from 1) as :meth:`page` gives it."""
        with _guarded():
            if self._count > 1:
                self._image.seek(number - 1)
            width, height = _square(self._image)
            turned = self._image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            return (height, width) if turned else (width, height)


def decode(data: bytes) -> Colour:
    """The first page of a picture file; raises ``SourceError`` if it is damaged or too large."""
    with Pictures(data) as pictures:
        return pictures.page(1)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a picture file, without unpacking it; None if it is no picture that can be read."""
    try:
        with Pictures(data) as pictures:
            return pictures.size(1)
    except SourceError:
        return None


def jpeg_channels(data: bytes) -> int:
    """1 for a grey JPEG, 3 for one in colours; 0 for one in other colours and for other files.

    Raises ``SourceError`` if it is damaged or too large.
    """
    with _guarded(), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        _refuse_huge(image.size)
        return {"L": 1, "RGB": 3}.get(image.mode, 0) if image.format == "JPEG" else 0


def colours_of(image: PageImage) -> Colour:
    """A drawn page as pixels."""
    rows = np.frombuffer(image.pixels, dtype=np.uint8).reshape(image.height, image.stride)
    return rows[:, : image.width * 4].reshape(image.height, image.width, 4)[..., 2::-1]


def _square(image: Image.Image) -> tuple[int, int]:
    """The size of a picture once its pixels are square: those of a fax are half as many down as across."""
    width, height = image.size
    across, down = (float(fineness) for fineness in image.info.get("dpi", (0, 0)))
    if not (across > 0 and down > 0 and _UNEVEN <= max(across, down) / min(across, down) <= _MOST_UNEVEN):
        return width, height
    square = (width, round(height * across / down)) if across > down else (round(width * down / across), height)
    return square if square[0] * square[1] <= MOST_PIXELS else (width, height)


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        pixels = np.asarray(image, dtype=np.float64)
        image = Image.fromarray((pixels / max(pixels.max(), 1.0) * 255).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    return image.convert("RGB")


def _refuse_huge(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise SourceError("source.picture-too-large")


@contextmanager
def _guarded() -> Iterator[None]:
    """Failures of the picture library in our own words. It warns of bombs and of odd tags; sizes are checked here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError as error:
        raise SourceError("source.picture-too-large") from error
    except (UnidentifiedImageError, *_FAILURES) as error:
        raise SourceError("source.broken") from error
