"""The header of a table in lines of text: names of columns, broken over lines, put together by where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gkdesk.extraction.figures import Span, Strip, Unit
from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.spec import ColumnSpec

HEADER_LINES = 14
"""Lines above the first row among which the header must stand."""

MOST_PARTS = 3
"""Clusters of header words that may make up one heading, such as 总 and 计."""

Tracks = tuple[Span, ...]


def header_lines(lines: Sequence[Strip], found: Sequence[Unit]) -> Sequence[Strip]:
    """The lines above the first row, which may stand on several, up to the next one with figures; none of a grid."""
    first = _begins_on(lines, found[0]) if found and lines else 0
    start = max(0, first - HEADER_LINES)
    figured = [number for number in range(start, first) if lines[number].figures]
    return lines[figured[-1] + 1 if figured else start : first]


def _begins_on(lines: Sequence[Strip], unit: Unit) -> int:
    """The line on which the figures of a run begin; ``unit.line`` is the one on which they end."""
    line, lacking = unit.line, len(unit.figures) - len(lines[unit.line].figures)
    while lacking > 0 and line > 0 and not lines[line].words and lines[line - 1].figures:
        line -= 1
        lacking -= len(lines[line].figures)
    return line if lacking == 0 else unit.line


@dataclass(slots=True)
class _Cluster:
    """Header words that stand above each other."""

    left: float
    right: float
    parts: list[tuple[int, float, str]]

    def text(self) -> str:
        return "".join(text for _, _, text in sorted(self.parts))


def _header_words(columns: Sequence[ColumnSpec], lines: Sequence[Strip], ruler: int) -> Iterator[tuple[int, Span, str]]:
    """The pieces of header lines that are a part of the name of a column: line number, place, key."""
    names = [name for column in columns for name in wordings(column)]
    for number, line in enumerate(lines):
        for piece in line.pieces:
            text = key(piece.text)
            if text and len(piece.spans) > ruler and any(text in name for name in names):
                yield number, piece.spans[ruler], text


def header_tracks(columns: Sequence[ColumnSpec], lines: Sequence[Strip], ruler: int) -> Tracks | None:
    """Where each column's name stands; None unless all stand there, one beside the other in the order of the form."""
    clusters: list[_Cluster] = []
    for number, (left, right), text in sorted(_header_words(columns, lines, ruler), key=lambda word: word[1]):
        if clusters and left < clusters[-1].right:
            clusters[-1].right = max(clusters[-1].right, right)
            clusters[-1].parts.append((number, left, text))
        else:
            clusters.append(_Cluster(left, right, [(number, left, text)]))
    for start in range(len(clusters)):
        tracks = _walk(columns, clusters[start:])
        if tracks is not None:
            return tracks
    return None


def _walk(columns: Sequence[ColumnSpec], clusters: Sequence[_Cluster]) -> Tracks | None:
    tracks: list[Span] = []
    position = 0
    for column in columns:
        for count in range(1, MOST_PARTS + 1):
            part = clusters[position : position + count]
            if "".join(cluster.text() for cluster in part) in wordings(column):
                tracks.append((part[0].left, part[-1].right))
                position += len(part)
                break
        else:
            return None
    return tuple(tracks) if position == len(clusters) else None


def words_above(
    columns: Sequence[ColumnSpec], lines: Sequence[Strip], tracks: Sequence[Span | None], ruler: int
) -> list[str]:
    """The words nearest to each track, from above to below."""
    middles = [(track[0] + track[1]) / 2 for track in tracks if track is not None]
    above: list[list[tuple[int, float, str]]] = [[] for _ in columns]
    for number, (left, right), text in _header_words(columns, lines, ruler):
        middle = (left + right) / 2
        nearest = min(range(len(middles)), key=lambda column: abs(middles[column] - middle))
        above[nearest].append((number, left, text))
    return ["".join(text for _, _, text in sorted(words)) for words in above]
