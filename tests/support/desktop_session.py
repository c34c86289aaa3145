"""A desktop of its own for a test: a display, a private bus, a notification server, and an ear on the bus.

Nothing of the computer's own session is touched. What is needed and missing is named, so that a test can say why it
did not run.
"""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NEEDED = ("Xvfb", "dbus-daemon", "dunst", "dunstctl", "xdotool")
PATIENCE = 60.0
NAME = "org.freedesktop.Notifications"

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""
"""A bus that starts nothing by itself, so that a session without a notification server can be had."""

DUNST = """[global]
    dmenu = {chooser}
    monitor = 0
    notification_limit = 20
    show_age_threshold = -1
"""
CHOOSER = """#!/bin/sh
grep -m1 -F "$(cat "{wanted}")"
"""
"""Stands in for the menu that dunst opens for the buttons of a notification: chooses the one whose label it is told."""


def missing() -> list[str]:
    """Return which of the programs that are needed are not installed."""
    return [name for name in NEEDED if shutil.which(name) is None] if sys.platform.startswith("linux") else list(NEEDED)


def wait_for(what: Callable[[], Any], why: str, patience: float = PATIENCE) -> Any:
    """Ask ``what`` again and again until it says something true, and return that."""
    end = time.monotonic() + patience
    pause = threading.Event()
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        pause.wait(0.02)
    raise AssertionError(f"waited in vain for {why}")


class Ear(threading.Thread):
    """Hears every call and signal of notifications on the bus."""

    def __init__(self, address: str) -> None:
        from jeepney import MatchRule
        from jeepney.bus_messages import Monitoring
        from jeepney.io.blocking import open_dbus_connection

        super().__init__(name="ear", daemon=True)
        self._bus = open_dbus_connection(address)
        rule = MatchRule(interface=NAME)
        self._bus.send_and_get_reply(Monitoring().BecomeMonitor([rule.serialise()]), timeout=5)
        self.heard: list[tuple[float, str, tuple[Any, ...]]] = []
        self._over = False
        self.start()

    def run(self) -> None:
        from jeepney import HeaderFields

        while not self._over:
            try:
                message = self._bus.receive(timeout=0.2)
            except TimeoutError:
                continue
            except OSError:
                return
            member = message.header.fields.get(HeaderFields.member, "")
            self.heard.append((time.monotonic(), member, message.body))

    def calls(self, member: str) -> list[tuple[Any, ...]]:
        """Return the bodies of every message called ``member``."""
        return [body for _, name, body in self.heard if name == member]

    def end(self) -> None:
        self._over = True
        self.join()
        self._bus.close()


class Desktop:
    """A running desktop. ``environ`` is the environment of a program on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._children: list[subprocess.Popen[Any]] = []
        self.environ: dict[str, str] = {
            **{key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")},
            "HOME": str(folder / "home"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "XDG_SESSION_TYPE": "x11",
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",
            "TZ": "Europe/Rome",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        for name in ("home", "run"):
            (folder / name).mkdir(mode=0o700)
        self.ear: Ear
        self._dunst: subprocess.Popen[Any] | None = None

    def begin(self) -> None:
        """Start display and bus."""
        self.environ["DISPLAY"] = ":" + self._display()
        socket = self.folder / "run" / "bus"
        (self.folder / "bus.conf").write_text(BUS.format(socket=socket), encoding="utf-8")
        self.start("dbus-daemon", f"--config-file={self.folder / 'bus.conf'}", "--nofork", "--nopidfile")
        self.environ["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"
        wait_for(socket.exists, "the bus")
        self.ear = Ear(self.environ["DBUS_SESSION_BUS_ADDRESS"])

    def _display(self) -> str:
        readable, writable = os.pipe()
        command = ["Xvfb", "-displayfd", str(writable), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
        child = subprocess.Popen(command, pass_fds=(writable,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._children.append(child)
        os.close(writable)
        with selectors.DefaultSelector() as selector, os.fdopen(readable) as pipe:
            selector.register(pipe, selectors.EVENT_READ)
            if not selector.select(PATIENCE):
                raise AssertionError("no display")
            return pipe.readline().strip()

    def start(self, *command: str) -> subprocess.Popen[Any]:
        """Start a program on this desktop; it ends with it."""
        child = subprocess.Popen(
            command, env=self.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder
        )
        self._children.append(child)
        return child

    def start_server(self) -> None:
        """Start the notification server and wait until it serves."""
        chooser = self.folder / "choose"
        chooser.write_text(CHOOSER.format(wanted=self.folder / "wanted"), encoding="utf-8")
        chooser.chmod(0o700)
        (self.folder / "dunstrc").write_text(DUNST.format(chooser=chooser), encoding="utf-8")
        self._dunst = self.start("dunst", "-conf", str(self.folder / "dunstrc"))
        wait_for(lambda: self.ask("count", "displayed") == "0", "the notification server")

    def stop_server(self) -> None:
        """End the notification server."""
        if self._dunst is not None:
            self._dunst.terminate()
            self._dunst.wait(PATIENCE)
            self._dunst = None

    def ask(self, *words: str) -> str:
        """Return what ``dunstctl`` says; nothing when there is no server."""
        done = subprocess.run(
            ["dunstctl", *words], env=self.environ, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def displayed(self) -> int:
        """Return how many notifications are on the screen."""
        return int(self.ask("count", "displayed") or -1)

    def press(self, label: str) -> None:
        """Press the button with this label on the newest notification."""
        (self.folder / "wanted").write_text(f"#{label} ", encoding="utf-8")
        before = len(self.ear.calls("ActionInvoked"))
        self.ask("context")
        wait_for(lambda: len(self.ear.calls("ActionInvoked")) > before, f"the button {label}")

    def end(self) -> None:
        """End every program that was started here."""
        if hasattr(self, "ear"):
            self.ear.end()
        for child in reversed(self._children):
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait(PATIENCE)


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """Give a desktop with a display and a bus, and end it."""
    made = Desktop(folder)
    try:
        made.begin()
        yield made
    finally:
        made.end()
