"""One table of the form as Qt sees it: the printed grid with its texts, values, states and marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gkdesk.model.cellref import CellRef
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import Reading, State, number_text
from gkdesk.model.spec import FormSpec, TableSpec
from gkdesk.ui import wording
from gkdesk.ui.models.form_layout import Slot, TableLayout
from gkdesk.ui.models.marks import CellMark
from gkdesk.ui.models.typed import RefusedError, typed_reading

Index = QModelIndex | QPersistentModelIndex


class FormRole(IntEnum):
    """What the model tells besides the text: reference, cell, mark, printed slot, whether it is a companion."""

    REF = Qt.ItemDataRole.UserRole + 1
    CELL = Qt.ItemDataRole.UserRole + 2
    MARK = Qt.ItemDataRole.UserRole + 3
    SLOT = Qt.ItemDataRole.UserRole + 4
    COMPANION = Qt.ItemDataRole.UserRole + 5


@dataclass(frozen=True, slots=True)
class CellFace:
    """All that decides how a value cell looks."""

    cell: Cell
    mark: CellMark
    is_companion: bool
    is_confirmed: bool = False
    """A person looked at the figure and found it as in the source."""


class Editor(Protocol):
    """The one who changes cells and knows their marks: the workbench."""

    def edit(self, readings: Mapping[CellRef, Reading | None], label: str = "type", why: str = "") -> bool: ...
    def mark(self, ref: CellRef) -> CellMark: ...
    def known_about(self, ref: CellRef) -> str: ...
    def is_confirmed(self, ref: CellRef) -> bool: ...


class FormTableModel(QAbstractTableModel):
    """The printed grid of one table.

    Attributes:
        table: the table of the edition.
        layout: which slot is what.

    Signals:
        refused: a sentence that says why typed text was not taken over.
    """

    refused = Signal(str)

    def __init__(
        self, table: TableSpec, spec: FormSpec, form: FilledForm, editor: Editor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.table = table
        self.layout = TableLayout(table, spec, form)
        self._spec = spec
        self._form = form
        self._editor = editor
        self._companions: frozenset[CellRef] = frozenset()

    def ref(self, index: Index) -> CellRef | None:
        """The value cell at an index, or None for a printed text."""
        return self.slot(index).ref if index.isValid() else None

    def slot(self, index: Index) -> Slot:
        """The slot at an index."""
        return self.layout.slot(index.row(), index.column())

    def face(self, index: Index) -> CellFace | None:
        """How the value cell at an index looks, or None for a printed text."""
        ref = self.ref(index)
        if ref is None:
            return None
        editor = self._editor
        return CellFace(self._form[ref], editor.mark(ref), ref in self._companions, editor.is_confirmed(ref))

    def index_of(self, ref: CellRef) -> QModelIndex:
        """Where a value cell is shown; an invalid index if it is not in this table."""
        span = self.layout.span_of(ref)
        return self.index(span.top, span.left) if span is not None else QModelIndex()

    def refresh(self, refs: Iterable[CellRef]) -> None:
        """Say that these cells look different now; those of other tables are passed over."""
        for ref in refs:
            index = self.index_of(ref)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def set_companions(self, refs: Iterable[CellRef]) -> None:
        """The cells to be outlined because they belong to what is looked at."""
        wanted = frozenset(ref for ref in refs if self.layout.span_of(ref) is not None)
        changed, self._companions = wanted ^ self._companions, wanted
        self.refresh(changed)

    def accept(self, index: Index, text: str) -> Reading | None:
        """The reading of typed text, or None after saying why it is refused."""
        ref = self.ref(index)
        if ref is None:
            return None
        try:
            return typed_reading(text, self._spec.column(ref).kind)
        except RefusedError as error:
            self.refused.emit(error.sentence)
            return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.layout.row_count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.layout.column_count

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.ref(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        slot = self.slot(index)
        if role == FormRole.SLOT:
            return slot
        if slot.ref is None:
            return slot.text if role == Qt.ItemDataRole.DisplayRole else None
        return self._value_data(slot.ref, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        ref = self.ref(index)
        if ref is None or role != Qt.ItemDataRole.EditRole:
            return False
        reading = self.accept(index, str(value))
        return reading is not None and self._editor.edit({ref: reading})

    def _value_data(self, ref: CellRef, role: int) -> Any:
        cell = self._form[ref]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return number_text(cell.value)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(ref)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = f"{self._spec.cell_words(ref)}: {wording.reading_words(cell.reading)}"
                known = self._editor.known_about(ref) if self._editor.is_confirmed(ref) else ""
                return f"{said} {known}" if known else said
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case FormRole.REF:
                return ref
            case FormRole.CELL:
                return cell
            case FormRole.MARK:
                return self._editor.mark(ref)
            case FormRole.COMPANION:
                return ref in self._companions
        return None

    def _tooltip(self, ref: CellRef) -> str:
        cell = self._form[ref]
        lines = [self._spec.cell_words(ref), wording.reading_words(cell.reading)]
        if cell.state is State.DOUBTFUL:
            lines.append(wording.doubt_sentence(cell.reading))
        where = wording.place_words(cell.place)
        if where:
            lines.append(where)
        if cell.changed:
            lines.append(wording.decision_words(cell))
        lines += [f"· {wording.finding_sentence(finding)}" for finding in self._editor.mark(ref).findings]
        return "\n".join(lines)
