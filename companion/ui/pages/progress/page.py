"""Progress: everything the record says over the months, on one axis of weeks since the start."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.domain.leaflet import Leaflet
from companion.domain.photos import Photo
from companion.domain.progress import ProgressView, of_places
from companion.domain.progress_tables import Plot
from companion.services.changes import Changes
from companion.services.progress import Progress
from companion.ui import labels, theme
from companion.ui.context import Context, Page
from companion.ui.pages.progress import words
from companion.ui.pages.progress.area import AreaLane
from companion.ui.pages.progress.axis import PRESETS, TimeAxis
from companion.ui.pages.progress.beside import ReviewCard, TrialsCard
from companion.ui.pages.progress.calendar import CalendarLane
from companion.ui.pages.progress.lane import Lane
from companion.ui.pages.progress.pictures import PhotoLane
from companion.ui.pages.progress.plot import ZOOM_STEP
from companion.ui.pages.progress.plot_card import PlotCard
from companion.ui.pages.progress.showing import let_show
from companion.ui.pages.progress.spans import CareLane, EffectLane
from companion.ui.widgets import buttons
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.empty import EmptyState
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.order import tab_through
from companion.ui.widgets.photo_view_loader import Thumbs
from companion.ui.widgets.places import PlaceChips
from companion.ui.widgets.scaffold import PageScaffold
from companion.wording import say
from companion.wording.places import place_name

_WIDEST = 1560
_BESIDE = 880
"""From this width of the content on, at 100%, the side column stands beside the pictures."""
_SIDE = 290
_SETTLES = 300
"""Within so many ms the page has found its height."""
_ANY_WIDTH = 16_777_215
_BEGIN = {
    Plot.AREA: ("journal", "add estimate"),
    Plot.APPLICATIONS: ("today", None),
    Plot.EFFECTS: ("journal", "add"),
    Plot.CARE: ("journal", None),
    Plot.PHOTOS: ("photos", "add"),
}


class ProgressPage(Page):
    """Lanes one above the other, moved together; beside them what the trials saw and when the doctor looks."""

    name = "progress"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        assert context.progress is not None
        self._progress: Progress = context.progress
        self.axis = TimeAxis(self)
        self.thumbs = Thumbs(context.tasks, context.album.thumbnail, self)
        self.thumbs.ready.connect(self._on_thumb)
        self._photos: dict[int, Photo | None] = {}
        self._view: ProgressView | None = None
        self._places: PlaceChips | None = None
        self._shown_places: tuple[tuple[str, str], ...] = ()
        self._scaffold = PageScaffold(say("progress.title"), " ", widest=_WIDEST)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scaffold)
        self._build_empty()
        self._controls = self._build_controls()
        self._scaffold.add(self._controls)
        self._build_body()
        self.axis.moved.connect(self._say_window)

    # Building

    def _build_empty(self) -> None:
        self._empty = EmptyState(
            "progress", say("progress.empty.title"), say("progress.empty.text"), say("progress.empty.action")
        )
        self._empty.acted.connect(self._on_begin_today)
        self._empty.hide()
        self._scaffold.add(self._empty)

    def _build_controls(self) -> QWidget:
        frame = QWidget()
        row = BesideLayout(frame, gap=theme.GAP, least=theme.px(200))
        self._window_line = labels.Label(" ", "small")
        tools = QWidget()
        inner = QHBoxLayout(tools)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.GAP_TIGHT)
        choices = [(str(span), say("progress.last_weeks", count=span)) for span in PRESETS]
        self.spans = ChipGroup([*choices, ("all", say("progress.everything"))], say("progress.span_name"))
        self.spans.changed.connect(self._on_span)
        self.nearer = buttons.icon_button("plus", say("progress.zoom_in"))
        self.farther = buttons.icon_button("minus", say("progress.zoom_out"))
        self.nearer.clicked.connect(self._on_nearer)
        self.farther.clicked.connect(self._on_farther)
        inner.addWidget(self.spans)
        inner.addWidget(self.farther)
        inner.addWidget(self.nearer)
        row.addWidget(self._window_line)
        row.addWidget(tools)
        return frame

    def _build_body(self) -> None:
        self._body = QWidget()
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self._main = QVBoxLayout()
        self._main.setSpacing(theme.GAP)
        self.cards = {plot: PlotCard(plot, self._progress, self.axis) for plot in Plot}
        for plot, card in self.cards.items():
            card.setProperty("plot", plot.value)
            card.begin_wanted.connect(self._on_begin)
            self._main.addWidget(card)
        self.cards[Plot.PHOTOS].opened.connect(self._on_photo)
        self._main.addStretch(0)
        row.addLayout(self._main, 1)
        self._side = QWidget()
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.setSpacing(theme.GAP)
        self.trials = TrialsCard()
        self.trials.wanted.connect(self._on_article)
        self.review = ReviewCard()
        self._side_column.addWidget(self.trials)
        self._side_column.addWidget(self.review)
        self._side_column.addStretch(1)
        row.addWidget(self._side)
        self._scaffold.add(self._body)
        self._row = row
        self._arrange()

    def _arrange(self) -> None:
        """Put what stands beside the pictures below them where there is no room."""
        beside = self._scaffold.inner_width() >= theme.px(_BESIDE)
        self._side.setMinimumWidth(theme.px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(theme.px(_SIDE) if beside else _ANY_WIDTH)
        if beside and self._row.indexOf(self._side) < 0:
            self._row.addWidget(self._side)
        elif not beside and self._main.indexOf(self._side) < 0:
            self._main.insertWidget(self._main.count() - 1, self._side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._arrange()

    # Showing

    def concerns(self, changes: Changes) -> bool:
        """Return whether anything that has a place on the axis changed."""
        return any(
            (
                changes.treatment,
                changes.places,
                changes.applications,
                changes.symptoms,
                changes.tubes,
                changes.photos,
                changes.care,
            )
        )

    def enter(self, argument: object = None) -> None:
        """Show the page, from the picture on that ``argument`` names; on a new day it is read again."""
        if self._view is not None and self._view.today != self.context.care.today():
            self._stale = Changes(treatment=True)
        super().enter(argument)
        if isinstance(argument, str) and argument in set(Plot):
            self._scaffold.keep_at_top(self.cards[Plot(argument)], _SETTLES)

    def reload(self) -> None:
        """Read the record and show it."""
        view = self._view = self._progress.view()
        bare = view is None or view.is_bare
        let_show(self._empty, bare)
        let_show(self._controls, not bare)
        let_show(self._body, not bare)
        if view is None or bare:
            self._scaffold.set_subtitle(say("progress.empty.subtitle"))
            return
        self._photos.clear()
        self.axis.show_view(view)
        self._scaffold.set_subtitle(say("progress.subtitle", week=view.weeks, day=words.day(view.start)))
        self._show_places(view)
        self.review.show_view(view, self._leaflet())
        self._show_lanes()
        self._say_window()

    def _leaflet(self) -> Leaflet:
        treatment = self.context.care.current()
        return treatment.leaflet if treatment is not None else Leaflet.OTHER

    def _show_places(self, view: ProgressView) -> None:
        choices = tuple((str(each.id), place_name(each)) for each in view.places)
        if choices == self._shown_places:
            return
        chosen = self._places.chosen() if self._places is not None else ()
        if self._places is not None:
            self._places.hide()
            self._places.deleteLater()
        self._shown_places = choices
        self._places = PlaceChips(choices, say("progress.places"), everything=say("common.all_places"))
        self._places.choose(each for each in chosen if each in dict(choices))
        self._places.changed.connect(self._on_places)
        self._places.setVisible(len(choices) > 1)
        self._scaffold.add_action(self._places)

    def place_ids(self) -> frozenset[int]:
        """Return the places chosen; none means all."""
        return frozenset(map(int, self._places.chosen())) if self._places is not None else frozenset()

    def _show_lanes(self) -> None:
        if self._view is None:
            return
        view = of_places(self._view, self.place_ids())
        names = {str(each.id): place_name(each) for each in self.context.care.places(include_archived=True)}
        lanes: dict[Plot, Lane] = {
            Plot.AREA: AreaLane(view, self.axis),
            Plot.APPLICATIONS: CalendarLane(view, self.axis),
            Plot.EFFECTS: EffectLane(view, self.axis),
            Plot.CARE: CareLane(view, self.axis),
            Plot.PHOTOS: PhotoLane(view, self.axis, self._picture),
        }
        # What is empty still comes last, so that the page begins with what there is.
        order = sorted(Plot, key=lambda each: lanes[each].is_empty())
        for at, plot in enumerate(order):
            self.cards[plot].show_view(view, lanes[plot], names, leads=at == 0, narrowed=view is not self._view)
            if self._main.indexOf(self.cards[plot]) != at:
                self._main.insertWidget(at, self.cards[plot])
        parts = [self._controls, *(self.cards[plot] for plot in order), self._side]
        tab_through([self._places, *parts] if self._places is not None else parts)

    def _say_window(self) -> None:
        self._window_line.setText(words.window_words(self.axis))
        preset = self.axis.preset()
        self.spans.choose((preset,) if preset else ())
        self.nearer.setEnabled(self.axis.window.span > 2.01)
        self.farther.setEnabled(self.axis.window != self.axis.bounds)

    def _picture(self, photo_id: int, size: QSize) -> QPixmap | None:
        if photo_id not in self._photos:
            self._photos[photo_id] = self.context.album.get(photo_id)
        photo = self._photos[photo_id]
        return self.thumbs.get(photo, size) if photo is not None else None

    def _on_thumb(self, _photo_id: int) -> None:
        self.cards[Plot.PHOTOS].picture.update()

    def focus_start(self) -> None:
        """Put the keyboard on the first picture, or on the way to begin."""
        if self._view is None or self._view.is_bare:
            if self._empty.button is not None:
                self._empty.button.setFocus()
            return
        first = next((card.picture for card in self.cards.values() if card.picture.isVisible()), None)
        (first or self.spans).setFocus(Qt.FocusReason.OtherFocusReason)

    # Doing

    def _on_places(self, _chosen: tuple[str, ...]) -> None:
        self._show_lanes()

    def _on_span(self, chosen: tuple[str, ...]) -> None:
        if chosen:
            self.axis.show_last(0 if chosen[0] == "all" else int(chosen[0]))

    def _on_nearer(self) -> None:
        self.axis.zoom(1 / ZOOM_STEP)

    def _on_farther(self) -> None:
        self.axis.zoom(ZOOM_STEP)

    def _on_article(self, slug: str) -> None:
        self.context.host.go("learn", slug)

    def _on_begin(self) -> None:
        sender = self.sender()
        page, argument = _BEGIN[Plot(sender.property("plot"))]
        self.context.host.go(page, argument)

    def _on_begin_today(self) -> None:
        self.context.host.go("today")

    def _on_photo(self, day: object, at: QPointF) -> None:
        """Open the comparison of the photo that was clicked, or of the set the keyboard stands at."""
        picture = self.cards[Plot.PHOTOS].picture
        lane = picture.lane()
        if not isinstance(lane, PhotoLane):
            return
        if at.isNull():
            wanted = lane.nearest(day)  # type: ignore[arg-type]
        else:
            found = lane.at(at.x(), at.y(), picture.scale())
            wanted = found.sets[-1] if found is not None else None
        if wanted is None:
            return
        pair = lane.pair(wanted)
        self.context.host.go("photos", pair if len(pair) == 2 else pair[0])
