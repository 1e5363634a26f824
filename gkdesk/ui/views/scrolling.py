"""How a place is scrolled into view: not at all if it is well in view, else with something of what is around it."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollBar

CONTEXT = 0.12
"""The part of the view that is kept free on either side of a place."""

RESTING = 0.4
"""Where in the view a place comes to rest that was out of view: a little above the middle."""


def bring_into_view(bar: QScrollBar, low: float, high: float, extent: int) -> None:
    """Scroll so that ``low`` to ``high`` (in the view, which is ``extent`` long) can be seen with what is around."""
    context = extent * CONTEXT
    if low >= context and high <= extent - context:
        return
    if high < 0 or low > extent or high - low > extent - 2 * context:
        room = max(extent - (high - low), 0.0)
        bar.setValue(bar.value() + round(low - room * RESTING))
    elif low < context:
        bar.setValue(bar.value() + round(low - context))
    else:
        bar.setValue(bar.value() + round(high - extent + context))
