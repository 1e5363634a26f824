"""The language of the screen: Chinese in the source strings, English as a translation; Qt's own dialogs too."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gkdesk import messages, paths

LANGUAGES = {messages.CHINESE: "中文", messages.ENGLISH: "English"}
"""The languages the screen can speak, each in its own words."""


def install(application: QCoreApplication, language: str) -> None:
    """Make the screen speak ``language``; the translators live as long as the application."""
    QLocale.setDefault(QLocale("zh_CN" if language == messages.CHINESE else "en_US"))
    own = str(paths.resources() / "translations")
    if language == messages.CHINESE:
        # Some texts of Qt's dialogs changed without their translation; those are ours.
        files = [(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase_zh_CN"), (own, "qt_zh_CN")]
    else:
        files = [(own, f"gkdesk_{language}")]
    for folder, name in files:
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)


def current() -> str:
    """The language that is installed, as the message catalogue names it."""
    # The translation itself answers, so that there is no second place that could disagree with the screen.
    return QCoreApplication.translate("Language", "zh_CN")


def tr(text: str) -> str:
    """``text`` in the language of the screen, for code that is not a method of a Qt object."""
    return QCoreApplication.translate("", text)
