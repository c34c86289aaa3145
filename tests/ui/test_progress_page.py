"""Progress on a real record: lanes that move together, a day one can stand on, tables, words, files, and the way on."""

import csv
import io
import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest

from companion.domain.care import Device, Estimate, LightSession, OtherTreatment, RegionScore, Score, ScoreRegion
from companion.domain.moments import Part, Slot
from companion.domain.progress import AreaPoint, AreaSeries, AreaSource
from companion.domain.progress_tables import Plot
from companion.services.applications import Log
from companion.services.care_entries import NewCare
from companion.services.journal import NewSymptom
from companion.services.treatment import NewPlace
from companion.ui import theme
from companion.ui.pages.progress import ProgressPage
from companion.ui.pages.progress.area import AreaLane, top_of
from companion.ui.pages.progress.pictures import PhotoLane
from companion.ui.pages.progress.plot import TILES_KEPT
from companion.wording import say, use_language
from tests.support.home import START, TODAY, at, keep
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.stage import entered, settle, texts

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LANGUAGES = ("en", "it")
DAY = timedelta(days=1)


def fill(stage):
    """Note some of everything."""
    context = stage.context
    for ago in range(1, 9):
        for part, hour in ((Part.MORNING, 8), (Part.EVENING, 20)):
            day = TODAY - ago * DAY
            if (ago, part) != (4, Part.EVENING):
                context.applications.log(Log(at=at(hour, day=day), slot=Slot(day, part)))
    context.journal.add_symptom(NewSymptom("itch", at(8, day=TODAY - 20 * DAY), bad=2, places=(1,)))
    for when, size in ((START, "0.75"), (START + 60 * DAY, "0.5")):
        context.care_entries.add(NewCare(Estimate(1, Decimal(size)), day=when))
    line = RegionScore(ScoreRegion.HANDS, Decimal(2), 50)
    context.care_entries.add(NewCare(Score((line,), False), day=START + 30 * DAY))
    context.care_entries.add(NewCare(LightSession(Device.EXCIMER), day=TODAY - DAY))
    context.care_entries.add(NewCare(OtherTreatment("Vitamin D"), day=START))


@pytest.fixture
def page(stage, qtbot):
    fill(stage)
    return enter(stage, qtbot)


def enter(stage, qtbot, size=(1085, 832)):
    made = entered(ProgressPage, stage, size)
    qtbot.addWidget(made)
    return made


def plot(page, which):
    return page.cards[which].picture


def line(page, which):
    return page.cards[which]._line.text()


# What is shown


def test_a_record_without_a_word_says_what_will_stand_here(stage, qtbot):
    page = enter(stage, qtbot)
    assert say("progress.empty.title") in texts(page)
    assert not page.cards[Plot.APPLICATIONS].isVisible()
    page.focus_start()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert stage.host.went == [("today", None)]


def test_what_is_empty_still_comes_last_and_says_how_to_begin(page, stage):
    photos = page.cards[Plot.PHOTOS]
    assert say("progress.photos.none") in texts(photos)
    assert not photos.picture.isVisible()
    tops = {which: card.y() for which, card in page.cards.items()}
    assert max(tops, key=tops.get) is Plot.PHOTOS
    QTest.mouseClick(photos._begin, LEFT)
    assert stage.host.went == [("photos", "add")]


def test_adherence_is_said_as_a_range(page):
    told = texts(page.cards[Plot.APPLICATIONS])
    view = page._progress.view()
    assert f"between 15 and {15 + view.adherence.unknown} of {view.adherence.due}" in told


def test_the_trials_stand_with_vehicle_and_face_and_without_a_forecast(page):
    told = texts(page.trials)
    assert "face" in told
    for figures in (
        "Ruxolitinib cream: 30 in 100",
        "Cream without medicine: 7 in 100",
        "Cream without medicine: 11 in 100",
    ):
        assert figures in told
    assert "nothing to compare" in told
    assert "NEJM" in told


def test_the_article_is_one_click_away(page, stage):
    QTest.mouseClick(page.trials._more, LEFT)
    assert stage.host.went == [("learn", "what-the-trials-saw")]


def test_the_leaflets_reviews_are_named_with_their_days(page):
    told = texts(page.review)
    assert "Week 24" in told
    assert "Week 52" in told


VERDICTS = re.compile(
    r"\b(better|worse|improv\w*|goal|target|progress so far|migliorat\w*|peggiorat\w*|obiettivo)\b", re.I
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_to_be_better_or_worse(stage, qtbot, language):
    use_language(language)
    fill(stage)
    page = enter(stage, qtbot)
    for card in page.cards.values():
        told = " ".join((texts(card), card.told(), *(key.text for key in card.marks())))
        assert not VERDICTS.search(told), told


def test_tab_goes_down_the_page(page):
    first = at_widget = page._places.group.chip("")
    tops = []
    while True:
        if at_widget.isVisible() and at_widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            tops.append(at_widget.mapTo(page._scaffold, QPoint(0, 0)).y())
        at_widget = at_widget.nextInFocusChain()
        if at_widget is first or page._side.isAncestorOf(at_widget):
            break
    assert len(tops) > 12
    assert all(later >= earlier - 12 for earlier, later in pairwise(tops)), tops


def test_a_size_is_noted_in_the_journal(stage, qtbot):
    day = TODAY - DAY
    stage.context.applications.log(Log(at=at(8, day=day), slot=Slot(day, Part.MORNING)))
    page = enter(stage, qtbot)
    QTest.mouseClick(page.cards[Plot.AREA]._begin, LEFT)
    assert stage.host.went == [("journal", "add estimate")]


# The axis


def test_all_lanes_move_together(page):
    before = {which: plot(page, which).day_at(400) for which in (Plot.AREA, Plot.APPLICATIONS, Plot.EFFECTS)}
    assert len(set(before.values())) == 1
    page.axis.show_last(12)
    page.axis.pan(-1)
    after = {plot(page, which).day_at(400) for which in before}
    assert len(after) == 1
    assert after != set(before.values())


def test_the_buttons_zoom_and_the_choices_say_what_is_shown(page):
    span = page.axis.window.span
    QTest.mouseClick(page.nearer, LEFT)
    assert page.axis.window.span < span
    assert page.spans.chosen() == ()
    QTest.mouseClick(page.farther, LEFT)
    QTest.mouseClick(page.spans.chip("12"), LEFT)
    assert page.axis.window.span == 12
    assert page.spans.chosen() == ("12",)
    QTest.mouseClick(page.spans.chip("all"), LEFT)
    assert page.axis.window == page.axis.bounds
    assert not page.farther.isEnabled()


def test_a_drag_pans_and_is_no_click(page):
    page.axis.show_last(12)
    view, heard = plot(page, Plot.APPLICATIONS), []
    view.opened.connect(lambda *told: heard.append(told))
    before = page.axis.window.first
    QTest.mousePress(view, LEFT, pos=QPoint(300, 40))
    QTest.mouseMove(view, QPoint(420, 40))
    QTest.mouseRelease(view, LEFT, pos=QPoint(420, 40))
    assert page.axis.window.first < before
    assert heard == []
    assert page.axis.day is None


def test_the_wheel_zooms_with_ctrl_and_leaves_the_rest_to_the_page(page, qapp):
    from PySide6.QtGui import QWheelEvent

    view = plot(page, Plot.APPLICATIONS)

    def turn(keys):
        at_point = QPointF(400, 40)
        event = QWheelEvent(
            at_point, view.mapToGlobal(at_point), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        view.wheelEvent(event)
        return event.isAccepted()

    span, day = page.axis.window.span, view.day_at(400)
    assert not turn(Qt.KeyboardModifier.NoModifier)
    assert page.axis.window.span == span
    assert turn(CONTROL)
    assert page.axis.window.span < span
    assert abs((view.day_at(400) - day).days) <= 1


def test_panning_paints_little_and_keeps_little(page, qapp):
    page.axis.show_last(12)
    view = plot(page, Plot.APPLICATIONS)
    view.grab()
    kept = dict(view._tiles)
    page.axis.pan(-0.2)
    view.grab()
    assert all(view._tiles[number] is tile for number, tile in kept.items())
    for _ in range(200):
        page.axis.pan(-0.5)
        view.grab()
    assert len(view._tiles) <= TILES_KEPT


# The day one stands on


def test_arrows_go_by_day_and_by_week_and_the_line_says_what_is_there(page):
    view = plot(page, Plot.APPLICATIONS)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert page.axis.day == TODAY
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert page.axis.day == TODAY - DAY
    assert line(page, Plot.APPLICATIONS) == "Friday 20 November 2026, week 14: Morning: applied. Evening: applied."
    assert line(page, Plot.CARE).endswith("Light session: Excimer light. Vitamin D.")
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert page.axis.day == TODAY - 8 * DAY
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert page.axis.day == START
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert page.axis.day is None


def test_the_day_is_brought_into_sight(page):
    page.axis.show_last(2)
    view = plot(page, Plot.APPLICATIONS)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert page.axis.window.first == 0.0


def test_the_day_cannot_leave_the_axis(page):
    page.axis.stand_on(date(1990, 1, 1))
    assert page.axis.day == START
    page.axis.stand_on(date(2099, 1, 1))
    assert page.axis.day < page.axis.start + timedelta(weeks=page.axis.bounds.last)


def test_ctrl_and_an_arrow_go_to_the_next_thing(page):
    view = plot(page, Plot.AREA)
    page.axis.stand_on(START + 2 * DAY)
    QTest.keyClick(view, Qt.Key.Key_Right, CONTROL)
    assert page.axis.day == START + 30 * DAY
    assert "1 points" in line(page, Plot.AREA)
    QTest.keyClick(view, Qt.Key.Key_Left, CONTROL)
    assert page.axis.day == START


def test_shift_and_an_arrow_pan_plus_and_minus_zoom(page):
    page.axis.show_last(12)
    view, first = plot(page, Plot.EFFECTS), page.axis.window.first
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    assert page.axis.window.first < first
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert page.axis.window.span < 12
    QTest.keyClick(view, Qt.Key.Key_0)
    assert page.axis.window == page.axis.bounds


def test_the_mouse_says_what_lies_below_it_and_nothing_when_it_left(page):
    view = plot(page, Plot.AREA)
    x = view.area().left() + view.scale().of_day(TODAY - 5 * DAY) - view.offset() + 1
    QTest.mouseMove(view, QPoint(round(x), 10))
    assert page.axis.hovered == TODAY - 5 * DAY
    assert line(page, Plot.EFFECTS).endswith("Itch, quite bad.")
    QTest.mouseMove(view, QPoint(2, 2))
    assert line(page, Plot.EFFECTS) == " "


# Places


def test_a_place_narrows_sizes_effects_and_photos(page):
    page._places.choose(("2",))
    page._on_places(("2",))
    settle()
    for which in (Plot.AREA, Plot.EFFECTS):
        assert plot(page, which).lane().is_empty()
        assert say("progress.none_of_places") in texts(page.cards[which])
        assert not page.cards[which]._begin.isVisible()
    assert not plot(page, Plot.APPLICATIONS).lane().is_empty()
    page._places.choose(("1",))
    page._on_places(("1",))
    page.cards[Plot.AREA].show_as("table")
    assert page.cards[Plot.AREA].table().model_of_table.rowCount() == 2
    page._places.choose(())
    page._on_places(())
    assert len(plot(page, Plot.AREA).lane()._series) == 2


def test_private_places_are_not_offered(stage, qtbot):
    stage.context.care.add_place(NewPlace("groin"))
    fill(stage)
    page = enter(stage, qtbot)
    assert say("body.groin") not in texts(page._places)
    assert len(page._places.group._chips) == 4


# Sizes


def test_the_scale_begins_at_nothing_and_holds_every_range():
    def series(source, *amounts):
        return AreaSeries(None, source, tuple(AreaPoint(START, each, each, each * 1.2) for each in amounts))

    assert top_of(series(AreaSource.ESTIMATE, 0.75)) == 1
    assert top_of(series(AreaSource.ESTIMATE, 3.0)) == 4
    assert top_of(series(AreaSource.MEASURED, 40)) == 100
    assert top_of(series(AreaSource.MEASURED, 100)) == 125
    assert top_of(series(AreaSource.DOCTOR, 100)) == 120


def test_measured_sizes_are_painted_with_their_range(page):
    from dataclasses import replace

    points = tuple(AreaPoint(START + n * 20 * DAY, 90 - n, 85 - n, 96 - n) for n in range(4))
    view = page._progress.view()
    lane = AreaLane(replace(view, areas=(AreaSeries(view.places[0], AreaSource.MEASURED, points),)), page.axis)
    card = page.cards[Plot.AREA]
    card.show_view(view, lane, {})
    assert card.picture.grab().toImage() != QImage()
    assert "90% (85 to 96)" in lane.on(START)
    assert [key.text for key in lane.legend(card.picture.scale())] == [say("progress.area.source.measured")]


# Tables


def test_every_picture_has_its_table(page):
    for which, card in page.cards.items():
        if card.picture.lane() is None or card.picture.lane().is_empty():
            continue
        card.show_as("table")
        settle()
        model = card.table().model_of_table
        assert model.rowCount() > 0, which
        assert model.columnCount() > 0, which
        assert card.table().isVisible()
        assert not card.picture.isVisible()
        for row in range(min(model.rowCount(), 5)):
            for column in range(model.columnCount()):
                assert isinstance(model.data(model.index(row, column)), str)
        card.show_as("picture")
        assert card.picture.isVisible()


def test_the_table_speaks_words(page):
    card = page.cards[Plot.AREA]
    card.show_as("table")
    model = card.table().model_of_table
    rows = [[model.data(model.index(row, at)) for at in range(model.columnCount())] for row in range(3)]
    assert rows[0][:3] == ["without the face", "doctor", "16 Sep 2026"]
    assert rows[1] == ["Face", "own estimate", "16 Oct 2026", "9", "½ handprint"]
    reader = QAccessible.queryAccessibleInterface(card.table())
    assert reader.role() == QAccessible.Role.Table
    assert reader.childCount() >= 3 * 5


def test_the_table_follows_the_record(page, stage):
    card = page.cards[Plot.AREA]
    card.show_as("table")
    done = stage.context.care_entries.add(NewCare(Estimate(2, Decimal(1)), day=TODAY))
    stage.bus.announce(done.changes)
    assert card.table().model_of_table.rowCount() == 4


# Files


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_picture_leaves_in_the_light_look_whatever_the_window_shows(page, qapp, name):
    theme.apply(qapp, theme.load(name))
    image = QImage.fromData(page.cards[Plot.APPLICATIONS].content("png"), "PNG")
    assert image.width() == 2400
    assert image.pixelColor(4, 4) == theme.load("light").colour("surface")
    assert theme.current().name == name


def test_a_drawing_carries_title_and_words(page):
    tree = ElementTree.fromstring(page.cards[Plot.APPLICATIONS].content("svg"))
    spaced = {each.tag.rpartition("}")[2]: each.text for each in tree}
    assert spaced["title"] == "Applications"
    assert "between 15 and" in spaced["desc"]


def test_the_table_leaves_as_codes_and_iso_days(page):
    rows = list(csv.reader(io.StringIO(page.cards[Plot.EFFECTS].content("csv").decode())))
    assert rows[0][0] == "effect"
    assert rows[1][0] == "itch"
    assert rows[1][3] == (TODAY - 20 * DAY).isoformat()


@pytest.mark.parametrize("kind", ["png", "svg", "csv"])
def test_a_file_is_written_and_said_not_to_be_encrypted(page, tmp_path, kind):
    file = tmp_path / f"out.{kind}"
    card = page.cards[Plot.AREA]
    card.save(file, kind)
    assert file.stat().st_size > 100
    assert say("progress.saved", name=file.name) in texts(card)


def test_a_file_that_cannot_be_written_is_said_beside_it(page, tmp_path):
    card = page.cards[Plot.AREA]
    card.save(tmp_path / "missing" / "out.png", "png")
    assert say("errors.target_not_writable") in texts(card)


# Photos


def photos(stage):
    album = stage.context.album
    days = (START, START, START + 40 * DAY, START + 80 * DAY)
    places = (1, 2, 1, 1)
    naive = [at(9, day=day).replace(tzinfo=None) for day in days]
    return [
        keep(album, f"{n}".encode(), place, local=moment, offset=timedelta(0))
        for n, (place, moment) in enumerate(zip(places, naive, strict=True))
    ]


def test_a_photo_opens_beside_the_first_one_of_its_place(stage, qtbot):
    first, _, second, third = photos(stage)
    page = enter(stage, qtbot)
    view = plot(page, Plot.PHOTOS)
    lane = view.lane()
    assert isinstance(lane, PhotoLane)
    where = lane.gathered(view.scale())[-1]
    x = view.area().left() + where.x - view.offset()
    QTest.mouseClick(view, LEFT, pos=QPoint(round(x), 30))
    assert stage.host.went.pop() == ("photos", (first, third))
    page.axis.stand_on(START + 38 * DAY)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert stage.host.went.pop() == ("photos", (first, second))
    page.axis.stand_on(START)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert stage.host.went.pop() == ("photos", (first, third))


def test_a_photo_that_is_alone_opens_alone(stage, qtbot):
    _, alone, *_ = photos(stage)
    page = enter(stage, qtbot)
    page._places.choose(("2",))
    page._on_places(("2",))
    QTest.keyClick(plot(page, Plot.PHOTOS), Qt.Key.Key_Return)
    assert stage.host.went == [("photos", alone)]


def test_sets_that_would_cover_one_another_are_gathered_and_told_apart_from_near(stage, qtbot):
    photos(stage)
    page = enter(stage, qtbot)
    lane = plot(page, Plot.PHOTOS).lane()
    near = plot(page, Plot.PHOTOS).scale()
    assert [each.count for each in lane.gathered(near)] == [2, 1, 1]
    from dataclasses import replace

    assert [each.count for each in lane.gathered(replace(near, a_week=1.0))] == [4]


# Everybody


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(760, 640), (1085, 832), (1700, 1200)])
def test_no_word_is_cut(stage, qtbot, qapp, language, scale, size):
    use_language(language)
    theme.apply(qapp, theme.load("light", scale))
    fill(stage)
    photos(stage)
    page = enter(stage, qtbot, size)
    assert clipped_labels(page) == []
    assert low_controls(page) == []
    assert unnamed_controls(page) == []


def test_a_screen_reader_hears_what_a_picture_says_and_how_to_move(page):
    for which, card in page.cards.items():
        if card.picture.isVisible():
            heard = QAccessible.queryAccessibleInterface(card.picture)
            name = heard.text(QAccessible.Text.Name)
            assert name.startswith(say(f"progress.{which}.title"))
            assert card.told() in name
            assert heard.text(QAccessible.Text.Description) == say("progress.keys")


def test_the_marks_of_slots_differ_without_colour(page, qapp):
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    from companion.domain.dosing import SlotState
    from companion.ui.pages.progress import marks

    def grey(draw, state):
        image = QImage(18, 18, QImage.Format.Format_RGB32)
        image.fill(theme.colour("surface"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, QRectF(1, 1, 16, 8), state)
        painter.end()
        grey_image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        return [grey_image.pixelColor(x, y).lightness() < 200 for x in range(18) for y in range(18)]

    told = (SlotState.APPLIED, SlotState.SKIPPED, SlotState.MISSED, SlotState.UNKNOWN, SlotState.PAUSED)
    for draw in (marks.slot, marks.share):
        shapes = [grey(draw, state) for state in told]
        for one in range(len(told)):
            for other in range(one):
                differ = sum(a != b for a, b in zip(shapes[one], shapes[other], strict=True))
                assert differ >= 6, (draw.__name__, told[one], told[other])


def test_a_change_elsewhere_is_seen_when_the_page_is_entered_again(page, stage):
    page.hide()
    day = TODAY - 10 * DAY
    done = stage.context.applications.log(Log(at=at(8, day=day), slot=Slot(day, Part.MORNING)))
    stage.bus.announce(done.changes)
    page.enter()
    page.show()
    settle()
    assert "between 16 and" in texts(page.cards[Plot.APPLICATIONS])


def test_on_another_day_the_axis_has_grown(page, stage):
    stage.clock.set(at(9, day=TODAY + 20 * DAY))
    page.enter()
    assert page.axis.today == TODAY + 20 * DAY
