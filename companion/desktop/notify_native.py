"""Notifications of Windows and macOS, through the library ``desktop-notifier``.

The library speaks asyncio, which has a thread of its own here; what comes back is a signal, delivered on the GUI
thread. Qt runs the main loop that macOS wants for its callbacks.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from companion.desktop.notifier import OPEN, Channel, ChannelState, Notice, Notifier
from companion.wording import resources, say

log = logging.getLogger(__name__)

Result = TypeVar("Result")
PATIENCE = 5.0
"""Seconds the system may take to show a notice, to take one away, or to say what it can."""
LAST_WORDS = 2.0
"""Seconds for notices to be taken away at the end."""
A_MOMENT = 0.2
LONGEST_END = 3.0
"""Seconds after which the program ends without the thread: a call of the system may never return."""


class Library(Protocol):
    """What is used of ``desktop-notifier``, with names of notices instead of its objects."""

    async def allowed(self) -> bool:
        """Return whether notifications may be shown; asks the person where the system wants that."""
        ...

    async def can(self) -> frozenset[str]:
        """Return the names of what the system can; nothing when it has no notifications for us."""
        ...

    async def send(self, name: str, notice: Notice, events: Events) -> bool:
        """Show a notice under a name and return whether the system took it."""
        ...

    async def clear(self, name: str) -> None:
        """Take one away."""
        ...


class Events(QObject):
    """What the library tells, from whichever thread."""

    acted = Signal(str, str)
    closed = Signal(str)
    taken = Signal(str, bool)
    learned = Signal(object)


class DesktopNotifierLibrary:
    """The real one."""

    def __init__(self) -> None:
        import desktop_notifier

        self._made = desktop_notifier
        icon = desktop_notifier.Icon(path=resources.path("icons/companion.svg"))
        self._notifier = desktop_notifier.DesktopNotifier(app_name=say("shell.name"), app_icon=icon)

    async def allowed(self) -> bool:
        """Return whether notifications may be shown."""
        return bool(await self._notifier.request_authorisation())

    async def can(self) -> frozenset[str]:
        """Return the names of what the system can."""
        return frozenset(each.name for each in await self._notifier.get_capabilities())

    async def send(self, name: str, notice: Notice, events: Events) -> bool:
        """Show a notice. The library swallows errors, but calls back only when it was shown."""
        shown: list[bool] = []
        made = self._made
        await self._notifier.send_notification(
            made.Notification(
                title=notice.title,
                message=notice.body,
                urgency=made.Urgency.Normal,
                buttons=tuple(
                    made.Button(title=label, identifier=action, on_pressed=_press(events, name, action))
                    for action, label in notice.actions
                ),
                on_dispatched=lambda: shown.append(True),
                on_clicked=lambda: events.acted.emit(name, OPEN),
                on_dismissed=lambda: events.closed.emit(name),
                sound=made.DEFAULT_SOUND if notice.sound else None,
                identifier=name,
            )
        )
        return bool(shown)

    async def clear(self, name: str) -> None:
        """Take one away."""
        await self._notifier.clear(name)


def _press(events: Events, name: str, action: str) -> Callable[[], None]:
    def pressed() -> None:
        events.acted.emit(name, action)

    return pressed


class NativeNotifier(Notifier):
    """Speaks to the system through the library, on a thread of its own."""

    def __init__(
        self,
        make: Callable[[], Library] = DesktopNotifierLibrary,
        parent: QObject | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """``make`` makes the library's side; it runs on the thread, because loading it takes its time."""
        super().__init__(parent)
        self._make = make
        self._patience = patience
        self._library: Library | None = None
        self._channel = Channel(ChannelState.UNKNOWN)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._keys: dict[str, object] = {}
        self._count = 0
        self._events = Events(self)
        self._events.acted.connect(self._on_acted)
        self._events.closed.connect(self._on_closed)
        self._events.taken.connect(self._on_taken)
        self._events.learned.connect(self._on_learned)

    def open(self) -> None:
        """Start the thread, load the library on it, and ask whether we are let."""
        if self._thread is not None:
            return
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=_serve, args=(self._loop,), name="companion-notifier", daemon=True)
        self._thread.start()
        self._run(self._learn())

    def show(self, notice: Notice) -> bool:
        """Send a notice, in place of the one before it with the same key."""
        self.open()
        if self._channel.state not in (ChannelState.WORKS, ChannelState.UNKNOWN):
            return False
        before = self._name_of(notice.key)
        self._count += 1
        name = f"companion-{self._count}"
        self._keys[name] = notice.key
        if before is not None:
            self._keys.pop(before)
        self._run(self._send(name, notice, before))
        return True

    def withdraw(self, key: object) -> None:
        """Take a notice away."""
        name = self._name_of(key)
        if name is not None:
            self._keys.pop(name)
            self._run(self._clear(name))

    def refresh(self) -> None:
        """Ask again whether we are let."""
        self.open()
        self._run(self._learn())

    def channel(self) -> Channel:
        """Return what is known now."""
        return self._channel

    def close(self) -> None:
        """Take our notices away and end the thread."""
        if self._loop is None or self._thread is None:
            return
        for key in list(self._keys.values()):
            self.withdraw(key)
        self._run(self._end())
        self._thread.join(LONGEST_END)
        self._thread = self._loop = None

    def _name_of(self, key: object) -> str | None:
        return next((name for name, each in self._keys.items() if each == key), None)

    # On the thread

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        if self._loop is None:
            work.close()
            return
        asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _learn(self) -> None:
        self._events.learned.emit(await self._ask())

    async def _ask(self) -> Channel:
        try:
            library = self._library = self._library or self._make()
            if not (can := await self._in_time(library.can())):
                return Channel(ChannelState.NO_SERVER)
            buttons = "BUTTONS" in can
            # Not in a hurry: here the system may be asking the person.
            return Channel(ChannelState.WORKS if await library.allowed() else ChannelState.REFUSED, "", None, buttons)
        except TimeoutError:
            log.warning("the system does not say whether it shows notifications")
            return Channel(ChannelState.UNKNOWN)
        except Exception as error:  # noqa: BLE001 - whatever it meets, it does not work
            log.warning("no notifications: %s", type(error).__name__)
            return Channel(ChannelState.NO_SERVER)

    async def _send(self, name: str, notice: Notice, before: str | None) -> None:
        taken = late = False
        try:
            if self._library is not None:
                if before is not None:
                    await self._clear(before)
                taken = await self._in_time(self._library.send(name, notice, self._events))
        except TimeoutError:
            late = True
            log.warning("notification not taken in time")
        except Exception as error:  # noqa: BLE001 - as above
            log.warning("notification not shown: %s", type(error).__name__)
        self._events.taken.emit(name, taken)
        if late:  # the person is told in another way; what comes after all must not stand there with its buttons
            self._events.learned.emit(replace(self._channel, state=ChannelState.UNKNOWN))
            await self._clear(name)

    async def _clear(self, name: str) -> None:
        try:
            if self._library is not None:
                await self._in_time(self._library.clear(name))
        except Exception as error:  # noqa: BLE001 - as above
            log.warning("notification not withdrawn: %s", type(error).__name__)

    async def _in_time(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return what comes of ``work``. Raises ``TimeoutError``, even where it cannot be stopped."""
        task = asyncio.ensure_future(work)
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        if not done:
            task.cancel()
            raise TimeoutError
        return task.result()

    async def _end(self) -> None:
        """Stop the thread, when what was begun is done."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            _, left = await asyncio.wait(others, timeout=LAST_WORDS)
            for each in left:
                each.cancel()
            if left:
                await asyncio.wait(left, timeout=A_MOMENT)
        asyncio.get_running_loop().stop()

    # On the GUI thread

    @Slot(object)
    def _on_learned(self, channel: Channel) -> None:
        if channel != self._channel:
            self._channel = channel
            self.changed.emit()

    @Slot(str, bool)
    def _on_taken(self, name: str, taken: bool) -> None:
        key = self._keys.get(name)
        if key is None:
            return
        if taken:
            self.taken.emit(key)
        else:
            del self._keys[name]
            self.refused.emit(key)

    @Slot(str, str)
    def _on_acted(self, name: str, action: str) -> None:
        if name in self._keys:
            self.acted.emit(self._keys[name], action)

    @Slot(str)
    def _on_closed(self, name: str) -> None:
        if name in self._keys:
            self.closed.emit(self._keys[name])


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()
