"""The tray icon: the program while its window is closed, with what one does most often in its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from companion.ui import icons, theme
from companion.wording import say

if TYPE_CHECKING:
    from companion.desktop.notifier import Notice

BALLOON_MS = 30_000


class Tray(QObject):
    """The icon and its menu, from when the desktop has a place for it."""

    open_wanted = Signal()
    quit_wanted = Signal()
    acted = Signal(object, str)
    """Emits a key and an action: an entry of the menu, or a click on a balloon (with the action ``""``)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._about: object = None
        self._answers: tuple[tuple[str, str], ...] = ()
        self._balloon: object = None
        self._tip = say("shell.name")

    @staticmethod
    def has_place() -> bool:
        """Return whether this desktop has a place for tray icons now; just after the login it may come later."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def appear(self) -> bool:
        """Show the icon, if there is a place, and return whether it is there."""
        if not self.has_place():
            return False
        if self._icon is None:
            self._menu = QMenu()
            self._icon = QSystemTrayIcon(icons.tray_icon(theme.system_theme() == "dark"), self)
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._on_activated)
            self._icon.messageClicked.connect(self._on_balloon)
            self.reword()
        self._icon.show()
        return True

    def disappear(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None

    def offer(self, about: object, answers: tuple[tuple[str, str], ...]) -> None:
        """Have the menu offer ``answers`` (ids and labels) to the reminder with the key ``about``; none with ``()``."""
        if (about, answers) != (self._about, self._answers):
            self._about, self._answers = about, answers
            self.reword()

    def tell(self, tip: str) -> None:
        """Say something when the mouse rests on the icon."""
        self._tip = tip
        if self._icon is not None:
            self._icon.setToolTip(tip)

    def balloon(self, notice: Notice) -> bool:
        """Show a notice beside the icon; return whether the icon is there and says that it can."""
        if self._icon is None or not self._icon.isVisible() or not QSystemTrayIcon.supportsMessages():
            return False
        self._balloon = notice.key
        self._icon.showMessage(notice.title, notice.body or say("shell.name"), self._icon.icon(), BALLOON_MS)
        return True

    def unsay(self, key: object) -> None:
        """Forget the balloon of a notice that was withdrawn; Qt offers no way to take it away."""
        if key == self._balloon:
            self._balloon = None

    def labels(self) -> list[str]:
        """Return what the menu offers, in its order."""
        return [action.text() for action in self._menu.actions() if action.text()] if self._menu is not None else []

    def press(self, label: str) -> None:
        """Do what the entry of the menu with this label does."""
        if self._menu is not None:
            next(action for action in self._menu.actions() if action.text() == label).trigger()

    def reword(self) -> None:
        """Build the menu anew: other answers, or another language."""
        menu = self._menu
        if menu is None or self._icon is None:
            return
        menu.clear()
        self._add(menu, say("resident.tray.open"), "open")
        if self._answers:
            menu.addSeparator()
            for action, label in self._answers:
                self._add(menu, label, action)
        menu.addSeparator()
        self._add(menu, say("resident.tray.quit"), "quit")
        self._icon.setToolTip(self._tip)

    def _add(self, menu: QMenu, label: str, does: str) -> None:
        entry = QAction(label, menu)
        entry.setProperty("does", does)
        entry.triggered.connect(self._on_entry)
        menu.addAction(entry)

    @Slot()
    def _on_entry(self) -> None:
        sender = self.sender()
        does = sender.property("does") if sender is not None else ""
        if does == "open":
            self.open_wanted.emit()
        elif does == "quit":
            self.quit_wanted.emit()
        elif does:
            self.acted.emit(self._about, does)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_wanted.emit()

    @Slot()
    def _on_balloon(self) -> None:
        key, self._balloon = self._balloon, None
        if key is None:
            self.open_wanted.emit()
        else:
            self.acted.emit(key, "")
