"""Twists drawn at random: a few documents of the large run have one each."""

from __future__ import annotations

import random
from collections.abc import Callable

from gkdesk.model.cellref import CellRef

from .generator.figures import detail_rows
from .generator.report import Report
from .generator.twist import BESIDE, KINDS, SECOND_TABLES, Twist

RATE = 0.25
"""The share of documents with a twist."""

_INNER = ("business", "research", "welfare", "legal", "other")
_MISPRINTS = (
    ("1.属于国家秘密", "1.属国家秘密"),
    ("5.属于三类内部事务信息", "5.属于三类内部事物信息"),
    ("6.属于四类过程性信息", "6.属于四类过程信息"),
    ("8.属于行政查询事项", "7.属于行政查询事项"),
    (
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "（二）部份公开（区分处理的，只计这一情形，不计其它情形）",
    ),
    ("（四）无法提供", "（三）无法提供"),
    ("2.重复申请", "3.重复申请"),
    ("三、本年度办理结果", "二、本年度办理结果"),
    ("四、结转下年度继续办理", "三、结转下年度继续办理"),
    ("结果纠正", "结果纠政"),
    ("尚未审结", "尚末审结"),
    ("科研机构", "科硏机构"),
)
_NOTES = ("①", "*", "[1]", "注1", "※", "（注）")
_REMARKS = ("（其中修订11件）", "（含上年2件）", "（以第三季度为准）")
_UNITS = ("件", "条", "份")
_FORMATS = ("0;-0;;@", "#,##0", '0"件"', "#,##0,", "0%", ";;;", "0.00", "00000")


def draw_twist(rng: random.Random, family: str, report: Report, kind: str = "") -> Twist | None:
    """A twist that the family can have, of a kind if one is asked for; None if this report has no place for it."""
    possible = [name for name, families in KINDS.items() if family in families]
    if kind and kind not in possible:
        return None
    kind = kind or rng.choice(possible)
    if kind in BESIDE:
        return Twist(kind, _figures(rng, report, 2), "" if kind in ("nested", "boxed") else str(rng.randint(1, 99)))
    if kind in SECOND_TABLES:
        return Twist(kind, tuple(rng.sample(("t2", "t3", "t4"), rng.randint(1, 3))))
    drawn = _DRAWN.get(kind)
    return drawn(rng, report) if drawn else Twist(kind)


def _figures(rng: random.Random, report: Report, most: int) -> tuple[str, ...]:
    """Ids of some cells of 表三 and 表四 in which a figure above zero stands."""
    full = [str(ref) for ref, value in report.values.items() if value and ref.table != "t2"]
    return tuple(rng.sample(full, min(len(full), rng.randint(1, most))))


def _rows(report: Report) -> tuple[str, ...]:
    return detail_rows(report.plan.edition, report.plan.single_closed)


def _neighbours(rng: random.Random, report: Report) -> Twist:
    """Two rows of one group."""
    rows = _rows(report)
    pairs = [(one, other) for one in rows for other in rows if one < other and _group(one) == _group(other)]
    return Twist("rows-swapped", rng.choice([*pairs, ("granted", "partial"), ("new", "carried_in")]))


def _group(row: str) -> str:
    return row.split("_")[0] if "_" in row else f"{row}-alone"


def _full_row(rng: random.Random, report: Report) -> tuple[str, ...]:
    """A detail row with a figure of more than one digit, if there is one."""
    rows = _rows(report)
    long = [row for row in rows if any((report.values.get(CellRef("t3", row, at)) or 0) > 9 for at in _INNER)]
    longer = [row for row in rows if (report.values.get(CellRef("t3", row, "natural")) or 0) > 9]
    return (rng.choice(long or longer or list(rows)),)


def _misprint(rng: random.Random, _: Report) -> Twist:
    label, printed = rng.choice(_MISPRINTS)
    return Twist("misprinted-label", (label,), printed)


def _format(rng: random.Random, report: Report) -> Twist:
    chosen = rng.choice(_FORMATS)
    zeros = [str(ref) for ref, text in report.texts.items() if text == "0" and ref.table != "t2"]
    if chosen.startswith("0;"):
        return Twist("number-format", tuple(zeros), chosen)
    return Twist("number-format", _figures(rng, report, 3), chosen)


_DRAWN: dict[str, Callable[[random.Random, Report], Twist]] = {
    "rows-swapped": _neighbours,
    "groups-swapped": lambda rng, _: Twist("groups-swapped", tuple(rng.sample(("denied_", "unable_", "rejected_"), 2))),
    "columns-swapped": lambda rng, _: Twist("columns-swapped", tuple(rng.sample(_INNER, 2))),
    "outcomes-swapped": lambda rng, _: Twist(
        "outcomes-swapped", tuple(rng.sample(("upheld", "corrected", "other", "pending"), 2))
    ),
    "remark-column": lambda rng, _: Twist("remark-column", text=rng.choice(("", "含上年", "3", "12"))),
    "row-lost": lambda rng, report: Twist("row-lost", (rng.choice(_rows(report)),)),
    "row-doubled": lambda rng, report: Twist("row-doubled", (rng.choice(_rows(report)),)),
    "row-doubled-other": lambda rng, report: Twist("row-doubled-other", (rng.choice(_rows(report)),), "7"),
    "hidden-row": lambda rng, report: Twist("hidden-row", (rng.choice(_rows(report)),), "7"),
    "hidden-column": lambda rng, _: Twist("hidden-column", text="6"),
    "two-reports": lambda rng, _: Twist("two-reports", text="白石县林业局"),
    "misprinted-label": _misprint,
    "note-mark": lambda rng, report: Twist("note-mark", _figures(rng, report, 3), rng.choice(_NOTES)),
    "remark": lambda rng, report: Twist("remark", _figures(rng, report, 2), rng.choice(_REMARKS)),
    "unit": lambda rng, report: Twist("unit", _figures(rng, report, 3), rng.choice(_UNITS)),
    "joined": lambda rng, report: Twist("joined", _full_row(rng, report)),
    "number-format": _format,
}
