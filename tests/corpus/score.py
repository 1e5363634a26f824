"""How well the program reads the made documents: ``python -m tests.corpus.score [--update] [--details] [FAMILY…]``.

Per family of documents: cells exact, cells wrong in silence, cells doubtful, documents exact in every cell, names and
years right, findings that should not be or are not there, seconds. ``score.json`` keeps the best so far.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from gkdesk.errors import UserError
from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Finding, Severity
from gkdesk.model.form import Cell
from gkdesk.model.reading import State
from gkdesk.sources.pictures import recognition
from gkdesk.workflow.tasks import ReadReport, read_bytes

from .generator.numbers import MARKS_FOR_NOTHING

FOLDER = Path(__file__).parent / "documents"
BEST = Path(__file__).parent / "score.json"
_TRUTH = ".truth.json"


@dataclass(slots=True)
class Outcome:
    """One document, or the sum over several.

    Attributes:
        cells: how many the truth has; ``exact`` of them are right, ``wrong`` were read as another figure, or called
            blank where a figure stands, without doubt; ``silent`` of these are in no finding either.
        doubtful: cells that came out doubtful, right or not; ``needed`` of them cannot be known from the file.
        whole: documents with every cell exact.
        named: organisation, year and edition that are right (three a document).
        sections: prose sections there are, and ``prose`` of them begin and end where they should.
        false_alarms: findings of severity error that the printed figures do not deserve.
        overlooked: planted errors that no finding names.
        refused: documents that could not be read at all.
        peak: highest peak of memory in megabytes, where it was measured.
        details: what is not right, for people.
    """

    documents: int = 0
    cells: int = 0
    exact: int = 0
    wrong: int = 0
    silent: int = 0
    doubtful: int = 0
    needed: int = 0
    whole: int = 0
    named: int = 0
    sections: int = 0
    prose: int = 0
    false_alarms: int = 0
    overlooked: int = 0
    refused: int = 0
    seconds: float = 0.0
    peak: float = 0.0
    details: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Add what another document gave."""
        peak = max(self.peak, other.peak)
        for name, value in asdict(other).items():
            setattr(self, name, getattr(self, name) + value)
        self.peak = peak


KEPT = ("documents", "cells", "exact", "wrong", "whole", "named", "sections", "prose", "false_alarms", "overlooked")
MORE_IS_BETTER = ("exact", "whole", "named", "prose")
LESS_IS_BETTER = ("wrong", "false_alarms", "overlooked")


PICTURES = ("scan", "picture")
"""Families that are read by the extra ``ocr``."""


def lacks_recognition(family: str) -> bool:
    """True if documents of this family cannot be read here."""
    return family in PICTURES and not recognition.is_available()


def documents(families: Iterable[str] = ()) -> list[Path]:
    """The made documents, by family and name."""
    chosen = set(families)
    found = (path for path in FOLDER.glob("*/*") if not path.name.endswith(_TRUTH))
    return sorted(path for path in found if not chosen or path.parent.name in chosen)


def measure(path: Path) -> Outcome:
    """Read one document and compare it with the truth beside it."""
    known = json.loads(path.with_name(path.name + _TRUTH).read_text("utf-8"), parse_float=Decimal)
    return compare(path.name, path.read_bytes(), known)


def compare(name: str, data: bytes, known: dict[str, Any]) -> Outcome:
    """Read a document's bytes and compare what comes out with its truth."""
    outcome = Outcome(documents=1, cells=len(known["cells"]))
    started = time.perf_counter()
    try:
        read = read_bytes(name, data)
    except UserError as error:
        outcome.details.append(f"not read: {error.code}")
        outcome.overlooked, outcome.refused = len(known["errors"]), 1
        return outcome
    outcome.seconds = time.perf_counter() - started
    _compare_cells(read, known, outcome)
    _compare_names(read, known, outcome)
    _compare_sections(read, known, outcome)
    _compare_findings(read.findings, known, outcome)
    return outcome


def _compare_cells(read: ReadReport, known: dict[str, Any], outcome: Outcome) -> None:
    form = read.review.form
    told = {ref for finding in read.findings for ref in finding.cells}
    for name, value in known["cells"].items():
        ref = CellRef.parse(name)
        cell = form[ref] if ref in form else Cell(ref)
        outcome.doubtful += cell.state is State.DOUBTFUL
        outcome.needed += cell.state is State.DOUBTFUL and name in known["uncertain"]
        if _is_exact(cell, value, name in known["uncertain"]):
            outcome.exact += 1
            continue
        # A blank claims that nothing stands there.
        wrong = cell.state is State.READ or (cell.state is State.BLANK and value is not None)
        silent = wrong and ref not in told
        outcome.wrong += wrong
        outcome.silent += silent
        word = "SILENT" if silent else "WRONG" if wrong else str(cell.state)
        outcome.details.append(f"{word} {name}: {cell.value} instead of {value} (raw {cell.reading.raw!r})")
    outcome.whole = int(outcome.exact == outcome.cells)


def _is_exact(cell: Cell, value: int | Decimal | None, uncertain: bool) -> bool:
    if uncertain:
        return cell.state is not State.READ
    if value is None:
        return cell.state in (State.BLANK, State.MISSING) or _is_doubted_blank(cell)
    return cell.value == value


def _is_doubted_blank(cell: Cell) -> bool:
    return cell.state is State.DOUBTFUL and cell.value is None and cell.reading.raw.strip() in MARKS_FOR_NOTHING


def _compare_names(read: ReadReport, known: dict[str, Any], outcome: Outcome) -> None:
    extracted = read.review.extracted
    for name in ("organization", "year", "edition"):
        value = getattr(extracted, name)
        if value == known[name]:
            outcome.named += 1
        else:
            outcome.details.append(f"{name}: {value!r} instead of {known[name]!r}")


def _compare_sections(read: ReadReport, known: dict[str, Any], outcome: Outcome) -> None:
    outcome.sections = len(known["sections"])
    for name, (start, end) in known["sections"].items():
        text = "".join(read.review.extracted.sections.get(name, "").split())
        if text.startswith("".join(start.split())) and text.endswith("".join(end.split())):
            outcome.prose += 1
        else:
            outcome.details.append(f"section {name}: {text[:12]!r} … {text[-12:]!r} instead of {start!r} … {end!r}")


def _compare_findings(findings: Iterable[Finding], known: dict[str, Any], outcome: Outcome) -> None:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    planted = {
        CellRef.parse(error["cell"]): {name.split("/")[0] for name in error["breaks"]} for error in known["errors"]
    }
    uncertain = {CellRef.parse(name) for name in known["uncertain"]}
    for finding in errors:
        if not (planted.keys() | uncertain) & set(finding.cells):
            outcome.false_alarms += 1
            outcome.details.append(f"false alarm {finding.rule}: {finding.expected} / {finding.actual}")
    undecidable = {ref.table for ref in uncertain}
    for ref, rules in planted.items():
        if ref.table in undecidable:
            continue
        if not any(ref in finding.cells and finding.rule in rules for finding in errors):
            outcome.overlooked += 1
            outcome.details.append(f"overlooked: {ref}")


def measure_all(families: Iterable[str] = ()) -> dict[Path, Outcome]:
    """Every document's outcome; those that cannot be read here are left out."""
    return {path: measure(path) for path in documents(families) if not lacks_recognition(path.parent.name)}


def by_family(outcomes: dict[Path, Outcome]) -> dict[str, Outcome]:
    """The sums per family."""
    sums: dict[str, Outcome] = {}
    for path, outcome in outcomes.items():
        sums.setdefault(path.parent.name, Outcome()).add(outcome)
    return sums


def load_best() -> dict[str, dict[str, int]]:
    """The best score so far, by family; empty if none was kept."""
    best: dict[str, dict[str, int]] = json.loads(BEST.read_text("utf-8")) if BEST.exists() else {}
    return best


def keep(sums: dict[str, Outcome]) -> None:
    """Make these scores the ones to reach."""
    best = load_best() | {name: {key: getattr(total, key) for key in KEPT} for name, total in sums.items()}
    BEST.write_text(json.dumps(dict(sorted(best.items())), indent=1) + "\n", encoding="utf-8")


_HEADS = (
    "docs cells exact % wrong silent doubt/doc needed needless whole refused named prose false missed s/doc MB".split()
)


def table(sums: dict[str, Outcome], markdown: bool = False, first: str = "family") -> str:
    """The scores for people; ``first`` heads the column of names."""
    total = Outcome()
    for outcome in sums.values():
        total.add(outcome)
    rows = [[first, *_HEADS], *(_row(name, outcome) for name, outcome in (*sums.items(), ("all", total)))]
    if not markdown:
        width = max(9, *(len(row[0]) for row in rows))
        return "\n".join(" ".join([f"{row[0]:>{width}}", *(f"{word:>8}" for word in row[1:])]) for row in rows)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"|{'---|' * len(rows[0])}")
    return "\n".join(lines)


def _row(name: str, outcome: Outcome) -> list[str]:
    count = outcome.documents or 1
    return [
        name,
        str(outcome.documents),
        str(outcome.cells),
        str(outcome.exact),
        _percent(outcome.exact, outcome.cells),
        str(outcome.wrong),
        str(outcome.silent),
        f"{outcome.doubtful / count:.1f}",
        f"{outcome.needed / count:.1f}",
        f"{(outcome.doubtful - outcome.needed) / count:.1f}",
        str(outcome.whole),
        str(outcome.refused),
        f"{outcome.named}/{3 * outcome.documents}",
        f"{outcome.prose}/{outcome.sections}",
        str(outcome.false_alarms),
        str(outcome.overlooked),
        f"{outcome.seconds / count:.3f}",
        f"{outcome.peak:.0f}" if outcome.peak else "-",
    ]


def _percent(part: int, whole: int) -> str:
    # Rounded down: what is not all of it must not be shown as all.
    return f"{part * 100_000 // max(whole, 1) / 1000:.3f}"


def main(arguments: list[str]) -> None:
    """Print the score, with ``--update`` keep it, with ``--details`` say what is not right."""
    outcomes = measure_all(word for word in arguments if not word.startswith("--"))
    for path, outcome in outcomes.items():
        if outcome.details:
            shown = outcome.details if "--details" in arguments else outcome.details[:3]
            print(f"{path.relative_to(FOLDER)}: {len(outcome.details)} not right", *shown, sep="\n    ")
    sums = by_family(outcomes)
    print(table(sums))
    for family in sorted({path.parent.name for path in documents()}):
        if lacks_recognition(family):
            print(f"{family}: left out, and its best score untouched: the extra ocr is not installed")
    if "--update" in arguments:
        keep(sums)


if __name__ == "__main__":
    main(sys.argv[1:])
