"""The settings: each acts at once, each change of the record can be taken back, and errors stand beside the thing."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from companion.domain.body import Region
from companion.domain.leaflet import Leaflet
from companion.services import opening
from companion.services.custody import Custody
from companion.services.opened import services_of
from companion.storage.record import create
from companion.ui import theme
from companion.ui.pages.get_help import emergency_number
from companion.ui.pages.settings import SettingsPage
from companion.ui.pages.settings.about import LicencesSheet, parts
from companion.ui.pages.settings.lock_sheets import PassphraseSheet, RecoverySheet
from companion.ui.widgets import file_choice
from companion.wording import say, use_language
from tests.support.home import ANSWERS, TODAY, keep
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.records import PASSPHRASE, QUICK
from tests.support.stage import Stage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stage(tmp_path, qapp):
    made = Stage(tmp_path)
    made.context = replace(made.context, custody=Custody(made.home.services.record))
    yield made
    made.close()


@pytest.fixture
def page(stage, qtbot, qapp):
    made = SettingsPage(stage.context)
    qtbot.addWidget(made)
    made.resize(1085, 832)
    made.enter()
    made.show()
    qapp.processEvents()
    return made


@pytest.fixture
def care(stage):
    return stage.home.services.care


def enter(field, value):
    """Put a time into a field the way a person does."""
    field.setText(value)
    field.editingFinished.emit()


def test_times_act_at_once_and_can_be_taken_back(page, stage, care):
    enter(page.section("times").times.evening, "21:15")
    assert care.current().times_on(TODAY).evening == time(21, 15)
    text = stage.host.offers[-1][0]
    assert text == say("settings.times_changed", morning="07:30", evening="21:15")
    stage.take_back()
    assert care.current().times_on(TODAY).evening == time(20)
    assert page.section("times").times.evening.value() == time(20)


def test_times_too_close_are_refused_where_they_stand(page, stage, care):
    enter(page.section("times").times.evening, "15:00")
    assert page.section("times").times.error() == say("errors.times_too_close", hours=8)
    assert care.current().times_on(TODAY).evening == time(20)
    assert stage.host.offers == []
    enter(page.section("times").times.evening, "20:00")
    assert page.section("times").times.error() == ""


def test_leaflet_start_and_name_can_be_taken_back(page, stage, care):
    section = page.section("treatment")
    section.leaflet.option("us").click()
    assert care.current().leaflet is Leaflet.US
    stage.take_back()
    assert care.current().leaflet is Leaflet.EU
    section.start.changed.emit(date(2026, 9, 1))
    assert care.current().started_on == date(2026, 9, 1)
    stage.take_back()
    assert care.current().started_on == ANSWERS.started_on
    enter(section.name, "  Giulia ")
    assert care.name() == "Giulia"
    stage.take_back()
    assert care.name() == "Ale"


def test_a_name_is_plain_text_whatever_it_holds(page, care):
    enter(page.section("treatment").name, "<b>Ale</b> \u202e😀")
    assert care.name() == "<b>Ale</b> \u202e😀"


def test_the_emergency_number_is_the_persons_own_or_the_regions(page, stage, care):
    assert page.section("treatment").number.text() == "112"
    enter(page.section("treatment").number, "118")
    assert emergency_number(care) == "118"
    stage.take_back()
    assert emergency_number(care) == "112"
    enter(page.section("treatment").number, "118")
    enter(page.section("treatment").number, "")
    assert page.section("treatment").number.text() == "112"


def test_places_are_added_sized_named_and_let_go(page, stage, care, qtbot):
    page.section("places").open_sheet()
    sheet = page.section("places")._sheet
    sheet.editor.figure.canvas.spot(Region.HAND_LEFT).click()
    added = care.places()[-1]
    assert (added.region, added.treated) == ("hand_left", True)
    sheet.editor._rows[str(added.id)].stepper.more.click()
    assert care.places()[-1].handprints == Decimal("0.75")
    page.section("places").rename_place(added.id, "Thumb")
    assert "Thumb" in page.section("places")._list.text()
    sheet.editor._rows[str(added.id)].remove.click()
    assert added.id not in [place.id for place in care.places()]
    assert sheet._undo.isVisible()
    qtbot.mouseClick(sheet._undo.button, LEFT)
    back = next(place for place in care.places() if place.id == added.id)
    assert (back.label, back.handprints) == ("Thumb", Decimal("0.75"))
    assert stage.host.offers == [], "the window's own bar lies below the sheet"
    sheet.accept()


def test_the_summary_lists_what_is_treated(page):
    words = page.section("places")._list.text()
    assert "Face: 1 handprint" in words
    assert "Ring finger: ½ handprint" in words
    assert "knee" not in words.lower()


def test_tubes_are_listed_and_a_new_one_opens_the_sheet(page, qtbot):
    labels = " ".join(each.text() for each in page.section("tubes").findChildren(QLabel))
    assert say("settings.tube", grams="100 g") in labels
    assert say("settings.tube_opened", day="1 Oct 2026") in labels
    qtbot.mouseClick(page.section("tubes").new, LEFT)
    from companion.ui.pages.today.tube_sheet import TubeSheet

    sheet = page.findChild(TubeSheet) or page.window().findChild(TubeSheet)
    assert sheet.isVisible()
    sheet.reject()


def test_the_look_is_kept(page, stage):
    preferences = stage.preferences
    page.section("look").theme.chosen_key.emit("dark")
    page.section("look").text_size.chosen_key.emit("1.5")
    page.section("look").hours.chosen_key.emit("12")
    page.section("look").motion.click()
    page.section("look").tongue.segment("it").click()
    assert (preferences.theme, preferences.text_scale, preferences.hours) == ("dark", 1.5, "12")
    assert (preferences.reduced_motion, preferences.language) == (True, "it")


def test_a_sound_record_is_said_to_be_sound(page, qtbot):
    qtbot.mouseClick(page.section("record").check, LEFT)
    assert page.section("record").strip.isVisible()
    qtbot.waitUntil(lambda: page.section("record")._message is not None, timeout=20_000)
    assert page.section("record")._message.message() == say("settings.check_sound")
    assert page.section("record").check.isEnabled()


def test_a_missing_photo_is_counted(page, stage, qtbot):
    album = stage.home.services.album
    photo = keep(album, b"a picture")
    stage.home.services.record.vault.delete(album.get(photo).original)
    qtbot.mouseClick(page.section("record").check, LEFT)
    qtbot.waitUntil(lambda: page.section("record")._message is not None, timeout=20_000)
    assert page.section("record")._message.message() == say("settings.check_photos", count=1)


def test_tables_are_written_and_never_over_others(page, stage, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(file_choice, "choose_folder", lambda *_: tmp_path / "out")
    qtbot.mouseClick(page.section("record").export, LEFT)
    qtbot.waitUntil(lambda: page.section("record")._message is not None, timeout=20_000)
    files = list((tmp_path / "out" / "companion-2026-11-21").iterdir())
    assert {"applications.csv", "places.csv"} <= {each.name for each in files}
    assert str(len(files)) in page.section("record")._message.message()
    qtbot.mouseClick(page.section("record").export, LEFT)
    qtbot.waitUntil(lambda: page.section("record")._message.message() == say("errors.export_exists"), timeout=20_000)


def test_an_example_needs_no_passphrase(page):
    assert say("settings.ways.example") in page.section("lock")._ways.text()
    assert not page.section("lock").passphrase.isVisible()


@pytest.fixture
def locked(tmp_path):
    """A locked record, open, with its custody and recovery key."""
    record, recovery = create(tmp_path / "locked", passphrase=PASSPHRASE, cost=QUICK)
    yield record, Custody(record), recovery
    record.close()


def test_the_passphrase_is_changed_only_with_the_present_one(page, stage, locked, qtbot, monkeypatch):
    record, custody, _ = locked
    sheet = PassphraseSheet(page, custody, stage.tasks)
    sheet.open()
    sheet.secret.first.line.setText("another good passphrase")
    sheet.secret.second.line.setText("another good passphrase")
    qtbot.mouseClick(sheet.save, LEFT)
    assert sheet.current.error() == say("errors.passphrase_needed")
    sheet.current.line.setText("wrong")
    qtbot.mouseClick(sheet.save, LEFT)
    qtbot.waitUntil(lambda: sheet.current.error() == say("errors.wrong_passphrase"), timeout=20_000)
    sheet.current.line.setText(PASSPHRASE)
    with qtbot.waitSignal(sheet.changed, timeout=20_000):
        qtbot.mouseClick(sheet.save, LEFT)
    record.close()
    opening.open_record(record.folder, "another good passphrase").close()


def test_the_recovery_key_stands_in_for_a_lost_passphrase(locked):
    record, custody, recovery = locked
    custody.change_passphrase(recovery.lower(), "another good passphrase")
    record.close()
    opening.open_record(record.folder, "another good passphrase").close()


def test_a_new_recovery_key_has_to_be_on_paper_before_the_sheet_goes(page, locked, qtbot):
    record, custody, old = locked
    key = custody.new_recovery_key()
    sheet = RecoverySheet(page, key, TODAY)
    sheet.open()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    qtbot.mouseClick(sheet.next, LEFT)
    assert not sheet.next.isEnabled()
    for line, group in zip(sheet.key.answers, sheet.key.wanted, strict=True):
        line.setText(key.split("-")[group])
    qtbot.mouseClick(sheet.next, LEFT)
    assert not sheet.isVisible()
    record.close()
    opening.open_record(record.folder, recovery=key).close()
    with pytest.raises(Exception, match="wrong_recovery_key"):
        opening.open_record(record.folder, recovery=old)


def test_every_part_is_named_with_version_and_licence(page):
    found = parts()
    assert {"Qt", "SQLCipher, SQLite, OpenSSL", "pi-heif, libheif, libde265"} <= {name for name, _, _ in found}
    assert all(version and licence for _, version, licence in found)
    sheet = LicencesSheet(page)
    sheet.open()
    sheet.accept()


def test_a_record_that_was_opened_again_shows_the_same(stage, page, qtbot):
    enter(page.section("times").times.morning, "06:45")
    stage.home.reopen()
    services = services_of(stage.home.services.record, stage.clock)
    assert services.care.current().times_on(TODAY).morning == time(6, 45)


@pytest.mark.parametrize("spoken", ["en", "it"])
@pytest.mark.parametrize(("size", "scale"), [((750, 640), 1.0), ((1085, 832), 1.5), ((1700, 1200), 2.0)])
def test_everything_fits_and_has_a_name(stage, qtbot, qapp, spoken, size, scale):
    use_language(spoken)
    theme.apply(qapp, theme.load("light", scale))
    page = SettingsPage(stage.context)
    qtbot.addWidget(page)
    page.resize(*size)
    page.enter("about")
    page.show()
    for _ in range(6):
        qapp.processEvents()
    assert clipped_labels(page) == []
    assert unnamed_controls(page) == []
    assert low_controls(page) == []


def test_a_new_tube_can_be_taken_back(page, stage, care, qtbot):
    from companion.ui.pages.today.tube_sheet import TubeSheet

    (first,) = care.tubes()
    qtbot.mouseClick(page.section("tubes").new, LEFT)
    sheet = page.window().findChild(TubeSheet)
    sheet._finished.setChecked(True)
    sheet._crystals.setChecked(True)
    sheet._save()
    assert len(care.tubes()) == 2
    assert stage.host.offers[-1][0] == say("today.tube.undo_opened")
    stage.take_back()
    assert care.tubes() == (first,)
