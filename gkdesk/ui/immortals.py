"""Keeps ``None`` and its like alive under a Qt binding that forgets to count its references to them."""

from __future__ import annotations

import ctypes
import sys

import PySide6

_SINGLETONS = (None, True, False, Ellipsis, NotImplemented)
_PLENTY = 1 << 40
"""References added: more than any session can use up."""


def keep_alive() -> None:
    """Make the singletons immortal where the binding takes for granted that they are; call once, before using Qt.

    WORKAROUND: PySide6 6.12.0 is built as if ``None`` were immortal, as it is from Python 3.12 on. Under Python 3.11
    every Qt function that returns nothing takes one reference to ``None`` away for good (``QPainter.save()``:
    ``sys.getrefcount(None)`` falls by one a call), and after some thousand calls, in about a minute of work, the
    interpreter aborts with "deallocating None". PySide6 6.11.3 and Python 3.12 are free of it.
    """
    is_mortal = sys.version_info < (3, 12) and sys.implementation.name == "cpython"
    if is_mortal and PySide6.__version_info__[:2] >= (6, 12):
        for singleton in _SINGLETONS:
            ctypes.c_ssize_t.from_address(id(singleton)).value += _PLENTY
