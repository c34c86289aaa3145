"""What the window says of reminders: when, what, and whether they reach the person. No widgets here."""

from __future__ import annotations

from datetime import datetime

from companion.desktop.notifier import Channel, ChannelState
from companion.domain.reminders import Key, Kind
from companion.wording import say
from companion.wording.when import moment

__all__ = ["BAD", "capital", "channel_lines", "line", "moment", "what"]

BAD = (ChannelState.NO_BUS, ChannelState.NO_SERVER, ChannelState.REFUSED)
"""The states in which a reminder stands in the window alone."""


def capital(text: str) -> str:
    """Return a text with a large first letter, for a line of its own."""
    return text[:1].upper() + text[1:]


def what(key: Key) -> str:
    """Return what a reminder is about, inside a sentence."""
    if key.kind is Kind.APPLICATION and key.part is not None:
        return say(f"reminding.what.application.{key.part.value}")
    return say(f"reminding.what.{key.kind.value}")


def line(key: Key, at: datetime, zone: str, now: datetime) -> str:
    """Return one reminder in one line: when, and about what."""
    return say("reminding.panel.next_text", when=capital(moment(at, zone, now)), what=what(key))


def channel_lines(channel: Channel) -> tuple[str, ...]:
    """Return whether notifications can be shown, and what to do where they can not."""
    if channel.state in BAD:
        key = f"reminding.health.{channel.state.value}"
        return say(key), say(f"{key}_do")
    if channel.state is ChannelState.UNKNOWN:
        return (say("reminding.health.unknown"),)
    server = channel.server
    said = [say("reminding.health.works_server", server=server) if server else say("reminding.health.works")]
    if not channel.buttons:
        said.append(say("reminding.health.no_buttons"))
    if channel.do_not_disturb:
        said += [say("reminding.health.disturb"), say("reminding.health.disturb_do")]
    elif channel.do_not_disturb is None:
        said.append(say("reminding.health.disturb_unknown"))
    return tuple(said)
