"""Rows of 表三 in a text that gives figures one a line, apart from their labels: which of them are certain.

Where a text holds exactly as many figures as the table has cells, the labels and the names of the columns stand in the
order of the form, and the figures read one after the other close row after row in the last place, while read by columns
they do not, then they stand row by row, and each has one place only. The sums alone would not tell rows or columns that
changed places: the words do, for a program that goes through a page meets labels and rows of figures alike from above
to below. Where all figures are the same, the order of the labels needs not be told.

Without that proof a run of figures on several lines is a row if labels part the runs all over the table. Where they do
not, so that figures did come apart from their labels, as many figures as there are columns are not yet a row: no blank
must be lost, and they must close, by more than one figure that stands there twice, or stand in two lines of several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.result import CellReading, TableReading
from gkdesk.extraction.tables.apart.page_orders import rows_of_columns, rows_of_lines
from gkdesk.extraction.tables.columns.header_cover import cover_of_columns
from gkdesk.extraction.tables.header import LINE_NUMBERS, SUBTOTALS
from gkdesk.extraction.tables.printed_rows import row_label
from gkdesk.extraction.tables.rows_by_label import rests_of_groups
from gkdesk.model.place import TextPlace
from gkdesk.model.reading import Number, State, parse_reading
from gkdesk.model.spec import RowSpec, TableSpec

FEWEST_CLOSED = 5
"""Rows that must close by more than nothing, for each row that does not."""

SHORTEST_PIECE = 4
"""Spoken characters of a label that tell which row it is, if they stand in the text once and in no other label."""

MOST_UNPLACED = 2
"""Rows of which no such piece stands in the text: 3.其他, or one with a misprinted label."""

NEARLY_ALL = 0.9

TOLD_UNNUMBERED = 6
"""Characters of a label, its number among them, that tell it without the number, too."""

TOLD_TWICE = 10
"""A figure so large does not stand in a row twice by chance."""


def stand_row_by_row(
    table: TableSpec, rows: Sequence[RowSpec], figures: Sequence[Figure], words: str, header: Sequence[Strip] = ()
) -> bool:
    """True if the figures are those of the rows, one row after the other, and nothing else can be meant.

    Args:
        rows: the rows printed, whose cells are as many as ``figures``.
        words: all words among the figures and before them, as a key.
        header: the lines before the figures.
    """
    width = len(table.blocks[0].columns)
    if len(figures) != len(rows) * width:
        return False
    if len({figure.text.strip() for figure in figures}) == 1 and _are_placed(rows, words):
        # The same in every cell, wherever the names of rows and columns stand.
        return _columns_are_named(table, words)
    return names_in_order(table, rows, words, header) and closing_rows(figures, width) is not None


def closing_rows(figures: Sequence[Figure], width: int) -> set[int] | None:
    """The rows that close, where the figures are those of one row after the other and few do not; else None.

    It says nothing of which columns and rows these are.
    """
    values = [parse_reading(figure.text).value or 0 for figure in figures]
    closed, broken = _closed(values, rows_of_lines(len(values), width))
    _, otherwise = _closed(values, rows_of_columns(len(values), width))
    if closed < FEWEST_CLOSED * max(1, broken) or otherwise < broken + FEWEST_CLOSED:
        return None
    return set(range(len(figures) // width)) - doubtful_rows(figures, width)


def names_in_order(table: TableSpec, rows: Sequence[RowSpec], words: str, header: Sequence[Strip] = ()) -> bool:
    """True if the columns and then the rows are named in the order of the form.

    Where names are torn, the pieces of them on the lines of the header may tell more than the order of all words.
    """
    places = list(_places_of_labels(rows, words))
    before = words[: max(min(places, default=0), 0)]
    if not _are_placed(rows, words) or places != sorted(places):
        return False
    if _columns_in_order(table, before) and _total_is_named(table, before, words):
        return True
    cover = cover_of_columns(table.blocks[0].columns, header)
    return cover is not None and cover.proves_order()


def are_labels_in_order(rows: Sequence[RowSpec], words: str) -> bool:
    """True if pieces of nearly all labels stand among the words, in the order of the form."""
    places = list(_places_of_labels(rows, words))
    return _are_placed(rows, words) and places == sorted(places)


def is_each_named_once(rows: Sequence[RowSpec], words: str) -> bool:
    """True if a piece of its own of each label stands in the words once, but of those too short to have one."""
    long = [row for row in rows if max(map(len, row_label(row).wordings)) >= SHORTEST_PIECE]
    return len(list(_places_of_labels(long, words))) == len(long)


def _are_placed(rows: Sequence[RowSpec], words: str) -> bool:
    return len(list(_places_of_labels(rows, words))) >= len(rows) - MOST_UNPLACED


def doubtful_rows(figures: Sequence[Figure], width: int) -> set[int]:
    """The rows, of those read one after the other, that do not close.

    Their figures may have changed places, or one be lost and a page number or a remark have come instead.
    """
    values = [parse_reading(figure.text).value or 0 for figure in figures]
    rows = [values[start : start + width] for start in range(0, len(values), width)]
    return {number for number, row in enumerate(rows) if sum(row[:-1]) != row[-1]}


def from_left_to_right(figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures of a row of a text that keeps its columns, by their places where it has them on several lines.

    Marks of another font stand a little higher than figures and come a line before them: ``无 无`` above ``34 / 0 34``.
    As they are where figures of two lines stand below each other: they only went on in the next line.
    """
    if not all(figure.spans for figure in figures):
        return figures
    placed = sorted(figures, key=lambda figure: figure.spans[0])
    apart = all(a.spans[0][1] <= b.spans[0][0] for a, b in pairwise(placed))
    return tuple(placed) if apart else figures


def _closed(values: Sequence[Number], order: Sequence[Sequence[int]]) -> tuple[int, int]:
    """How many rows close by more than nothing, and how many do not close."""
    sums = [(sum(values[at] for at in row[:-1]), values[row[-1]]) for row in order]
    return sum(a == b != 0 for a, b in sums), sum(a != b for a, b in sums)


def _places_of_labels(rows: Sequence[RowSpec], words: str) -> Iterator[int]:
    """Where the labels begin, row by row; those left out of which no piece of their own stands there once."""
    wordings = [row_label(row).wordings for row in rows]
    for number, own in enumerate(wordings):
        others = [name for other, names in enumerate(wordings) if other != number for name in names]
        found = [at for name in own if (at := _place_of(name, others, words)) is not None]
        if found:
            yield min(found)


def _place_of(name: str, others: Sequence[str], words: str) -> int | None:
    """Where a label stands by its longest piece that is its own and stands in the words once."""
    for size in range(len(name), SHORTEST_PIECE - 1, -1):
        for start in range(len(name) - size + 1):
            piece = name[start : start + size]
            if words.count(piece) == 1 and not any(piece in other for other in others):
                return words.find(piece) - start
    return None


def _columns_in_order(table: TableSpec, header: str) -> bool:
    """True if the columns but the total are named in the order of the form; a name may be broken behind two characters,
    a name of two behind one.
    """
    columns = table.blocks[0].columns
    for group in {key(column.label[0]) for column in columns if len(column.label) > 1}:
        # The name of the group, 法人或其他组织, has a name of a column in it.
        header = header.replace(group, "")
    _, _, header = header.rpartition("申请人情况") if header.count("申请人情况") == 1 else ("", "", header)
    names = [key(column.label[-1]) for column in columns[:-1]]
    places = [max(header.find(name[:2]), header.find(name[:1]) if len(name) == 2 else -1) for name in names]
    return min(places) >= 0 and places == sorted(places)


def _total_is_named(table: TableSpec, header: str, words: str) -> bool:
    """True if the last column has its name before the rows, or among them once more than the rows that are totals.

    That it is the last one is proven by the sums: it closes the rows in the last place.
    """
    name = key(table.blocks[0].columns[-1].label[-1])
    rows = sum(key(row.label[-1]).endswith(name) for row in table.blocks[0].rows)
    return name[:1] in header or words.count(name) > rows


def _columns_are_named(table: TableSpec, words: str) -> bool:
    """True if all columns but the total are named somewhere: two characters of each, or every character of all."""
    for group in {key(column.label[0]) for column in table.blocks[0].columns if len(column.label) > 1}:
        words = words.replace(group, "")
    names = [key(column.label[-1]) for column in table.blocks[0].columns[:-1]]
    return all(name[:2] in words for name in names) or Counter("".join(names)) <= Counter(words)


# ------------------------------------------------------------------------------- rows on lines of their own


def has_torn_rows(reading: TableReading, text: str) -> bool:
    """True if the figures of a row that is certain stand on several lines."""
    return any(_on_several_lines(cells, text) for cells in _rows(reading).values())


def _rows(reading: TableReading) -> dict[str, list[CellReading]]:
    rows: dict[str, list[CellReading]] = {}
    for cell in reading.cells:
        rows.setdefault(cell.ref.row, []).append(cell)
    return rows


def doubt_torn_rows(
    reading: TableReading, table: TableSpec, lines: Sequence[Strip], text: str, complete: bool
) -> TableReading:
    """``reading``, its rows whose figures stand on several lines doubtful where figures came apart from their labels.

    Args:
        lines: the lines of the table, ``text`` the characters that their places count.
        complete: the table has as many figures as cells: no blank was lost.
    """
    rows = _rows(reading)
    torn = {row for row, cells in rows.items() if _on_several_lines(cells, text) and not _put_together(cells, lines)}
    if not torn or are_parted_by_labels(table, lines):
        return reading
    behind = dict(_rows_behind_labels(table, lines)) if complete else {}
    doubtful = {row for row in torn if row not in behind or not _is_told(rows[row], behind[row])}
    return replace(
        reading,
        cells=tuple(cell.doubted("position") if cell.ref.row in doubtful else cell for cell in reading.cells),
    )


def _put_together(cells: Sequence[CellReading], lines: Sequence[Strip]) -> bool:
    """True if the figures of a row stand on one line of the table to which they were joined in their places."""
    places = {cell.place for cell in cells if cell.place is not None}
    return any(places <= {figure.place for figure in line.figures} and _stand_in_turn(line) for line in lines)


def _stand_in_turn(line: Strip) -> bool:
    """True if the figures follow one another from left to right, by some way of counting columns of text."""
    rulers = range(min((len(figure.spans) for figure in line.figures), default=0))
    return any(all(a.spans[n][1] <= b.spans[n][0] for a, b in pairwise(line.figures)) for n in rulers)


def _is_told(cells: Sequence[CellReading], in_parts: bool) -> bool:
    """True if a row comes out, by figures that tell it or in two parts."""
    values = [cell.reading.value or 0 for cell in cells]
    return _closes(cells) or (in_parts and sum(values[:-1]) == values[-1])


def _rows_behind_labels(table: TableSpec, lines: Sequence[Strip]) -> Iterator[tuple[str, bool]]:
    """The rows whose whole label, but for its number, stands directly before as many figures as there are columns.

    Narrow cells are given with the numbers of the labels apart from them. And whether the figures came in two parts,
    lines of several figures: these stand beside each other on the page, so that none is a piece of a column.
    """
    width = len(table.blocks[0].columns)
    rows = (*table.blocks[0].rows, *(other.row for other in table.alternatives))
    whole = {row.id: row_label(row).wordings for row in rows}
    wordings = {
        row: (*names, *(name[1:] for name in names if len(name) >= TOLD_UNNUMBERED)) for row, names in whole.items()
    }
    for words, counts in _runs_by_line(lines, tuple(name for names in wordings.values() for name in names)):
        longest = max(
            (name for names in wordings.values() for name in names if words.endswith(name)), key=len, default=""
        )
        if longest and sum(counts) == width:
            in_parts = len(counts) == 2 and min(counts) > 1
            yield from ((row, in_parts) for row, names in wordings.items() if longest in names)


def _on_several_lines(cells: Sequence[CellReading], text: str) -> bool:
    """True if a row that is certain has figures on more than one line."""
    sure = all(cell.reading.state in (State.READ, State.BLANK) for cell in cells)
    places = [cell.place for cell in cells if isinstance(cell.place, TextPlace)]
    if not sure or len(places) < 2:
        return False
    start, end = min(place.start for place in places), max(place.start for place in places)
    return any(break_ in text[start:end] for break_ in "\n\r\f")


def are_parted_by_labels(table: TableSpec, lines: Sequence[Strip]) -> bool:
    """True if runs of figures are no longer than a row, and stand between the words of their rows: nothing came apart.

    Either nearly all runs have all figures of a row (the number of its line or a 小计 too, if there is such a
    column), or each stands directly behind the whole label of one.
    """
    width = len(table.blocks[0].columns)
    rows = (*table.blocks[0].rows, *(other.row for other in table.alternatives))
    wordings = tuple(name for row in rows for name in row_label(row).wordings)
    runs = list(_runs(lines, wordings))
    words = key("".join(line.words for line in lines))
    if any(word in words for word in (*LINE_NUMBERS, *SUBTOTALS)):
        width += 1
    if any(count > width for _, count in runs):
        return False
    whole = sum(count == width for _, count in runs)
    rests = rests_of_groups(rows)
    return whole >= NEARLY_ALL * len(runs) or all(_end_in_label(words, wordings, rests) for words, _ in runs)


def _end_in_label(words: str, wordings: tuple[str, ...], rests: Sequence[str]) -> bool:
    """True if words end in the whole label of a row, perhaps with the rest of that of its group behind it.

    The label of a group stands in the middle of its rows, or is torn by the end of a page: 三、本 … 年度办理结果.
    """
    return any(words.endswith(rest) and words.removesuffix(rest).endswith(wordings) for rest in rests)


def _runs(lines: Sequence[Strip], wordings: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The words before each run of figures, as a key, and the number of the figures; numbers of labels are words."""
    for words, counts in _runs_by_line(lines, wordings):
        yield words, sum(counts)


def _runs_by_line(lines: Sequence[Strip], wordings: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """The same, with the number of figures on each line."""
    words, counts = "", list[int]()
    for number, line in enumerate(lines):
        figures = [] if _numbers_a_label(lines, number, wordings) else line.figures
        if counts and (line.words or not figures):
            yield words, counts
            words, counts = "", []
        words += key(line.words)
        counts += [len(figures)] if figures else []
    if counts:
        yield words, counts


def _numbers_a_label(lines: Sequence[Strip], number: int, wordings: Sequence[str]) -> bool:
    """True for a figure alone on its line with which a label begins that goes on below: 2 above 重复申请."""
    line = lines[number]
    if line.words or len(line.figures) != 1:
        return False
    rest = next((words for below in lines[number + 1 : number + 3] if (words := key(below.words))), "")
    return bool(rest) and any(name.startswith(line.figures[0].text + rest[:2]) for name in wordings)


def _closes(cells: Sequence[CellReading]) -> bool:
    """True if a row closes by figures that cannot stand beside each other by chance."""
    values = [cell.reading.value or 0 for cell in cells]
    if values[-1] == 0 or sum(values[:-1]) != values[-1]:
        return False
    return values[-1] >= TOLD_TWICE or sum(value != 0 for value in values[:-1]) > 1
