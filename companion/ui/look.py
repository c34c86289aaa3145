"""Keeps the look of the program in step with the preferences and with the desktop."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator, Signal, Slot
from PySide6.QtWidgets import QApplication

from companion.desktop.preferences import Preferences
from companion.ui import theme
from companion.wording import dates, language, use_language

_STYLED_BY = ("theme", "text_scale", "reduced_motion")


def make_application() -> QApplication:
    """Return the one application object of this process, made if there is none yet."""
    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(["companion"])
    app.setApplicationName("companion")
    app.setDesktopFileName("companion")
    return app


class Look(QObject):
    """Applies theme, text size, language and clock style now and whenever they change."""

    reworded = Signal()
    """Words changed (language, or how times are written): what is on the screen has to be built anew."""

    def __init__(self, app: QApplication, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._preferences = preferences
        self._qt_speaks = False
        self._translator: QTranslator | None = None
        self._speak()
        self.restyle()
        preferences.changed.connect(self._on_preference)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme)

    def restyle(self) -> None:
        """Apply the theme the preferences ask for."""
        wanted = self._preferences
        theme.apply(self._app, theme.chosen(wanted.theme, wanted.text_scale, wanted.reduced_motion))

    def speak_qt(self) -> None:
        """Let Qt's own words (Copy, Paste, the file dialog) be in the language spoken, from now on.

        Not done at the start: nobody opens a menu before the first paint.
        """
        self._qt_speaks = True
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        if language() == "en":
            return
        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{language()}", folder):
            self._app.installTranslator(translator)
            self._translator = translator

    def _speak(self) -> None:
        use_language(self._preferences.spoken())
        dates.use_twelve_hours(self._preferences.twelve_hours())
        if self._qt_speaks:
            self.speak_qt()

    @Slot(str)
    def _on_preference(self, name: str) -> None:
        if name in _STYLED_BY:
            self.restyle()
        elif name in ("language", "hours"):
            before = language(), dates.HourCycle.twelve
            self._speak()
            if before != (language(), dates.HourCycle.twelve):
                self.reworded.emit()

    @Slot()
    def _on_scheme(self) -> None:
        if self._preferences.theme == "system" and theme.current().name != theme.system_theme():
            self.restyle()
