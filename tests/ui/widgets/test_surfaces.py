"""Cards, pages, the rail, messages, the undo bar, the sheet, the week: structure, keyboard, and what is said."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.card import TINTS, Card
from companion.ui.widgets.empty import EmptyState
from companion.ui.widgets.fields import TextField
from companion.ui.widgets.flow import BesideLayout, ColumnsLayout, FlowLayout
from companion.ui.widgets.gauge import Gauge
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.progress import ProgressStrip
from companion.ui.widgets.rail import Look, Rail, RailEntry
from companion.ui.widgets.scaffold import Columns, PageScaffold
from companion.ui.widgets.sheet import Sheet
from companion.ui.widgets.undo import UndoBar
from companion.ui.widgets.week import Mark, SlotDot, WeekDay, WeekStrip
from companion.wording import say, use_language


@pytest.fixture
def window(qtbot):
    """A shown, active window with a column."""
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


# Layouts


def fixed(width, height):
    widget = QWidget()
    widget.setFixedSize(width, height)
    return widget


def test_a_flow_breaks_into_rows(qapp, qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FlowLayout(holder, gap=10)
    items = [fixed(100, 20) for _ in range(5)]
    for item in items:
        row.addWidget(item)
    assert row.heightForWidth(540) == 20
    assert row.heightForWidth(539) == 50
    assert row.heightForWidth(100) == 140
    holder.resize(220, 200)
    holder.show()
    qapp.processEvents()
    assert [(item.x(), item.y()) for item in items] == [(0, 0), (110, 0), (0, 30), (110, 30), (0, 60)]


def test_a_hidden_item_takes_no_room(qapp, qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FlowLayout(holder, gap=10)
    first, second = fixed(100, 20), fixed(100, 20)
    row.addWidget(first)
    row.addWidget(second)
    first.hide()
    assert row.sizeHint().width() == 100


def test_what_is_beside_goes_below_when_it_gets_narrow(qapp, qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    row = BesideLayout(holder, least=150)
    main, side = labels.body("A title of several words that may wrap"), fixed(120, 30)
    row.addWidget(main)
    row.addWidget(side)
    holder.resize(500, 200)
    holder.show()
    qapp.processEvents()
    assert side.x() == 380
    holder.resize(240, 300)
    qapp.processEvents()
    assert side.x() == 0
    assert side.y() > main.geometry().bottom()


def test_cards_stand_in_two_columns_or_one_in_the_order_of_adding(qapp, qtbot):
    columns = Columns(threshold=600)
    qtbot.addWidget(columns)
    cards = [Card(name) for name in "abcd"]
    for at, card in enumerate(cards):
        columns.add(card, at % 2)
    columns.resize(900, 600)
    columns.show()
    qapp.processEvents()
    assert cards[0].y() == cards[1].y() == 0
    assert cards[1].x() > cards[0].geometry().right()
    columns.resize(500, 900)
    qapp.processEvents()
    tops = [card.y() for card in cards]
    assert tops == sorted(tops)
    assert len(set(tops)) == 4
    assert {card.width() for card in cards} == {500}


def test_even_cards_are_equally_high_and_a_wide_one_spans_both(qapp, qtbot):
    columns = Columns(even=True, threshold=600)
    qtbot.addWidget(columns)
    low, high, wide = Card("a"), Card("b"), Card("c")
    high.add(fixed(50, 300))
    columns.add(low, 0)
    columns.add(high, 1)
    columns.add(wide, -1)
    columns.resize(900, 900)
    columns.show()
    qapp.processEvents()
    assert low.height() == high.height() > 300
    assert wide.width() == 900
    assert wide.y() == high.geometry().bottom() + 1 + theme.GAP


def test_taking_a_card_away_keeps_the_others_in_their_columns(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = ColumnsLayout(holder)
    widgets = [fixed(100, 40) for _ in range(3)]
    for at, widget in enumerate(widgets):
        layout.put(widget, at % 2)
    layout.takeAt(0)
    assert layout._column == {0: 1, 1: 0}
    assert layout.itemAt(2) is None
    assert layout.takeAt(9) is None


def test_wrapped_words_get_their_height_inside_a_page(window, qapp):
    page = PageScaffold("Today", "Week 14 of treatment.")
    card = Card("Tube")
    text = labels.body("About 35 g left of 60 g. " * 12)
    card.add(text)
    page.add(card)
    window.layout().addWidget(page)
    qapp.processEvents()
    assert text.height() == text.heightForWidth(text.width())
    assert card.height() < 500, "a page must not stretch what is on it"


def test_a_part_that_wants_the_rest_of_the_page_gets_it(window, qapp):
    page = PageScaffold("Journal")
    page.add(Card("a"))
    page.add(tall := Card("b"), stretch=1)
    window.layout().addWidget(page)
    qapp.processEvents()
    assert tall.geometry().bottom() > 500


def test_a_page_shows_its_actions_and_its_title(window, qapp):
    page = PageScaffold("Journal", "Everything you noted, newest first.")
    page.add_action(add := buttons.primary("Add an entry"))
    window.layout().addWidget(page)
    qapp.processEvents()
    assert add.mapTo(page, add.rect().topRight()).x() > 700
    page.set_title("Diary")
    page.set_subtitle("")
    assert page.accessibleName() == "Diary"
    assert page.subtitle.isHidden()


@pytest.mark.parametrize("tint", TINTS)
def test_every_tint_looks_different_from_the_plain_card(qapp, qtbot, tint):
    card, other = Card("Morning", tint), Card("Morning")
    for widget in (card, other):
        qtbot.addWidget(widget)
        widget.resize(300, 120)
    assert (card.grab().toImage() == other.grab().toImage()) == (tint == "")
    assert card.accessibleName() == "Morning"
    other.set_tint(tint)
    assert card.grab().toImage() == other.grab().toImage()


# The rail


ENTRIES = [RailEntry("today", "Today", "today", "Ctrl+1"), RailEntry("learn", "Learn", "learn", "Ctrl+2")]


@pytest.fixture
def rail(window):
    made = Rail("Companion", ENTRIES, [RailEntry("settings", "Settings", "settings")], "Pages")
    window.layout().addWidget(made)
    made.select("today")
    return made


def test_the_rail_asks_and_the_window_decides(rail, qtbot):
    with qtbot.waitSignal(rail.activated) as told:
        qtbot.mouseClick(rail.item("learn"), Qt.MouseButton.LeftButton)
    assert told.args == ["learn"]
    assert rail.selected() == "today", "not before the window says so"
    rail.select("learn")
    assert rail.selected() == "learn"


def test_pressing_the_page_that_is_open_keeps_it_marked(rail, qtbot):
    qtbot.mouseClick(rail.item("today"), Qt.MouseButton.LeftButton)
    assert rail.selected() == "today"


def test_the_arrow_keys_walk_the_rail(rail, qtbot):
    rail.item("today").setFocus()
    qtbot.keyClick(rail.item("today"), Qt.Key.Key_Down)
    assert rail.item("learn").hasFocus()
    qtbot.keyClick(rail.item("learn"), Qt.Key.Key_End)
    assert rail.item("settings").hasFocus()
    qtbot.keyClick(rail.item("settings"), Qt.Key.Key_Home)
    assert rail.item("today").hasFocus()
    with qtbot.waitSignal(rail.activated):
        qtbot.keyClick(rail.item("today"), Qt.Key.Key_Space)


def test_a_screen_reader_hears_which_page_is_open(rail):
    interface = QAccessible.queryAccessibleInterface(rail.item("today"))
    assert interface.role() == QAccessible.Role.Button
    assert interface.text(QAccessible.Text.Description) == "This page is open."
    assert QAccessible.queryAccessibleInterface(rail.item("learn")).text(QAccessible.Text.Description) == "Ctrl+2"
    rail.select("learn")
    assert rail.item("today").accessibleDescription() == ""


def test_the_rail_puts_its_words_below_the_icons_in_a_narrow_window(rail, qapp):
    rail.fit(1280)
    wide = rail.width()
    assert rail.look() is Look.WIDE
    rail.fit(700)
    assert rail.look() is Look.BELOW
    assert rail.width() < wide * 0.6
    assert rail.item("today").toolTip() == "Today  Ctrl+1"


@pytest.mark.parametrize("spoken", ["en", "it"])
def test_at_half_again_the_text_size_the_words_are_still_there_and_whole(qtbot, qapp, spoken):
    theme.apply(qapp, theme.load("light", 1.5))
    use_language(spoken)
    names = ("today", "learn", "photos", "journal", "progress", "visit")
    last = [RailEntry("help", say("shell.help"), "help", "F1", say("shell.help_short"))]
    last.append(RailEntry("settings", say("shell.page.settings"), "settings"))
    made = Rail("Companion", [RailEntry(name, say(f"shell.page.{name}"), "today") for name in names], last, "Pages")
    qtbot.addWidget(made)
    made.resize(100, 640)
    made.show()
    made.fit(960)
    qapp.processEvents()
    assert made.look() is Look.BELOW
    for name in (*names, "help", "settings"):
        item = made.item(name)
        assert item.width() >= item.small_width()
        assert item.height() >= theme.px(44)
        assert item.geometry().bottom() < made.height()
        assert item.text() == say("shell.help" if name == "help" else f"shell.page.{name}")


def test_only_the_icons_stay_where_there_is_no_room_for_words(rail, window, qapp):
    theme.apply(qapp, theme.load("light", 2.0))
    rail.fit(720)
    assert rail.look() is Look.ICONS
    assert rail.item("today").toolTip() == "Today  Ctrl+1"
    theme.apply(qapp, theme.load("light"))
    rail.fit(700)
    qapp.processEvents()
    assert rail.look() is Look.BELOW
    window.resize(900, 200)
    qapp.processEvents()
    assert rail.look() is Look.ICONS


def test_the_lines_at_the_bottom_of_the_rail_give_way(rail, window, qapp):
    rail.set_footer("Encrypted on this computer.\nBacked up today, 07:45.")
    qapp.processEvents()
    assert rail._footer.isVisible()
    window.resize(900, 260)
    qapp.processEvents()
    assert not rail._footer.isVisible()


# Messages, undo, progress


def test_a_message_is_closed_and_comes_back(window, qtbot):
    message = InlineMessage("Nothing was lost.", "attention", "Two photos", "Show them", closable=True)
    window.layout().addWidget(message)
    close = next(b for b in message.findChildren(buttons.Button) if b.accessibleName() == "Close")
    with qtbot.waitSignal(message.closed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert message.isHidden()
    action = next(b for b in message.findChildren(buttons.Button) if b.text() == "Show them")
    message.show_message("All is well.", "done")
    message.show()
    assert message.message() == "All is well."
    assert message.accessibleName() == "All is well."
    with qtbot.waitSignal(message.acted):
        qtbot.mouseClick(action, Qt.MouseButton.LeftButton)


@pytest.fixture
def bar(window):
    made = UndoBar()
    window.layout().addStretch(1)
    window.layout().addWidget(made)
    return made


def test_undo_gives_back_what_was_offered(bar, qtbot):
    bar.offer("Evening application noted.", token=41)
    assert bar.isVisible()
    with qtbot.waitSignal(bar.undone) as told:
        qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert told.args == [41]
    assert bar.isHidden()


def test_an_offer_goes_away_by_itself(bar, qtbot):
    with qtbot.waitSignal(bar.expired) as told:
        bar.offer("Noted.", token="x", linger=1)
    assert told.args == ["x"]
    assert bar.isHidden()


def test_a_new_offer_replaces_the_one_before(bar, qtbot):
    bar.offer("First.", token=1)
    with qtbot.waitSignal(bar.expired) as told:
        bar.offer("Second.", token=2)
    assert told.args == [1]
    assert bar.accessibleName() == "Second."


def test_the_bar_waits_for_the_pointer_and_for_the_keyboard(bar, qapp):
    bar.offer("Noted.")
    assert not bar.waits()
    at = QPointF(5, 5)
    qapp.sendEvent(bar, QEnterEvent(at, at, at))
    assert bar.waits()
    qapp.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert not bar.waits()
    bar.button.setFocus()
    assert bar.waits()
    bar.button.clearFocus()
    assert not bar.waits()


def test_progress_counts_and_stops_once(window, qtbot):
    strip = ProgressStrip("Bringing in photos")
    window.layout().addWidget(strip)
    strip.show_progress(3, 12)
    assert strip._count.text() == "3 of 12"
    with qtbot.waitSignal(strip.stopped):
        qtbot.mouseClick(strip.stop, Qt.MouseButton.LeftButton)
    assert not strip.stop.isEnabled()
    strip.restart()
    assert strip.stop.isEnabled()


def test_progress_without_an_end_moves_only_where_motion_is_welcome(window, qapp):
    strip = ProgressStrip("Looking")
    window.layout().addWidget(strip)
    qapp.processEvents()
    assert strip._bar._clock.isActive()
    strip.hide()
    assert not strip._bar._clock.isActive()
    theme.apply(qapp, theme.load("light", reduced_motion=True))
    strip.show()
    assert not strip._bar._clock.isActive()


def test_an_empty_state_begins_something(window, qtbot):
    empty = EmptyState("photos", "No photos yet", "A photo every four weeks.", "Add the first photo")
    window.layout().addWidget(empty)
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert EmptyState("photos", "No photos yet", "Later.").button is None


def test_a_gauge_says_its_share(window):
    gauge = Gauge(0.58, "Tube", "58%")
    window.layout().addWidget(gauge)
    interface = QAccessible.queryAccessibleInterface(gauge)
    assert interface.role() == QAccessible.Role.ProgressBar
    assert interface.text(QAccessible.Text.Name) == "Tube"
    assert gauge.text() == "58%"
    gauge.show_share(3.0, "full")
    assert gauge.value() == gauge.maximum()


# The sheet


@pytest.fixture
def sheet(window, qapp):
    field = TextField("Behind")
    window.layout().addWidget(field)
    qapp.processEvents()
    field.setFocus()
    made = Sheet(window, "Delete this entry?", "It can not come back.")
    made.add(TextField("Why"))
    made.yes = made.add_button("Delete it", "primary")
    made.no = made.add_button("Keep it")
    made.yes.clicked.connect(made.accept)
    made.no.clicked.connect(made.reject)
    made.behind = field
    made.open()
    return made


def test_a_sheet_takes_the_keyboard_and_gives_it_back(sheet, qtbot):
    assert QApplication.focusWidget().accessibleName() == "Why"
    with qtbot.waitSignal(sheet.rejected):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert sheet.behind.hasFocus()


def test_tab_stays_in_the_sheet_both_ways_round(sheet, qtbot):
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        seen = set()
        for _ in range(6):
            qtbot.keyClick(QApplication.focusWidget(), key)
            focus = QApplication.focusWidget()
            assert sheet.isAncestorOf(focus)
            seen.add(focus.accessibleName() or focus.text())
        assert seen == {"Why", "Delete it", "Keep it", "Close"}


def test_enter_in_a_field_presses_the_main_button(sheet, qtbot):
    with qtbot.waitSignal(sheet.accepted):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_enter_works_where_nothing_had_the_keyboard_before(window, qtbot):
    made = Sheet(window, "Name it")
    made.add(field := TextField("Name"))
    main = made.add_button("Save", "primary")
    made.add_button("Cancel")
    made.open()
    with qtbot.waitSignal(main.clicked):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_enter_on_a_button_presses_that_button(sheet, qtbot):
    sheet.no.setFocus()
    with qtbot.waitSignal(sheet.rejected):
        qtbot.keyClick(sheet.no, Qt.Key.Key_Return)


def test_shortcuts_of_the_window_wait_behind_the_sheet(sheet, window, qtbot):
    pressed = []
    shortcut = QShortcut(QKeySequence("Ctrl+1"), window)
    shortcut.activated.connect(lambda: pressed.append(1))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    sheet.reject()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1]


def test_a_sheet_is_a_named_dialog_that_covers_its_window(sheet, window, qapp):
    interface = QAccessible.queryAccessibleInterface(sheet)
    assert interface.role() == QAccessible.Role.Dialog
    assert interface.text(QAccessible.Text.Name) == "Delete this entry?"
    window.resize(640, 480)
    qapp.processEvents()
    assert sheet.geometry() == window.rect()


def test_a_sheet_that_must_be_answered_stays(window, qtbot):
    made = Sheet(window, "Choose", closable=False)
    button = made.add_button("Go on", "primary")
    made.open()
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert made.isVisible()
    made.close()
    assert made.isVisible()


def test_a_long_sheet_scrolls_inside_a_low_window(window, qapp):
    window.resize(640, 400)
    made = Sheet(window, "All signs")
    for _ in range(12):
        made.add(labels.body("Chest pain, trouble breathing, a swollen painful leg. " * 2))
    made.open()
    qapp.processEvents()
    assert made._panel.height() <= 400
    assert made._area.verticalScrollBar().maximum() > 0


def test_a_sheet_without_a_window_is_one_itself(qtbot):
    made = Sheet(None, "Something went wrong", "Nothing was lost.")
    qtbot.addWidget(made)
    made.open()
    assert made.isWindow()
    assert made.isVisible()
    made.reject()


# The week


def week(**marks):
    m = Mark
    days = [WeekDay("Mon", "Monday", m.APPLIED, m.MISSED), WeekDay("Tue", "Tuesday", m.UNKNOWN, m.SKIPPED)]
    return [*days, WeekDay("Wed", "Wednesday", m.DUE, m.FUTURE, today=True)]


def test_the_week_says_itself_in_words(window):
    strip = WeekStrip(week(), "This week")
    window.layout().addWidget(strip)
    name = QAccessible.queryAccessibleInterface(strip).text(QAccessible.Text.Name)
    assert name == (
        "This week. Monday: morning applied, evening missed. Tuesday: morning not known, evening skipped. "
        "Wednesday: morning due, evening still to come."
    )


def test_the_marks_can_be_told_apart_without_colour(qtbot):
    pictures = {}
    for mark in Mark:
        dot = SlotDot(mark, "morning")
        qtbot.addWidget(dot)
        dot.resize(dot.sizeHint())
        grey = dot.grab().toImage()
        ink = [
            (x, y) for x in range(grey.width()) for y in range(grey.height())
            if grey.pixelColor(x, y).lightness() < 200
        ]  # fmt: skip
        pictures[mark] = frozenset(ink)
    shapes = [pictures[mark] for mark in (Mark.APPLIED, Mark.SKIPPED, Mark.MISSED, Mark.UNKNOWN, Mark.DUE)]
    for first in range(len(shapes)):
        for second in range(first):
            assert len(shapes[first] ^ shapes[second]) > 15
    assert pictures[Mark.FUTURE] == frozenset()


def test_the_day_under_the_pointer_is_known(window, qapp):
    strip = WeekStrip(week(), "This week")
    window.layout().addWidget(strip)
    qapp.processEvents()
    from PySide6.QtCore import QPoint

    assert strip.day_at(QPoint(strip.width() - 5, 20)).short == "Wed"
    assert strip.day_at(QPoint(2, 20)) is None
