"""Where the pieces of a line of text stand in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdesk.extraction.noted_figures import TOKEN
from gkdesk.model.content import Line, Word
from gkdesk.model.place import ParagraphPlace, Place, TextPlace


def places_of_tokens(line: Line, tokens: list[re.Match[str]]) -> Iterator[Place]:
    """Where the tokens stand, which are the last ones of the line."""
    left = list(line.words)
    for token in tokens:
        yield place_in_line(line, token, left)


def place_in_line(line: Line, token: re.Match[str], left: list[Word]) -> Place:
    """Where a token of a line stands; ``left`` are the words not yet used, from the left."""
    in_text = place_in_text(line, token)
    if in_text is not None:
        return in_text
    if isinstance(line.place, ParagraphPlace):
        return ParagraphPlace(line.place.paragraph, line.place.start + token.start(), line.place.start + token.end())
    # Words of the figures stand at the end of the line, so the search goes from the right for the same characters.
    wanted = [index for index, word in enumerate(left) if word.text == token.group()]
    after = sum(1 for _ in TOKEN.finditer(line.text[token.end() :]) if _.group() == token.group())
    if len(wanted) > after:
        return left[wanted[-1 - after]].place
    return line.place


def place_in_text(line: Line, token: re.Match[str]) -> TextPlace | None:
    """Where a token of a line of plain text stands; None if the line is none."""
    if not isinstance(line.place, TextPlace):
        return None
    return TextPlace(line.place.start + token.start(), line.place.start + token.end())
