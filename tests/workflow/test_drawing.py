"""Pages drawn in a process of their own: the same pictures; a page that never ends costs its picture, nothing else."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator

import pytest

from gkdesk.errors import SourceError
from gkdesk.workflow import drawing, tasks
from gkdesk.workflow.isolated import Here, Isolated, Limits
from gkdesk.workflow.progress import NO_PROGRESS, Progress
from tests.sources.pdf_maker import Sheet, make_pdf


def two_pages() -> bytes:
    first, second = Sheet(width=200, height=100), Sheet(width=100, height=200)
    first.fill(10, 10, 30, 30)
    return make_pdf(first, second)


def process_of(progress: Progress) -> int:
    return os.getpid()


def die_at_page(page: int, scale: float, progress: Progress) -> None:
    os._exit(9)


def wait_at_page(page: int, scale: float, progress: Progress) -> None:
    progress.step(0, 1)
    threading.Event().wait()


@pytest.fixture
def reading() -> Iterator[Isolated]:
    runner = Isolated()
    yield runner
    runner.close()


def test_pages_look_the_same_wherever_they_are_drawn(reading: Isolated) -> None:
    apart, here = drawing.open_pages(reading, two_pages()), drawing.open_pages(Here(), two_pages())
    assert [apart.size(page) for page in (1, 2)] == [here.size(page) for page in (1, 2)]
    assert apart.render(1, 1.5) == here.render(1, 1.5)
    with pytest.raises(IndexError):
        apart.render(3, 1.0)
    apart.close()
    here.close()


def test_the_process_that_drew_reads_the_next_file(reading: Isolated) -> None:
    process = reading.run(process_of, progress=NO_PROGRESS)
    pages = drawing.open_pages(reading, two_pages())
    pages.render(1, 1.0)
    pages.close()
    pages.close()
    assert reading.run(process_of, progress=NO_PROGRESS) == process
    with pytest.raises(ValueError, match="closed"):
        pages.render(1, 1.0)


def test_what_is_no_document_is_said(reading: Isolated) -> None:
    pages = drawing.open_pages(reading, b"%PDF-1.7 and nothing else")
    for _ in range(2):
        with pytest.raises(SourceError) as caught:
            pages.render(1, 1.0)
        assert caught.value.code == "source.broken"
    pages.close()


def test_a_page_that_kills_the_process_is_not_tried_again_and_the_others_are_drawn(
    reading: Isolated, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = drawing.open_pages(reading, two_pages())
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "_draw", die_at_page)
        with pytest.raises(SourceError) as caught:
            pages.render(1, 1.0)
        assert caught.value.code == "source.crashed"
    with pytest.raises(SourceError) as caught:
        pages.render(1, 1.0)
    assert caught.value.code == "source.broken"
    assert pages.render(2, 1.0).width == 100
    pages.close()


def test_a_page_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "LIMITS", Limits(patience=0.0))
    monkeypatch.setattr(drawing, "_draw", wait_at_page)
    reading = Isolated()
    pages = drawing.PagesApart(reading, two_pages())
    with pytest.raises(SourceError) as caught:
        pages.render(1, 1.0)
    assert caught.value.code == "source.too-slow"
    pages.close()
    reading.close()


def test_closing_does_not_wait_for_a_page_that_is_being_drawn(
    reading: Isolated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_draw", wait_at_page)
    pages = drawing.PagesApart(reading, two_pages())
    pages.size(1)
    raised: list[type[BaseException]] = []

    def draw() -> None:
        try:
            pages.render(1, 1.0)
        except ValueError as error:
            raised.append(type(error))

    thread = threading.Thread(target=draw)
    thread.start()
    while not pages._lock.locked():
        pass
    pages.close()
    thread.join()
    assert raised == [ValueError]


def test_the_pages_of_a_picture_file_are_unpacked_one_at_a_time() -> None:
    image = pytest.importorskip("PIL.Image")
    page = image.new("1", (6000, 9000), 1)
    page.save(stream := io.BytesIO(), "TIFF", save_all=True, append_images=[page] * 3, compression="group4")
    pages = tasks.open_pages(stream.getvalue())
    assert (pages.size(4).width, pages.size(4).height) == (6000, 9000)
    drawn = pages.render(4, 0.1)
    assert (drawn.width, drawn.height, drawn.stride) == (600, 900, 2400)
    assert set(drawn.pixels[:3]) == {255}
    with pytest.raises(IndexError):
        pages.render(5, 0.1)
    pages.close()
