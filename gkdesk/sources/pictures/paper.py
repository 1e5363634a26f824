"""From a coloured scan to dark marks on even white paper: seals vanish, shadows are evened out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from gkdesk.sources.pictures.components import Mask
from gkdesk.sources.pictures.raster import Colour

Gray = npt.NDArray[np.uint8]

_SEAL_LIFTED = 0.45
"""How much of its redness is added to a red point's brightness: ink on paper is never quite as bright as the paper."""
_SEAL_FROM, _SEAL_RAMP = 150.0, 50.0
_RED = 50
_BLUE, _LEAST_BLUE = 45, 0.0005
"""By how much more blue than green something is that is blue or violet; the share of a page that must be so."""
_BLACK, _WHITE = 40, 212
_SHADE, _NEARLY_ALL = 20, 0.97
_RULES_DARKER = 2.5
_PALEST, _LEAST_PRINT = 225, 0.004
_DARK_SHARE, _FADED, _MOST_FULLER = 0.2, 110.0, 2.2
"""Brightness of the darker fifth of all print above which toner was short; print is made darker by this at most."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page evened out to white paper.

    Attributes:
        gray: brightness without anything red, paper at 255.
        red: true where something red stands: a seal, red print, or print under a seal.
        tint: what is blue or violet; None if that is next to nothing.
    """

    gray: Gray
    red: Mask
    tint: Tint | None = None


@dataclass(frozen=True, slots=True)
class Tint:
    """What has another colour than red: where it is, and the page's brightness in the brightest of the colours.

    Print is dark in all of them.
    """

    where: Mask
    light: Gray


def even_out(picture: Colour) -> Paper:
    """The page without red and without shadows.

    In the red channel a red seal is as bright as paper, and what is printed under it stays dark.
    """
    redness = _redness(picture)
    gray = _with_full_ink(_without_shadows(_lifted(picture[..., 0], redness)))
    return Paper(gray, redness > _RED, _tint(picture))


def _tint(picture: Colour) -> Tint | None:
    """The blue of a picture; None if there is too little of it for a seal."""
    some = picture[::4, ::4]
    if (some[..., 2] > some[..., 1].astype(np.int16) + _BLUE).mean() < _LEAST_BLUE:
        return None
    where = picture[..., 2] > picture[..., 1].astype(np.int16) + _BLUE
    return Tint(where, _without_shadows(picture.max(axis=2)))


def without_red(picture: Colour) -> Gray:
    """The brightness of a picture without anything red."""
    return _lifted(picture[..., 0], _redness(picture))


def _redness(picture: Colour) -> Gray:
    red = picture[..., 0]
    others = np.minimum(picture[..., 1], picture[..., 2])
    redness: Gray = np.where(red > others, red - others, np.uint8(0))
    return redness


def _lifted(red: Gray, redness: Gray) -> Gray:
    # Print under a seal is reddened too: only what is bright in the red channel is lifted.
    bright = np.clip((red.astype(np.float32) - _SEAL_FROM) / _SEAL_RAMP, 0.0, 1.0)
    lifted: Gray = np.minimum(red + _SEAL_LIFTED * bright * redness, 255.0).astype(np.uint8)
    return lifted


def with_contrast(gray: Gray) -> Gray:
    """Light shades, such as what is left of a seal, become paper."""
    stretched = (gray.astype(np.float32) - _BLACK) * (255.0 / (_WHITE - _BLACK))
    even: Gray = np.clip(stretched, 0.0, 255.0).astype(np.uint8)
    return even


def _with_full_ink(gray: Gray) -> Gray:
    """The page, its print made about as dark as it should be if it is grey all over, for want of toner."""
    some = gray[::3, ::3]
    print_ = some[some < _PALEST]
    if len(print_) < _LEAST_PRINT * some.size:
        return gray
    darkest = float(np.quantile(print_, _DARK_SHARE))
    if darkest <= _FADED:
        return gray
    fuller = min((255.0 - _FADED) / (255.0 - darkest), _MOST_FULLER)
    full: Gray = np.clip(255.0 - fuller * (255.0 - gray.astype(np.float32)), 0.0, 255.0).astype(np.uint8)
    return full


def is_drawn(picture: Colour) -> bool:
    """True for a picture whose paper is all of one shade, pixel beside pixel: no scanner and no camera took it."""
    some = picture[::3, :, 1]
    before, after = some[:, :-1], some[:, 1:]
    light = before > np.median(some) - _SHADE
    return bool((before[light] == after[light]).mean() >= _NEARLY_ALL)


def with_dark_rules(gray: Gray) -> Gray:
    """A drawn page with its light grey lines made dark, such as borders on web pages: no seal or stain looks so."""
    darker: Gray = np.clip(255.0 - _RULES_DARKER * (255.0 - gray.astype(np.float32)), 0.0, 255.0).astype(np.uint8)
    return darker


def _without_shadows(channel: Gray) -> Gray:
    """Every pixel in relation to the paper around it; paper is the bright part of each small square."""
    height, width = channel.shape
    block = max(8, min(height, width) // 60)
    rows, columns = -(-height // block), -(-width // block)
    padded = np.pad(channel, ((0, rows * block - height), (0, columns * block - width)), mode="edge")
    squares = padded.reshape(rows, block, columns, block).swapaxes(1, 2).reshape(rows, columns, -1)
    at = int(0.85 * squares.shape[2])
    bright = np.partition(squares, at, axis=2)[..., at]
    paper = np.asarray(
        Image.fromarray(_smoothed(bright)).resize((columns * block, rows * block), Image.Resampling.BILINEAR)
    )
    level = np.maximum(paper[:height, :width].astype(np.float32), 40.0)
    return np.minimum(channel * (255.0 / level), 255.0).astype(np.uint8)


def _smoothed(bright: Gray) -> Gray:
    """A square full of ink takes the paper of its neighbours; then the mean of nine squares."""
    spread = np.pad(bright, 1, mode="edge")
    around = [spread[y : y + bright.shape[0], x : x + bright.shape[1]] for y in range(3) for x in range(3)]
    high = np.median(np.stack(around), axis=0)
    filled = np.maximum(bright, high)
    spread = np.pad(filled, 1, mode="edge")
    around = [spread[y : y + bright.shape[0], x : x + bright.shape[1]] for y in range(3) for x in range(3)]
    return np.asarray(np.mean(np.stack(around), axis=0), dtype=np.uint8)
