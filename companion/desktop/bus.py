"""A connection to a D-Bus message bus on Qt's event loop: no thread, no waiting for an answer.

QtDBus cannot be used from Python for this: a Python number goes out as a signed one, which notification servers
refuse. jeepney writes and reads the messages; ``QSocketNotifier`` tells when there is something to read.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal, Slot

if TYPE_CHECKING:
    import socket

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds for a bus to let us in, and to take a message. It takes one millisecond where it works."""
CHUNK = 65536


class Bus(QObject):
    """One connection. Every method returns at once; what comes back is told by signals."""

    replied = Signal(int, object)
    """Emits the serial of a call and its answer (a jeepney ``Message``: a return or an error)."""
    heard = Signal(object)
    """Emits a signal of the bus that was listened for (a jeepney ``Message``)."""
    lost = Signal()
    """The connection is gone; :meth:`open` may be tried again later."""

    def __init__(self, which: str = "SESSION", parent: QObject | None = None) -> None:
        """``which`` is ``SESSION`` or ``SYSTEM``."""
        super().__init__(parent)
        self._which = which
        self._socket: socket.socket | None = None
        self._ear: QSocketNotifier | None = None
        self._parser: Any = None
        self._serial = 0

    def is_open(self) -> bool:
        """Return whether there is a connection."""
        return self._socket is not None

    def open(self) -> bool:
        """Connect, if there is a bus, and return whether there is a connection now."""
        if self._socket is not None:
            return True
        from jeepney import Parser, message_bus
        from jeepney.auth import AuthenticationError
        from jeepney.io.blocking import prep_socket

        try:
            found = prep_socket(_address(self._which), timeout=PATIENCE)
        except (OSError, RuntimeError, ValueError, StopIteration, AuthenticationError) as error:
            log.debug("no %s bus: %s", self._which, type(error).__name__)
            return False
        found.settimeout(PATIENCE)
        self._socket, self._parser, self._serial = found, Parser(), 0
        self._ear = QSocketNotifier(found.fileno(), QSocketNotifier.Type.Read, self)
        self._ear.activated.connect(self._on_bytes, Qt.ConnectionType.DirectConnection)
        self.call(message_bus.Hello())
        return self._socket is not None

    def call(self, message: Any) -> int:
        """Send a message and return its serial; 0 when there is no connection."""
        if self._socket is None:
            return 0
        self._serial += 1
        try:
            self._socket.sendall(message.serialise(serial=self._serial))
        except OSError as error:
            log.info("%s bus lost: %s", self._which, type(error).__name__)
            self._lose()
            return 0
        return self._serial

    def listen(self, **conditions: str) -> None:
        """Ask to hear signals with these conditions (``sender``, ``interface``, ``member``...), see :attr:`heard`.

        ``name`` is a condition on the first argument.
        """
        from jeepney import MatchRule, message_bus

        name = conditions.pop("name", None)
        rule = MatchRule(type="signal", **conditions)
        if name is not None:
            rule.add_arg_condition(0, name)
        self.call(message_bus.AddMatch(rule))

    def close(self) -> None:
        """Give the connection up."""
        if self._ear is not None:
            self._ear.setEnabled(False)
            self._ear.deleteLater()
            self._ear = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    @Slot()
    def _on_bytes(self) -> None:
        """Read what is there. The socket said that there is something, so this does not wait."""
        if self._socket is None:
            return
        try:
            data = self._socket.recv(CHUNK)
        except OSError:
            data = b""
        if not data:
            self._lose()
            return
        from jeepney import HeaderFields, MessageType

        self._parser.add_data(data)
        while self._socket is not None and (message := self._parser.get_next_message()) is not None:
            kind = message.header.message_type
            if kind is MessageType.signal:
                self.heard.emit(message)
            elif kind in (MessageType.method_return, MessageType.error):
                self.replied.emit(message.header.fields.get(HeaderFields.reply_serial, 0), message)

    def _lose(self) -> None:
        self.close()
        self.lost.emit()


def _address(which: str) -> str:
    """Return where the bus listens. Raises ``OSError`` when nothing says so."""
    from jeepney.bus import get_bus

    try:
        return str(get_bus(which))
    except KeyError:
        # A program started outside the desktop's environment is not told; the bus of the login is there all the same.
        usual = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere") / "bus"
        if usual.exists():
            return str(usual)
        raise FileNotFoundError from None
