"""The sheets of what is told in two or three words: light, another treatment, sun, how noticeable, a visit."""

from __future__ import annotations

from datetime import date, timedelta

from companion.domain.care import (
    LEVELS,
    CareKind,
    Device,
    Fact,
    Form,
    LightSession,
    Noticing,
    OnSkin,
    OtherTreatment,
    SkinDay,
    Visit,
)
from companion.ui import labels, theme
from companion.ui.pages import symptom_words
from companion.ui.pages.journal.care_sheet import CareSheet
from companion.ui.pages.journal.numbers_typed import amount
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Field, NoteField, TextField
from companion.ui.widgets.places import PlaceChips
from companion.ui.widgets.switches import SegmentedControl
from companion.wording import numbers, say

AHEAD = timedelta(days=365 * 10)


class LightSheet(CareSheet):
    """A light session: with what, how long if that is known. Never a dose."""

    kind = CareKind.LIGHT

    def build(self) -> None:
        """Ask with what, when, how long, where."""
        what = self.entry.what if self.entry is not None else None
        choices = [(each.value, say(f"care.device.{each.value}")) for each in Device]
        self.device = ChipGroup(choices, say("journal.light.device"))
        self._device_field = self.put("device", say("journal.light.device"), self.device)
        self.minutes = TextField(say("journal.light.minutes"))
        self.minutes.setMaximumWidth(theme.px(120))
        if isinstance(what, LightSession):
            self.device.choose((what.device.value,))
            self.minutes.setText(numbers.decimal(what.minutes, 2) if what.minutes is not None else "")
        self.add(self.day_field)
        hint = say("journal.light.minutes_hint")
        self._minutes_field = self.put(
            "minutes", say("journal.light.minutes"), self.minutes, hint, errors=("light_minutes",)
        )
        self.ask_where()
        self.add(labels.small(say("journal.light.no_dose"), "soft"))

    def fact(self) -> Fact:
        """Return the session."""
        chosen = self.device.chosen()
        if not chosen:
            raise self.wrong(self._device_field, say("journal.sheet.choose"))
        text = self.minutes.text().strip()
        minutes = amount(text)
        if text and minutes is None:
            raise self.wrong(self._minutes_field, say("journal.light.minutes_unclear"))
        return LightSession(Device(chosen[0]), minutes)


class TreatmentSheet(CareSheet):
    """Another treatment, from a day on, until another day or still."""

    kind = CareKind.TREATMENT

    def build(self) -> None:
        """Ask what, of which form, since when, until when, where."""
        what = self.entry.what if self.entry is not None else None
        self.named = TextField(say("journal.treatment.name"), hint=say("journal.treatment.name_hint"))
        self._name_field = self.put(
            "name",
            say("journal.treatment.name"),
            self.named,
            errors=("treatment_name_empty", "name_too_long"),
        )
        choices = [(each.value, say(f"care.form.{each.value}")) for each in Form]
        self.form = ChipGroup(choices, say("journal.treatment.form"))
        self._form_field = self.put("form", say("journal.treatment.form"), self.form)
        if isinstance(what, OtherTreatment):
            self.named.setText(what.name)
            self.form.choose((what.form.value,))
        self.add(self.day_field)
        ended = self.entry.ended_on if self.entry is not None else None
        self.state = SegmentedControl(
            [("still", say("journal.treatment.still")), ("over", say("journal.treatment.over"))],
            say("journal.treatment.state"),
        )
        self.state.choose("still" if ended is None else "over")
        self.state.changed.connect(self._on_state)
        self.put("state", say("journal.treatment.state"), self.state)
        name = say("journal.treatment.ended")
        self.ended = DayField(name, self.today, ended or self.today, latest=self.today + AHEAD)
        self._ended_field = self.put("ended", name, self.ended, errors=("end_before_start", "day_too_late"))
        self._ended_field.setVisible(ended is not None)
        self.ask_where()

    def _on_state(self, state: str) -> None:
        self._ended_field.setVisible(state == "over")
        self.restyle()

    def fact(self) -> Fact:
        """Return the treatment."""
        if not self.named.text().strip():
            raise self.wrong(self._name_field, say("errors.treatment_name_empty"))
        chosen = self.form.chosen()
        return OtherTreatment(self.named.text().strip(), Form(chosen[0]) if chosen else Form.OTHER)

    def ended_on(self) -> date | None:
        """Return the last day, where it is over."""
        if self.state.chosen() != "over":
            return None
        day = self.ended.value()
        if day is None:
            raise self.wrong(self._ended_field, self.ended.problem())
        return day


class SkinDaySheet(CareSheet):
    """Sun, a tan or make-up: what to know beside a photo of that day."""

    kind = CareKind.SKIN_DAY

    def build(self) -> None:
        """Ask what, when and where."""
        what = self.entry.what if self.entry is not None else None
        choices = [(each.value, say(f"care.on_skin.{each.value}")) for each in OnSkin]
        self.what = ChipGroup(choices, say("journal.skin_day.what"))
        if isinstance(what, SkinDay):
            self.what.choose((what.what.value,))
        self._what_field = self.put("what", say("journal.skin_day.what"), self.what, say("journal.skin_day.why"))
        self.add(self.day_field)
        self.ask_where()

    def fact(self) -> Fact:
        """Return what was on the skin."""
        chosen = self.what.chosen()
        if not chosen:
            raise self.wrong(self._what_field, say("journal.sheet.choose"))
        return SkinDay(OnSkin(chosen[0]))


class NoticingSheet(CareSheet):
    """How noticeable it is to the person, on the whole or at one place."""

    kind = CareKind.NOTICING

    def build(self) -> None:
        """Ask how much, where and when."""
        what = self.entry.what if self.entry is not None else None
        choices = [(str(level), say(f"care.level.{level}")) for level in LEVELS]
        self.level = ChipGroup(choices, say("journal.noticing.how"))
        if isinstance(what, Noticing):
            self.level.choose((str(what.level),))
        self._level_field = self.put(
            "level", say("journal.noticing.how"), self.level, say("journal.noticing.hint"), errors=("noticing_level",)
        )
        chosen = self.entry.places if self.entry is not None else ()
        every = self.context.care.places(include_archived=True)
        names = symptom_words.place_names(each for each in every if not each.archived or each.id in chosen)
        self.place = PlaceChips(
            [(str(number), name) for number, name in names.items()],
            say("symptoms.where"),
            multi=False,
            everything=say("journal.noticing.whole"),
        )
        self.place.choose(str(number) for number in chosen[:1])
        if names:
            self.put("place", say("symptoms.where"), self.place, errors=("unknown_place", "one_place"))
        self.add(self.day_field)

    def fact(self) -> Fact:
        """Return how noticeable it is."""
        chosen = self.level.chosen()
        if not chosen:
            raise self.wrong(self._level_field, say("journal.noticing.choose"))
        return Noticing(int(chosen[0]))

    def places(self) -> tuple[int, ...]:
        """Return the one place, or none for the whole."""
        return tuple(int(key) for key in self.place.chosen())


class VisitSheet(CareSheet):
    """A visit: what was asked, what the doctor said, when the next one is."""

    kind = CareKind.VISIT

    def build(self) -> None:
        """Ask for question and answer, and the next day."""
        what = self.entry.what if self.entry is not None else None
        visit = what if isinstance(what, Visit) else Visit()
        self.add(self.day_field)
        self.asked = NoteField(say("journal.visit.asked"), visit.asked)
        self.put("asked", say("journal.visit.asked"), self.asked, errors=())
        self.said = NoteField(say("journal.visit.said"), visit.said, say("journal.visit.said_hint"))
        self.put("said", say("journal.visit.said"), self.said)
        name = say("journal.visit.next")
        self.next = DayField(name, self.today, visit.next_on, latest=self.today + AHEAD)
        self._next_field: Field = self.put(
            "next", name, self.next, say("journal.visit.next_hint"), errors=("next_before_visit", "day_too_late")
        )

    def fact(self) -> Fact:
        """Return the visit."""
        problem = self.next.problem(needed=False)
        if problem:
            raise self.wrong(self._next_field, problem)
        return Visit(self.asked.toPlainText().strip(), self.said.toPlainText().strip(), self.next.value())
