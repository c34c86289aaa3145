"""Set a treatment up and change it: leaflet, start, times, places, tubes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from companion.content import leaflets
from companion.domain import body
from companion.domain.errors import PersonError
from companion.domain.leaflet import Leaflet, Rules
from companion.domain.moments import DAY, Clock, local_day
from companion.domain.treatment import (
    KEPT_SINCE,
    MAX_HANDPRINTS,
    MIN_HANDPRINTS,
    Pause,
    Place,
    Times,
    Treatment,
    Tube,
)
from companion.domain.values import value
from companion.services import timing, tubes
from companion.services.changes import Changes, Done, Undo
from companion.services.timing import check_times, check_week
from companion.services.tubes import MAX_TUBE_GRAMS as MAX_TUBE_GRAMS
from companion.services.tubes import NewTube as NewTube
from companion.wording import resources

if TYPE_CHECKING:
    from companion.storage.record import Record
    from companion.storage.unit_of_work import UnitOfWork

OLDEST_START = date(2015, 1, 1)
"""The cream did not exist before; an earlier start is a slip of the pen."""
MAX_LABEL = 60
MAX_NAME = 80


@value
class NewPlace:
    """A place to be added: a region code of :mod:`companion.domain.body`, the person's own name for it, its size."""

    region: str
    handprints: Decimal = Decimal("0.5")
    label: str = ""
    treated: bool = True


@value
class SetupAnswers:
    """What the first start asks. ``name`` may be empty, ``tube`` absent."""

    leaflet: Leaflet
    started_on: date
    morning: time
    evening: time
    name: str = ""
    places: tuple[NewPlace, ...] = ()
    tube: NewTube | None = None


def rules_of(leaflet: Leaflet) -> Rules:
    """Return the rules of a leaflet."""
    return leaflets.rules(resources.root(), leaflet)


def rule_checked_on(leaflet: Leaflet, rule: str) -> str | None:
    """Return the ISO date a leaflet rule was last checked on, or ``None`` where the leaflet states none."""
    return leaflets.checked_on(resources.root(), leaflet, rule)


def check_answers(answers: SetupAnswers, today: date) -> None:
    """Raise what :meth:`Care.set_up` would of answers that cannot be, before there is a record."""
    check_times(answers.morning, answers.evening)
    _check_start(answers.started_on, today)
    places = {(place.region, place.label) for place in map(_place, answers.places)}
    if len(places) < len(answers.places):
        raise PersonError("place_twice")
    if answers.tube is not None:
        tubes.check(answers.tube, today)


class Care:
    """The treatment of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def today(self) -> date:
        """Return the local day."""
        return local_day(self._clock.now(), self._clock.zone())

    def set_up(self, answers: SetupAnswers) -> Done:
        """Store the answers of the first start in one transaction.

        Raises:
            PersonError: ``already_set_up``, ``times_too_close``, ``start_in_future``, ``start_too_early``,
                ``handprints_range``, ``tube_grams``, ``unknown_place``, ``place_twice``.
        """
        check_answers(answers, self.today())
        places = tuple(_place(each) for each in answers.places)
        with self._record.unit_of_work() as work:
            if work.treatments.current() is not None:
                raise PersonError("already_set_up")
            times = Times(answers.started_on, answers.morning, answers.evening)
            work.treatments.add(Treatment(0, answers.leaflet, answers.started_on, (times,)))
            work.settings.put("name", answers.name.strip()[:MAX_NAME])
            work.settings.put(KEPT_SINCE, self._clock.now().astimezone(UTC).isoformat(timespec="seconds"))
            for place in places:
                work.places.add(place)
            if answers.tube is not None:
                work.tubes.add(answers.tube.as_tube())
        return Done(Changes(treatment=True, places=True, tubes=True, settings=True))

    def current(self) -> Treatment | None:
        """Return the treatment, or ``None`` before the first start was finished."""
        with self._record.unit_of_work() as work:
            return work.treatments.current()

    def rules(self) -> Rules:
        """Return the rules of the record's leaflet (of ``other`` before it is set up)."""
        treatment = self.current()
        return rules_of(treatment.leaflet if treatment else Leaflet.OTHER)

    def name(self) -> str:
        """Return the record's name, possibly empty."""
        return self.setting("name") or ""

    def rename(self, name: str) -> Done:
        """Give the record another name, or none."""
        return self.put_setting("name", name.strip()[:MAX_NAME])

    def setting(self, key: str) -> str | None:
        """Return one setting that travels with the record."""
        with self._record.unit_of_work() as work:
            return work.settings.get(key)

    def put_setting(self, key: str, value: str) -> Done:
        """Store one setting that travels with the record."""
        with self._record.unit_of_work() as work:
            work.settings.put(key, value)
        return Done(Changes(settings=True))

    def set_times(
        self,
        morning: time,
        evening: time,
        other_days: Collection[int] = (),
        other_morning: time | None = None,
        other_evening: time | None = None,
    ) -> Done:
        """Use these two times from today on, and on ``other_days`` (ISO weekdays) the other two, where both are given.

        The past keeps its own.

        Raises:
            PersonError: ``not_set_up``, ``morning_after_evening``, ``times_too_close``: less than eight hours lie
                between two of them, on one day or from one to the next.
        """
        others: tuple[frozenset[int], time | None, time | None] = (frozenset(), None, None)
        if other_days and other_morning is not None and other_evening is not None:
            others = (frozenset(other_days), other_morning, other_evening)
        with self._record.unit_of_work() as work:
            treatment = _needed(work)
            after = Times(max(self.today(), treatment.started_on), morning, evening, *others)
            check_week(after)
            before = next((each for each in treatment.times if each.valid_from == after.valid_from), None)
            work.treatments.set_times(treatment.id, after)
        return Done(Changes(treatment=True), undo=Undo("times", (before,), (after,)))

    def pause(self, first: date, last: date | None = None) -> Done:
        """Let nothing be due from ``first`` to ``last``, or until the person goes on. Pauses that meet become one.

        Days before the treatment's start are left out.

        Raises:
            PersonError: ``not_set_up``, ``end_before_start``, ``before_start``: all of it lies before the start.
        """
        if last is not None and last < first:
            raise PersonError("end_before_start")
        with self._record.unit_of_work() as work:
            treatment = _needed(work)
            if last is not None and last < treatment.started_on:
                raise PersonError("before_start")
            new = Pause(0, max(first, treatment.started_on), last)
            before = tuple(each for each in treatment.pauses if timing.meet(each, new))
            for each in before:
                work.treatments.remove_pause(each.id)
            joined = timing.joined((*before, new))
            after = replace(joined, id=work.treatments.add_pause(treatment.id, joined))
        return Done(Changes(treatment=True), id=after.id, undo=Undo("pause", before, (after,)))

    def end_pause(self, pause_id: int) -> Done:
        """Go on from today: a pause ends yesterday, and one that begins today or later is taken away.

        One that is over already stays as it was. Raises ``PersonError("entry_gone")``.
        """
        with self._record.unit_of_work() as work:
            found = [each for each in _needed(work).pauses if each.id == pause_id]
            if not found:
                raise PersonError("entry_gone")
            (before,) = found
            today = self.today()
            after: tuple[Pause, ...] = ()
            if before.first >= today:
                work.treatments.remove_pause(pause_id)
            else:
                yesterday = today - DAY
                after = (replace(before, last=min(before.last or yesterday, yesterday)),)
                work.treatments.update_pause(after[0])
        return Done(Changes(treatment=True), id=pause_id, undo=Undo("pause", (before,), after))

    def set_leaflet(self, leaflet: Leaflet) -> Done:
        """Follow another leaflet from now on."""
        with self._record.unit_of_work() as work:
            work.treatments.set_leaflet(_needed(work).id, leaflet)
        return Done(Changes(treatment=True))

    def set_start(self, day: date) -> Done:
        """Correct the day the treatment started."""
        _check_start(day, self.today())
        with self._record.unit_of_work() as work:
            work.treatments.set_start(_needed(work).id, day)
        return Done(Changes(treatment=True))

    def places(self, include_archived: bool = False) -> tuple[Place, ...]:
        """Return the places in the person's order."""
        with self._record.unit_of_work() as work:
            return work.places.all(include_archived=include_archived)

    def add_place(self, new: NewPlace) -> Done:
        """Add a place, or bring an archived one of the same region and name back."""
        place = _place(new)
        with self._record.unit_of_work() as work:
            for known in work.places.all(include_archived=True):
                if (known.region, known.label) == (place.region, place.label):
                    work.places.update(replace(place, id=known.id))
                    return Done(Changes(places=True), id=known.id)
            return Done(Changes(places=True), id=work.places.add(place))

    def noted_place(self, region: str) -> Done:
        """Return the place that stands for a whole region, whatever its use; an unknown one is added as untreated.

        For what is noted of skin that is not treated. No changes where the place is there. Raises ``PersonError``.
        """
        for known in self.places(include_archived=True):
            if (known.region, known.label) == (region, ""):
                return Done(Changes(), id=known.id)
        return self.add_place(NewPlace(region, treated=False))

    def change_place(self, place: Place) -> Done:
        """Store another size, name or use of a place."""
        _check_handprints(place.handprints)
        with self._record.unit_of_work() as work:
            before = tuple(each for each in work.places.all(include_archived=True) if each.id == place.id)
            work.places.update(replace(place, label=place.label.strip()[:MAX_LABEL]))
        return Done(Changes(places=True), id=place.id, undo=Undo("place", before, (place,)))

    def archive_place(self, place_id: int) -> Done:
        """Treat a place no longer. Its photos and entries stay; undo brings it back."""
        with self._record.unit_of_work() as work:
            work.places.archive(place_id)
        return Done(Changes(places=True), id=place_id, undo=Undo("place_archived", (place_id,), ()))

    def undo(self, undo: Undo) -> Done:
        """Take back a change of times, a pause, a place or a tube."""
        with self._record.unit_of_work() as work:
            if undo.what in ("times", "pause"):
                timing.put_back(work, _needed(work).id, undo)
                return Done(Changes(treatment=True))
            if undo.what == "place_archived":
                work.places.restore(int(str(undo.before[0])))
            elif undo.what == "place":
                for each in undo.before:
                    work.places.update(each)  # type: ignore[arg-type]
            elif undo.what in ("tube", "tube_opened"):
                for each in undo.before:
                    tubes.put_back(work, each)  # type: ignore[arg-type]
                for number in undo.after if undo.what == "tube_opened" else ():
                    work.tubes.mark_deleted(int(str(number)), self._clock.now())
            elif undo.what == "tube_deleted":
                work.tubes.restore(int(str(undo.before[0])))
        return Done(Changes(places=True, tubes=True))

    def tubes(self) -> tuple[Tube, ...]:
        """Return all tubes, the one opened last first."""
        with self._record.unit_of_work() as work:
            return work.tubes.all()[::-1]

    def open_tube(self, new: NewTube, finished: Tube | None = None, answered: Collection[str] = ()) -> Done:
        """Note a newly opened tube; ``finished`` is the one before it, which is finished with that.

        Raises as :func:`companion.services.tubes.check` and ``open_one``: a third tube in use at once is asked about.
        """
        tubes.check(new, self.today())
        with self._record.unit_of_work() as work:
            before, number = tubes.open_one(work, new, finished, answered, self._clock.now())
        return Done(Changes(tubes=True), id=number, undo=Undo("tube_opened", before, (number,)))

    def change_tube(self, tube: Tube) -> Done:
        """Correct a tube, or finish it by its ``finished_on``. Raises as ``tubes.check``, and ``entry_gone``."""
        tubes.check(tube, self.today())
        with self._record.unit_of_work() as work:
            before = tuple(each for each in work.tubes.all() if each.id == tube.id)
            if not before:
                raise PersonError("entry_gone")
            tubes.change(work, before[0], tube, self._clock.now())
        return Done(Changes(tubes=True), id=tube.id, undo=Undo("tube", before, (tube,)))

    def delete_tube(self, tube_id: int) -> Done:
        """Remove a tube that was noted by mistake; undo brings it back."""
        with self._record.unit_of_work() as work:
            work.tubes.mark_deleted(tube_id, self._clock.now())
        return Done(Changes(tubes=True), id=tube_id, undo=Undo("tube_deleted", (tube_id,), ()))


def _check_start(day: date, today: date) -> None:
    if day > today:
        raise PersonError("start_in_future")
    if day < OLDEST_START:
        raise PersonError("start_too_early", year=OLDEST_START.year)


def _needed(work: UnitOfWork) -> Treatment:
    treatment = work.treatments.current()
    if treatment is None:
        raise PersonError("not_set_up")
    return treatment


def _check_handprints(amount: Decimal) -> None:
    if not amount.is_finite() or not MIN_HANDPRINTS <= amount <= MAX_HANDPRINTS:
        raise PersonError("handprints_range")


def _place(new: NewPlace) -> Place:
    if not body.is_region(new.region):
        raise PersonError("unknown_place")
    _check_handprints(new.handprints)
    return Place(
        id=0,
        region=new.region,
        label=new.label.strip()[:MAX_LABEL],
        handprints=new.handprints,
        intimate=body.is_intimate(new.region),
        treated=new.treated,
    )
