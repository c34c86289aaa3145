"""Measure what a person would see and hear: words that are cut, controls without a name, colours too close."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractSlider)


def shown(root: QWidget) -> list[QWidget]:
    """Every widget that is on the screen with ``root``, itself included. Show ``root`` first."""
    return [widget for widget in [root, *root.findChildren(QWidget)] if widget.isVisible()]


def clipped_labels(root: QWidget) -> list[str]:
    """What does not fit: words wider or higher than the widget that shows them, and widgets cut off by their parent."""
    found = []
    for widget in shown(root):
        words = _words(widget)
        if words and widget.size().isValid():
            need = widget.minimumSizeHint()
            high = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else need.height()
            if widget.width() < need.width() or widget.height() < high:
                size = f"{widget.width()}x{widget.height()}, needs {need.width()}x{high}"
                found.append(f"{type(widget).__name__} {words[:40]!r}: {size}")
        if words and (cut := _cut_by(widget)):
            found.append(f"{type(widget).__name__} {words[:40]!r}: cut off by {cut}")
    return found


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().strip()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return ""


def _cut_by(widget: QWidget) -> str:
    """The name of the parent that does not show all of ``widget``; what scrolls into view is not cut."""
    area = widget.rect()
    at = widget
    while not at.isWindow():
        parent = at.parentWidget()
        area.translate(at.pos())
        if isinstance(parent, QAbstractScrollArea) or isinstance(parent.parentWidget(), QAbstractScrollArea):
            scroll = parent if isinstance(parent, QAbstractScrollArea) else parent.parentWidget()
            wide = scroll.viewport().width()
            if at.parentWidget() is scroll.viewport() and (area.left() < at.x() or area.right() > at.x() + wide):
                return f"{type(scroll).__name__} at the side"
            return ""
        if not parent.rect().contains(area):
            return f"{type(parent).__name__} {parent.width()}x{parent.height()}"
        at = parent
    return ""


def unnamed_controls(root: QWidget) -> list[str]:
    """The controls on the screen that a screen reader could not name."""
    found = []
    for widget in shown(root):
        if not isinstance(widget, CONTROLS) or isinstance(widget, QScrollBar):
            continue
        if isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def low_controls(root: QWidget, least: int = 36) -> list[str]:
    """The controls on the screen that are lower than a finger or a shaky hand needs."""
    return [
        f"{type(widget).__name__} {_words(widget)!r}: {widget.height()}"
        for widget in shown(root)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox)
        and not isinstance(widget.parentWidget(), QComboBox)
        and widget.height() < least
    ]


def luminance(colour: QColor) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: QColor, second: QColor) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)
