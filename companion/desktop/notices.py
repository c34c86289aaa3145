"""What a notification says: discreet unless the person chose otherwise, and never the name of a drug or a disease."""

from __future__ import annotations

from datetime import datetime, timedelta

from companion.desktop.notifier import Notice
from companion.domain.moments import Slot, local
from companion.domain.reminders import Announcement, Key, Kind, Nudge, Outlook, ReminderSettings
from companion.domain.values import value
from companion.wording import dates, say

APPLIED, LATER, SKIP, SEEN = "applied", "later", "skip", "seen"
TEST, LOCKED = "test", "locked"
"""The keys of the two notices that are about no reminder."""
OTHER_SPANS = (timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))
ROOM = 3
"""Buttons that every desktop has room for."""
ON_TIME = timedelta(minutes=1)


@value
class AskedLater:
    """The key of the notice that follows on "Later": it names the moment and offers others."""

    about: Key


def of_reminder(what: Announcement, outlook: Outlook, settings: ReminderSettings, *, urgent: bool) -> Notice:
    """Return the notice of a reminder. Discreet, it says that it is time, and nothing else."""
    actions = buttons(what.key, settings)
    sound, label = settings.sound, say("reminders.action.open")
    if settings.discreet:
        kind = "application" if what.key.kind is Kind.APPLICATION else "other"
        return Notice(what.key, say(f"reminders.discreet.{kind}"), "", actions, urgent, sound, label)
    return Notice(what.key, _title(what.key), _body(what, outlook), actions, urgent, sound, label)


def of_later(key: Key, until: datetime, zone: str, settings: ReminderSettings) -> Notice:
    """Return the notice that names the moment a reminder comes again, with other moments to choose."""
    others = [span for span in OTHER_SPANS if span != settings.later][:ROOM]
    actions = tuple((later_action(span), later_label(span)) for span in others)
    title = say("resident.again", time=dates.clock_time(local(until, zone)))
    return Notice(AskedLater(key), title, "", actions, open_label=say("reminders.action.open"))


def of_test() -> Notice:
    """Return the notice with which the person sees that notices come, and the program that buttons do."""
    seen = ((SEEN, say("resident.test.seen")),)
    return Notice(TEST, say("resident.test.title"), say("resident.test.text"), seen, True)


def of_locked() -> Notice:
    """Return the notice that says once, after a start nobody watched, that the record has to be opened."""
    title, text = say("resident.locked.title"), say("resident.locked.text")
    return Notice(LOCKED, title, text, open_label=say("reminders.action.open"))


def later_action(span: timedelta) -> str:
    """Return the id of the button that asks for ``span`` more."""
    return f"{LATER}:{round(span.total_seconds() / 60)}"


def later_span(action: str) -> timedelta | None:
    """Return the span that the id of a button asks for, or ``None`` when it is no such id."""
    name, _, minutes = action.partition(":")
    return timedelta(minutes=int(minutes)) if name == LATER and minutes.isdecimal() else None


def later_label(span: timedelta) -> str:
    """Return ``In 30 minutes``, ``In 2 hours``."""
    minutes = round(span.total_seconds() / 60)
    if minutes % 60:
        return say("reminders.later.minutes", count=minutes)
    return say("reminders.later.hours", count=minutes // 60)


def applied_label(settings: ReminderSettings) -> str:
    """Return the words of the button that records an application."""
    return say("reminders.action.done") if settings.discreet else say("reminders.action.applied")


def buttons(key: Key, settings: ReminderSettings) -> tuple[tuple[str, str], ...]:
    """Return what a reminder offers, as ids and labels. What is no application can only be put off."""
    later = (LATER, say("reminders.action.later"))
    if key.slot is None:
        return (later,)
    return ((APPLIED, applied_label(settings)), later, (SKIP, say("reminders.action.skip")))


def _title(key: Key) -> str:
    if key.kind is Kind.APPLICATION and key.part is not None:
        return say(f"reminders.full.application.{key.part.value}")
    return say("reminders.full.photo_day" if key.kind is Kind.PHOTO_DAY else "reminders.full.tube_order")


def _body(what: Announcement, outlook: Outlook) -> str:
    if what.key.kind is not Kind.APPLICATION:
        return say("reminders.body.photo_day" if what.key.kind is Kind.PHOTO_DAY else "reminders.body.tube_order")
    sentences = [_why(what, outlook)]
    if what.advice is not None:
        sentences.append(say(f"reminders.body.advice.{what.advice.value}"))
    if what.earlier:
        sentences.append(say("reminders.body.earlier", count=len(what.earlier)))
    return " ".join(sentences)


def _why(what: Announcement, outlook: Outlook) -> str:
    current = outlook.current
    due = current.due if current is not None and current.slot == what.key.slot else what.at
    time = dates.clock_time(local(due, outlook.zone))
    if what.nudge is Nudge.CATCH_UP:
        return say("reminders.body.late", time=time)
    if what.nudge is Nudge.FOLLOW_UP:
        return say("reminders.body.follow_up", time=time)
    if what.nudge is Nudge.SNOOZED:
        return say("reminders.body.snoozed")
    if what.at - due > ON_TIME:
        return say("reminders.body.after_eight_hours")
    return say("reminders.body.time", time=time)


def slot_of(key: object) -> Slot | None:
    """Return the slot that the key of a notice is about, if it is about one."""
    if isinstance(key, AskedLater):
        return key.about.slot
    return key.slot if isinstance(key, Key) else None
