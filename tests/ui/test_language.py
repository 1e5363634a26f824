"""The languages of the screen: every text has its English, and Chinese is what it is written in."""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QFileDialog, QLabel

from gkdesk import paths
from gkdesk.ui import language

UI = Path(language.__file__).parent


def texts() -> Iterator[str]:
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in ("tr", "translate"):
                yield from (text.value for text in node.args[-1:] if isinstance(text, ast.Constant))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_text_is_translated():
    tree = ElementTree.parse(paths.resources() / "translations" / "gkdesk_en.ts")
    done = {
        message.findtext("source")
        for message in tree.iter("message")
        if message.findtext("translation") and message.find("translation").get("type") is None
    }
    assert sorted(set(texts()) - done) == []


def test_the_compiled_translation_is_there_and_knows_its_language(qapp):
    before = qapp.findChildren(QTranslator)
    language.install(qapp, "en")
    try:
        assert language.current() == "en"
        assert QCoreApplication.translate("", "撤销") == "Undo"
    finally:
        for added in qapp.findChildren(QTranslator):
            if added not in before:
                qapp.removeTranslator(added)
        language.install(qapp, "zh_CN")
    assert language.current() == "zh_CN"


def test_qt_speaks_chinese_too(dressed):
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    assert [label.text() for label in dialog.findChildren(QLabel) if label.text().isascii()] == []
