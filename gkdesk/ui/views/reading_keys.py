"""The keys that both views of a source know, besides those that every scroll area knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollBar


class ReadingView(Protocol):
    """What the keys work on."""

    def zoom_in(self) -> None: ...
    def zoom_out(self) -> None: ...
    def fit_width(self) -> None: ...
    def actual_size(self) -> None: ...
    def confirm(self) -> None: ...
    def verticalScrollBar(self) -> QScrollBar: ...


def reading_keys(view: ReadingView) -> Mapping[Qt.Key, Callable[[], object]]:
    """What each key does; plus, minus and digits work with and without Ctrl."""
    bar = view.verticalScrollBar()
    return {
        Qt.Key.Key_Home: lambda: bar.setValue(bar.minimum()),
        Qt.Key.Key_End: lambda: bar.setValue(bar.maximum()),
        Qt.Key.Key_Plus: view.zoom_in,
        Qt.Key.Key_Equal: view.zoom_in,
        Qt.Key.Key_Minus: view.zoom_out,
        Qt.Key.Key_0: view.fit_width,
        Qt.Key.Key_1: view.actual_size,
        Qt.Key.Key_Return: view.confirm,
        Qt.Key.Key_Enter: view.confirm,
    }
