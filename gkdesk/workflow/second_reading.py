"""Second readings: the cells that broken sums of a scan put under suspicion are recognised once more, each on its own.

What comes of it goes into the context of the report (:class:`gkdesk.model.context.Context`), and its proposals are
weighed with it. Recognising takes some 30 ms a cell, so that only suspects are looked at, and only so many of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gkdesk.errors import SourceError
from gkdesk.model.cellref import CellRef
from gkdesk.model.context import Context
from gkdesk.model.finding import Finding, Verdict
from gkdesk.model.form import FilledForm
from gkdesk.model.place import PagePlace, Place
from gkdesk.model.reading import Number, NumberKind, State, parse_reading
from gkdesk.model.spec import FormSpec
from gkdesk.workflow.diagnosing import Case
from gkdesk.workflow.progress import NO_PROGRESS, Progress

MOST = 40
"""Cells of a report that are looked at again at most: with the page they stand on, two seconds."""

SURE = 0.8
"""A second reading that is less sure than this says nothing."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell to be looked at again: where it is, and what numbers it can hold."""

    ref: CellRef
    place: Place
    kind: NumberKind


def suspects_of(case: Case) -> tuple[Suspect, ...]:
    """The recognised cells that may be to blame for broken sums, likeliest first; none of a source with characters."""
    from gkdesk.checks.recognised import recognised_cells

    review, spec = case.review, case.spec
    recognised = recognised_cells(review.extracted, review.form, review.kind)
    if not recognised:
        return ()
    found = []
    for ref in dict.fromkeys(_suspected(case.findings, review.form, spec)):
        cell = review.form[ref]
        if ref in recognised and isinstance(cell.place, PagePlace) and not cell.changed:
            found.append(Suspect(ref, cell.place, spec.column(ref).kind))
    return tuple(found[:MOST])


def look_again(
    data: bytes, suspects: Sequence[Suspect], password: str | None = None, progress: Progress = NO_PROGRESS
) -> dict[CellRef, Number]:
    """What a second look at the cells gives where it is sure; a cell in which nothing is drawn counts as zero.

    Nothing where the source cannot be looked at. Raises ``Cancelled`` by ``progress``.
    """
    from gkdesk.sources.second_look import SecondLook

    found: dict[CellRef, Number] = {}
    try:
        with SecondLook(data, password) as look:
            for number, suspect in enumerate(suspects):
                progress.step(number, len(suspects), "progress.recognising")
                seen = look.read(suspect.place)
                if seen is None or seen.confidence < SURE:
                    continue
                reading = parse_reading(seen.text, suspect.kind)
                if reading.state is State.READ and reading.value is not None:
                    found[suspect.ref] = reading.value
                elif not seen.text:
                    found[suspect.ref] = 0
    except SourceError:
        # It was read before; what cannot be looked at again says nothing.
        return found
    return found


def with_second(context: Context, found: Mapping[CellRef, Number]) -> Context:
    """The context with these second readings, too."""
    return replace(context, second={**context.second, **found}) if found else context


def _suspected(findings: Iterable[Finding], form: FilledForm, spec: FormSpec) -> Iterator[CellRef]:
    """Cells by how suspicious they are: those of proposals, then those of which more than one sum is broken, then
    those in doubt.
    """
    rules = {identity.rule for identity in spec.identities}
    broken = [one for one in findings if one.rule in rules and one.verdict is Verdict.BROKEN]
    for finding in broken:
        for proposal in finding.proposals:
            yield from (ref for ref, _ in proposal.changes)
    count: dict[CellRef, int] = {}
    for finding in broken:
        for ref in finding.cells:
            count[ref] = count.get(ref, 0) + 1
    yield from (ref for ref, times in count.items() if times > 1)
    yield from (ref for ref in count if form[ref].state is State.DOUBTFUL)
