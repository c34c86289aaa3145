"""The first start, step by step. It can be left at any moment and goes on where it was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.desktop.preferences import Preferences
from companion.desktop.tasks import Tasks
from companion.domain.errors import CompanionError
from companion.domain.moments import Clock
from companion.services.opened import Opened
from companion.ui import labels, theme
from companion.ui.messages import explain
from companion.ui.pages.setup.begin import BeforeStep, LeafletStep, WelcomeStep
from companion.ui.pages.setup.secret import LockStep, RecoveryStep
from companion.ui.pages.setup.state import SETTING, STEPS, SetupState, Step, from_json
from companion.ui.pages.setup.step import Desk, SetupStep
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.gauge import Gauge
from companion.ui.widgets.message import InlineMessage, Sign
from companion.ui.widgets.scroll import ScrollColumn
from companion.wording import say

NO_WAY_BACK = (Step.RECOVERY, Step.TREATMENT)
"""Behind these steps the record was made: its lock is changed in the settings, and its key is on paper."""
QWIDGETSIZE_MAX = (1 << 24) - 1


def class_of(step: Step) -> type[SetupStep]:
    """Return the class that shows a step; the later ones are loaded when they are reached."""
    if step in (Step.WELCOME, Step.LEAFLET, Step.BEFORE):
        return {Step.WELCOME: WelcomeStep, Step.LEAFLET: LeafletStep}.get(step, BeforeStep)
    if step in (Step.LOCK, Step.RECOVERY):
        return LockStep if step is Step.LOCK else RecoveryStep
    from companion.ui.pages.setup import treatment

    return {
        Step.TREATMENT: treatment.TreatmentStep,
        Step.PLACES: treatment.PlacesStep,
        Step.TIMES: treatment.TimesStep,
    }.get(step, treatment.TubeStep)


class SetupPage(QWidget):
    """The wizard. ``opened`` is a record whose set-up was broken off, if there is one."""

    created = Signal(object)
    """Emits the :class:`Opened` record as soon as it exists."""
    finished = Signal(object)
    """Emits the :class:`Opened` record when everything was answered."""
    example_wanted = Signal()
    broken = Signal(object)
    """Emits an error that is the program's own."""

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        tasks: Tasks,
        preferences: Preferences,
        opened: Opened | None = None,
        desk: Desk | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        state = from_json(opened.care.setting(SETTING)) if opened is not None else SetupState()
        self.desk = desk or Desk(folder, clock, tasks, preferences, state, opened)
        self._step: SetupStep | None = None
        self._entered = False
        self._middle = QWidget()
        self._area = ScrollColumn()
        self._column = self._area.column
        self._column.setSpacing(theme.GAP)
        self._column.setContentsMargins(2, 0, 2, theme.GAP_TIGHT)
        self._add_head()
        self.problem = InlineMessage("", "attention")
        self.problem.hide()
        self._column.addWidget(self.problem)
        self._area.content.installEventFilter(self)
        inner = QVBoxLayout(self._middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.GAP)
        inner.addWidget(self._make_top())
        inner.addWidget(self._area)
        inner.addWidget(self._make_foot())
        inner.addStretch(1)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._middle, 0, Qt.AlignmentFlag.AlignHCenter)
        self._show_step()

    def _make_top(self) -> QWidget:
        """Return the brand, how far one is, and the same as a bar."""
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(theme.GAP_SMALL)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Sign("mark", "ink", 24))
        row.addWidget(labels.heading(say("shell.name")), 1)
        self._count = labels.small("")
        self._count.set_wrapping(False)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        self._bar = Gauge(0.0, say("setup.title"))
        column.addWidget(self._bar)
        return top

    def _add_head(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        self._title = labels.title("")
        self._subtitle = labels.subtitle("")
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        words.setContentsMargins(0, theme.GAP_TIGHT, 0, 0)
        self._column.addLayout(words)

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(theme.GAP_TIGHT)
        self.back_button = buttons.secondary(say("common.back"), main=True)
        self.back_button.clicked.connect(self._on_back)
        self.skip_button = buttons.quiet(say("setup.later"), main=True)
        self.skip_button.clicked.connect(self._on_skip)
        self.next_button = buttons.primary(say("common.next"))
        self.next_button.clicked.connect(self._on_next)
        row.addStretch(1)
        for button in (self.skip_button, self.back_button, self.next_button):
            row.addWidget(button)
        return foot

    # The frame

    def _fit(self) -> None:
        """Make the column as wide as the step wants and as high as its words need, buttons right below."""
        side = theme.GAP_PAGE if self.width() > theme.px(700) else theme.GAP
        wide = max(1, min(theme.px(self.step().widest), self.width() - 2 * side))
        fills = self.step().fills
        above = theme.GAP if fills else max(theme.GAP, min(theme.px(72), (self.height() - theme.px(700)) // 3))
        self._outer.setContentsMargins(side, above, side, theme.GAP)
        self._middle.setFixedWidth(wide)
        room = max(1, self.height() - above - theme.GAP)
        self._middle.setFixedHeight(room)
        rest = sum(item.sizeHint().height() for item in self._middle_items() if item is not self._area)
        free = max(1, room - rest - 2 * theme.GAP)
        self._area.setFixedHeight(free if fills else min(free, self._area.height_needed(wide)))
        # A step that fills the window is pressed together before it has to scroll.
        least = self._column.totalMinimumSize().height()
        self._area.content.setMaximumHeight(max(free, least) if fills else QWIDGETSIZE_MAX)

    def _middle_items(self) -> list[QWidget]:
        return [each for each in self._middle.children() if isinstance(each, QWidget)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the window."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a step that grows or shrinks."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._area.content:
            self._fit()
        return super().eventFilter(watched, event)

    # Going through the steps

    def step(self) -> SetupStep:
        """Return the step that is shown."""
        if self._step is None:
            raise RuntimeError("no step")
        return self._step

    def _show_step(self) -> None:
        wanted = class_of(self.desk.state.step)
        if self._step is not None:
            self._column.removeWidget(self._step)
            self._step.hide()
            self._step.deleteLater()
        made = wanted(self.desk)
        self._step = made
        made.ready_changed.connect(self._refresh)
        made.broken.connect(self.broken)
        made.go_on.connect(self._on_entered)
        made.reveal_wanted.connect(self._reveal, Qt.ConnectionType.QueuedConnection)
        if isinstance(made, WelcomeStep):
            made.example_wanted.connect(self.example_wanted)
        if isinstance(made, LockStep):
            made.made.connect(self._on_made)
        self._column.addWidget(made, 1)
        self._title.setText(made.title)
        self._subtitle.setText(made.subtitle)
        self._subtitle.setVisible(bool(made.subtitle))
        count = say("setup.step", step=STEPS.index(made.step) + 1, steps=len(STEPS))
        self._count.setText(count)
        self._bar.show_share((STEPS.index(made.step) + 1) / len(STEPS))
        self._bar.setAccessibleDescription(count)
        self.problem.hide()
        self._area.verticalScrollBar().setValue(0)
        self.setAccessibleName(f"{made.title} {count}")
        self._refresh()
        self._fit()
        made.show()  # a widget that is not shown yet does not take the keyboard
        made.enter()
        made.focus_start()
        announce(self, self.accessibleName())

    @Slot(object)
    def _reveal(self, widget: QWidget) -> None:
        self._area.ensureWidgetVisible(widget, 0, theme.GAP)

    @Slot()
    def _refresh(self) -> None:
        step = self.step()
        self.next_button.setText(step.next_text())
        self.next_button.setEnabled(step.ready())
        self.next_button.updateGeometry()
        self.skip_button.setVisible(step.skippable())
        self.back_button.setVisible(step.step is not Step.WELCOME and step.step not in NO_WAY_BACK)

    @Slot()
    def _on_next(self) -> None:
        if self.step().ready() and self.step().take():
            self._go(1)

    @Slot()
    def _on_entered(self) -> None:
        """Go on because Enter was pressed in a line; the same press then comes by here, and must not count twice."""
        self._entered = True
        QTimer.singleShot(0, self._forget_entered)
        self._on_next()

    @Slot()
    def _forget_entered(self) -> None:
        self._entered = False

    @Slot()
    def _on_skip(self) -> None:
        self.step().leave_out()
        self._go(1)

    @Slot()
    def _on_back(self) -> None:
        self._go(-1)

    @Slot(object)
    def _on_made(self, opened: Opened) -> None:
        self.created.emit(opened)
        self._go(1)

    def _go(self, by: int) -> None:
        at = STEPS.index(self.step().step) + by
        try:
            if at >= len(STEPS):
                self._finish()
                return
            self.desk.state.step = STEPS[at]
            if self.desk.opened is not None:
                self.desk.opened.care.put_setting(SETTING, self.desk.state.to_json())
        except CompanionError as error:
            self.desk.state.step = self.step().step
            self.problem.show_message(explain(error), "attention")
            self.problem.show()
            return
        self._show_step()

    def _finish(self) -> None:
        opened = self.desk.opened
        if opened is None:
            raise RuntimeError("set-up ended without a record")
        opened.care.set_up(self.desk.state.answers(self.desk.today()))
        opened.care.put_setting(SETTING, "")
        self.finished.emit(opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, and back with Escape where there is a way back; nothing is lost by it."""
        if event.key() == Qt.Key.Key_Escape and self.back_button.isVisible():
            self._on_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._entered:
                self._on_next()
        else:
            super().keyPressEvent(event)

    def setFocus(self, *args: object) -> None:
        """Hand the keyboard to the step."""
        self.step().focus_start()
