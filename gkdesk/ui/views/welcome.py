"""What the window shows while no report is open: how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gkdesk.ui import look

ICON_SIZE = 72


class WelcomeView(QWidget):
    """Says what can be dropped here and offers to choose files.

    Signals:
        open_requested: the user wants to choose files.
    """

    open_requested = Signal()

    def __init__(self, icon: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = QLabel(self)
        picture.setPixmap(icon.pixmap(ICON_SIZE, ICON_SIZE))
        title = QLabel(self.tr("把年报文件或文件夹拖到这里"), self)
        font = look.bold_font(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.5)
        title.setFont(font)
        kinds = QLabel(
            self.tr("可以打开 PDF、OFD、Word、WPS、Excel、网页、邮件、文本、扫描件和照片，文件夹和压缩包也可以"), self
        )
        kinds.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        button = QPushButton(self.tr("选择文件…"), self)
        button.clicked.connect(self.open_requested)
        box = QVBoxLayout(self)
        box.setSpacing(12)
        box.addStretch(2)
        for widget in (picture, title, kinds, button):
            box.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        self.setFocusProxy(button)
