"""One fictional report, ready to be written in any file format, and its truth."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Number
from gkdesk.model.spec import FormSpec

from . import figures as figures_module
from .figures import PlantedError
from .labels import LabelStyle
from .numbers import NumberStyle, print_figures, read_truth
from .prose import HEADINGS, OTHER_HEADINGS, Facts, Prose, write_prose
from .twist import Twist, add_marks, uncertain


@dataclass(frozen=True, slots=True)
class Plan:
    """What a report shall be: everything that does not depend on the file format.

    Attributes:
        title: pattern of the title with ``{body}`` (``{place}``: without 人民政府) and ``{year}``; ``|`` breaks it.
        chosen: figures of 表二 by cell id, instead of the drawn ones.
        misprints: cell id to the difference between what is printed and what was meant.
        disagreement: what the prose adds to the number of new requests.
        twists: habits that change the tables themselves.
    """

    seed: int
    body: str
    year: int
    edition: str
    size: str
    title: str = "{body}{year}年政府信息公开工作年度报告"
    single_closed: bool = False
    chosen: dict[str, Number] = field(default_factory=dict)
    misprints: dict[str, int] = field(default_factory=dict)
    disagreement: int = 0
    numbers: NumberStyle = field(default_factory=NumberStyle)
    labels: LabelStyle = field(default_factory=LabelStyle)
    other_headings: bool = False
    twists: tuple[Twist, ...] = ()

    @property
    def government(self) -> bool:
        """True for the report of a whole area."""
        return self.body.endswith("人民政府")

    @property
    def place(self) -> str:
        """The area of a government."""
        return self.body.removesuffix("人民政府")


@dataclass(frozen=True, slots=True)
class Report:
    """A report with the printed text of every cell."""

    plan: Plan
    spec: FormSpec
    texts: dict[CellRef, str]
    values: dict[CellRef, Number | None]
    errors: tuple[PlantedError, ...]
    title: tuple[str, ...]
    prose: Prose
    headings: tuple[str, ...]

    @property
    def single_closed(self) -> bool:
        """True if （六）其他处理 is printed as one row."""
        return self.plan.single_closed or self.plan.edition == "2019"


def make_report(plan: Plan) -> Report:
    """The report of a plan; always the same for the same plan."""
    meant = figures_module.fill(plan.seed, plan.edition, plan.size, plan.government, plan.single_closed)
    meant |= {CellRef.parse(name): value for name, value in plan.chosen.items()}
    printed, errors = figures_module.plant(meant, plan.edition, plan.misprints)
    texts = print_figures(printed, plan.numbers, plan.seed)
    stale = any(twist.kind == "stale-prose" for twist in plan.twists)
    facts = Facts(plan.body, plan.year - stale, plan.edition, plan.government, plan.single_closed, meant)
    return Report(
        plan,
        figures_module.spec_of(plan.edition),
        add_marks(texts, plan.twists),
        read_truth(printed, texts),
        errors,
        tuple(plan.title.format(body=plan.body, place=plan.place, year=plan.year).split("|")),
        write_prose(facts, plan.seed, plan.disagreement),
        OTHER_HEADINGS if plan.other_headings else HEADINGS,
    )


def another_report(report: Report, body: str = "") -> Report:
    """A report with other figures of the same or another body, without twists and misprints."""
    plan = report.plan
    return make_report(replace(plan, seed=plan.seed + 1, body=body or plan.body, twists=(), misprints={}, chosen={}))


def truth(report: Report, lost: tuple[str, ...] = (), tables: bool = True, prose: bool = True) -> dict[str, object]:
    """The truth as it is kept beside the document.

    Args:
        lost: cells that the file format makes uncertain, besides those that the twists do.
        tables, prose: whether the file has any.
    """
    hidden = tuple(dict.fromkeys((*lost, *(_uncertain(report) if tables else ()))))
    values: dict[CellRef, Number | None] = dict.fromkeys(report.spec.refs())
    if tables:
        values |= report.values
    return {
        "organization": report.plan.body,
        "year": report.plan.year,
        "edition": report.plan.edition if tables else None,
        "sections": {name: _ends(paragraphs) for name, paragraphs in _sections(report) if prose},
        "uncertain": list(hidden),
        "errors": [_error(error) for error in report.errors] if tables else [],
        "cells": {str(ref): None if str(ref) in hidden else _plain(value) for ref, value in values.items()},
    }


def _uncertain(report: Report) -> tuple[str, ...]:
    unknown = list(uncertain(report.plan.twists, report.values))
    for twist in report.plan.twists:
        if twist.kind == "second-unnamed":
            other = another_report(report).values
            # A zero beside a blank says the same.
            differing = [ref for ref, value in report.values.items() if (value or 0) != (other.get(ref) or 0)]
            unknown += [str(ref) for ref in differing if ref.table in twist.at]
    return tuple(unknown)


def _sections(report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
    prose = report.prose
    return (("overview", prose.overview), ("problems", prose.problems), ("other", prose.other))


def _ends(paragraphs: tuple[str, ...]) -> list[str]:
    """How a section begins and ends."""
    return [paragraphs[0][:12], paragraphs[-1][-12:]]


def _error(error: PlantedError) -> dict[str, object]:
    meant, printed = _plain(error.meant), _plain(error.printed)
    return {"cell": str(error.cell), "meant": meant, "printed": printed, "breaks": list(error.breaks)}


def _plain(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
