"""This year's figures against those of the year before. All advisory: published reports break them for good reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gkdesk.checks.form_words import MOST_LISTED, listed
from gkdesk.checks.registry import rule
from gkdesk.checks.subject import ROW, Subject
from gkdesk.model.cellref import CellRef
from gkdesk.model.context import Neighbour
from gkdesk.model.continuation import ContinuationSpec
from gkdesk.model.finding import Finding, Severity, Verdict
from gkdesk.model.form import FilledForm
from gkdesk.model.reading import Number, State, number_text
from gkdesk.model.spec import load_editions


@rule("last-year")
def compare_with_last_year(subject: Subject) -> Iterator[Finding]:
    """What does not go on from the report of the year before; what cannot be compared is said once, with the reason."""
    neighbour = subject.context.last_year
    if neighbour is None:
        return
    reason = _why_not(subject, neighbour)
    if reason:
        yield _cannot(reason, "*", {"organization": neighbour.organization, "year": neighbour.year})
        return
    for spec in subject.spec.continuations:
        yield from _follow(subject, neighbour, spec)


def _why_not(subject: Subject, neighbour: Neighbour) -> str:
    """The code of the reason why the other report is none to compare with, or an empty text."""
    if neighbour.organization != (subject.extracted.organization or ""):
        return "other-body"
    if subject.extracted.year is None or neighbour.year != subject.extracted.year - 1:
        return "other-year"
    return "" if neighbour.form.edition in load_editions() else "other-edition"


@dataclass(frozen=True, slots=True)
class _Line:
    """One row or column that goes on: the cells of this year and of the year before, and both sides where known."""

    id: str
    cells: tuple[CellRef, ...]
    unknown: int
    doubtful: bool
    now: Number
    before: Number


def _follow(subject: Subject, neighbour: Neighbour, spec: ContinuationSpec) -> Iterator[Finding]:
    lines = list(_lines(subject, neighbour, spec))
    if not lines:
        return
    about: dict[str, object] = {"words": spec.now_words, "edition": load_editions()[neighbour.form.edition].name}
    if neighbour.form.edition not in spec.editions:
        yield _cannot("other-edition", spec.rule, about)
        return
    for line in lines:
        if not line.unknown and line.now != line.before:
            yield _broken(subject, spec, line, neighbour.year)
    unread = [line for line in lines if line.unknown]
    if unread:
        names = listed([_name(subject, spec, line) for line in unread], MOST_LISTED)
        about |= {"count": sum(line.unknown for line in unread), "lines": names}
        yield _cannot("unread", spec.rule, about)


def _lines(subject: Subject, neighbour: Neighbour, spec: ContinuationSpec) -> Iterator[_Line]:
    for block in subject.spec.table(spec.table).blocks:
        rows, columns = [row.id for row in block.rows], [column.id for column in block.columns]
        present, lines = (columns, rows) if spec.each == ROW else (rows, columns)
        if spec.ids <= set(present):
            yield from (_line(subject, neighbour, spec, one) for one in lines)


def _line(subject: Subject, neighbour: Neighbour, spec: ContinuationSpec, line: str) -> _Line:
    def refs(names: tuple[str, ...]) -> tuple[CellRef, ...]:
        return tuple(CellRef(spec.table, *((line, name) if spec.each == ROW else (name, line))) for name in names)

    now, added, removed, before = (refs(names) for names in (spec.now, spec.added, spec.removed, spec.before))
    own = now + added + removed
    others = [_value(neighbour.form, ref) for ref in before]
    unread = sum(ref in subject.unknown or ref in subject.unfilled for ref in own) + others.count(None)
    return _Line(
        id=line,
        cells=own,
        unknown=unread,
        doubtful=any(subject.form[ref].state is State.DOUBTFUL for ref in own),
        now=subject.total(now),
        before=sum((value or 0 for value in others), start=subject.total(added) - subject.total(removed)),
    )


def _value(form: FilledForm, ref: CellRef) -> Number | None:
    """The number of a cell of the other report, a blank as zero; None if it is not known or there is no such cell."""
    if ref not in form:
        return None
    cell = form[ref]
    return 0 if cell.state is State.BLANK else cell.value


def _name(subject: Subject, spec: ContinuationSpec, line: _Line) -> str:
    ref = line.cells[0]
    return subject.spec.row_words(ref) if spec.each == ROW else subject.spec.column_words(ref)


def _broken(subject: Subject, spec: ContinuationSpec, line: _Line, year: int) -> Finding:
    arguments: dict[str, object] = {
        "table": subject.spec.table(spec.table).nickname,
        "line": _name(subject, spec, line),
        "now_words": spec.now_words,
        "before_words": spec.before_words,
        "now": number_text(line.now),
        "before": number_text(line.before),
        "year": year,
    }
    return Finding(
        spec.rule,
        f"last-year.{'doubtful' if line.doubtful else 'differs'}.{spec.each}",
        Verdict.UNDECIDED if line.doubtful else Verdict.NOTICE,
        Severity.WARNING,
        line.cells,
        expected=line.before,
        actual=line.now,
        arguments=arguments,
        about=line.id,
    )


def _cannot(reason: str, about: str, arguments: dict[str, object]) -> Finding:
    return Finding(
        "last-year" if about == "*" else about,
        f"last-year.{reason}",
        Verdict.UNDECIDED,
        Severity.INFO,
        arguments=arguments,
        about=reason,
    )
