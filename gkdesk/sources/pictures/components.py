"""Connected ink of a black and white picture, without any image library: numpy only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of ink in the rows of a picture, by row and then from the left; ``stop`` is exclusive."""

    row: Whole
    start: Whole
    stop: Whole


@dataclass(frozen=True, slots=True)
class Blobs:
    """Connected pieces of ink, one entry a piece: their boxes in pixels (right and bottom exclusive) and areas."""

    left: Whole
    top: Whole
    right: Whole
    bottom: Whole
    area: Whole

    def __len__(self) -> int:
        return len(self.area)

    @property
    def width(self) -> Whole:
        """Widths of the boxes."""
        return self.right - self.left

    @property
    def height(self) -> Whole:
        """Heights of the boxes."""
        return self.bottom - self.top

    def chosen(self, which: Mask) -> Blobs:
        """Those pieces for which ``which`` is true."""
        return Blobs(self.left[which], self.top[which], self.right[which], self.bottom[which], self.area[which])

    def with_others(self, others: Blobs) -> Blobs:
        """Those of both."""
        return Blobs(
            np.concatenate([self.left, others.left]),
            np.concatenate([self.top, others.top]),
            np.concatenate([self.right, others.right]),
            np.concatenate([self.bottom, others.bottom]),
            np.concatenate([self.area, others.area]),
        )


def find_runs(ink: Mask) -> Runs:
    """The stretches of true pixels in each row."""
    height, width = ink.shape
    padded = np.zeros((height, width + 2), dtype=np.int8)
    padded[:, 1:-1] = ink
    change = np.diff(padded, axis=1).ravel()
    starts, stops = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    row = starts // (width + 1)
    return Runs(row, starts - row * (width + 1), stops - row * (width + 1))


def label_runs(runs: Runs) -> Whole:
    """A number for each run, the same for runs that touch (diagonally too), counted from 0."""
    count = len(runs.row)
    first, second = _touching(runs)
    root = np.arange(count, dtype=np.int64)
    while len(first):
        low = np.minimum(root[first], root[second])
        before = root.copy()
        np.minimum.at(root, root[first], low)
        np.minimum.at(root, root[second], low)
        root = _shortened(root)
        if np.array_equal(before, root):
            break
    return np.unique(root, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _shortened(root: Whole) -> Whole:
    """Every run pointing straight to the first of its piece."""
    while True:
        further = root[root]
        if np.array_equal(further, root):
            return root
        root = further


def _touching(runs: Runs) -> tuple[Whole, Whole]:
    """Pairs of runs in rows below each other that overlap or meet at a corner."""
    count = len(runs.row)
    if count == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    # One running number for place: rows are far enough apart for runs never to reach into the next.
    pitch = int(runs.stop.max()) + 4
    begin = runs.row * pitch + runs.start
    end = runs.row * pitch + runs.stop
    low = np.searchsorted(end, begin + pitch, side="left")
    high = np.searchsorted(begin, end + pitch, side="right")
    many = np.maximum(high - low, 0)
    first = np.repeat(np.arange(count, dtype=np.int64), many)
    offset = np.arange(len(first), dtype=np.int64) - np.repeat(np.cumsum(many) - many, many)
    return first, (np.repeat(low, many) + offset).astype(np.int64)


def find_blobs(ink: Mask) -> Blobs:
    """The connected pieces of ink of a picture."""
    runs = find_runs(ink)
    return blobs_of(runs, label_runs(runs))


def blobs_of(runs: Runs, label: Whole) -> Blobs:
    """The pieces that runs with their labels make up."""
    count = int(label.max()) + 1 if len(label) else 0
    left = np.full(count, np.iinfo(np.int64).max)
    top = left.copy()
    right, bottom, area = (np.zeros(count, np.int64) for _ in range(3))
    np.minimum.at(left, label, runs.start)
    np.minimum.at(top, label, runs.row)
    np.maximum.at(right, label, runs.stop)
    np.maximum.at(bottom, label, runs.row + 1)
    np.add.at(area, label, runs.stop - runs.start)
    return Blobs(left, top, right, bottom, area)
