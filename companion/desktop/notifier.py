"""Notifications of the desktop, whatever it is: what is shown, what comes back, and whether any can be shown."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from companion.domain.values import value

OPEN = ""
"""The action of a click on the notification itself."""


class ChannelState(StrEnum):
    """Whether notifications can be shown here."""

    WORKS = "works"
    NO_BUS = "no_bus"  # no session bus: a bare window manager, a remote login
    NO_SERVER = "no_server"  # nobody shows notifications
    REFUSED = "refused"  # the system, or the person in its settings, does not let us
    UNKNOWN = "unknown"  # not asked yet, or no answer


@value
class Channel:
    """What is known of the way to the person.

    ``do_not_disturb`` is ``None`` where nobody can know. ``server`` is the name of what shows notifications.
    ``buttons`` tells whether it shows any.
    """

    state: ChannelState
    server: str = ""
    do_not_disturb: bool | None = None
    buttons: bool = False


@value
class Notice:
    """One notification, in words. ``actions`` are pairs of id and label; ``open_label`` names the click itself.

    ``urgent`` ones stay until they are answered. A notice with the same key replaces the one before.
    """

    key: object
    title: str
    body: str
    actions: tuple[tuple[str, str], ...] = ()
    urgent: bool = False
    sound: bool = False
    open_label: str = ""


class Notifier(QObject):
    """The way to the desktop's notifications. This one knows of none; each system has its own."""

    taken = Signal(object)
    """The notice with this key was taken: the desktop shows it, or keeps it while nothing may disturb."""
    refused = Signal(object)
    """The notice with this key could not be shown."""
    acted = Signal(object, str)
    """A button of the notice with this key was pressed (its id), or the notice itself (:data:`OPEN`)."""
    closed = Signal(object)
    """The notice with this key was closed by the person, by time or by the desktop."""
    changed = Signal()
    """:meth:`channel` says something else now."""

    def open(self) -> None:
        """Look for the desktop's notifications. Slow modules are loaded here, so call it after the first paint."""

    def show(self, notice: Notice) -> bool:
        """Hand a notice over; :attr:`taken` or :attr:`refused` follows. ``False``: it cannot be; neither follows."""
        del notice
        return False

    def withdraw(self, key: object) -> None:
        """Take the notice with this key away, if it is shown."""

    def retry(self) -> None:
        """Look again for what was not there; called at every heartbeat."""

    def refresh(self) -> None:
        """Ask again what may have changed; :attr:`changed` tells when it has."""

    def channel(self) -> Channel:
        """Return what is known now."""
        return Channel(ChannelState.NO_SERVER)

    def close(self) -> None:
        """Take every notice away, whose buttons would press nothing, and end."""
