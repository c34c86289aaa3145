"""The photo sets on the axis: small pictures where they were taken, gathered where they would cover one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from companion.domain.progress import PhotoSet, ProgressView, Shot
from companion.domain.progress_tables import Plot
from companion.ui import theme
from companion.ui.pages.progress.axis import Scale, TimeAxis
from companion.ui.pages.progress.lane import CENTRE, Lane
from companion.ui.widgets.painting import box, words
from companion.wording import say
from companion.wording.places import place_name

SIDE = 62
STALK = 16
"""From the picture down to the axis."""

Picture = Callable[[int, QSize], QPixmap | None]
"""Returns the small picture of a photo, or ``None`` while it is fetched."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Sets that share one picture at a scale; ``x`` is its middle, in px from the start."""

    x: float
    sets: tuple[PhotoSet, ...]

    @property
    def shot(self) -> Shot:
        """Return the photo that is shown: the first of the last day."""
        return self.sets[-1].shots[0]

    @property
    def count(self) -> int:
        """Return how many photos it stands for."""
        return sum(len(each.shots) for each in self.sets)


class PhotoLane(Lane):
    """The photo sets."""

    plot = Plot.PHOTOS

    def __init__(self, view: ProgressView, axis: TimeAxis, picture: Picture) -> None:
        super().__init__(view, axis)
        self._picture = picture
        self.sets = view.sets
        self._names = {each.id: place_name(each) for each in view.places}
        self._kept: tuple[float, list[Gathered]] = (0.0, [])

    def is_empty(self) -> bool:
        """Return whether there is no photo that may be shown."""
        return not self.sets

    def high(self) -> int:
        """Return the height of a picture and of what leads down from it."""
        return theme.px(SIDE) + theme.px(STALK) + 8

    def gathered(self, scale: Scale) -> list[Gathered]:
        """Return the pictures at a scale, from left to right. They depend on nothing that panning changes."""
        key = scale.a_week * theme.px(SIDE)
        if self._kept[0] == key:
            return self._kept[1]
        pitch = theme.px(SIDE) + 8
        groups: list[list[PhotoSet]] = []
        first = 0.0
        for each in self.sets:
            x = self._x(scale, each)
            if groups and x - first < pitch:
                groups[-1].append(each)
            else:
                groups.append([each])
                first = x
        found = [Gathered(self._x(scale, group[0]), tuple(group)) for group in groups]
        self._kept = (key, found)
        return found

    @staticmethod
    def _x(scale: Scale, each: PhotoSet) -> float:
        return scale.of_day(each.day) + scale.a_week / 14

    def paint(self, painter: QPainter, scale: Scale, left: float, right: float) -> None:
        """Paint a point on the axis for each day with photos."""
        high = float(self.high())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        for each in self.sets:
            x = self._x(scale, each)
            if left - 4 <= x <= right + 4:
                painter.drawEllipse(QPointF(x, high - 5), 3, 3)

    def paint_over(self, painter: QPainter, area: QRectF, offset: float, scale: Scale) -> None:
        """Paint the pictures that are seen."""
        side = theme.px(SIDE)
        for each in self.gathered(scale):
            x = area.left() + each.x - offset
            if x < area.left() - side or x > area.right() + side:
                continue
            painter.setPen(QPen(theme.colour("control"), 1))
            painter.drawLine(QPointF(x, 4 + side), QPointF(x, self.high() - 8))
            self._paint_one(painter, QRectF(round(x - side / 2), 4, side, side), each)

    def _paint_one(self, painter: QPainter, area: QRectF, each: Gathered) -> None:
        if each.count > 1:  # a second edge says that there is more behind it
            box(painter, area.translated(3, -3), 8, theme.colour("well"), theme.colour("line"))
        ratio = painter.device().devicePixelRatio()
        side = round(area.width() * ratio)
        pixmap = self._picture(each.shot.id, QSize(side, side))
        if pixmap is None:
            box(painter, area, 8, theme.colour("well"), theme.colour("line"))
        else:
            painter.save()
            shape = QPainterPath()
            shape.addRoundedRect(area, 8, 8)
            painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
            painter.drawPixmap(area, pixmap, QRectF(pixmap.rect()))
            painter.restore()
            box(painter, area, 8, None, theme.colour("line"))
        if each.count > 1:
            high = theme.px(18)
            text = str(each.count)
            wide = max(high, painter.fontMetrics().horizontalAdvance(text) + theme.px(10))
            badge = QRectF(area.right() - wide - 3, area.bottom() - high - 3, wide, high)
            box(painter, badge, high / 2, theme.colour("photo_pill"))
            words(painter, badge, text, theme.font("caption"), theme.colour("on_photo"), CENTRE)

    def at(self, x: float, y: float, scale: Scale) -> Gathered | None:
        """Return the picture at a point; ``x`` in px from the start, ``y`` from the top."""
        side = theme.px(SIDE)
        if not 0 <= y <= self.high():
            return None
        near = [each for each in self.gathered(scale) if abs(each.x - x) <= side / 2]
        return near[-1] if near else None

    def nearest(self, day: date) -> PhotoSet | None:
        """Return the set of a day, or the one closest to it."""
        return min(self.sets, key=lambda each: abs((each.day - day).days), default=None)

    def pair(self, wanted: PhotoSet) -> tuple[int, ...]:
        """Return the first photo of a place and that place's photo of ``wanted``, or a single one where it is alone."""
        for shot in wanted.shots:
            if shot.place_id is None:
                continue
            first = next((each for found in self.sets for each in found.shots if each.place_id == shot.place_id), shot)
            if first.id != shot.id:
                return first.id, shot.id
        for shot in wanted.shots:  # the first set: compared with the latest of its place
            same = [each for found in self.sets for each in found.shots if each.place_id == shot.place_id]
            if shot.place_id is not None and len(same) > 1 and same[-1].id != shot.id:
                return shot.id, same[-1].id
        return (wanted.shots[0].id,)

    def on(self, day: date) -> str:
        """Return which photos there are of a day."""
        found = next((each for each in self.sets if each.day == day), None)
        if found is None:
            return say("progress.photos.nothing")
        names = dict.fromkeys(self._names.get(each.place_id or 0, say("photos.no_place")) for each in found.shots)
        return say("progress.photos.on", count=len(found.shots), places=", ".join(names))

    def days(self) -> Sequence[date]:
        """Return the days with photos."""
        return [each.day for each in self.sets]
