"""What reminders have to say on Today, above the slots: a late one, another time zone, a pause, bad health.

It is built after the first paint, and takes no room while there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.errors import CompanionError
from companion.domain.moments import Slot, local_day
from companion.domain.reminders import Announcement, Key, Kind, Nudge, Outlook, Silence
from companion.domain.today import SlotCard, TodayView
from companion.schedule.clock import zone_is_guessed
from companion.services.changes import Done, Undo
from companion.ui import theme
from companion.ui.context import Context
from companion.ui.pages.today.reminder_notes import HealthNote, PausedNote, Said
from companion.ui.pages.today.turn import main_slot
from companion.ui.reminder_words import BAD, channel_lines, moment
from companion.ui.standing import Login
from companion.wording import dates, say
from companion.wording.zones import city

if TYPE_CHECKING:
    from companion.ui.pages.today.actions import SlotActions
    from companion.ui.pages.today.late_card import LateCard
    from companion.ui.pages.today.zone_card import ZoneCard


class ReminderCards(QWidget):
    """Shows what the reminders have to say. ``late_changed`` is sent when :meth:`told_of` says something else."""

    late_changed = Signal()

    def __init__(self, context: Context, deeds: SlotActions, page: QWidget) -> None:
        super().__init__()
        self._context, self._deeds, self._page = context, deeds, page
        self._reminding = context.reminding if context.resident is not None and not context.example else None
        """``None`` where nothing reminds: an example, the tour."""
        self._view: TodayView | None = None
        self._caught: Announcement | None = None
        self._unknown: tuple[Slot, ...] = ()
        self._travelled: Slot | None = None
        """The slot that is late because the clock moved to another zone, and not because nobody was there."""
        self.zone: ZoneCard | None = None
        self.late: LateCard | None = None
        self.health: HealthNote | None = None
        self.paused: PausedNote | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self.hide()
        if context.resident is not None:
            context.resident.changed.connect(self._on_resident)

    def parts(self) -> tuple[QWidget, ...]:
        """Return the cards shown, in the order in which Tab goes through them."""
        shown = (self.zone, self.late, self.paused, self.health)
        return tuple(each for each in shown if each is not None and not each.isHidden())

    def late_slot(self) -> Slot | None:
        """Return the slot that stands on the late card."""
        return self.late.slot if self.late is not None and not self.late.isHidden() else None

    def told_of(self) -> tuple[Slot, ...]:
        """Return the slots that the late card speaks of: its own, and those before it that are not recorded."""
        late = self.late_slot()
        return () if late is None else (late, *self._unknown)

    def focus_late(self) -> bool:
        """Put the keyboard on the late card; ``False`` while there is none."""
        if self.late is None or self.late.isHidden():
            return False
        self.late.focus_first()
        return True

    # Showing

    def show_view(self, view: TodayView) -> None:
        """Ask how the reminders stand, and show it."""
        self._view = view
        outlook = self._reminding.outlook() if self._reminding is not None else None
        before = self.told_of()
        self._show_zone(view)
        self._show_late(outlook, view)
        self._show_paused(view)
        self._show_health(outlook, view)
        self.setVisible(bool(self.parts()))
        if self.told_of() != before:
            self.late_changed.emit()

    def _show_zone(self, view: TodayView) -> None:
        from companion.ui.pages.today.zone_card import ZoneCard

        reminding = self._reminding
        question = reminding.zone_question() if reminding is not None else None
        if self.zone is not None and self.zone.question == question:
            return
        self._put_away(self.zone)
        self.zone = None
        if question is not None and reminding is not None:
            self.zone = ZoneCard(question, view, reminding.settings().home is None)
            self.zone.answered.connect(self._on_zone)
            self._place(self.zone)

    def _show_late(self, outlook: Outlook | None, view: TodayView) -> None:
        """Keep the card from when the reminder came late until something is noted, or the next slot is due."""
        self._caught = found = self._found(outlook) if outlook is not None else None
        card = _card_of(view, found.key.slot) if found is not None else None
        if outlook is None or outlook.current is None or found is None or card is None:
            if self.late is not None:
                self.late.leave_question()
                self.late.hide()
            return
        if self.late is None:
            self.late = self._make_late()
        self._unknown = tuple(each for each in found.earlier if each in outlook.unknown)
        if self.zone is not None:
            self._travelled = card.slot
        advised = replace(card, advice=outlook.current.advice or card.advice or found.advice)
        self.late.show_late(advised, view, main_slot(view) == card.slot, self._unknown)
        self.late.say_why(card.slot != self._travelled and self._was_away(card))
        self.late.show()

    def _found(self, outlook: Outlook) -> Announcement | None:
        """Return the reminder of the open slot that came late: the one shown already, of this moment, or session."""
        resident = self._context.resident
        now = outlook.announce
        seen = (
            self._caught,
            now if now is not None and now.nudge is Nudge.CATCH_UP else None,
            resident.catch_up() if resident is not None else None,
        )
        if outlook.current is None:
            return None
        slot = outlook.current.slot
        return next((each for each in seen if each is not None and each.key.slot == slot), None)

    def _was_away(self, card: SlotCard) -> bool:
        """Return whether nobody could have shown the reminder when it was due."""
        resident = self._context.resident
        return resident is not None and card.due is not None and resident.away_at(card.due)

    def _make_late(self) -> LateCard:
        from companion.ui.pages.today.late_card import LateCard

        made = LateCard()
        self._deeds.tie(made)
        made.later_wanted.connect(self._on_later)
        made.earlier_wanted.connect(self._on_earlier)
        self._place(made)
        return made

    def _show_paused(self, view: TodayView) -> None:
        pause = view.pause
        if self.paused is not None and self.paused.pause != pause:
            self._put_away(self.paused)
            self.paused = None
        if pause is not None and self.paused is None:
            self.paused = PausedNote(pause)
            self.paused.acted.connect(self._on_go_on)
            self._place(self.paused)

    def _show_health(self, outlook: Outlook | None, view: TodayView) -> None:
        said = self._illness(outlook, view)
        if self.health is not None and (said is None or self.health.said != said):
            self._put_away(self.health)
            self.health = None
        if said is not None and self.health is None:
            self.health = HealthNote(said)
            self.health.again.connect(self._on_again)
            self.health.mended.connect(self._on_mend)
            self.health.more.connect(self._on_settings)
            self._place(self.health)

    def _illness(self, outlook: Outlook | None, view: TodayView) -> Said | None:
        """Return what keeps reminders from reaching the person, the worst first; ``None`` when nothing is known to."""
        if outlook is None or outlook.silence in (Silence.OFF, Silence.ENDED, Silence.NOT_SET_UP):
            return None
        if outlook.silence is Silence.CLOCK:
            day = dates.long_day(local_day(view.now, view.zone))
            return Said("clock", (say("reminding.health.clock", day=day), say("reminding.health.clock_do")))
        if view.zone == NO_ZONE and zone_is_guessed():
            return Said("zone", (say("reminding.health.zone"), say("reminding.health.zone_do")))
        resident = self._context.resident
        if resident is None:
            return None
        standing = resident.health()
        if standing.channel.state in BAD:
            return Said("channel", channel_lines(standing.channel))
        if standing.channel.do_not_disturb:
            return Said("disturb", (say("reminding.health.disturb_do"),))
        if standing.login is Login.STALE:
            return Said("stale", (say("reminding.health.stale"),))
        return None

    def _place(self, part: QWidget) -> None:
        """Put a card in: the question first, then the late one, the pause and the warning."""
        rank = RANKS[type(part).__name__]
        above = [
            item
            for each in range(self._column.count())
            if (item := self._column.itemAt(each)) is not None and _rank(item.widget()) < rank
        ]
        self._column.insertWidget(len(above), part)
        part.show()

    def _put_away(self, part: QWidget | None) -> None:
        if part is not None:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()

    # What the person answers

    def _on_zone(self, move: bool) -> None:
        reminding = self._reminding
        if self.zone is None or reminding is None:
            return
        question = self.zone.question
        try:
            done = reminding.move() if move else reminding.stay(question.home)
        except CompanionError as error:
            self._context.host.say_problem(error)
            return
        here, home = city(question.here), city(question.home)
        self._after(done, say(f"reminding.zone.{'moved' if move else 'stayed'}", here=here, home=home), reminding.undo)

    def _on_later(self, slot: Slot, span: timedelta) -> None:
        reminding = self._reminding
        if reminding is None or self.late is None:
            return
        key = Key(Kind.APPLICATION, slot.day, slot.part)
        try:
            done = reminding.later(key, span)
            text = self._comes_again(done, reminding.outlook(), key)
        except CompanionError as error:
            self._context.host.say_problem(error)
            return
        self.late.say_when(text)
        self._after(done, text, reminding.undo)

    def _comes_again(self, done: Done, outlook: Outlook, key: Key) -> str:
        """Return when a reminder that was put off comes, or which one takes its place."""
        now, zone = outlook.now, outlook.zone
        if done.again is not None:
            return say("reminding.late.snoozed", when=moment(done.again, zone, now))
        from companion.desktop.notices import next_instead

        instead = next_instead(key, outlook)
        if instead is None:
            return say("reminding.late.no_more")
        return say("reminding.late.instead", when=moment(instead, zone, now))

    def _on_earlier(self) -> None:
        if len(self._unknown) == 1:
            self._deeds.edit_slot(self._unknown[0])
        elif self._unknown:
            from companion.ui.pages.today.earlier_sheet import EarlierSheet

            sheet = EarlierSheet(self._page, self._unknown)
            sheet.chosen.connect(self._deeds.edit_slot)
            sheet.open()

    def _on_go_on(self) -> None:
        if self.paused is None:
            return
        try:
            done = self._context.care.end_pause(self.paused.pause.id)
        except CompanionError as error:
            self._context.host.say_problem(error)
            return
        self._after(done, say("reminding.paused.ended"), self._context.care.undo)

    def _after(self, done: Done, text: str, take_back: Callable[[Undo], object]) -> None:
        if done.undo is not None:
            self._context.host.offer_undo(text, done.undo, take_back)
        self._context.bus.announce(done.changes)

    # Health

    def _on_resident(self) -> None:
        if self._view is None:
            return
        try:
            self.show_view(self._view)
        except CompanionError as error:
            self._context.host.say_problem(error)

    def _on_again(self) -> None:
        if self._context.resident is not None:
            self._context.resident.refresh()

    def _on_mend(self) -> None:
        resident = self._context.resident
        if resident is None:
            return
        try:
            resident.start_at_login(True)
        except CompanionError as error:
            self._context.host.say_problem(error)

    def _on_settings(self) -> None:
        self._context.host.go("settings", "reaching")


NO_ZONE = "UTC"
"""Also what a clock says that knows no zone."""
RANKS = {"ZoneCard": 0, "LateCard": 1, "PausedNote": 2, "HealthNote": 3}


def _rank(part: QWidget | None) -> int:
    return RANKS.get(type(part).__name__, len(RANKS))


def _card_of(view: TodayView, slot: Slot | None) -> SlotCard | None:
    return next((card for card in (*view.cards, view.carried) if card is not None and card.slot == slot), None)
