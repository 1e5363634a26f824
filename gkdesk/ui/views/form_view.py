"""The right pane: the form with its tables and prose, who reported, and what the current cell is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Finding, Severity
from gkdesk.ui import icons, look
from gkdesk.ui.models.form_table import Editor, FormTableModel
from gkdesk.ui.views.cell_panel import CellPanel
from gkdesk.ui.views.elided_label import ElidedLabel
from gkdesk.ui.views.form_table_page import FormTablePage
from gkdesk.ui.views.form_table_view import FormTableView
from gkdesk.ui.views.prose_view import ProseView
from gkdesk.workflow.open_review import OpenReview


class FormView(QWidget):
    """Shows one report.

    Signals:
        cell_selected: the cell that became current.
        refused: why typed text was not taken over.
        left: the user asks to go on to the next pane.
        menu_requested: a menu for the selected cells is wanted at this point of the screen.
    """

    cell_selected = Signal(object)
    refused = Signal(str)
    left = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._source = ElidedLabel(self), ElidedLabel(self)
        self._name.setFont(look.bold_font(self.font()))
        self._source.setFont(look.small_font(self.font()))
        self._source.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._tabs = QTabBar(self)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._heading = ElidedLabel(self)
        self._heading.setFont(look.small_font(self.font()))
        self._heading.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._stack = QStackedWidget(self)
        self._panel = CellPanel(self)
        self._signs = icons.SeverityIcons()
        self._prose: ProseView | None = None
        self._pages: list[FormTablePage] = []
        self._review: OpenReview | None = None
        self._editor: Editor | None = None
        self._cell: CellRef | None = None
        self._lay_out()
        self._tabs.currentChanged.connect(self._show_page)

    def show_review(self, review: OpenReview, editor: Editor) -> None:
        """Show a report, with the first table in front."""
        self.clear()
        self._review, self._editor = review, editor
        self._show_names(review)
        for table in review.spec.tables:
            model = FormTableModel(table, review.spec, review.review.form, editor, self)
            model.refused.connect(self.refused)
            self._add_page(model)
        self._prose = ProseView(self)
        self._prose.show_sections(review.review.extracted.sections)
        self._stack.addWidget(self._prose)
        self._tabs.addTab(self.tr("文字部分"))
        self.show_part(0)

    def clear(self) -> None:
        """Show no report."""
        self._review = self._editor = self._cell = self._prose = None
        self._pages = []
        while self._tabs.count():
            self._tabs.removeTab(0)
        while (page := self._stack.currentWidget()) is not None:
            self._stack.removeWidget(page)
            page.deleteLater()
        self._panel.clear()

    def show_cell(self, ref: CellRef | None) -> None:
        """Show where a cell is and what it is."""
        self._cell = ref
        for number, page in enumerate(self._pages):
            if ref is not None and page.view.table.index_of(ref).isValid():
                # In this order: a table that comes to the front without a current cell would choose one itself.
                page.view.show_cell(ref)
                self._tabs.setCurrentIndex(number)
        self._show_panel()

    def select_cells(self, refs: Iterable[CellRef]) -> None:
        """Select cells of the table in front."""
        view = self.table_view()
        if view is not None:
            view.select_cells(refs)

    def refresh(self, refs: Iterable[CellRef]) -> None:
        """Show what these cells are now."""
        changed = tuple(refs)
        for page in self._pages:
            page.view.table.refresh(changed)
        self._show_panel()

    def refresh_panel(self) -> None:
        """Show what is known about the current cell now."""
        self._show_panel()

    def set_companions(self, refs: Iterable[CellRef]) -> None:
        """Outline the cells that belong to the current finding."""
        companions = tuple(refs)
        for page in self._pages:
            page.view.table.set_companions(companions)

    def show_counts(self, findings: Iterable[Finding]) -> None:
        """Say at each table how many errors and warnings, of those given, speak of it."""
        counts: dict[str, Counter[Severity]] = {}
        for finding in findings:
            for table in {ref.table for ref in finding.cells}:
                counts.setdefault(table, Counter())[finding.severity] += 1
        for number, page in enumerate(self._pages):
            count = counts.get(page.view.table.table.id, Counter[Severity]())
            worst = next((severity for severity in Severity if count[severity]), Severity.INFO)
            total = count[Severity.ERROR] + count[Severity.WARNING]
            name = page.view.table.table.nickname
            self._tabs.setTabText(number, f"{name}  {total}" if total else name)
            self._tabs.setTabIcon(number, self._signs.icon(worst, self.palette()) if total else icons.none())

    def table_view(self) -> FormTableView | None:
        """The table in front, or None if the prose is."""
        number = self._tabs.currentIndex()
        return self._pages[number].view if 0 <= number < len(self._pages) else None

    def show_part(self, number: int) -> None:
        """Bring the table (counted from 0), or after the tables the prose, to the front and give it the keyboard."""
        if not 0 <= number < self._tabs.count():
            return
        if number < len(self._pages):
            view = self._pages[number].view
            self.cell_selected.emit(view.current_cell() or view.table.layout.refs()[0])
        self._tabs.setCurrentIndex(number)
        self.focus_table()

    def focus_table(self) -> None:
        """Give the keyboard to what is in front."""
        page = self._stack.currentWidget()
        (page if page is not None else self).setFocus()

    def _add_page(self, model: FormTableModel) -> None:
        page = FormTablePage(model, self)
        page.view.cell_selected.connect(self.cell_selected)
        page.view.left.connect(self.left)
        page.view.menu_requested.connect(self.menu_requested)
        self._pages.append(page)
        self._stack.addWidget(page)
        number = self._tabs.addTab(model.table.nickname)
        self._tabs.setTabToolTip(number, model.table.heading)

    def _show_page(self, number: int) -> None:
        if 0 <= number < self._stack.count():
            self._stack.setCurrentIndex(number)
        view = self.table_view()
        self._heading.setText(view.table.table.heading if view is not None else "")

    def _show_names(self, review: OpenReview) -> None:
        extracted = review.review.extracted
        name = extracted.organization or self.tr("没有认出机关名称")
        year = self.tr("{year} 年度").format(year=extracted.year) if extracted.year else self.tr("没有认出年度")
        edition = (
            review.spec.name
            if extracted.edition
            else self.tr("没有找到表格，按 {name} 手工填写").format(name=review.spec.name)
        )
        self._name.setText(f"{name}  {year}")
        self._source.setText(f"{edition} · {review.review.source_name}")

    def _show_panel(self) -> None:
        if self._review is None or self._editor is None or self._cell is None:
            self._panel.clear()
            return
        form = self._review.review.form
        self._panel.show_cell(
            self._review.spec, form[self._cell], self._editor.mark(self._cell), self._editor.known_about(self._cell)
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 5, 8, 4)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._source)
        bar = QHBoxLayout()
        bar.setContentsMargins(4, 0, 8, 0)
        bar.addWidget(self._tabs)
        # The heading takes what the tabs leave.
        self._heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bar.addSpacing(8)
        bar.addWidget(self._heading, 1)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setForegroundRole(self.palette().ColorRole.Mid)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addLayout(bar)
        box.addWidget(self._stack, 1)
        box.addWidget(line)
        box.addWidget(self._panel)
