"""Pictures that come from outside: dropped on the window, pasted, or chosen; and the veil that says where they go.

Nothing is decoded here, except a clipboard picture that has no bytes of its own: such a one is Qt's already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from companion.ui import theme
from companion.ui.widgets.painting import Painted, box, picture, text_width, words

if TYPE_CHECKING:
    from companion.services.album import Source

RAW_KINDS = ("image/jpeg", "image/png", "image/heic", "image/heif", "image/webp", "image/avif")


@dataclass(frozen=True, slots=True)
class Incoming:
    """Pictures to be brought in: files and folders, bytes as another program gave them, or pixels of the clipboard."""

    paths: tuple[Path, ...] = ()
    data: tuple[bytes, ...] = ()
    image: QImage | None = None

    def __bool__(self) -> bool:
        return bool(self.paths or self.data or self.image is not None)

    def sources(self, name: str) -> tuple[Source, ...]:
        """Return the pictures one by one; ``name`` is for what has none. Folders are looked into, so use a worker."""
        from companion.services.album import Source, sources_of

        data = list(self.data)
        if self.image is not None:
            data.append(_as_png(self.image))
        return (*sources_of(self.paths), *(Source(name, data=each) for each in data))


def _as_png(image: QImage) -> bytes:
    """Return pixels as a PNG without any loss."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(content.data())


def holds_pictures(mime: QMimeData | None) -> bool:
    """Return whether there may be pictures: files or folders of this computer, or image data. Reads nothing."""
    if mime is None:  # some systems have no clipboard at all
        return False
    if any(url.isLocalFile() for url in mime.urls()):
        return True
    return mime.hasImage() or any(mime.hasFormat(kind) for kind in RAW_KINDS)


def incoming(mime: QMimeData | None) -> Incoming:
    """Return the pictures of a drop or of the clipboard. Addresses on the network are never fetched."""
    if mime is None:
        return Incoming()
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return Incoming(paths=paths)
    for kind in RAW_KINDS:
        if mime.hasFormat(kind):
            data = bytes(mime.data(kind).data())
            if data:
                return Incoming(data=(data,))
    image = mime.imageData() if mime.hasImage() else None
    return Incoming(image=image) if isinstance(image, QImage) and not image.isNull() else Incoming()


class DropGate(QObject):
    """Lets pictures be dropped anywhere on ``over``; a veil shows it while they hover. ``dropped`` emits Incoming.

    Args:
        over: the widget, usually the whole of what the window shows.
        text: the words on the veil.
        open_now: asked before; ``False`` refuses the drop (a sheet is open).
    """

    dropped = Signal(object)

    def __init__(self, over: QWidget, text: str, open_now: Callable[[], bool] | None = None) -> None:
        super().__init__(over)
        self._over = over
        self._text = text
        self._open_now = open_now
        self._veil: _Veil | None = None
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take part in drag and drop."""
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            assert isinstance(event, QDragEnterEvent | QDragMoveEvent)
            self._hover(event)
            return True
        if kind == QEvent.Type.DragLeave:
            self._lift()
            return True
        if kind == QEvent.Type.Drop:
            assert isinstance(event, QDropEvent)
            self._drop(event)
            return True
        return super().eventFilter(watched, event)

    def _takes(self, mime: QMimeData) -> bool:
        return holds_pictures(mime) and (self._open_now is None or self._open_now())

    def _hover(self, event: QDragEnterEvent | QDragMoveEvent) -> None:
        if not self._takes(event.mimeData()):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # the files stay where they are
        event.accept()
        if self._veil is None:
            self._veil = _Veil(self._over, self._text)
        self._veil.spread()

    def _drop(self, event: QDropEvent) -> None:
        self._lift()
        found = incoming(event.mimeData()) if self._takes(event.mimeData()) else Incoming()
        if not found:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(found)

    def _lift(self) -> None:
        if self._veil is not None:
            self._veil.hide()


class _Veil(Painted, QWidget):
    """A veil over the window with a frame and words; it never takes the mouse."""

    def __init__(self, over: QWidget, text: str) -> None:
        super().__init__(over)
        self._text = text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def spread(self) -> None:
        """Cover what is below."""
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the veil, a dashed frame and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme.colour("scrim").toRgb()
        veil.setAlphaF(0.55 if theme.current().dark else 0.35)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(18, 18, -18, -18)
        painter.setPen(QPen(theme.colour("on_photo"), 2.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, theme.CARD_RADIUS, theme.CARD_RADIUS)
        font = theme.font("heading")
        wide = min(frame.width() - 24, text_width(self._text, font) + theme.px(92))
        high = theme.px(64)
        middle = frame.center()
        card = QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
        box(painter, card, theme.CARD_RADIUS, theme.colour("surface"), theme.colour("accent_line"))
        icon = card.left() + theme.px(34)
        picture(painter, QRectF(icon - 10, middle.y() - 10, 20, 20).center(), "import", "accent", 24)
        room = card.adjusted(theme.px(60), 0, -theme.px(20), 0)
        words(painter, room, self._text, font, theme.colour("ink"))
        painter.end()
