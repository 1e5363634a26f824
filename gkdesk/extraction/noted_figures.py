"""Figures with the mark of a footnote: ``12①``, ``12 ①``, ``12*``, ``12[1]``, ``12注1``. They fill a cell, in doubt."""

from __future__ import annotations

import re

TOKEN = re.compile(r"\S+(?:[ \u3000][①-⑳*＊※]+(?!\S))?")
"""A run of characters without blanks, and a mark of a footnote one blank behind it."""

_NOTED = re.compile(r"\d[\d,.]*\s*(?:[①-⑳*＊※]+|[(（\[〔【]?注\s*\d*[)）\]〕】]?|[(（\[〔【]\d+[)）\]〕】])")


def is_noted(text: str) -> bool:
    """True for a figure with a mark behind it."""
    return _NOTED.fullmatch(text.strip()) is not None
