"""The last resort: an unforeseen error is shown once, with what a technician needs."""

from __future__ import annotations

import pytest

from gkdesk import __version__
from gkdesk.ui.crash import CrashReporter, versions
from gkdesk.ui.dialogs.crash_dialog import CrashDialog


@pytest.fixture
def reporter(qapp) -> CrashReporter:
    return CrashReporter()


def fail() -> ZeroDivisionError:
    try:
        raise ZeroDivisionError("of ours")
    except ZeroDivisionError as error:
        return error


def dialogs(qapp) -> list[CrashDialog]:
    return [widget for widget in qapp.topLevelWidgets() if isinstance(widget, CrashDialog) and widget.isVisible()]


def test_the_same_error_is_shown_once(reporter, qapp, qtbot):
    for _ in range(3):
        error = fail()
        reporter.report(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(dialogs(qapp)))
    (dialog,) = dialogs(qapp)
    dialog._copy()
    assert "ZeroDivisionError" in qapp.clipboard().text()
    assert versions() in qapp.clipboard().text()
    dialog.reject()
    reporter.report(type(error), error, error.__traceback__)
    qapp.processEvents()
    assert dialogs(qapp) == []


def test_versions_name_the_program():
    assert f"gkdesk {__version__}" in versions()
