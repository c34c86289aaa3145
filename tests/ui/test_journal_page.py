"""The Journal on a real record: listing, paging, searching, adding, changing, deleting, and help first."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from companion.domain.reactions import NoteEntry
from companion.services.journal import NewSymptom
from companion.ui import theme
from companion.ui.pages.journal import JournalPage
from companion.ui.pages.journal.delegate import set_text
from companion.ui.pages.journal.model import PAGE, DayRow
from companion.wording import say, use_language
from tests.support.home import TODAY, at
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.stage import entered, named, open_sheet, settle, texts

LEFT = Qt.MouseButton.LeftButton
NOVEL = "<b>bold</b> & 😀 مرحبا " * 4500


@pytest.fixture(autouse=True)
def _no_tube(stage):
    """Begin without the tube of the set-up, which stands in the list too."""
    for tube in stage.context.care.tubes():
        stage.context.care.delete_tube(tube.id)


@pytest.fixture
def page(stage, qtbot, qapp):
    return enter(stage, qtbot, qapp)


def enter(stage, qtbot, qapp, size=(1085, 832)):
    made = entered(JournalPage, stage, size)
    qtbot.addWidget(made)
    return made


def at_day(ago, hour=12, minute=0):
    return at(hour, minute, TODAY - timedelta(days=ago))


def note(stage, ago, text, hour=12, minute=0):
    done = stage.context.journal.add_note(text, at_day(ago, hour, minute), help_shown=True)
    stage.bus.announce(done.changes)
    return done.id


def symptom(stage, ago, code="itch", hour=12, **values):
    done = stage.context.journal.add_symptom(NewSymptom(code, at_day(ago, hour), **values))
    stage.bus.announce(done.changes)
    return done.id


def rows(page):
    return [page.model.index(number).data() for number in range(page.model.rowCount())]


# The list


def test_entries_stand_newest_first_under_their_days(stage, page):
    note(stage, 2, "brown dots", 8)
    symptom(stage, 2, hour=21, bad=1, places=(1,))
    note(stage, 5, "shade")
    assert rows(page) == [
        "Thursday, 19 November",
        "Itch, face, a little",
        "brown dots",
        "Monday, 16 November",
        "shade",
    ]


def test_a_year_that_is_not_this_one_is_written(stage, page):
    note(stage, 400, "long ago")
    assert rows(page)[0] == "17 October 2025"


def test_a_screen_reader_hears_day_time_kind_and_words(stage, page):
    symptom(stage, 2, hour=21, bad=1, bothers=0, places=(1,), told_doctor=True)
    index = page.model.index(1)
    heard = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == (
        "Thursday, 19 November, 21:00. Side effect: "
        "Itch, face, a little. Still there. Does not get in the way. Told the doctor."
    )
    interface = QAccessible.queryAccessibleInterface(page.list)
    assert interface.text(QAccessible.Text.Name) == "Journal entries"
    assert interface.childCount() == 2


def test_headings_are_passed_over_by_the_arrow_keys(stage, page, qapp):
    note(stage, 2, "second")
    note(stage, 1, "first")
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.list.chosen().headline == "first"
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.chosen().headline == "second"


def test_thousands_of_entries_are_read_page_by_page_none_twice(stage, page):
    with stage.home.services.record.unit_of_work() as work:
        for number in range(400):
            # Five at a time share one instant, also across the border of a page.
            work.notes.add(NoteEntry(0, at_day(1) - timedelta(hours=number // 5), "Europe/Rome", f"note {number}"))
    page.reload()
    assert page.model.entry_count() < 2 * PAGE
    while page.model.canFetchMore(QModelIndex()):
        page.model.fetchMore(QModelIndex())
    shown = [row for row in rows(page) if row.startswith("note ")]
    assert len(shown) == 400
    assert len(set(shown)) == 400


def test_scrolling_down_reads_on(stage, page, qapp):
    with stage.home.services.record.unit_of_work() as work:
        for number in range(300):
            work.notes.add(NoteEntry(0, at_day(1) - timedelta(hours=number), "Europe/Rome", f"note {number}"))
    page.reload()
    settle(qapp)
    before = page.model.entry_count()
    page.list.scrollToBottom()
    settle(qapp)
    assert page.model.entry_count() > before


def test_what_was_read_and_opened_stays_after_a_change(stage, page, qapp):
    with stage.home.services.record.unit_of_work() as work:
        for number in range(200):
            work.notes.add(NoteEntry(0, at_day(1) - timedelta(hours=number), "Europe/Rome", f"note {number}"))
    page.reload()
    page.model.fetchMore(QModelIndex())
    key = page.model.entry_at(page.model.index(page.model.rowCount() - 1)).key
    page.list.choose(key)
    note(stage, 0, "new", hour=7)
    assert page.list.chosen().key == key


def test_markup_emoji_and_a_novel_are_shown_as_they_are_and_kept_whole(stage, page, qapp):
    number = note(stage, 1, NOVEL)
    shown = rows(page)[1]
    assert shown.startswith("<b>bold</b> & 😀 مرحبا")
    assert len(shown) < 1300
    page.list.choose(("note", number))
    settle(qapp)
    assert page.list.visualRect(page.list.currentIndex()).height() < 600
    page.list.press("edit")
    assert open_sheet(page).text.toPlainText() == NOVEL


def test_lines_never_run_over(qapp):
    look = ("light", 1.0)
    short = set_text("one line", "body", 300, 2, look)
    assert short.lines == ("one line",)
    long = set_text("word " * 200, "body", 300, 2, look)
    assert len(long.lines) == 2
    assert long.lines[1].endswith("…")
    assert set_text("", "body", 300, 2, look).lines == ("",)


# Doing


def test_a_note_is_added_from_the_sheet(stage, page, qapp):
    page.sheets.add("note")
    sheet = open_sheet(page)
    sheet.text.setPlainText("Ask about sunscreen")
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    assert rows(page) == ["Saturday, 21 November", "Ask about sunscreen"]
    stage.take_back()
    assert rows(page) == []


def test_a_side_effect_is_added_with_everything_there_is_to_say(stage, page, qapp):
    page.enter("add")
    sheet = open_sheet(page)
    form = sheet.form
    form.what.choose(("spots",))
    form.where.choose(("1", "2"))
    form.bad.choose(("2",))
    form.bothers.choose(("1",))
    form.action.setText("mild soap")
    form.told.setChecked(True)
    form.note.setPlainText("after the gym")
    sheet.day.set_value(TODAY - timedelta(days=4))
    sheet.time.setText("18")
    form.state.segment("gone").click()
    form.ended.set_value(TODAY - timedelta(days=1))
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    entry = stage.context.journal.page()[0]
    assert (entry.code, entry.places, entry.bad, entry.bothers) == ("spots", (1, 2), 2, 1)
    assert (entry.at, entry.ended_on) == (at_day(4, 18), TODAY - timedelta(days=1))
    assert (entry.action, entry.told_doctor, entry.note) == ("mild soap", True, "after the gym")
    assert page.model.entry_at(page.model.index(1)).tag == "3 days"


def test_a_page_elsewhere_can_ask_for_the_sheet_of_a_kind(stage, page, qapp):
    page.enter("add estimate")
    assert open_sheet(page).windowTitle() == say("journal.estimate.new")


def test_what_is_missing_is_said_beside_its_field(stage, page, qapp):
    page.enter("add")
    sheet = open_sheet(page)
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    assert say("journal.sheet.choose") in texts(sheet)
    assert stage.context.journal.page() == ()


def test_the_full_list_begins_empty_and_ends_with_what_is_urgent(stage, page, qapp):
    page.enter("add")
    sheet = open_sheet(page)
    form = sheet.form
    form.what.chip("more").click()
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    assert say("journal.sheet.choose_listed") in texts(sheet)
    assert stage.context.journal.page() == ()
    codes = [form.full.itemData(at) for at in range(form.full.count())]
    assert codes[:4] == ["", "burning", "hair_bumps", "darker_skin"]
    line = codes.index(None)
    assert codes[line - 1] == "other"
    assert codes[line + 1] == "chest_pain"
    form.full.choose("burning")
    form.full.chosen_key.emit("burning")
    assert say("journal.sheet.choose_listed") not in texts(sheet)
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    assert [entry.code for entry in stage.context.journal.page()] == ["burning"]


@pytest.mark.parametrize(("code", "chip"), [("redness", "redness"), ("burning", "more")])
def test_a_correction_begins_on_what_was_chosen(stage, page, qapp, code, chip):
    number = symptom(stage, 1, code)
    page.list.choose(("symptom", number))
    page._on_wanted("edit", page.list.chosen())
    form = open_sheet(page).form
    assert form.what.chip(chip).hasFocus()
    assert form.code() == code


def test_a_side_effect_can_be_where_nothing_is_treated(stage, page, qapp):
    before = {place.id: place for place in stage.context.care.places()}
    page.enter("add")
    sheet = open_sheet(page)
    where = sheet.form.where
    sheet.form.what.choose(("itch",))
    where.choose(("1",))
    QTest.mouseClick(where.another, LEFT)
    assert where.region.hasFocus()
    assert where.region.findData("chin") > 0
    assert where.region.findData("groin") < 0
    where.private.setChecked(True)
    assert where.region.findData("groin") > 0
    where.region.choose("chin")
    QTest.mouseClick(where.add_region, LEFT)
    (new,) = [place for place in stage.context.care.places() if place.id not in before]
    assert (new.region, new.treated) == ("chin", False)
    assert where.group.chip(str(new.id)).hasFocus()
    assert where.chosen() == ("1", str(new.id))
    # The treated place of a region is taken as it is.
    QTest.mouseClick(where.another, LEFT)
    where.region.choose("face")
    QTest.mouseClick(where.add_region, LEFT)
    assert stage.context.care.places() == (*before.values(), new)
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    assert stage.context.journal.page()[0].places == (1, new.id)


def test_an_end_before_the_start_is_said_inline_and_nothing_is_lost(stage, page, qapp):
    page.enter("add")
    sheet = open_sheet(page)
    sheet.form.what.choose(("itch",))
    sheet.form.note.setPlainText("keep me")
    sheet.form.state.segment("gone").click()
    sheet.form.ended.set_value(TODAY - timedelta(days=3))
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    settle(qapp)
    assert sheet.isVisible()
    assert sheet.form.ended_field.error() == say("errors.end_before_start")
    assert sheet.form.note.toPlainText() == "keep me"


def test_the_future_is_refused_in_words(stage, page, qapp):
    page.enter("add")
    sheet = open_sheet(page)
    sheet.choose_kind("note")
    sheet.text.setPlainText("tomorrow")
    sheet.time.setText("23:00")
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    settle(qapp)
    assert sheet.isVisible()
    assert stage.context.journal.page() == ()


def test_a_note_left_unsaved_is_there_again(stage, page, qapp):
    page.enter("add")
    sheet = open_sheet(page)
    sheet.choose_kind("note")
    sheet.text.setPlainText("half a thought")
    sheet.reject()
    page.enter("add")
    again = open_sheet(page)
    assert again.kind() == "note"
    assert again.text.toPlainText() == "half a thought"
    QTest.mouseClick(named(again, say("journal.sheet.save")), LEFT)
    page.enter("add")
    assert open_sheet(page).text.toPlainText() == ""


def test_an_entry_is_changed_and_put_back(stage, page, qapp):
    number = note(stage, 1, "draft")
    page.list.choose(("note", number))
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    sheet = open_sheet(page)
    sheet.text.setPlainText("better")
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    assert stage.context.journal.get_note(number).text == "better"
    assert stage.context.journal.get_note(number).at == at_day(1)
    stage.take_back()
    assert stage.context.journal.get_note(number).text == "draft"


def test_an_entry_is_deleted_and_comes_back(stage, page, qapp):
    number = symptom(stage, 1)
    page.list.choose(("symptom", number))
    settle(qapp)
    QTest.mouseClick(page.list.row_actions().delete, LEFT)
    assert rows(page) == []
    stage.take_back()
    assert rows(page) == ["Friday, 20 November", "Itch"]


def test_gone_now_ends_a_side_effect(stage, page, qapp):
    number = symptom(stage, 3)
    page.list.choose(("symptom", number))
    settle(qapp)
    assert page.list.row_actions().gone.isVisible()
    QTest.mouseClick(page.list.row_actions().gone, LEFT)
    settle(qapp)
    assert stage.context.journal.get_symptom(number).ended_on == TODAY
    assert page.model.entry_at(page.model.index(1)).tag == "3 days"
    assert not page.list.row_actions().gone.isVisible()
    stage.take_back()
    assert stage.context.journal.get_symptom(number).ended_on is None


def test_the_buttons_of_the_open_entry_are_reached_by_tab(stage, page, qapp):
    symptom(stage, 3)
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    settle(qapp)
    QTest.keyClick(page.list, Qt.Key.Key_Tab)
    assert page.focusWidget() is page.list.row_actions().edit


# Help first


def test_a_red_flag_shows_help_before_it_is_kept(stage, page, qapp):
    seen = []
    stage.host.on_help = lambda: seen.append(stage.context.journal.page())
    page.enter("add")
    sheet = open_sheet(page)
    sheet.form.what.choose(("more",))
    sheet.form.full.choose("chest_pain")
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    assert stage.host.helped == ["heart"]
    assert seen == [()]
    assert stage.context.journal.page()[0].help_shown_at == at(8)


@pytest.mark.parametrize("words", ["no chest pain today", "dolore al petto", "mi manca il fiato"])
def test_a_typed_word_is_enough(stage, page, qapp, words):
    page.enter("add")
    sheet = open_sheet(page)
    sheet.choose_kind("note")
    sheet.text.setPlainText(words)
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    entry = stage.context.journal.page()[0]
    assert len(stage.host.helped) == 1
    assert entry.help_shown_at is not None


def test_another_sign_added_later_shows_help_again(stage, page, qapp):
    number = symptom(stage, 1, "fever", help_shown=True)
    page.list.choose(("symptom", number))
    page.list.press("edit")
    sheet = open_sheet(page)
    sheet.form.note.setPlainText("and now chest pain")
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    assert len(stage.host.helped) == 1
    assert stage.host.helped[0] in ("heart", "clot")


def test_help_is_always_at_hand(stage, qtbot, qapp):
    page = enter(stage, qtbot, qapp)
    QTest.mouseClick(page.help.button, LEFT)
    narrow = enter(stage, qtbot, qapp, (600, 640))
    QTest.mouseClick(narrow._help_button, LEFT)
    assert stage.host.helped == [None, None]


# Asking after what is still there


def test_a_side_effect_that_is_still_there_is_asked_about_once_a_day(stage, page, qapp):
    assert not page.ongoing.isVisible()
    number = symptom(stage, 2, bad=1, places=(1,))
    assert page.ongoing.isVisible()
    assert "Noted 2 days ago. How is it today?" in texts(page.ongoing)
    QTest.mouseClick(page.ongoing.chip("less"), LEFT)
    newest = stage.context.journal.page()[0]
    assert newest.text == "Itch, face, a little: less than before."
    kept = stage.context.journal.get_symptom(number)
    assert (kept.bad, kept.ended_on) == (1, None), "what was noted then stays as it was"
    assert not page.ongoing.isVisible()
    stage.clock.set(at(8, day=TODAY + timedelta(days=1)))
    page.enter()
    assert page.ongoing.isVisible()
    QTest.mouseClick(page.ongoing.chip("gone"), LEFT)
    assert stage.context.journal.get_symptom(number).ended_on == TODAY + timedelta(days=1)


def test_more_of_an_urgent_sign_shows_help_first(stage, page, qapp):
    symptom(stage, 2, "fever", help_shown=True)
    QTest.mouseClick(page.ongoing.chip("more"), LEFT)
    assert stage.host.helped == ["infection"]


# Searching


def test_search_kind_and_place_narrow_the_list(stage, page, qtbot):
    note(stage, 1, "Perché prude?")
    symptom(stage, 2, places=(1,))
    symptom(stage, 3, "redness", places=(2,))
    page.bar.search.setText("PERCHE")
    page._typing.timeout.emit()
    assert rows(page)[1:] == ["Perché prude?"]
    page.bar.search.setText("itch")
    page._typing.timeout.emit()
    assert rows(page)[1:] == ["Itch, face"]
    page.bar.search.clear()
    page._typing.timeout.emit()
    page.bar.kinds.chip("symptom").click()
    assert page.model.entry_count() == 2
    page.bar.place.choose("2")
    page.bar.place.chosen_key.emit("2")
    assert rows(page)[1:] == ["Redness, Ring finger"]


def test_typing_runs_the_search_by_itself(stage, page, qtbot):
    note(stage, 1, "sunscreen")
    note(stage, 2, "soap")
    page.bar.search.setText("soap")
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    assert rows(page)[1] == "soap"


def test_nothing_found_offers_everything_again(stage, page, qapp):
    note(stage, 1, "soap")
    page.bar.search.setText("zebra")
    page._typing.timeout.emit()
    settle(qapp)
    assert say("journal.none.title") in texts(page)
    QTest.mouseClick(named(page, say("journal.none.action")), LEFT)
    assert len(rows(page)) == 2


def test_an_empty_journal_teaches_and_has_one_filled_button(stage, page, qapp):
    assert say("journal.empty.title") in texts(page)
    filled = [each for each in page.findChildren(QWidget) if each.isVisible() and each.property("kind") == "primary"]
    assert len(filled) == 1
    QTest.mouseClick(filled[0], LEFT)
    assert open_sheet(page).kind() == "note"
    assert open_sheet(page).text.hasFocus()


# All of it


@pytest.mark.parametrize(
    ("scale", "size"), [(1.0, (764, 640)), (1.0, (1085, 832)), (1.5, (1085, 832)), (2.0, (847, 640))]
)
@pytest.mark.parametrize("language", ["en", "it"])
def test_nothing_is_cut_nameless_or_too_low(stage, qtbot, qapp, language, scale, size):
    use_language(language)
    theme.apply(qapp, theme.load("light", scale))
    number = symptom(stage, 2, "burning_urine", bad=2, bothers=2, places=(1, 2), help_shown=True)
    note(stage, 3, "two words")
    page = enter(stage, qtbot, qapp, size)
    page.list.choose(("symptom", number))
    settle(qapp)
    assert clipped_labels(page) == []
    assert unnamed_controls(page) == []
    assert low_controls(page) == []
    page.list.press("edit")
    settle(qapp)
    assert clipped_labels(open_sheet(page)) == []
    assert unnamed_controls(open_sheet(page)) == []


def test_rows_are_as_high_as_their_words_in_every_width(stage, page, qapp):
    number = symptom(stage, 2, "burning_urine", bad=2, bothers=2, places=(1, 2), help_shown=True, note="word " * 60)
    for width in (1085, 700, 420):
        page.resize(width, 832)
        page.list.choose(("symptom", number))
        settle(qapp)
        area = page.list.visualRect(page.model.index_of(("symptom", number)))
        row = page.list.chosen()
        delegate = page.list.itemDelegate()
        words = delegate.words_height(row, page.list.viewport().width(), True)
        assert area.height() >= words + page.list.row_actions().edit.height()
        assert page.list.row_actions().geometry().bottom() <= area.bottom()
        assert page.list.row_actions().geometry().top() >= area.top() + words - 12


def test_days_are_headings(stage, page):
    note(stage, 1, "x")
    assert isinstance(page.model.index(0).data(Qt.ItemDataRole.UserRole + 1), DayRow)
    assert page.model.index(0).flags() == Qt.ItemFlag.NoItemFlags
