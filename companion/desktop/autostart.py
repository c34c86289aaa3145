"""Start with the login: one file, or one value in the registry, that belongs to this person. No administrator.

XDG autostart on Linux, a LaunchAgent on macOS, the Run key on Windows. The state is read back from the system, never
remembered: people switch such things off elsewhere, and programs move.
"""

from __future__ import annotations

import hashlib
import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from companion.domain.errors import SurroundingsError

HIDDEN = "--hidden"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where the task manager of Windows notes what the person switched off."""


class AutostartState(StrEnum):
    """Whether the program starts with the login."""

    ON = "on"
    OFF = "off"
    OFF_ELSEWHERE = "off_elsewhere"  # it is there, and was switched off in the system's own settings
    MOVED = "moved"  # it is there, and starts another program or record than this one


class Autostart(Protocol):
    """One system's way."""

    def state(self) -> AutostartState:
        """Return what the system would do at the next login."""
        ...

    def switch(self, on: bool) -> None:
        """Let the program start with the login, or not any more.

        Raises:
            SurroundingsError: ``autostart_refused``: the system does not let us.
        """
        ...


def own_command(record: Path | None = None) -> tuple[str, ...]:
    """Return the words that start this program hidden; ``record`` when it is not the usual one."""
    script = Path(sys.argv[0]) if sys.argv else Path()
    if script.stem == "companion" and script.suffix in ("", ".exe") and script.is_file():
        start = [str(script.absolute())]
    else:
        start = [_windowless(sys.executable), "-m", "companion"]
    if sys.platform == "win32" and script.suffix == ".exe":
        start = [_windowless(sys.executable), "-m", "companion"]  # the script would open a console at every login
    return (*start, *(("--record", str(record)) if record is not None else ()), HIDDEN)


def _windowless(python: str) -> str:
    """Return the Python without a console, which Windows has beside the other."""
    beside = Path(python).with_name("pythonw.exe")
    return str(beside) if sys.platform == "win32" and beside.is_file() else python


def own_name(record: Path | None = None) -> str:
    """Return the name of the entry: another record than the usual one has one of its own, which does not tell it."""
    if record is None:
        return "companion"
    return "companion-" + hashlib.sha256(os.fsencode(record)).hexdigest()[:8]


def make_autostart(record: Path | None = None, title: str = "Companion", platform: str = sys.platform) -> Autostart:
    """Return this system's way. ``record`` is given when it is not the usual one."""
    name, command = own_name(record), own_command(record)
    if platform == "win32":
        import winreg

        return RunKey(name, command, winreg)
    if platform == "darwin":
        return LaunchAgent(name, command, Path.home() / "Library" / "LaunchAgents")
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return XdgAutostart(name, command, Path(base) / "autostart", title)


class XdgAutostart:
    """A desktop entry in ``~/.config/autostart``, as every Linux desktop reads it."""

    def __init__(self, name: str, command: Sequence[str], folder: Path, title: str = "Companion") -> None:
        self._file = folder / f"{name}.desktop"
        self._command = tuple(command)
        self._title = title

    def state(self) -> AutostartState:
        """Return what the desktop would do."""
        try:
            found = dict(
                line.split("=", 1) for line in self._file.read_text(encoding="utf-8").splitlines() if "=" in line
            )
        except (OSError, UnicodeDecodeError):
            return AutostartState.OFF
        if found.get("Hidden") == "true" or found.get("X-GNOME-Autostart-enabled") == "false":
            return AutostartState.OFF_ELSEWHERE
        try:
            same = found.get("Exec") == exec_line(self._command)
        except ValueError:
            return AutostartState.MOVED
        return AutostartState.ON if same else AutostartState.MOVED

    def switch(self, on: bool) -> None:
        """Write the entry, or remove it."""
        if not on:
            _remove(self._file)
            return
        try:
            line = exec_line(self._command)
        except ValueError:
            raise SurroundingsError("autostart_refused") from None
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            f"Name={self._title}",
            f"Exec={line}",
            "Terminal=false",
            "NoDisplay=true",
            "StartupNotify=false",
            "X-GNOME-Autostart-enabled=true",
        )
        _write(self._file, ("\n".join(lines) + "\n").encode())


def exec_line(command: Sequence[str]) -> str:
    """Return words as the ``Exec`` line of a desktop entry wants them.

    Every word is quoted; within quotes ``"``, `` ` ``, ``$`` and the backslash take a backslash, the percent sign is
    doubled, and then every backslash once more, because the file's own strings have escapes, too.

    Raises:
        ValueError: a word holds a line break, which no entry can say.
    """
    quoted = []
    for word in command:
        if any(ord(letter) < 32 for letter in word):
            raise ValueError("line break")
        inner = "".join("\\" + letter if letter in '"`$\\' else letter for letter in word).replace("%", "%%")
        quoted.append(f'"{inner}"')
    return " ".join(quoted).replace("\\", "\\\\")


class LaunchAgent:
    """A property list in ``~/Library/LaunchAgents``, which macOS reads at the login."""

    def __init__(self, name: str, command: Sequence[str], folder: Path) -> None:
        self._label = f"app.{name}"
        self._file = folder / f"{self._label}.plist"
        self._command = list(command)

    def state(self) -> AutostartState:
        """Return what macOS would do."""
        try:
            found: Any = plistlib.loads(self._file.read_bytes())
        except (OSError, ValueError, plistlib.InvalidFileException):
            return AutostartState.OFF
        if not isinstance(found, dict):
            return AutostartState.OFF
        if found.get("Disabled") or not found.get("RunAtLoad"):
            return AutostartState.OFF_ELSEWHERE
        same = found.get("ProgramArguments") == self._command
        return AutostartState.ON if same else AutostartState.MOVED

    def switch(self, on: bool) -> None:
        """Write the list, or remove it."""
        if not on:
            _remove(self._file)
            return
        content = {
            "Label": self._label,
            "ProgramArguments": self._command,
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
        _write(self._file, plistlib.dumps(content))


class RunKey:
    """A value under the Run key of this person's part of the Windows registry."""

    def __init__(self, name: str, command: Sequence[str], registry: Any) -> None:
        """``registry`` is the module ``winreg``."""
        self._name = name
        self._command = subprocess.list2cmdline(list(command))
        self._registry = registry

    def state(self) -> AutostartState:
        """Return what Windows would do."""
        found = self._read(RUN)
        if found is None:
            return AutostartState.OFF
        approved = self._read(APPROVED)
        if isinstance(approved, bytes) and approved and approved[0] & 1:  # 02 and 06 are on, 03 and 07 are off
            return AutostartState.OFF_ELSEWHERE
        return AutostartState.ON if found == self._command else AutostartState.MOVED

    def switch(self, on: bool) -> None:
        """Write the value, or remove it; what the task manager noted of it goes in both cases."""
        registry = self._registry
        try:
            self._delete(APPROVED)
            if on:
                with registry.CreateKeyEx(registry.HKEY_CURRENT_USER, RUN, 0, registry.KEY_SET_VALUE) as key:
                    registry.SetValueEx(key, self._name, 0, registry.REG_SZ, self._command)
            else:
                self._delete(RUN)
        except OSError:
            raise SurroundingsError("autostart_refused") from None

    def _read(self, path: str) -> object:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path, 0, registry.KEY_READ) as key:
                value: object = registry.QueryValueEx(key, self._name)[0]
                return value
        except OSError:
            return None

    def _delete(self, path: str) -> None:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path, 0, registry.KEY_SET_VALUE) as key:
                registry.DeleteValue(key, self._name)
        except FileNotFoundError:
            pass


def _write(file: Path, content: bytes) -> None:
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(file)
    except OSError:
        raise SurroundingsError("autostart_refused") from None


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        raise SurroundingsError("autostart_refused") from None
