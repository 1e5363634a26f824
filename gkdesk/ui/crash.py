"""The last resort: an error nobody foresaw is logged and shown once, ready to be copied; the program goes on."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler, qVersion

from gkdesk import __version__
from gkdesk.ui.dialogs.crash_dialog import CrashDialog

_log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashReporter(QObject):
    """Catches what nobody caught, from any thread, and shows it on the main thread: one dialog at a time."""

    _crashed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: set[str] = set()
        self._dialog: CrashDialog | None = None
        self._crashed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the place where uncaught exceptions and Qt's own messages end."""
        sys.excepthook = self.report
        threading.excepthook = lambda caught: self.report(
            caught.exc_type, caught.exc_value or caught.exc_type(), caught.exc_traceback
        )
        qInstallMessageHandler(lambda kind, context, text: _log.log(_LEVELS.get(kind, logging.WARNING), text))

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an exception and have it shown; only hands over, because it may run in any thread and in any state."""
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        text = "".join(traceback.format_exception(kind, error, trace))
        _log.error("uncaught exception\n%s", text)
        self._crashed.emit(text)

    def _show(self, text: str) -> None:
        # A fault while painting comes back with every repaint: the same one is shown once.
        if text in self._shown or self._dialog is not None:
            return
        self._shown.add(text)
        self._dialog = CrashDialog(f"{versions()}\n\n{text}")
        self._dialog.finished.connect(self._forget)
        self._dialog.open()

    def _forget(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def versions() -> str:
    """Program, Python, Qt and system, in one line."""
    return f"gkdesk {__version__} · Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"
