"""Fields of a Word document: which of their characters are a result, and what Word writes in place of it."""

from __future__ import annotations

from dataclasses import dataclass

# fmt: off
_WORKED_OUT = frozenset({
    "autonum", "autonumlgl", "autonumout", "date", "eq", "filesize", "listnum", "numchars", "numpages", "numwords",
    "page", "section", "sectionpages", "time",
})
# fmt: on
"""Fields whose result Word works out afresh whenever it shows the document: the one in the file may be any, or none."""


@dataclass(slots=True)
class _Field:
    has_result: bool = False
    instruction: str = ""


class Fields:
    """The fields that are open at a place in the document, the innermost last."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    @property
    def shows_text(self) -> bool:
        """False between the beginning of a field and its result: what stands there are its instructions."""
        return all(field.has_result for field in self._open)

    def instruct(self, text: str) -> None:
        """A piece of the instructions of the innermost field."""
        if self._open and not self._open[-1].has_result:
            self._open[-1].instruction += text

    def mark(self, kind: str) -> bool:
        """A mark (``begin``, ``separate``, ``end``); True if what the field shows from here on is not in the file."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
            return is_worked_out(self._open[-1].instruction)
        elif kind == "end" and self._open:
            return not self._open.pop().has_result
        return False

    def end_of_paragraph(self) -> None:
        """A field that never came to its result would swallow the rest of the document."""
        while self._open and not self._open[-1].has_result:
            self._open.pop()


def is_worked_out(instruction: str) -> bool:
    """True for instructions whose result Word works out afresh whenever it shows the document."""
    return next(iter(instruction.lower().split()), "") in _WORKED_OUT
