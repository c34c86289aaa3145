"""The calendar file of a real record, read back."""

from __future__ import annotations

import re
import stat
import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import icalendar
import pytest

from companion.domain.errors import PersonError, SurroundingsError
from companion.schedule import reminders
from companion.services.phone import FILE_NAME, entries, export_ics
from companion.wording import use_language
from tests.support.home import ROME, TODAY, at, keep

DAY = timedelta(days=1)
NAMED = ("vitiligo", "ruxolitinib", "opzelura", "cream", "crema", "skin", "pelle", "face", "tube", "tubetto", "ale")


def written_events(home, target: Path, **options):
    """Export and return every event of the file, by its id; with the number that is said to hold."""
    written = export_ics(home.services.record, home.clock, target, **options)
    found = list(icalendar.Calendar.from_ical(written.file.read_bytes()).walk("VEVENT"))
    return {str(each["UID"]): each for each in found}, written.events


def events(home, target: Path, **options):
    """Export and return the events that are not cancelled."""
    found, count = written_events(home, target, **options)
    live = [each for each in found.values() if str(each["STATUS"]) == "CONFIRMED"]
    assert count == len(live)
    return live


class Phone:
    """A calendar that takes a file in, as RFC 5546 has it: by id, the later edition, and cancelled ones out."""

    def __init__(self):
        self.known = {}

    def take(self, found):
        for uid, event in found.items():
            if uid not in self.known or self.known[uid]["SEQUENCE"] < event["SEQUENCE"]:
                self.known[uid] = event

    def rings(self):
        """Return when it rings first, and how often."""
        live = [each for each in self.known.values() if str(each["STATUS"]) != "CANCELLED"]
        rules = [each["RRULE"].to_ical().decode() if "RRULE" in each else "" for each in live]
        return sorted(zip(starts(live), rules, strict=True))


def starts(found):
    return [each["DTSTART"].dt.replace(tzinfo=None) for each in found]


def test_the_two_times_the_photos_and_the_order_are_in_it(home, tmp_path):
    home.clock.set(at(8, 0, TODAY - 20 * DAY))
    keep(home.services.album, b"one")
    home.clock.set(at(8))
    found = events(home, tmp_path / "mine.ics")
    assert starts(found)[:3] == [
        datetime.combine(TODAY, time(7, 30)),
        datetime.combine(TODAY, time(20)),
        datetime.combine(TODAY + 8 * DAY, time(10)),
    ]
    assert len(found) == 4
    assert [each.get("RRULE") is not None for each in found] == [True, True, False, False]
    home.services.reminding.change(replace(home.services.reminding.settings(), photo_day=False, tube_order=False))
    assert len(events(home, tmp_path / "fewer.ics")) == 2


@pytest.mark.parametrize("language", ["en", "it"])
def test_its_words_name_nothing(home, tmp_path, language):
    use_language(language)
    file = tmp_path / "mine.ics"
    events(home, file)
    text = file.read_text("utf-8").replace("\n ", "").casefold()
    assert [word for word in NAMED if re.search(rf"\b{word}", text)] == []
    assert home.services.record.uid not in text
    assert ("è ora" if language == "it" else "it’s time") in text


def test_events_keep_their_identity_and_their_number_grows(home, tmp_path):
    first = {str(each["UID"]) for each in events(home, tmp_path / "1.ics")}
    home.services.care.set_times(time(9), time(21))
    use_language("it")
    home.reopen()
    assert {str(each["UID"]) for each in events(home, tmp_path / "2.ics")} == first
    home.clock.advance(timedelta(minutes=1))
    later = events(home, tmp_path / "3.ics")
    assert {str(each["UID"]) for each in later} == first
    (before, *_) = icalendar.Calendar.from_ical((tmp_path / "1.ics").read_bytes()).walk("VEVENT")
    assert int(later[0]["SEQUENCE"]) == int(before["SEQUENCE"]) + 1


def test_other_days_are_events_of_their_own(home, tmp_path):
    home.services.care.set_times(time(7), time(19), {6, 7}, time(9), time(21))
    found = events(home, tmp_path / "mine.ics")[:4]
    assert starts(found) == [
        datetime.combine(TODAY + 2 * DAY, time(7)),
        datetime.combine(TODAY, time(9)),
        datetime.combine(TODAY + 2 * DAY, time(19)),
        datetime.combine(TODAY, time(21)),
    ]
    assert [each["RRULE"].to_ical().decode() for each in found[:2]] == [
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=WEEKLY;BYDAY=SA,SU",
    ]
    assert len({str(each["UID"]) for each in found}) == 4


def test_a_pause_is_left_out(home, tmp_path):
    care = home.services.care
    care.pause(TODAY, TODAY + 2 * DAY)
    care.pause(TODAY + 10 * DAY, TODAY + 11 * DAY)
    morning = events(home, tmp_path / "1.ics")[0]
    assert starts([morning]) == [datetime.combine(TODAY + 3 * DAY, time(7, 30))]
    assert [each.dt.date() for each in morning["EXDATE"].dts] == [TODAY + 10 * DAY, TODAY + 11 * DAY]
    care.pause(TODAY + 20 * DAY)
    morning = events(home, tmp_path / "2.ics")[0]
    assert morning["RRULE"]["UNTIL"] == [at(7, 30, TODAY + 19 * DAY)]


@pytest.mark.parametrize("last", [None, date(9999, 12, 31)])
def test_a_pause_without_an_end_leaves_nothing_and_takes_out_what_was_there(home, tmp_path, last):
    phone = Phone()
    phone.take(written_events(home, tmp_path / "1.ics")[0])
    home.clock.advance(timedelta(minutes=1))
    home.services.care.pause(TODAY, last)
    found, count = written_events(home, tmp_path / "2.ics")
    assert count == 0
    phone.take(found)
    assert phone.rings() == []


def test_after_the_end_of_the_treatment_everything_is_cancelled(home):
    now = home.clock.now()
    watch = home.services.record.watch(*reminders.days_read(now, ROME))
    ended = replace(watch, treatment=replace(watch.treatment, ended_on=TODAY - DAY))
    found = entries(ended, uuid.UUID(int=1), now, ROME)
    assert [each.cancelled for each in found] == [True] * 6
    last_day = replace(watch, treatment=replace(watch.treatment, ended_on=TODAY))
    assert [each.last for each in entries(last_day, uuid.UUID(int=1), now, ROME) if not each.cancelled][:2] == [
        TODAY
    ] * 2


def test_a_choice_that_is_taken_back_leaves_nothing_of_it_in_the_phone(home, tmp_path):
    phone = Phone()
    plain = written_events(home, tmp_path / "0.ics")[0]
    home.services.care.set_times(time(7, 30), time(20), {6, 7}, time(9, 30), time(21, 30))
    phone.take(plain)
    for number, change in enumerate((None, "times", "settings", "settings back")):
        home.clock.advance(timedelta(minutes=1))
        if change == "times":
            home.services.care.set_times(time(7, 30), time(20))
        elif change is not None:
            on = change.endswith("back")
            home.services.reminding.change(replace(home.services.reminding.settings(), photo_day=on, tube_order=on))
        found, count = written_events(home, tmp_path / f"{number + 1}.ics")
        assert found.keys() == plain.keys()
        phone.take(found)
        assert len(phone.rings()) == count == (6, 4, 2, 4)[number]
    bare = Phone()
    bare.take(plain)
    assert phone.rings() == bare.rings()


def test_what_is_cancelled_does_not_ring_and_lies_behind(home, tmp_path):
    found, _ = written_events(home, tmp_path / "mine.ics")
    gone = [each for each in found.values() if str(each["STATUS"]) == "CANCELLED"]
    assert len(gone) == 2
    assert all(each["DTSTART"].dt.date() < TODAY and not each.walk("VALARM") for each in gone)
    assert all("RRULE" not in each for each in gone)


def test_photo_day_is_one_event_however_often_it_moves(home, tmp_path):
    home.clock.set(at(8, 0, TODAY - 20 * DAY))
    keep(home.services.album, b"one")
    phone = Phone()
    phone.take(written_events(home, tmp_path / "1.ics")[0])
    home.clock.set(at(8))
    keep(home.services.album, b"two")
    phone.take(written_events(home, tmp_path / "2.ics")[0])
    photos = [each for each in phone.known.values() if str(each["SUMMARY"]) == "Photos"]
    assert starts(photos) == [datetime.combine(TODAY + 28 * DAY, time(10))]


def test_photos_and_the_order_wait_for_the_end_of_a_pause(home, tmp_path):
    home.services.care.pause(TODAY, TODAY + 130 * DAY)
    found = events(home, tmp_path / "mine.ics")
    assert {each.date() for each in starts(found)} == {TODAY + 131 * DAY}
    assert len(found) == 4


def test_a_folder_gets_a_file_of_its_own_and_nothing_is_written_over(home, tmp_path):
    written = export_ics(home.services.record, home.clock, tmp_path)
    assert written.file == tmp_path / FILE_NAME
    assert written.file.name.isascii()
    assert stat.S_IMODE(written.file.stat().st_mode) == 0o600
    before = written.file.read_bytes()
    home.clock.advance(DAY)
    with pytest.raises(PersonError, match="file_exists"):
        export_ics(home.services.record, home.clock, tmp_path)
    assert written.file.read_bytes() == before
    home.services.custody.export_ics(written.file)
    assert written.file.read_bytes() != before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["record", FILE_NAME]


def test_what_cannot_be_written_is_said_and_leaves_nothing(home, tmp_path):
    with pytest.raises(SurroundingsError, match="target_not_writable"):
        export_ics(home.services.record, home.clock, tmp_path / "nowhere" / "mine.ics")
    with pytest.raises(PersonError, match="inside_record"):
        export_ics(home.services.record, home.clock, home.services.record.folder / "mine.ics")


def test_before_the_set_up_there_is_no_calendar(bare, tmp_path):
    with pytest.raises(PersonError, match="not_set_up"):
        export_ics(bare.services.record, bare.clock, tmp_path / "mine.ics")
    assert not (tmp_path / "mine.ics").exists()


def test_it_is_of_the_zone_the_record_lives_in(home, tmp_path):
    home.services.reminding.stay("Asia/Tokyo")
    found = events(home, tmp_path / "mine.ics")
    assert found[0]["DTSTART"].params["TZID"] == "Asia/Tokyo"
    assert b"TZID:Asia/Tokyo" in (tmp_path / "mine.ics").read_bytes()
