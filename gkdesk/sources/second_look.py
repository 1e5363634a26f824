"""Figures recognised once more, each on its own: the place of a cell is cut out of its page and read in another way.

For proposals: where a sum does not close, a second reading of the cells of that sum says which of them was misread.

``read_again(data, place, password)`` takes the bytes of the source as they were opened, and the ``place`` that its
reader gave a cell. It gives the text and a confidence from 0 to 1, or None where there is nothing to look at: the
source is no PDF, OFD or picture, the place is not on a page, or recognition is not installed. :class:`SecondLook` is
the same for several places of one source, whose pages it draws once. A place takes some 30 ms, the first one of a page
a second more.

The reading owes nothing to the first one: the page is drawn finer and neither laid straight nor freed of its rules, the
piece is cut at its own borders, and read sharp, soft and stretched. It is only as sure as these readings agree, and
not at all of figures too small to tell, or of strokes that lean (a slash or a 1).

Imported at no cost: what is needed to recognise is loaded with the first place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gkdesk.model.content import SourceKind
from gkdesk.model.place import Box, PagePlace, Place
from gkdesk.sources import opening
from gkdesk.sources.pictures import recognition

if TYPE_CHECKING:
    from types import TracebackType

    from gkdesk.sources.page_image import PageImages
    from gkdesk.sources.pictures.crop_reading import PageCrops
    from gkdesk.sources.pictures.raster import Pictures

_FINENESS = 2600.0
"""Pixels across a page of A4 at which a PDF is drawn: half as fine again as for the first reading."""
_MOST_PIXELS = 24_000_000


class SecondReading(NamedTuple):
    """What a second look gave: the text (empty if nothing is drawn there), and a confidence from 0 to 1."""

    text: str
    confidence: float


def read_again(data: bytes, place: Place, password: str | None = None) -> SecondReading | None:
    """A second reading of one cell; None where there is nothing to look at.

    Raises ``SourceError`` if the source or the page is damaged, or the password is missing or wrong.
    """
    with SecondLook(data, password) as look:
        return look.read(place)


class SecondLook:
    """Second readings of cells of one source; close it when done. Not for use from several threads at once."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        """Raises ``SourceError`` for what is no source."""
        self._data = data
        self._password = password
        kind = opening.recognise(data)
        self._has_pages = kind in (SourceKind.PDF, SourceKind.OFD, SourceKind.PICTURE) and recognition.is_available()
        self._kind = kind
        self._opened: PageImages | Pictures | None = None
        self._pages: dict[int, PageCrops | None] = {}
        self._written: frozenset[int] = frozenset()

    def __enter__(self) -> SecondLook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the source; may be called twice."""
        opened, self._opened = self._opened, None
        self._pages.clear()
        if opened is not None:
            opened.__exit__(None, None, None)

    def read(self, place: Place) -> SecondReading | None:
        """A second reading of one cell, as :func:`read_again`."""
        if not self._has_pages or not isinstance(place, PagePlace):
            return None
        if place.page not in self._pages:
            # One page at a time: it takes some 20 MB.
            self._pages = {place.page: self._crops(place.page)}
        crops = self._pages[place.page]
        found = crops.read(place.box) if crops is not None else None
        return SecondReading(*found) if found is not None else None

    def _crops(self, number: int) -> PageCrops | None:
        from gkdesk.sources.pictures.crop_reading import PageCrops

        if self._kind is not SourceKind.PICTURE:
            return self._drawn(number)
        from gkdesk.sources.pictures.raster import Pictures

        if not isinstance(self._opened, Pictures):
            self._opened = Pictures(self._data)
        if not 1 <= number <= len(self._opened):
            return None
        picture = self._opened.page(number)
        return PageCrops(picture, Box(0, 0, picture.shape[1], picture.shape[0]))

    def _drawn(self, number: int) -> PageCrops | None:
        from gkdesk.sources.page_image import PageImages
        from gkdesk.sources.pictures.crop_reading import PageCrops
        from gkdesk.sources.pictures.raster import colours_of

        if not isinstance(self._opened, PageImages):
            self._opened = self._page_images()
        try:
            size = self._opened.size(number)
        except IndexError:
            return None
        if number in self._written:
            return None
        narrow = max(min(size.width, size.height), 1.0)
        scale = min(_FINENESS / narrow, (_MOST_PIXELS / max(size.width * size.height, 1.0)) ** 0.5)
        image = self._opened.render(number, scale)
        return PageCrops(colours_of(image), Box(0, 0, size.width, size.height))

    def _page_images(self) -> PageImages:
        from gkdesk.sources.page_image import PageImages

        if self._kind is not SourceKind.OFD:
            return PageImages(self._data, self._password)
        from gkdesk.sources.ofd import page_pictures

        # Their characters are drawn from the codes that were read, and would only say the same again.
        self._written = page_pictures.pages_with_text(self._data)
        return page_pictures.open_pages(self._data)
