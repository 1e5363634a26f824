"""What a cell says below the form."""

from __future__ import annotations

import pytest

from gkdesk.model.reading import Reading, State
from gkdesk.ui.wording import reading_words


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading(State.DOUBTFUL, 12, "12", 0.5), "12（存疑）"),
        (Reading(State.DOUBTFUL, None, "约十件", 0.0), "“约十件”（存疑，不是一个数字）"),
        (Reading(State.DOUBTFUL, None, "", 0.0), "没有读到内容（存疑）"),
        (Reading(State.BLANK, None, "/"), "空白（写的是“/”）"),
    ],
)
def test_a_reading_says_what_stands_in_the_source(reading: Reading, words: str) -> None:
    assert reading_words(reading) == words
