"""Rows, columns and sums in the words of the form, ready to be put into the sentence of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gkdesk.checks.subject import ROW, Subject
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import number_text
from gkdesk.model.short_names import short_row_words
from gkdesk.model.spec import Identity

LIST_MARK = "、"
"""Between names of the form, which are Chinese in every language of the program."""

MOST_LISTED = 8
"""Names written out in one list at most; the sentence then says how many there are."""


def line_arguments(subject: Subject, identity: Identity) -> dict[str, object]:
    """Arguments that say which table and which row or column an identity is about, and what its two sides are."""
    first = identity.cells[0]
    is_row = identity.spec.each == ROW
    return {
        "table": subject.spec.table(first.table).nickname,
        "line": subject.spec.row_words(first) if is_row else subject.spec.column_words(first),
        "left_words": identity.spec.left_words,
        "right_words": identity.spec.right_words,
    }


def operand_words(subject: Subject, identity: Identity, refs: Iterable[CellRef]) -> list[str]:
    """Names of cells as seen from inside the row or column of ``identity``."""
    if identity.spec.each == ROW:
        return [subject.spec.column_words(ref) for ref in refs]
    return [short_row_words(subject.spec, ref) for ref in refs]


def listed(words: Sequence[str], most: int = MOST_LISTED) -> str:
    """The words in a row, no more than ``most`` of them."""
    return LIST_MARK.join(words[:most])


def written_sum(subject: Subject, identity: Identity, refs: tuple[CellRef, ...], without_zeros: bool = False) -> str:
    """The cells as a sum: ``自然人 9 + 商业企业 0 = 9``; a single cell as it is: ``总计 8``."""
    if without_zeros:
        refs = tuple(ref for ref in refs if subject.values[ref] != 0)
    values = [subject.values[ref] for ref in refs]
    words = operand_words(subject, identity, refs)
    operands = " + ".join(f"{word} {_signed(number_text(value))}" for word, value in zip(words, values, strict=True))
    return operands if len(refs) < 2 and not without_zeros else f"{operands} = {number_text(sum(values, start=0))}"


def _signed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text
