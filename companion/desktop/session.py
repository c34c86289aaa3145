"""One window for each record: the first start holds a lock, a second one asks it to come to the front.

Lock and socket are named after a hash of the record's path, so an example record runs beside the real one, and the
names say nothing about whose record it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QDeadlineTimer, QLockFile, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

RAISE = b"raise "
"""What a second start says, followed by the token with which a Wayland desktop lets the first take the front."""
RUN = b"run "
"""What a command of a terminal says, followed by its words (see ``services.neighbour``)."""
LOOK = b"look\n"
"""What a start by the login says, which must not bring a window to the front."""
ANSWER = b"here\n"
PATIENCE_MS = 5000
LONGEST_LINE = 1_000_000
"""A note has at most a tenth of that."""


def runtime_folder(fallback: Path) -> Path:
    """Return a private folder for sockets: the one of the login session, else ``fallback`` (made if needed)."""
    given = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(given) / "companion" if given and Path(given).is_dir() else fallback
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _name_of(path: str) -> str:
    """Return a name for a path that does not tell it. Qt's hash is loaded already; ``hashlib`` would load OpenSSL."""
    found = QCryptographicHash.hash(os.fsencode(path), QCryptographicHash.Algorithm.Sha256)
    return bytes(found.toHex().data()).decode()[:20]


class Session(QObject):
    """The claim of this process on one record."""

    asked_to_show = Signal()
    """Somebody started the program again on the same record."""

    def __init__(self, record: Path, folder: Path, parent: QObject | None = None) -> None:
        """``record`` is the record's folder, ``folder`` where lock and socket go."""
        super().__init__(parent)
        self._name = _name_of(os.path.realpath(record))
        self._folder = folder
        self._lock = QLockFile(str(folder / f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)  # a lock is stale when its process is gone, never by age
        self._server: QLocalServer | None = None
        self.serve: Callable[[bytes], bytes] | None = None
        """Carries out a command that a terminal handed over, and returns the line to answer with."""

    def take(self) -> bool:
        """Return whether this process is now the one that has the record's window.

        Where no lock can be written the answer is yes: the record's own lock is the second fence.
        """
        if self._lock.tryLock(0):
            return True
        return self._lock.error() != QLockFile.LockError.LockFailedError

    def listen(self) -> bool:
        """Begin to hear later starts; return whether that worked."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)
        address = self._address()
        QLocalServer.removeServer(address)  # left behind by a crash: the lock says that nobody serves it
        return self._server.listen(address)

    def hand_over(self, patience_ms: int = PATIENCE_MS, *, show: bool = True) -> bool:
        """Ask the process that has the window to show it; return whether it answered in time.

        Without ``show`` it is only asked whether it is there. It may have started a moment ago and not listen yet, so
        this tries until ``patience_ms`` are over.
        """
        from PySide6.QtCore import QThread
        from PySide6.QtNetwork import QLocalSocket

        token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
        end = QDeadlineTimer(patience_ms)
        while not end.hasExpired():
            socket = QLocalSocket()
            socket.connectToServer(self._address())
            if socket.waitForConnected(int(max(1, end.remainingTime()))):
                socket.write(RAISE + token.encode() + b"\n" if show else LOOK)
                socket.flush()
                if socket.waitForReadyRead(int(max(1, end.remainingTime()))):
                    return bytes(socket.readAll().data()).startswith(ANSWER.strip())
            QThread.msleep(40)
        return False

    def release(self) -> None:
        """Give the record up: another start may take it."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _address(self) -> str:
        from companion.services.neighbour import meeting_point

        return meeting_point(self._name, self._folder)

    @Slot()
    def _on_knock(self) -> None:
        if self._server is None:
            return
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._on_words)
            if socket.bytesAvailable():
                self._hear(socket)

    @Slot()
    def _on_words(self) -> None:
        self._hear(self.sender())

    def _hear(self, socket: QObject | None) -> None:
        from PySide6.QtNetwork import QLocalSocket

        if not isinstance(socket, QLocalSocket) or not socket.canReadLine():
            return
        line = bytes(socket.readLine(LONGEST_LINE).data())
        if line == LOOK or (line.startswith(RUN) and self.serve is not None):
            socket.write(ANSWER if line == LOOK or self.serve is None else self.serve(line))
            socket.flush()
            return
        if not line.startswith(RAISE):
            return
        token = line[len(RAISE) :].strip().decode("ascii", "ignore")
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt's Wayland plugin takes it from here when it activates
        socket.write(ANSWER)
        socket.flush()
        self.asked_to_show.emit()
