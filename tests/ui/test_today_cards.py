"""The lower cards of Today: how the skin feels, the tube, photo day, notices; and that all of it fits."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from companion.domain.leaflet import Leaflet
from companion.domain.photos import Photo, PhotoKind, TakenSource
from companion.domain.today import PhotoDay
from companion.domain.treatment import total_handprints
from companion.services.journal import NewSymptom
from companion.services.treatment import NewPlace
from companion.ui import theme
from companion.ui.pages.today import TodayPage, photo_words
from companion.wording import say, use_language
from tests.support.home import ANSWERS, ROME, TODAY, at
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.stage import Stage, entered, named, open_sheet, settle, texts

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(stage, qtbot, qapp):
    return enter(stage, qtbot, qapp)


def enter(stage, qtbot, qapp, size=(1085, 832)):
    made = entered(TodayPage, stage, size)
    qtbot.addWidget(made)
    made.rest()
    qapp.processEvents()
    return made


# How the skin feels


def test_one_click_notes_a_side_effect_and_the_rest_can_follow(stage, page, qapp):
    QTest.mouseClick(page.rest().skin.chip("itch"), LEFT)
    qapp.processEvents()
    entry = stage.context.journal.page()[0]
    assert (entry.code, entry.at, entry.bad, entry.places) == ("itch", at(8), None, ())
    follow = page.rest().skin.follow_up()
    QTest.mouseClick(follow.places.group.chip("1"), LEFT)
    QTest.mouseClick(follow.bad.chip("2"), LEFT)
    QTest.mouseClick(follow.bothers.chip("1"), LEFT)
    entry = stage.context.journal.get_symptom(entry.id)
    assert (entry.places, entry.bad, entry.bothers) == ((1,), 2, 1)
    QTest.mouseClick(follow.done, LEFT)
    assert page.rest().skin.follow_up() is None
    assert "Itch, face, quite bad" in texts(page.rest().skin)
    assert len(stage.context.journal.page()) == 1


def test_what_follows_can_be_where_nothing_is_treated(stage, page, qapp):
    QTest.mouseClick(page.rest().skin.chip("itch"), LEFT)
    qapp.processEvents()
    follow = page.rest().skin.follow_up()
    before = total_handprints(stage.context.care.places())
    QTest.mouseClick(follow.places.another, LEFT)
    follow.places.region.choose("chin")
    QTest.mouseClick(follow.places.add_region, LEFT)
    qapp.processEvents()
    entry = stage.context.journal.page()[0]
    (chin,) = [place for place in stage.context.care.places() if place.region == "chin"]
    assert entry.places == (chin.id,)
    assert page.rest().skin.follow_up() is follow
    assert "Itch, chin" in texts(page.rest().skin)
    assert not chin.treated
    assert total_handprints(stage.context.care.places()) == before


def test_a_double_click_notes_once(stage, page, qapp):
    chip = page.rest().skin.chip("redness")
    QTest.mouseDClick(page.windowHandle(), LEFT, Qt.KeyboardModifier.NoModifier, chip.mapTo(page, chip.rect().center()))
    qapp.processEvents()
    assert len(stage.context.journal.page()) == 1


def test_undo_takes_the_side_effect_and_its_questions_away(stage, page):
    QTest.mouseClick(page.rest().skin.chip("spots"), LEFT)
    assert stage.host.offers[-1][0] == "Noted: Spots or pimples."
    stage.take_back()
    assert stage.context.journal.page() == ()
    assert page.rest().skin.follow_up() is None


def test_what_is_urgent_shows_help_before_anything_is_noted(stage, page):
    found = []
    stage.host.on_help = lambda: found.append(len(stage.context.journal.page()))
    QTest.mouseClick(page.rest().skin.chip("fever"), LEFT)
    assert stage.host.helped == ["infection"]
    assert found == [0], "the page comes first"
    entry = stage.context.journal.page()[0]
    assert entry.help_shown_at == at(8)


def test_nothing_to_report_is_kept_for_the_day_and_can_be_taken_back(stage, page):
    QTest.mouseClick(page.rest().skin.nothing, LEFT)
    QTest.mouseClick(page.rest().skin.nothing, LEFT)
    assert [each.text for each in stage.context.journal.page()] == ["Nothing to report today."]
    assert page.rest().skin.nothing.isChecked()
    stage.take_back()
    assert not page.rest().skin.nothing.isChecked()
    assert stage.context.journal.page() == ()
    QTest.mouseClick(page.rest().skin.nothing, LEFT)
    stage.clock.set(at(0, 1, TODAY + timedelta(days=1)))
    page.tick()
    assert not page.rest().skin.nothing.isChecked()


def test_a_side_effect_ends_a_day_with_nothing_to_report(stage, page):
    QTest.mouseClick(page.rest().skin.nothing, LEFT)
    QTest.mouseClick(page.rest().skin.chip("itch"), LEFT)
    assert not page.rest().skin.nothing.isChecked()


def test_something_else_opens_the_sheet_for_a_new_entry(stage, page):
    QTest.mouseClick(named(page.rest().skin, say("today.skin.else")), LEFT)
    assert open_sheet(page).kind() == "symptom"


# The tube


def test_the_tube_tells_what_is_left_when_to_order_and_until_when(stage, page):
    said = texts(page.rest().tube)
    assert "About 100 g left of 100 g: 133 days at your usual amount." in said
    assert "Use it until 1 April 2027, 6\u00a0months after opening." in said
    assert "EU package leaflet" in said


def test_the_small_print_of_the_tube_names_cap_crystals_and_basis(stage, page, qapp):
    QTest.mouseClick(named(page.rest().tube, say("today.tube.about")), LEFT)
    qapp.processEvents()
    said = texts(page.rest().tube)
    assert "at most 2 tubes of 100 g a month" in said
    assert "take it back to the pharmacy" in said
    assert "EMA and AIFA notice of 24 April 2025, checked 21 Nov 2026." in said
    assert "about when to order, not about how much to use" in said


def test_the_us_label_has_its_own_cap_and_no_date_to_throw_away(tmp_path, qtbot, qapp):
    stage = Stage(tmp_path, replace(ANSWERS, leaflet=Leaflet.US))
    page = enter(stage, qtbot, qapp)
    QTest.mouseClick(named(page.rest().tube, say("today.tube.about")), LEFT)
    qapp.processEvents()
    said = texts(page.rest().tube)
    assert "one 60 g tube in 7 days" in said
    assert "months after opening" not in said
    assert "crystals" not in said
    stage.close()


def test_a_tube_past_its_date_sends_to_the_pharmacist(stage, page):
    stage.clock.set(at(8, day=date(2027, 4, 2)))
    page.tick()
    assert "That was until 1 April 2027." in texts(page.rest().tube)
    assert "pharmacist" in texts(page.rest().tube)


def test_without_a_tube_one_can_be_noted_and_undone(tmp_path, qtbot, qapp):
    stage = Stage(tmp_path, replace(ANSWERS, tube=None))
    page = enter(stage, qtbot, qapp)
    QTest.mouseClick(named(page.rest().tube, say("today.tube.note_one")), LEFT)
    sheet = open_sheet(page)
    sheet._lot.setText("LX2043")
    QTest.mouseClick(named(sheet, say("today.tube.save")), LEFT)
    assert [(each.grams, each.lot, each.opened_on) for each in stage.context.care.tubes()] == [(100, "LX2043", TODAY)]
    assert "Lot LX2043" in texts(page.rest().tube)
    stage.take_back()
    assert stage.context.care.tubes() == ()
    stage.close()


@pytest.mark.parametrize("grams", ["0", "60.5", "many", "5000"])
def test_a_tube_of_no_possible_size_is_said_inline(stage, page, qapp, grams):
    QTest.mouseClick(named(page.rest().tube, say("today.tube.new")), LEFT)
    sheet = open_sheet(page)
    sheet._size.choose(("other",))
    sheet._exact.setText(grams)
    QTest.mouseClick(named(sheet, say("today.tube.save")), LEFT)
    qapp.processEvents()
    assert sheet.isVisible()
    assert sheet._exact_field.error() or (sheet._problem is not None and sheet._problem.isVisible())
    assert len(stage.context.care.tubes()) == 1


def test_a_new_tube_can_end_the_one_before(stage, page, qapp):
    QTest.mouseClick(named(page.rest().tube, say("today.tube.new")), LEFT)
    sheet = open_sheet(page)
    QTest.mouseClick(named(sheet, say("today.tube.before_finished")), LEFT)
    QTest.mouseClick(named(sheet, say("today.tube.save")), LEFT)
    ended = {each.lot: each.finished_on for each in stage.context.care.tubes()}
    assert ended == {"L42": TODAY, "": None}


# Photos


def put_photo(stage, day, colour="#B9835F"):
    record = stage.home.services.record
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    names = [record.vault.put(bytes(buffer.data()), kind) for kind in ("original", "display", "thumbnail")]
    when = at(9, day=day)
    with record.unit_of_work() as work:
        work.photos.add(
            Photo(
                0, 1, when, ROME, TakenSource.EXIF, PhotoKind.ORDINARY, "jpeg", 64, 48, *names, "a" * 64, "b" * 64, when
            )
        )
    return names


def test_photo_day_shows_the_newest_pictures_decoded_off_the_window(stage, qtbot, qapp):
    put_photo(stage, TODAY - timedelta(days=27))
    page = enter(stage, qtbot, qapp)
    assert "Photo day is tomorrow" in texts(page.rest().photos)
    assert "Photos of 1 of your 3 places so far, the last 3 weeks ago." in texts(page.rest().photos)
    thumb = page.rest().photos.thumbs()[0]
    qtbot.waitUntil(thumb.loaded)
    assert thumb.accessibleName() == "Face, 25 Oct 2026"


def test_a_picture_that_is_gone_says_so_and_harms_nothing(stage, qtbot, qapp):
    names = put_photo(stage, TODAY - timedelta(days=40))
    stage.home.services.record.vault.delete(names[2])
    page = enter(stage, qtbot, qapp)
    qtbot.waitUntil(lambda: not stage.tasks.busy())
    thumb = page.rest().photos.thumbs()[0]
    assert not thumb.loaded()
    assert thumb.accessibleDescription() == say("today.photo.missing")
    assert stage.host.problems == []


# Notices


@pytest.mark.parametrize(("week", "title"), [(24, "Week 24: time to review"), (52, "Week 52: time to review")])
def test_review_weeks_point_to_the_dermatologist(tmp_path, qtbot, qapp, week, title):
    start = TODAY - timedelta(days=7 * (week - 1))
    stage = Stage(tmp_path, replace(ANSWERS, started_on=start, tube=None))
    page = enter(stage, qtbot, qapp)
    assert title in texts(page)
    assert "checked 21 Nov 2026." in texts(page.rest().milestone)
    stage.close()


def test_places_above_the_leaflet_are_to_be_checked_with_doctor_or_pharmacist(stage, page):
    assert page.rest().cap is None
    stage.bus.announce(stage.context.care.add_place(NewPlace("chest", Decimal(12))).changes)
    assert "above the amount in the leaflet: please check with your doctor or pharmacist" in page.rest().cap.message()


# All of it


def crowded(tmp_path):
    answers = replace(
        ANSWERS,
        started_on=TODAY - timedelta(days=7 * 23),
        places=(*ANSWERS.places, NewPlace("chest", Decimal(11)), NewPlace("lower_leg_left", Decimal(1))),
    )
    stage = Stage(tmp_path, answers)
    stage.context.journal.add_symptom(NewSymptom("burning_urine", bad=2, places=(1, 4, 5), help_shown=True))
    put_photo(stage, TODAY - timedelta(days=40))
    stage.clock.set(at(11))
    return stage


@pytest.mark.parametrize(
    ("scale", "size"), [(1.0, (960, 640)), (1.0, (1280, 832)), (1.5, (1085, 832)), (2.0, (847, 640))]
)
@pytest.mark.parametrize("language", ["en", "it"])
def test_nothing_is_cut_nameless_or_too_low(tmp_path, qtbot, qapp, language, scale, size):
    use_language(language)
    theme.apply(qapp, theme.load("light", scale))
    stage = crowded(tmp_path)
    page = enter(stage, qtbot, qapp, size)
    page.rest().skin.note("itch")
    page.rest().tube._on_more()
    qtbot.waitUntil(lambda: not stage.tasks.busy())
    settle(qapp)
    assert clipped_labels(page) == []
    assert unnamed_controls(page) == []
    assert low_controls(page) == []
    page.deeds.edit_slot(page.view.cards[0].slot)
    qapp.processEvents()
    sheet = open_sheet(page)
    assert clipped_labels(sheet) == []
    assert unnamed_controls(sheet) == []
    sheet.reject()
    page.rest().open_tube(page.view.tube.tube)
    qapp.processEvents()
    assert clipped_labels(open_sheet(page)) == []
    assert unnamed_controls(open_sheet(page)) == []
    stage.close()


def test_every_button_is_reached_by_tab(stage, page, qapp):
    page.focus_start()
    reached = set()
    for _ in range(200):
        widget = page.focusWidget()
        if widget in reached:
            break
        reached.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    from PySide6.QtWidgets import QAbstractButton

    buttons = {each for each in page.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()}
    assert buttons <= reached


def test_tab_goes_down_the_page_also_through_what_came_later(stage, page, qapp):
    page.rest().skin.note("itch")
    settle(qapp)
    follow = page.rest().skin.follow_up()
    assert page.rest().skin._else.nextInFocusChain() is follow.places.group.chip("1")
    order = []
    page.focus_start()
    for _ in range(200):
        widget = page.focusWidget()
        if widget in order:
            break
        order.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    rest = page.rest()
    cards = (page.carried, page.morning, page.evening, rest.week, rest.tube, rest.skin, rest.photos)
    owners = [next((card for card in cards if card.isAncestorOf(each)), None) for each in order]
    visited = [owner for number, owner in enumerate(owners) if number == 0 or owner is not owners[number - 1]]
    first = visited.index(page.morning)
    assert visited[first : first + 6] == list(cards[1:])


def test_enter_presses_a_button_too(stage, page):
    page.focus_start()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert page.morning.row is not None


@pytest.mark.parametrize(
    ("shown", "places", "said"),
    [
        (3, 3, "3 places, last photos 3 weeks ago. Same window, same time of day."),
        (1, 1, "1 place, last photos 3 weeks ago. Same window, same time of day."),
        (1, 3, "Photos of 1 of your 3 places so far, the last 3 weeks ago. Same window, same time of day."),
        (0, 3, "Last photos 3 weeks ago. Same window, same time of day."),
    ],
)
def test_only_places_with_photos_are_said_to_have_some(shown, places, said):
    day = PhotoDay(TODAY, TODAY - timedelta(days=21), (None,) * shown, places)
    assert photo_words.photo_text(day, TODAY) == said
