"""Slips of the page reader in prose, mended where a second look or the page itself tells how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from gkdesk.model.place import Box
from gkdesk.sources.pictures.characters.prose_reading import mended_texts, with_like_brackets
from gkdesk.sources.pictures.characters.text_recognition import LineText, TextBox, TextReader
from gkdesk.sources.pictures.components import find_blobs
from gkdesk.sources.pictures.paper import Gray


class _Reader:
    """A line reader that says what it is told to."""

    def __init__(self, *lines: str) -> None:
        self._lines = lines

    def read_lines(self, pieces: Sequence[Gray]) -> list[LineText]:
        assert len(pieces) == len(self._lines)
        return [LineText(line, 0.97) for line in self._lines]


def _mended(boxes: Sequence[TextBox], *lines: str, drawn: Sequence[Box] = ()) -> list[str]:
    gray = np.full((1000, 700), 255, dtype=np.uint8)
    for left, top, right, bottom in drawn:
        gray[int(top) : int(bottom), int(left) : int(right)] = 0
    reader = cast(TextReader, _Reader(*lines))
    return [box.text for box in mended_texts(boxes, find_blobs(gray < 200), gray, reader)]


def _text(text: str, confidence: float = 1.0, top: float = 300) -> TextBox:
    return TextBox(text, confidence, Box(100, top, 400, top + 30))


def test_an_unsure_text_is_read_again() -> None:
    assert _mended([_text("雾川市公安局年报", 0.98)], "霁川市公安局年报") == ["霁川市公安局年报"]


def test_a_second_reading_of_something_else_is_not_taken() -> None:
    assert _mended([_text("霁川市公安局年报", 0.98)], "第二十条第一项") == ["霁川市公安局年报"]


def test_a_full_stop_that_was_not_seen_is_found_by_its_ink() -> None:
    words, stop = Box(100, 302, 380, 328), Box(384, 320, 391, 327)
    assert _mended([_text("没有其他事项")], "没有其他事项。", drawn=[words, stop]) == ["没有其他事项。"]
    assert _mended([_text("没有其他事项")], drawn=[words]) == ["没有其他事项"]


def test_page_numbers_come_out_plain_only_in_the_margin_and_alone() -> None:
    assert _mended([_text("-1.", top=940)]) == ["- 1 -"]
    assert _mended([_text("4.", top=500)]) == ["4."]
    assert _mended([_text("7", top=940)]) == ["7"]
    assert _mended([_text("-1.", top=940), _text("规章", top=938)]) == ["-1.", "规章"]


def test_brackets_of_a_pair_are_alike() -> None:
    assert with_like_brackets("(一）存在（二)和(三)") == "（一）存在（二）和(三)"
    assert with_like_brackets("）开头(末尾") == "）开头(末尾"
