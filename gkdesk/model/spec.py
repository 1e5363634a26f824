"""An edition of the official form as data: tables, printed layout, rows, columns, labels, units, identities.

Everything comes from ``resources/forms/<edition>.toml``; an edition added there is known to the whole program.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gkdesk import paths
from gkdesk.model.cellref import CellRef
from gkdesk.model.continuation import ContinuationSpec, continuation
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import NumberKind, State


class Span(NamedTuple):
    """A merged range of the printed grid; rows and columns counted from 0, last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A text of the official layout and the range it fills."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row of values: its id, printed row (from 0), printed label as a path from group to leaf, other wordings."""

    id: str
    at: int
    label: tuple[str, ...]
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of values: its id, printed columns (from 0, first and last), label path, unit and kind of number."""

    id: str
    left: int
    right: int
    label: tuple[str, ...]
    unit: str
    kind: NumberKind
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockSpec:
    """Rows that share columns. 表三 is one block; 表二 has one per 第二十条 item; 表四 has three side by side."""

    label: tuple[str, ...]
    rows: tuple[RowSpec, ...]
    columns: tuple[ColumnSpec, ...]


@dataclass(frozen=True, slots=True)
class AlternativeSpec:
    """A row that some reports print instead of several others."""

    row: RowSpec
    replaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of the form with its printed layout."""

    id: str
    nickname: str
    heading: str
    keywords: tuple[str, ...]
    widths: tuple[float, ...]
    landscape: bool
    printed: tuple[Printed, ...]
    blocks: tuple[BlockSpec, ...]
    alternatives: tuple[AlternativeSpec, ...] = ()

    @property
    def row_count(self) -> int:
        """Rows of the printed grid, headers included."""
        lowest_value = max(row.at for block in self.blocks for row in block.rows)
        return 1 + max(lowest_value, *(printed.span.bottom for printed in self.printed))

    @property
    def column_count(self) -> int:
        """Columns of the printed grid."""
        return len(self.widths)

    def refs(self) -> Iterator[CellRef]:
        """The value cells in the order of the form."""
        for block in self.blocks:
            for row in block.rows:
                for column in block.columns:
                    yield CellRef(self.id, row.id, column.id)


@dataclass(frozen=True, slots=True)
class IdentitySpec:
    """A totals identity (勾稽关系) as the form has it: ``left`` adds up to ``right``, per row or per column."""

    rule: str
    table: str
    each: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_words: str
    right_words: str


@dataclass(frozen=True, slots=True)
class AdvisorySpec:
    """A row that bodies of some kinds leave at zero: ``organizations`` are patterns of their names, ``words`` why."""

    rule: str
    table: str
    row: str
    organizations: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity (or inequality) over cells. ``line`` is the id of the row or column it belongs to."""

    spec: IdentitySpec
    line: str
    left: tuple[CellRef, ...]
    right: tuple[CellRef, ...]

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """Every operand, left side first."""
        return self.left + self.right


class FormSpec:
    """One edition of the form.

    Attributes:
        edition: id of the edition, e.g. ``"2021"``.
        name, issued_as: what people call it, and the notice that issued it.
        years: first and last report year it applies to.
        tables: the tables in order.
        identities: the totals identities.
        inequalities: of the same shape, but ``left`` adds up to no more than ``right``; suspicious if broken.
        advisories: rows that some bodies leave at zero.
        continuations: figures that go on from those of the year before.
        sections: keywords of the headings of the prose sections, by section name.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.edition = str(data["edition"])
        self.name = str(data["name"])
        self.issued_as = str(data["issued_as"])
        first, last = data["years"]
        self.years = (int(first), int(last))
        self.tables = tuple(_table(table) for table in data["tables"])
        self.identities = tuple(_identity(identity) for identity in data.get("identities", ()))
        self.inequalities = tuple(_identity(inequality) for inequality in data.get("inequalities", ()))
        self.advisories = tuple(_advisory(advisory) for advisory in data.get("advisories", ()))
        self.continuations: tuple[ContinuationSpec, ...] = tuple(map(continuation, data.get("continuations", ())))
        self.sections: dict[str, tuple[str, ...]] = {
            name: tuple(words) for name, words in data.get("sections", {}).items()
        }
        self._relations: dict[tuple[object, ...], tuple[Identity, ...]] = {}
        self._rows: dict[tuple[str, str], tuple[BlockSpec, RowSpec]] = {}
        for table in self.tables:
            for block in table.blocks:
                for row in block.rows:
                    self._rows[table.id, row.id] = (block, row)
            for alternative in table.alternatives:
                block = self._rows[table.id, alternative.replaces[0]][0]
                self._rows[table.id, alternative.row.id] = (block, alternative.row)

    def refs(self) -> tuple[CellRef, ...]:
        """Every value cell of the edition, in the order of the form (alternative rows are not among them)."""
        return tuple(ref for table in self.tables for ref in table.refs())

    def table(self, table_id: str) -> TableSpec:
        """The table with that id; raises ``KeyError``."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)

    def row(self, ref: CellRef) -> RowSpec:
        """The row of a cell, alternative rows included; raises ``KeyError``."""
        return self._rows[ref.table, ref.row][1]

    def block(self, ref: CellRef) -> BlockSpec:
        """The block of a cell; raises ``KeyError``."""
        return self._rows[ref.table, ref.row][0]

    def column(self, ref: CellRef) -> ColumnSpec:
        """The column of a cell; raises ``KeyError``."""
        for column in self.block(ref).columns:
            if column.id == ref.column:
                return column
        raise KeyError(str(ref))

    def span(self, ref: CellRef) -> Span:
        """Where the cell is printed in the grid of its table."""
        row, column = self.row(ref), self.column(ref)
        return Span(row.at, column.left, row.at, column.right)

    def row_words(self, ref: CellRef) -> str:
        """The row in the words of the form: ``（三）不予公开 1.属于国家秘密``."""
        block, row = self._rows[ref.table, ref.row]
        path = row.label or block.label
        return " ".join(path[-2:]) if len(path) > 2 else path[-1] if path else ""

    def column_words(self, ref: CellRef) -> str:
        """The column in the words of the form, without its group."""
        return self.column(ref).label[-1]

    def cell_words(self, ref: CellRef) -> str:
        """The cell in the words of the form: ``表三 一、本年新收政府信息公开申请数量·自然人``."""
        table = self.table(ref.table)
        return f"{table.nickname} {self.row_words(ref)}·{self.column_words(ref)}"

    def empty_form(self) -> FilledForm:
        """A form of this edition in which every cell is missing."""
        return FilledForm(self.edition, (Cell(ref) for ref in self.refs()))

    def identities_of(self, form: FilledForm) -> tuple[Identity, ...]:
        """The identities that apply to ``form``; where it has an alternative row, that row takes the others' place."""
        return self._expanded(self.identities, form)

    def inequalities_of(self, form: FilledForm) -> tuple[Identity, ...]:
        """The inequalities that apply to ``form``: ``left`` adds up to no more than ``right``."""
        return self._expanded(self.inequalities, form)

    def refs_of(self, form: FilledForm) -> tuple[CellRef, ...]:
        """The cells of ``form`` that a report has to fill: an alternative row or the rows it replaces, never both."""
        used = self._used(form)
        idle = {
            (table.id, row)
            for table in self.tables
            for alternative in table.alternatives
            for row in (alternative.replaces if alternative in used[table.id] else (alternative.row.id,))
        }
        return tuple(cell.ref for cell in form if (cell.ref.table, cell.ref.row) not in idle)

    def _used(self, form: FilledForm) -> dict[str, list[AlternativeSpec]]:
        return {table.id: [a for a in table.alternatives if _is_used(form, table, a)] for table in self.tables}

    def _expanded(self, specs: tuple[IdentitySpec, ...], form: FilledForm) -> tuple[Identity, ...]:
        # Findings are made anew after every edit, and the relations change only with the alternatives used.
        used = self._used(form)
        key = (specs, tuple(alternative.row.id for table in self.tables for alternative in used[table.id]))
        if key not in self._relations:
            self._relations[key] = tuple(one for spec in specs for one in self._expand(spec, used[spec.table]))
        return self._relations[key]

    def _expand(self, spec: IdentitySpec, used: list[AlternativeSpec]) -> Iterator[Identity]:
        table = self.table(spec.table)
        for block in table.blocks:
            if spec.each == "row":
                if not {*spec.left, *spec.right} <= {column.id for column in block.columns}:
                    continue
                for row in _rows_with(block, used):
                    left = tuple(CellRef(table.id, row, column) for column in spec.left)
                    right = tuple(CellRef(table.id, row, column) for column in spec.right)
                    yield Identity(spec, row, left, right)
                continue
            rows_left, rows_right = _substitute(spec.left, used), _substitute(spec.right, used)
            if not {*rows_left, *rows_right} <= set(_rows_with(block, used)):
                continue
            for column in block.columns:
                left = tuple(CellRef(table.id, row, column.id) for row in rows_left)
                right = tuple(CellRef(table.id, row, column.id) for row in rows_right)
                yield Identity(spec, column.id, left, right)


def _is_used(form: FilledForm, table: TableSpec, alternative: AlternativeSpec) -> bool:
    return any(
        cell.state is not State.MISSING
        for cell in form
        if cell.ref.table == table.id and cell.ref.row == alternative.row.id
    )


def _rows_with(block: BlockSpec, used: list[AlternativeSpec]) -> list[str]:
    return list(_substitute(tuple(row.id for row in block.rows), used))


def _substitute(rows: tuple[str, ...], used: list[AlternativeSpec]) -> tuple[str, ...]:
    for alternative in used:
        kept = [row for row in rows if row not in alternative.replaces]
        if len(kept) < len(rows):
            kept.insert(rows.index(alternative.replaces[0]), alternative.row.id)
            rows = tuple(kept)
    return rows


def load_spec(path: Path) -> FormSpec:
    """The edition described by a TOML file; raises ``KeyError`` or ``ValueError`` if the file is not a form."""
    with path.open("rb") as stream:
        return FormSpec(tomllib.load(stream))


@cache
def load_editions(folder: Path | None = None) -> dict[str, FormSpec]:
    """All editions found in ``folder`` (the program's own forms if None), newest first, by edition id."""
    found = [load_spec(path) for path in sorted((folder or paths.forms()).glob("[0-9]*.toml"))]
    found.sort(key=lambda spec: spec.years, reverse=True)
    return {spec.edition: spec for spec in found}


_RANGE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")


def column_number(letters: str) -> int:
    """``A`` is 0, ``B`` is 1, ``AA`` is 26."""
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - ord("A") + 1
    return value - 1


def _span(text: str) -> Span:
    match = _RANGE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a range: {text!r}")
    left, top, right, bottom = match.groups()
    return Span(int(top) - 1, column_number(left), int(bottom or top) - 1, column_number(right or left))


def _row(data: Mapping[str, Any]) -> RowSpec:
    return RowSpec(data["id"], int(data["at"]) - 1, tuple(data.get("label", ())), tuple(data.get("synonyms", ())))


def _column(data: Mapping[str, Any]) -> ColumnSpec:
    first, _, last = str(data["at"]).partition(":")
    return ColumnSpec(
        data["id"],
        column_number(first),
        column_number(last or first),
        tuple(data["label"]),
        data["unit"],
        NumberKind(data.get("kind", "count")),
        tuple(data.get("synonyms", ())),
    )


def _table(data: Mapping[str, Any]) -> TableSpec:
    return TableSpec(
        id=data["id"],
        nickname=data["nickname"],
        heading=data["heading"],
        keywords=tuple(data["keywords"]),
        widths=tuple(float(width) for width in data["widths"]),
        landscape=bool(data.get("landscape", False)),
        printed=tuple(Printed(_span(at), text) for at, text in data["printed"].items()),
        blocks=tuple(
            BlockSpec(
                tuple(block.get("label", ())),
                tuple(_row(row) for row in block["rows"]),
                tuple(_column(column) for column in block["columns"]),
            )
            for block in data["blocks"]
        ),
        alternatives=tuple(
            AlternativeSpec(_row(alternative["row"]), tuple(alternative["replaces"]))
            for alternative in data.get("alternatives", ())
        ),
    )


def _identity(data: Mapping[str, Any]) -> IdentitySpec:
    return IdentitySpec(
        data["rule"],
        data["table"],
        data["each"],
        tuple(data["left"]),
        tuple(data["right"]),
        data["left_words"],
        data["right_words"],
    )


def _advisory(data: Mapping[str, Any]) -> AdvisorySpec:
    return AdvisorySpec(data["rule"], data["table"], data["row"], tuple(data["organizations"]), data["words"])
