"""Show and hide parts of the page without laying it out more often than something changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def let_show(widget: QWidget, on: bool) -> None:
    """Show or hide ``widget``, if it is not so already.

    Qt lays a widget out whenever it is told to be visible, even when it is, and before anybody can see it.
    """
    hidden = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    if hidden == on:
        widget.setVisible(on)
