"""The photos deleted lately: seen again, put back, private ones not shown, nothing lost on the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from companion.services.album import Source
from companion.services.treatment import NewPlace
from companion.ui.pages.photos import PhotosPage, bin_sheet
from companion.ui.pages.photos.bin_sheet import BinSheet
from companion.wording import say, use_language
from tests.support import pictures
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.stage import Stage

FACE, HAND = 1, 2
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stage(tmp_path, qapp):
    made = Stage(tmp_path)
    yield made
    made.close()


def put(stage, count, place=HAND):
    sources = [Source(f"{n}.jpg", data=pictures.jpeg(64 + n + 9 * place, 48, taken=None)) for n in range(count)]
    return stage.context.album.bring_in(sources, place).added


def enter(stage, qtbot):
    made = PhotosPage(stage.context)
    qtbot.addWidget(made)
    made.resize(1080, 832)
    made.enter()
    made.show()
    made.activateWindow()
    settle()
    return made


def settle():
    for _ in range(6):
        QApplication.processEvents()


def at_rest(qtbot, stage):
    qtbot.waitUntil(lambda: not stage.tasks.busy(), timeout=20_000)
    settle()


def open_bin(page):
    QTest.mouseClick(page.timeline.bin, LEFT)
    settle()
    return next(each for each in page.window().findChildren(BinSheet) if each.isVisible())


def shown(page):
    return [photo.id for photo in page.timeline.model.photos()]


def texts(root):
    return " ".join(each.text() for each in root.findChildren(QLabel) if each.isVisible())


def test_there_is_no_bin_before_something_was_deleted(stage, qtbot):
    ids = put(stage, 2)
    page = enter(stage, qtbot)
    assert not page.timeline.bin.isVisible()
    page.actions_of_photos.delete(ids[:1])
    settle()
    assert page.timeline.bin.isVisible()
    assert page.timeline.bin.text() == "Recently deleted (1)"
    at_rest(qtbot, stage)


def test_a_photo_is_put_back_and_the_keyboard_goes_to_the_next(stage, qtbot):
    ids = put(stage, 3)
    page = enter(stage, qtbot)
    page.actions_of_photos.delete(ids)
    settle()
    assert shown(page) == []
    assert page.timeline.bin.isVisible(), "also when no photo is left"
    sheet = open_bin(page)
    assert list(sheet.rows) == sorted(ids, reverse=True)
    first = sheet.rows[ids[2]].button
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    settle()
    assert shown(page) == [ids[2]]
    assert stage.context.album.get(ids[2]).deleted is False
    assert sheet.message.message() == say("photos.bin.done", count=1)
    assert sheet.rows[ids[1]].button.hasFocus()
    assert page.timeline.bin.text() == "Recently deleted (2)"
    at_rest(qtbot, stage)


def test_all_are_put_back_at_once_and_the_way_in_goes(stage, qtbot):
    ids = put(stage, 3)
    page = enter(stage, qtbot)
    page.actions_of_photos.delete(ids)
    sheet = open_bin(page)
    QTest.mouseClick(sheet.everything, LEFT)
    settle()
    assert set(shown(page)) == set(ids)
    assert say("photos.bin.empty") in texts(sheet)
    assert not sheet.everything.isVisible()
    sheet.reject()
    settle()
    assert not page.timeline.bin.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    at_rest(qtbot, stage)


def test_a_picture_added_again_meanwhile_is_not_there_twice(stage, qtbot):
    ids = put(stage, 1)
    page = enter(stage, qtbot)
    page.actions_of_photos.delete(ids)
    again = put(stage, 1)
    page.reload()
    sheet = open_bin(page)
    QTest.mouseClick(sheet.rows[ids[0]].button, LEFT)
    settle()
    assert shown(page) == list(again)
    assert sheet.message.message() == say("photos.bin.again")
    at_rest(qtbot, stage)


@pytest.mark.parametrize("unlocked", [False, True])
def test_a_private_photo_is_neither_named_nor_recognised_until_asked_for(stage, qtbot, unlocked):
    (place,) = [stage.context.care.add_place(NewPlace("genitals")).id]
    (number,) = put(stage, 1, place)
    page = enter(stage, qtbot)
    page.actions_of_photos.delete([number])
    page.gallery.unlock(unlocked)
    sheet = open_bin(page)
    at_rest(qtbot, stage)
    name = say("body.genitals")
    assert (name in texts(sheet)) == unlocked
    assert (name in sheet.rows[number].button.accessibleName()) == unlocked
    picture = sheet.rows[number].picture
    qtbot.waitUntil(lambda: picture.pixmap() is not None, timeout=20_000)
    assert picture.concealed != unlocked
    clear = page.gallery.thumbs.get(stage.context.album.get(number), picture.sizeHint() * picture.devicePixelRatioF())
    assert (picture.pixmap().toImage() == clear.toImage()) == unlocked
    at_rest(qtbot, stage)


def test_a_long_bin_is_shown_in_parts(stage, qtbot, monkeypatch):
    monkeypatch.setattr(bin_sheet, "SHOWN", 2)
    ids = put(stage, 5)
    page = enter(stage, qtbot)
    page.actions_of_photos.delete(ids)
    sheet = open_bin(page)
    assert len(sheet.rows) == 2
    QTest.mouseClick(sheet.more, LEFT)
    assert len(sheet.rows) == 4
    QTest.mouseClick(sheet.more, LEFT)
    assert len(sheet.rows) == 5
    assert not sheet.more.isVisible()
    at_rest(qtbot, stage)


@pytest.mark.parametrize("spoken", ["en", "it"])
def test_nothing_in_it_is_cut_unnamed_or_low(stage, qtbot, spoken):
    use_language(spoken)
    ids = put(stage, 2)
    page = enter(stage, qtbot)
    page.actions_of_photos.delete(ids)
    sheet = open_bin(page)
    assert clipped_labels(sheet) == []
    assert unnamed_controls(sheet) == []
    assert low_controls(sheet) == []
    at_rest(qtbot, stage)
