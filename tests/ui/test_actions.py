"""The table of actions: no key twice, and the overview of keys names them all."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QPalette

from gkdesk.ui.actions import Actions, Menu, Needs, action_table, key_words
from gkdesk.ui.dialogs.keys_dialog import KeysDialog


@pytest.fixture
def actions(qapp) -> Actions:
    parent = QObject()
    made = Actions({spec.id: parent.objectName for spec in action_table()}, QPalette(), parent)
    yield made
    parent.deleteLater()


def test_no_key_is_given_twice():
    counts = Counter(key for spec in action_table() for key in spec.keys)
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_key_is_one_qt_knows():
    assert all(QKeySequence(key).toString() for spec in action_table() for key in spec.keys)


def test_keys_on_cells_work_in_the_form_only(actions):
    assert actions["clear"].shortcutContext() is Qt.ShortcutContext.WidgetWithChildrenShortcut
    assert actions["next"].shortcutContext() is Qt.ShortcutContext.WindowShortcut


def test_actions_are_available_when_what_they_need_is_there(actions):
    actions.show_available(set())
    assert actions["open"].isEnabled()
    assert not actions["export"].isEnabled()
    actions.show_available({Needs.REPORT, Needs.UNDO})
    assert actions["export"].isEnabled()
    assert actions["undo"].isEnabled()
    assert not actions["redo"].isEnabled()


def test_the_overview_names_every_key(qtbot):
    dialog = KeysDialog(action_table())
    qtbot.addWidget(dialog)
    text = dialog.findChild(QObject, "keys").toPlainText()
    for spec in action_table():
        if spec.keys:
            assert key_words(spec) in text
    assert any(spec.menu is Menu.KEYS for spec in action_table())
