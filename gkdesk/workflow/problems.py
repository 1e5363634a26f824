"""Makes the list for the reporting body (整改清单) out of findings, proposals and the reviewer's answers.

What only concerns the reading (a doubtful or missing figure) is the reviewer's own work and stays off the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gkdesk import messages
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import SourceKind
from gkdesk.model.decision import Decision, Outcome
from gkdesk.model.finding import Finding, Proposal, Severity, Verdict
from gkdesk.model.form import Cell
from gkdesk.model.place import Place, TextPlace
from gkdesk.model.problem import Problem, ProblemList
from gkdesk.model.reading import Number, State, number_text
from gkdesk.model.review import Review
from gkdesk.model.spec import FormSpec
from gkdesk.model.wording import finding_detail, finding_headline, finding_words, place_words
from gkdesk.workflow.deciding import answer_to

LINE = "\n"
"""Between several reasons for one line of the list."""

LONGEST_DETAIL = 90
"""Characters of a written-out sum that is repeated for a cell; longer ones are in the report itself."""

MOST_CANDIDATES = 5
"""Cells named at most where one of several must be wrong."""

_OF_THE_READING = ("reading.", "note.", "rule-failed", "origin.notes")
_OF_THE_TEXT = "prose."
_RECOGNISED = frozenset({"recognised", "picture-tables"})
"""Notes of a source read from pixels, in which a corrected figure tells nothing about the report."""


def problem_list(review: Review, spec: FormSpec, findings: Iterable[Finding]) -> ProblemList:
    """The list of a report; ``findings`` with their proposals, in the order in which they are to be listed."""
    extracted = review.extracted
    listed = [finding for finding in findings if _concerns_the_body(finding, review)]
    lines = (*_broken(listed, review, spec), *_corrected(review, spec))
    return ProblemList(extracted.organization or "", extracted.year, review.source_name, lines)


def _concerns_the_body(finding: Finding, review: Review) -> bool:
    if finding.rule.startswith(_OF_THE_READING) or finding.code.startswith("rule-failed"):
        return False
    answer = _answer_of(finding, review)
    if answer is not None:
        return answer.outcome is Outcome.AS_PRINTED
    is_weighty = finding.severity is not Severity.INFO
    is_unsure = finding.verdict is Verdict.UNDECIDED and any(
        review.form[ref].state in (State.DOUBTFUL, State.MISSING) for ref in finding.cells
    )
    return is_weighty and not is_unsure


def _broken(findings: list[Finding], review: Review, spec: FormSpec) -> Iterator[Problem]:
    """Findings that one cell explains are one line about that cell; each other finding has a line of its own.

    A sentence of the text that is about nothing but such a cell is told in the line of the cell.
    """
    by_cell: dict[CellRef, list[Finding]] = {}
    for finding in findings:
        only = located(finding)
        if only is not None:
            by_cell.setdefault(only[0], []).append(finding)
    quoting = [one for one in findings if one.rule.startswith(_OF_THE_TEXT) and len(one.cells) == 1]
    for finding in quoting:
        by_cell.get(finding.cells[0], []).append(finding)
    told: set[CellRef] = set()
    for finding in findings:
        only = located(finding)
        if only is None:
            if finding not in quoting or finding.cells[0] not in by_cell:
                yield _line_of(finding, review, spec)
        elif only[0] not in told:
            told.add(only[0])
            yield _line_of_cell(*only, by_cell[only[0]], review, spec)


def _repairs(finding: Finding) -> list[Proposal]:
    return [proposal for proposal in finding.proposals if proposal.changes]


def located(finding: Finding) -> tuple[CellRef, Number] | None:
    """The one cell of the finding that the only repair changes, and its new value."""
    repairs = _repairs(finding)
    if len(repairs) != 1:
        return None
    changes = [change for change in repairs[0].changes if change[0] in finding.cells]
    return changes[0] if len(changes) == 1 else None


def _line_of_cell(ref: CellRef, value: Number, findings: list[Finding], review: Review, spec: FormSpec) -> Problem:
    cell = review.form[ref]
    return Problem(
        where=spec.cell_words(ref),
        printed=_printed(cell),
        reason=LINE.join(map(_short_words, findings)),
        advice=messages.text("problem.to-check.cell", value=number_text(value)),
        answer=_answer_words(findings, review, ref),
        place=_place_words(cell.place),
    )


def _short_words(finding: Finding) -> str:
    """What is wrong, with the sum written out unless it is a long one: several sums lead to the one cell."""
    detail = finding_detail(finding)
    return finding_headline(finding) + (
        detail if finding.rule.startswith(_OF_THE_TEXT) or len(detail) <= LONGEST_DETAIL else ""
    )


def _place_words(place: Place | None) -> str:
    """Where it stands, for the body that reports: a page, a table; the count of characters in a text is no help."""
    return "" if isinstance(place, TextPlace) else place_words(place)


def _line_of(finding: Finding, review: Review, spec: FormSpec) -> Problem:
    sides = (finding.expected, finding.actual)
    is_sum = finding.rule in {identity.rule for identity in spec.identities} and None not in sides
    printed = messages.text("problem.sides", left=number_text(sides[0]), right=number_text(sides[1])) if is_sum else ""
    places = [_place_words(review.form[ref].place) for ref in finding.cells if ref in review.form]
    places = [_place_words(evidence.place) for evidence in finding.evidence] or places
    return Problem(
        where=_line_words(finding, spec),
        printed=printed or _figures(finding, review, spec),
        reason=finding_words(finding),
        advice=_advice(finding, spec),
        answer=_answer_words([finding], review),
        place=next((place for place in places if place), ""),
    )


def _line_words(finding: Finding, spec: FormSpec) -> str:
    """The row or column a sum belongs to; else the cells."""
    table, line = finding.arguments.get("table"), finding.arguments.get("line")
    if table and line:
        return f"{table} {line}"
    return _joined(spec.cell_words(ref) for ref in finding.cells[:MOST_CANDIDATES]) or messages.text("problem.whole")


def _figures(finding: Finding, review: Review, spec: FormSpec) -> str:
    cells = [review.form[ref] for ref in finding.cells[:MOST_CANDIDATES] if ref in review.form]
    if len(cells) == 1:
        return _printed(cells[0])
    return _joined(f"{spec.column_words(cell.ref)} {_printed(cell)}" for cell in cells)


def _advice(finding: Finding, spec: FormSpec) -> str:
    candidates = {
        f"{spec.cell_words(ref)} {number_text(value)}"
        for proposal in _repairs(finding)[:MOST_CANDIDATES]
        for ref, value in proposal.changes
    }
    if candidates:
        return messages.text("problem.to-check.candidates", candidates=_joined(sorted(candidates)))
    return messages.text("problem.to-check.prose" if finding.evidence else "problem.to-check.general")


def _corrected(review: Review, spec: FormSpec) -> Iterator[Problem]:
    """Figures that were read for certain and changed all the same: the report itself has to be changed too."""
    if review.kind == SourceKind.PICTURE or any(note.code in _RECOGNISED for note in review.extracted.notes):
        return
    for cell in review.form:
        if cell.as_reviewed is None or cell.as_read.state is not State.READ or cell.value == cell.as_read.value:
            continue
        yield Problem(
            where=spec.cell_words(cell.ref),
            printed=number_text(cell.as_read.value),
            reason=messages.text("problem.corrected"),
            advice=messages.text("problem.to-check.corrected", value=_printed(cell)),
            answer=_joined([messages.text(f"outcome.{Outcome.CORRECTED}"), cell.as_reviewed.why]),
            place=_place_words(cell.place),
        )


def _printed(cell: Cell) -> str:
    return number_text(cell.value) or cell.reading.raw or messages.text("problem.blank")


def _answer_of(about: CellRef | Finding, review: Review) -> Decision | None:
    return answer_to(about, review.form, review.decisions)


def _answer_words(findings: Iterable[Finding], review: Review, ref: CellRef | None = None) -> str:
    """What the reviewer said about the findings, and about the cell that explains them."""
    answers = [answer for finding in findings if (answer := _answer_of(finding, review)) is not None]
    about_cell = None if ref is None else _answer_of(ref, review)
    if about_cell is not None:
        answers.append(about_cell)
    if not answers:
        return messages.text("problem.open")
    words = [word for answer in answers for word in (messages.text(f"outcome.{answer.outcome}"), answer.note)]
    return _joined(dict.fromkeys(words))


def _joined(words: Iterable[str]) -> str:
    return messages.text("workbook.joint").join(word for word in words if word)
