"""The overview of keys, built from the table of actions, so that it cannot be out of date."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from gkdesk.ui.actions import ActionSpec, Menu, key_words, menu_titles


class KeysDialog(QDialog):
    """Shows which key does what."""

    def __init__(self, table: Iterable[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("快捷键一览"))
        text = QTextBrowser(self)
        text.setObjectName("keys")
        text.setHtml(self._html(list(table)))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(text)
        box.addWidget(buttons)
        self.resize(460, 560)

    def _html(self, table: list[ActionSpec]) -> str:
        titles = {**menu_titles(), Menu.KEYS: self.tr("在表格里")}
        parts = []
        for menu, title in titles.items():
            rows = [spec for spec in table if spec.menu is menu and spec.keys]
            if rows:
                lines = "".join(_line(spec) for spec in rows)
                name = title.partition("(")[0].replace("&", "")
                parts.append(f"<h4>{escape(name)}</h4><table width='100%'>{lines}</table>")
        return "".join(parts)


def _line(spec: ActionSpec) -> str:
    return f"<tr><td width='62%'>{escape(spec.text)}</td><td>{escape(key_words(spec))}</td></tr>"
