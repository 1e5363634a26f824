"""Reports for the rules: published figures of 淮安市人民政府 2024 (all 42 identities close), changed cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gkdesk.checks.run import check
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Note
from gkdesk.model.finding import Finding, Severity
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import Number, Reading, State, number
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.model.wording import finding_words

HUAIAN_T2 = "1 0 11 8 26 66 447228 3985758 88283 96171.6"
HUAIAN_T3 = """
  3001     53      0      0     61      4   3119
    34      0      0      0      0      0     34
  1288     21      0      0     50      3   1362
   447      7      0      0      0      0    454
     2      0      0      0      0      0      2
    30      1      0      0      0      0     31
     5      0      0      0      0      0      5
     6      0      0      0      0      0      6
     7      1      0      0      0      0      8
    12      0      0      0      0      0     12
     9      0      0      0      0      0      9
   105      0      0      0      0      0    105
   746     12      0      0     10      1    769
    11      0      0      0      0      0     11
     1      0      0      0      0      0      1
    56      6      0      0      0      0     62
    25      0      0      0      0      0     25
     0      0      0      0      0      0      0
     0      0      0      0      0      0      0
     1      0      0      0      0      0      1
    67      3      0      0      1      0     71
     6      0      0      0      0      0      6
   108      2      0      0      0      0    110
  2932     53      0      0     61      4   3050
   103      0      0      0      0      0    103
"""
HUAIAN_T4 = "72 64 178 37 351  13 4 8 1 26  12 1 1 6 20"

BLANK = Reading(State.BLANK)
MISSING = Reading(State.MISSING, confidence=0.0)

Change = Number | Reading


@dataclass(frozen=True)
class Report:
    """A checked report; its sentences are what a clerk reads."""

    form: FilledForm
    findings: tuple[Finding, ...]

    def of(self, severity: Severity) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is severity]

    def sentences(self, severity: Severity) -> list[str]:
        return [finding_words(finding) for finding in self.of(severity)]

    @property
    def errors(self) -> list[str]:
        return self.sentences(Severity.ERROR)

    @property
    def warnings(self) -> list[str]:
        return self.sentences(Severity.WARNING)

    @property
    def infos(self) -> list[str]:
        return self.sentences(Severity.INFO)


def doubtful(value: Number | None, raw: str, *doubts: str) -> Reading:
    return Reading(State.DOUBTFUL, value, raw, 0.5, doubts or ("unit",))


def huaian() -> FilledForm:
    """All 200 cells read without doubt."""
    figures = f"{HUAIAN_T2} {HUAIAN_T3} {HUAIAN_T4}".split()
    values = [Decimal(figure) if "." in figure else int(figure) for figure in figures]
    refs = load_editions()["2021"].refs()
    cells = (Cell(ref, number(value)) for ref, value in zip(refs, values, strict=True))
    return FilledForm("2021", cells)


def changed(form: FilledForm, changes: Mapping[str, Change]) -> FilledForm:
    """``form`` with some cells read differently: a key is a cell, a row (``t3.new``) or a table (``t3``)."""
    cells = {cell.ref: cell for cell in form}
    for key, change in changes.items():
        reading = change if isinstance(change, Reading) else number(change)
        parts = key.split(".")
        found = [ref for ref in cells if list(ref[: len(parts)]) == parts]
        for ref in found or [CellRef.parse(key)]:
            cells[ref] = Cell(ref, reading)
    return FilledForm(form.edition, cells.values())


def checked(
    form: FilledForm,
    organization: str | None = "淮安市人民政府",
    year: int | None = 2024,
    notes: Sequence[Note] = (),
    edition: str | None = "",
) -> Report:
    """``form`` after all rules; the edition recognised is the form's unless given."""
    spec = load_editions()[form.edition]
    recognised = form.edition if edition == "" else edition
    extracted = Extracted(form, recognised, organization, year, "", notes=tuple(notes))
    return Report(form, check(extracted, form, spec))


def report(changes: Mapping[str, Change] | None = None, **about: Any) -> Report:
    """The report of 淮安 with the given cells changed: ``report({"t3.new.total": 8}, year=2023)``."""
    return checked(changed(huaian(), changes or {}), **about)
