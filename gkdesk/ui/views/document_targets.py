"""The places in a document that belong to cells of the form, found as far as the document is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gkdesk.model.cellref import CellRef
from gkdesk.model.place import Place
from gkdesk.ui.views.document_places import DocumentPlaces, Spot


@dataclass(frozen=True, slots=True)
class DocumentTarget:
    """A cell of the form, its place, and where that is shown."""

    ref: CellRef
    place: Place
    spot: Spot


class DocumentTargets:
    """The targets of a document."""

    def __init__(self, places: Mapping[CellRef, Place]) -> None:
        self._waiting = dict(places)
        self._found: list[DocumentTarget] = []

    def __len__(self) -> int:
        return len(self._found)

    def find(self, places: DocumentPlaces) -> None:
        """Look for those not yet found; to be called when more of the document is written."""
        for ref, place in list(self._waiting.items()):
            spot = places.find(place)
            if spot is not None:
                self._found.append(DocumentTarget(ref, place, spot))
                del self._waiting[ref]

    def near(self, position: int) -> Iterator[DocumentTarget]:
        """The targets at a position of the document, or one beside it, as a point on their rim may give."""
        return (target for target in self._found if target.spot.start - 1 <= position <= target.spot.end + 1)

    def of(self, place: Place) -> DocumentTarget | None:
        """The target that stands exactly there."""
        return next((target for target in self._found if target.place == place), None)
