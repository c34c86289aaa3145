"""Notifications of Windows and macOS, against a library that is played."""

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
