"""Builds everything once, hands it over, and runs the window until it is closed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from gkdesk.errors import WorkspaceError
from gkdesk.ui import icons, language, look, wording
from gkdesk.ui.crash import CrashReporter
from gkdesk.ui.jobs import JobRunner
from gkdesk.ui.main_window import MainWindow
from gkdesk.ui.window_state import WindowState
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.isolated import Isolated

_log = logging.getLogger(__name__)

WORKSPACE_SUFFIX = ".gkdesk"
NO_WORKSPACE = 3
"""Exit code if the workspace cannot be opened."""


def run(files: Sequence[Path]) -> int:
    """Open the window, with these files; a workspace alone is opened instead of the user's own one.

    Returns the exit code of the program.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    state = WindowState()
    _dress(application, state)
    crash = CrashReporter(application)
    crash.install()
    is_workspace = len(files) == 1 and files[0].suffix.lower() == WORKSPACE_SUFFIX
    try:
        desk = Desk.open(files[0] if is_workspace else None)
    except WorkspaceError as error:
        QMessageBox.critical(None, application.applicationDisplayName(), wording.error_sentence(error))
        return NO_WORKSPACE
    reading = Isolated()
    jobs = JobRunner(application, reading=reading)
    workbench = Workbench(desk, application)
    window = MainWindow(workbench, jobs, state)
    window.show()
    _log.info("window shown")
    QTimer.singleShot(0, reading.warm_up)
    if files and not is_workspace:
        QTimer.singleShot(0, lambda: window.take(files))
    else:
        QTimer.singleShot(0, window.go_back)
    code = application.exec()
    jobs.stop()
    window.shut_down()
    workbench.desk.close()
    return code


def _dress(application: QApplication, state: WindowState) -> None:
    application.setApplicationName("gkdesk")
    language.install(application, state.language)
    application.setApplicationDisplayName(QApplication.translate("MainWindow", "政务公开年报审核台"))
    application.setDesktopFileName("gkdesk")
    application.setWindowIcon(icons.program())
    look.apply(application)
