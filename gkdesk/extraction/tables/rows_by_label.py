"""Which run of figures is which row where the order of the form does not tell: other orders, rows met twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gkdesk.extraction.figures import Strip, Unit
from gkdesk.extraction.labels import SHORT_LABEL, best_coverage, coverage, key
from gkdesk.extraction.tables.align import SURE, Alignment, Match, RowLabel, likenesses
from gkdesk.extraction.tables.printed_rows import Variant, row_label
from gkdesk.model.spec import RowSpec, TableSpec

FEWEST_ROWS = 5
"""Rows that must be recognised before runs of figures count as the table at all."""

SHORTEST_REST = 2
"""Spoken characters of the label of a group that may stand behind the label of one of its rows."""

SHORTEST_BEGINNING = 4
"""Characters of a broken label that tell it."""


def first_table(table: TableSpec, found: list[Unit]) -> tuple[list[Unit], bool]:
    """The runs up to where the table starts again (another report, last year's figures); whether it then differs."""
    labels = [row_label(row) for row in table.blocks[0].rows]
    first: dict[int, int] = {}
    again: dict[int, int] = {}
    for index, unit in enumerate(found):
        likeness = likenesses(unit, labels)
        row = max(range(len(labels)), key=likeness.__getitem__)
        # Where blanks are lost few rows are whole; those with less figures must have their whole label.
        sure = SURE if unit.whole or unit.blank else 1.0
        if likeness[row] >= sure and likeness.count(likeness[row]) == 1:
            (again if row in first else first).setdefault(row, index)
    if len(again) < FEWEST_ROWS:
        return found, False
    differs = any(_texts(found[first[row]]) != _texts(found[again[row]]) for row in again)
    return found[: min(again.values())], differs


def _texts(unit: Unit) -> list[str]:
    return [figure.text.strip() for figure in unit.figures]


def with_labels_beside(lines: Sequence[Strip], found: list[Unit], alignment: Alignment, variant: Variant) -> Alignment:
    """The alignment, rows proven whose whole label is all that stands before the figures on their line.

    In a text that keeps its columns the words of a line are those of its row, also where the rows above are blank, so
    that their labels stand in front of them. A run not proven otherwise is the row of these words, if it is the only
    one with them and stands between the proven rows around it.
    """
    rows = {match.unit: match.row for match in alignment.matches if match.proven}
    for number, unit in enumerate(found):
        words = key(lines[unit.line].words) if unit.figures and unit.slots is None else ""
        named = [row for row, label in enumerate(variant.labels) if words and words in label.wordings]
        if number not in rows and len(named) == 1 and _fits(rows, number, named[0]):
            rows[number] = named[0]
    kept = [match for match in alignment.matches if match.unit in rows or _fits(rows, match.unit, match.row)]
    likeness = {(match.unit, match.row): match.likeness for match in alignment.matches}
    matches = [Match(unit, row, likeness.get((unit, row), 1.0), proven=True) for unit, row in rows.items()]
    matches += [match for match in kept if match.unit not in rows]
    return replace(alignment, matches=tuple(sorted(matches, key=lambda match: match.unit)))


def _fits(rows: Mapping[int, int], unit: int, row: int) -> bool:
    """True if a run may be a row by the order of the other runs and their rows, and no other is this row."""
    return all((other < unit) == (known < row) and known != row for other, known in rows.items())


def has_own_label(unit: Unit, lines: Sequence[Strip]) -> bool:
    """True if the figures of a tabular line stand behind words on the same line."""
    return unit.slots is not None and bool(lines[unit.line].words)


def by_labels_of_any(
    found: Sequence[Unit | None], variants: Sequence[Variant], columns_known: bool
) -> tuple[Alignment, Variant] | None:
    """As :func:`by_labels`, by the printed rows of which the most are found; of equal ones the first. None as there.

    A row that the first of ``variants`` has not must have nothing but its own label: that of a group may stand before
    the label of another row.
    """
    usual = {row.id for row in variants[0].rows}
    tried = [(by_labels(found, variant, columns_known), variant) for variant in variants]
    named = [
        (alignment, variant)
        for alignment, variant in tried
        if alignment is not None
        and all(
            variant.rows[match.row].id in usual or _ends_in(found[match.unit], variant.labels[match.row])
            for match in alignment.matches
        )
    ]
    return max(named, key=lambda pair: len(pair[0].matches), default=None)


def _ends_in(unit: Unit | None, label: RowLabel) -> bool:
    return unit is not None and unit.before.endswith(label.wordings)


def by_labels(found: Sequence[Unit | None], variant: Variant, columns_known: bool) -> Alignment | None:
    """The rows of a grid that stand in another order than in the form, told by their whole labels.

    Label and figures share a row of the grid, so a label that is whole, more than any other of the form and met but
    once proves its row, wherever it stands. None if the order is that of the form or a label is met twice.

    Args:
        found: the runs of figures; None for those that share no row with their label.
        variant: the rows of the form.
        columns_known: the columns of every row are known by now.
    """
    matches: list[Match] = []
    for number, unit in enumerate(found):
        if unit is None or (columns_known and unit.cells is None):
            continue
        likeness = likenesses(unit, variant.labels)
        if max(likeness) == 1.0 and likeness.count(1.0) == 1:
            matches.append(Match(number, likeness.index(1.0), 1.0, proven=True))
    rows = [match.row for match in matches]
    if len(rows) < FEWEST_ROWS or rows == sorted(rows) or len(set(rows)) < len(rows):
        return None
    return Alignment(tuple(matches), float(len(rows)))


def by_labels_before(found: Sequence[Unit], variant: Variant, usual: Alignment) -> Alignment | None:
    """The rows of running text in another order than in the form, if every run of the table has a label of its own.

    From the first run with a label to the last, each must stand directly behind one whole label, of which none is met
    twice: were the figures those of the label behind them, the first run would have none before it. The rest of the
    label of a group may stand between, and a label be broken around its figures, its beginning directly before them and
    all its rest directly behind. A run whose label is torn otherwise is the row that is proven of it in the ``usual``
    alignment, by the order of the form, if it is no other run's.
    """
    rests = rests_of_groups(variant.rows)
    proven = {match.unit: match.row for match in usual.matches if match.proven}
    named: dict[int, int] = {}
    own = 0
    for number, unit in enumerate(found):
        lengths = {
            row: max((len(name) for name in label.wordings if _stands_at(unit, name, rests)), default=0)
            for row, label in enumerate(variant.labels)
        }
        longest = max(lengths.values())
        rows = [row for row, length in lengths.items() if length == longest]
        if longest and unit.whole and len(rows) == 1:
            named[number] = rows[0]
            own += 1
        elif number in proven:
            named[number] = proven[number]
    order = list(named.values())
    if len(order) < len(variant.rows) - 1 or len(set(order)) < len(order) or order == sorted(order):
        return None
    if (
        2 * own < len(order)
        or max(named) - min(named) + 1 != len(named)
        or any(is_named_twice(found[n], variant.labels[named[n]]) for n in named)
    ):
        return None
    return Alignment(tuple(Match(number, row, 1.0, proven=True) for number, row in named.items()), float(len(order)))


def rests_of_groups(rows: Iterable[RowSpec]) -> tuple[str, ...]:
    """What may stand behind the label of a row of that of its group: nothing, or the end of it."""
    groups = {key(label) for row in rows for label in row.label[:-1]}
    return tuple({"", *(group[start:] for group in groups for start in range(len(group) - SHORTEST_REST + 1))})


def _stands_at(unit: Unit, name: str, rests: Sequence[str]) -> bool:
    """True if a whole label stands directly before the figures, or is broken around them.

    One of ``rests`` may stand between: the rest of the label of a group, in the middle of its rows or torn by a page.
    """
    if any(unit.before.endswith(rest) and unit.before.removesuffix(rest).endswith(name) for rest in rests):
        return True
    return any(
        unit.before.endswith(name[:size]) and unit.after.startswith(name[size:])
        for size in range(SHORTEST_BEGINNING, len(name))
    )


def rows_met_again(found: list[Unit], alignment: Alignment, variant: Variant) -> dict[int, set[int]]:
    """The rows whose whole label stands before other figures too, or before blanks, by the number of these runs.

    Before runs taken for no row, or taken for another one by nothing but their place among the rows.
    """
    taken = {match.row: match.unit for match in alignment.matches}
    if not taken:
        return {}
    proven = {match.unit for match in alignment.matches if match.proven}
    again: dict[int, set[int]] = {}
    for number, unit in enumerate(found if taken else ()):
        if number in proven or not (unit.whole or min(taken.values()) < number < max(taken.values())):
            continue
        named = [row for row in _rows_named(unit, variant) if taken.get(row, number) != number]
        met: set[int] = set(named) if len(named) == 1 else set()
        if not met and unit.whole and number not in taken.values():
            met.update(_printed_around(found, number, taken, variant))
        if number not in taken.values():
            # A label broken around its figures, and again around those of the run beside it.
            met.update(
                row
                for row, other in taken.items()
                if abs(other - number) == 1 and likenesses(unit, variant.labels)[row] >= SURE
            )
        if met:
            again[number] = met
    return again


def rows_met_twice(found: list[Unit], alignment: Alignment, again: Mapping[int, set[int]]) -> set[int]:
    """The rows that are met again with other figures: which are meant?"""
    taken = {match.row: match.unit for match in alignment.matches}
    return {row for number, rows in again.items() for row in rows if _texts(found[number]) != _texts(found[taken[row]])}


def is_named_twice(unit: Unit, label: RowLabel) -> bool:
    """True if the label stands twice before figures in lines: those of the first may be blank and leave no trace.

    The second may be broken around the figures, so that only its beginning stands before them.
    """
    if unit.slots is not None:
        return False
    return any(
        len(name) > 2 and (unit.before.count(name) > 1 or _begins_again(unit.before, name)) for name in label.wordings
    )


def stands_in_turn(
    found: Sequence[Unit], number: int, alignment: Alignment, variant: Variant, lines: Sequence[Strip]
) -> bool:
    """True if two labels stand before two runs of figures in lines, of which this is one: which is whose?

    The first run may be that of the first label and the second that of the second. A label whose own figures stand
    elsewhere for certain does not count.
    """
    return any(
        _are_labels_in_turn(found, first, alignment, variant)
        for first in (number - 1, number)
        if first >= 0 and lines and not has_own_label(found[first], lines)
    )


def may_stand_before_labels(found: Sequence[Unit], variant: Variant) -> bool:
    """True if a run of figures stands right before the label of the first row, and none behind that of the last one.

    Every run then stands between two labels, and may be the row of the one behind it.
    """
    first, last = variant.labels[0].wordings, variant.labels[-1].wordings
    above = any(unit.after.startswith(first) and not _is_line_of_numbers(unit) for unit in found if unit.slots is None)
    return above and not any(unit.before.endswith(last) for unit in found)


def _is_line_of_numbers(unit: Unit) -> bool:
    """True for the numbers of the columns, which stand above the first row."""
    return [figure.text.strip() for figure in unit.figures] == [str(n + 1) for n in range(len(unit.figures))]


def _are_labels_in_turn(found: Sequence[Unit], first: int, alignment: Alignment, variant: Variant) -> bool:
    """True if before the run stand the labels of two rows, and right behind it another run without any words."""
    unit, behind = found[first], found[first + 1] if first + 1 < len(found) else None
    if unit.blank or behind is None or behind.before or not behind.whole or behind.blank:
        return False
    own = {match.row for match in alignment.matches if match.unit == first}
    told = {match.row for match in alignment.matches if match.proven and found[match.unit].before}
    others = (label for row, label in enumerate(variant.labels) if row not in own | told)
    return any(
        coverage(name, unit.before) >= SURE for label in others for name in label.wordings if len(name) > SHORT_LABEL
    )


def _begins_again(before: str, name: str) -> bool:
    """True if the words end in the beginning of a label that stands whole before it."""
    _, found, behind = before.partition(name)
    length = next(
        (size for size in range(len(name) - 1, SHORTEST_BEGINNING - 1, -1) if behind.endswith(name[:size])), 0
    )
    return bool(found) and 2 * length > len(name)


def _rows_named(unit: Unit, variant: Variant) -> list[int]:
    """The rows whose whole label stands before a run; of several, those whose label stands last."""
    rows = [row for row, likeness in enumerate(likenesses(unit, variant.labels)) if likeness == 1.0]
    last = [row for row in rows if unit.before.endswith(variant.labels[row].wordings)]
    return last if len(rows) > 1 else rows


def _printed_around(found: list[Unit], number: int, taken: dict[int, int], variant: Variant) -> Iterator[int]:
    """The rows whose whole label stands both before and behind a run taken for no row and the row's own beside it."""
    unit = found[number]
    for row, other in taken.items():
        wordings_of_row = variant.labels[row].wordings
        ends = {
            number - 1: (found[number - 1].before, unit.after),
            number + 1: (unit.before, found[min(number + 1, len(found) - 1)].after),
        }.get(other)
        if ends is not None and all(best_coverage(wordings_of_row, words) == 1.0 for words in ends):
            yield row
