"""Is there ground to stand on: a display, and a Qt that loads and runs safely here? Asked before any window."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import field

from companion.domain.values import value

# Which Debian package brings the libraries that Qt's wheels leave to the system.
_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
}


@value
class Refusal:
    """Why no window can be shown: the key of a phrase and its values."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def display_refusal(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Refusal | None:
    """Return why there is no display, or ``None``. Asking for a Qt platform by name is believed."""
    if platform in ("win32", "darwin") or environ.get("QT_QPA_PLATFORM"):
        return None
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return None
    return Refusal("shell.start.no_display")


def qt_refusal() -> Refusal | None:
    """Load Qt and return why it cannot be used, or ``None``."""
    try:
        import PySide6
        import PySide6.QtGui  # the first that needs the system's graphics libraries
    except ImportError as error:
        return import_refusal(error)
    return version_refusal(PySide6.__version__, sys.version_info[:2])


def import_refusal(error: ImportError) -> Refusal:
    """Return what an import error of Qt means: a library of the system is missing, or Qt itself is."""
    missing = re.match(r"(lib[\w.+-]+): cannot open shared object file", str(error))
    if missing:
        library = missing.group(1)
        package = _PACKAGES.get(library, library.split(".so")[0].lower())
        return Refusal("shell.start.qt_library", {"library": library, "package": package})
    return Refusal("shell.start.qt_missing", {"kind": type(error).__name__})


def version_refusal(qt: str, python: tuple[int, ...]) -> Refusal | None:
    """Return the refusal of a pair that dies: PySide6 6.12 takes references to ``None`` away before Python 3.12."""
    major, minor = (int(part) for part in qt.split(".")[:2])
    if python < (3, 12) and (major, minor) >= (6, 12):
        return Refusal("shell.start.qt_unsafe", {"version": qt, "python": ".".join(map(str, python))})
    return None


def end_without_display(text: str) -> None:
    """Say why no window could be opened, when Qt is about to end the process for it."""
    from companion.wording import say

    if "platform plugin" in text:
        sys.stderr.write(say("shell.start.display_refused") + "\n")
        sys.stderr.flush()
        os._exit(1)
