"""What a notification says: discreet unless the person chose otherwise, and never the name of a drug or a disease."""

from __future__ import annotations

from datetime import datetime, timedelta

from companion.desktop.notifier import Notice
from companion.domain.dosing import MissedAdvice
from companion.domain.moments import Slot, local, local_day
from companion.domain.reminders import Announcement, Key, Kind, Nudge, Outlook, ReminderSettings
from companion.domain.values import value
from companion.wording import dates, say
from companion.wording.when import moment

APPLIED, LATER, SKIP, SEEN, SHOW = "applied", "later", "skip", "seen", "show"
TEST, LOCKED = "test", "locked"
"""The keys of the two notices that are about no reminder."""
OTHER_SPANS = (timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))
LONGEST_LATER = 24 * 60
"""Minutes: more than that is no button of ours."""
NEUTRAL = frozenset({MissedAdvice.SKIP_IT, MissedAdvice.ASK})
"""Where the leaflet does not say to apply it now, a notice must not say that it is time."""
ROOM = 3
"""Buttons that every desktop has room for."""
ON_TIME = timedelta(minutes=1)


@value
class AskedLater:
    """The key of the notice that follows on "Later": it names the moment and offers others."""

    about: Key


def of_reminder(
    what: Announcement, outlook: Outlook, settings: ReminderSettings, *, urgent: bool, away: bool = False
) -> Notice:
    """Return the notice of a reminder. Discreet, it says that it is time, and nothing else.

    ``away``: when it was due, nobody could have shown it.
    """
    actions = buttons(what.key, settings, what.advice)
    sound, label = settings.sound, say("reminders.action.open")
    late = what.key.slot is not None and what.advice in NEUTRAL
    if settings.discreet:
        kind = ("note" if late else "application") if what.key.kind is Kind.APPLICATION else "other"
        return Notice(what.key, say(f"reminders.discreet.{kind}"), "", actions, urgent, sound, label)
    return Notice(what.key, _title(what.key, late), _body(what, outlook, away), actions, urgent, sound, label)


def of_later(key: Key, again: datetime | None, outlook: Outlook, settings: ReminderSettings) -> Notice:
    """Return the notice that names the moment a reminder comes again, with other moments to choose.

    Where it does not come ``again``, another one comes first: then that one's.
    """
    others = [span for span in OTHER_SPANS if span != settings.later][:ROOM]
    actions = tuple((later_action(span), later_label(span)) for span in others)
    return Notice(AskedLater(key), _again(key, again, outlook), "", actions, open_label=say("reminders.action.open"))


def _again(key: Key, again: datetime | None, outlook: Outlook) -> str:
    now, zone = outlook.now, outlook.zone
    if again is not None:
        if local_day(again, zone) == local_day(now, zone):
            return say("resident.again", time=dates.clock_time(local(again, zone)))
        return say("resident.again_on", when=moment(again, zone, now))
    instead = next_instead(key, outlook)
    return say("resident.no_more") if instead is None else say("resident.instead", when=moment(instead, zone, now))


def next_instead(key: Key, outlook: Outlook) -> datetime | None:
    """Return when the application after the one with this key is announced, if it is known."""
    others = (each.at for each in outlook.ahead if each.key.kind is Kind.APPLICATION and each.key != key)
    return next(others, None)


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
    """Return the span that the id of a button asks for, a minute to a day, or ``None`` when it is no such id."""
    name, _, minutes = action.partition(":")
    if name != LATER or not (minutes.isdecimal() and len(minutes) <= len(str(LONGEST_LATER))):
        return None
    return timedelta(minutes=int(minutes)) if 1 <= int(minutes) <= LONGEST_LATER else None


def later_label(span: timedelta) -> str:
    """Return ``In 30 minutes``, ``In 2 hours``."""
    minutes = round(span.total_seconds() / 60)
    if minutes % 60:
        return say("reminders.later.minutes", count=minutes)
    return say("reminders.later.hours", count=minutes // 60)


def applied_label(settings: ReminderSettings) -> str:
    """Return the words of the button that records an application."""
    return say("reminders.action.done") if settings.discreet else say("reminders.action.applied")


def buttons(key: Key, settings: ReminderSettings, advice: MissedAdvice | None = None) -> tuple[tuple[str, str], ...]:
    """Return what a reminder offers, as ids and labels. What is no application can only be put off.

    One that the leaflet says to leave out cannot be recorded as applied in passing: Today asks when it was.
    """
    later, skip = (LATER, say("reminders.action.later")), (SKIP, say("reminders.action.skip"))
    if key.slot is None:
        return (later,)
    if advice is MissedAdvice.SKIP_IT:
        return (skip, (SHOW, say("reminders.action.open")))
    return ((APPLIED, applied_label(settings)), later, skip)


def _title(key: Key, late: bool) -> str:
    if key.kind is Kind.APPLICATION and key.part is not None:
        return say(f"reminders.full.{'late' if late else 'application'}.{key.part.value}")
    return say("reminders.full.photo_day" if key.kind is Kind.PHOTO_DAY else "reminders.full.tube_order")


def _body(what: Announcement, outlook: Outlook, away: bool) -> str:
    if what.key.kind is not Kind.APPLICATION:
        return say("reminders.body.photo_day" if what.key.kind is Kind.PHOTO_DAY else "reminders.body.tube_order")
    sentences = [_why(what, outlook, away)]
    if what.advice is not None:
        sentences.append(say(f"reminders.body.advice.{what.advice.value}"))
    if what.earlier:
        sentences.append(say("reminders.body.earlier", count=len(what.earlier)))
    return " ".join(sentences)


def due_of(what: Announcement, outlook: Outlook) -> datetime:
    """Return when the slot of a reminder was due; for what is no slot, when it was meant to come."""
    current = outlook.current
    return current.due if current is not None and current.slot == what.key.slot else what.at


def _why(what: Announcement, outlook: Outlook, away: bool) -> str:
    due = due_of(what, outlook)
    time = dates.clock_time(local(due, outlook.zone))
    if what.nudge is Nudge.CATCH_UP:
        return say("reminders.body.late_away" if away else "reminders.body.late", time=time)
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
