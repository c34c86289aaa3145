"""The first start: nine steps, resumable once the record exists, with nothing decided for the person."""

from datetime import date, time
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from companion.desktop.preferences import Preferences
from companion.desktop.tasks import Tasks
from companion.domain.body import Region
from companion.domain.leaflet import Leaflet
from companion.schedule.clock import FixedClock
from companion.services import opening
from companion.services.citing import cited, topics
from companion.services.opened import services_of
from companion.services.treatment import NewPlace
from companion.ui.main_window import MainWindow
from companion.ui.pages.setup import SetupPage
from companion.ui.pages.setup.state import SETTING, STEPS, SetupState, Step, from_json
from companion.ui.pages.setup.step import Desk
from companion.ui.widgets.passphrase import strength
from companion.ui.widgets.recovery import same_group
from companion.wording import phrasebook, say, use_language
from tests.support.home import ROME, at
from tests.support.looks import clipped_labels, low_controls, unnamed_controls

LEFT = Qt.MouseButton.LeftButton
PASSPHRASE = "four plain words here"
KEY = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789-X"


@pytest.fixture(autouse=True)
def _no_keychain(monkeypatch):
    monkeypatch.setattr(opening, "keychain_available", lambda: False)


class Wizard:
    """A wizard on a fresh folder, and what it told."""

    def __init__(self, folder, qtbot, state=None, opened=None, recovery=KEY):
        self.folder, self.qtbot = folder, qtbot
        self.tasks, self.preferences = Tasks(), Preferences()
        self.clock = FixedClock(at(8), ROME)
        desk = Desk(folder, self.clock, self.tasks, self.preferences, state or SetupState(), opened, recovery)
        self.page = SetupPage(
            folder, self.clock, self.tasks, self.preferences, opened, desk if opened is None or state else None
        )
        qtbot.addWidget(self.page)
        self.created, self.finished, self.broken = [], [], []
        self.page.created.connect(self.created.append)
        self.page.finished.connect(self.finished.append)
        self.page.broken.connect(self.broken.append)
        self.page.resize(1280, 832)
        self.page.show()

    @property
    def step(self):
        return self.page.step()

    def next(self):
        self.qtbot.mouseClick(self.page.next_button, LEFT)

    def end(self):
        self.tasks.shutdown()
        for opened in self.created:
            opened.close()


@pytest.fixture
def start(tmp_path, qtbot):
    made = []

    def begin(**values):
        made.append(Wizard(values.pop("folder", tmp_path / "record"), qtbot, **values))
        return made[-1]

    yield begin
    for each in made:
        each.end()


def at_step(start, step, **values):
    return start(state=SetupState(step=step, leaflet=Leaflet.EU, **values))


def texts(root):
    return " ".join(each.text() for each in root.findChildren(QLabel) if each.isVisible())


def test_the_whole_way_from_welcome_to_a_record_that_is_set_up(start, qtbot):
    wizard = start()
    wizard.next()
    wizard.step.choices.option("eu").click()
    wizard.next()
    assert not wizard.page.next_button.isEnabled()
    wizard.step.answers.option("no").click()
    wizard.next()
    wizard.step.secret.first.line.setText(PASSPHRASE)
    wizard.step.secret.second.line.setText(PASSPHRASE)
    wizard.next()
    qtbot.waitUntil(lambda: wizard.step.step is Step.RECOVERY, timeout=20_000)
    assert len(wizard.created) == 1
    groups = wizard.page.desk.recovery.split("-")
    wizard.next()
    assert not wizard.page.next_button.isEnabled()
    for line, group in zip(wizard.step.key.answers, wizard.step.key.wanted, strict=True):
        line.setText(groups[group].lower())
    wizard.next()
    assert wizard.page.desk.recovery == ""
    wizard.step.name.setText("Ale")
    wizard.next()
    wizard.step.editor.figure.canvas.spot(Region.FACE).click()
    wizard.next()
    wizard.next()
    wizard.next()
    assert wizard.finished, (wizard.step.step, wizard.page.problem.message())
    (opened,) = wizard.finished
    treatment = opened.care.current()
    assert (treatment.leaflet, treatment.started_on) == (Leaflet.EU, date(2026, 11, 21))
    assert (treatment.times[0].morning, treatment.times[0].evening) == (time(8), time(20))
    assert [(place.region, place.handprints) for place in opened.care.places()] == [("face", Decimal("0.5"))]
    assert [tube.grams for tube in opened.care.tubes()] == [100]
    assert opened.care.name() == "Ale"
    assert not opened.care.setting(SETTING)
    assert wizard.broken == []


def test_a_crash_after_the_record_was_made_goes_on_where_it_was(start, tmp_path, qtbot):
    record, _ = opening.create_record(tmp_path / "record", passphrase=PASSPHRASE)
    opened = services_of(record, FixedClock(at(8), ROME))
    places = [NewPlace("face", Decimal(2))]
    kept = SetupState(step=Step.TIMES, leaflet=Leaflet.US, places=places, started_on=date(2026, 11, 1))
    opened.care.put_setting(SETTING, kept.to_json())
    wizard = start(opened=opened)
    wizard.created.append(opened)
    assert wizard.step.step is Step.TIMES
    wizard.next()
    wizard.next()
    assert wizard.finished == [opened]
    assert opened.care.current().leaflet is Leaflet.US
    assert opened.care.current().started_on == date(2026, 11, 1)
    assert opened.care.places()[0].handprints == 2


def test_a_key_that_never_reached_paper_is_replaced(start, tmp_path):
    record, first = opening.create_record(tmp_path / "record", passphrase=PASSPHRASE)
    opened = services_of(record, FixedClock(at(8), ROME))
    opened.care.put_setting(SETTING, SetupState(step=Step.RECOVERY, leaflet=Leaflet.EU).to_json())
    wizard = start(opened=opened)
    wizard.created.append(opened)
    shown = wizard.page.desk.recovery
    assert shown
    assert shown != first
    opened.close()
    wizard.created.clear()
    opening.open_record(tmp_path / "record", recovery=shown).close()


def test_state_survives_and_nonsense_does_not_stop_a_start():
    state = SetupState(Step.TUBE, Leaflet.US, "Ale", date(2026, 1, 2), [NewPlace("face", Decimal("1.5"))])
    state.tube_grams, state.tube_opened_on = 60, date(2026, 2, 3)
    assert from_json(state.to_json()) == state
    for text in (None, "", "{", "[]", '{"step": "nowhere"}', '{"places": [{"region": 3}]}', '{"morning": "late"}'):
        assert from_json(text).step in (Step.RECOVERY, Step.WELCOME)
    assert from_json('{"step": "times", "places": [{"region": "moon", "handprints": "1"}]}').places == []


def test_language_is_chosen_first_and_speaks_at_once(start):
    wizard = start()
    wizard.step.languages.segment("it").click()
    assert wizard.preferences.language == "it"


def test_the_example_is_offered_at_the_door(start, qtbot):
    wizard = start()
    with qtbot.waitSignal(wizard.page.example_wanted):
        wizard.step.example.click()
    assert not wizard.folder.exists()


def test_any_yes_says_talk_to_your_doctor_and_is_kept_nowhere(start, qapp):
    wizard = at_step(start, Step.BEFORE)
    assert not wizard.step.talk.isVisible()
    wizard.step.answers.option("yes").click()
    qapp.processEvents()
    assert wizard.step.talk.isVisible()
    assert say("setup.before.talk.title") in texts(wizard.page)
    assert wizard.page.next_button.isEnabled()
    assert "yes" not in wizard.page.desk.state.to_json()
    wizard.step.answers.option("no").click()
    assert not wizard.step.talk.isVisible()


@pytest.mark.parametrize("leaflet", list(Leaflet))
def test_what_to_talk_over_is_the_leaflets_own_list_with_its_source(leaflet):
    assert cited(leaflet, "talk_first_topics").sources
    for topic in topics(leaflet):
        for spoken in ("en", "it"):
            assert phrasebook(spoken).say(f"setup.topic.{topic}", age=12)


def test_escape_and_back_lose_nothing(start, qtbot):
    wizard = at_step(start, Step.BEFORE)
    qtbot.keyClick(wizard.page, Qt.Key.Key_Escape)
    assert wizard.step.step is Step.LEAFLET
    assert wizard.step.choices.chosen() == "eu"
    qtbot.mouseClick(wizard.page.back_button, LEFT)
    assert wizard.step.step is Step.WELCOME
    assert not wizard.page.back_button.isVisible()
    qtbot.keyClick(wizard.page, Qt.Key.Key_Escape)
    assert wizard.step.step is Step.WELCOME


def test_it_can_be_walked_with_the_keyboard_alone(start, qtbot, qapp):
    def key(which):
        assert qapp.focusWidget() is not None
        qtbot.keyClick(qapp.focusWidget(), which)
        qapp.processEvents()

    wizard = start()
    wizard.page.activateWindow()
    wizard.page.setFocus()
    qapp.processEvents()
    key(Qt.Key.Key_Return)
    assert wizard.step.step is Step.LEAFLET
    key(Qt.Key.Key_Return)
    assert wizard.step.step is Step.LEAFLET, "nothing is chosen yet"
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Space)
    assert wizard.step.choices.chosen() == "eu"
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Space)
    assert wizard.step.answers.chosen() == "no"
    key(Qt.Key.Key_Return)
    assert wizard.step.step is Step.LOCK
    qtbot.keyClicks(qapp.focusWidget(), PASSPHRASE)
    key(Qt.Key.Key_Return)
    qtbot.keyClicks(qapp.focusWidget(), PASSPHRASE)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.step.step is Step.RECOVERY, timeout=20_000)
    assert not wizard.step.key.is_asking(), "one press of Enter counted twice"
    key(Qt.Key.Key_Escape)
    assert wizard.step.step is Step.RECOVERY


def test_there_is_no_way_back_behind_the_record(start):
    assert not at_step(start, Step.RECOVERY).page.back_button.isVisible()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "none"),
        ("short", "short"),
        ("        ", "none"),
        ("longenough", "weak"),
        ("aaaaaaaaaaaaaaaaaaaaaa", "weak"),
        ("twelve chars", "fair"),
        ("sixteen chars or", "good"),
    ],
)
def test_length_is_what_counts(text, kind):
    assert strength(text) == kind
    for spoken in ("en", "it"):
        assert phrasebook(spoken).say(f"unlock.strength.{kind}")


def test_a_passphrase_is_checked_beside_the_line(start):
    wizard = at_step(start, Step.LOCK)
    secret = wizard.step.secret
    secret.first.line.setText("short")
    wizard.next()
    assert secret.first.error() == say("errors.passphrase_short", count=8)
    secret.first.line.setText(PASSPHRASE)
    assert secret.first.error() == ""
    secret.second.line.setText("four plain words hear")
    wizard.next()
    assert secret.second.error() == say("unlock.not_the_same")
    assert wizard.step.step is Step.LOCK
    assert not wizard.folder.exists()


def test_without_a_keychain_it_says_so(start, qtbot):
    wizard = at_step(start, Step.LOCK)
    qtbot.waitUntil(wizard.step.no_keychain.isVisible)
    assert not wizard.step.ways.isVisible()


def test_with_a_keychain_it_is_a_choice(start, qtbot, monkeypatch):
    monkeypatch.setattr(opening, "keychain_available", lambda: True)
    wizard = at_step(start, Step.LOCK)
    qtbot.waitUntil(wizard.step.ways.isVisible)
    assert wizard.step.ways.chosen() == "passphrase"
    wizard.step.ways.option("keychain").click()
    assert not wizard.step.card.isVisible()
    assert wizard.page.next_button.isEnabled()


def test_a_folder_with_other_things_is_never_written_over(start, tmp_path, qtbot):
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"mine")
    wizard = start(folder=folder, state=SetupState(step=Step.LOCK, leaflet=Leaflet.EU))
    wizard.step.secret.first.line.setText(PASSPHRASE)
    wizard.step.secret.second.line.setText(PASSPHRASE)
    wizard.next()
    qtbot.waitUntil(wizard.step.problem.isVisible, timeout=20_000)
    assert wizard.step.problem.message() == say("errors.folder_not_empty")
    assert wizard.page.next_button.isEnabled()
    assert [each.name for each in folder.iterdir()] == ["holiday.jpg"]


def test_the_groups_are_asked_back_and_a_slip_is_said(start):
    wizard = at_step(start, Step.RECOVERY)
    wizard.next()
    first, second = wizard.step.key.answers
    groups = wizard.page.desk.recovery.split("-")
    right, other = (groups[group] for group in wizard.step.key.wanted)
    first.setText("UUUU"[: len(right)])
    assert wizard.step.key._fields[0].error() == say("unlock.group_wrong")
    first.setText(f" {right.lower()} ")
    assert wizard.step.key._fields[0].error() == ""
    assert not wizard.page.next_button.isEnabled()
    second.setText(other)
    assert wizard.page.next_button.isEnabled()


def test_letters_that_look_alike_are_taken_as_meant():
    assert same_group("o1-l i", "0111")
    assert not same_group("", "ABCD")


def test_the_key_can_be_saved_with_a_warning(start, tmp_path, monkeypatch):
    from companion.ui.widgets import file_choice

    target = tmp_path / "key.txt"
    monkeypatch.setattr(file_choice, "choose_target", lambda *_: target)
    wizard = at_step(start, Step.RECOVERY)
    wizard.step.key.save_button.click()
    assert KEY in target.read_text(encoding="utf-8")
    assert wizard.step.key.message.message() == say("unlock.saved")
    monkeypatch.setattr(file_choice, "choose_target", lambda *_: tmp_path / "no" / "key.txt")
    wizard.step.key.save_button.click()
    assert wizard.step.key.message.message() == say("unlock.not_saved")


def test_times_closer_than_eight_hours_are_refused_where_they_stand(start):
    wizard = at_step(start, Step.TIMES)
    for morning, evening, key in (
        (time(8), time(15, 59), "times_too_close"),
        (time(4), time(23), "times_too_close"),
        (time(20), time(8), "morning_after_evening"),
    ):
        wizard.step.times.set_value(morning, evening)
        wizard.next()
        assert wizard.step.times.error() == say(f"errors.{key}", hours=8)
    wizard.step.times.set_value(time(8), time(16))
    assert wizard.step.take()
    assert wizard.page.desk.state.evening == time(16)


def test_eight_hours_are_the_leaflets_only_where_it_says_so(start):
    assert say("setup.times.leaflet", hours=8) in texts(at_step(start, Step.TIMES).page)
    american = start(state=SetupState(step=Step.TIMES, leaflet=Leaflet.US))
    assert say("setup.times.leaflet", hours=8) not in texts(american.page)
    assert "eu-leaflet" not in texts(american.page)
    assert say("setup.times.ours", hours=8) in texts(american.page)


def test_the_treatment_cannot_begin_tomorrow(start):
    wizard = at_step(start, Step.TREATMENT)
    wizard.step.start.line.setText("22 Nov 2026")
    wizard.next()
    assert wizard.step._start_field.error() == say("errors.start_in_future")
    assert wizard.step.step is Step.TREATMENT


def test_places_come_and_go_on_figure_list_and_stepper(start, qapp):
    wizard = at_step(start, Step.PLACES)
    step = wizard.step
    assert not wizard.page.next_button.isEnabled()
    assert wizard.page.skip_button.isVisible()
    step.editor.figure.canvas.spot(Region.HAND_LEFT).click()
    step.editor.choice.chosen_key.emit("knee_left")
    row = step.editor._rows["hand_left"]
    row.stepper.more.click()
    assert [(each.region, each.handprints) for each in wizard.page.desk.state.places] == [
        ("hand_left", Decimal("0.75")),
        ("knee_left", Decimal("0.5")),
    ]
    assert step.editor.figure.selected() == {Region.HAND_LEFT, Region.KNEE_LEFT}
    step.editor._rows["knee_left"].remove.click()
    step.editor.figure.canvas.spot(Region.HAND_LEFT).click()
    assert wizard.page.desk.state.places == []


def test_more_than_the_leaflets_limit_is_said_not_refused(start):
    wizard = at_step(start, Step.PLACES, places=[NewPlace("face", Decimal(7)), NewPlace("chest", Decimal(4))])
    words = texts(wizard.page)
    assert say("setup.places.over_cap", cap="10 handprints") in words
    assert wizard.page.next_button.isEnabled()


def test_another_country_is_told_no_limit(start):
    state = SetupState(step=Step.PLACES, leaflet=Leaflet.OTHER, places=[NewPlace("face", Decimal(40))])
    words = texts(start(state=state).page)
    assert say("setup.places.no_cap") in words
    assert "10 handprints" not in words


@pytest.mark.parametrize(("leaflet", "sizes"), [(Leaflet.US, ("60", "100")), (Leaflet.EU, ("100",))])
def test_tubes_have_the_sizes_of_the_leaflet(start, leaflet, sizes):
    wizard = start(state=SetupState(step=Step.TUBE, leaflet=leaflet))
    assert tuple(wizard.step.grams._segments) == sizes
    wizard.step.leave_out()
    assert wizard.page.desk.state.answers(date(2026, 11, 21)).tube is None


@pytest.mark.parametrize("spoken", ["en", "it"])
@pytest.mark.parametrize(("size", "scale"), [((960, 640), 1.0), ((1280, 832), 1.5), ((1920, 1200), 1.0)])
def test_no_step_cuts_a_word_or_has_a_control_without_a_name(start, qapp, spoken, size, scale):
    from companion.ui import theme

    use_language(spoken)
    theme.apply(qapp, theme.load("light", scale))
    for step in STEPS:
        state = SetupState(step=step, leaflet=Leaflet.EU, places=[NewPlace("face", Decimal(1))])
        wizard = start(state=state)
        wizard.page.resize(*size)
        for _ in range(4):
            qapp.processEvents()
        assert clipped_labels(wizard.page) == [], step
        assert unnamed_controls(wizard.page) == [], step
        assert [each for each in low_controls(wizard.page) if not each.startswith("_Spot")] == [], step
        wizard.page.hide()


def test_enter_goes_on_when_nothing_in_the_window_has_the_keyboard(start, qtbot, qapp):
    window = MainWindow(Preferences())
    qtbot.addWidget(window)
    wizard = start()
    window.show_entry(wizard.page, "Set up")
    window.show()
    window.activateWindow()
    qapp.processEvents()
    focus = window.focusWidget()
    focus.clearFocus()
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert wizard.step.step is Step.LEAFLET
    wizard.page.setParent(None)


def test_enter_goes_on_from_every_step_that_is_ready(start, qtbot, qapp):
    for step in (Step.WELCOME, Step.TREATMENT, Step.PLACES, Step.TIMES, Step.TUBE):
        wizard = at_step(start, step, places=[NewPlace("face")])
        wizard.page.activateWindow()
        wizard.page.setFocus()
        qapp.processEvents()
        went = []
        wizard.page._go = went.append
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Return)
        assert went == [1], step


LESS = (
    "a day, an estimate. In 6 months that is less than a tube of 100 g; "
    "once open, a tube is thrown away after 6 months."
)


@pytest.mark.parametrize(
    ("leaflet", "handprints", "said"),
    [
        (Leaflet.EU, "1", f"About 0.5 g {LESS}"),
        (Leaflet.EU, "0.5", f"About 0.2 g {LESS}"),
        (Leaflet.EU, "2", "About 1 g a day, an estimate: a tube of 100 g lasts about 14 weeks."),
        (Leaflet.US, "1", "About 0.5 g a day, an estimate: a tube of 60 g lasts about 17 weeks."),
        (Leaflet.US, "0.5", "About 0.2 g a day, an estimate: a tube of 60 g lasts about 34 weeks."),
    ],
)
def test_a_tube_is_said_to_last_only_as_long_as_its_leaflet_lets_it(start, leaflet, handprints, said):
    places = [NewPlace("face", Decimal(handprints))]
    wizard = start(state=SetupState(step=Step.PLACES, leaflet=leaflet, places=places))
    shown = wizard.step.editor
    assert shown._supply.text() == said
    told = "months" in said
    assert shown._supply_source.isVisible() == told
    assert told == ("EU/1/23/1726" in shown._supply_source.text() and shown._supply_source.isVisible())
