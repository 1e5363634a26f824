"""Which figures an answer was given about, and which findings still wait for one."""

from __future__ import annotations

from collections.abc import Mapping

from gkdesk.model.cellref import CellRef
from gkdesk.model.decision import Decision, target_of
from gkdesk.model.finding import Finding
from gkdesk.model.form import FilledForm
from gkdesk.model.reading import number_text


def figures_of(about: CellRef | Finding, form: FilledForm) -> str:
    """The figures that a cell or a finding is about as they are now; an answer holds for these and no others.

    Passages are left out: a diagnosis adds some, and those of a source do not change.
    """
    refs = (about,) if isinstance(about, CellRef) else about.cells
    shown = [f"{form[ref].state}:{number_text(form[ref].value)}" if ref in form else "" for ref in refs]
    return " ".join(shown)


def answer_to(about: CellRef | Finding, form: FilledForm, decisions: Mapping[str, Decision]) -> Decision | None:
    """The answer that stands for a cell or a finding; None if there is none, or one about other figures."""
    found = decisions.get(target_of(about))
    return found if found is not None and found.figures == figures_of(about, form) else None


def is_answered(finding: Finding, form: FilledForm, decisions: Mapping[str, Decision]) -> bool:
    """True if a reviewer answered this finding with the figures as they are now."""
    return answer_to(finding, form, decisions) is not None
