"""Whatever a report holds: a diagnosis ends, and what it proposes puts right what it is proposed for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gkdesk.checks.diagnose import diagnose
from gkdesk.checks.proof import proofs
from gkdesk.checks.run import check
from gkdesk.model.cellref import CellRef
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import Reading, number
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.model.wording import proof_words, proposal_words

from .reports import BLANK, MISSING, doubtful, huaian

SPEC = load_editions()["2021"]
SUMMED = [ref for ref in SPEC.refs() if ref.table != "t2"]

figures = st.integers(0, 4000)
readings = st.one_of(
    figures.map(number),
    st.sampled_from([BLANK, MISSING, doubtful(None, "?", "not-a-number")]),
    figures.map(lambda value: doubtful(value, str(value), "row-unproven")),
)
wrong_cells = st.dictionaries(st.sampled_from(SUMMED), readings, max_size=9)
kinds = st.sampled_from(["pdf", "picture"])


@given(wrong_cells, kinds)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_report(wrong: dict[CellRef, Reading], kind: str) -> None:
    form = FilledForm("2021", [Cell(cell.ref, wrong.get(cell.ref, cell.reading)) for cell in huaian()])
    extracted = Extracted(form, "2021", None, 2024, "")
    identities = {(one.spec.rule, one.line): one for one in SPEC.identities_of(form)}
    for finding in diagnose(check(extracted, form, SPEC), extracted, form, SPEC, kind):
        for proposal in finding.proposals:
            assert 0 <= proposal.score <= 1
            assert proposal_words(proposal)
            assert all(value >= 0 for _, value in proposal.changes)
            assert len({ref for ref, _ in proposal.changes}) == len(proposal.changes)
        broken = finding.code.startswith(("identity.broken", "identity.doubtful"))
        identity = identities.get((finding.rule, finding.about))
        for proposal in finding.proposals:
            if identity is not None and broken and proposal.changes and proposal.reason != "deduced":
                then = {ref: form[ref].value or 0 for ref in identity.cells} | dict(proposal.changes)
                left, right = (sum(then[ref] for ref in side) for side in (identity.left, identity.right))
                assert left == right
    assert all(proof_words(proof) for proof in proofs(extracted, form, SPEC).values())
