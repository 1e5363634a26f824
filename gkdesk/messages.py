"""The one catalogue of sentences: errors, findings, notes and the words of exported workbooks, by code and language.

Screen, command line and workbook all ask here, so that they say the same. A template uses ``str.format`` names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from gkdesk import paths

CHINESE = "zh_CN"
ENGLISH = "en"


@cache
def catalogue(language: str) -> dict[str, str]:
    """All templates of one language, by dotted code such as ``"error.source.not-found"``."""
    path = paths.resources() / "messages" / f"{language}.toml"
    with path.open("rb") as stream:
        return dict(_flatten(tomllib.load(stream), ""))


def has(code: str, language: str = CHINESE) -> bool:
    """True if the catalogue has a sentence for ``code``."""
    return code in catalogue(language)


def text(code: str, language: str = CHINESE, /, **arguments: object) -> str:
    """The sentence for ``code``; raises ``KeyError`` if the catalogue lacks it (a bug, found by the tests)."""
    return catalogue(language)[code].format(**arguments)


def error_text(code: str, arguments: dict[str, object], language: str = CHINESE) -> str:
    """The sentence of a ``UserError``: what is wrong and what to do."""
    return text(f"error.{code}", language, **arguments)


def finding_headline(code: str, arguments: Mapping[str, object], language: str = CHINESE) -> str:
    """The one sentence a finding is known by: ``表三 …：各列之和 9 ≠ 总计 8，相差 1``.

    It stands under ``finding``, or, for the note of a reader, at its own place (``note.hidden-sheet``).
    """
    own = f"finding.{code}"
    return text(own if has(own, language) else code, language, **arguments)


def finding_detail(code: str, arguments: Mapping[str, object], language: str = CHINESE) -> str:
    """What follows the headline, or an empty text.

    The argument ``reasons`` names sentences of the catalogue (``doubt.unit``), ``parts`` names endings under
    ``finding.part`` (the written-out sum, the blanks counted as zero); both are codes separated by blanks.
    """
    reasons = [text(reason, language, **arguments) for reason in str(arguments.get("reasons", "")).split()]
    because = text("join.because", language) + text("join.sentences", language).join(reasons) if reasons else ""
    parts = str(arguments.get("parts", "")).split()
    return because + "".join(text(f"finding.part.{part}", language, **arguments) for part in parts)


def finding_text(code: str, arguments: Mapping[str, object], language: str = CHINESE) -> str:
    """The whole text of a finding: headline and detail."""
    return finding_headline(code, arguments, language) + finding_detail(code, arguments, language)


def _flatten(node: dict[str, object], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in node.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict):
            found.extend(_flatten(value, name))
        else:
            found.append((name, str(value)))
    return found
