"""The order of the columns of a table of blocks side by side (表四) where a text names all of them, whole and in line.

A heading is a proof wherever it stands: if every block names each of its columns once, in whatever order, and nothing
else stands between the names, the figures below follow them. Names that are broken over lines give no order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.spec import TableSpec


def printed_order(table: TableSpec, before: str) -> list[int] | None:
    """For each column of the form its place among the printed ones; None if the words ``before`` do not tell, or if
    the blocks themselves are not named in the order of the form.

    Args:
        table: a table of blocks with the same columns, side by side over one row.
        before: the words up to the figures, as a key.
    """
    names = [wordings(column) for column in table.blocks[0].columns]
    labels = [[key(part) for part in block.label] for block in table.blocks]
    start = before.rfind(labels[0][0])
    header = before[start:] if start >= 0 else ""
    places = [header.find(label) for label in dict.fromkeys(part for label in labels for part in label)]
    if min(places) < 0 or places != sorted(places):
        return None
    order: list[int] = []
    parts = "|".join(sorted((name for own in names for name in own), key=len, reverse=True))
    met = [
        next(i for i, own in enumerate(names) if name in own) for name in re.findall(parts, _without(labels, header))
    ]
    if len(met) != len(names) * len(labels) or len("".join(re.split(parts, _without(labels, header)))) > 0:
        return None
    for first in range(0, len(met), len(names)):
        block = met[first : first + len(names)]
        if sorted(block) != list(range(len(names))):
            return None
        order += [first + block.index(column) for column in range(len(names))]
    return order


def _without(labels: list[list[str]], header: str) -> str:
    """The words of a header without the names of the blocks, each taken out once."""
    for part in sorted({part for label in labels for part in label}, key=len, reverse=True):
        header = header.replace(part, "", 1)
    return header


def blocks_stand_otherwise(table: TableSpec, before: str) -> bool:
    """True if the names of blocks under one heading stand before the figures in another order than in the form."""
    names: dict[str, list[int]] = {}
    for block in table.blocks:
        if len(block.label) > 1:
            names.setdefault(block.label[0], []).append(before.rfind(key(block.label[-1])))
    met = ([place for place in places if place >= 0] for places in names.values())
    return any(places != sorted(places) for places in met)


def names_follow_columns(table: TableSpec, header: Sequence[str]) -> bool:
    """True if the words of a header come in the order in which the columns stand, as far as its lines can tell.

    Only within a line words stand as the columns do; totals come out wherever the figures beside them stand.

    Args:
        table: a table of blocks with the same columns.
        header: the words of each line, as keys.
    """
    return _has_all_in_a_line(table, header) or _has_one_a_line(table, header)


def _has_all_in_a_line(table: TableSpec, header: Sequence[str]) -> bool:
    """True if a line names all columns, each as often."""
    names = [wordings(column) for column in table.blocks[-1].columns]
    counts = [{max(words.count(name) for name in column) for column in names} for words in header]
    return any(len(count) == 1 and 0 not in count for count in counts)


def _has_one_a_line(table: TableSpec, header: Sequence[str]) -> bool:
    """True if every line with something of a column's name holds nothing else: they come as the columns do."""
    names = [name for column in table.blocks[-1].columns for name in wordings(column)]
    pieces = {name[at : at + 2] for name in names for at in range(len(name) - 1)}
    naming = [words for words in header if any(piece in words for piece in pieces)]
    return bool(naming) and all(any(words in name for name in names) for words in naming)
