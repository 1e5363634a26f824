"""Documents whose tables are pictures are recognised within the limits of the processes that read them."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

from gkdesk.model.reading import State
from gkdesk.workflow import tasks
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.isolated import Isolated

DOCUMENT = Path(__file__).parents[1] / "corpus" / "documents" / "picture" / "tables-in-word.docx"


class Steps:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def step(self, done: int, total: int, what: str = "") -> None:
        self.told.append(what)


def test_a_word_document_with_pictures_of_tables_is_read_in_a_process_of_its_own() -> None:
    steps, runner = Steps(), Isolated()
    try:
        read = runner.run(tasks.read_report, DOCUMENT, None, progress=steps)
    finally:
        runner.close()
    assert "progress.recognising" in steps.told
    assert read.content is not None
    assert "picture-tables" in {note.code for note in read.content.notes}
    assert sum(cell.state is State.READ for cell in read.review.form) > 150


def test_what_was_recognised_in_a_document_is_not_recognised_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("recognised again")

    read = tasks.read_report(DOCUMENT)
    with Desk.open(tmp_path / "desk.gkdesk") as desk:
        report_id = desk.add(read).report_id
    monkeypatch.setattr("gkdesk.sources.pictures.scan.open_reader", refuse)
    with Desk.open(tmp_path / "desk.gkdesk") as desk:
        assert desk.content(report_id) == read.content
