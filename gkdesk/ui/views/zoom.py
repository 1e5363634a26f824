"""The steps of zoom shared by the views of a source; 1.0 is the actual size."""

from __future__ import annotations

STEPS = (0.1, 0.15, 0.2, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
SMALLEST = STEPS[0]
LARGEST = STEPS[-1]
ACTUAL = 1.0

# One notch of an ordinary mouse wheel, in the units of QWheelEvent.angleDelta().
NOTCH = 120


def larger(zoom: float) -> float:
    """The next step above ``zoom``, or the largest."""
    return next((step for step in STEPS if step > zoom * 1.01), LARGEST)


def smaller(zoom: float) -> float:
    """The next step below ``zoom``, or the smallest."""
    return next((step for step in reversed(STEPS) if step < zoom * 0.99), SMALLEST)


def bounded(zoom: float) -> float:
    """``zoom`` within the limits."""
    return min(max(zoom, SMALLEST), LARGEST)


class WheelNotches:
    """Collects the small turns that touch pads report until they make a whole notch."""

    def __init__(self) -> None:
        self._turned = 0

    def turn(self, delta: int) -> int:
        """Add ``delta`` (eighths of a degree); the whole notches now complete, negative downwards."""
        if self._turned * delta < 0:
            self._turned = 0
        self._turned += delta
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        return notches
