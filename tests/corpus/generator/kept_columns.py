"""Which cells nobody can know from a text that keeps columns by blanks: those of rows with blank cells, out of line.

Judged as by a careful reader who sees that text only. A row with all its figures is known. So is one that lacks some,
if each figure stands where the figures of its column stand in the other rows of the page and those of no other column,
and the columns of that page are told apart: all of them have figures there, or each stands nearest to its own name.
Programs count characters or columns of a terminal; it is enough if a text is in line by one of both. The only row of
表四 must stand below the names of its columns: as a whole, in its order, clearly nearer to them than to any others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from gkdesk.extraction.figures import is_figure
from gkdesk.extraction.labels import key, simplify
from gkdesk.model.cellref import CellRef

from .layout import table_spec
from .report import Report

_WIDE = ("", "WF", "WFA")
"""Ways of counting: the kinds of characters (of Unicode's East Asian width) that take two columns."""

COLUMNS = 7

FEWEST_SHARED = 2
"""Columns with figures on both of two pages that show that the table goes on in its places."""

CLEARLY = 2.0
"""Columns of text by which the figures of a row must stand nearer to their own names than to others."""

NEVER = float("inf")

_IDEOGRAPH = re.compile("[\u2e80-\u2fd5\u4e00-\u9fff]")
_TOKEN = re.compile(r"\S+")
_PAGE_NUMBER = re.compile(r"\s*-\s*\d+\s*-\s*|\s*\d+/\d+\s*")
_ENDS = re.compile(r"(?:^|\s)果\s+结$")
"""The last character of 尚未审结 behind that of 其他结果, on a line of its own."""
_OUTCOME = re.compile(r"[结其尚总]")

Span = tuple[int, int]


def out_of_line(report: Report, pages: Sequence[str]) -> Iterator[str]:
    """The cells of rows that lack figures and whose other figures may stand in several columns."""
    if not all(report.texts.values()):
        yield from _rows_out_of_line(report, pages)
        yield from _last_row_out_of_line(report, pages)


def _rows_out_of_line(report: Report, pages: Sequence[str]) -> Iterator[str]:
    spec = table_spec(report, "t3").blocks[0]
    rows = {row.id: [CellRef("t3", row.id, column.id) for column in spec.columns] for row in spec.rows}
    short = {row for row, refs in rows.items() if 0 < sum(not report.texts[ref] for ref in refs) < len(refs)}
    found = _lines_of_rows(report, rows, pages)
    known: set[str] = set()
    for wide in _WIDE:
        groups = _groups(report, rows, found, wide, len(pages))
        # What a page tells by itself, those joined with it for what it does not tell cannot take away.
        alone = [{number: here} for group in groups if len(group) > 1 for number, here in group.items()]
        for group in (*groups, *alone):
            known |= _in_line(group, next((names for n in group if (names := _names(report, pages[n], wide))), None))
    for row in short - known:
        yield from map(str, rows[row])


def _lines_of_rows(report: Report, rows: dict[str, list[CellRef]], pages: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The page and the line on which each row has its figures, in the order of the rows."""
    lines = [(number, line) for number, page in enumerate(pages) for line in page.splitlines()]
    start = max((i for i, (_, line) in enumerate(lines) if key(line).startswith("三收到和处理")), default=0)
    found: dict[str, tuple[int, str]] = {}
    for row, refs in rows.items():
        texts = [report.texts[ref] for ref in refs if report.texts[ref]]
        for at in range(start + 1, len(lines)) if texts else ():
            if _figures(lines[at][1]) == texts:
                found[row], start = lines[at], at
                break
    return found


def _figures(line: str) -> list[str]:
    """The figures at the end of a line; none of a page number."""
    if _PAGE_NUMBER.fullmatch(line):
        return []
    tokens = _TOKEN.findall(line)
    first = len(tokens)
    while first and is_figure(tokens[first - 1]):
        first -= 1
    return tokens[first:]


def _groups(
    report: Report,
    rows: dict[str, list[CellRef]],
    found: dict[str, tuple[int, str]],
    wide: str,
    count: int,
) -> list[dict[int, dict[str, dict[int, Span]]]]:
    """The rows with the places of their figures, page by page; pages together whose columns go on in their places."""
    groups: list[dict[int, dict[str, dict[int, Span]]]] = []
    for number in range(count):
        here = {
            row: _placed([at for at, ref in enumerate(rows[row]) if report.texts[ref]], line, wide)
            for row, (on, line) in found.items()
            if on == number
        }
        away = _shift(_hulls(_all_rows(groups[-1])), _hulls(here.values())) if groups else None
        if away is not None:
            groups[-1][number] = {
                row: {column: (left + away, right + away) for column, (left, right) in spans.items()}
                for row, spans in here.items()
            }
        else:
            groups.append({number: here})
    return groups


def _placed(columns: Sequence[int], line: str, wide: str) -> dict[int, Span]:
    return dict(zip(columns, _spans(line, wide)[-len(columns) :], strict=True))


def _all_rows(group: dict[int, dict[str, dict[int, Span]]]) -> list[dict[int, Span]]:
    return [spans for here in group.values() for spans in here.values()]


def _shift(above: dict[int, Span], below: dict[int, Span]) -> int | None:
    """By how much the columns of a page stand beside those of the page before; None if they do not go on alike.

    The total and another column must be on both pages, and two others if they stand elsewhere.
    """
    both = sorted(above.keys() & below.keys())
    if COLUMNS - 1 not in both or len(both) < FEWEST_SHARED:
        return None
    if all(max(above[at][0] - below[at][1], below[at][0] - above[at][1]) <= 0 for at in both):
        return 0
    shifts = [sum(above[at]) - sum(below[at]) for at in both]
    if len(both) <= FEWEST_SHARED or max(shifts) - min(shifts) > FEWEST_SHARED:
        return None
    return round(sum(shifts) / len(shifts) / 2)


def _hulls(rows: Iterable[dict[int, Span]]) -> dict[int, Span]:
    hulls: dict[int, Span] = {}
    for spans in rows:
        for column, (left, right) in spans.items():
            low, high = hulls.get(column, (left, right))
            hulls[column] = min(low, left), max(high, right)
    return hulls


def _in_line(group: dict[int, dict[str, dict[int, Span]]], names: Sequence[Sequence[Span]] | None) -> set[str]:
    """The rows of pages that go on that are known, by one way of counting."""
    placed = {row: spans for here in group.values() for row, spans in here.items()}
    return {
        row
        for row in placed
        if _stands_in_line(placed[row], [spans for other, spans in placed.items() if other != row], names)
    }


def _stands_in_line(
    row: dict[int, Span], others: Sequence[dict[int, Span]], names: Sequence[Sequence[Span]] | None
) -> bool:
    hulls = _hulls((*others, row))
    order = [hulls[column] for column in sorted(hulls)]
    if any(a[1] > b[0] for a, b in pairwise(order)):
        # Somewhere on the page columns overlap; this row is in line if its own figures overlap no other column's.
        other_hulls = [(column, span) for spans in others for column, span in spans.items()]
        for column, (left, right) in row.items():
            if any(column != other and left < span[1] and span[0] < right for other, span in other_hulls):
                return False
    if len(hulls) == COLUMNS:
        return True
    return names is not None and all(_is_nearest(hulls[column], column, names) for column in row)


def _is_nearest(span: Span, column: int, names: Sequence[Sequence[Span]]) -> bool:
    away = [min(abs(sum(span) - sum(part)) for part in parts) for parts in names]
    return min(range(len(names)), key=away.__getitem__) == column and away.count(min(away)) == 1


def _names(report: Report, page: str, wide: str) -> list[list[Span]] | None:
    """Where the names of the columns stand on this page: their first two characters, in the lines of the heading.

    The end of a name that is broken over lines may stand elsewhere than its beginning, and is as good if it is alone.
    """
    lines = [_plain(line) for line in page.splitlines()]
    start = next((i for i, line in enumerate(lines) if "申请人情况" in key(line)), None)
    if start is None:
        return None
    stop = next((i for i in range(start, len(lines)) if "本年新收" in key(lines[i])), start)
    found: list[list[Span]] = []
    for column in table_spec(report, "t3").blocks[0].columns:
        whole = key(column.label[-1])
        name = whole[:2]
        places = _places_of(" *".join(name), lines[start:stop], wide) or _places_of(name[0], lines[start:stop], wide)
        if len(places) != 1:
            return None
        ends = _places_of(" *".join(whole[-3:]), lines[start:stop], wide) if len(whole) > len(name) + 1 else []
        found.append([*places, *(ends if len(ends) == 1 else [])])
    return found


def _plain(line: str) -> str:
    """The line in simplified characters, none a radical that only looks like one; as wide as it was."""
    return "".join(simplify(char) if _IDEOGRAPH.match(char) else char for char in line)


def _places_of(pattern: str, lines: Sequence[str], wide: str) -> list[Span]:
    places = []
    for line in lines:
        before = _columns(line, wide)
        found = re.finditer(pattern, line.replace("法人或其他组织", "　" * 7))
        places += [(before[match.start()], before[match.end()]) for match in found]
    return places


def _last_row_out_of_line(report: Report, pages: Sequence[str]) -> Iterator[str]:
    refs = [ref for ref in report.texts if ref.table == "t4"]
    texts = [report.texts[ref] for ref in refs if report.texts[ref]]
    if len(texts) in (0, len(refs)):
        return
    lines = [line for page in pages for line in page.splitlines()]
    start = max(
        (i for i, line in enumerate(lines) if key(line).startswith("四") and "行政复议" in key(line)), default=0
    )
    at = next((i for i in range(start + 1, len(lines)) if _figures(lines[i]) == texts), None)
    columns = [number for number, ref in enumerate(refs) if report.texts[ref]]
    for wide in _WIDE if at is not None else ():
        heads = _heads([_plain(line) for line in lines[start + 1 : at] if line.strip()], wide)
        spans = _spans(lines[at or 0], wide)[-len(texts) :]
        if len(heads) == len(refs) and _are_below(spans, columns, heads):
            return
    yield from map(str, refs)


def _are_below(spans: Sequence[Span], columns: Sequence[int], heads: Sequence[Span]) -> bool:
    """True if the figures, in their order, stand less far from these columns than from all others, by ``CLEARLY``."""
    # ways[n]: what the figures so far cost in the first n columns at least, in the right columns or with one elsewhere.
    ways = [(0.0, NEVER)] * (len(heads) + 1)
    for span, column in zip(spans, columns, strict=True):
        following = [(NEVER, NEVER)]
        for number, head in enumerate(heads):
            away = abs(sum(span) - sum(head)) / 2
            right, other = ways[number][0] + away, ways[number][1] + away
            here = (right, other) if number == column else (NEVER, min(right, other))
            following.append((min(following[-1][0], here[0]), min(following[-1][1], here[1])))
        ways = following
    right, other = ways[-1]
    return right + CLEARLY <= other


def _heads(lines: Sequence[str], wide: str) -> list[Span]:
    """Where the names of the columns of 表四 begin, from left to right: 结, 其, 尚 and 总, each place once.

    Of a name on two lines one part may stand a little beside the other.
    """
    places: dict[int, set[int]] = {}
    totals: set[int] = set()
    for number, line in enumerate(lines):
        before = _columns(line, wide)
        for match in _OUTCOME.finditer(line):
            before_it = line[: match.start()]
            inside = before_it.endswith("其他") and match.group() == "结"
            begins = (
                not before_it or before_it[-1] in " 　果他未计" or (match.group() == "总" and before_it[-1] == "结")
            )
            if begins and not inside and not _ENDS.search(line[: match.end()]):
                places.setdefault(before[match.start()], set()).add(number)
                totals |= {before[match.start()]} if match.group() == "总" else set()
    apart = [
        place
        for place, on in sorted(places.items())
        # No other name has a part that begins like 总计, and that of 总计 itself begins with another character.
        if place in totals
        or not any(near in places and near not in totals and not places[near] & on for near in (place - 1, place - 2))
    ]
    return [(place, place + 2) for place in apart]


def _columns(line: str, wide: str) -> list[int]:
    return [0, *accumulate(2 if unicodedata.east_asian_width(char) in wide else 1 for char in line)]


def _spans(line: str, wide: str) -> list[Span]:
    before = _columns(line, wide)
    return [(before[token.start()], before[token.end()]) for token in _TOKEN.finditer(line)]
