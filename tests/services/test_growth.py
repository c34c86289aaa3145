"""The record of many years that benchmarks stand on is itself sound."""

from __future__ import annotations

from companion.services.safekeeping import check
from tests.support.growth import Grown, grow
from tests.support.home import TODAY, keep


def test_a_record_of_years_is_whole_and_of_the_promised_size(home):
    keep(home.services.album, b"one")
    assert grow(home.services.record, TODAY, years=1) == Grown(730, 300, 500, 155, 4)
    home.reopen()
    report = check(home.services.record)
    assert report.sound
    assert (report.rows["application"], report.rows["photo"], report.photo_files) == (730, 500, 3)
    assert (report.rows["care_entry"], report.rows["tube"], report.rows["edit_history"]) == (155, 4, 30)
    view = home.services.applications.today()
    assert view is not None
    assert len(view.photo_day.photos) == 1
    assert len(home.services.journal.page(limit=400)) == 300
