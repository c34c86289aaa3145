"""The months read in plain SQL say what the stores say, and nothing that was thrown away."""

from datetime import UTC, datetime, timedelta

from companion.domain.dosing import Application, Outcome
from companion.domain.moments import DAY, Part, Slot, local_day
from companion.domain.reactions import SymptomEntry
from companion.domain.treatment import Tube
from tests.support.records import NOON, START, ZONE, a_photo, an_application, begin


def test_months_hold_what_the_stores_hold(record):
    with record.unit_of_work() as work:
        treatment, place = begin(work)
        for new in (
            an_application(START),
            Application(0, Slot(START, Part.EVENING), Outcome.SKIPPED, NOON + timedelta(hours=9), ZONE),
            Application(0, Slot(START + DAY, Part.EVENING), Outcome.MISSED, NOON + DAY, ZONE),
            an_application(START, at=NOON + timedelta(hours=4), ordinal=1),
        ):
            work.applications.add(treatment, new, "test", new.at)
        late = datetime(2026, 1, 6, 23, 30, tzinfo=UTC)  # the 7th in Rome
        kept = work.symptoms.add(SymptomEntry(0, "itch", late, ZONE, 2, 1, (place,), START + 9 * DAY))
        gone = work.symptoms.add(SymptomEntry(0, "spots", NOON, ZONE))
        work.symptoms.mark_deleted(gone, NOON)
        tube = work.tubes.add(Tube(0, 60, START))
        work.tubes.mark_deleted(work.tubes.add(Tube(0, 100, START)), NOON)
        shown = work.photos.add(a_photo(("a", "b", "c"), place, at=late))
        thrown = work.photos.add(a_photo(("d", "e", "f"), place, raw_hash="c" * 64))
        work.photos.mark_deleted(thrown, NOON)
    found = record.months()
    with record.unit_of_work() as work:
        assert found.treatment == work.treatments.current()
        assert found.places == work.places.all(include_archived=True)
        assert found.tubes == work.tubes.all()
    assert found.words == {START: (Outcome.APPLIED, Outcome.SKIPPED), START + DAY: (None, Outcome.MISSED)}
    (effect,) = found.effects
    assert (effect.id, effect.code, effect.day, effect.bad) == (kept, "itch", local_day(late, ZONE), 2)
    assert (effect.places, effect.ended_on) == ((place,), START + 9 * DAY)
    assert [each.id for each in found.tubes] == [tube]
    assert [(each.id, each.place_id, each.day) for each in found.shots] == [(shown, place, local_day(late, ZONE))]


def test_an_old_photo_has_its_day_too(record):
    old = datetime(1968, 5, 3, 22, 30, tzinfo=UTC)
    with record.unit_of_work() as work:
        _, place = begin(work)
        work.photos.add(a_photo(("a", "b", "c"), place, at=old))
    (shot,) = record.months().shots
    assert shot.day == local_day(old, ZONE)


def test_an_empty_record_has_empty_months(record):
    found = record.months()
    assert found.treatment is None
    assert (found.words, found.effects, found.tubes, found.shots) == ({}, (), (), ())
