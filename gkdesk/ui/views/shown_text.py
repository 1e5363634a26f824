"""Text of a source made safe to show: every character stays one character, so that places keep their meaning.

Nothing is interpreted: what looks like a tag is shown as it stands. Only characters that would do something to the
document around them, or make digits appear in another order than they stand, are replaced.
"""

from __future__ import annotations

import re

_REPLACEMENT = "�"
_PARAGRAPH_ENDS = "\u2029\x0b\x0c\x1c\x1d\x1e\x85"

# Qt keeps its own structure in U+FDD0, U+FDD1 and U+FFFC; others turn the direction of writing or cannot be encoded.
_CONTROLS = "\x00-\x08\x0e-\x1b\x1f\x7f"
_STRUCTURE = "\ufdd0-\ufdef\ufffc\ufffe\uffff"
_DIRECTION = "\u202a-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"
_HARMFUL = re.compile(f"[{_CONTROLS}{_STRUCTURE}{_DIRECTION}{_SURROGATES}]")
_ENDS = "\u2029\x0b\x0c\x1c\x1d\x1e\x85"

# Qt keeps its own structure in U+FDD0, U+FDD1 and U+FFFC; the rest turns the direction of writing, or cannot be encoded.
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f\ufdd0-\ufdef\ufffc\ufffe\uffff\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_ENDS = re.compile(f"[{_PARAGRAPH_ENDS}]")


def shown(text: str) -> str:
    """``text`` as it can be put into a document, of the same length."""
    return _HARMFUL.sub(_REPLACEMENT, _ENDS.sub("\n", text.replace("\r", " ")))
