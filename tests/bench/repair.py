"""Errors put into consistent forms, and whether they are found: ``python -m tests.bench.repair [CASES] [--seed N]``.

Prints a table in Markdown: what was injected, how often the truth is the first proposal, among the proposals, the only
one, and the time of a diagnosis. Published figures and made ones by turns; the sample reports' too where they are. The
cases are the same on every run with the same seed; the times are of this machine. ``--only "t3 5 adjacent"`` prints the
lines whose name begins so.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    misrecognised,
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


@dataclass(frozen=True)
class Line:
    """One line of the table: how many cells of which table are wrong, and where they lie."""

    table: str
    count: int
    kind: str
    with_prose: bool = False
    as_recognised: bool = False

    @property
    def name(self) -> str:
        """The line as it is asked for."""
        return f"{self.table} {self.count} {self.place}"

    @property
    def place(self) -> str:
        """Where the cells lie, as it is printed."""
        slips = ", slips as counted" if self.as_recognised else ""
        return self.kind + (", with prose" if self.with_prose else "") + slips


def main(arguments: list[str]) -> int:
    """Print the table."""
    logging.disable()
    parser = argparse.ArgumentParser(prog="tests.bench.repair")
    parser.add_argument("cases", nargs="?", type=int, default=CASES, help="cases of each line")
    parser.add_argument("--seed", type=int, default=0, help="other errors, and other made forms")
    parser.add_argument("--only", default="", help="the lines whose name begins so")
    options = parser.parse_args(arguments)
    bases = [*real(), *made(24, options.seed)]
    timed(form_of(bases[0][1], bases[0][0]), ())
    # What the measuring itself keeps is not to be searched for garbage in the middle of a diagnosis.
    gc.freeze()
    print(f"{len(bases)} forms, {options.cases} cases a line\n", flush=True)
    print("| table | cells | where | cases | first % | among the proposals % | only one % | p50 ms | p95 ms | max ms |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for line in lines():
        if line.name.startswith(options.only):
            measure(line, options.cases, bases, options.seed)
    return 0


def lines() -> Iterator[Line]:
    """All lines of the table."""
    for count in range(1, 6):
        for kind in KINDS:
            if count > 1 or kind == "uniform":
                yield Line("t3", count, kind)
    for count in (1, 2):
        yield Line("t4", count, "uniform")
        yield Line("t4", count, "uniform", with_prose=True)
    for count in (1, 2):
        yield Line("t4", count, "uniform", as_recognised=True)


@dataclass(frozen=True)
class Injected:
    """A consistent form with errors in some cells."""

    form: FilledForm
    truth: Figures
    wrong: frozenset[CellRef]
    witnesses: tuple[Witness, ...]


def injected(line: Line, cases: int, bases: Sequence[Base], seed: int) -> Iterator[Injected]:
    """The cases of a line."""
    rng = random.Random(f"{line.table} {line.count} {line.kind}" + (f" {seed}" if seed else ""))
    for case in range(cases):
        edition, truth = bases[case % len(bases)]
        clean = form_of(truth, edition)
        cells = KINDS[line.kind](rng, rows_of(clean, load_editions()[edition], line.table), line.count)
        slip = misrecognised if line.as_recognised else misread
        wrong = {ref: slip(rng, truth[ref]) for ref in cells}
        witnesses: tuple[Witness, ...] = prose_about_suits(truth) if line.with_prose else ()
        yield Injected(with_errors(clean, wrong), truth, frozenset(wrong), witnesses)


def measure(line: Line, cases: int, bases: Sequence[Base], seed: int) -> None:
    """Measure and print one line."""
    seconds, outcomes = [], []
    for case in injected(line, cases, bases, seed):
        taken, found = timed(case.form, case.witnesses)
        seconds.append(taken * 1000)
        outcomes.append(outcome(found, case.truth, set(case.wrong)))
    share = [100 * sum(getattr(one, name) for one in outcomes) / cases for name in ("first", "among", "unique")]
    ranked = sorted(seconds)
    times = (statistics.median(ranked), ranked[int(len(ranked) * 0.95)], ranked[-1])
    numbers = " | ".join([f"{one:.2f}" for one in share] + [f"{one:.1f}" for one in times])
    print(f"| {line.table} | {line.count} | {line.place} | {cases} | {numbers} |", flush=True)


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


def made(count: int, first: int = 0) -> Iterator[Base]:
    """Made figures of both editions and all sizes; other ones for another ``first``."""
    sizes = ("tiny", "small", "medium", "large")
    for number in range(count):
        edition = "2019" if number % 4 == 3 else "2021"
        size = sizes[number % 3 + 1]
        yield edition, fill(number + 100 * first, edition, size, number % 2 == 0, single_closed=number % 8 == 5)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
