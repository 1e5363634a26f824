"""What each page of an OFD draws, within bounds for the file as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from gkdesk.errors import SourceError
from gkdesk.model.content import Note
from gkdesk.sources.layout.path_rules import MOST_OBJECTS, TooMuchOnPage
from gkdesk.sources.ofd.drawing import POINTS, Drawing, draw
from gkdesk.sources.ofd.package import OfdPackage
from gkdesk.sources.pictures.pictured_pages import MOST_PAGES

_MOST_EFFORT = 400_000
"""Objects and characters of all pages together: templates and composite drawings may be used over and over."""


def drawings(package: OfdPackage, notes: list[Note]) -> Iterator[Drawing]:
    """What each page draws; ``notes`` is told which ones are damaged or too full, and drawn empty."""
    crowded: list[int] = []
    broken: list[int] = []
    number = lost = 0
    room = _MOST_EFFORT
    for number, page in enumerate(package.pages(), 1):
        if number > MOST_PAGES:
            notes.append(Note("pages-left-out", {"read": MOST_PAGES, "pages": package.page_count()}))
            break
        if page.broken:
            broken.append(number)
            lost += not page.contents
        try:
            drawing = draw(page, room)
            room -= drawing.effort
            yield drawing
        except TooMuchOnPage:
            crowded.append(number)
            room -= min(room, MOST_OBJECTS)
            yield Drawing(page.width * POINTS, page.height * POINTS)
    if number == lost:
        raise SourceError("source.broken")
    if crowded:
        notes.append(Note("page-too-full", {"pages": _listed(crowded)}))
    if broken:
        notes.append(Note("page-broken", {"pages": _listed(broken)}))


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
