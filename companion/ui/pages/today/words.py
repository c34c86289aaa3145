"""What Today says: sentences made of the frozen view. No widgets here, so the tests read them as they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from companion.domain.dosing import Application, MissedAdvice, SlotState
from companion.domain.leaflet import Leaflet, Rules
from companion.domain.moments import Part, Slot, local, local_day
from companion.domain.today import SlotCard, TodayView, TubeView
from companion.domain.treatment import Place
from companion.domain.tube import GRAMS_PER_HANDPRINT
from companion.domain.values import value
from companion.services.treatment import rule_checked_on, rules_of
from companion.ui.pages.today.turn import is_late, is_next
from companion.wording import dates, numbers, say

_NAMED_PLACES = 4
_NOTE_SHOWN = 160
_NAMED_GAPS = 2


@value
class Said:
    """A sentence and, when it is a medical one, the line that names its source and when it was checked."""

    text: str
    source: str = ""


# The day


def title(view: TodayView) -> str:
    """Return the day in full, as a title: the first letter is large in every language."""
    return capital(dates.full_day(view.day))


def subtitle(view: TodayView) -> str:
    """Return the week of treatment, with the record's name if it has one."""
    treatment = view.treatment
    if treatment.ended_on is not None and view.day > treatment.ended_on:
        return say("today.ended", day=dates.long_day(treatment.ended_on))
    start = dates.long_day(treatment.started_on)
    if view.week < 1:
        return say("today.not_started", day=start)
    if view.name:
        return say("today.week_since_named", name=view.name, week=view.week, day=start)
    return say("today.week_since", week=view.week, day=start)


def slot_name(slot: Slot, day: date) -> str:
    """Return ``Morning``, ``Evening``, ``Yesterday evening`` or, further back, ``Evening of 18 November``."""
    if slot.day == day:
        return say(f"today.{slot.part.value}")
    if (day - slot.day).days == 1 and slot.part is Part.EVENING:
        return say("today.yesterday_evening")
    return say(f"today.slot_of_day.{slot.part.value}", day=dates.short_day(slot.day))


def capital(text: str) -> str:
    """Return a text with a large first letter, for a line of its own."""
    return text[:1].upper() + text[1:]


# Places and amounts


def place_name(place: Place) -> str:
    """Return the person's own name for a place, or that of its region."""
    return place.label or say(f"body.{place.region}")


def listing(places: Sequence[Place], inside: bool = False) -> str:
    """Return places in one line; those that follow, or all ``inside`` a sentence, begin small. Long lists are cut."""
    names = [place_name(place) for place in places]
    small = [
        name if place.label or (number == 0 and not inside) else name[:1].lower() + name[1:]
        for number, (name, place) in enumerate(zip(names, places, strict=True))
    ]
    if len(small) > _NAMED_PLACES + 1:
        shown = ", ".join(small[:_NAMED_PLACES])
        return say("today.list.more", places=shown, count=len(small) - _NAMED_PLACES)
    return ", ".join(small)


def usual(places: Sequence[Place]) -> str:
    """Return where the cream usually goes."""
    return say("today.usual", places=listing(places, inside=True)) if places else say("today.usual_none")


def elided(text: str, most: int = _NOTE_SHOWN) -> str:
    """Return the beginning of a long text on one line."""
    flat = " ".join(text[: 4 * most].split())
    return flat if len(flat) <= most and len(text) <= 4 * most else flat[:most].rstrip() + "…"


# One slot


def clock(at: datetime, zone: str) -> str:
    """Return an instant as the wall clock in ``zone`` shows it."""
    return dates.clock_time(local(at, zone))


def tag(card: SlotCard, view: TodayView) -> tuple[str, str]:
    """Return the words of a card's tag, and its tone."""
    part = card.slot.part.value
    row = card.application
    if card.state is SlotState.APPLIED and row is not None:
        return say("today.tag.applied", time=clock(row.at, row.zone)), part
    if card.state not in (SlotState.OPEN, SlotState.AHEAD):
        return say(f"today.tag.{card.state.value}"), ""
    if card.due is None:
        return say("today.tag.none"), ""
    if card.free_from is not None and card.free_from > max(card.due, view.now):
        rule = rules_of(view.treatment.leaflet).min_gap
        key = "today.tag.free_from" if rule is not None else "today.tag.eight_hours_at"
        return say(key, time=clock(card.free_from, view.zone)), part
    due = clock(card.due, view.zone)
    if card.due > view.now:
        return say("today.tag.due_in", time=due, span=dates.span(_to_the_minute(card.due - view.now))), part
    if is_late(card, view.now):
        return say("today.tag.late", time=due), part
    return say("today.tag.due_now", time=due), part


def _to_the_minute(length: timedelta) -> timedelta:
    """Round up to whole minutes: at 19:59:30 a slot at 20:00 is still one minute away."""
    return timedelta(minutes=-(-length // timedelta(minutes=1)))


def lines(card: SlotCard, view: TodayView) -> tuple[str, ...]:
    """Return what a card says below its title, besides the leaflet's rule."""
    row = card.application
    if card.state is SlotState.APPLIED and row is not None:
        return tuple(filter(None, (_where(card, row), _other_day(row), _note(row.note))))
    if card.state in (SlotState.SKIPPED, SlotState.MISSED):
        return tuple(filter(None, (say(f"today.{card.state.value}.text"), _note(row.note if row else ""))))
    if card.state is SlotState.UNKNOWN:
        return (say("today.unknown.text"),)
    if card.state in (SlotState.OPEN, SlotState.AHEAD):
        return (usual(card.places),)
    return ()


def _where(card: SlotCard, row: Application) -> str:
    if row.grams is None:
        if not card.places:
            return say("today.applied.no_places")
        return say("today.applied.places", places=listing(card.places))
    grams = numbers.grams(row.grams)
    if not card.places:
        return say("today.applied.no_places_grams", grams=grams)
    return say("today.applied.places_grams", places=listing(card.places), grams=grams)


def _other_day(row: Application) -> str:
    day = local_day(row.at, row.zone)
    if day == row.slot.day:
        return ""
    return say("today.applied.other_day", day=dates.full_day(day), time=clock(row.at, row.zone))


def _note(note: str) -> str:
    return say("today.applied.note", text=elided(note)) if note.strip() else ""


def rule(card: SlotCard, view: TodayView) -> Said | None:
    """Return what the leaflet says of a slot that is late or that comes soon after another, with its source."""
    leaflet = view.treatment.leaflet
    if card.state is SlotState.OPEN and card.advice is not None:
        return _advice(card.advice, view)
    if card.state is SlotState.UNKNOWN and card.advice is MissedAdvice.ASK:
        return _advice(card.advice, view)
    if card.state not in (SlotState.OPEN, SlotState.AHEAD) or card.free_from is None or not is_next(card, view):
        return None
    time = clock(card.free_from, view.zone)
    if rules_of(leaflet).min_gap is None:
        return Said(say("today.free.ask", time=time))
    morning = view.cards[0]
    mine = morning.state is SlotState.APPLIED and card.slot == view.cards[1].slot and not view.extras
    key = "today.free.after_morning" if mine else "today.free.after_last"
    return Said(say(key, time=time), source_line(leaflet, "min_gap_hours"))


def _advice(advice: MissedAdvice, view: TodayView) -> Said:
    leaflet = view.treatment.leaflet
    if advice is MissedAdvice.ASK:
        return Said(say("today.advice.ask"))
    if advice is MissedAdvice.TOO_SOON:
        free = next((card.free_from for card in view.cards if card.free_from is not None), None)
        last = free - (rules_of(leaflet).min_gap or timedelta()) if free is not None else view.now
        return Said(say("today.advice.too_soon", time=clock(last, view.zone)), source_line(leaflet, "min_gap_hours"))
    return Said(say(f"today.advice.{advice.value}"), source_line(leaflet, "missed_dose"))


def source_line(leaflet: Leaflet, rule_key: str) -> str:
    """Return which leaflet states a rule and when it was last checked, or nothing where it states none."""
    checked = rule_checked_on(leaflet, rule_key)
    if checked is None:
        return ""
    return _source(say(f"today.leaflet.{leaflet.value}"), checked)


def table_line(source_id: str) -> str:
    """Return a source of the articles' table and when it was last checked, or nothing for an unknown one."""
    from companion.services import citing

    found = citing.source(source_id)
    return _source(found.sources[0].title, found.checked.isoformat()) if found is not None else ""


def asked(questions: Sequence[str], at: datetime | None, rules: Rules, zone: str) -> Said:
    """Return what is asked before something unusual is recorded: the fact, the leaflet's word, and that it is fine."""
    said: list[str] = []
    source = ""
    for question in questions:
        if question == "within_eight_hours":
            said.append(say("today.ask.within_eight_hours", time=clock(at, zone) if at is not None else ""))
            stated = rules.min_gap is not None
            source = source or source_line(rules.leaflet, "min_gap_hours")
        else:
            said.append(say("today.ask.third_in_a_day"))
            stated = rule_checked_on(rules.leaflet, "applications_per_day") is not None
            source = source or source_line(rules.leaflet, "applications_per_day")
        said.append(say(f"today.ask.{question}_{'rule' if stated else 'ask'}"))
    said.append(say("today.ask.close"))
    return Said(" ".join(said), source)


def extra_line(row: Application) -> str:
    """Return one further application of the same part of the day."""
    time = clock(row.at, row.zone)
    if row.grams is None:
        return say("today.extra", time=time)
    return say("today.extra_grams", time=time, grams=numbers.grams(row.grams))


# The week


def week_count(view: TodayView) -> str:
    """Return how many of the slots so far were applied."""
    count = view.week_view.count
    if not count.due:
        return say("today.week.none_so_far")
    return say("today.week.so_far", applied=count.applied, due=count.due)


def gaps_shown(view: TodayView) -> tuple[tuple[Slot, SlotState], ...]:
    """Return the gaps of the week that are named one by one: the latest."""
    return view.week_view.gaps[-_NAMED_GAPS:]


def gap_name(slot: Slot) -> tuple[str, str]:
    """Return weekday and part of a slot."""
    return dates.weekday(slot.day), say(f"today.week.part.{slot.part.value}")


def gap(slot: Slot, state: SlotState) -> str:
    """Return the sentence of one gap."""
    weekday, part = gap_name(slot)
    return capital(say(f"today.week.gap.{state.value}", weekday=weekday, part=part))


def week_lines(view: TodayView) -> tuple[str, ...]:
    """Return what follows the gaps: how many more, that nothing has to be made up, and what is not counted."""
    week = view.week_view
    before = (say("today.week.before_record", day=day_said(week.kept_since, view.day)),) if week.kept_since else ()
    if not week.gaps:
        return (say("today.week.all"), *before) if week.count.due else before
    more = len(week.gaps) - len(gaps_shown(view))
    said = [say("today.week.more_gaps", count=more)] if more > 0 else []
    return (*said, say("today.week.carry_on"), *before)


# The tube


def tube_lines(tube: TubeView, rules: Rules, today: date) -> tuple[str, ...]:
    """Return what is left of the tube and when to order the next."""
    figures = tube.estimate
    left, full = numbers.grams(round(figures.left)), numbers.grams(figures.full)
    if figures.left <= 0:
        return (say("today.tube.empty"),)
    if figures.days_left is None:
        return (say("today.tube.left", left=left, full=full), say("today.tube.no_sizes"))
    said = [say("today.tube.left_days", left=left, full=full, count=figures.days_left)]
    if tube.uncounted_before is not None:
        said.append(say("today.tube.uncounted", day=day_said(tube.uncounted_before, today)))
    if figures.order_by is not None:
        late = figures.order_by <= today
        by = day_said(figures.order_by, today)
        said.append(say("today.tube.order_now") if late else say("today.tube.order_by", day=by))
    return tuple(said)


def tube_dates(tube: TubeView, rules: Rules, today: date) -> Said:
    """Return when the tube was opened and until when it may be used."""
    row, figures = tube.tube, tube.estimate
    key = "today.tube.opened_lot" if row.lot else "today.tube.opened"
    said = [say(key, day=day_said(row.opened_on, today), **({"lot": row.lot} if row.lot else {}))]
    source = ""
    if figures.discard_on is not None and not tube.past_discard:
        expiry = figures.discard_on == row.expires_on
        day = day_said(figures.discard_on, today)
        if expiry:
            said.append(say("today.tube.discard_expiry", day=day))
        else:
            said.append(say("today.tube.discard_leaflet", day=day, months=rules.discard_months))
            source = source_line(rules.leaflet, "discard_months_after_opening")
    return Said(" ".join(said), source)


def tube_past(tube: TubeView, rules: Rules, today: date) -> Said | None:
    """Return what to say of a tube that is past its date."""
    day = tube.estimate.discard_on
    if not tube.past_discard or day is None:
        return None
    if day == tube.tube.expires_on:
        return Said(say("today.tube.past_expiry", day=dates.long_day(day)))
    text = say("today.tube.past_leaflet", day=dates.long_day(day), months=rules.discard_months)
    return Said(text, source_line(rules.leaflet, "discard_months_after_opening"))


def tube_about(rules: Rules) -> tuple[Said, ...]:
    """Return what stands behind the tube card: the leaflet's limit, crystals, and how the estimate is made."""
    said = [cap(rules)]
    told = crystals(rules)
    if told is not None:
        said.append(told)
    said.append(Said(say("today.tube.estimate_basis", grams=f"{numbers.decimal(GRAMS_PER_HANDPRINT, 2)} g")))
    return tuple(said)


def crystals(rules: Rules) -> Said | None:
    """Return what is to be done about crystals, where there is a notice on them."""
    if not rules.crystals_notice:
        return None
    checked = rule_checked_on(rules.leaflet, "crystals_notice")
    return Said(say("today.tube.crystals_text"), _source(say("today.tube.crystals_source"), checked))


def cap(rules: Rules) -> Said:
    """Return the leaflet's limit of cream as the leaflet says it."""
    caps = rules.tube_caps
    source = source_line(rules.leaflet, "tube_caps")
    if len(caps) == 1 and caps[0].days is None and rules.tube_sizes:
        size = rules.tube_sizes[0]
        return Said(say("today.tube.cap_month", tubes=caps[0].grams // size, grams=size), source)
    if len(caps) == 2:
        first, second = caps
        return Said(
            say(
                "today.tube.cap_either",
                first=first.grams,
                first_days=first.days,
                second=second.grams,
                second_days=second.days,
            ),
            source,
        )
    return Said(say("today.tube.cap_none"))


def _source(name: str, checked: str | None) -> str:
    if checked is None:
        return ""
    return say("today.source", source=name, day=dates.short_day_year(date.fromisoformat(checked)))


def day_said(day: date, today: date) -> str:
    """Return a day with its year only when it is not this one."""
    if day.year == today.year:
        return say("today.day_month", day=day.day, month=say(f"dates.month.{day.month}"))
    return dates.long_day(day)
