"""The dark desk around a photographed sheet becomes paper: its grain would be taken for print."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from gkdesk.sources.pictures.components import Mask, find_runs, label_runs
from gkdesk.sources.pictures.raster import Colour

_SMALL = 300
"""Pixels of the longer side of the picture in which the desk is looked for: the grain is evened out in it."""
_DARK = 0.5
"""Share of the brightness of paper below which something is desk."""
_MOSTLY, _FEWEST_SIDES = 0.6, 2
"""Share of a side of the picture that is dark where the desk reaches it, and sides it reaches at least.

A dark head of a web page reaches one side, and black print none.
"""
_EDGE = 2
"""Small pixels beside the desk that are half desk, or its shadow."""

Real = npt.NDArray[np.float64]


def without_desk(picture: Colour) -> Colour:
    """The picture with the paper gone on over the desk around it; itself if no desk is seen."""
    step = max(1, max(picture.shape[:2]) // _SMALL)
    small = np.asarray(Image.fromarray(picture).reduce(step))
    level = level_of_desk(small)
    if level is None:
        return picture
    desk = _widened(_reaching_the_edge(small[..., 1] < level))
    if desk.all():
        return picture
    size = (picture.shape[1], picture.shape[0])
    over = np.asarray(Image.fromarray(desk).resize(size, Image.Resampling.NEAREST))
    paper = np.asarray(Image.fromarray(_gone_on(small, desk)).resize(size, Image.Resampling.BILINEAR))
    found: Colour = np.where(over[..., None], paper, picture)
    return found


def level_of_desk(small: Colour) -> float | None:
    """The brightness below which something in a small picture is desk; None if no desk is seen."""
    light = small[..., 1].astype(np.float64)
    level = _DARK * float(np.quantile(light, 0.9))
    dark = light < level
    sides = [side for side in (dark[0], dark[-1], dark[:, 0], dark[:, -1]) if side.mean() >= _MOSTLY]
    return level if len(sides) >= _FEWEST_SIDES else None


def _reaching_the_edge(dark: Mask) -> Mask:
    """What is dark and goes on to an edge of the picture."""
    runs = find_runs(dark)
    label = label_runs(runs)
    height, width = dark.shape
    reaches = (runs.row == 0) | (runs.row == height - 1) | (runs.start == 0) | (runs.stop == width)
    found = np.zeros_like(dark)
    for index in np.flatnonzero(np.isin(label, label[reaches])):
        found[runs.row[index], runs.start[index] : runs.stop[index]] = True
    return found


def _widened(mask: Mask) -> Mask:
    padded = np.pad(mask, _EDGE)
    found = np.zeros_like(mask)
    for down in range(2 * _EDGE + 1):
        for across in range(2 * _EDGE + 1):
            found |= padded[down : down + mask.shape[0], across : across + mask.shape[1]]
    return found


def _gone_on(small: Colour, desk: Mask) -> Colour:
    """The small picture, its desk filled row by row from the paper beside it; rows of desk alone from the next row."""
    filled = small.astype(np.float64)
    columns = np.arange(small.shape[1])
    rows = [row for row in range(small.shape[0]) if not desk[row].all()]
    for row in rows:
        kept = ~desk[row]
        for channel in range(small.shape[2]):
            filled[row, ~kept, channel] = np.interp(columns[~kept], columns[kept], filled[row, kept, channel])
    nearest = np.array(rows)[np.abs(np.arange(small.shape[0])[:, None] - np.array(rows)[None, :]).argmin(axis=1)]
    found: Colour = filled[nearest].astype(np.uint8)
    return found
