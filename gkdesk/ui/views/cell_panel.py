"""A strip that says in sentences what the current cell is: what was read, how sure it is, where, what was decided."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gkdesk.model.form import Cell
from gkdesk.model.reading import State
from gkdesk.model.spec import FormSpec
from gkdesk.ui import look, wording
from gkdesk.ui.models.marks import CellMark

LINES = 3
"""Lines of text there is always room for, so that nothing jumps when another cell is selected."""

MARGIN = 8
LEAST_NAME = 120
"""The name of a cell is never cut down to less, pixels."""


class CellPanel(QFrame):
    """Shows one cell, or a hint what to do if there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[FormSpec, Cell, CellMark, str] | None = None
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # However long a sentence is, it never asks for more room: the panes must not move while cells are selected.
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        box = QVBoxLayout(self)
        box.setContentsMargins(MARGIN, 5, MARGIN, 3)
        box.addWidget(self._text)
        self.setFixedHeight(LINES * QFontMetrics(self.font()).lineSpacing() + 8)
        self.clear()

    @property
    def sentence(self) -> str:
        """What is shown, as HTML."""
        return self._text.text()

    def clear(self) -> None:
        """Show the hint."""
        self._shown = None
        hint = self.tr("选中一个格子，这里说明它从哪里来；原文中的位置会同时亮起。")
        self._text.setText(self._coloured(hint, "muted"))

    def show_cell(self, spec: FormSpec, cell: Cell, mark: CellMark, known: str = "") -> None:
        """Show a cell and what there is to say about it; ``known`` is what speaks for its figure, or its answer."""
        self._shown = (spec, cell, mark, known)
        remarks = [*self._remarks(cell, mark), *([(known, "muted")] if known else [])]
        lines = [self._headline(spec, cell), *(self._line(text, tone) for text, tone in remarks)]
        self._text.setText("<br>".join(lines[:LINES]))

    def _headline(self, spec: FormSpec, cell: Cell) -> str:
        about = [wording.place_words(cell.place)]
        if cell.changed or cell.state is State.READ:
            about.insert(0, wording.certainty_words(cell))
        said = self.tr("，").join(word for word in about if word)
        figure = wording.reading_words(cell.reading)
        headline = self.tr("{cell}：{figure}")
        beside = QFontMetrics(look.bold_font(self.font())).horizontalAdvance(
            headline.format(cell="", figure=figure) + f" （{said}）"
        )
        words = self._fitted(spec.cell_words(cell.ref), max(LEAST_NAME, self._room() - beside))
        headline = headline.format(cell=escape(words), figure=f"<b>{escape(figure)}</b>")
        return f"{headline} {self._coloured(f'（{said}）', 'muted')}" if said else headline

    def _remarks(self, cell: Cell, mark: CellMark) -> list[tuple[str, str]]:
        """What else there is to say, weightiest first, each with the name of its colour."""
        remarks = [(wording.decision_words(cell), "muted")] if cell.changed else []
        if mark.findings:
            sentence = wording.finding_sentence(mark.findings[0])
            more = len(mark.findings) - 1
            if more:
                whole = self.tr("{sentence}（另有 {count} 个问题也涉及这一格）").format(sentence=sentence, count=more)
                # Where there is no room for both, the sum is worth more than the count.
                if self.fontMetrics().horizontalAdvance(whole) <= self._room():
                    sentence = whole
            remarks.append((sentence, mark.findings[0].severity.value))
        if cell.state is State.DOUBTFUL:
            remarks.append((wording.doubt_sentence(cell.reading), "warning"))
        if cell.state is State.MISSING:
            remarks.append((self.tr("请对照原文：有数字就填上，确实没有就按删除键记为空白。"), "muted"))
        return remarks

    def _line(self, text: str, tone: str) -> str:
        return self._coloured(self._fitted(text, self._room()), tone)

    def _room(self) -> int:
        return self.width() - 2 * MARGIN - 2

    def _fitted(self, text: str, room: int) -> str:
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)

    def _coloured(self, text: str, name: str) -> str:
        colour = getattr(look.colours(self.palette()), name)
        return f'<span style="color:{colour.name()}">{escape(text)}</span>'

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None:
            self.show_cell(*self._shown)
