"""What speaks for a figure besides its own reading, as data; the words are made in :mod:`gkdesk.model.wording`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proof:
    """What speaks for one figure.

    Attributes:
        identities: independent totals identities that hold, contain the cell and some figure other than zero.
        witnesses: figures of the prose that agree.
        neighbours: reports of other years that agree.
        sure: True if the reading is not in doubt.
        decided: True if a reviewer put the figure in.
        zeros: identities that hold but contain nothing but zeros; blanks, marks and recognised zeros prove little.
        printed_zeros: independent ones of them in which every cell holds a 0 that stands there as a character.
        broken: identities with the cell that do not hold.
        misplaced: True if the row or column of the cell is not certain. Sums do not show two rows exchanged.
        known: False if there is no figure.
    """

    identities: int
    witnesses: int
    neighbours: int
    sure: bool
    decided: bool
    zeros: int = 0
    broken: int = 0
    misplaced: bool = False
    known: bool = True
    printed_zeros: int = 0

    @property
    def holds(self) -> bool:
        """True if a review may pass the cell over."""
        if self.decided:
            return True
        grounds = self.identities + self.printed_zeros + self.witnesses + self.neighbours
        return self.known and self.sure and not self.misplaced and not self.broken and grounds > 0
