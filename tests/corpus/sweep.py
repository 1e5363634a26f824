"""Many made documents that are not kept, to find what the kept ones do not show.

``python -m tests.corpus.sweep [--count N] [--seed S] [--keep FOLDER] [FAMILY…]`` makes N documents a family (fewer of
those that are slow to make or to read) with habits drawn at random, scores them, prints a line for each that is not
read exactly, a table per family and one per habit, and with ``--keep`` writes the former to FOLDER with their truths.
With ``--results FILE`` every score is kept as it comes, and a run that was broken off goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from .draw import FAMILIES, MADE_OF_PAGES, draw
from .generator.build import truth_path
from .generator.office import keep_conversions
from .generator.report import truth
from .generator.tools import missing
from .generator.twist import KINDS
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
    habit: str = ""

    @property
    def stem(self) -> str:
        """How the file's name begins, and the key of its score."""
        return f"{self.number:04d}{f'-{self.habit}' if self.habit else ''}"


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one document; ``habits`` are the kinds of its twists, and those of its writer."""

    family: str
    seed: int
    stem: str
    habits: tuple[str, ...]
    outcome: Outcome

    def line(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def load_scores(path: Path | None, seed: int) -> list[Score]:
    """The scores of this seed that a run before has kept; the last line may be torn."""
    found = []
    for line in path.read_text("utf-8").splitlines() if path is not None and path.exists() else ():
        if not line.endswith("}}"):
            continue
        known = json.loads(line)
        if known["seed"] == seed:
            outcome = Outcome(**known["outcome"])
            found.append(Score(known["family"], seed, known["stem"], tuple(known["habits"]), outcome))
    return found


def make(order: Order) -> Path:
    """Write one document and its truth; returns the document's path."""
    keep_conversions(order.folder / "conversions")
    document, report = draw(order.family, order.seed, order.number, order.habit)
    path = order.folder / order.family / f"{order.stem}@{document.name}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document.write(report))
    known = truth(report, document.uncertain(report), document.tables, document.prose)
    known["habits"] = [*(twist.kind for twist in report.plan.twists), *document.habits]
    truth_path(path).write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def measure(path: Path) -> Outcome:
    """Read one document and compare it with its truth; with the peak of memory."""
    known = json.loads(truth_path(path).read_text("utf-8"), parse_float=Decimal)
    data = path.read_bytes()
    forget_peak()
    outcome = compare(path.name.split("@", 1)[1], data, known)
    outcome.peak = peak_memory()
    return outcome


def orders_of(family: str, arguments: argparse.Namespace, folder: Path) -> list[Order]:
    """The documents to make of a family: with all habits at a low rate, or some with each of the habits named."""
    count = max(1, round(arguments.count * _SHARES.get(family, 1.0)))
    habits = [habit for habit in arguments.habit if family in KINDS[habit]] if arguments.habit else [""]
    return [Order(family, arguments.seed, number, folder, habit) for habit in habits for number in range(count)]


def sweep(family: str, arguments: argparse.Namespace, folder: Path) -> list[Score]:
    """Make, read and score the documents of a family; those scored in a run before are not made again."""
    started = time.monotonic()
    scores = [score for score in load_scores(arguments.results, arguments.seed) if score.family == family]
    done = {score.stem for score in scores}
    orders = [order for order in orders_of(family, arguments, folder) if order.stem not in done]
    made = []
    for order, path in call_each(make, orders, arguments.workers, _MAKING_LIMIT):
        if isinstance(path, Failure):
            print(f"{family} {order.stem}: could not be made")
        else:
            made.append(path)
    for path, outcome in call_each(measure, sorted(made), arguments.workers, arguments.limit):
        known = json.loads(truth_path(path).read_text("utf-8"))
        if isinstance(outcome, Failure):
            words = f"not read within {arguments.limit:.0f} s" if outcome.late else "the reading process died"
            outcome = Outcome(documents=1, cells=len(known["cells"]), refused=1, details=[words])
        scores.append(Score(family, arguments.seed, path.name.split("@")[0], tuple(known["habits"]), outcome))
        if arguments.results is not None:
            with arguments.results.open("a", encoding="utf-8") as kept:
                kept.write(scores[-1].line() + "\n")
        if outcome.details:
            _tell(family, path, outcome, arguments.keep)
        for file in (path, truth_path(path)):
            file.unlink()
    print(f"{family}: {len(scores)} documents in {time.monotonic() - started:.0f} s", flush=True)
    return scores


def sums_by(scores: Iterable[Score], names: Callable[[Score], Iterable[str]]) -> dict[str, Outcome]:
    """The sums of the outcomes under each of their names."""
    sums: dict[str, Outcome] = {}
    for score in scores:
        for name in names(score):
            sums.setdefault(name, Outcome()).add(score.outcome)
    return sums


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
    parser.add_argument("--habit", action="append", default=[], help="N documents with this habit instead (repeatable)")
    parser.add_argument("--results", type=Path, metavar="FILE", help="keep every score there, go on where it ends")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where to put the documents not read exactly")
    parser.add_argument("--workers", type=int, default=2, help="processes at a time (default: 2)")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds to read a document (default: 60)")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    arguments = parser.parse_args()
    if unknown := set(arguments.families) - set(everything):
        parser.error(f"no such family: {', '.join(sorted(unknown))}")
    if unknown := set(arguments.habit) - set(KINDS):
        parser.error(f"no such habit: {', '.join(sorted(unknown))}; habits are {', '.join(KINDS)}")
    scores: list[Score] = []
    with tempfile.TemporaryDirectory(prefix="gkdesk-sweep-") as name:
        for family in possible(arguments.families or everything):
            scores += sweep(family, arguments, Path(name))
    print(table(sums_by(scores, lambda score: [score.family]), arguments.markdown))
    ordinary = [score for score in scores if not score.habits]
    if 0 < len(ordinary) < len(scores):
        print(
            "", "Without a twist:", table(sums_by(ordinary, lambda score: [score.family]), arguments.markdown), sep="\n"
        )
    habits = sums_by(scores, lambda score: score.habits or ["(none)"])
    print("", table(dict(sorted(habits.items())), arguments.markdown, first="habit"), sep="\n")


if __name__ == "__main__":
    main()
