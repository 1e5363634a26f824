"""What the reporting body is asked to put right: the lines of the 整改清单, ready in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing the report cannot be right about.

    Attributes:
        where: the cell, row or column in the words of the form.
        printed: what the report says there.
        reason: why it cannot be right.
        advice: what to check, with the figure that would fit if there is one.
        answer: what the reviewer decided, and the note.
        place: where it stands in the source.
    """

    where: str
    printed: str
    reason: str
    advice: str
    answer: str
    place: str


@dataclass(frozen=True, slots=True)
class ProblemList:
    """All problems of one report, and which report it is."""

    organization: str
    year: int | None
    source_name: str
    problems: tuple[Problem, ...]
