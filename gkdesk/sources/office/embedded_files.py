"""Files that a Word document holds in place of text (``altChunk``): a page, a text, another document; one level deep.

Word shows them where they stand, and saves them as text of its own only when it is told to save.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gkdesk.errors import SourceError
from gkdesk.sources.flow import Flow
from gkdesk.sources.pictures.embedded_pictures import Load

MOST = 30
"""Files of one document that are read."""

ReadInto = Callable[[bytes, Flow], bool]
"""Puts what is in a file into a document; False if it is of a kind that is not read there."""


class EmbeddedFiles:
    """The files of a document by their relation id, and who reads them; ``left_out`` once one was not read."""

    def __init__(self, loads: Mapping[str, Load], readers: tuple[ReadInto, ...]) -> None:
        self._loads = loads
        self._readers = readers
        self._room = MOST
        self.left_out = False

    def place(self, name: str, flow: Flow) -> None:
        """Put the file of this name where the document is now."""
        self._room -= 1
        load = self._loads.get(name)
        if load is None or self._room < 0 or not self._is_read(load(), flow):
            self.left_out = True
            if flow.in_cell:
                flow.doubt("not-text")

    def _is_read(self, data: bytes, flow: Flow) -> bool:
        flow.break_line()
        try:
            return any(read(data, flow) for read in self._readers)
        except SourceError:
            return False
        finally:
            flow.break_line()
