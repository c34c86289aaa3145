"""Buttons: one filled main action a page, outlined others, quiet ones without a box, red for help and for deleting."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from companion.ui import icons, theme
from companion.ui.widgets.painting import Painted, TippedByName, box, painter_for, picture, ringed, text_width, words

KINDS = ("primary", "secondary", "quiet", "danger")


class Button(Painted, QPushButton):
    """A push button of one of ``KINDS``. A ``main`` one is 44 px high, others 36."""

    def __init__(
        self, text: str, kind: str = "secondary", icon: str = "", main: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setProperty("kind", kind)
        self._kind = kind
        self._icon = icon
        self._main = main
        self._calls = False
        self._measured: tuple[tuple[str, str, theme.Theme], QSize] | None = None  # layouts ask a thousand times a page
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)  # Enter presses it on a page too, as Space does; in a sheet the sheet decides
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_icon_name(self, name: str) -> None:
        """Show another icon before the words; an empty name shows none."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_urgent(self) -> None:
        """Show an outlined or quiet button in the urgent colour, beside the red one."""
        self._calls = True
        self.update()

    def _font(self) -> QFont:
        return theme.font("strong")

    def _pad(self) -> int:
        return theme.px(18 if self._main else 14)

    def _label(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def sizeHint(self) -> QSize:
        """Return the size of icon and words with their room."""
        shown = (self.text(), self._icon, theme.current())
        if self._measured is None or self._measured[0] != shown:
            self._measured = (shown, self._measure())
        return QSize(self._measured[1])

    def _measure(self) -> QSize:
        width = 2.0 * self._pad()
        text = self._label()
        if text:
            width += text_width(text, self._font())
        if self._icon:
            width += theme.px(icons.SIZE) + (theme.px(8) if text else -theme.px(8))
        height = theme.px(theme.MAIN_CONTROL if self._main else theme.CONTROL)
        return QSize(max(int(width + 0.999), height), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same as ``sizeHint``: words on a button are never cut."""
        return self.sizeHint()

    def _colours(self) -> tuple[QColor | None, QColor | None, str]:
        """Return fill, line and the role of the words for the state the button is in."""
        filled = self._kind in ("primary", "danger")
        if not self.isEnabled():
            line = None if filled or self._kind == "quiet" else theme.colour("line")
            return theme.colour("chip") if filled else None, line, "ink_soft"
        over = self.underMouse()
        if self._kind == "primary":
            fill = "accent_press" if self.isDown() else "accent_hover" if over else "accent"
            return theme.colour(fill), None, "on_accent"
        if self._kind == "danger":
            return theme.colour("urgent_hover" if over or self.isDown() else "urgent"), None, "on_urgent"
        family, role = ("urgent", "urgent_text") if self._calls else ("accent", "accent")
        line = theme.colour(f"{family}_line")
        soft = theme.colour(f"{family}_soft") if over or self.isDown() else None
        if self._kind == "quiet":
            return soft, None, role
        return soft, line, role

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, icon and words, and the ring when the keyboard is here."""
        fill, line, role = self._colours()
        painter = painter_for(self)
        whole = QRectF(self.rect())
        inner = ringed(painter, whole, theme.RADIUS, self.ring_visible())
        box(painter, inner, theme.RADIUS - (0 if inner == whole else 3), fill, line)
        text = self._label()
        if not text:
            picture(painter, whole.center(), self._icon, role)
        else:
            spare = max(0.0, whole.width() - self.sizeHint().width()) / 2
            left = whole.left() + self._pad() + spare
            if self._icon:
                side = theme.px(icons.SIZE)
                picture(painter, QPointF(left + side / 2, whole.center().y()), self._icon, role)
                left += side + theme.px(8)
            room = QRectF(left, whole.top(), whole.right() - self._pad() - spare - left + 1, whole.height())
            words(painter, room, text, self._font(), theme.colour(role))
        painter.end()


def primary(text: str, icon: str = "", main: bool = True) -> Button:
    """Return the one filled button of a page or sheet."""
    return Button(text, "primary", icon, main)


def secondary(text: str, icon: str = "", main: bool = False) -> Button:
    """Return an outlined button; ``main`` makes it as high as the filled one beside it."""
    return Button(text, "secondary", icon, main)


def quiet(text: str, icon: str = "", main: bool = False) -> Button:
    """Return a button without a box, for the least of several choices."""
    return Button(text, "quiet", icon, main)


def danger(text: str, icon: str = "", main: bool = True) -> Button:
    """Return a red button, for calling help and for deleting what cannot come back."""
    return Button(text, "danger", icon, main)


class IconButton(TippedByName, Button):
    """A button whose face is an icon or a sign, and whose name is its tooltip for the mouse."""

    def __init__(self, icon: str, name: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "quiet", icon, parent=parent)
        self.setAccessibleName(name)


def icon_button(icon: str, name: str) -> IconButton:
    """Return a square button with only an icon; ``name`` is its accessible name and, under the mouse, its tooltip."""
    return IconButton(icon, name)
