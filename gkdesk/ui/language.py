"""The language of the screen: Chinese in the source strings, English as a translation; Qt's own dialogs too."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gkdesk import messages, paths

LANGUAGES = {messages.CHINESE: "中文", messages.ENGLISH: "English"}
"""The languages the screen can speak, each in its own words."""


def install(application: QCoreApplication, language: str) -> None:
    """Make the screen speak ``language``; the translators live as long as the application."""
    QLocale.setDefault(QLocale("zh_CN" if language == messages.CHINESE else "en_US"))
    own = QTranslator(application)
    if language == messages.CHINESE:
        folder, name = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase_zh_CN"
    else:
        folder, name = str(paths.resources() / "translations"), f"gkdesk_{language}"
    if own.load(name, folder):
        application.installTranslator(own)


def current() -> str:
    """The language that is installed, as the message catalogue names it."""
    # The translation itself answers, so that there is no second place that could disagree with the screen.
    return QCoreApplication.translate("Language", "zh_CN")


def tr(text: str) -> str:
    """``text`` in the language of the screen, for code that is not a method of a Qt object."""
    return QCoreApplication.translate("", text)
