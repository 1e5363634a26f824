"""The window: puts the views together and connects them; decides nothing about documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, QTime
from PySide6.QtGui import QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu, QSplitter, QStackedWidget, QToolBar, QWidget

from gkdesk.errors import UserError
from gkdesk.model.finding import Finding
from gkdesk.ui import icons, language, wording
from gkdesk.ui.actions import Actions, Menu, Needs
from gkdesk.ui.advising import Advisor
from gkdesk.ui.answering import Answering
from gkdesk.ui.dialogs.keys_dialog import KeysDialog
from gkdesk.ui.dialogs.questions import Questions
from gkdesk.ui.editing import CellEditing
from gkdesk.ui.exporting import Exporter
from gkdesk.ui.focus import Focus
from gkdesk.ui.intake import Intake
from gkdesk.ui.jobs import JobRunner
from gkdesk.ui.language import LANGUAGES
from gkdesk.ui.last_place import LastPlace
from gkdesk.ui.source_link import SourceLink
from gkdesk.ui.unproven import UnprovenWalk
from gkdesk.ui.views.advice_view import AdviceView
from gkdesk.ui.views.findings_view import FindingsView
from gkdesk.ui.views.form_view import FormView
from gkdesk.ui.views.report_list import ReportList
from gkdesk.ui.views.source_view import SourceView
from gkdesk.ui.views.welcome import WelcomeView
from gkdesk.ui.window_state import WindowState
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow.open_review import OpenReview

FIRST_SIZE = QSize(1500, 900)
SMALL_SCREEN = 1500
"""On a screen of this width or less, the window fills it at first."""
FIRST_PARTS = {"list": (190, 1090), "desk": (480, 150), "sides": (500, 590), "problems": (520, 570)}
"""How the window is divided until the user divides it: list and desk, desk and findings, source and form, findings and
advice."""
CELL_MENU = (("confirm", "accept", "as_printed"), ("edit", "clear", "restore"), ("copy", "paste"))
"""The actions on selected cells, in groups."""
MESSAGE_TIME = 8000
ICON_SIZE = 20


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, workbench: Workbench, jobs: JobRunner, state: WindowState) -> None:
        super().__init__()
        self._workbench, self._jobs, self._state = workbench, jobs, state
        self._questions = Questions(self, state)
        self._focus = Focus(workbench)
        self._intake = Intake(workbench, jobs, self._questions.password)
        self._exporter = Exporter(
            workbench, jobs, self._questions.export_path, self._questions.problems_path, lambda: state.folder
        )
        self._source = SourceView(self)
        self._form = FormView(self)
        self._findings = FindingsView(self)
        self._advice = AdviceView(self)
        self._reports = ReportList(workbench, self._intake, self)
        self._welcome = WelcomeView(icons.program(), self)
        self._editing = CellEditing(workbench, self._form)
        self._link = SourceLink(workbench, self._focus, jobs, self._source, self._questions.password)
        self._advisor = Advisor(workbench, jobs)
        self._answering = Answering(workbench, self._focus, self._advice, self._source, self._questions.note)
        self._unproven = UnprovenWalk(workbench, self._focus, self._form)
        self._actions = Actions(self._handlers(), self.palette(), self)
        self._place = LastPlace(workbench, self._focus, state)
        self._saved = QLabel(self)
        self._splitters = self._lay_out()
        self._build_bars()
        self._connect()
        self.setAcceptDrops(True)
        if not state.restore(self, self._splitters):
            self._take_first_size()
        self._show_title(None)
        self._show_available()

    def take(self, paths: Iterable[Path]) -> None:
        """Read files and folders."""
        self._intake.take(paths)

    def go_back(self) -> None:
        """Go on where the last day's work ended."""
        self._place.go_back()

    def show_error(self, error: UserError) -> None:
        """Say what is wrong and what to do."""
        self._questions.show_error(error)

    def say(self, sentence: str) -> None:
        """Show a sentence in the status bar for a while."""
        self.statusBar().showMessage(sentence, MESSAGE_TIME)

    def shut_down(self) -> None:
        """Let go of the source shown and ask the workspace nothing more: the program ends."""
        self._reports.stop()
        self._link.close()
        # An undo stack that is destroyed tells so once more, when there is nothing left to ask about it.
        self._workbench.stack.indexChanged.disconnect(self._show_available)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        parts = {f"part_{number + 1}": partial(self._form.show_part, number) for number in range(4)}
        return {
            "open": lambda: self.take(self._questions.files()),
            "open_folder": lambda: self.take(self._questions.folder()),
            "open_workspace": self._open_workspace,
            "export": self._exporter.export,
            "export_problems": self._exporter.export_problems,
            "close": self._workbench.close_report,
            "quit": self.close,
            "undo": self._workbench.undo,
            "redo": self._workbench.redo,
            "copy": self._editing.copy,
            "paste": self._editing.paste,
            "edit": self._editing.edit,
            "clear": self._editing.clear,
            "confirm": self._editing.confirm,
            "restore": self._editing.restore,
            "accept": self._answering.accept,
            "as_printed": self._answering.leave_as_printed,
            "checked": self._answering.mark_checked,
            "unanswer": self._answering.take_back,
            "previous_unproven": partial(self._unproven.walk, -1),
            "next_unproven": partial(self._unproven.walk, 1),
            "previous": partial(self._walk, -1),
            "next": partial(self._walk, 1),
            "next_pane": self._go_to_next_pane,
            "list": lambda: self._reports.setVisible(not self._reports.isVisible()),
            "zoom_out": self._source.zoom_out,
            "zoom_in": self._source.zoom_in,
            "fit_width": self._source.fit_width,
            "keys": lambda: KeysDialog(self._actions.table, self).exec(),
            "about": self._questions.about,
            **parts,
        }

    def _connect(self) -> None:
        bench, focus, form, findings = self._workbench, self._focus, self._form, self._findings
        bench.opened.connect(self._show_review)
        bench.closed.connect(self._show_nothing)
        bench.cells_changed.connect(form.refresh)
        bench.cells_changed.connect(self._say_saved)
        bench.marks_changed.connect(form.refresh)
        bench.proofs_changed.connect(form.refresh_panel)
        bench.proofs_changed.connect(self._count_unproven)
        bench.findings_changed.connect(self._show_findings)
        bench.findings_changed.connect(self._count_unproven)
        bench.failed.connect(self.show_error)
        bench.stack.undoTextChanged.connect(self._name_undo)
        bench.stack.redoTextChanged.connect(self._name_redo)
        bench.stack.indexChanged.connect(self._show_available)
        focus.finding_changed.connect(findings.show_finding)
        focus.finding_changed.connect(self._show_companions)
        focus.cell_changed.connect(form.show_cell)
        focus.cell_changed.connect(self._show_companions)
        form.cell_selected.connect(focus.show_cell)
        form.refused.connect(self.say)
        form.left.connect(self._go_to_next_pane)
        form.menu_requested.connect(self._show_cell_menu)
        findings.finding_selected.connect(focus.show_finding)
        findings.finding_activated.connect(self._work_on)
        findings.unproven_requested.connect(partial(self._unproven.walk, 1))
        self._unproven.said.connect(self.say)
        self._source.zoom_changed.connect(self._show_available)
        self._answering.available.connect(self._show_available)
        self._answering.said.connect(self.say)
        self._link.cell_picked.connect(form.focus_table)
        self._editing.said.connect(self.say)
        self._exporter.started.connect(lambda: self.say(self.tr("正在导出…")))
        self._exporter.exported.connect(self._say_exported)
        self._exporter.failed.connect(self.show_error)
        self._reports.open_requested.connect(bench.open_report)
        self._reports.removal_requested.connect(self._remove)
        self._welcome.open_requested.connect(lambda: self.take(self._questions.files()))

    def _show_review(self, review: OpenReview) -> None:
        self._form.show_review(review, self._workbench)
        self._findings.begin()
        self._body.setCurrentWidget(self._desk)
        self._show_title(review)
        self._show_available()

    def _show_nothing(self) -> None:
        self._form.clear()
        self._findings.clear()
        self._body.setCurrentWidget(self._welcome)
        self._show_title(None)
        self._show_available()

    def _show_findings(self, found: tuple[Finding, ...]) -> None:
        self._findings.show_findings(found, self._workbench.decision)
        self._findings.show_finding(self._focus.finding)
        self._form.show_counts(finding for finding in found if self._workbench.decision(finding) is None)
        self._show_available()

    def _show_companions(self) -> None:
        self._form.set_companions(self._focus.companions)

    def _show_title(self, review: OpenReview | None) -> None:
        program = self.tr("政务公开年报审核台")
        name = (review.review.extracted.organization or review.review.source_name) if review is not None else ""
        self.setWindowTitle(f"{name} – {program}" if name else program)
        self._saved.setText(self.tr("每一步修改都会自动保存") if review is not None else "")

    def _show_available(self) -> None:
        stack, has_report = self._workbench.stack, self._workbench.review is not None
        holds = {
            Needs.REPORT: has_report,
            Needs.CELL: has_report,
            Needs.UNDO: stack.canUndo(),
            Needs.REDO: stack.canRedo(),
            Needs.FINDINGS: has_report and bool(self._workbench.findings),
            Needs.FINDING: self._answering.finding is not None,
            Needs.PROPOSAL: self._answering.can_accept,
            Needs.ZOOM: self._source.can_zoom,
        }
        self._actions.show_available({need for need, is_there in holds.items() if is_there})

    def _name_undo(self, words: str) -> None:
        self._actions["undo"].setText(wording.step_words("undo", words))

    def _name_redo(self, words: str) -> None:
        self._actions["redo"].setText(wording.step_words("redo", words))

    def _say_saved(self) -> None:
        clock = QTime.currentTime().toString("HH:mm")
        self._saved.setText(self.tr("每一步修改都已保存（{clock}）").format(clock=clock))

    def _say_exported(self, path: Path) -> None:
        self._state.folder = path.parent
        self.say(self.tr("已导出：{path}").format(path=path))

    def _walk(self, step: int) -> None:
        finding = self._findings.walk(step)
        if finding is not None:
            self._work_on(finding)

    def _count_unproven(self) -> None:
        self._findings.show_unproven(len(self._workbench.unproven()))

    def _work_on(self, finding: Finding) -> None:
        self._focus.show_finding(finding)
        self._form.focus_table()

    def _go_to_next_pane(self) -> None:
        panes = [self._reports, self._source, self._form, self._findings]
        if self._answering.finding is not None:
            panes.append(self._advice)
        if self._workbench.review is None:
            panes = [self._reports, self._welcome]
        shown = [pane for pane in panes if pane.isVisible()]
        focused = QApplication.focusWidget()
        here = next((n for n, pane in enumerate(shown) if focused is not None and pane.isAncestorOf(focused)), -1)
        target = shown[(here + 1) % len(shown)]
        if target is self._form:
            self._form.focus_table()
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_cell_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        for group in CELL_MENU:
            menu.addSeparator()
            menu.addActions([self._actions[action_id] for action_id in group])
        menu.exec(point)
        menu.deleteLater()

    def _remove(self, report_id: int, name: str) -> None:
        if self._questions.may_remove(name):
            self._workbench.remove(report_id)

    def _open_workspace(self) -> None:
        path = self._questions.workspace()
        if path is not None:
            self._intake.cancel_all()
            self._workbench.change_desk(path)

    def _choose_language(self, language: str) -> None:
        self._state.language = language
        self._questions.language_changed()

    def _lay_out(self) -> dict[str, QSplitter]:
        sides = _splitter(Qt.Orientation.Horizontal, self._source, self._form)
        problems = _splitter(Qt.Orientation.Horizontal, self._findings, self._advice)
        self._desk = _splitter(Qt.Orientation.Vertical, sides, problems)
        self._body = QStackedWidget(self)
        self._body.addWidget(self._welcome)
        self._body.addWidget(self._desk)
        whole = _splitter(Qt.Orientation.Horizontal, self._reports, self._body)
        self.setCentralWidget(whole)
        splitters = {"list": whole, "desk": self._desk, "sides": sides, "problems": problems}
        for name, splitter in splitters.items():
            splitter.setSizes(list(FIRST_PARTS[name]))
        whole.setStretchFactor(0, 0)
        whole.setStretchFactor(1, 1)
        self._desk.setStretchFactor(0, 1)
        self._desk.setStretchFactor(1, 0)
        return splitters

    def _take_first_size(self) -> None:
        room = self.screen().availableSize()
        self.resize(room.boundedTo(FIRST_SIZE))
        if room.width() <= SMALL_SCREEN:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _build_bars(self) -> None:
        menus = self._actions.fill_menus(self.menuBar())
        languages = menus[Menu.VIEW].addMenu("语言 Language")
        group = QActionGroup(self)
        for code, name in LANGUAGES.items():
            action = group.addAction(languages.addAction(name))
            action.setCheckable(True)
            action.setChecked(code == language.current())
            action.triggered.connect(partial(self._choose_language, code))
        bar = QToolBar(self.tr("工具栏"), self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self._actions.fill_toolbar(bar)
        self.addToolBar(bar)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._actions.add_to(self._form)
        self._advice.add_buttons([self._actions[name] for name in ("accept", "as_printed", "checked")])
        self._saved.setContentsMargins(0, 0, 8, 0)
        self.statusBar().addPermanentWidget(self._saved)
        self.setWindowIcon(icons.program())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._actions.take_colours(self.palette())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(_dropped(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._state.remember(self, self._splitters)
        self._place.write()
        super().closeEvent(event)


def _splitter(orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(5)
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter


def _dropped(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
