"""A desktop that is played: a notifier and a face that remember, and a plan that says what it is told to say."""

from __future__ import annotations

from companion.desktop.notifier import Channel, ChannelState, Notifier


class PlayedNotifier(Notifier):
    """Takes every notice at once, unless told otherwise."""

    def __init__(self, state: ChannelState = ChannelState.WORKS, do_not_disturb: bool | None = False) -> None:
        super().__init__()
        self.now = Channel(state, "played", do_not_disturb, True)
        self.answers = True
        self.up: dict[object, object] = {}
        self.sent: list[object] = []
        self.ended = False

    def show(self, notice) -> bool:
        if self.now.state is not ChannelState.WORKS:
            return False
        self.sent.append(notice)
        self.up[notice.key] = notice
        if self.answers:
            self.taken.emit(notice.key)
        return True

    def withdraw(self, key) -> None:
        self.up.pop(key, None)

    def channel(self) -> Channel:
        return self.now

    def close(self) -> None:
        self.ended = True
        self.up.clear()


class PlayedFace:
    """Remembers what the tray icon and the window were asked for."""

    def __init__(self) -> None:
        self.has_icon = True
        self.has_window = True
        self.balloons: list[object] = []
        self.in_it: list[tuple[object, bool]] = []
        self.opened: list[tuple[object, bool]] = []
        self.changes: list[object] = []
        self.problems: list[str] = []
        self.engine = None

    def balloon(self, notice) -> bool:
        if self.has_icon:
            self.balloons.append(notice)
        return self.has_icon

    def in_window(self, notice, *, last) -> bool:
        if self.has_window:
            self.in_it.append((notice.key, last))
        return self.has_window

    def unsay(self, key) -> None:
        self.in_it = [each for each in self.in_it if each[0] != key]

    def open(self, slot, *, ask=False) -> None:
        self.opened.append((slot, ask))

    def announce(self, changes) -> None:
        self.changes.append(changes)
        if self.engine is not None:
            self.engine.look()

    def problem(self, error) -> None:
        self.problems.append(error.key)
