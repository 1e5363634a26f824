"""Every action of the window in one table: menus, toolbar, shortcuts and the overview of keys are built from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from gkdesk.ui import icons
from gkdesk.ui.language import tr


class Needs(Enum):
    """What has to be there for an action to make sense."""

    NOTHING = auto()
    REPORT = auto()
    CELL = auto()
    UNDO = auto()
    REDO = auto()
    FINDINGS = auto()
    FINDING = auto()
    PROPOSAL = auto()
    ZOOM = auto()


class Menu(Enum):
    """The menus, in order; ``KEYS`` is no menu but keys that work inside the form."""

    FILE = auto()
    EDIT = auto()
    VIEW = auto()
    HELP = auto()
    KEYS = auto()


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``icon`` puts it on the toolbar with ``words``; ``begins_group`` draws a line above it."""

    id: str
    text: str
    menu: Menu
    keys: tuple[str, ...] = ()
    needs: Needs = Needs.NOTHING
    icon: str = ""
    words: str = ""
    begins_group: bool = False


def action_table() -> tuple[ActionSpec, ...]:
    """All actions in the order of the menus, in the language of the screen."""
    return (*_file_actions(), *_edit_actions(), *_view_actions(), *_help_actions(), *_table_keys())


def _file_actions() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("open", tr("打开文件…"), Menu.FILE, ("Ctrl+O",), icon="open", words=tr("打开")),
        ActionSpec("open_folder", tr("打开文件夹…"), Menu.FILE, ("Ctrl+Shift+O",)),
        ActionSpec(
            "export",
            tr("导出工作簿…"),
            Menu.FILE,
            ("Ctrl+E",),
            Needs.REPORT,
            icon="export",
            words=tr("导出"),
            begins_group=True,
        ),
        ActionSpec("export_problems", tr("导出整改清单…"), Menu.FILE, ("Ctrl+Shift+E",), Needs.REPORT),
        ActionSpec("open_workspace", tr("打开工作区…"), Menu.FILE, begins_group=True),
        ActionSpec("close", tr("收起这份年报"), Menu.FILE, ("Ctrl+W",), Needs.REPORT),
        ActionSpec("quit", tr("退出"), Menu.FILE, ("Ctrl+Q",), begins_group=True),
    )


def _edit_actions() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("undo", tr("撤销"), Menu.EDIT, ("Ctrl+Z",), Needs.UNDO, icon="undo"),
        ActionSpec("redo", tr("重做"), Menu.EDIT, ("Ctrl+Y", "Ctrl+Shift+Z"), Needs.REDO, icon="redo"),
        ActionSpec("copy", tr("复制"), Menu.EDIT, ("Ctrl+C",), Needs.CELL, begins_group=True),
        ActionSpec("paste", tr("粘贴"), Menu.EDIT, ("Ctrl+V",), Needs.CELL),
        ActionSpec("edit", tr("修改这一格"), Menu.EDIT, ("F2",), Needs.CELL, begins_group=True),
        ActionSpec("clear", tr("清空（记为空白）"), Menu.EDIT, ("Del",), Needs.CELL),
        ActionSpec("confirm", tr("这几格核对无误"), Menu.EDIT, ("Ctrl+Return",), Needs.CELL),
        ActionSpec("restore", tr("恢复为原读数"), Menu.EDIT, ("Ctrl+R",), Needs.CELL),
        ActionSpec("accept", tr("采纳更正"), Menu.EDIT, ("Alt+Return",), Needs.PROPOSAL, begins_group=True),
        ActionSpec("as_printed", tr("原文如此…"), Menu.EDIT, ("Ctrl+M",), Needs.FINDING),
        ActionSpec("checked", tr("这个问题已核对"), Menu.EDIT, ("Ctrl+K",), Needs.FINDING),
        ActionSpec("unanswer", tr("收回结论"), Menu.EDIT, ("Ctrl+Shift+K",), Needs.FINDING),
    )


def _view_actions() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec(
            "previous",
            tr("上一个问题"),
            Menu.VIEW,
            ("Shift+F8",),
            Needs.FINDINGS,
            icon="previous",
            words=tr("上一个"),
        ),
        ActionSpec("next", tr("下一个问题"), Menu.VIEW, ("F8",), Needs.FINDINGS, icon="next", words=tr("下一个问题")),
        ActionSpec("next_unproven", tr("下一个没有印证的格"), Menu.VIEW, ("F7",), Needs.REPORT),
        ActionSpec("previous_unproven", tr("上一个没有印证的格"), Menu.VIEW, ("Shift+F7",), Needs.REPORT),
        *_part_actions(),
        ActionSpec("next_pane", tr("换到下一个区域"), Menu.VIEW, ("F6",), begins_group=True),
        ActionSpec("list", tr("显示或隐藏年报列表"), Menu.VIEW, ("F9",), icon="list"),
        ActionSpec("zoom_out", tr("原文缩小"), Menu.VIEW, ("Ctrl+-",), Needs.ZOOM, begins_group=True),
        ActionSpec("zoom_in", tr("原文放大"), Menu.VIEW, ("Ctrl++", "Ctrl+="), Needs.ZOOM),
        ActionSpec("fit_width", tr("原文适合宽度"), Menu.VIEW, ("Ctrl+0",), Needs.ZOOM),
    )


def _help_actions() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("keys", tr("快捷键一览"), Menu.HELP, ("F1",)),
        ActionSpec("about", tr("关于本程序"), Menu.HELP, begins_group=True),
    )


def _table_keys() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("key_down", tr("记下并到下一行"), Menu.KEYS, ("Return",)),
        ActionSpec("key_next", tr("记下并到下一格"), Menu.KEYS, ("Tab",)),
        ActionSpec("key_previous", tr("记下并到上一格"), Menu.KEYS, ("Shift+Tab",)),
        ActionSpec("key_cancel", tr("放弃正在输入的内容"), Menu.KEYS, ("Esc",)),
        ActionSpec("key_leave", tr("离开表格"), Menu.KEYS, ("Ctrl+Tab",)),
    )


def _part_actions() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("part_1", tr("表二"), Menu.VIEW, ("Alt+1",), Needs.REPORT, begins_group=True),
        ActionSpec("part_2", tr("表三"), Menu.VIEW, ("Alt+2",), Needs.REPORT),
        ActionSpec("part_3", tr("表四"), Menu.VIEW, ("Alt+3",), Needs.REPORT),
        ActionSpec("part_4", tr("文字部分"), Menu.VIEW, ("Alt+4",), Needs.REPORT),
    )


def menu_titles() -> Mapping[Menu, str]:
    """The titles of the menus, in order."""
    return {
        Menu.FILE: tr("文件(&F)"),
        Menu.EDIT: tr("编辑(&E)"),
        Menu.VIEW: tr("查看(&V)"),
        Menu.HELP: tr("帮助(&H)"),
    }


class Actions(QObject):
    """The actions as Qt knows them.

    Attributes:
        table: what they were built from.
    """

    def __init__(self, handlers: Mapping[str, Callable[[], object]], palette: QPalette, parent: QObject) -> None:
        super().__init__(parent)
        self.table = action_table()
        self._actions: dict[str, QAction] = {}
        for spec in self.table:
            if spec.menu is not Menu.KEYS:
                self._actions[spec.id] = self._make(spec, handlers[spec.id])
        self.take_colours(palette)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def fill_menus(self, bar: QMenuBar) -> dict[Menu, QMenu]:
        """Build the menus."""
        menus = {menu: bar.addMenu(title) for menu, title in menu_titles().items()}
        for spec in self.table:
            menu = menus.get(spec.menu)
            if menu is None:
                continue
            if spec.begins_group:
                menu.addSeparator()
            menu.addAction(self._actions[spec.id])
        return menus

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Build the toolbar from the actions that have an icon."""
        last: Menu | None = None
        for spec in self.table:
            if not spec.icon:
                continue
            if last is not None and (spec.menu is not last or spec.begins_group):
                bar.addSeparator()
            last = spec.menu
            bar.addAction(self._actions[spec.id])
            button = bar.widgetForAction(self._actions[spec.id])
            if spec.words and isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def add_to(self, widget: QWidget) -> None:
        """Make the keys of the actions on cells work in ``widget``, and nowhere else."""
        for spec in self.table:
            if spec.needs is Needs.CELL:
                widget.addAction(self._actions[spec.id])

    def show_available(self, available: set[Needs]) -> None:
        """Enable exactly what makes sense now."""
        for spec in self.table:
            if spec.id in self._actions:
                self._actions[spec.id].setEnabled(spec.needs is Needs.NOTHING or spec.needs in available)

    def take_colours(self, palette: QPalette) -> None:
        """Draw the icons in the colours of ``palette``; the system may turn dark or light at any time."""
        for spec in self.table:
            if spec.icon:
                self._actions[spec.id].setIcon(icons.icon(spec.icon, palette))

    def _make(self, spec: ActionSpec, handler: Callable[[], object]) -> QAction:
        action = QAction(spec.text, self)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        if spec.needs is Needs.CELL:
            # Delete pressed in a list must not empty cells of the form.
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if spec.words:
            action.setIconText(spec.words)
        if spec.keys:
            action.setToolTip(f"{spec.text}（{key_words(spec)}）")
        action.triggered.connect(lambda checked=False: handler())
        return action


def key_words(spec: ActionSpec) -> str:
    """The keys of an action as people write them."""
    native = QKeySequence.SequenceFormat.NativeText
    return " / ".join(QKeySequence(key).toString(native) for key in spec.keys)
