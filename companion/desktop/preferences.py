"""What this computer remembers of how the person likes the program: nothing of the record is in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import QObject, Signal

from companion.desktop import translation

T = TypeVar("T")
log = logging.getLogger(__name__)

THEMES = ("system", "light", "dark", "high_contrast")
LEVELS = ("plain", "more", "clinical")
TEXT_SCALES = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
HOURS = ("system", "12", "24")


class Kept(Generic[T]):
    """One preference: its default, and what counts as a value. Anything else in the file is the default."""

    def __init__(self, default: T, accepts: Callable[[Any], bool]) -> None:
        self.default = default
        self.accepts = accepts
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Kept[T]: ...
    @overload
    def __get__(self, instance: Preferences, owner: type) -> T: ...
    def __get__(self, instance: Preferences | None, owner: type) -> T | Kept[T]:
        """Return the value kept, or the default."""
        if instance is None:
            return self
        value = instance.kept.get(self.name, self.default)
        return value if self.accepts(value) else self.default

    def __set__(self, instance: Preferences, value: T) -> None:
        """Keep a value and tell everybody. Raises ``ValueError`` for what is none."""
        if not self.accepts(value):
            raise ValueError(self.name)
        instance.keep(self.name, value)


class Preferences(QObject):
    """Preferences in one small JSON file, written as soon as one changes.

    A file that is missing, damaged or cannot be written costs the preferences, never the start.
    """

    changed = Signal(str)
    """Emits the name of the preference that has a new value."""

    language = Kept("", lambda value: value in ("", "en", "it"))
    """``en``, ``it``, or empty for the computer's own."""
    theme = Kept("system", lambda value: value in THEMES)
    text_scale = Kept(1.0, lambda value: isinstance(value, int | float) and 1.0 <= value <= 2.0)
    reduced_motion = Kept(False, lambda value: isinstance(value, bool))
    hours = Kept("system", lambda value: value in HOURS)
    """``12``, ``24``, or ``system``."""
    level = Kept("plain", lambda value: value in LEVELS)
    """How deep the articles go."""
    geometry = Kept("", lambda value: isinstance(value, str))
    """Where the window was, as Qt writes it, in base 64."""
    close_to_tray = Kept(True, lambda value: isinstance(value, bool))
    """Whether closing the window leaves the program running for the reminders."""
    close_said = Kept("", lambda value: value in ("", "tray", "no_tray"))
    """On which kind of desktop it was said what closing means."""
    last_page = Kept("", lambda value: isinstance(value, str))

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        """Read ``file``; without one nothing is kept beyond this run (the tour, tests)."""
        super().__init__(parent)
        self._file = file
        self.kept: dict[str, Any] = _read(file) if file is not None else {}

    def keep(self, name: str, value: object) -> None:
        """Store one value; the properties of this class are the way to it."""
        if self.kept.get(name) == value:
            return
        self.kept[name] = value
        if self._file is not None:
            _write(self._file, self.kept)
        self.changed.emit(name)

    def spoken(self) -> str:
        """Return the language to speak now."""
        return translation.chosen(self.language, () if self.language else translation.of_system())

    def twelve_hours(self) -> bool:
        """Return whether times are written 7:42 am."""
        if self.hours != "system":
            return self.hours == "12"
        return translation.twelve_hours()


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("preferences not read: %s", type(error).__name__)
        return {}
    return found if isinstance(found, dict) else {}


def _write(file: Path, values: dict[str, Any]) -> None:
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_text(json.dumps(values, indent=1, sort_keys=True), encoding="utf-8")
        part.replace(file)
    except OSError as error:
        log.warning("preferences not kept: %s", type(error).__name__)
