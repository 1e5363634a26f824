"""The made documents are what their generator makes, and their truths are sound."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from gkdesk.model.cellref import CellRef
from gkdesk.model.spec import load_editions

from . import score
from .generator import figures
from .generator.build import truth_path, write
from .generator.documents import Document, everything
from .generator.report import make_report
from .generator.sample_report import sample

DOCUMENTS = {f"{document.family}/{document.name}": document for document in everything()}
TEXT_FAMILIES = ("text", "tabbed", "markdown", "html", "ofd")
LARGEST_CORPUS = 7_000_000
LARGEST_SAMPLE = 500_000


def test_every_document_is_there_and_no_other() -> None:
    assert {f"{path.parent.name}/{path.name}" for path in score.documents()} == set(DOCUMENTS)


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.split("/")[0] in TEXT_FAMILIES])
def test_writing_again_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    made = write(DOCUMENTS[name], tmp_path)
    kept = score.FOLDER / name
    assert made.read_bytes() == kept.read_bytes()
    assert truth_path(made).read_bytes() == truth_path(kept).read_bytes()


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_only_planted_errors_break_identities(document: Document) -> None:
    report = make_report(document.plan)
    broken = figures.broken(document.plan.edition, report.values)
    assert bool(broken) == bool(report.errors)
    assert all(set(error.breaks) & broken for error in report.errors)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_truth_names_every_cell_of_its_edition(document: Document) -> None:
    path = truth_path(score.FOLDER / document.family / document.name)
    known = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    cells = {CellRef.parse(name) for name in known["cells"]}
    expected = set(load_editions()[document.plan.edition].refs())
    if document.plan.single_closed and known["edition"] == "2021":
        expected |= set(figures.single_row_refs())
    assert cells == expected


def test_the_corpus_stays_small() -> None:
    assert sum(path.stat().st_size for path in score.FOLDER.glob("*/*")) < LARGEST_CORPUS


def test_the_shipped_sample_has_its_planted_errors_found() -> None:
    from gkdesk import paths
    from gkdesk.model.finding import Severity
    from gkdesk.workflow.tasks import read_report

    path = paths.resources() / "samples" / "sample-report.pdf"
    read = read_report(path)
    errors = [finding for finding in read.findings if finding.severity is Severity.ERROR]
    named = {cell for finding in errors for cell in finding.cells}
    assert path.stat().st_size < LARGEST_SAMPLE
    assert read.review.extracted.organization == "青禾市自然资源和规划局"
    assert {cell.ref: cell.value for cell in read.review.form} == sample().values
    assert {error.cell for error in sample().errors} <= named
    assert len(errors) == 3


def test_the_sections_of_the_shipped_sample_are_its_own() -> None:
    from gkdesk import paths
    from gkdesk.workflow.tasks import read_report

    found = read_report(paths.resources() / "samples" / "sample-report.pdf").review.extracted.sections
    prose = sample().prose
    for name, paragraphs in (("overview", prose.overview), ("problems", prose.problems), ("other", prose.other)):
        assert "".join(found[name].split()).startswith(paragraphs[0][:12])
