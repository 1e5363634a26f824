"""The grain of pictures taken in poor light, evened out: between figures it looks like remains of print."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from gkdesk.sources.pictures.raster import Colour

_GRAINY = 8.0
"""Steps of brightness, of 255 for paper, by which neighbouring points of paper usually differ from each other."""
_SMOOTHED = 0.3
"""Points: radius within which grain is evened out. The thinnest strokes of print are as broad."""


def without_grain(picture: Colour, unit: float) -> Colour:
    """The picture with its grain evened out if that is strong; itself if not."""
    if _grain(picture) < _GRAINY:
        return picture
    smooth: Colour = np.asarray(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(_SMOOTHED * unit)))
    return smooth


def _grain(picture: Colour) -> float:
    """The standard deviation of paper from point to point; print takes up too little of a page to matter."""
    light = picture[::3, :, 1].astype(np.float32)
    apart = np.abs(light[:, 2:] - light[:, :-2])
    # The mean, not the median: brightness comes in whole steps. Print is left out.
    usual = float(np.quantile(apart, 0.5))
    near = apart[apart <= 4 * max(usual, 1.0)]
    paper = max(float(np.quantile(light[:, ::5], 0.85)), 40.0)
    return float(np.sqrt(np.square(near).mean() / 2)) / paper * 255
