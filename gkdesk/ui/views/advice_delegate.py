"""Paints the lines about a finding: a word for what it is, the text in as many lines as it needs, how likely it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from gkdesk.ui import look, wording
from gkdesk.ui.look import Colours
from gkdesk.ui.models.advice import AdviceKind, AdviceLine, advice_word
from gkdesk.ui.views.list_delegates import PADDING, paint_ground

Index = QModelIndex | QPersistentModelIndex

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
LEAST_SHOWN = 0.1
_GAP = 8
_ABOVE = 2
_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
# Between words and Chinese characters alone: a figure that is cut in two reads as two.
_WRAPPED = int(_TOP_LEFT.value | Qt.TextFlag.TextWordWrap.value)


class AdviceDelegate(QStyledItemDelegate):
    """A line of advice; lines are as high as their text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: AdviceLine = index.data(LINE_ROLE)
        shades = look.colours(option.palette)
        painter.save()
        paint_ground(painter, option, shades)
        box = option.rect.adjusted(PADDING, _ABOVE, -PADDING, -_ABOVE)
        painter.setFont(look.bold_font(option.font))
        painter.setPen(_tone(line.kind, shades))
        painter.drawText(box, _TOP_LEFT, advice_word(line.kind))
        painter.setFont(option.font)
        odds = _odds(line)
        if odds:
            painter.setPen(shades.muted)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, odds)
        painter.setPen(shades.text)
        painter.drawText(_text_box(box, option, line), _WRAPPED, line.text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: AdviceLine = index.data(LINE_ROLE)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        box = QRect(PADDING, 0, max(1, width - 2 * PADDING), 10000)
        height = option.fontMetrics.boundingRect(_text_box(box, option, line), _WRAPPED, line.text).height()
        return QSize(0, height + 2 * _ABOVE)


def _text_box(box: QRect, option: QStyleOptionViewItem, line: AdviceLine) -> QRect:
    """What the word on the left and the likelihood on the right leave to the text."""
    bold = QFontMetrics(look.bold_font(option.font))
    words = max(bold.horizontalAdvance(advice_word(kind)) for kind in AdviceKind)
    odds = _odds(line)
    right = option.fontMetrics.horizontalAdvance(odds) + _GAP if odds else 0
    return box.adjusted(words + _GAP, 0, -right, 0)


def _odds(line: AdviceLine) -> str:
    # Of what is unlikely nothing is said: the figure proposed may be right all the same, only not as a misreading.
    is_likely = line.proposal is not None and line.proposal.score >= LEAST_SHOWN
    return wording.odds_words(line.proposal.score) if line.proposal is not None and is_likely else ""


def _tone(kind: AdviceKind, shades: Colours) -> QColor:
    return {
        AdviceKind.SENTENCE: shades.muted,
        AdviceKind.REPAIR: shades.accent,
        AdviceKind.AS_PRINTED: shades.text,
        AdviceKind.EVIDENCE: shades.info,
        AdviceKind.ADVICE: shades.muted,
    }[kind]
