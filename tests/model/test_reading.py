"""What the text of a cell says: certain only where it is one plain number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gkdesk.model.reading import Number, NumberKind, State, parse_reading


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("447228", 447228),
        (" 12 ", 12),
        ("１２", 12),
        ("1,036", 1036),
        ("1，036", 1036),
        ("+19", 19),
        ("-8", -8),
        ("5.0", 5),
        ("\u00a07\u3000", 7),
    ],
)
def test_plain_numbers_are_read(text: str, value: Number) -> None:
    reading = parse_reading(text, NumberKind.SIGNED)
    assert (reading.state, reading.value) == (State.READ, value)


def test_amounts_keep_every_decimal() -> None:
    assert parse_reading("24252.311082", NumberKind.AMOUNT).value == Decimal("24252.311082")


@pytest.mark.parametrize("text", ["", "  ", "/", "—", "－", "-", "无", "\u00a0"])
def test_marks_for_nothing_are_blank_and_never_zero(text: str) -> None:
    reading = parse_reading(text)
    assert (reading.state, reading.value, reading.raw) == (State.BLANK, None, text.strip())


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("251000元", 251000, "unit"),
        ("22（其中修订11件）", 22, "remark"),
        ("1 2", 12, "split-digits"),
        ("007", 7, "leading-zero"),
        ("3.5", Decimal("3.5"), "fraction"),
        ("3.000", 3, "fraction"),
        ("12①", 12, "remark"),
        ("12²", 12, "remark"),
        ("12注1", 12, "remark"),
        ("1382√", 1382, "remark"),
        ("约30", None, "not-a-number"),
        ("5/6", None, "not-a-number"),
        ("2171000021000000", None, "ran-together"),
    ],
)
def test_anything_else_is_doubtful_and_says_why(text: str, value: Number | None, doubt: str) -> None:
    reading = parse_reading(text)
    assert (reading.state, reading.value, reading.doubts) == (State.DOUBTFUL, value, (doubt,))
