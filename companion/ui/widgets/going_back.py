"""Gives the keyboard back to where it was, or to the neighbour of what is gone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class GoingBack(QObject):
    """Remembers where the keyboard is now. :meth:`go` puts it there again.

    A page may have been built anew in the meantime, before or just after: then the keyboard goes to the control that
    stands where the old one stood, counted inside the nearest part of the window that is still there.

    Args:
        focus: what has the keyboard; ``None`` remembers nothing.
        without: a part of the window that does not count (the sheet or the bar that is about to come).
    """

    def __init__(self, focus: QWidget | None, without: QWidget | None = None) -> None:
        super().__init__(focus.window() if focus is not None else None)
        self._focus = focus
        self._around: list[tuple[QWidget, int]] = []
        self._without = without
        self._gone = False
        self._meant = False
        if focus is None:
            return
        order = self._stops(focus.window(), focus)
        part = focus.parentWidget()
        while part is not None:
            inside = [each for each in order if part.isAncestorOf(each)]
            if focus in inside:
                self._around.append((part, inside.index(focus)))
            part = None if part.isWindow() else part.parentWidget()

    def go(self) -> None:
        """Give the keyboard back, and look once more when what the closing brings about is done."""
        if self._focus is None or self._gone:
            return
        self._gone = True
        self._put()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        QTimer.singleShot(0, self._soon)

    @Slot("QWidget*", "QWidget*")
    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Tell a move that somebody meant from the one Qt makes when the control with the keyboard goes."""
        self._meant = new is not None and old is not None and isValid(old) and old.isVisibleTo(old.window())

    @Slot()
    def _soon(self) -> None:
        if not isValid(self):  # the window went while Qt held the timer
            return
        QTimer.singleShot(0, self._again)  # after what a rebuilt page shows, which Qt puts off too

    @Slot()
    def _again(self) -> None:
        """Mend what came after: a page that was built anew took the keyboard away with the old control."""
        if not isValid(self):
            return
        if not self._meant:
            self._put()  # there may be a nearer neighbour now than at once
        self.deleteLater()

    def _put(self) -> None:
        found = self._found()
        if found is not None and not found.hasFocus():
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self) -> QWidget | None:
        if self._focus is not None and isValid(self._focus) and _takes(self._focus):
            return self._focus
        for part, at in self._around:
            if isValid(part) and part.isVisible():
                inside = [each for each in self._stops(part, None) if part.isAncestorOf(each)]
                if inside:
                    return inside[min(at, len(inside) - 1)]
        return None

    def _stops(self, part: QWidget, focus: QWidget | None) -> list[QWidget]:
        """Return what Tab visits in ``part``, in its order, and ``focus`` in any case."""
        without = self._without if self._without is not None and isValid(self._without) else None
        found: list[QWidget] = []
        first = part.nextInFocusChain()
        at = first
        while at is not None:
            if at is focus or (_takes(at) and not (without is not None and without.isAncestorOf(at))):
                found.append(at)
            at = at.nextInFocusChain()
            if at is first:
                break
        return found


def _takes(widget: QWidget) -> bool:
    """Return whether Tab stops at ``widget`` now."""
    tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
