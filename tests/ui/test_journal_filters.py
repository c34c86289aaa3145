"""The Journal is narrowed by kind, place and time, and searched as one types."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from companion.domain.care import Device, LightSession, Visit
from companion.domain.timeline import EntryKind, Filter
from companion.services.care_entries import NewCare
from companion.ui.pages.journal import JournalPage
from companion.wording import say
from tests.support.home import START, TODAY, at
from tests.support.stage import entered, named, settle, texts

LEFT = Qt.MouseButton.LeftButton
SHOWN = (EntryKind.SYMPTOM, EntryKind.NOTE, EntryKind.TUBE, EntryKind.VISIT, EntryKind.LIGHT)


@pytest.fixture
def page(stage, qtbot, qapp):
    """A Journal with a note of today, a visit 40 days ago and light on the ring finger 200 days ago."""
    for tube in stage.context.care.tubes():
        stage.context.care.delete_tube(tube.id)
    stage.context.journal.add_note("brown dots", at(7), help_shown=True)
    care = stage.context.care_entries
    care.add(NewCare(Visit("", "dots are a good question"), day=TODAY - timedelta(days=40)))
    care.add(NewCare(LightSession(Device.EXCIMER), day=TODAY - timedelta(days=200), places=(2,)))
    made = entered(JournalPage, stage, (1085, 832))
    qtbot.addWidget(made)
    return made


def shown(page):
    found = (page.model.entry_at(page.model.index(number)) for number in range(page.model.rowCount()))
    return [row.kind.value for row in found if row is not None]


def period(page, key):
    page.bar.period.choose(key)
    page.bar.period.chosen_key.emit(key)


def test_several_kinds_are_shown_together_and_all_takes_them_back(page):
    assert shown(page) == ["note", "visit", "light"]
    page.bar.kinds.chip(EntryKind.NOTE).click()
    assert shown(page) == ["note"]
    page.bar.kinds.chip(EntryKind.VISIT).click()
    assert shown(page) == ["note", "visit"]
    page.bar.kinds.chip("all").click()
    assert shown(page) == ["note", "visit", "light"]
    page.bar.kinds.chip("all").click()
    assert page.bar.kinds.chip("all").isChecked(), "all stays on when nothing else is"


def test_the_rarer_kinds_come_with_a_click_and_only_where_there_is_something(page):
    assert [chip for chip in ("light", "score") if chip in page.bar.kinds.group._chips] == []
    QTest.mouseClick(page.bar.kinds.more, LEFT)
    assert "light" in page.bar.kinds.group._chips
    assert "score" not in page.bar.kinds.group._chips
    page.bar.kinds.chip(EntryKind.LIGHT).click()
    QTest.mouseClick(page.bar.kinds.more, LEFT)
    assert page.bar.kinds.chip(EntryKind.LIGHT).isChecked(), "what is chosen is never out of sight"
    assert shown(page) == ["light"]


def test_a_place_leaves_what_names_it(page):
    page.bar.place.choose("2")
    page.bar.place.chosen_key.emit("2")
    assert shown(page) == ["light"]


@pytest.mark.parametrize(
    ("key", "left"),
    [
        ("month", ["note"]),
        ("quarter", ["note", "visit"]),
        ("year", ["note", "visit", "light"]),
        ("treatment", ["note", "visit"]),
        ("", ["note", "visit", "light"]),
    ],
)
def test_a_time_leaves_what_lies_in_it(page, key, left):
    assert TODAY - timedelta(days=200) < START < TODAY - timedelta(days=40)
    period(page, key)
    assert shown(page) == left


def test_between_two_days_and_the_wrong_way_round(page, qapp):
    period(page, "between")
    settle(qapp)
    assert page.bar.between.isVisible()
    assert page.bar.first.line.hasFocus()
    page.bar.first.set_value(TODAY - timedelta(days=50))
    page.bar.last.set_value(TODAY - timedelta(days=10))
    page.bar.last.changed.emit(TODAY)
    assert shown(page) == ["visit"]
    page.bar.last.set_value(TODAY - timedelta(days=90))
    page.bar.last.changed.emit(TODAY)
    assert say("journal.period_backwards") in texts(page.bar)
    assert shown(page) == ["note", "visit", "light"]


def test_words_are_found_in_every_kind_and_with_the_other_filters(page):
    page.bar.search.setText("DOTS")
    page._typing.timeout.emit()
    assert shown(page) == ["note", "visit"]
    period(page, "month")
    assert shown(page) == ["note"]
    page.bar.search.setText("eximer")
    page._typing.timeout.emit()
    assert shown(page) == []
    QTest.mouseClick(named(page, say("journal.none.action")), LEFT)
    assert page.bar.wanted() == Filter()
    assert shown(page) == ["note", "visit", "light"]


def test_what_the_row_says_is_what_a_search_finds(page):
    for text, left in (("excimer light", ["light"]), ("light session", ["light"]), ("ring finger", ["light"])):
        page.bar.search.setText(text)
        page._typing.timeout.emit()
        assert shown(page) == left


def test_typing_waits_for_a_pause_and_reads_once(page, qtbot, monkeypatch):
    read = []
    whole = page.model.read
    monkeypatch.setattr(page.model, "read", lambda wanted=None: (read.append(wanted.text), whole(wanted)))
    QTest.keyClicks(page.bar.search, "dots")
    qtbot.waitUntil(lambda: read != [])
    assert read == ["dots"]


def test_where_there_is_little_room_the_filters_are_folded_away(stage, page, qapp):
    page.resize(560, 640)
    settle(qapp)
    assert not page.bar.kinds.isVisible()
    QTest.mouseClick(page.bar.fold, LEFT)
    settle(qapp)
    assert page.bar.kinds.isVisible()
    assert page.bar.period.isVisible()
    page.resize(1085, 832)
    settle(qapp)
    assert not page.bar.fold.isVisible()
    assert page.bar.kinds.isVisible()


def test_the_keyboard_goes_through_the_filters_as_they_stand(page, qapp):
    QTest.mouseClick(page.bar.kinds.more, LEFT)
    settle(qapp)
    page.bar.search.setFocus()
    met = []
    for _ in range(11):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        met.append(page.focusWidget())
    chips = [page.bar.kinds.chip(key) for key in ("all", *(kind.value for kind in SHOWN))]
    assert met[:9] == [page.bar.place, page.bar.period, *chips, page.bar.kinds.more]
    assert met[9] is page.list
