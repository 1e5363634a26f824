"""Light print on dark ground, as in heads of tables on web pages or on a dark screen, becomes dark print on paper."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gkdesk.model.place import Box
from gkdesk.sources.pictures.components import find_blobs
from gkdesk.sources.pictures.paper import Gray
from gkdesk.sources.pictures.raster import Colour

_BLOCK = 3.0
_DARKEST_PAPER = 190
"""Points of a block that is looked at as one, and the brightness below which light print could be read on it."""
_LEAST_WIDTH, _LEAST_HEIGHT = 24.0, 8.0
_FULL = 0.8
"""Share of its box that a field of colour fills."""
_APART = 45
_LEAST_PRINT, _MOST_PRINT, _MORE = 0.004, 0.35, 3.0
_MOST_LIGHT_BLOCKS = 0.15


def with_dark_print(picture: Colour, unit: float) -> Colour:
    """The picture with light print on dark fields turned into dark print on white; itself if there is no such field.

    A field is a filled rectangle. What stands in it must be much lighter than it, and thin: a bright sheet on a dark
    desk is neither thin nor in a filled rectangle.
    """
    green = picture[..., 1]
    fields = [field for field in _fields(green, unit) if _has_light_print(green, field, unit)]
    if not fields:
        return picture
    turned = picture.copy()
    for field in fields:
        rows, columns = _slices(field)
        turned[rows, columns] = _turned(green[rows, columns])[..., None]
    return turned


def _fields(green: Gray, unit: float) -> list[Box]:
    """The boxes of what is dark and fills a rectangle, in pixels."""
    step = max(2, round(_BLOCK * unit))
    blobs = find_blobs(_blocks(green, step) < _DARKEST_PAPER)
    wide = (blobs.width * step >= _LEAST_WIDTH * unit) & (blobs.height * step >= _LEAST_HEIGHT * unit)
    blobs = blobs.chosen(wide & (blobs.area >= _FULL * blobs.width * blobs.height))
    edges = zip(blobs.left, blobs.top, blobs.right, blobs.bottom, strict=True)
    boxes = (Box(*(float(edge * step) for edge in box)) for box in edges)
    return [_exact(green, box, step) for box in boxes]


def _blocks(green: Gray, step: int) -> npt.NDArray[np.float64]:
    """The ground of each block: what most of it has."""
    height, width = green.shape[0] // step * step, green.shape[1] // step * step
    half = max(1, step // 3)
    cut = green[:height, :width].reshape(height // step, step, width // step, step)[:, ::half, :, ::half]
    ground: npt.NDArray[np.float64] = np.median(cut.swapaxes(1, 2).reshape(height // step, width // step, -1), axis=2)
    return ground


def _exact(green: Gray, box: Box, step: int) -> Box:
    """The box to the pixel."""
    left, top = max(0, int(box.left) - step), max(0, int(box.top) - step)
    dark = green[top : int(box.bottom) + step, left : int(box.right) + step] < _DARKEST_PAPER
    rows, columns = np.flatnonzero(dark.mean(axis=1) >= 0.5), np.flatnonzero(dark.mean(axis=0) >= 0.5)
    if not len(rows) or not len(columns):
        return box
    return Box(left + float(columns[0]), top + float(rows[0]), left + float(columns[-1] + 1), top + float(rows[-1] + 1))


def _has_light_print(green: Gray, field: Box, unit: float) -> bool:
    inside = green[_slices(field)]
    ground = float(np.median(inside))
    light, dark = float((inside > ground + _APART).mean()), float((inside < ground - _APART).mean())
    if not _LEAST_PRINT <= light <= _MOST_PRINT or light < _MORE * dark:
        return False
    blocks = _blocks(inside, max(2, round(_BLOCK * unit)))
    return bool(blocks.size) and float((blocks > ground + _APART).mean()) <= _MOST_LIGHT_BLOCKS


def _turned(inside: Gray) -> Gray:
    """Lightest becomes black, the ground white; the edge of the field becomes a rule, which it was."""
    ground = float(np.median(inside))
    lightest = max(float(np.quantile(inside, 0.998)), ground + _APART)
    turned: Gray = np.clip(255.0 * (1.0 - (inside - ground) / (lightest - ground)), 0.0, 255.0).astype(np.uint8)
    turned[:1], turned[-1:], turned[:, :1], turned[:, -1:] = 0, 0, 0, 0
    return turned


def _slices(box: Box) -> tuple[slice, slice]:
    return slice(int(box.top), int(box.bottom)), slice(int(box.left), int(box.right))
