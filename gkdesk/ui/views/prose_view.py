"""The three prose sections of the report, to be read and copied, not to be changed."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from gkdesk.model.review import SECTIONS

_FULL_WIDTH = "年"
_ENDS = "。！？；：.!?;:"


class ProseView(QTextBrowser):
    """Shows the sections under their headings; a section that was not found says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(12)

    def show_sections(self, sections: Mapping[str, str]) -> None:
        """Show these sections, by their name in the model."""
        headings = {
            "overview": self.tr("一、总体情况"),
            "problems": self.tr("五、存在的主要问题及改进情况"),
            "other": self.tr("六、其他需要报告的事项"),
        }
        parts = []
        for name in SECTIONS:
            lines = paragraphs(sections.get(name, ""))
            style = f"line-height:140%; text-indent:{2 * self.fontMetrics().horizontalAdvance(_FULL_WIDTH)}px"
            body = "".join(f'<p style="{style}">{escape(line)}</p>' for line in lines)
            parts.append(f"<h3>{escape(headings[name])}</h3>{body or self._nothing()}")
        self.setHtml("".join(parts))

    def _nothing(self) -> str:
        words = self.tr("没有读到这一部分。")
        return f"<p><i>{escape(words)}</i></p>"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a section; the lines of a page, which end anywhere, are joined up to the end of a sentence."""
    found: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if found and line and found[-1] and found[-1][-1] not in _ENDS:
            found[-1] += line
        elif line:
            found.append(line)
    return found
