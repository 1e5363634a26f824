"""Realistic figures for one report of either edition: every identity holds, or planted misprints break some."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Number
from gkdesk.model.spec import FormSpec, load_editions

Figures = dict[CellRef, Number]

APPLICANTS = ("natural", "business", "research", "welfare", "legal", "other")
OUTCOMES = ("upheld", "corrected", "other", "pending")

_APPLICANT_WEIGHTS = (930, 48, 2, 4, 13, 5)
_ROW_WEIGHTS = {
    "granted": 380,
    "partial": 120,
    "denied_secret": 2,
    "denied_law": 7,
    "denied_safety": 3,
    "denied_third_party": 7,
    "denied_internal": 8,
    "denied_process": 9,
    "denied_enforcement": 10,
    "denied_inquiry": 22,
    "unable_not_held": 260,
    "unable_not_ready": 14,
    "unable_unclear": 5,
    "rejected_petition": 38,
    "rejected_repeat": 18,
    "rejected_publication": 2,
    "rejected_excessive": 5,
    "rejected_confirm": 3,
    "closed_not_amended": 26,
    "closed_fee_unpaid": 6,
    "closed_other": 80,
    "closed": 110,
}
_HANDLED = {"none": (0, 0), "tiny": (1, 12), "small": (18, 90), "medium": (150, 700), "large": (2400, 5200)}


@dataclass(frozen=True, slots=True)
class PlantedError:
    """A misprint: the cell, the figure that was meant, the one that is printed, and the identities it breaks."""

    cell: CellRef
    meant: Number
    printed: Number
    breaks: tuple[str, ...]


def single_row_refs() -> tuple[CellRef, ...]:
    """The cells of （六）其他处理 where it is printed as one row."""
    return tuple(CellRef("t3", "closed", column) for column in (*APPLICANTS, "total"))


def detail_rows(edition: str, single_closed: bool) -> tuple[str, ...]:
    """Ids of the rows that add up to （七）总计."""
    one_row = edition == "2019" or single_closed
    closed = ("closed",) if one_row else ("closed_not_amended", "closed_fee_unpaid", "closed_other")
    return tuple(row for row in _ROW_WEIGHTS if not row.startswith("closed")) + closed


def fill(seed: int, edition: str, size: str, government: bool, single_closed: bool = False) -> Figures:
    """All figures of one report; ``size`` is a key of the table of handled requests, ``government`` a whole area."""
    rng = random.Random(seed)
    figures: Figures = {}
    figures |= _disclosed_2019(rng, size, government) if edition == "2019" else _disclosed(rng, size, government)
    figures |= _requests(rng, size, detail_rows(edition, single_closed))
    figures |= _appeals(rng, size)
    return figures


def _decimal(rng: random.Random, places: int, most: int) -> Number:
    if places == 0:
        return rng.randint(0, most)
    # A last digit other than 0, so that the number of decimals is really the one asked for.
    digits = rng.randint(1, most) * 10**places + rng.randint(1, 10**places // 10 - 1 or 9) * 10 + rng.randint(1, 9)
    return Decimal(digits).scaleb(-places)


def _disclosed(rng: random.Random, size: str, government: bool) -> Figures:
    scale = {"none": 1, "tiny": 3, "small": 20, "medium": 300, "large": 9000}[size]
    made, repealed = rng.randint(0, 4 + scale // 40), rng.randint(0, 3 + scale // 60)
    values: dict[str, Number] = {
        "rules.made": rng.randint(0, 3) if government and size == "large" else 0,
        "rules.repealed": rng.randint(0, 2) if government and size == "large" else 0,
        "rules.valid": rng.randint(6, 60) if government and size == "large" else 0,
        "normative.made": made,
        "normative.repealed": repealed,
        "normative.valid": made + rng.randint(0, 12 + scale // 10),
        "permit.decisions": rng.randint(scale, 150 * scale),
        "penalty.decisions": rng.randint(0, 120 * scale),
        "coercion.decisions": rng.randint(0, 4 * scale),
        "fee.amount": _decimal(rng, rng.choice((0, 1, 2, 4, 6)), 11 * scale) if size != "none" else 0,
    }
    return {_ref("t2", name): value for name, value in values.items()}


def _disclosed_2019(rng: random.Random, size: str, government: bool) -> Figures:
    scale = {"none": 1, "tiny": 2, "small": 15, "medium": 120, "large": 900}[size]
    values: dict[str, Number] = {}
    for row, most in (("rules", 4 if government and size == "large" else 0), ("normative", scale)):
        made = rng.randint(0, most)
        values[f"{row}.produced"] = made
        values[f"{row}.disclosed"] = made
        values[f"{row}.disclosed_total"] = made + rng.randint(0, 9 * most)
    for row in ("permit", "service", "penalty", "coercion"):
        before = rng.randint(0, 3 * scale)
        values[f"{row}.items_before"] = before
        values[f"{row}.items_change"] = rng.randint(-min(before, 9), 19)
        values[f"{row}.decisions"] = rng.randint(0, 200 * scale)
    values["fee.items_before"] = rng.randint(2, 9)
    values["fee.items_change"] = rng.choice((-2, -1, 0, 0, 1))
    values["procurement.items"] = rng.randint(1, scale)
    values["procurement.amount"] = _decimal(rng, rng.choice((0, 2)), 40 * scale)
    return {_ref("t2", name): value for name, value in values.items()}


def _requests(rng: random.Random, size: str, details: tuple[str, ...]) -> Figures:
    handled = rng.randint(*_HANDLED[size])
    counts = {(row, applicant): 0 for row in (*details, "carried_out", "carried_in") for applicant in APPLICANTS}
    rows = rng.choices(details, [_ROW_WEIGHTS[row] for row in details], k=handled)
    for row, applicant in zip(rows, rng.choices(APPLICANTS, _APPLICANT_WEIGHTS, k=handled), strict=True):
        counts[row, applicant] += 1
    for applicant in APPLICANTS:
        done = sum(counts[row, applicant] for row in details)
        counts["carried_out", applicant] = rng.randint(0, done // 20 + (size != "none" and applicant == "natural"))
        counts["carried_in", applicant] = rng.randint(0, min(done, done // 25 + 1))
        counts["total", applicant] = done
        counts["new", applicant] = done + counts["carried_out", applicant] - counts["carried_in", applicant]
    figures: Figures = {CellRef("t3", row, applicant): count for (row, applicant), count in counts.items()}
    for row in (*details, "carried_out", "carried_in", "total", "new"):
        figures[CellRef("t3", row, "total")] = sum(counts[row, applicant] for applicant in APPLICANTS)
    return figures


def _appeals(rng: random.Random, size: str) -> Figures:
    most = {"none": 0, "tiny": 1, "small": 4, "medium": 25, "large": 180}[size]
    figures: Figures = {}
    for group, share in (("review", 1.0), ("direct", 0.5), ("after_review", 0.3)):
        counts = [rng.randint(0, round(most * share * weight)) for weight in (1.0, 0.4, 0.7, 0.3)]
        for outcome, count in zip(OUTCOMES, counts, strict=True):
            figures[CellRef("t4", group, outcome)] = count
        figures[CellRef("t4", group, "total")] = sum(counts)
    return figures


def _ref(table: str, name: str) -> CellRef:
    row, column = name.split(".")
    return CellRef(table, row, column)


def broken(edition: str, values: dict[CellRef, Number | None]) -> set[str]:
    """Names ``rule/line`` of the identities that the values break; blanks count as 0, but a side without
    any figure decides nothing.
    """
    spec = spec_of(edition)
    form = spec.empty_form()
    if any(ref in values for ref in single_row_refs()) and edition != "2019":
        return set(_broken_single_row(spec, values))
    return set(_broken(((i.spec.rule, i.line, i.left, i.right) for i in spec.identities_of(form)), values))


def _broken_single_row(spec: FormSpec, values: dict[CellRef, Number | None]) -> Iterable[str]:
    # The table with one row （六） is that of the 2019 edition.
    older = spec_of("2019")
    return _broken(((i.spec.rule, i.line, i.left, i.right) for i in older.identities_of(older.empty_form())), values)


def _broken(
    identities: Iterable[tuple[str, str, tuple[CellRef, ...], tuple[CellRef, ...]]],
    values: dict[CellRef, Number | None],
) -> Iterable[str]:
    for rule, line, left, right in identities:
        if any(all(values[ref] is None for ref in side) for side in (left, right)):
            continue
        if sum(values[ref] or 0 for ref in left) != sum(values[ref] or 0 for ref in right):
            yield f"{rule}/{line}"


def spec_of(edition: str) -> FormSpec:
    """The edition's specification as the program has it."""
    return load_editions()[edition]


def plant(figures: Figures, edition: str, misprints: dict[str, int]) -> tuple[Figures, tuple[PlantedError, ...]]:
    """``figures`` with some cells misprinted (cell id to the difference), and what each misprint breaks alone."""
    printed = dict(figures)
    errors = []
    for name, difference in misprints.items():
        ref = CellRef.parse(name)
        wrong = figures[ref] + difference
        printed[ref] = wrong
        alone: dict[CellRef, Number | None] = {**figures, ref: wrong}
        errors.append(PlantedError(ref, figures[ref], wrong, tuple(sorted(broken(edition, alone)))))
    return printed, tuple(errors)
