"""Characters as PDFs give them."""

from __future__ import annotations

import unicodedata

import pytest

from gkdesk.sources.layout.han_forms import from_code, is_wide, ordinary


@pytest.mark.parametrize(
    ("given", "plain"),
    [("\u2ea0", "民"), ("\u2f08", "人"), ("\u2ed3", "长"), ("\uf9be", "料"), ("民", "民"), ("7", "7")],
)
def test_look_alikes_become_ordinary_characters(given: str, plain: str) -> None:
    assert ordinary(given) == plain


def test_no_radical_of_the_supplement_is_left_but_those_without_a_character() -> None:
    left = {chr(code) for code in range(0x2E80, 0x2EF4) if ordinary(chr(code)) == chr(code)}
    assert left == set("\u2e80\u2e84\u2e91\u2e9a")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (0xFFFE, "-"),
        (0x02, "-"),
        (0x200B, ""),
        (0x07, ""),
        (0x3000, " "),
        (0xA0, " "),
        (0xD800, "\ufffd"),
        (0x37, "7"),
        (0x20BB7, "\U00020bb7"),
    ],
)
def test_codes_of_the_engine_become_text(code: int, text: str) -> None:
    assert from_code(code) == text


def test_chinese_and_full_width_signs_are_wide() -> None:
    assert all(is_wide(character) for character in "民、（７")
    assert not any(is_wide(character) for character in ("7", "a", "-", ""))
    assert unicodedata.east_asian_width("民") == "W"
