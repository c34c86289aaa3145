"""The photos page on a real record: pictures come in by every door, are found again, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from companion.domain.errors import SurroundingsError
from companion.services.album import Album, Source
from companion.services.treatment import NewPlace
from companion.ui import theme
from companion.ui.main_window import MainWindow
from companion.ui.pages.photos import PhotosPage
from companion.ui.pages.photos import page as page_module
from companion.ui.pages.photos.gallery import UNASSIGNED
from companion.ui.pages.photos.sheets import AddSheet, DateSheet, ExportSheet, PlaceSheet
from companion.ui.widgets.picture_drop import Incoming, holds_pictures, incoming
from companion.ui.widgets.sheet import Sheet
from companion.wording import use_language
from tests.support import pictures
from tests.support.home import at
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.stage import Stage

FACE, HAND, KNEE = 1, 2, 3


@pytest.fixture
def stage(tmp_path, qapp):
    made = Stage(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(stage, qtbot):
    return enter(stage, qtbot)


def enter(stage, qtbot, size=(1080, 832)):
    made = PhotosPage(stage.context)
    qtbot.addWidget(made)
    made.resize(*size)
    made.enter()
    made.show()
    QApplication.processEvents()
    return made


def put(stage, count=3, place=HAND, days=30):
    """Bring small photos in, the last one taken yesterday and each other ``days`` before; return ids, newest first."""
    sources = [Source(f"{n}.jpg", data=pictures.jpeg(64 + n, 48, taken=None)) for n in range(count)]
    ids = stage.context.album.bring_in(sources, place).added
    for n, number in enumerate(ids):
        stage.context.album.set_taken([number], at(8) - timedelta(days=1 + days * n))
    return ids


def at_rest(qtbot, stage):
    qtbot.waitUntil(lambda: not stage.tasks.busy(), timeout=20_000)


def brought(qtbot, page, stage, what):
    with qtbot.waitSignal(page.bring_in.ended, timeout=20_000) as signal:
        page.enter(what)
    at_rest(qtbot, stage)
    return signal.args[0]


def texts(root):
    return " ".join(each.text() for each in root.findChildren(QLabel) if each.isVisible())


def files_of(paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop_on(widget, mime):
    """Drag over a widget and let go, as a file manager does; return the action the widget asks for."""
    middle, left, none = widget.rect().center(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    hover = QDragEnterEvent(middle, both, mime, left, none)
    QApplication.sendEvent(widget, hover)
    assert hover.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(middle), both, mime, left, none))
    return hover.dropAction()


def sheet_of(page, kind):
    return next(each for each in page.window().findChildren(kind) if each.isVisible())


# Bringing in


def test_a_jpeg_and_a_heic_dropped_on_the_window_are_there_after_a_restart(stage, qtbot, tmp_path):
    (tmp_path / "IMG_1.jpg").write_bytes(pictures.jpeg())
    (tmp_path / "IMG_2.HEIC").write_bytes(pictures.heic_tiled())
    mime = files_of([tmp_path / "IMG_1.jpg", tmp_path / "IMG_2.HEIC"])
    window = MainWindow(stage.preferences)
    qtbot.addWidget(window)
    window.show_house(lambda host: replace(stage.context, host=host))
    window.show()
    house = window.house()
    qtbot.waitUntil(house.acceptDrops)
    assert drop_on(house, mime) == Qt.DropAction.CopyAction  # never a move: the files stay
    assert house.current() == "photos"
    page = house.page("photos")
    qtbot.waitUntil(lambda: page.timeline.card() is not None, timeout=20_000)
    at_rest(qtbot, stage)
    assert page.timeline.card().accessibleName() == "2 photos were added"
    assert len(page.timeline.model.photos()) == 2
    assert (tmp_path / "IMG_1.jpg").read_bytes() == pictures.jpeg()
    stage.home.reopen()
    kept = stage.home.services.album.page()
    assert sorted(photo.picture_format for photo in kept) == ["heic", "jpeg"]
    assert {photo.place_id for photo in kept} == {None}


def test_what_is_no_picture_is_named_with_the_reason_and_a_way_out(stage, page, qtbot, tmp_path):
    files = {
        "shopping <b>list.jpg": pictures.text_named_jpg(),
        "scan.tif": pictures.encoded("TIFF"),
        "cut.jpg": pictures.truncated(),
        "good.jpg": pictures.jpeg(),
        "the same.jpg": pictures.jpeg(),
    }
    folder = tmp_path / "phone"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    account = brought(qtbot, page, stage, Incoming(paths=(folder, tmp_path / "gone.png")))
    assert (len(account.added), account.duplicates, len(account.refused)) == (1, ("the same.jpg",), 4)
    said = texts(page.timeline.card())
    for words in ("1 photo was added", "5 files were left out", "shopping <b>list.jpg", "scan.tif", "cut.jpg"):
        assert words in said
    for words in ("the same.jpg", "Already in your record", "gone.png", "cannot be opened", "export it as JPEG"):
        assert words in said
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == files


def test_many_refused_files_are_all_named_in_a_sheet(stage, page, qtbot):
    data = tuple(pictures.text_named_jpg() + bytes([n]) for n in range(9))
    brought(qtbot, page, stage, Incoming(data=data))
    card = page.timeline.card()
    assert "No photo was added" in texts(card)
    every = next(each for each in card.findChildren(type(page.timeline.add)) if "every name" in each.text())
    QTest.mouseClick(every, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    sheet = sheet_of(page, Sheet)
    assert texts(sheet).count("Pasted picture") == 9
    sheet.accept()


def test_fifty_files_can_be_stopped_and_what_is_in_stays(stage, page, qtbot):
    many = Incoming(data=tuple(pictures.jpeg(64 + n, 48) for n in range(50)))
    stop = page.bring_in.moved.connect(lambda done, of: page.timeline.progress.stop.click() if done == 3 else None)
    account = brought(qtbot, page, stage, many)
    page.bring_in.moved.disconnect(stop)
    assert account.stopped
    assert 3 <= len(account.added) < 50
    assert account.left == 50 - len(account.added)
    assert f"{account.left} files were not looked at" in texts(page.timeline.card())
    assert not page.timeline.progress.isVisible()
    again = brought(qtbot, page, stage, many)
    assert len(again.added) == 50 - len(account.added)
    assert len(stage.context.album.page()) == 50


def test_progress_has_a_count(stage, page, qtbot):
    seen = []
    page.bring_in.moved.connect(lambda done, of: seen.append(texts(page.timeline.progress)))
    brought(qtbot, page, stage, Incoming(data=tuple(pictures.jpeg(64 + n, 48) for n in range(3))))
    assert any("2 of 3" in each for each in seen)


def test_a_second_batch_waits_for_the_first_and_both_are_told_together(stage, page, qtbot):
    with qtbot.waitSignal(page.bring_in.ended, timeout=20_000) as signal:
        page.enter(Incoming(data=(pictures.jpeg(64, 48),)))
        page.enter(Incoming(data=(pictures.jpeg(65, 48), pictures.jpeg(64, 48))))
    account = signal.args[0]
    assert (len(account.added), len(account.duplicates)) == (2, 1)


def test_an_import_is_undone(stage, page, qtbot):
    brought(qtbot, page, stage, Incoming(data=(pictures.jpeg(), pictures.heic())))
    assert stage.host.offers[-1][0] == "2 photos were added."
    stage.take_back()
    assert stage.context.album.page() == ()
    assert page.timeline.empty.isVisible()


def test_pixels_on_the_clipboard_come_in_without_loss(stage, page, qtbot):
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkYellow)
    image.setPixelColor(3, 4, Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(page.bring_in.ended, timeout=20_000):
        page.paste()
    (photo,) = stage.context.album.page()
    assert (photo.picture_format, photo.width, photo.height) == ("png", 90, 60)
    kept = QImage.fromData(stage.context.album.original(photo))
    assert kept.convertToFormat(QImage.Format.Format_RGB32) == image
    QGuiApplication.clipboard().clear()


def test_bytes_and_files_on_the_clipboard_come_in_as_they_are(stage, page, qtbot, tmp_path):
    mime = QMimeData()
    mime.setData("image/jpeg", pictures.jpeg())
    QGuiApplication.clipboard().setMimeData(mime)
    with qtbot.waitSignal(page.bring_in.ended, timeout=20_000):
        page.paste()
    (tmp_path / "x.png").write_bytes(pictures.png())
    QGuiApplication.clipboard().setMimeData(files_of([tmp_path / "x.png"]))
    with qtbot.waitSignal(page.bring_in.ended, timeout=20_000):
        page.paste()
    assert {photo.picture_format for photo in stage.context.album.page()} == {"jpeg", "png"}
    QGuiApplication.clipboard().clear()


def test_a_clipboard_without_a_picture_is_said(stage, page):
    QGuiApplication.clipboard().setText("hello")
    page.paste()
    assert "no picture on the clipboard" in page.timeline.message.message()
    QGuiApplication.clipboard().clear()


def test_files_are_chosen_for_a_place_and_the_place_is_remembered(stage, page, qtbot, tmp_path, monkeypatch):
    (tmp_path / "a.jpg").write_bytes(pictures.jpeg())
    monkeypatch.setattr(page_module, "choose_files", lambda over, title, kinds: (tmp_path / "a.jpg",))
    page.ask_to_add()
    sheet = sheet_of(page, AddSheet)
    assert sheet.place_id() is None
    QTest.mouseClick(sheet._chips.chip(str(KNEE)), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.bring_in.ended, timeout=20_000):
        sheet._files()
    assert [photo.place_id for photo in stage.context.album.page()] == [KNEE]
    assert "Place: Left knee." in texts(page.timeline.card())
    page.ask_to_add()
    assert sheet_of(page, AddSheet).place_id() == KNEE
    sheet_of(page, AddSheet).reject()


def test_the_place_can_be_said_afterwards(stage, page, qtbot):
    brought(qtbot, page, stage, Incoming(data=(pictures.jpeg(), pictures.png())))
    page.timeline.card().place_wanted.emit(FACE)
    assert {photo.place_id for photo in stage.context.album.page()} == {FACE}
    assert page.timeline.card() is None
    stage.take_back()
    assert {photo.place_id for photo in stage.context.album.page()} == {None}


def test_what_is_dropped_while_a_place_is_looked_at_shows_that_place(stage, page, qtbot):
    put(stage, 1, FACE)
    page.reload()
    page.timeline.show_key(str(FACE))
    brought(qtbot, page, stage, Incoming(data=(pictures.png(),)))
    assert stage.context.album.counts() == {FACE: 2}


def test_a_record_that_cannot_be_written_says_so_and_keeps_what_came_before(stage, page, qtbot, monkeypatch):
    album = stage.context.album
    keep, calls = album.keep, []

    def full(*given):
        calls.append(given)
        if len(calls) > 1:
            raise SurroundingsError("disk_full")
        return keep(*given)

    monkeypatch.setattr(type(album), "keep", lambda self, *given: full(*given))
    with qtbot.waitSignal(page.bring_in.failed, timeout=20_000):
        page.enter(Incoming(data=(pictures.jpeg(), pictures.png())))
    assert "disk is full" in page.timeline.message.message()
    assert len(page.timeline.model.photos()) == 1
    assert not page.timeline.progress.isVisible()


# The timeline


def test_an_empty_record_teaches_how_to_begin(stage, page):
    said = texts(page)
    for words in ("No photos yet", "Before cream and make-up", "No flash", "checked on 21 November 2026", "van Geel"):
        assert words in said
    assert page.timeline.empty.button.isVisible()
    assert not page.timeline.add.isVisible()


def test_photos_are_named_in_full_and_stand_under_their_month(stage, qtbot):
    put(stage, 3)
    page = enter(stage, qtbot)
    names = [page.timeline.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert names[0] == "Ring finger, 20 November 2026, week 14"
    assert [section.key for section in page.timeline.grid.places.sections] == [(2026, 11), (2026, 10), (2026, 9)]
    before = stage.context.album.page()[-1]
    stage.context.album.set_taken([before.id], at(8) - timedelta(days=200))
    stage.bus.announce(stage.context.album.assign([before.id], None).changes)
    assert "before the start" in page.timeline.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)


def test_five_thousand_photos_are_shown_from_the_newest_and_read_to_the_end(stage, qtbot, monkeypatch):
    from tests.support.records import a_photo

    asked = []
    page_of = Album.page
    monkeypatch.setattr(
        Album, "page", lambda *args, **values: asked.append(values["limit"]) or page_of(*args, **values)
    )

    with stage.home.services.record.unit_of_work() as work:
        for n in range(5000):
            photo = a_photo(
                ("a" * 32, "b" * 32, "c" * 32), FACE, at=at(8) - timedelta(hours=9 * n), raw_hash=f"{n:064x}"
            )
            work.photos.add(photo)
    page = enter(stage, qtbot)
    assert 0 < len(page.timeline.model.photos()) < 5000
    qtbot.waitUntil(lambda: page.gallery.complete, timeout=20_000)
    assert len(page.timeline.model.photos()) == 5000
    assert max(asked) <= 250, "nobody waits for the record while all of it is read"
    assert [photo.taken_at for photo in page.timeline.model.photos()] == sorted(
        (photo.taken_at for photo in page.timeline.model.photos()), reverse=True
    )
    grid = page.timeline.grid
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert grid.currentIndex().row() == 4999
    assert grid.visualRect(grid.currentIndex()).intersects(grid.viewport().rect())
    fetched = len(page.gallery.thumbs._kept) + len(page.gallery.thumbs._wanted) + len(page.gallery.thumbs._under_way)
    assert fetched < 200  # only what has been in sight
    at_rest(qtbot, stage)


def test_small_pictures_come_from_workers_and_one_that_is_gone_is_marked(stage, qtbot):
    ids = put(stage, 3)
    gone = stage.context.album.get(ids[1])
    stage.home.services.record.vault.delete(gone.thumbnail)
    page = enter(stage, qtbot)
    grid, thumbs = page.timeline.grid, page.gallery.thumbs
    page.grab()
    qtbot.waitUntil(lambda: len(thumbs._kept) == 3, timeout=20_000)
    photos = {photo.id: photo for photo in page.timeline.model.photos()}
    size = grid.thumb_size()
    assert thumbs.is_broken(photos[ids[1]])
    assert thumbs.get(photos[ids[0]], size).size() == size


def spoken(interface):
    """All names in the tree that assistive technology walks, in its order."""
    names = [interface.text(QAccessible.Text.Name)]
    for at_child in range(interface.childCount()):
        child = interface.child(at_child)
        if child is not None and not child.state().invisible:
            names += spoken(child)
    return [name for name in names if name]


def test_assistive_technology_finds_the_buttons_and_the_photos(stage, qtbot):
    put(stage, 2)
    page = enter(stage, qtbot)
    names = spoken(QAccessible.queryAccessibleInterface(page))
    for name in ("Compare", "Add photos", "Left knee", "Choose several", "Ring finger, 20 November 2026, week 14"):
        assert name in names
    assert names.index("Add photos") < names.index("Ring finger, 20 November 2026, week 14")


def test_the_tab_key_goes_from_top_to_bottom(stage, qtbot):
    put(stage, 2)
    page = enter(stage, qtbot)
    page.timeline._set_choosing(True)
    seen = []
    stop = page.timeline.compare
    for _ in range(30):
        seen.append(stop.accessibleName() or getattr(stop, "text", str)())
        stop = stop.nextInFocusChain()
        while not (stop.isVisible() and stop.isEnabled() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus):
            stop = stop.nextInFocusChain()
        if stop is page.timeline.compare:
            break
    order = ["Compare", "Add photos", "All photos", "Stop choosing", "Photos, newest first", "Choose all"]
    assert [name for name in seen if name in order] == order


def test_a_tile_has_round_corners_on_the_page_s_own_colour(stage, qtbot, qapp):
    put(stage, 1)
    for name in theme.NAMES:
        theme.apply(qapp, theme.load(name))
        page = enter(stage, qtbot)
        page.grab()
        qtbot.waitUntil(lambda page=page: len(page.gallery.thumbs._kept) == 1, timeout=20_000)
        grid = page.timeline.grid
        area = grid.visualRect(page.timeline.model.index(0))
        shot = page.grab().toImage()
        corner = shot.pixelColor(grid.viewport().mapTo(page, area.topLeft()))
        inside = shot.pixelColor(grid.viewport().mapTo(page, area.center()))
        assert corner.rgb() == theme.colour("canvas").rgb(), name
        assert inside.rgb() != theme.colour("canvas").rgb(), name


def test_paste_in_a_note_is_for_the_note(stage, qtbot):
    ids = put(stage, 1)
    page = enter(stage, qtbot)
    page.show_photo(ids[0])
    note = page.photo_room().note.note
    QGuiApplication.clipboard().setText("hello")
    note.setFocus()
    QTest.keyClick(note, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert note.toPlainText() == "hello"
    assert not page.timeline.message.isVisibleTo(page.timeline)
    QGuiApplication.clipboard().clear()


def test_photos_dropped_on_the_open_sheet_go_to_the_place_chosen_there(stage, page, qtbot, tmp_path):
    (tmp_path / "a.jpg").write_bytes(pictures.jpeg())
    page.ask_to_add()
    sheet = sheet_of(page, AddSheet)
    sheet._chips.choose((str(FACE),))
    with qtbot.waitSignal(page.bring_in.ended, timeout=20_000):
        drop_on(sheet, files_of([tmp_path / "a.jpg"]))
    assert page._sheet is None
    assert stage.context.album.counts() == {FACE: 1}


def test_what_holds_no_picture_is_not_taken(stage, page, qtbot):
    mime = QMimeData()
    mime.setText("hello")
    mime.setUrls([QUrl("https://example.org/photo.jpg")])
    assert not holds_pictures(mime)
    assert not incoming(mime)


def test_the_keyboard_reaches_opens_and_chooses(stage, qtbot):
    ids = put(stage, 5, days=3)
    page = enter(stage, qtbot)
    grid = page.timeline.grid
    QTest.keyClick(grid, Qt.Key.Key_Home)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.current_id() == ids[1]
    QTest.keyClick(grid, Qt.Key.Key_Space)
    QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert grid.chosen() == ids[1:3]
    assert page.timeline.bar.isVisible()
    QTest.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(grid.chosen()) == 5
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.chosen() == ()
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert page.shown() is page.photo_room()
    assert page.photo_room().photo_id() == ids[2]


def test_coming_to_the_page_does_not_scroll_its_title_away(stage, qtbot, qapp):
    put(stage, 9, days=1)
    theme.apply(qapp, theme.load("light", 2.0))
    page = enter(stage, qtbot, (770, 500))
    with qtbot.waitActive(page):
        page.activateWindow()
    page.focus_start()
    grid = page.timeline.grid
    assert grid.currentIndex().row() == 0
    assert grid.verticalOffset() == 0
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.visualRect(grid.currentIndex()).bottom() <= grid.viewport().height()


def test_a_click_opens_and_a_click_on_the_mark_chooses(stage, qtbot):
    put(stage, 2, days=1)
    page = enter(stage, qtbot)
    grid = page.timeline.grid
    area = grid.visualRect(page.timeline.model.index(0))
    mark = area.topRight()
    mark.setX(mark.x() - 12)
    mark.setY(mark.y() + 12)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=mark)
    assert len(grid.chosen()) == 1
    grid.choose_none()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert page.shown() is page.photo_room()


def test_deleted_photos_come_back_by_undo(stage, qtbot):
    ids = put(stage, 4)
    page = enter(stage, qtbot)
    page.timeline.grid.choose(ids[:3])
    QTest.keyClick(page.timeline.grid, Qt.Key.Key_Delete)
    assert [photo.id for photo in page.timeline.model.photos()] == [ids[3]]
    assert stage.host.offers[-1][0] == "3 photos were deleted."
    stage.take_back()
    assert [photo.id for photo in page.timeline.model.photos()] == list(ids)


def test_place_and_date_are_given_in_bulk(stage, qtbot):
    ids = put(stage, 3, None)
    page = enter(stage, qtbot)
    page.timeline.grid.choose(ids[:2])
    page.timeline.bar.button("place").click()
    sheet = sheet_of(page, PlaceSheet)
    QTest.mouseClick(sheet._chips.chip(str(KNEE)), Qt.MouseButton.LeftButton)
    sheet._save()
    assert stage.context.album.counts() == {KNEE: 2, None: 1}
    page.timeline.bar.button("date").click()
    sheet = sheet_of(page, DateSheet)
    sheet._day.line.setText("1 Sep 2026")
    sheet._time.setText("25:00")
    sheet._save()
    assert sheet._time_field.error() == "Write a time, like 08:30."
    sheet._time.setText("07:30")
    sheet._save()
    taken = {photo.taken_at for photo in page.timeline.model.photos() if photo.id in ids[:2]}
    assert taken == {at(7, 30, day=at(8).date().replace(month=9, day=1))}


def test_a_date_still_to_come_is_refused_beside_the_field(stage, qtbot):
    ids = put(stage, 1)
    page = enter(stage, qtbot)
    page.actions_of_photos.ask_date(ids)
    sheet = sheet_of(page, DateSheet)
    sheet._day.line.setText("21 Nov 2026")
    sheet._time.setText("23:00")
    sheet._save()
    assert "still to come" in sheet._time_field.error()
    assert sheet.isVisible()
    sheet.reject()


def test_copies_are_saved_after_a_word_that_they_are_not_encrypted(stage, qtbot, tmp_path, monkeypatch):
    ids = put(stage, 2)
    page = enter(stage, qtbot)
    out = tmp_path / "out"
    monkeypatch.setattr("companion.ui.pages.photos.actions.choose_folder", lambda over, title: out)
    page.timeline.grid.choose(ids)
    page.timeline.bar.button("export").click()
    sheet = sheet_of(page, ExportSheet)
    assert "not encrypted" in texts(sheet)
    with qtbot.waitSignal(page.actions_of_photos.exported, timeout=20_000):
        sheet.accept()
    assert sorted(path.name for path in out.iterdir()) == ["2026-10-21-hand_right.jpg", "2026-11-20-hand_right.jpg"]
    assert "2 photos were saved" in page.timeline.message.message()


def test_private_photos_are_locked_until_asked_for_and_locked_again_in_the_next_session(stage, qtbot):
    private = stage.context.care.add_place(NewPlace("groin", Decimal("0.5"))).id
    put(stage, 2, FACE)
    (hidden,) = stage.context.album.bring_in([Source("x", data=pictures.png())], private).added
    page = enter(stage, qtbot)
    timeline = page.timeline
    assert hidden not in {photo.id for photo in timeline.model.photos()}
    assert str(private) not in dict(timeline._filters)
    assert str(private) not in dict(page.gallery.choices())
    page.enter(hidden)
    assert page.shown() is timeline
    assert "private place" in timeline.message.message()
    QTest.mouseClick(timeline.private, Qt.MouseButton.LeftButton)
    assert hidden in {photo.id for photo in timeline.model.photos()}
    page.enter(hidden)
    assert page.shown() is page.photo_room()
    page.gallery.unlock(False)
    assert page.shown() is timeline
    again = enter(stage, qtbot)
    assert hidden not in {photo.id for photo in again.timeline.model.photos()}


def test_photos_without_a_place_are_found_by_that(stage, qtbot):
    put(stage, 2, FACE)
    (lost,) = stage.context.album.bring_in([Source("x", data=pictures.png())]).added
    page = enter(stage, qtbot)
    page.timeline.show_key(UNASSIGNED)
    assert [photo.id for photo in page.timeline.model.photos()] == [lost]
    page.timeline.show_key(str(KNEE))
    assert page.timeline.model.photos() == ()
    assert "no photos of this place yet: Left knee" in page.timeline.nothing.text()


# The look of it


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(("size", "scale"), [((770, 640), 1.5), ((1080, 832), 1.0), ((1720, 1200), 1.25)])
def test_nothing_is_clipped_and_everything_has_a_name(stage, qtbot, qapp, language, size, scale):
    use_language(language)
    theme.apply(qapp, theme.load("light", scale))
    ids = put(stage, 4)
    page = enter(stage, qtbot, size)

    def look():
        for _ in range(4):
            QApplication.processEvents()
        assert clipped_labels(page) == []
        assert unnamed_controls(page) == []
        assert low_controls(page) == []

    look()
    page.timeline._set_choosing(True)
    page.timeline.grid.choose(ids[:2])
    look()
    brought(qtbot, page, stage, Incoming(data=(pictures.png(), pictures.text_named_jpg())))
    look()
    page.ask_to_add()
    sheet = sheet_of(page, AddSheet)
    sheet._show_help()
    look()
    sheet.reject()
    page.show_photo(ids[1])
    look()
    page.show_compare()
    for mode in ("side", "slide", "overlay", "blink"):
        page.compare_room().set_mode(mode)
        look()


def test_an_empty_page_fits_too(stage, qtbot, qapp):
    use_language("it")
    theme.apply(qapp, theme.load("dark", 1.5))
    page = enter(stage, qtbot, (770, 640))
    for _ in range(4):
        QApplication.processEvents()
    assert clipped_labels(page) == []
    assert unnamed_controls(page) == []
