"""The abbreviated path data of OFD: ``M 0 0 L 10 0 C`` and the like, as segments on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gkdesk.sources.layout.path_rules import MOST_POINTS, Matrix, Point, apply

_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FARTHEST = 1e6
_VALUES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


class Segment(NamedTuple):
    """``M`` (move), ``L`` (line), ``B`` (curve with two control points) or ``C`` (close), and its points."""

    kind: str
    points: tuple[Point, ...]


def parse_path(text: str, matrix: Matrix) -> Iterator[Segment]:
    """The segments, their points moved by ``matrix``. An arc becomes a curve without a bend.

    Nothing for a path with more points than any rule has; what makes no sense ends the path.
    """
    tokens = _TOKEN.findall(text)
    if len(tokens) > 3 * MOST_POINTS:
        return
    here = (0.0, 0.0)
    index = 0
    while index < len(tokens):
        kind = tokens[index].upper()
        count = _VALUES.get(kind, -1)
        words = tokens[index + 1 : index + 1 + count]
        if count < 0 or len(words) < count or any(word[0].isalpha() for word in words):
            return
        index += 1 + count
        values = [float(word) for word in words]
        if not all(-_FARTHEST < value < _FARTHEST for value in values):
            return
        points = _points(kind, values, here)
        here = points[-1] if points else here
        name = {"S": "M", "Q": "B", "A": "B"}.get(kind, kind)
        yield Segment(name, tuple(apply(matrix, x, y) for x, y in points))


def straight_runs(segments: Iterable[Segment]) -> tuple[list[list[Point]], bool]:
    """The runs of straight lines of a path, and whether it has curves."""
    runs: list[list[Point]] = [[]]
    curved = False
    for kind, points in segments:
        if kind == "C":
            if len(runs[-1]) > 2:
                runs[-1].append(runs[-1][0])
            if runs[-1]:
                # What follows without a move starts where the closed run did.
                runs.append([runs[-1][0]])
            continue
        if kind != "L":
            runs.append([])
            curved = curved or kind == "B"
        runs[-1].append(points[-1])
    return [points for points in runs if len(points) > 1], curved


def _points(kind: str, values: list[float], here: Point) -> list[Point]:
    pairs = list(zip(values[::2], values[1::2], strict=False))
    if kind == "A":
        return [here, (values[5], values[6]), (values[5], values[6])]
    if kind == "Q":
        (x1, y1), (x2, y2) = pairs
        x0, y0 = here
        first = (x0 + 2 * (x1 - x0) / 3, y0 + 2 * (y1 - y0) / 3)
        return [first, (x2 + 2 * (x1 - x2) / 3, y2 + 2 * (y1 - y2) / 3), (x2, y2)]
    return pairs
