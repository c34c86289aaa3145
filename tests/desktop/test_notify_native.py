"""Notifications of Windows and macOS, against a library that is played."""

import asyncio
import gc
import threading

import pytest

from companion.desktop.notifier import OPEN, ChannelState, Notice, Notifier
from companion.desktop.notifiers import make_notifier
from companion.desktop.notify_native import NativeNotifier

NOTICE = Notice("slot", "It's time", "", (("applied", "I applied it"),))


class PlayedLibrary:
    def __init__(self, can=("BUTTONS",), allowed=True, takes=True):
        self.abilities, self.lets, self.takes = frozenset(can), allowed, takes
        self.shown, self.cleared, self.events = {}, [], None

    async def allowed(self):
        return self.lets

    async def can(self):
        return self.abilities

    async def send(self, name, notice, events):
        self.events = events
        self.shown[name] = notice
        return self.takes

    async def clear(self, name):
        self.shown.pop(name, None)
        self.cleared.append(name)


def opened(qtbot, library):
    notifier = NativeNotifier(lambda: library)
    with qtbot.waitSignal(notifier.changed, timeout=5000):
        notifier.open()
    return notifier


def test_a_notice_is_shown_and_its_button_comes_back(qtbot):
    library = PlayedLibrary()
    notifier = opened(qtbot, library)
    assert notifier.channel().state is ChannelState.WORKS
    assert notifier.channel().buttons
    with qtbot.waitSignal(notifier.taken, timeout=5000) as seen:
        assert notifier.show(NOTICE)
    assert seen.args == ["slot"]
    (name,) = library.shown
    for action in ("applied", OPEN):
        with qtbot.waitSignal(notifier.acted, timeout=5000) as seen:
            library.events.acted.emit(name, action)
        assert seen.args == ["slot", action]
    with qtbot.waitSignal(notifier.closed, timeout=5000):
        library.events.closed.emit(name)
    notifier.close()
    assert library.shown == {}


def test_a_second_notice_with_the_key_takes_the_place_of_the_first(qtbot):
    library = PlayedLibrary()
    notifier = opened(qtbot, library)
    for _ in range(3):
        with qtbot.waitSignal(notifier.taken, timeout=5000):
            notifier.show(NOTICE)
    assert len(library.shown) == 1
    notifier.withdraw("slot")
    notifier.withdraw("slot")
    notifier.close()
    assert library.shown == {}
    assert len(library.cleared) == 3


@pytest.mark.parametrize(
    ("library", "state"),
    [(PlayedLibrary(can=()), ChannelState.NO_SERVER), (PlayedLibrary(allowed=False), ChannelState.REFUSED)],
)
def test_what_stands_in_the_way_is_known(qtbot, library, state):
    notifier = opened(qtbot, library)
    assert notifier.channel().state is state
    assert not notifier.show(NOTICE)
    notifier.close()


def test_one_that_is_not_taken_is_refused(qtbot):
    notifier = opened(qtbot, PlayedLibrary(takes=False))
    with qtbot.waitSignal(notifier.refused, timeout=5000) as seen:
        notifier.show(NOTICE)
    assert seen.args == ["slot"]
    notifier.close()


def test_a_library_that_fails_is_no_error_of_the_program(qtbot, logged):
    def broken():
        raise RuntimeError

    notifier = NativeNotifier(broken)
    with qtbot.waitSignal(notifier.changed, timeout=5000):
        notifier.open()
    assert notifier.channel().state is ChannelState.NO_SERVER
    notifier.close()
    assert logged.messages() == ["no notifications: RuntimeError"]


def test_each_system_gets_its_notifier_and_nothing_is_opened_by_it(qapp):
    made = {platform: type(make_notifier(platform=platform)).__name__ for platform in ("linux", "win32", "darwin")}
    assert made == {"linux": "LinuxNotifier", "win32": "NativeNotifier", "darwin": "NativeNotifier"}
    assert Notifier().channel().state is ChannelState.NO_SERVER
    assert not Notifier().show(NOTICE)


class SlowLibrary(PlayedLibrary):
    """One whose calls in ``slow`` never return."""

    def __init__(self, *slow):
        super().__init__()
        self.slow = slow

    async def can(self):
        return await self._slowly("can") or await super().can()

    async def send(self, name, notice, events):
        return await self._slowly("send") or await super().send(name, notice, events)

    async def clear(self, name):
        self.cleared.append(name)
        await self._slowly("clear")

    async def _slowly(self, name):
        if name in self.slow:
            await asyncio.Event().wait()


def test_a_system_that_never_takes_a_notice_refuses_it(qtbot, logged):
    library = SlowLibrary("send", "clear")
    notifier = NativeNotifier(lambda: library, patience=0.05)
    with qtbot.waitSignal(notifier.changed, timeout=5000):
        notifier.open()
    with qtbot.waitSignals([notifier.refused, notifier.changed], timeout=5000):
        assert notifier.show(NOTICE)
    assert notifier.channel().state is ChannelState.UNKNOWN
    assert notifier.show(NOTICE), "it may work the next time"
    with qtbot.waitSignal(notifier.refused, timeout=5000):
        pass
    notifier.close()
    assert "notification not taken in time" in logged.messages()
    assert set(library.cleared) == {"companion-1", "companion-2"}, "what comes after all is taken away"


def test_one_that_cannot_take_away_what_was_there_does_not_keep_the_next_back(qtbot, logged):
    library = SlowLibrary("clear")
    notifier = NativeNotifier(lambda: library, patience=0.05)
    with qtbot.waitSignal(notifier.changed, timeout=5000):
        notifier.open()
    with qtbot.waitSignal(notifier.taken, timeout=5000):
        notifier.show(NOTICE)
    with qtbot.waitSignal(notifier.taken, timeout=5000):
        notifier.show(NOTICE)
    notifier.close()


def test_a_system_that_does_not_say_what_it_can_is_unknown(qtbot, logged):
    notifier = NativeNotifier(lambda: SlowLibrary("can"), patience=0.05)
    told = []
    notifier._events.learned.connect(told.append)
    with qtbot.waitSignal(notifier._events.learned, timeout=5000):
        notifier.open()
    assert [each.state for each in told] == [ChannelState.UNKNOWN]
    notifier.close()
    assert logged.messages() == ["the system does not say whether it shows notifications"]


def test_what_is_still_under_way_at_the_end_is_given_up(qtbot, monkeypatch):
    monkeypatch.setattr("companion.desktop.notify_native.LAST_WORDS", 0.05)
    notifier = opened(qtbot, SlowLibrary("send"))
    notifier.show(NOTICE)
    thread = notifier._thread
    notifier.close()
    assert not thread.is_alive()
    gc.collect()  # a task that was left would say so now


def test_a_call_that_blocks_the_thread_does_not_keep_the_program(qtbot, monkeypatch):
    free = threading.Event()

    class Blocked(PlayedLibrary):
        async def send(self, name, notice, events):
            return free.wait(30)

    monkeypatch.setattr("companion.desktop.notify_native.LONGEST_END", 0.05)
    notifier = opened(qtbot, Blocked())
    notifier.show(NOTICE)
    thread = notifier._thread
    notifier.close()
    assert thread.is_alive()
    free.set()
    thread.join(5)
    assert not thread.is_alive()
