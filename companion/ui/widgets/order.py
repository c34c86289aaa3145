"""Keeps the Tab key going down the page when a part is put in after the page was built."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops(part: QWidget) -> list[QWidget]:
    """Return what Tab visits in ``part``, itself included, in the order it was made."""
    window = part.window()  # a list that opens is a window of its own
    inside = [part, *part.findChildren(QWidget)]
    return [each for each in inside if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.window() is window]


def tab_after(before: QWidget, part: QWidget) -> None:
    """Let Tab visit the controls of ``part``, in their own order, right after ``before``.

    Qt puts a new widget at the end of the window's order, wherever it stands on the page.
    """
    for control in stops(part):
        QWidget.setTabOrder(before, control)
        before = control


def tab_through(parts: Iterable[QWidget]) -> None:
    """Let Tab visit the controls of one part after those of the part before it."""
    before: QWidget | None = None
    for part in parts:
        if before is not None:
            tab_after(before, part)
        inside = stops(part)
        before = inside[-1] if inside else before
