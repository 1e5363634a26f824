"""What the window remembers from day to day: where it stood and how it was divided, its language, what it showed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

from gkdesk import messages, paths
from gkdesk.ui.language import LANGUAGES

FILE = "window.ini"


class WindowState:
    """Keeps geometry, splitters, folder and language in an INI file of the user."""

    def __init__(self, path: Path | None = None) -> None:
        self._settings = QSettings(str(path or paths.user_settings() / FILE), QSettings.Format.IniFormat)

    def restore(self, window: QMainWindow, splitters: dict[str, QSplitter]) -> bool:
        """Put window and splitters where they were; False if nothing is remembered."""
        geometry = self._settings.value("geometry")
        if not isinstance(geometry, QByteArray) or not window.restoreGeometry(geometry):
            return False
        for name, splitter in splitters.items():
            state = self._settings.value(f"splitter/{name}")
            if isinstance(state, QByteArray):
                splitter.restoreState(state)
        return True

    def remember(self, window: QMainWindow, splitters: dict[str, QSplitter]) -> None:
        """Keep where window and splitters are."""
        self._settings.setValue("geometry", window.saveGeometry())
        for name, splitter in splitters.items():
            self._settings.setValue(f"splitter/{name}", splitter.saveState())
        self._settings.sync()

    @property
    def language(self) -> str:
        """The language of the screen; Chinese unless the user chose another."""
        found = str(self._settings.value("language", messages.CHINESE))
        return found if found in LANGUAGES else messages.CHINESE

    @language.setter
    def language(self, language: str) -> None:
        self._settings.setValue("language", language)
        self._settings.sync()

    @property
    def place(self) -> tuple[str, int, str]:
        """The workspace, report and cell looked at last; number 0 and empty texts for none."""
        kept = [str(self._settings.value(f"place/{name}", "")) for name in ("workspace", "report", "cell")]
        return kept[0], int(kept[1]) if kept[1].isdecimal() else 0, kept[2]

    @place.setter
    def place(self, place: tuple[str, int, str]) -> None:
        for name, value in zip(("workspace", "report", "cell"), place, strict=True):
            self._settings.setValue(f"place/{name}", str(value))
        self._settings.sync()

    @property
    def folder(self) -> Path:
        """The folder used last for opening or exporting."""
        found = Path(str(self._settings.value("folder", "")) or Path.home())
        return found if found.is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._settings.setValue("folder", str(folder))
