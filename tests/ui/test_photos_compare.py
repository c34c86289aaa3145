"""Looking at photos: one large, two together, from the keyboard and by name, and never altered."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from companion.services.album import Source
from companion.ui import theme
from companion.ui.pages.photos import PhotosPage
from companion.ui.widgets import file_choice
from companion.ui.widgets.compare_view import CompareView, Mode, Shown
from companion.ui.widgets.photo_grid_layout import GridLayout, Measures
from companion.ui.widgets.photo_view_geometry import MOST, Look, area, held, moved, zoomed
from companion.ui.widgets.photo_view_picture import Picture
from tests.support import pictures
from tests.support.home import at
from tests.support.stage import Stage

HAND, KNEE = 2, 3


@pytest.fixture
def stage(tmp_path, qapp):
    made = Stage(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ids(stage):
    """Five photos of the hand, the newest first, a month apart; and two of the knee."""
    sources = [Source(f"{n}", data=pictures.jpeg(400 + n, 300, taken=None)) for n in range(7)]
    made = stage.context.album.bring_in(sources, HAND).added
    stage.context.album.assign(made[5:], KNEE)
    for n, number in enumerate(made):
        stage.context.album.set_taken([number], at(8) - timedelta(days=1 + 28 * (n % 5)))
    return made


@pytest.fixture
def page(stage, ids, qtbot):
    made = PhotosPage(stage.context)
    qtbot.addWidget(made)
    made.resize(1080, 832)
    made.enter()
    made.show()
    made.timeline.show_key(str(HAND))
    QApplication.processEvents()
    return made


@pytest.fixture
def room(page, stage, qtbot):
    page.show_compare()
    made = page.compare_room()
    qtbot.waitUntil(lambda: len(made.view.pictures()) == 2, timeout=20_000)
    return made


def of_colour(colour, width=400, height=300):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return Picture((image,))


def view_of(qtbot, mode, size=(600, 450)):
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(*size)
    view.show_pair(Shown("one", "1", of_colour("red")), Shown("two", "2", of_colour("blue")))
    view.set_mode(mode)
    view.show()
    return view


def seen(view, x, y):
    """The colour of a point of the view, given in shares of it."""
    image = view.grab().toImage()
    return image.pixelColor(int(x * (image.width() - 1)), int(y * (image.height() - 1)))


# The page


def test_the_first_and_the_latest_of_the_place_are_compared(room, ids, page):
    assert page.shown() is room
    assert room.pair_ids() == (ids[4], ids[0])
    assert room.title.text() == "Ring finger"
    assert room.subtitle.text() == "31 July 2026 to 20 November 2026. 16 weeks."
    name = room.view.accessibleName()
    assert "First photo: Ring finger, 31 July 2026, before the start." in name
    assert "Second photo: Ring finger, 20 November 2026, week 14." in name


def test_the_ways_of_looking_follow_the_number_keys(room, page):
    room.view.setFocus()
    for key, mode in zip("1234", Mode, strict=True):
        QTest.keyClick(room.view, key)
        assert room.view.mode() is mode
        assert room.modes.chosen() == mode.value
    assert room.turns.isVisible()
    QTest.keyClick(room.strip, "2")
    assert room.view.mode() is Mode.SLIDE


def test_photos_are_stepped_through_and_never_the_same_twice(room, ids):
    room.pair.steps[(0, 1)].click()
    assert room.pair_ids() == (ids[3], ids[0])
    assert not room.pair.steps[(1, 1)].isEnabled()
    QTest.keyClick(room.strip, Qt.Key.Key_Home)
    QTest.keyClick(room.strip, Qt.Key.Key_Return)
    assert room.pair_ids() == (ids[3], ids[4])
    QTest.keyClick(room.strip, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert room.pair_ids() == (ids[4], ids[3])


def test_the_strip_shows_the_oldest_first_and_marks_both(room, ids):
    model = room.strip.model()
    assert [model.photo(row).id for row in range(model.rowCount())] == list(ids[:5])[::-1]
    size = room.strip.frame_size()
    assert [room.strip.face(row, size, False, False).mark for row in range(5)] == ["1", "", "", "", "2"]


def test_another_place_can_be_compared(room, ids):
    assert {room.places.itemText(row) for row in range(room.places.count())} == {"Ring finger", "Left knee"}
    assert room.places.currentText() == "Ring finger"
    room.show_place(str(KNEE))
    assert set(room.pair_ids()) == {ids[5], ids[6]}


def test_a_deleted_photo_leaves_the_comparison(room, ids, stage, page):
    stage.bus.announce(stage.context.album.delete([ids[0]]).changes)
    assert room.pair_ids() == (ids[4], ids[1])
    stage.bus.announce(stage.context.album.delete(ids[1:4]).changes)
    assert page.shown() is page.timeline


def test_two_chosen_photos_are_compared_the_older_first(page, ids, stage):
    page.timeline.grid.choose([ids[1], ids[3]])
    button = page.timeline.bar.button("compare")
    assert button.isVisible()
    button.click()
    assert page.compare_room().pair_ids() == (ids[3], ids[1])


def test_two_photos_asked_for_elsewhere_are_compared(page, ids):
    page.enter((ids[3], ids[1]))
    assert page.compare_room().pair_ids() == (ids[3], ids[1])


def test_two_photos_of_a_long_record_are_compared_once_the_old_ones_are_read(page, ids):
    seen, page.gallery.complete = dict(page.gallery._by_id), False
    page.gallery._by_id.pop(ids[3])
    page.enter((ids[3], ids[1]))
    assert page.shown() is page.timeline
    page.gallery._by_id, page.gallery.complete = seen, True
    page.gallery.changed.emit()
    assert page.compare_room().pair_ids() == (ids[3], ids[1])
    page.show_photo(ids[0])
    page.gallery.changed.emit()
    assert page.shown() is page.photo_room()


def test_a_photo_whose_file_is_gone_says_so_in_its_place(stage, ids, page, qtbot):
    stage.home.services.record.vault.delete(stage.context.album.get(ids[0]).display)
    page.show_compare()
    view = page.compare_room().view
    qtbot.waitUntil(lambda: "not where it was" in view.accessibleDescription(), timeout=20_000)
    page.show_photo(ids[0])
    single = page.photo_room().view
    qtbot.waitUntil(lambda: "not where it was" in single.accessibleDescription(), timeout=20_000)
    assert not page.grab().isNull()


def test_words_never_judge(room, stage):
    from companion.wording.phrases import phrasebook

    for language, words in (("en", ("better", "worse", "improve", "success")), ("it", ("miglior", "peggior"))):
        for phrase in phrasebook(language).room("photos").values():
            each = " ".join(phrase.values()) if isinstance(phrase, dict) else phrase
            assert not any(word in each.lower() for word in words), each


# The pictures


def test_side_by_side_shows_one_left_and_one_right(qtbot):
    view = view_of(qtbot, Mode.SIDE)
    assert seen(view, 0.25, 0.5) == QColor("red")
    assert seen(view, 0.75, 0.5) == QColor("blue")


def test_the_divider_is_moved_by_keys_and_mouse(qtbot):
    view = view_of(qtbot, Mode.SLIDE)
    assert (seen(view, 0.4, 0.3), seen(view, 0.6, 0.3)) == (QColor("red"), QColor("blue"))
    for _ in range(10):
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.share() == pytest.approx(0.7)
    assert seen(view, 0.6, 0.3) == QColor("red")
    assert "divider at 70 %" in view.accessibleDescription()
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert seen(view, 0.1, 0.3) == QColor("blue")
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(450, 100))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(450, 100))
    assert view.share() == pytest.approx(0.75)


def test_the_overlay_mixes_and_hides_nothing_at_its_ends(qtbot):
    view = view_of(qtbot, Mode.OVERLAY)
    mixed = seen(view, 0.5, 0.3)
    assert 120 <= mixed.red() <= 135
    assert 120 <= mixed.blue() <= 135
    view.set_share(0)
    assert seen(view, 0.5, 0.3) == QColor("red")
    view.set_share(1)
    assert seen(view, 0.5, 0.3) == QColor("blue")


def test_in_turn_goes_by_itself_and_stops_on_space(qtbot):
    view = view_of(qtbot, Mode.BLINK)
    assert view.playing()
    with qtbot.waitSignal(view.turned, timeout=5_000):
        pass
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert not view.playing()
    before = view.second_shown()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.second_shown() is not before
    assert seen(view, 0.5, 0.3) == QColor("blue" if view.second_shown() else "red")


def test_with_reduced_motion_nothing_turns_by_itself(qtbot, qapp):
    theme.apply(qapp, theme.load("light", reduced_motion=True))
    view = view_of(qtbot, Mode.BLINK)
    assert not view.playing()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.second_shown()
    assert not view.playing()


def test_both_photos_show_the_same_part(qtbot):
    view = view_of(qtbot, Mode.SIDE)
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.fillRect(300, 200, 20, 20, QColor("black"))
    painter.end()
    view.show_pair(Shown("one", "", Picture((image,))), Shown("two", "", Picture((image.copy(),))))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    view.sharpen_now()
    shot = view.grab().toImage()
    left, right = view.frames()

    def dark(frame):
        return [
            (x - int(frame.left()), y)
            for y in range(0, shot.height(), 2)
            for x in range(int(frame.left()), int(frame.right()))
            if shot.pixelColor(x, y) == QColor("black")
        ]

    found = [dark(left), dark(right)]
    assert found[0]
    corners = [(min(points), max(points)) for points in found]
    for one, two in zip(*corners, strict=True):
        assert abs(one[0] - two[0]) <= 2
        assert abs(one[1] - two[1]) <= 2
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.look == Look()


def test_the_wheel_zooms_only_where_one_has_begun_to_look(qtbot):
    view = view_of(qtbot, Mode.OVERLAY)

    def turn(keys=Qt.KeyboardModifier.NoModifier):
        middle = QPointF(view.rect().center())
        event = QWheelEvent(
            middle, view.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view, event)

    view.clearFocus()
    turn()
    assert view.look.zoom == 1  # the page scrolls instead
    turn(Qt.KeyboardModifier.ControlModifier)
    assert view.look.zoom == pytest.approx(1.25)


def test_a_photo_is_never_altered(stage, ids, room, qtbot):
    album = stage.context.album
    before = [(album.original(photo), album.display(photo)) for photo in album.page()]
    for mode in Mode:
        room.set_mode(mode.value)
        room.view.zoom_by(3)
        room.view.sharpen_now()
        room.grab()
    assert [(album.original(photo), album.display(photo)) for photo in album.page()] == before


def test_assistive_technology_is_told_of_both_photos(room):
    interface = QAccessible.queryAccessibleInterface(room.view)
    assert "First photo" in interface.text(QAccessible.Text.Name)
    assert "divider" in interface.text(QAccessible.Text.Description)


def test_the_timeline_is_a_list_of_named_photos_to_assistive_technology(page):
    interface = QAccessible.queryAccessibleInterface(page.timeline.grid)
    assert interface.role() == QAccessible.Role.List
    names = [interface.child(row).text(QAccessible.Text.Name) for row in range(interface.childCount())]
    assert names[0] == "Ring finger, 20 November 2026, week 14"
    assert len(names) == 5


# One photo


def test_one_photo_says_when_and_how_that_is_known(page, ids, stage):
    page.show_photo(ids[0])
    room = page.photo_room()
    assert room._taken.text() == "20 November 2026, 08:00"
    assert room._known.text() == "You gave this date."
    QTest.keyClick(room.view, Qt.Key.Key_PageDown)
    assert room.photo_id() == ids[1]
    QTest.keyClick(room.view, Qt.Key.Key_Left)
    QTest.keyClick(room.view, Qt.Key.Key_Right)
    assert room.photo_id() == ids[1]
    QTest.keyClick(room.view, Qt.Key.Key_Escape)
    assert page.shown() is page.timeline
    assert page.timeline.grid.current_id() == ids[1]


def test_a_note_is_kept_and_taken_back(page, ids, stage):
    page.show_photo(ids[0])
    card = page.photo_room().note
    assert not card.save.isEnabled()
    card.note.setPlainText("brown <dots>\nround hairs")
    card.save.click()
    assert stage.context.album.get(ids[0]).note == "brown <dots>\nround hairs"
    assert not card.save.isEnabled()
    page.show_compare()
    assert "brown <dots>" in page.compare_room()._notes.text()
    page.show_photo(ids[0])
    stage.take_back()
    assert stage.context.album.get(ids[0]).note == ""
    assert card.text() == ""


def test_an_urgent_note_shows_help_first(page, ids, stage):
    page.show_photo(ids[0])
    card = page.photo_room().note
    stage.host.on_help = lambda: None
    card.note.setPlainText("chest pain since this morning")
    card.save.click()
    assert len(stage.host.helped) == 1
    assert stage.context.album.get(ids[0]).note == "chest pain since this morning"


def test_what_is_being_written_is_not_lost_when_the_record_changes(page, ids, stage):
    page.show_photo(ids[0])
    card = page.photo_room().note
    card.note.setPlainText("half a sen")
    stage.bus.announce(stage.context.album.assign([ids[1]], KNEE).changes)
    assert card.text() == "half a sen"


def test_after_deleting_the_next_photo_is_shown(page, ids, stage):
    page.show_photo(ids[1])
    page.photo_room().trash.click()
    assert page.photo_room().photo_id() == ids[2]


# The numbers behind it


def test_zoom_keeps_the_point_under_the_pointer_and_the_photo_in_the_frame():
    photo, frame = (4000.0, 3000.0), (800.0, 600.0)
    look = zoomed(Look(), 2, (200.0, 150.0), [photo], frame)
    place = area(look, photo, frame)
    assert (200 - place.left) / place.width == pytest.approx(0.25)
    far = moved(look, 10_000, 10_000, [photo], frame)
    place = area(far, photo, frame)
    assert (place.left, place.top) == (pytest.approx(0), pytest.approx(0))
    assert held(Look(100, 5, -5), [photo], frame).zoom == MOST
    assert held(Look(0.1, 0.9, 0.9), [photo], frame) == Look()


def test_of_two_shapes_the_larger_can_be_seen_whole():
    wide, tall, frame = (4000.0, 3000.0), (3000.0, 4000.0), (800.0, 600.0)
    look = held(Look(2, 0, 0), [wide, tall], frame)
    assert area(look, wide, frame).left == pytest.approx(0)
    assert area(look, tall, frame).top == pytest.approx(0)


def test_every_tile_is_found_where_it_is_and_arrows_go_round_months():
    keys = [(2026, 11)] * 5 + [(2026, 10)] * 2 + [(2026, 9)] * 7
    grid = GridLayout(keys, 700, 100, Measures(side=20, least=200, gap=16, heading=40, words=40, below=8))
    assert grid.columns == 3
    for index in range(len(keys)):
        tile = grid.tile(index)
        assert grid.at(tile.left + 3, tile.top + 3) == index
        _, rows = grid.between(tile.top, tile.top + 1)
        assert index in rows
    assert grid.at(25, grid.sections[1].top + 5) is None
    assert [grid.step(1, 1), grid.step(4, 1), grid.step(6, 1), grid.step(7, -1), grid.step(5, -1)] == [4, 6, 8, 5, 3]
    assert grid.step(0, -1) == 0
    assert grid.step(13, 5) == 13


def test_choosing_files_leaves_no_trace_of_the_folder(qtbot, tmp_path, monkeypatch):
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "config"))
    other = QSettings(QSettings.Scope.UserScope, "QtProject")
    other.setValue("FileDialog/history", ["file:///somewhere/else"])
    other.sync()
    secret = tmp_path / "very secret folder"
    secret.mkdir()
    (secret / "a.jpg").write_bytes(pictures.jpeg())
    over = QWidget()
    qtbot.addWidget(over)

    def pick(dialog):
        dialog.setDirectory(str(secret))
        dialog.selectFile(str(secret / "a.jpg"))
        return 1

    monkeypatch.setattr(QFileDialog, "exec", pick)
    assert file_choice.choose_files(over, "x", ["All (*)"]) == (secret / "a.jpg",)
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: dialog.setDirectory(str(secret)) or 0)
    assert file_choice.choose_folder(over, "x") is None
    left = QSettings(QSettings.Scope.UserScope, "QtProject")
    assert left.value("FileDialog/history") in (["file:///somewhere/else"], "file:///somewhere/else")
    assert not left.contains("FileDialog/lastVisited")
    written = [path.read_bytes() for path in (tmp_path / "config").rglob("*") if path.is_file()]
    assert not any(b"very secret" in each or b"very%20secret" in each for each in written)
