"""The doctor's area score and own estimates: arithmetic as it is typed, what cannot be, and what is not known."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from companion.domain.care import CareKind, Estimate, RegionScore, ScoreRegion
from companion.ui.pages.journal import JournalPage, words
from companion.ui.pages.journal.numbers_typed import amount
from companion.wording import say
from tests.support.home import TODAY
from tests.support.stage import entered, named, open_sheet, texts

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sheet_of(stage, qtbot, qapp):
    page = entered(JournalPage, stage, (1085, 832))
    qtbot.addWidget(page)

    def opened(kind):
        page.sheets.add(kind)
        return open_sheet(page)

    return opened


def fill(sheet, region, units, percent):
    row = sheet.rows[ScoreRegion(region)]
    row.units.setText(units)
    row.percent.choose(str(percent) if percent is not None else "")
    row.percent.chosen_key.emit(row.percent.chosen())
    return row


def save(sheet):
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)


def scores(stage):
    return stage.context.care_entries.of_kinds(CareKind.SCORE)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2", "2"),
        ("1,5", "1.5"),
        (".5", "0.5"),
        ("2½", "2.5"),
        ("½", "0.5"),
        (" 3 ", "3"),
        ("", None),
        ("x½", None),
        ("-1", None),
        ("1.2.3", None),
        ("1e9", None),
        ("nan", None),
        ("9999999", None),
    ],
)
def test_amounts_as_people_write_them(text, meant):
    assert amount(text) == (Decimal(meant) if meant is not None else None)


def test_the_arithmetic_is_shown_as_it_is_typed(stage, sheet_of):
    sheet = sheet_of("score")
    fill(sheet, "hands", "2", 75)
    assert "2 × 75% = 1.5" in texts(sheet)
    assert say("journal.score.total", total="1.5") in texts(sheet)
    fill(sheet, "legs", "3,5", 90)
    assert "3.5 × 90% = 3.15" in texts(sheet)
    assert "1.5 + 3.15 = 4.65" in texts(sheet)
    assert say("journal.score.total", total="4.65") in texts(sheet)
    sheet.face.choose("without")
    save(sheet)
    (entry,) = scores(stage)
    assert entry.what.regions == (
        RegionScore(ScoreRegion.HANDS, Decimal(2), 75),
        RegionScore(ScoreRegion.LEGS, Decimal("3.5"), 90),
    )
    assert entry.what.face_included is False


def test_what_is_written_adds_up(stage, sheet_of):
    sheet = sheet_of("score")
    for region, units, percent in (("hands", "0,75", 50), ("legs", "0,25", 75), ("feet", "0,5", 100)):
        fill(sheet, region, units, percent)
    assert "0.375 + 0.1875 + 0.5 = 1.0625" in texts(sheet)
    save(sheet)
    (entry,) = scores(stage)
    told = words.details(entry, TODAY, {})
    assert "Legs, without feet 0.25 × 75% = 0.1875" in told


def test_what_is_not_known_about_it_is_said_with_its_sources(stage, sheet_of):
    told = texts(sheet_of("score"))
    assert say("journal.score.caveat.raters") in told
    assert say("journal.score.caveat.hand_is_less", figure="0.8") in told
    assert "VASI" in told


def test_what_cannot_be_is_said_below_its_row_and_nothing_is_lost(stage, sheet_of):
    sheet = sheet_of("score")
    save(sheet)
    assert say("errors.score_empty") in texts(sheet)
    row = fill(sheet, "hands", "200", 75)
    save(sheet)
    assert say("errors.score_units", most=10) in texts(row)
    assert row.units.accessibleDescription() == say("errors.score_units", most=10)
    row.units.setText("two")
    assert say("journal.score.units_unclear") in texts(row), "said anew as it is put right"
    row.units.setText("2")
    assert say("journal.score.units_unclear") not in texts(row)
    other = fill(sheet, "feet", "1", None)
    save(sheet)
    assert say("journal.score.percent_missing") in texts(other)
    assert scores(stage) == ()
    assert (row.units.text(), other.units.text()) == ("2", "1")


def test_more_than_a_body_is_said_at_the_sum(stage, sheet_of):
    sheet = sheet_of("score")
    fill(sheet, "trunk", "60", 100)
    fill(sheet, "legs", "60", 50)
    save(sheet)
    assert say("errors.score_over_body", most=100) in texts(sheet)
    assert scores(stage) == ()


def test_an_estimate_tells_where_the_leaflets_line_is(stage, sheet_of):
    sheet = sheet_of("estimate")
    save(sheet)
    assert say("journal.estimate.choose_place") in texts(sheet)
    sheet.place.chip("1").click()
    sheet.amount.set_value(2)
    sheet.amount.changed.emit(2)
    assert "All treated places together: about 2½ handprints." in texts(sheet)
    assert "10 handprints, about 10% of the skin" in texts(sheet)
    assert not sheet._above.isVisible()
    sheet.amount.set_value(12)
    sheet.amount.changed.emit(12)
    assert say("journal.estimate.over", amount="12½ handprints", count=10) in texts(sheet)
    save(sheet)
    (entry,) = stage.context.care_entries.of_kinds(CareKind.ESTIMATE)
    assert entry.what == Estimate(1, Decimal(12)), "it is noted as it is"


def test_nothing_left_without_colour_can_be_said(stage, sheet_of):
    sheet = sheet_of("estimate")
    sheet.place.chip("2").click()
    sheet.amount.set_value(0)
    save(sheet)
    (entry,) = stage.context.care_entries.of_kinds(CareKind.ESTIMATE)
    assert entry.what == Estimate(2, Decimal(0))
