"""Where somebody who is sent to the settings lands, where the keyboard begins, and what is made when."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from companion.domain.errors import SurroundingsError
from companion.services.custody import Custody
from companion.storage.record import create
from companion.ui import theme
from companion.ui.pages.settings import SettingsPage
from companion.ui.pages.settings.page import AFTER_RECOVERY
from companion.ui.widgets.choice_card import ChoiceCards
from companion.ui.widgets.fields import Choice
from companion.ui.widgets.order import stops
from companion.ui.widgets.switches import SegmentedControl
from companion.wording import phrasebook, say, use_language
from tests.support.records import PASSPHRASE, QUICK
from tests.support.stage import Stage

KEYS = ["times", "places", "tubes", "treatment", "look", "lock", "record", "about"]
"""The cards of a record without reminders; those of reminders are looked at with theirs."""


@pytest.fixture
def stage(tmp_path, qapp):
    made = Stage(tmp_path)
    record, _ = create(tmp_path / "locked", passphrase=PASSPHRASE, cost=QUICK)
    made.context = replace(made.context, custody=Custody(record))
    yield made
    record.close()
    made.close()


@pytest.fixture
def window(stage, qtbot, qapp):
    """The page as the house shows it: put in front, entered, then given the keyboard."""
    made = SettingsPage(stage.context)
    qtbot.addWidget(made)
    made.resize(1085, 640)
    made.show()

    def go(argument=None):
        made.enter(argument)
        made.focus_start()
        for _ in range(6):
            qapp.processEvents()
        return made

    made.go = go
    return made


def top_of(page, section):
    return section.mapTo(page, QPoint(0, 0)).y()


def seen(page, widget):
    """Whether a widget lies wholly within the page, not scrolled away."""
    top = widget.mapTo(page, QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= page.height()


@pytest.mark.parametrize("key", KEYS)
def test_every_card_can_be_gone_to(window, key):
    page = window.go(key)
    section = page.section(key)
    bar = page._frame._area.verticalScrollBar()
    at_end = bar.value() == bar.maximum()
    assert 0 <= top_of(page, section) <= theme.GAP + 2 or at_end
    assert seen(page, section.begins_at())
    focus = page.focusWidget()
    assert focus is section.begins_at()
    assert not isinstance(focus, QLineEdit)


def test_after_the_recovery_key_one_lands_at_the_passphrase_and_is_told_why(window):
    page = window.go(AFTER_RECOVERY)
    lock = page.section("lock")
    message = lock._why
    assert message.message() == say("settings.after_recovery")
    assert message.y() < lock.passphrase.parentWidget().y() + lock.passphrase.y()
    assert seen(page, message)
    assert seen(page, lock.passphrase)
    assert page.focusWidget() is lock.passphrase


def test_a_record_of_the_keychain_is_told_of_the_keychain(window, monkeypatch):
    monkeypatch.setattr(Custody, "ways", lambda self: ("recovery", "keychain"))
    assert window.go(AFTER_RECOVERY).section("lock")._why.message() == say("settings.after_recovery_keychain")


def test_when_the_passphrase_is_set_the_reason_goes(window):
    lock = window.go(AFTER_RECOVERY).section("lock")
    lock._on_changed()
    assert not lock._why.isVisible()


def test_whoever_came_in_is_named_neither_he_nor_she():
    assert "entrato" not in phrasebook("it").say("settings.after_recovery").lower()


def test_the_keyboard_begins_where_no_key_changes_anything(window, care_times, qtbot):
    page = window.go()
    assert page.focusWidget() is page._frame.title
    for key in (Qt.Key.Key_8, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(page.focusWidget(), key)
    assert care_times() == care_times.before
    page.focusNextChild()
    assert page.focusWidget() is page.section("times").times.morning


@pytest.fixture
def care_times(stage):
    care = stage.home.services.care

    def now():
        return care.current().times

    now.before = now()
    return now


def test_page_down_scrolls_from_there(window, qtbot, qapp):
    page = window.go()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_PageDown)
    qapp.processEvents()
    assert page._frame._area.verticalScrollBar().value() > 100


def test_coming_back_from_elsewhere_in_the_window_keeps_the_place(window):
    page = window.go()
    page.section("tubes").new.setFocus()
    page.focus_start()
    assert page.focusWidget() is page.section("tubes").new
    page.go()
    assert page.focusWidget() is page._frame.title


@pytest.mark.parametrize(("size", "scale"), [((1085, 832), 1.0), ((870, 560), 1.5), ((1714, 1200), 1.0)])
def test_what_is_below_the_fold_is_made_after_the_first_paint(stage, qtbot, qapp, size, scale):
    theme.apply(qapp, theme.load("light", scale))
    page = SettingsPage(stage.context)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    qapp.processEvents()
    page._next.stop()
    page.enter()
    first = set(page._made)
    assert first < {room.key for room in page._rooms} or size[1] > 1000
    qtbot.waitUntil(lambda: len(page._made) == len(page._rooms), timeout=5_000)
    qapp.processEvents()
    seen_at_once = {key for key in page._made if top_of(page, page.section(key)) < page.height() - theme.GAP}
    assert seen_at_once <= first
    assert page.section("treatment").name.text() == "Ale"


def test_tab_goes_down_the_cards_in_their_order(window, stage):
    page = window.go("about")
    keys = [room.key for room in page._rooms]
    for key in keys:
        page.section(key)
    page.reload()
    order, at = [], page._frame.title
    for _ in range(200):
        at = at.nextInFocusChain()
        owner = next((key for key in keys if page.section(key).isAncestorOf(at)), None)
        if owner is not None and at.focusPolicy() & Qt.FocusPolicy.TabFocus and (not order or order[-1] != owner):
            order.append(owner)
    assert order[: len(keys)] == keys
    rows = stops(page.section("tubes"))
    assert page.section("tubes").new in rows


@pytest.mark.parametrize("spoken", ["en", "it"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [870, 1034, 1085, 1716])
def test_no_choice_breaks_or_is_cut_at_any_width(stage, qtbot, qapp, spoken, scale, width):
    use_language(spoken)
    theme.apply(qapp, theme.load("light", scale))
    page = SettingsPage(stage.context)
    qtbot.addWidget(page)
    page.resize(width, 832)
    page.show()
    page.enter("about")
    for _ in range(4):
        qapp.processEvents()
    for control in page.findChildren(SegmentedControl):
        assert len({each.y() for each in control.findChildren(QWidget) if each.isVisible()}) == 1, control
    for control in page.findChildren(Choice):
        assert control.width() >= control.sizeHint().width(), control.accessibleName()
    for control in page.findChildren(ChoiceCards):
        for option in control.findChildren(QWidget):
            assert option.height() >= option.heightForWidth(option.width())


def test_a_record_that_cannot_be_read_meanwhile_is_said_once(stage, qtbot, monkeypatch):
    page = SettingsPage(stage.context)
    qtbot.addWidget(page)
    page.enter()

    def gone(*_):
        raise SurroundingsError("record_gone")

    monkeypatch.setattr(stage.context.care, "name", gone)
    page.show()
    qtbot.waitUntil(lambda: len(stage.host.problems) == 1, timeout=5_000)
    assert not page._next.isActive()


def test_who_scrolls_meanwhile_is_not_brought_back(window, qapp):
    page = window
    page.enter("lock")
    qapp.processEvents()
    bar = page._frame._area.verticalScrollBar()
    bar.setValue(3)
    for key in KEYS:
        page.section(key)
        qapp.processEvents()
    assert bar.value() == 3
