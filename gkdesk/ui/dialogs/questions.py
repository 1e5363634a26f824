"""Everything the window asks the user in a dialog of its own: files, folders, passwords, yes or no."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QLineEdit, QMessageBox, QWidget

from gkdesk import paths
from gkdesk.errors import UserError
from gkdesk.ui import wording
from gkdesk.ui.crash import versions
from gkdesk.ui.window_state import WindowState
from gkdesk.workflow.collection import SUFFIXES

_NOTE_WIDTH = 460


class Questions(QObject):
    """Asks, and returns the answer; None or False where the user gave up."""

    def __init__(self, window: QWidget, state: WindowState) -> None:
        super().__init__(window)
        self._window, self._state = window, state

    def files(self) -> list[Path]:
        """The files to open."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        reports, everything = self.tr("年报"), self.tr("所有文件")
        kinds = f"{reports} ({patterns});;{everything} (*)"
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("打开年报"), str(self._state.folder), kinds)
        chosen = [Path(name) for name in names]
        if chosen:
            self._state.folder = chosen[0].parent
        return chosen

    def folder(self) -> list[Path]:
        """The folder to open, alone in a list."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("打开整个文件夹"), str(self._state.folder))
        if not name:
            return []
        self._state.folder = Path(name)
        return [Path(name)]

    def workspace(self) -> Path | None:
        """The workspace to open; one that does not exist is made."""
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("打开或新建工作区"),
            str(paths.user_data()),
            self.tr("工作区 (*.gkdesk)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        return Path(name).with_suffix(".gkdesk") if name else None

    def export_path(self, suggestion: Path) -> Path | None:
        """Where to write the workbook."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("导出工作簿"), str(suggestion), self.tr("Excel 工作簿 (*.xlsx)")
        )
        return Path(name) if name else None

    def problems_path(self, suggestion: Path) -> Path | None:
        """Where to write the list for the reporting body, as a document or a workbook."""
        kinds = ";;".join((self.tr("Word 文档 (*.docx)"), self.tr("Excel 工作簿 (*.xlsx)")))
        name, kind = QFileDialog.getSaveFileName(self._window, self.tr("导出整改清单"), str(suggestion), kinds)
        if not name:
            return None
        path = Path(name)
        if path.suffix.lower() in (".docx", ".xlsx"):
            return path
        return path.with_name(path.name + (".xlsx" if "xlsx" in kind else ".docx"))

    def note(self, sentence: str) -> str | None:
        """A remark on why the source is taken as it is; it may be empty."""
        words = self.tr("{sentence}\n\n原文就是这样写的，不作更正。备注（可以不填）：").format(sentence=sentence)
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("原文如此"))
        dialog.setLabelText(words)
        for label in dialog.findChildren(QLabel):
            # A finding may be longer than the screen is wide.
            label.setWordWrap(True)
            label.setMinimumWidth(_NOTE_WIDTH)
        is_given = dialog.exec() == QInputDialog.DialogCode.Accepted
        note = dialog.textValue().strip()
        dialog.deleteLater()
        return note if is_given else None

    def password(self, name: str, was_wrong: bool) -> str | None:
        """The password of a file."""
        words = self.tr("“{name}”有密码保护，请输入密码：").format(name=name)
        if was_wrong:
            words = self.tr("密码不对。") + words
        password, is_given = QInputDialog.getText(self._window, self.tr("需要密码"), words, QLineEdit.EchoMode.Password)
        return password if is_given else None

    def may_remove(self, name: str) -> bool:
        """Whether a report may be taken out of the workspace for good."""
        words = self.tr("要从列表中删除“{name}”吗？\n它的修改记录也会一起删除，不能撤销。原来的文件不受影响。")
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("删除年报"), words.format(name=name), parent=self._window)
        remove = box.addButton(self.tr("删除"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("不删除"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.exec()
        is_remove = box.clickedButton() is remove
        box.deleteLater()
        return is_remove

    def show_error(self, error: UserError) -> None:
        """Say what is wrong and what to do."""
        QMessageBox.warning(self._window, self.tr("没有完成"), wording.error_sentence(error))

    def about(self) -> None:
        """Say what this program is."""
        words = self.tr(
            "政务公开年报审核台\n把政府信息公开工作年度报告与原文对照，核对勾稽关系，导出官方表样的工作簿。\n不联网，数据只保存在这台电脑上。"
        )
        QMessageBox.about(self._window, self.tr("关于本程序"), f"{words}\n\n{versions()}")

    def language_changed(self) -> None:
        """Say when the language changes."""
        # In both, because nobody knows which one the reader is able to read.
        words = "下次启动程序时换成新的语言。\n\nThe language changes when the program is started again."
        QMessageBox.information(self._window, self.tr("语言"), words)
