"""The report as a whole: whether its edition suits its year, and what extraction had to say about the source."""

from __future__ import annotations

from collections.abc import Iterator

from gkdesk import messages
from gkdesk.checks.registry import rule
from gkdesk.checks.subject import Subject
from gkdesk.model.content import Note
from gkdesk.model.finding import Finding, Severity, Verdict

_HARMLESS = frozenset({"organization-guessed", "second-reading-missing"})
_TOLD_BY_CELLS = frozenset({"table-missing"})


@rule("origin.edition")
def judge_edition(subject: Subject) -> Iterator[Finding]:
    """An edition of the form that was not in force in the year of the report."""
    year, (first, last) = subject.extracted.year, subject.spec.years
    if subject.extracted.edition is None or year is None or first <= year <= last:
        return
    yield Finding(
        "origin.edition",
        "edition.year",
        Verdict.NOTICE,
        Severity.WARNING,
        arguments={"year": year, "edition": subject.spec.name, "issued_as": subject.spec.issued_as},
        about=str(year),
    )


@rule("origin.notes")
def repeat_notes(subject: Subject) -> Iterator[Finding]:
    """The notes of extraction, except those that the state of the cells tells better."""
    nicknames = {table.id: table.nickname for table in subject.spec.tables}
    for number, note in enumerate(subject.extracted.notes):
        if note.code in _TOLD_BY_CELLS:
            continue
        arguments = {name: nicknames.get(str(value), value) for name, value in note.arguments.items()}
        yield Finding(
            f"note.{note.code}",
            _sentence_of(note),
            Verdict.NOTICE,
            Severity.INFO if note.code in _HARMLESS else Severity.WARNING,
            arguments=arguments,
            about=str(number),
        )


def _sentence_of(note: Note) -> str:
    """The code of the note's sentence, or of a general one for a note the catalogue does not know."""
    code = f"note.{note.code}"
    return code if messages.has(f"finding.{code}") or messages.has(code) else "note.other"
