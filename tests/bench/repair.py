"""Errors put into consistent forms, and whether they are found: ``python -m tests.bench.repair [CASES]``.

Prints a table in Markdown: what was injected, how often the truth is the first proposal, among the proposals, the only
one, and the time of a diagnosis. Published figures and made ones by turns; the sample reports' too where they are. The
cases are the same on every run; the times are of this machine.
"""

from __future__ import annotations

import json
import logging
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Finding, Severity
from gkdesk.model.form import FilledForm
from gkdesk.model.reading import Number
from gkdesk.model.spec import load_editions
from gkdesk.model.witness import Witness
from tests.checks.injection import (
    KINDS,
    Figures,
    examined,
    form_of,
    misread,
    outcome,
    prose_about_suits,
    rows_of,
    with_errors,
)
from tests.checks.published import published
from tests.conftest import SAMPLES
from tests.corpus.generator.figures import fill

CASES = 1000
"""Cases of each line."""

Base = tuple[str, Figures]


def main(arguments: list[str]) -> int:
    """Print the table."""
    logging.disable()
    cases = int(arguments[0]) if arguments else CASES
    bases = [*real(), *made(24)]
    print(f"{len(bases)} forms, {cases} cases a line\n", flush=True)
    print("| table | cells | where | cases | first % | among the proposals % | only one % | p50 ms | p95 ms | max ms |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for count in range(1, 6):
        for kind in KINDS:
            if count > 1 or kind == "uniform":
                line("t3", count, kind, cases, bases)
    for count in (1, 2):
        line("t4", count, "uniform", cases, bases)
        line("t4", count, "uniform", cases, bases, with_prose=True)
    return 0


def line(table: str, count: int, kind: str, cases: int, bases: Sequence[Base], with_prose: bool = False) -> None:
    """Measure and print one line."""
    rng = random.Random(f"{table} {count} {kind}")
    seconds, outcomes = [], []
    for case in range(cases):
        edition, truth = bases[case % len(bases)]
        clean = form_of(truth, edition)
        spec = load_editions()[edition]
        cells = KINDS[kind](rng, rows_of(clean, spec, table), count)
        wrong = {ref: misread(rng, truth[ref]) for ref in cells}
        witnesses: tuple[Witness, ...] = prose_about_suits(truth) if with_prose else ()
        form = with_errors(clean, wrong)
        taken, found = timed(form, witnesses)
        seconds.append(taken * 1000)
        outcomes.append(outcome(found, truth, set(wrong)))
    share = [100 * sum(getattr(one, name) for one in outcomes) / cases for name in ("first", "among", "unique")]
    place = kind + (", with prose" if with_prose else "")
    ranked = sorted(seconds)
    times = (statistics.median(ranked), ranked[int(len(ranked) * 0.95)], ranked[-1])
    numbers = " | ".join([f"{one:.2f}" for one in share] + [f"{one:.1f}" for one in times])
    print(f"| {table} | {count} | {place} | {cases} | {numbers} |", flush=True)


def timed(form: FilledForm, witnesses: Sequence[Witness]) -> tuple[float, tuple[Finding, ...]]:
    """Seconds of computing that a diagnosis takes, and the findings."""
    case = examined(form, witnesses)
    start = time.process_time()
    found = case.diagnosed()
    return time.process_time() - start, found


def real() -> Iterator[Base]:
    """Published figures, and those of the sample reports whose cells are all filled."""
    for figures in published().values():
        yield "2021", figures
    for path in sorted(SAMPLES.rglob("*.truth.json")) if SAMPLES.is_dir() else ():
        truth = json.loads(path.read_text("utf-8"))
        values: dict[CellRef, Number] = {}
        for name, value in truth["cells"].items():
            if value is not None:
                values[CellRef.parse(name)] = Decimal(str(value)) if isinstance(value, float) else value
        edition = truth["edition"]
        is_whole = edition is not None and all(ref in values for ref in load_editions()[edition].refs())
        if is_whole and not is_wrong(values, edition):
            yield edition, values


def is_wrong(figures: Figures, edition: str) -> bool:
    """True if the report is not consistent as printed."""
    return any(finding.severity is Severity.ERROR for finding in examined(form_of(figures, edition)).findings)


def made(count: int) -> Iterator[Base]:
    """Made figures of both editions and all sizes."""
    sizes = ("tiny", "small", "medium", "large")
    for seed in range(count):
        edition = "2019" if seed % 4 == 3 else "2021"
        yield edition, fill(seed, edition, sizes[seed % 3 + 1], seed % 2 == 0, single_closed=seed % 8 == 5)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
