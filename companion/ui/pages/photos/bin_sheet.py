"""What was deleted in the last thirty days, to look at and to put back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.domain.photos import Photo
from companion.services.album import KEEP_DELETED
from companion.ui import labels, theme
from companion.ui.pages.photos.gallery import Gallery
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Divider
from companion.ui.widgets.going_back import GoingBack
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.painting import Painted, painter_for, picture
from companion.ui.widgets.sheet import Sheet
from companion.wording import say

SHOWN = 30
"""How many are shown at first, and more at each wish."""
_SIDE = QSize(96, 76)
_COARSE = 6
"""A hidden picture is made of so few points that nothing can be recognised in it."""


class SmallPicture(Painted, QWidget):
    """A small picture; ``hidden`` shows its colours only. The words beside it say what it is."""

    def __init__(self, gallery: Gallery, photo: Photo, hidden: bool) -> None:
        super().__init__()
        self._gallery = gallery
        self._photo = photo
        self.concealed = hidden
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        gallery.thumbs.ready.connect(self._on_ready)

    @Slot(int)
    def _on_ready(self, number: int) -> None:
        if number == self._photo.id:
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size, which follows that of the text."""
        return QSize(theme.px(_SIDE.width()), theme.px(_SIDE.height()))

    def pixmap(self) -> QPixmap | None:
        """Return what is shown, or ``None`` while it is fetched."""
        size = self.sizeHint() * self.devicePixelRatioF()
        found = self._gallery.thumbs.get(self._photo, size)
        if found is None or not self.concealed:
            return found
        smooth = Qt.TransformationMode.SmoothTransformation
        coarse = found.scaled(_COARSE, _COARSE, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        return coarse.scaled(found.size(), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it with round corners."""
        painter = painter_for(self)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(area, theme.RADIUS, theme.RADIUS)
        painter.fillPath(path, theme.colour("well"))
        shown = self.pixmap()
        if shown is not None:
            painter.setClipPath(path)
            painter.drawPixmap(area, shown, QRectF(shown.rect()))
            painter.setClipping(False)
        if self.concealed:
            picture(painter, area.center(), "lock", "ink" if shown is None else "on_photo", 22)
        elif shown is None and self._gallery.thumbs.is_broken(self._photo):
            picture(painter, area.center(), "warning", "ink_soft", 22)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawPath(path)
        painter.end()


class _Row(QWidget):
    """One deleted photo: small picture, what it shows, and the way back."""

    put_back = Signal(int)

    def __init__(self, gallery: Gallery, photo: Photo) -> None:
        super().__init__()
        self._id = photo.id
        words = gallery.words
        hidden = words.is_private(photo) and not gallery.unlocked
        name = say("photos.bin.private", day=words.day(photo)) if hidden else words.name(photo)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_SMALL)
        self.picture = SmallPicture(gallery, photo, hidden)
        row.addWidget(self.picture)
        row.addWidget(labels.user_text(name, "body"), 1, Qt.AlignmentFlag.AlignVCenter)
        self.button = buttons.secondary(say("photos.bin.put_back"), "undo")
        self.button.setAccessibleName(say("photos.bin.put_back_of", name=name))
        self.button.clicked.connect(self._on_pressed)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    @Slot()
    def _on_pressed(self) -> None:
        self.put_back.emit(self._id)


class BinSheet(Sheet):
    """The deleted photos, the latest deletion first. ``wanted`` emits the ids of those to put back."""

    wanted = Signal(tuple)

    def __init__(self, over: QWidget, gallery: Gallery) -> None:
        super().__init__(over, say("photos.bin.title"), say("photos.bin.text", count=KEEP_DELETED.days), width=620)
        self._gallery = gallery
        self._most = SHOWN
        self.message = InlineMessage("", "done")
        self.message.hide()
        self.add(self.message)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP_TIGHT)
        self.add(self._list)
        self.more = buttons.quiet(say("photos.bin.more"), "down")
        self.more.clicked.connect(self._on_more)
        self.add(self.more)
        self.everything = self.add_button("")
        self.everything.clicked.connect(self._on_everything)
        self.add_button(say("common.close"), "quiet").clicked.connect(self.reject)
        self.rows: dict[int, _Row] = {}
        self.fill()
        gallery.changed.connect(self.fill)
        self.finished.connect(self.deleteLater)

    def fill(self) -> None:
        """Show what is in the bin now; the keyboard stays, or goes to the next one."""
        photos = self._gallery.thrown_away
        shown = photos[: self._most]
        back = GoingBack(QApplication.focusWidget()) if self.isVisible() else None
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        for photo in shown:
            if self.rows:
                self._column.addWidget(Divider())
            row = self.rows[photo.id] = _Row(self._gallery, photo)
            row.put_back.connect(self._on_one)
            self._column.addWidget(row)
        if not photos:
            self._column.addWidget(labels.body(say("photos.bin.empty"), "soft"))
        self.more.setVisible(len(photos) > len(shown))
        self.everything.setText(say("photos.bin.put_all", count=len(photos)))
        self.everything.setVisible(len(photos) > 1)
        self.restyle()
        if back is not None:
            back.go()

    def tell(self, put_back: Sequence[int]) -> None:
        """Say what became of the photos that were to be put back; a picture added again meanwhile stays here."""
        left = {photo.id for photo in self._gallery.thrown_away}
        count = sum(number not in left for number in put_back)
        done = say("photos.bin.done", count=count)
        self.message.show_message(done if count else say("photos.bin.again"), "done" if count else "info")
        self.message.show()
        self._area.verticalScrollBar().setValue(0)
        self.restyle()

    @Slot(int)
    def _on_one(self, photo_id: int) -> None:
        self.wanted.emit((photo_id,))

    @Slot()
    def _on_everything(self) -> None:
        self.wanted.emit(tuple(photo.id for photo in self._gallery.thrown_away))

    @Slot()
    def _on_more(self) -> None:
        self._most += SHOWN
        self.fill()
