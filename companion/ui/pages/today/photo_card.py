"""The photo day: when the next photos are due, how long ago the last were, and the newest ones, small."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.domain.errors import CompanionError
from companion.domain.moments import local_day
from companion.domain.photos import Photo
from companion.domain.today import TodayView
from companion.ui import labels, rooms, theme
from companion.ui.context import Context
from companion.ui.pages.today import photo_words, words
from companion.ui.pixels import image_of
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.flow import ItemLayout
from companion.ui.widgets.painting import Painted, TippedByName, painter_for, picture
from companion.wording import dates, say

THUMBS = 3


def _load(photos: tuple[Photo, ...], thumbnail: Callable[[Photo], bytes]) -> Callable[[object], dict[int, QImage]]:
    """Return the work that decodes small pictures away from the window; a picture that cannot be read is null."""

    def work(_job: object) -> dict[int, QImage]:
        found: dict[int, QImage] = {}
        for photo in photos:
            try:
                found[photo.id] = image_of(thumbnail(photo))
            except CompanionError:
                found[photo.id] = QImage()
        return found

    return work


class Thumb(TippedByName, Painted, QLabel):
    """One small picture with round corners, cut to its frame; a calm surface until it has come."""

    def __init__(self, photo: Photo, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo = photo
        self._pixmap: QPixmap | None = None
        self._failed = False
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tip(self) -> str:
        """Return the name, or that the picture cannot be read."""
        return say("today.photo.missing") if self._failed else super().tip()

    def show_image(self, image: QImage) -> None:
        """Show the picture, or that it cannot be read."""
        self._failed = image.isNull()
        self._pixmap = None if self._failed else QPixmap.fromImage(image)
        if self._failed:
            self.setAccessibleDescription(say("today.photo.missing"))
        self.update()

    def loaded(self) -> bool:
        """Return whether the picture is shown."""
        return self._pixmap is not None

    def sizeHint(self) -> QSize:
        """Return the size of a frame; the layout makes it wider."""
        return QSize(112, 92)

    def minimumSizeHint(self) -> QSize:
        """Return the least frame in which a skin picture says anything."""
        return QSize(72, 92)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, filling the frame."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        painter.fillPath(path, theme.colour("well"))
        if self._pixmap is not None:
            painter.setClipPath(path)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            target = QRectF(left, top, size.width(), size.height())
            painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))
            painter.setClipping(False)
        elif self._failed:
            picture(painter, area.center(), "photos", "ink_soft", 24)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.end()


class ThumbRow(ItemLayout):
    """Pictures side by side, sharing the width, never wider than a calm frame."""

    def arrange(self, area: QRect, place: bool) -> int:
        """See :meth:`ItemLayout.arrange`."""
        items = self.shown()
        if not items:
            return 0
        gap = 10
        wide = min(190, (area.width() - gap * (THUMBS - 1)) // THUMBS)
        high = max(64, wide * 3 // 4)
        if place:
            for number, item in enumerate(items):
                item.setGeometry(QRect(area.left() + number * (wide + gap), area.top(), wide, high))
        return high


class PhotoCard(Card):
    """Shows the photo day of a view. ``photos_wanted`` is sent when the person wants to go to the photos."""

    photos_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        button = None
        if any(room.key == "photos" for room in rooms.standing()):
            button = buttons.quiet(say("today.photo.open"))
        super().__init__(" ", trailing=button, parent=parent)
        if button is not None:
            button.clicked.connect(self.photos_wanted)
        self._context = context
        self._text = labels.small("")
        self.add(self._text)
        self._frame = QWidget()
        self._row = ThumbRow(self._frame)
        self.add(self._frame)
        self._thumbs: dict[int, Thumb] = {}
        self._names: tuple[str, ...] = ()

    def show_photos(self, view: TodayView) -> None:
        """Show the photo day; the pictures follow when they are decoded."""
        day = view.photo_day
        self.set_title(photo_words.photo_title(day, view.day))
        self._text.setText(photo_words.photo_text(day, view.day))
        photos = day.photos[:THUMBS]
        names = tuple(photo.thumbnail for photo in photos)
        self._frame.setVisible(bool(photos))
        if names == self._names:
            return
        self._names = names
        self._fill(photos, view)

    def _fill(self, photos: tuple[Photo, ...], view: TodayView) -> None:
        for thumb in self._thumbs.values():
            self._row.removeWidget(thumb)
            thumb.hide()
            thumb.deleteLater()
        self._thumbs = {}
        places = {place.id: words.place_name(place) for place in view.places}
        for photo in photos:
            day = dates.short_day_year(local_day(photo.taken_at, view.zone))
            place = places.get(photo.place_id or 0)
            name = (
                say("today.photo.thumb", place=place, day=day) if place else say("today.photo.thumb_no_place", day=day)
            )
            thumb = Thumb(photo, name)
            self._thumbs[photo.id] = thumb
            self._row.addWidget(thumb)
        if photos:
            work = _load(photos, self._context.album.thumbnail)
            self._context.tasks.run(work, self._loaded, self._failed, writes=False)

    def _loaded(self, images: dict[int, QImage]) -> None:
        for number, image in images.items():
            if number in self._thumbs:
                self._thumbs[number].show_image(image)

    def _failed(self, error: Exception) -> None:
        for thumb in self._thumbs.values():
            thumb.show_image(QImage())
        if not isinstance(error, CompanionError):
            self._context.host.say_problem(error)

    def thumbs(self) -> tuple[Thumb, ...]:
        """Return the pictures, in the order shown."""
        return tuple(self._thumbs.values())
