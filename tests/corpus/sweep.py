"""Many made documents that are not kept, to find what the kept ones do not show.

``python -m tests.corpus.sweep [--count N] [--seed S] [--keep FOLDER] [FAMILY…]`` makes N documents a family (fewer of
those that are slow to make or to read) with habits drawn at random, scores them, prints a line for each that is not
read exactly and a table per family, and with ``--keep`` writes the former to FOLDER with their truths.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from .draw import FAMILIES, MADE_OF_PAGES, draw
from .generator.build import truth_path
from .generator.office import keep_conversions
from .generator.report import truth
from .generator.tools import missing
from .processes import Failure, call_each, forget_peak, peak_memory
from .score import Outcome, compare, lacks_recognition, table

_SHARES = {"pdf": 0.4, "chromium": 0.3, "xls": 0.3, "doc": 0.2, "rtf": 0.1, "scan": 0.15, "picture": 0.15}
"""Of the count, for families that are slow to make or to read."""
_MAKING_LIMIT = 180.0


@dataclass(frozen=True, slots=True)
class Order:
    """One document to make: a file below ``folder``."""

    family: str
    seed: int
    number: int
    folder: Path


def make(order: Order) -> Path:
    """Write one document and its truth; returns the document's path."""
    keep_conversions(order.folder / "conversions")
    document, report = draw(order.family, order.seed, order.number)
    path = order.folder / order.family / f"{order.number:04d}-{document.name}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document.write(report))
    known = truth(report, document.uncertain(report), document.tables, document.prose)
    truth_path(path).write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def measure(path: Path) -> Outcome:
    """Read one document and compare it with its truth; with the peak of memory."""
    known = json.loads(truth_path(path).read_text("utf-8"), parse_float=Decimal)
    data = path.read_bytes()
    forget_peak()
    outcome = compare(path.name.split("-", 1)[1], data, known)
    outcome.peak = peak_memory()
    return outcome


def sweep(family: str, arguments: argparse.Namespace, folder: Path) -> Outcome:
    """Make, read and score the documents of a family."""
    count = max(1, round(arguments.count * _SHARES.get(family, 1.0)))
    orders = [Order(family, arguments.seed, number, folder) for number in range(count)]
    started = time.monotonic()
    made = []
    for order, path in call_each(make, orders, arguments.workers, _MAKING_LIMIT):
        if isinstance(path, Failure):
            print(f"{family} {order.number}: could not be made")
        else:
            made.append(path)
    total = Outcome()
    for path, outcome in call_each(measure, sorted(made), arguments.workers, arguments.limit):
        if isinstance(outcome, Failure):
            cells = len(json.loads(truth_path(path).read_text("utf-8"))["cells"])
            words = f"not read within {arguments.limit:.0f} s" if outcome.late else "the reading process died"
            outcome = Outcome(documents=1, cells=cells, refused=1, details=[words])
        total.add(outcome)
        if outcome.details:
            _tell(family, path, outcome, arguments.keep)
    print(f"{family}: {total.documents} documents in {time.monotonic() - started:.0f} s", flush=True)
    return total


def _tell(family: str, path: Path, outcome: Outcome, keep: Path | None) -> None:
    worst = sorted(outcome.details, key=lambda detail: not detail.startswith(("SILENT", "WRONG")))
    print(f"{family}/{path.name}: {len(outcome.details)} not right", *worst[:2], sep="\n    ", flush=True)
    if keep is not None:
        (keep / family).mkdir(parents=True, exist_ok=True)
        for part in (path, truth_path(path)):
            shutil.copy(part, keep / family / part.name)
        (keep / family / f"{path.name}.details.txt").write_text("\n".join(outcome.details) + "\n", encoding="utf-8")


def possible(families: list[str]) -> list[str]:
    """The families that can be made and read here; says which are left out and why."""
    chosen = []
    for family in families:
        lacking = missing(family)
        if lacking:
            print(f"{family}: left out, {', '.join(lacking)} not installed")
        elif lacks_recognition(family):
            print(f"{family}: left out, the extra ocr is not installed")
        else:
            chosen.append(family)
    return chosen


def main() -> None:
    """Sweep the families named, or all."""
    everything = [*FAMILIES, *MADE_OF_PAGES]
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.sweep", description="Score many made documents.")
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"of {', '.join(everything)}; default: all")
    parser.add_argument("--count", type=int, default=100, help="documents a family (default: 100)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where to put the documents not read exactly")
    parser.add_argument("--workers", type=int, default=2, help="processes at a time (default: 2)")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds to read a document (default: 60)")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    arguments = parser.parse_args()
    if unknown := set(arguments.families) - set(everything):
        parser.error(f"no such family: {', '.join(sorted(unknown))}")
    sums: dict[str, Outcome] = {}
    with tempfile.TemporaryDirectory(prefix="gkdesk-sweep-") as name:
        for family in possible(arguments.families or everything):
            sums[family] = sweep(family, arguments, Path(name))
    print(table(sums, arguments.markdown))


if __name__ == "__main__":
    main()
