"""All answers of a reviewer about a report, in words: those about cells first, then those about findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gkdesk import messages
from gkdesk.model.answer import Answer
from gkdesk.model.cellref import CellRef
from gkdesk.model.decision import Decision, target_of
from gkdesk.model.finding import Finding, cells_named_in
from gkdesk.model.review import Review
from gkdesk.model.rule_words import rule_words
from gkdesk.model.spec import FormSpec
from gkdesk.model.wording import finding_headline
from gkdesk.workflow.deciding import figures_of, is_answered
from gkdesk.workflow.problems import located

_FINDING = "finding "


def answers_of(review: Review, spec: FormSpec, findings: Iterable[Finding]) -> tuple[Answer, ...]:
    """Every answer, also those about other figures than the report has now; ``findings`` are those that stand.

    A finding that is not among them is named by the title of its rule and its cells.
    """
    known = {target_of(finding): finding for finding in findings}
    told = [target for target in known if target in review.decisions]
    gone = [target for target in review.decisions if target.startswith(_FINDING) and target not in known]
    return (
        *_about_cells(review, spec),
        *(_about_finding(known[target], review, review.decisions[target]) for target in told),
        *(_about_gone(target, review, spec, review.decisions[target]) for target in gone),
    )


def _about_cells(review: Review, spec: FormSpec) -> Iterator[Answer]:
    for cell in review.form:
        decision = review.decisions.get(target_of(cell.ref))
        if decision is not None:
            stands = decision.figures == figures_of(cell.ref, review.form)
            yield Answer(spec.cell_words(cell.ref), decision, None, cell.ref, cell.place, stands)


def _about_finding(finding: Finding, review: Review, decision: Decision) -> Answer:
    ref = _cell_of(finding)
    places = [evidence.place for evidence in finding.evidence]
    if ref is not None and ref in review.form:
        places.append(review.form[ref].place)
    place = next((place for place in places if place is not None), None)
    stands = is_answered(finding, review.form, review.decisions)
    return Answer(finding_headline(finding), decision, finding, ref, place, stands)


def _cell_of(finding: Finding) -> CellRef | None:
    """The cell that explains the finding, if there is one; else the last: the total of a sum."""
    found = located(finding)
    if found is not None:
        return found[0]
    return finding.cells[-1] if finding.cells else None


def _about_gone(target: str, review: Review, spec: FormSpec, decision: Decision) -> Answer:
    fingerprint = target.removeprefix(_FINDING)
    refs = [ref for ref in cells_named_in(fingerprint) if ref in review.form]
    words = messages.text("workbook.joint").join(spec.cell_words(ref) for ref in refs[:1] + refs[1:][-1:])
    title = rule_words(fingerprint.partition("|")[0]).title
    about = messages.text("answer.of-rule", title=title, cells=words) if words else title
    # Reports of other bodies and years may not be at hand now, so that the figures alone tell.
    now = " ".join(figures_of(ref, review.form) for ref in refs)
    place = review.form[refs[-1]].place if refs else None
    return Answer(about, decision, place=place, stands=decision.figures == now)
