"""Text of a source made safe to show: every character stays one character, so that places keep their meaning.

Nothing is interpreted: what looks like a tag is shown as it stands. Only characters that would do something to the
document around them, or make digits appear in another order than they stand, are replaced.
"""

from __future__ import annotations

import re

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_CONTROLS = r"\x00-\x08\x0e-\x1b\x1f\x7f"
# Qt keeps the structure of its documents in U+FDD0, U+FDD1 and U+FFFC.
_STRUCTURE = r"\ufdd0-\ufdef\ufffc\ufffe\uffff"
_DIRECTION = r"\u202a-\u202e\u2066-\u2069"
_SURROGATES = r"\ud800-\udfff"
_HARMFUL = re.compile(f"[{_CONTROLS}{_STRUCTURE}{_DIRECTION}{_SURROGATES}]")
_LINE_ENDS = re.compile(r"[\u2029\x0b\x0c\x1c-\x1e\x85]")


def shown(text: str) -> str:
    """``text`` as it can be put into a document, of the same length."""
    return _HARMFUL.sub(_REPLACEMENT, _LINE_ENDS.sub("\n", text.replace("\r", " ")))
