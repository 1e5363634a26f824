"""Paints the rows of the list of reports and of the list of findings."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gkdesk.model.decision import Decision
from gkdesk.model.finding import Severity
from gkdesk.ui import icons, look, wording
from gkdesk.ui.intake import Arrival, ArrivalState
from gkdesk.ui.look import Colours
from gkdesk.ui.models.findings import FindingRole
from gkdesk.ui.models.reports import ReportRole
from gkdesk.workflow.desk import ReportEntry

Index = QModelIndex | QPersistentModelIndex

PADDING = 8
SIGN_ROOM = 18
_ONE_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SENTENCE = int(Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value | Qt.TextFlag.TextWordWrap.value)


class FindingDelegate(QStyledItemDelegate):
    """A finding in one line: sign, word, sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signs = icons.SeverityIcons()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shades = look.colours(option.palette)
        level: Severity = index.data(FindingRole.SEVERITY)
        painter.save()
        paint_ground(painter, option, shades)
        box = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        size = option.fontMetrics.ascent() + 2
        sign = QRect(box.left(), box.center().y() - size // 2, size, size)
        self._signs.icon(level, option.palette).paint(painter, sign)
        answer: Decision | None = index.data(FindingRole.ANSWER)
        # What is answered steps back: its colour goes, and the answer takes the place of the word.
        word = f"✓ {wording.outcome_word(answer.outcome)}" if answer is not None else wording.severity_word(level)
        box.setLeft(sign.right() + 6)
        painter.setPen(_tone(level, shades) if answer is None else shades.muted)
        painter.setFont(look.bold_font(option.font))
        painter.drawText(box, _ONE_LINE, word)
        box.setLeft(box.left() + QFontMetrics(painter.font()).horizontalAdvance(word) + 10)
        painter.setPen(shades.text if answer is None else shades.muted)
        painter.setFont(option.font)
        _draw_line(painter, box, index.data(Qt.ItemDataRole.DisplayRole))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, option.fontMetrics.height() + 6)


class ReportDelegate(QStyledItemDelegate):
    """A report in two lines: its name, and how it stands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signs = icons.SeverityIcons()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shades = look.colours(option.palette)
        painter.save()
        paint_ground(painter, option, shades)
        box = option.rect.adjusted(PADDING, 4, -PADDING, -4)
        name = QRect(box.left(), box.top(), box.width(), option.fontMetrics.height())
        painter.setPen(shades.text)
        painter.setFont(option.font)
        _draw_line(painter, name, index.data(Qt.ItemDataRole.DisplayRole))
        row = index.data(ReportRole.ROW)
        detail = QRect(box.left(), name.bottom() + 1, box.width(), box.bottom() - name.bottom())
        level = _level(row)
        if level is not None:
            size = option.fontMetrics.ascent() - 2
            sign = QRect(detail.left(), detail.top() + 3, size, size)
            self._signs.icon(level, option.palette).paint(painter, sign)
            detail.setLeft(sign.right() + 5)
        painter.setPen(_tone(level, shades) if level is not None else shades.muted)
        painter.setFont(look.small_font(option.font))
        if _is_failed(row):
            painter.drawText(detail, _SENTENCE, index.data(ReportRole.DETAIL))
        else:
            _draw_line(painter, detail, index.data(ReportRole.DETAIL))
        if isinstance(row, Arrival) and row.state is ArrivalState.READING and row.total > 0:
            bar = QRect(option.rect.left(), option.rect.bottom() - 2, option.rect.width() * row.done // row.total, 2)
            painter.fillRect(bar, shades.accent)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        small = QFontMetrics(look.small_font(option.font))
        detail = small.height()
        if _is_failed(index.data(ReportRole.ROW)):
            # Why a file could not be read is said in full: there is nothing else to see of it.
            room = QRect(0, 0, max(1, _list_width(option) - 2 * PADDING - SIGN_ROOM), 10 * small.height())
            detail = small.boundingRect(room, _SENTENCE, index.data(ReportRole.DETAIL)).height()
        return QSize(0, option.fontMetrics.height() + detail + 9)


def _is_failed(row: ReportEntry | Arrival) -> bool:
    return isinstance(row, Arrival) and row.state is ArrivalState.FAILED


def _list_width(option: QStyleOptionViewItem) -> int:
    view = option.widget
    return view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()


def _level(row: ReportEntry | Arrival) -> Severity | None:
    if isinstance(row, Arrival):
        return Severity.ERROR if _is_failed(row) else None
    if row.errors or row.damaged:
        return Severity.ERROR
    return Severity.WARNING if row.warnings else None


def _tone(level: Severity, shades: Colours) -> QColor:
    return {Severity.ERROR: shades.error, Severity.WARNING: shades.warning, Severity.INFO: shades.info}[level]


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, shades: Colours) -> None:
    """The ground of a row of a list: plain, or chosen, with an edge that tells whether the list has the keyboard."""
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    has_focus = bool(option.state & QStyle.StateFlag.State_Active) and option.widget.hasFocus()
    painter.fillRect(option.rect, shades.accent_soft if is_selected else option.palette.color(QPalette.ColorRole.Base))
    if is_selected:
        edge = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
        painter.fillRect(edge, shades.accent if has_focus else shades.muted)


def _draw_line(painter: QPainter, box: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _ONE_LINE, shown)
