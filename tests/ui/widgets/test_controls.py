"""Buttons, chips, switches, steppers and fields: what they tell, and how the keyboard uses them."""

from datetime import date, time

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from companion.ui import theme
from companion.ui.widgets import buttons
from companion.ui.widgets.chips import Chip, ChipGroup, escaped, plain
from companion.ui.widgets.day_field import DayField, parse_day
from companion.ui.widgets.fields import Choice, Field, NoteField, SearchField, TextField
from companion.ui.widgets.gauge import Gauge
from companion.ui.widgets.month import MonthGrid
from companion.ui.widgets.passphrase import NewPassphrase
from companion.ui.widgets.places import PlaceChips
from companion.ui.widgets.progress import ProgressStrip
from companion.ui.widgets.stepper import HANDPRINTS, Stepper
from companion.ui.widgets.switches import Check, Radio, SegmentedControl, Switch
from companion.ui.widgets.time_field import TimeField, parse_time
from companion.wording import dates, numbers, use_language

TODAY = date(2026, 11, 21)


@pytest.fixture
def stage(qapp, qtbot):
    """A shown window to put widgets on."""
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    window.resize(700, 500)

    def put(*widgets):
        for widget in widgets:
            window.layout().addWidget(widget)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qapp.processEvents()
        return widgets[0]

    return put


def role(widget):
    return QAccessible.queryAccessibleInterface(widget).role()


def said(widget, what):
    return QAccessible.queryAccessibleInterface(widget).text(what)


def labels_of(widget):
    return [
        each.text(QAccessible.Text.Name)
        for each, kind in QAccessible.queryAccessibleInterface(widget).relations()
        if kind & QAccessible.RelationFlag.Label
    ]


def test_buttons_are_as_high_as_the_design_says(stage):
    stage(main := buttons.primary("I applied it"), small := buttons.secondary("Edit"))
    assert main.height() == 44
    assert small.height() == 36


def test_the_ring_shows_for_the_keyboard_and_not_for_the_mouse(stage, qtbot):
    button = stage(buttons.secondary("Edit"), other := buttons.quiet("Skip"))
    other.setFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.ring_visible()
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    other.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not other.ring_visible()
    assert not button.ring_visible()


def test_the_ring_changes_the_picture_of_every_kind_of_button(stage):
    for kind in buttons.KINDS:
        button = stage(buttons.Button("Go", kind), other := buttons.secondary("Other"))
        other.setFocus()
        before = button.grab().toImage()
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert button.grab().toImage() != before, kind


def test_an_icon_button_says_its_name(stage):
    button = stage(buttons.icon_button("close", "Close"))
    assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name) == "Close"
    assert said(button, QAccessible.Text.Description) == ""
    QApplication.sendEvent(button, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert button.toolTip() == "Close"
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
    assert button.toolTip() == ""


def test_one_of_several_chips(stage, qtbot):
    group = stage(ChipGroup([("a", "Gone"), ("b", "The same"), ("c", "Less")], "How is it?"))
    assert group.chosen() == ()
    with qtbot.waitSignal(group.changed) as told:
        qtbot.mouseClick(group.chip("b"), Qt.MouseButton.LeftButton)
    assert told.args == [("b",)]
    with qtbot.waitSignal(group.changed) as told:
        group.chip("b").setFocus()
        qtbot.keyClick(group.chip("b"), Qt.Key.Key_Right)
    assert told.args == [("c",)]
    assert role(group.chip("a")) == QAccessible.Role.RadioButton


def test_several_chips_and_silent_choice(stage, qtbot):
    group = stage(ChipGroup([("a", "Itching"), ("b", "Redness")], "What?", multi=True))
    with qtbot.assertNotEmitted(group.changed):
        group.choose(["a", "b"])
    assert group.chosen() == ("a", "b")
    with qtbot.waitSignal(group.changed) as told:
        qtbot.keyClick(group.chip("a"), Qt.Key.Key_Space)
    assert told.args == [("b",)]
    assert role(group.chip("a")) == QAccessible.Role.CheckBox


def test_a_single_choice_can_be_cleared_by_the_program(stage):
    group = stage(ChipGroup([("a", "Gone"), ("b", "Less")], "How?"))
    group.choose(["a"])
    group.choose([])
    assert group.chosen() == ()


def test_a_chosen_chip_shows_a_mark_and_keeps_its_width(stage):
    chip = stage(Chip("Itching"))
    wide = chip.sizeHint().width()
    off = chip.grab().toImage()
    chip.setChecked(True)
    assert chip.sizeHint().width() == wide
    assert chip.grab().toImage() != off


@pytest.mark.parametrize("words", ["Lo & behold", "A && B", "&Itch", "plain"])
def test_an_ampersand_in_a_name_is_a_letter(words):
    assert plain(escaped(words)) == words


def test_chips_can_be_offered_anew(stage):
    group = stage(ChipGroup([("a", "Face")], "Place"))
    group.set_choices([("b", "Hand"), ("c", "Knee")])
    assert group.chip("c").text() == "Knee"
    with pytest.raises(KeyError):
        group.chip("a")


def test_all_places_and_single_places_exclude_each_other(stage, qtbot):
    places = stage(PlaceChips([("1", "Face"), ("2", "Left hand")], "Places", everything="All places"))
    assert places.chosen() == ()
    assert places.group.chosen() == ("",)
    with qtbot.waitSignal(places.changed) as told:
        qtbot.mouseClick(places.group.chip("2"), Qt.MouseButton.LeftButton)
    assert told.args == [("2",)]
    assert not places.group.chip("").isChecked()
    with qtbot.waitSignal(places.changed) as told:
        qtbot.mouseClick(places.group.chip(""), Qt.MouseButton.LeftButton)
    assert told.args == [()]
    qtbot.mouseClick(places.group.chip(""), Qt.MouseButton.LeftButton)
    assert places.group.chosen() == ("",), "all can not be switched off into nothing"


def test_segments_move_with_the_arrow_keys(stage, qtbot):
    level = stage(SegmentedControl([("plain", "Plain"), ("more", "More detail")], "Level"))
    with qtbot.assertNotEmitted(level.changed):
        level.choose("plain")
    level.segment("plain").setFocus()
    with qtbot.waitSignal(level.changed) as told:
        qtbot.keyClick(level.segment("plain"), Qt.Key.Key_Right)
    assert told.args == ["more"]
    assert level.chosen() == "more"


@pytest.mark.parametrize("kind", [Switch, Check, Radio])
def test_words_beside_a_mark_wrap_and_can_be_clicked(stage, qtbot, kind):
    text = "Ask me every evening whether anything about my skin felt different today"
    control = stage(kind(text))
    control.setFixedWidth(240)
    assert control.heightForWidth(240) > control.heightForWidth(800)
    with qtbot.waitSignal(control.toggled):
        qtbot.mouseClick(control, Qt.MouseButton.LeftButton, pos=control.rect().center())
    assert control.isChecked()


def test_a_switch_stands_still_where_motion_is_reduced(stage, qapp):
    theme.apply(qapp, theme.load("light", reduced_motion=True))
    switch = stage(Switch("Sound"))
    switch.setChecked(True)
    assert switch._at == 1.0


def test_a_switch_glides_otherwise(stage, qtbot):
    switch = stage(Switch("Sound"))
    switch.setChecked(True)
    assert switch._at < 1.0
    qtbot.waitUntil(lambda: switch._at == 1.0)


def test_a_stepper_walks_its_steps_and_stops_at_the_ends(stage, qtbot):
    stepper = stage(Stepper(0.5, "Face", numbers.handprints))
    heard = []
    stepper.changed.connect(heard.append)
    qtbot.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    assert heard == [0.75, 1, 1.5]
    stepper.set_value(HANDPRINTS[0])
    assert not stepper.less.isEnabled()
    stepper.set_value(HANDPRINTS[-1])
    assert not stepper.more.isEnabled()
    assert heard == [0.75, 1, 1.5]


def test_a_stepper_finds_its_steps_from_an_odd_amount(stage, qtbot):
    stepper = stage(Stepper(1.3, "Face", numbers.handprints))
    qtbot.keyClick(stepper.more, Qt.Key.Key_Up)
    assert stepper.value() == 1.5
    stepper.set_value(1.3)
    qtbot.keyClick(stepper.more, Qt.Key.Key_Down)
    assert stepper.value() == 1


def test_a_stepper_keeps_the_keyboard_at_its_end(stage, qtbot):
    stepper = stage(Stepper(0.5, "Face", numbers.handprints))
    stepper.less.setFocus()
    qtbot.keyClick(stepper.less, Qt.Key.Key_Space)
    assert stepper.value() == 0.25
    assert stepper.more.hasFocus()
    assert stepper.less.accessibleName() == "Less: Face, now ¼ handprint"


TIMES = {
    "7": time(7), "07": time(7), "7:30": time(7, 30), "7.30": time(7, 30), "7,30": time(7, 30), "730": time(7, 30),
    "1930": time(19, 30), "19h30": time(19, 30), "19 h": time(19), "19:30": time(19, 30), "7:30 pm": time(19, 30),
    "7 PM": time(19), "12 am": time(0), "12:15 pm": time(12, 15), "7:30 a.m.": time(7, 30), "24:00": time(0),
    "0:05": time(0, 5), " 8:00 ": time(8),
    "": None, "25": None, "7:60": None, "13 pm": None, "0 am": None, "noon": None, "7:3": None, "-7": None,
    "7:30:15": None, "19731": None,
}  # fmt: skip


@pytest.mark.parametrize("text", TIMES)
def test_a_time_is_read_the_way_people_write_it(text):
    assert parse_time(text) == TIMES[text]


def test_a_time_written_by_the_program_is_read_again():
    try:
        for twelve in (True, False):
            dates.use_twelve_hours(twelve)
            for hour in range(24):
                for language in ("en", "it"):
                    use_language(language)
                    assert parse_time(dates.clock_time(time(hour, 42))) == time(hour, 42)
    finally:
        dates.use_twelve_hours(False)


def test_a_time_field_tells_once_and_puts_the_time_into_words(stage, qtbot):
    field = stage(TimeField("Morning", time(7, 0)), other := TextField("Other"))
    heard = []
    field.changed.connect(heard.append)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(field, "815")
    other.setFocus()
    assert field.text() == "08:15"
    assert heard == [time(8, 15)]
    field.setFocus()
    other.setFocus()
    assert heard == [time(8, 15)]


def test_a_time_field_marks_what_is_no_time(stage, qtbot):
    field = stage(TimeField("Morning", time(7, 0)), other := TextField("Other"))
    heard = []
    field.changed.connect(heard.append)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(field, "soon")
    other.setFocus()
    assert field.value() is None
    assert field.property("invalid") == "true"
    assert heard == []


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        (time(7, 42), Qt.Key.Key_Up, time(7, 45)),
        (time(7, 42), Qt.Key.Key_Down, time(7, 30)),
        (time(7, 45), Qt.Key.Key_Up, time(8, 0)),
        (time(8, 0), Qt.Key.Key_Down, time(7, 45)),
        (time(23, 50), Qt.Key.Key_Up, time(0, 0)),
        (time(0, 0), Qt.Key.Key_Down, time(23, 45)),
    ],
)
def test_the_arrow_keys_step_a_time_by_quarters(stage, qtbot, start, key, end):
    field = stage(TimeField("Morning", start))
    qtbot.keyClick(field, key)
    assert field.value() == end


DAYS = {
    "21/11/2026": TODAY, "21.11.2026": TODAY, "21-11-26": TODAY, "21 11": TODAY, "21.11.": TODAY,
    "2026-11-21": TODAY, "21 Nov": TODAY, "21 nov 2026": TODAY, "21 November 2026": TODAY, "today": TODAY,
    "yesterday": date(2026, 11, 20), "11/21/2026": TODAY, "3/4/2026": date(2026, 4, 3), "1 Jan": date(2027, 1, 1),
    "29 feb 2024": date(2024, 2, 29), "30 Sept 2026": date(2026, 9, 30),
    "": None, "31/2/2026": None, "13/13": None, "tomorrowish": None, "21": None, "29 feb 2026": None, "5 ju 2026": None,
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_the_way_people_write_it(text):
    assert parse_day(text, TODAY) == DAYS[text]


def test_a_day_written_by_the_program_is_read_again():
    for language in ("en", "it"):
        use_language(language)
        for month in range(1, 13):
            day = date(2025, month, 28)
            for words in (dates.short_day_year(day), dates.long_day(day)):
                assert parse_day(words, TODAY) == day


def test_a_day_field_accepts_only_its_range(stage, qtbot):
    field = stage(DayField("Start", TODAY, TODAY, latest=TODAY), other := TextField("Other"))
    heard = []
    field.changed.connect(heard.append)
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, "22/11/2026")
    other.setFocus()
    assert field.value() is None
    assert field.line.property("invalid") == "true"
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, "1.11.")
    other.setFocus()
    assert heard == [date(2026, 11, 1)]
    assert field.line.text() == "1 Nov 2026"
    assert field.line.property("invalid") == "false"


WRONG_DAYS = {
    ("en", "32/13/2026"): "“32/13/2026” is not a day. Write day, month and year, such as 21/11/2026 or 21 Nov 2026.",
    ("it", "32/13/2026"): (
        "«32/13/2026» non è un giorno. Scriva giorno, mese e anno, per esempio 21/11/2026 oppure 21 nov 2026."
    ),
    ("en", "31/12/2026"): "Write a day up to 21 Nov 2026.",
    ("it", "31/12/2026"): "Scriva un giorno non successivo a questo: 21 nov 2026.",
    ("en", "1/1/1999"): "Write a day from 1 Nov 2026 on.",
}


@pytest.mark.parametrize(("spoken", "text"), WRONG_DAYS)
def test_what_is_no_day_is_said_below_the_field_with_an_example(stage, qtbot, spoken, text):
    use_language(spoken)
    day = DayField("Start", TODAY, TODAY, date(2026, 11, 1), TODAY)
    field = stage(Field("Start", day, "Any day will do."), other := TextField("Other"))
    day.setFocus()
    day.line.selectAll()
    qtbot.keyClicks(day.line, text)
    assert field.error() == ""
    other.setFocus()
    assert field.error() == WRONG_DAYS[spoken, text]
    assert day.line.property("invalid") == "true"
    assert said(day.line, QAccessible.Text.Description) == field.error()
    day.line.setFocus()
    day.line.selectAll()
    qtbot.keyClicks(day.line, "3.11.")
    other.setFocus()
    assert field.error() == ""
    assert said(day.line, QAccessible.Text.Description) == "Any day will do."


def test_a_long_text_that_is_no_day_is_not_said_at_length(stage):
    day = stage(DayField("Start", TODAY))
    day.line.setText("every second week since I was a child")
    assert day.problem().startswith("“every second week since …” is not a day.")
    day.line.clear()
    assert day.problem(needed=False) == ""
    assert day.problem() == "Write a day, such as 21/11/2026 or 21 Nov 2026."


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_day_is_never_cut_in_its_field(stage, qapp, scale):
    theme.apply(qapp, theme.load("light", scale))
    for spoken in ("en", "it"):
        use_language(spoken)
        day = stage(DayField("Start", TODAY))
        for text in ("32/13/2026", dates.long_day(date(2026, 9, 30))):
            day.line.setText(text)
            qapp.processEvents()
            assert day.line.width() >= day.line.fontMetrics().horizontalAdvance(text) + 24


def test_a_day_is_chosen_from_the_month(stage, qtbot):
    field = stage(DayField("Start", TODAY, TODAY))
    field.open_month()
    grid = field._popup.findChild(MonthGrid)
    focus = next(day for day in grid._days if day.day == TODAY and not day.isHidden())
    with qtbot.waitSignal(field.changed) as told:
        qtbot.keyClick(focus, Qt.Key.Key_Left)
        before = next(day for day in grid._days if day.day == date(2026, 11, 20))
        qtbot.keyClick(before, Qt.Key.Key_Return)
    assert told.args == [date(2026, 11, 20)]
    assert field._popup is None


def test_a_month_keeps_to_its_limits_and_names_its_days(stage, qtbot):
    grid = stage(MonthGrid(TODAY, TODAY, date(2026, 11, 10), date(2026, 12, 5)))
    days = {day.day.day: day for day in grid._days if not day.isHidden()}
    assert len(days) == 30
    assert not days[9].isEnabled()
    assert days[10].isEnabled()
    assert days[21].accessibleName() == "21 November 2026"
    qtbot.mouseClick(grid._after, Qt.MouseButton.LeftButton)
    assert not grid._after.isEnabled()
    grid.focus_day(date(2027, 3, 1))
    assert grid._first == date(2026, 12, 1)


def test_a_choice_tells_its_key_and_ignores_the_wheel(stage, qtbot):
    choice = stage(Choice([("eu", "EU"), ("us", "US")], "Leaflet"))
    choice.choose("us")
    assert choice.chosen() == "us"
    with qtbot.waitSignal(choice.chosen_key) as told:
        qtbot.keyClick(choice, Qt.Key.Key_Up)
    assert told.args == ["eu"]


def test_a_field_says_what_is_wrong_beside_the_thing(stage):
    field = stage(Field("Evening", TimeField("Evening"), hint="At least 8 hours after the morning"))
    field.set_error("This is not a time. Write it like 19:30.")
    assert field.error() == "This is not a time. Write it like 19:30."
    assert field.control.accessibleDescription() == field.error()
    field.set_error("")
    assert field.error() == ""
    assert field.control.accessibleDescription() == "At least 8 hours after the morning"


def test_tab_leaves_a_note(stage, qtbot):
    note = stage(NoteField("Note"), after := SearchField("Search", "Search your notes"))
    note.setFocus()
    qtbot.keyClick(note, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert note.toPlainText() == ""


def test_an_example_of_what_to_write_is_no_description(stage):
    evening = TimeField("Evening", time(20, 0))
    day, search = DayField("First day", TODAY), SearchField("Search", "Search")
    stage(evening, day, search)
    assert evening.hint
    assert day.line.hint
    for each in (evening, day.line, search):
        assert said(each, QAccessible.Text.Description) == ""


def test_a_list_is_named_by_its_question_and_not_by_its_entry(stage):
    alone = Choice([("eu", "EU"), ("us", "US")], "Leaflet")
    framed = Choice([("a", "Face")], "Place")
    stage(alone, Field("Place", framed))
    assert labels_of(alone) == ["Leaflet"]
    assert labels_of(framed) == ["Place"]
    assert said(alone, QAccessible.Text.Value) == "EU"
    with pytest.raises(ValueError, match="name"):
        Choice([], "")


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_K])
def test_a_list_that_acts_at_once_is_opened_by_a_key_and_acts_at_enter(stage, qtbot, key):
    choice = stage(Choice([("", "Choose"), ("knee", "Knee"), ("hand", "Hand")], "Add a place", acts=True))
    told = []
    choice.chosen_key.connect(told.append)
    choice.setFocus()
    qtbot.keyClick(choice, key)
    assert choice.view().isVisible()
    assert told == []
    qtbot.keyClick(choice.view(), Qt.Key.Key_Down)
    assert told == []
    qtbot.keyClick(choice.view(), Qt.Key.Key_Return)
    assert told == ["knee"]


def test_the_two_eyes_of_a_new_passphrase_have_names_of_their_own(stage):
    secret = stage(NewPassphrase())
    names = [said(each.eye, QAccessible.Text.Name) for each in (secret.first, secret.second)]
    assert names == ["Show the letters of the passphrase", "Show the letters of the repetition"]
    secret.second.eye.click()
    assert said(secret.second.eye, QAccessible.Text.Name) == "Hide the letters of the repetition"
    assert said(secret.second.eye, QAccessible.Text.Description) == ""


def test_bars_are_spoken_as_per_cent(stage):
    gauge, strip = Gauge(0.536, "Cream left"), ProgressStrip("Copying")
    strip.show_progress(3, 12)
    stage(gauge, strip)
    for bar, share in ((gauge, "54"), (strip._bar, "25")):
        assert (bar.minimum(), bar.maximum()) == (0, 100)
        assert said(bar, QAccessible.Text.Value) == share
    assert said(strip._bar, QAccessible.Text.Description) == "3 of 12"


def test_what_has_a_tooltip_for_the_mouse_is_named_once(stage):
    control = SegmentedControl([("it", "IT"), ("en", "EN")], "Language")
    segment = control.segment("it")
    segment.setAccessibleName("Italian")
    stage(control, tool := buttons.IconButton("", "Larger letters", "A+"))
    for each in (segment, tool):
        assert said(each, QAccessible.Text.Description) == ""
        QApplication.sendEvent(each, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
        assert each.toolTip() == said(each, QAccessible.Text.Name)
    tool.rename("Smaller letters")
    assert tool.toolTip() == "Smaller letters"
