"""Which notifier this system has."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

from companion.desktop.notifier import Notifier


def make_notifier(parent: QObject | None = None, platform: str = sys.platform) -> Notifier:
    """Return the notifier of this system."""
    if platform in ("win32", "darwin"):
        from companion.desktop.notify_native import NativeNotifier

        return NativeNotifier(parent=parent)
    from companion.desktop.notify_linux import LinuxNotifier

    return LinuxNotifier(parent=parent)
