"""Whether the words above the figures of a text name the columns of the form, and in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from gkdesk.extraction.figures import Strip, Unit
from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.columns.header_cover import Cover, Fragment, Name, cover_of_blocks, cover_of_columns
from gkdesk.extraction.tables.columns.text_columns import (
    first_tracks,
    is_spaced,
    middles_of_names,
    ruler_count,
    tracks_on_page,
)
from gkdesk.extraction.tables.columns.text_header import header_lines, header_tracks, words_above
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.spec import BlockSpec, ColumnSpec


def are_headed(columns: Sequence[ColumnSpec], lines: Sequence[Strip], found: Sequence[Unit]) -> bool:
    """True if the words above the first rows name the columns in the order of the form, each above its own figures.

    Proven by the words, read from above to below over each track: every column must have exactly its own.
    """
    header = header_lines(lines, found)
    rulers = range(ruler_count(found))
    if any(header_tracks(columns, header, ruler) is not None for ruler in rulers):
        return True
    cover = cover_of_columns(columns, header)
    if cover is not None and (cover.proves_order() or _stand_in_order(cover, rulers, lines, found)):
        return True
    return any(
        all(text in wordings(column) for text, column in zip(texts, columns, strict=True))
        for texts in _headings(columns, lines, found)
    )


def are_named_in_order(columns: Sequence[ColumnSpec], header: Sequence[Strip]) -> bool:
    """True if all columns are named in the header, from left to right in their order."""
    rulers = range(min((len(piece.spans) for line in header for piece in line.pieces), default=0))
    cover = cover_of_columns(columns, header)
    return any(middles_of_names(columns, header, cover, ruler) is not None for ruler in rulers)


def are_below_names(columns: Sequence[ColumnSpec], lines: Sequence[Strip], found: Sequence[Unit]) -> bool:
    """True if the names of all columns stand in their order, and the figures of each nearest below its own.

    The order of names on different lines is not enough: a line that has lost its blanks stands too far left.
    """
    if not is_spaced(found, len(columns)):
        return False
    header = header_lines(lines, found)
    cover = cover_of_columns(columns, header)
    for ruler in range(ruler_count(found)):
        names = middles_of_names(columns, header, cover, ruler)
        if names is not None and all(_is_nearest(number, names, found, ruler) for number in range(len(columns))):
            return True
    return False


def _is_nearest(number: int, names: Sequence[float], found: Sequence[Unit], ruler: int) -> bool:
    """True if the figures of a column, of most rows at least, stand nearer to its name than to any other."""
    spans = [cell.spans[ruler] for unit in found if unit.cells for cell in (unit.cells[number],) if cell is not None]
    if not spans:
        return True
    middle = median((left + right) / 2 for left, right in spans)
    return min(range(len(names)), key=lambda other: abs(names[other] - middle)) == number


def stand_below_names(columns: Sequence[ColumnSpec], lines: Sequence[Strip], found: Sequence[Unit]) -> bool:
    """True if the columns are named above the first row on a page, and every run has its figures below the names."""
    tracks = header_tracks(columns, header_lines(lines, found), 0)
    if not found or tracks_on_page(tracks, found, ()) is None:
        return False
    return all(unit.cells is not None and not any(f and f.doubt for f in unit.cells) for unit in found)


def are_blocks_headed(blocks: Sequence[BlockSpec], lines: Sequence[Strip], unit: Unit) -> bool:
    """True if the words above the only row of a table name the columns of all its blocks in the order of the form."""
    cover = cover_of_blocks(blocks, header_lines(lines, [unit]))
    if cover is None:
        return False
    rulers = cover.rulers_in_line(range(ruler_count([unit])))
    return (
        cover.proves_order()
        or _stand_in_order(cover, rulers, lines, [unit])
        or any(_begin_over_figures(cover, ruler, unit) for ruler in rulers)
    )


def _is_among(column: int, group: Name) -> bool:
    """True for a column of a group that is not its last one."""
    return group.first <= column < group.last


def are_blocks_in_order(blocks: Sequence[BlockSpec], lines: Sequence[Strip], unit: Unit) -> bool | None:
    """Whether the names of blocks under one heading stand over the columns of the form; None if no line tells.

    What is printed on one height comes as one line: a name right behind one of the first columns of a block begins over
    the columns that follow. Where all but one of the blocks have theirs, the last one does, on whatever line it stands.
    """
    cover = cover_of_blocks(blocks, header_lines(lines, [unit]))
    if cover is None:
        return None
    siblings: dict[str, list[Name]] = {}
    for block in blocks:
        own = next((name for name in cover.names[cover.columns :] if key(block.label[-1]) in name.texts), None)
        if len(block.label) > 1 and own is not None:
            siblings.setdefault(block.label[0], []).append(own)
    behind = [
        (before.name, cover.names[after.name])
        for before, after in pairwise(cover.fragments)
        if before.line == after.line and before.name < cover.columns <= after.name
    ]
    told = 0
    for names in siblings.values():
        if any(own in names and any(_is_among(at, other) for other in names if other != own) for at, own in behind):
            return False
        told += sum(any(own == name and _is_among(at, own) for at, own in behind) for name in names) + 1 >= len(names)
    return True if told == len(siblings) else None


def _begin_over_figures(cover: Cover, ruler: int, unit: Unit) -> bool:
    """True if runs of names begin over the figures of their first columns, and these runs hold all columns.

    A program may draw the names of neighbours together, with one blank between them, so that only the first stands in
    its place. With as many figures as columns, the first of each run over its own figure, and the others behind it in
    the order of the form, one after the other, no name has another figure left.
    """
    if len(unit.figures) != cover.columns:
        return False
    spans = [figure.spans[ruler] for figure in unit.figures]
    shown: set[int] = set()
    for run in _runs_of_names(cover, ruler):
        left, right = run[0].spans[ruler]
        below = [number for number, (low, high) in enumerate(spans) if low < right and left < high]
        if len(below) != 1 or run[0].name >= cover.columns:
            continue
        if below != [run[0].name]:
            return False
        names = list(dict.fromkeys(fragment.name for fragment in run))
        shown.update(name for name, due in zip(names, range(names[0], cover.columns), strict=False) if name == due)
    return len(shown) == cover.columns


def _runs_of_names(cover: Cover, ruler: int) -> Iterator[list[Fragment]]:
    """The fragments of each line that stand beside each other with one blank between them at most."""
    run: list[Fragment] = []
    for fragment in (one for one in cover.fragments if len(one.spans) > ruler):
        before = run[-1] if run else None
        if before is not None and (
            before.line != fragment.line or fragment.spans[ruler][0] - before.spans[ruler][1] > 1
        ):
            yield run
            run = []
        run.append(fragment)
    if run:
        yield run


def order_above(blocks: Sequence[BlockSpec], lines: Sequence[Strip], unit: Unit) -> list[int] | None:
    """For each column of the form its place among the figures of the only row, by the names above these; else None.

    Each figure must have the whole name of a column of its block above it, every column of a block once.
    """
    columns = [column for block in blocks for column in block.columns]
    if not is_spaced([unit], len(columns)):
        return None
    orders: list[list[int]] = []
    for texts in _headings(columns, lines, [unit]):
        order: list[int] = []
        start = 0
        for block in blocks:
            own = texts[start : start + len(block.columns)]
            order += [start + own.index(text) for column in block.columns for text in own if text in wordings(column)]
            start += len(block.columns)
        if sorted(order) == list(range(len(columns))):
            orders.append(order)
    # Counted in another way the names stand above no figure, or torn above those of others.
    return orders[0] if orders and all(order == orders[0] for order in orders) else None


def _stand_in_order(cover: Cover, rulers: Sequence[int], lines: Sequence[Strip], found: Sequence[Unit]) -> bool:
    """True if the names of the columns stand beside each other in the order of the form."""
    if not is_spaced(found, cover.columns):
        return False
    counted = [ruler for ruler in rulers if cover.tracks(ruler) is not None]
    if len(counted) == len(rulers) or cover.stands_in_order(rulers):
        return True
    # By a way of counting that is not the program's, names on different lines stand upon each other.
    below = [unit for unit in found if len(unit.figures) == cover.columns and lines[unit.line].sheet in cover.sheets]
    return cover.stands_in_order(counted) and all(_part_as_figures(cover, ruler, below) for ruler in counted)


def _part_as_figures(cover: Cover, ruler: int, below: Sequence[Unit]) -> bool:
    """True if rows with all figures stand below the names, and all of them part where names on different lines do."""
    names = cover.middles(ruler)
    if names is None or not below or any(len(figure.spans) <= ruler for unit in below for figure in unit.figures):
        return False
    rows = [[sum(figure.spans[ruler]) / 2 for figure in unit.figures] for unit in below]
    return all(
        row[left] < (names[left] + names[left + 1]) / 2 < row[left + 1]
        for left in range(cover.columns - 1)
        if not cover.share_a_line(left)
        for row in rows
    )


def are_headed_otherwise(columns: Sequence[ColumnSpec], lines: Sequence[Strip], found: Sequence[Unit]) -> bool:
    """True if the names tell that the columns stand in another order than that of the form.

    Either at least half of the columns have a name above their figures, and one has that of another column; or names
    that stand there whole do not follow one another as in the form.
    """
    if not is_spaced(found, len(columns)):
        return False
    if any(_stand_otherwise(columns, header_lines(lines, found), ruler) for ruler in range(ruler_count(found))):
        return True
    names = [wordings(column) for column in columns]
    for texts in _headings(columns, lines, found):
        known = [(text, own) for text, own in zip(texts, names, strict=True) if any(text in name for name in names)]
        if 2 * len(known) >= len(columns) and any(text not in own for text, own in known):
            return True
    return False


def _stand_otherwise(columns: Sequence[ColumnSpec], header: Sequence[Strip], ruler: int) -> bool:
    """True if the whole names among the header's words, from left to right, are not in the order of the form."""
    number_of = {name: number for number, column in enumerate(columns) for name in wordings(column)}
    places: dict[int, float] = {}
    for piece in (piece for line in header for piece in line.pieces if len(piece.spans) > ruler):
        number = number_of.get(key(piece.text))
        if number is not None:
            places[number] = piece.spans[ruler][0]
    order = sorted(places, key=lambda number: places[number])
    return order != sorted(order)


def _headings(columns: Sequence[ColumnSpec], lines: Sequence[Strip], found: Sequence[Unit]) -> Iterator[list[str]]:
    """The words above each column of the first rows, by each way of counting columns."""
    for ruler in range(ruler_count(found)):
        tracks = first_tracks(found, len(columns), ruler)
        if tracks is not None:
            yield words_above(columns, header_lines(lines, found), tracks, ruler)
