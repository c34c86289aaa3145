"""Notifications through ``org.freedesktop.Notifications`` on the session bus."""

from __future__ import annotations

import logging
from collections.abc import Callable
from html import escape
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from companion.desktop.bus import Bus
from companion.desktop.notifier import OPEN, Channel, ChannelState, Notice, Notifier
from companion.wording import resources, say

log = logging.getLogger(__name__)

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
DEFAULT = "default"
PATIENCE_MS = 5000
"""How long a server may take for a notification before it counts as one that does not answer."""
BY_SERVER, NEVER = -1, 0
NORMAL = 1
REMEMBERED = 64
"""How many notifications are remembered: a server's history may press a button long after it was closed."""

# Where servers say whether they show anything now: interface and property, on the server's own object.
_QUIET = {"dunst": ("org.dunstproject.cmd0", "paused")}
_QUIET_ELSEWHERE = (NAME, "Inhibited")


class LinuxNotifier(Notifier):
    """Speaks to whatever notification server the session has, now or later."""

    def __init__(self, bus: Bus | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus or Bus("SESSION", self)
        self._bus.replied.connect(self._on_reply)
        self._bus.heard.connect(self._on_signal)
        self._bus.lost.connect(self._on_lost)
        self._channel = Channel(ChannelState.UNKNOWN)
        self._can: frozenset[str] = frozenset()
        self._asked: dict[int, Callable[[Any], None]] = {}
        self._under_way: dict[int, object | None] = {}
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._on_late)
        self._keys: dict[int, object] = {}
        self._ids: dict[object, int] = {}

    # What is offered

    def open(self) -> None:
        """Connect and ask who shows notifications and what it can."""
        if self._bus.is_open():
            return
        if not self._bus.open():
            self._now(Channel(ChannelState.NO_BUS))
            return
        for member in ("ActionInvoked", "NotificationClosed"):
            self._bus.listen(interface=NAME, member=member, path=PATH)
        self._bus.listen(sender="org.freedesktop.DBus", member="NameOwnerChanged", name=NAME)
        self._meet()

    def show(self, notice: Notice) -> bool:
        """Send a notice."""
        if not self._bus.is_open():
            self.open()
        if self._channel.state not in (ChannelState.WORKS, ChannelState.UNKNOWN):
            return False
        serial = self._call("Notify", "susssasa{sv}i", self._words(notice))
        if serial == 0:
            return False
        self._under_way[serial] = notice.key
        self._patience.start()
        self._ask_quiet()
        return True

    def withdraw(self, key: object) -> None:
        """Close a notice, whether it is on the screen or only in the server's list."""
        number = self._ids.pop(key, None)
        if number is not None:
            self._keys.pop(number, None)
            self._call("CloseNotification", "u", (number,))
        for serial, waiting in list(self._under_way.items()):
            if waiting == key:  # not there yet: closed when its number is known
                self._under_way[serial] = None

    def retry(self) -> None:
        """Look again for a bus and a server that were not there."""
        if self._channel.state is not ChannelState.WORKS:
            self.refresh()

    def refresh(self) -> None:
        """Ask again: is there a bus, a server, and does it show anything now."""
        if not self._bus.is_open():
            self.open()
        elif self._channel.state is ChannelState.WORKS:
            self._ask_quiet()
        else:
            self._meet()

    def channel(self) -> Channel:
        """Return what is known now."""
        return self._channel

    def close(self) -> None:
        """Take our notices away and leave the bus."""
        for key in list(self._ids):
            self.withdraw(key)
        self._patience.stop()
        self._under_way.clear()
        self._asked.clear()
        self._bus.close()

    # Asking the server

    def _words(self, notice: Notice) -> tuple[object, ...]:
        actions: list[str] = []
        if "actions" in self._can or not self._can:
            actions = [DEFAULT, notice.open_label or say("shell.name")]
            for name, label in notice.actions:
                actions += [name, label]
        plain = self._can and "body-markup" not in self._can
        body = notice.body if plain else escape(notice.body, quote=False)
        hints: dict[str, tuple[str, object]] = {
            "desktop-entry": ("s", "companion"),
            "urgency": ("y", NORMAL),
            "suppress-sound": ("b", not notice.sound),
        }
        if notice.sound:
            hints["sound-name"] = ("s", "message-new-instant")
        icon = str(resources.path("icons/companion.svg"))
        stay = NEVER if notice.urgent else BY_SERVER
        before = self._ids.get(notice.key, 0)
        return say("shell.name"), before, icon, notice.title, body, actions, hints, stay

    def _call(self, method: str, signature: str = "", body: tuple[object, ...] = (), interface: str = NAME) -> int:
        from jeepney import DBusAddress, new_method_call

        address = DBusAddress(PATH, bus_name=NAME, interface=interface)
        return self._bus.call(new_method_call(address, method, signature or None, body))

    def _ask(self, then: Callable[[Any], None], method: str, *args: Any, **more: Any) -> None:
        serial = self._call(method, *args, **more)
        if serial:
            self._asked[serial] = then

    def _meet(self) -> None:
        """Ask the server for its name and what it can; one that is not running is started by the bus for that."""
        self._ask(self._on_server, "GetServerInformation")
        self._ask(self._on_capabilities, "GetCapabilities")

    def _ask_quiet(self) -> None:
        if self._channel.state is ChannelState.WORKS:
            where = _QUIET.get(self._channel.server, _QUIET_ELSEWHERE)
            self._ask(self._on_quiet, "Get", "ss", where, interface="org.freedesktop.DBus.Properties")

    # Answers

    @Slot(int, object)
    def _on_reply(self, serial: int, message: Any) -> None:
        if serial in self._under_way:
            self._on_notified(self._under_way.pop(serial), _value(message))
        elif (then := self._asked.pop(serial, None)) is not None:
            then(_value(message))

    def _on_notified(self, key: object | None, number: Any) -> None:
        """Note the number of a notice; anything else is a refusal, and no key that nobody wants it now."""
        if not _is_number(number):
            if key is not None:
                self.refused.emit(key)
            self._meet()
        elif key is None:
            self._call("CloseNotification", "u", (number,))
        else:
            self._keys[number] = key
            self._ids[key] = number
            while len(self._keys) > REMEMBERED:
                oldest = next(iter(self._keys))
                gone = self._keys.pop(oldest)
                if self._ids.get(gone) == oldest:
                    del self._ids[gone]
            self.taken.emit(key)

    @Slot()
    def _on_late(self) -> None:
        """Count notices as refused whose server has not answered in time; what comes after all is closed."""
        late = [(serial, key) for serial, key in self._under_way.items() if key is not None]
        if not late:
            return
        log.info("the notification server does not answer")
        self._now(Channel(ChannelState.UNKNOWN, self._channel.server))
        for serial, key in late:
            self._under_way[serial] = None
            self.refused.emit(key)

    def _on_server(self, value: Any) -> None:
        if value is None:
            self._can = frozenset()
            self._now(Channel(ChannelState.NO_SERVER))
            return
        before = self._channel
        name = value if isinstance(value, str) else ""
        self._now(Channel(ChannelState.WORKS, name, before.do_not_disturb, before.buttons))
        self._ask_quiet()

    def _on_capabilities(self, value: Any) -> None:
        if isinstance(value, list | tuple):
            self._can = frozenset(each for each in value if isinstance(each, str))
            now = self._channel
            self._now(Channel(now.state, now.server, now.do_not_disturb, "actions" in self._can))

    def _on_quiet(self, value: Any) -> None:
        known = value[1] if isinstance(value, tuple) and len(value) == 2 else None
        now = self._channel
        if now.state is ChannelState.WORKS:
            self._now(Channel(now.state, now.server, known if isinstance(known, bool) else None, now.buttons))

    def _now(self, channel: Channel) -> None:
        if channel != self._channel:
            self._channel = channel
            self.changed.emit()

    # Signals of the bus

    @Slot(object)
    def _on_signal(self, message: Any) -> None:
        from jeepney import HeaderFields

        member, body = message.header.fields.get(HeaderFields.member), tuple(message.body or ())
        if member == "NameOwnerChanged":
            if len(body) == 3 and all(isinstance(each, str) for each in body) and body[0] == NAME:
                self._on_owner(body[1], body[2])
            return
        number = body[0] if body and _is_number(body[0]) else 0
        if number not in self._keys:
            return
        key = self._keys[number]
        if member == "ActionInvoked" and len(body) > 1 and isinstance(body[1], str):
            self.acted.emit(key, OPEN if body[1] == DEFAULT else body[1])
        elif member == "NotificationClosed":
            if self._ids.get(key) == number:
                del self._ids[key]
            self.closed.emit(key)

    def _on_owner(self, before: str, now: str) -> None:
        """The server came, went, or was replaced by another, to which the numbers of the one before mean nothing."""
        if before:
            self._forget()
        if now:
            self._meet()
        else:
            self._can = frozenset()
            self._now(Channel(ChannelState.NO_SERVER))

    @Slot()
    def _on_lost(self) -> None:
        self._forget()
        waiting = [key for key in self._under_way.values() if key is not None]
        self._under_way.clear()
        self._asked.clear()
        self._now(Channel(ChannelState.NO_BUS))
        for key in waiting:
            self.refused.emit(key)

    def _forget(self) -> None:
        shown = list(self._ids)
        self._keys.clear()
        self._ids.clear()
        for key in shown:
            self.closed.emit(key)


def _is_number(value: Any) -> bool:
    """Return whether this can be the number of a notification: a server may say anything."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**32


def _value(message: Any) -> Any:
    """Return the first value of an answer, ``()`` for an empty one, ``None`` for an error."""
    from jeepney import MessageType

    if message.header.message_type is MessageType.error:
        return None
    return message.body[0] if message.body else ()
