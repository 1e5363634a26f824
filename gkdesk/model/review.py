"""A report under review: exactly what is kept in a workspace, besides the source's bytes and the journal."""

from __future__ import annotations

from dataclasses import dataclass, field

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Note
from gkdesk.model.decision import Decision
from gkdesk.model.form import FilledForm
from gkdesk.model.place import Place
from gkdesk.model.reading import Reading
from gkdesk.model.witness import Witness

SECTIONS = ("overview", "problems", "other")
"""The three prose sections of the report, by their name in the contract."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The result of extraction; ``form`` is as read and must not be edited (copy it).

    Attributes:
        edition: decided by labels, or None when there is no form table (the form is then the newest, all missing).
        organization, year, title: as identified, None or empty if not found.
        sections: prose by section name, for those found.
        notes: what extraction has to say: unproven alignment, a guessed name, a stray figure.
        witnesses: figures of the prose that repeat the tables.
    """

    form: FilledForm
    edition: str | None
    organization: str | None
    year: int | None
    title: str
    sections: dict[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    witnesses: tuple[Witness, ...] = ()


@dataclass(slots=True)
class Review:
    """One report: where it came from, what was read, what was decided: figures inside the form, answers by target."""

    source_name: str
    sha256: str
    kind: str
    extracted: Extracted
    form: FilledForm
    seconds: float = 0.0
    decisions: dict[str, Decision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the record of changes (修改记录): a cell as read, as it is now, and who decided it, when and why."""

    cell: CellRef
    as_read: Reading
    reading: Reading
    who: str
    when: str
    why: str
    place: Place | None = None
