"""Checks a review under its own edition of the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gkdesk import __version__
from gkdesk.errors import WorkspaceError
from gkdesk.model.context import ALONE, Context
from gkdesk.model.decision import Decision
from gkdesk.model.finding import Finding, Severity
from gkdesk.model.form import FilledForm
from gkdesk.model.review import Review
from gkdesk.model.spec import FormSpec, load_editions
from gkdesk.workflow.deciding import is_answered

if TYPE_CHECKING:
    from gkdesk.store.workspace import Standing


def spec_of(review: Review) -> FormSpec:
    """The edition a review is under.

    Raises:
        WorkspaceError: ``workspace.newer`` for an edition this program does not know, ``workspace.damaged`` for a form
            whose cells are not those of its edition. Both happen only to a review from a workspace file.
    """
    spec = load_editions().get(review.form.edition)
    if spec is None:
        raise WorkspaceError("workspace.newer", name=review.source_name)
    known = set(spec.refs())
    cells = {cell.ref for cell in review.form}
    alternatives = {
        (table.id, alternative.row.id, column.id)
        for table in spec.tables
        for alternative in table.alternatives
        for block in table.blocks
        for column in block.columns
    }
    if not known <= cells or not cells - known <= alternatives:
        raise WorkspaceError("workspace.damaged", name=review.source_name)
    return spec


def find(
    review: Review, spec: FormSpec, form: FilledForm | None = None, context: Context = ALONE
) -> tuple[Finding, ...]:
    """All findings about a review, or about ``form`` in place of its form; worst first."""
    from gkdesk.checks.run import check

    return check(review.extracted, review.form if form is None else form, spec, context)


def standing(findings: Iterable[Finding], form: FilledForm, decisions: Mapping[str, Decision]) -> Standing:
    """The counts that lists of reports show: findings that wait for an answer, and cells that were changed."""
    from gkdesk.store.workspace import Standing

    severities = [finding.severity for finding in findings if not is_answered(finding, form, decisions)]
    return Standing(
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        changed=sum(cell.changed for cell in form),
        counted_by=__version__,
    )
