"""A content kept in a workspace is the content that was read, whatever it is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdesk.model.content import Content, Grid, GridCell, Line, Note, PageSize, SourceKind, Word
from gkdesk.model.place import Box, PagePlace, ParagraphPlace, SheetPlace, TablePlace, TextPlace
from gkdesk.sources import opening
from gkdesk.store.content_record import content_from_text, content_to_text
from gkdesk.store.json_shape import RecordError

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"

MADE = Content(
    SourceKind.DOCX,
    "0" * 64,
    (
        Line("收到申请 12 件", ParagraphPlace(3, 0, 9), (Word("12", TextPlace(5, 7)),), doubt="recognised"),
        Line("", PagePlace(2, Box(1.25, 2.5, 3.125, 4.0)), page=2),
        Grid(
            0,
            1,
            2,
            (
                GridCell(0, 0, 1, 1, "自然人", TablePlace(0, 0, 0)),
                GridCell(0, 1, 1, 1, "9", SheetPlace("表三", "B7"), "two-readings"),
            ),
            aligned=False,
            page=2,
            left_edges=(0.1, 7.3),
            right_edges=(7.3, 9.0),
        ),
    ),
    (PageSize(1, 595.3, 841.9), PageSize(2, 841.9, 595.3, 3)),
    "收到申请 12 件",
    "年报",
    (Note("picture-tables", {"count": 2}),),
)


def test_every_part_of_a_content_is_kept() -> None:
    assert content_from_text(content_to_text(MADE)) == MADE


@pytest.mark.parametrize("folder", ["docx", "html", "markdown", "pdf", "text", "xlsx"])
def test_what_readers_return_is_kept_exactly(folder: str) -> None:
    path = min(path for path in (CORPUS / folder).iterdir() if path.suffix != ".json")
    content = opening.read(path.read_bytes())
    assert content_from_text(content_to_text(content)) == content


@pytest.mark.parametrize(
    ("good", "bad"), [('"kind":"docx"', '"kind":"x"'), ('"place":{', '"place":null,"x":{'), ('"row":0', '"row":"0"')]
)
def test_text_of_another_shape_is_refused(good: str, bad: str) -> None:
    text = content_to_text(MADE)
    assert good in text
    with pytest.raises(RecordError):
        content_from_text(text.replace(good, bad, 1))
