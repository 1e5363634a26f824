"""Text put into workbooks so that it stays text, whatever it looks like, and numbers so that they keep every digit.

Names, reasons and raw readings come from files of other people: a text that looks like a formula must never become one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from gkdesk.model.reading import LONGEST_NUMBER, Number, number_text

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

LONGEST_TEXT = 32767
"""What one cell of a workbook can hold, in UTF-16 units."""

GENERAL_DIGITS = 10
"""The format General shows no more digits than this; a longer number would look rounded."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=[xX][0-9A-Fa-f]{4}_)")
_LIKE_A_FORMULA = re.compile(r"\s*[=+\-@\t\r\n|%'＝＋－＠]")


def clean_text(text: str) -> str:
    """``text`` without the characters a workbook cannot hold, cut to what a cell can hold."""
    plain = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Spreadsheet programs would turn _x003D_ into the character it names; the wide low line stops that.
    plain = _ESCAPE.sub("＿", plain)
    return plain.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")


def put_text(cell: Cell, text: str) -> None:
    """Write ``text`` as text: never a formula or an error value, and marked as text where it looks like one."""
    plain = clean_text(text)
    cell.value = plain or None
    if plain:
        cell.data_type = "s"
        if _LIKE_A_FORMULA.match(plain):
            cell.quotePrefix = True


def put_number(cell: Cell, value: Number) -> None:
    """Write ``value`` as a number shown with every digit it has; one with too many digits for a workbook as text."""
    digits = len(number_text(value).lstrip("-").replace(".", "").lstrip("0"))
    if digits > LONGEST_NUMBER:
        put_text(cell, number_text(value))
        return
    cell.value = value if isinstance(value, int) else float(value)
    cell.quotePrefix = False
    if isinstance(value, Decimal) and value != value.to_integral_value():
        cell.number_format = _format_for(value, digits)


def _format_for(value: Decimal, digits: int) -> str:
    decimals = len(number_text(value.normalize()).partition(".")[2])
    # A whole-number format would show a stray fraction rounded, and General a long amount.
    return "0." + "0" * decimals if digits >= GENERAL_DIGITS else "General"
