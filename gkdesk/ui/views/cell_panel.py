"""A strip that says in sentences what the current cell is: what was read, how sure it is, where, what was decided."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gkdesk.model.form import Cell
from gkdesk.model.reading import State
from gkdesk.model.spec import FormSpec
from gkdesk.ui import look, wording
from gkdesk.ui.models.marks import CellMark

LINES = 3
"""Lines of text there is always room for, so that nothing jumps when another cell is selected."""


class CellPanel(QFrame):
    """Shows one cell, or a hint what to do if there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 5, 8, 3)
        box.addWidget(self._text)
        self.setFixedHeight(LINES * QFontMetrics(self.font()).lineSpacing() + 8)
        self.clear()

    @property
    def sentence(self) -> str:
        """What is shown, as HTML."""
        return self._text.text()

    def clear(self) -> None:
        """Show the hint."""
        hint = self.tr("选中一个格子，这里说明它从哪里来；原文中的位置会同时亮起。")
        self._text.setText(self._muted(hint))

    def show_cell(self, spec: FormSpec, cell: Cell, mark: CellMark) -> None:
        """Show a cell and what there is to say about it."""
        figure = escape(wording.reading_words(cell.reading))
        about = "，".join(
            escape(word) for word in (wording.certainty_words(cell), wording.place_words(cell.place)) if word
        )
        words = escape(spec.cell_words(cell.ref))
        first = self.tr("{cell}：<b>{figure}</b>").format(cell=words, figure=figure)
        if cell.state is not State.MISSING or cell.changed:
            first += f" {self._muted(f'（{about}）')}"
        self._text.setText("<br>".join([first, *self._remarks(cell, mark)]))

    def _remarks(self, cell: Cell, mark: CellMark) -> list[str]:
        remarks = [self._muted(wording.decision_words(cell))] if cell.changed else []
        if cell.state is State.DOUBTFUL:
            remarks.append(self._coloured(f"? {wording.doubt_sentence(cell.reading)}", "warning"))
        if cell.state is State.MISSING:
            remarks.append(self._muted(self.tr("请对照原文：有数字就填上，确实没有就按删除键记为空白。")))
        if mark.findings:
            sentence = wording.finding_sentence(mark.findings[0])
            more = len(mark.findings) - 1
            remarks.append(self._coloured(sentence, mark.findings[0].severity.value))
            if more:
                remarks[-1] += self._muted(self.tr(" 另有 {count} 个问题涉及这一格").format(count=more))
        return remarks

    def _muted(self, text: str) -> str:
        return self._coloured(text, "muted")

    def _coloured(self, text: str, name: str) -> str:
        colour = getattr(look.colours(self.palette()), name)
        return f'<span style="color:{colour.name()}">{escape(text)}</span>'
