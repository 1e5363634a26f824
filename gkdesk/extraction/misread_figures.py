"""Figures of scanned rows that were misread as letters: ``O9``, ``T/``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from gkdesk.model.content import Line
from gkdesk.model.reading import UNREAD

_MISREAD = re.compile(r"[A-Za-z](?:[\dA-Za-z]|[/,.\-])?|[\d/,.\-][A-Za-z]")


def with_misread(line: Line, is_figure: Callable[[str], bool]) -> Line:
    """The line with those pieces as unread that stand between two of its figures and are letters, and in doubt.

    What such a piece says is not known, nor that it is one figure. Without it all figures before it are words.
    """
    filled = [is_figure(piece.text) for piece in line.pieces]
    text, end, pieces = line.text, 0, list(line.pieces)
    for number, piece in enumerate(line.pieces):
        start = text.find(piece.text, end)
        if start < 0:
            return line
        said = piece.text
        if (
            0 < number < len(pieces) - 1
            and (line.doubt if piece.doubt is None else piece.doubt)
            and filled[number - 1]
            and filled[number + 1]
            and not filled[number]
            and _MISREAD.fullmatch(said)
        ):
            said = UNREAD
            pieces[number] = replace(piece, text=said)
            text = text[:start] + said + text[start + len(piece.text) :]
        end = start + len(said)
    return replace(line, text=text, pieces=tuple(pieces))
