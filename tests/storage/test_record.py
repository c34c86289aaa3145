"""A record is made, opened, used by one at a time, and never over anything that is there."""

from __future__ import annotations

import pytest

from tests.support.records import an_application, begin, make_record, reopen


def test_what_is_written_is_there_again(tmp_path):
    record = make_record(tmp_path)
    with record.unit_of_work() as work:
        treatment, _ = begin(work)
        work.applications.add(treatment, an_application(), "window", an_application().at)
        before = work.applications.last_applied()
    record = reopen(record)
    with record.unit_of_work() as work:
        assert work.applications.last_applied() == before
        assert before.id > 0
    record.close()


def test_a_unit_that_raises_writes_nothing(tmp_path):
    record = make_record(tmp_path)

    def write_and_fail():
        with record.unit_of_work() as work:
            begin(work)
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()
    with record.unit_of_work() as work:
        assert work.treatments.current() is None
    record.close()
