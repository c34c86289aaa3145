"""The sheet: a calm layer over the window that asks for one thing and then goes away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.going_back import GoingBack
from companion.ui.widgets.painting import Painted, box, painter_for
from companion.ui.widgets.scroll import ScrollColumn
from companion.wording import say


class _Panel(Painted, QFrame):
    """The box the sheet is written on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        box(painter, QRectF(self.rect()), theme.CARD_RADIUS, theme.colour("surface"), theme.colour("line"))
        painter.end()


class Sheet(Painted, QDialog):
    """A dialog laid over the window it belongs to, which waits behind a veil.

    Put what it holds into ``sheet.body`` with :meth:`add`, its buttons with :meth:`add_button`. Show it with
    ``open()``; ``accepted``, ``rejected`` and ``finished`` are those of ``QDialog``. Escape closes it, Tab stays in it,
    shortcuts of the window behind wait, and the focus goes back to where it was.

    Args:
        over: any widget of the window to lie over; ``None`` makes a window of its own.
        title: what is asked, also the accessible name.
        text: one or two sentences below it.
        width: the greatest width in px at 100% text size.
        closable: whether Escape and the close button are offered.
    """

    def __init__(
        self, over: QWidget | None, title: str, text: str = "", width: int = 560, closable: bool = True
    ) -> None:
        self._built = False
        super().__init__(over.window() if over is not None else None)
        self._layered = over is not None
        if self._layered:
            self.setWindowFlags(Qt.WindowType.Widget)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._wide = width
        self._closable = closable
        self._before: GoingBack | None = None
        self._main: buttons.Button | None = None
        self._close_button: buttons.Button | None = None
        self._panel = _Panel(self)
        column = self._panel_column = QVBoxLayout(self._panel)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(self._head(title))
        self._area = _Area()
        self.body = self._area.column
        self.body.setContentsMargins(0, 0, 4, 0)
        self.body.setSpacing(theme.GAP_SMALL)
        if text:
            self.setAccessibleDescription(text)
            self.body.addWidget(labels.body(text))
        self._area.content.installEventFilter(self)
        column.addWidget(self._area, 1)
        self._foot = FlowLayout(gap=theme.GAP_TIGHT)
        self._foot.setContentsMargins(0, 8, 0, 0)
        self._foot_row = QHBoxLayout()
        self._foot_row.addLayout(self._foot, 1)
        column.addLayout(self._foot_row)
        self._built = True

    def _head(self, title: str) -> QLayout:
        row = QHBoxLayout()
        self.heading = labels.Label(title, "sheet")
        row.addWidget(self.heading, 1, Qt.AlignmentFlag.AlignVCenter)
        if self._closable:
            close = buttons.icon_button("close", say("common.close"))
            close.setAutoDefault(False)
            close.clicked.connect(self.reject)
            self._close_button = close
            row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below what is there."""
        self.body.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout) -> None:
        """Put a layout below what is there."""
        self.body.addLayout(layout)

    def add_button(self, text: str, kind: str = "secondary", icon: str = "") -> buttons.Button:
        """Add a button at the foot and return it, to be connected. Enter presses the filled one."""
        made = buttons.Button(text, kind, icon, main=True)
        made.setAutoDefault(False)
        if kind == "primary" and self._main is None:
            self._main = made
        self._foot.addWidget(made)
        return made

    def reveal(self, widget: QWidget) -> None:
        """Scroll so that ``widget``, with words that may just have come, is seen."""
        self._place()
        self.body.activate()
        self._area.ensureWidgetVisible(widget, 0, theme.GAP_SMALL)

    # Place and focus

    def open(self) -> None:
        """Show the sheet and take the keyboard."""
        self._before = GoingBack(QApplication.focusWidget(), self)
        if self._layered:
            self._follow()
            self._over().installEventFilter(self)
            self.show()
            self.raise_()
            first = self._first()
            (first or self).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().open()

    def showEvent(self, event: QShowEvent) -> None:
        """Be placed before being seen."""
        self._place()
        super().showEvent(event)

    def done(self, result: int) -> None:
        """Close and give the keyboard back to where it was, before anybody hears of it and may put it elsewhere."""
        if self._layered:
            self._over().removeEventFilter(self)
        before, self._before = self._before, None
        if before is not None and isValid(before):
            before.go()
        super().done(result)

    def _first(self) -> QWidget | None:
        """Return the control that takes the keyboard first: one of the body, else the first button."""
        stops = self._stops()
        inside = [stop for stop in stops if self._area.isAncestorOf(stop)]
        feet = [stop for stop in stops if not self._area.isAncestorOf(stop) and stop is not self._close_button]
        return next(iter(inside or feet or stops), None)

    def _stops(self) -> list[QWidget]:
        """Return what Tab visits inside the sheet, in order."""
        found: list[QWidget] = []
        at = self.nextInFocusChain()
        while at is not None and at is not self:
            tab = at.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            if tab and self.isAncestorOf(at) and at.isVisible() and at.isEnabled() and at.focusProxy() is None:
                found.append(at)
            at = at.nextInFocusChain()
        return found

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the sheet."""
        stops = self._stops()
        if not stops:
            return True
        focus = QApplication.focusWidget()
        at = stops.index(focus) if focus in stops else (-1 if forward else 0)
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + step) % len(stops)].setFocus(reason)
        return True

    def event(self, event: QEvent) -> bool:
        """Keep the shortcuts of the window behind from acting while the sheet is open."""
        if event.type() == QEvent.Type.ShortcutOverride and self._layered:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape where that is offered; press the button that Enter means.

        ``QDialog`` finds its default button only when it is a window of its own.
        """
        if event.key() == Qt.Key.Key_Escape and not self._closable:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = QApplication.focusWidget()
            button = focus if isinstance(focus, QPushButton) else self._main
            if button is not None and button.isEnabled():
                button.click()
            return
        super().keyPressEvent(event)
        if self._layered:
            event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Refuse to be closed by the window frame where closing is not offered."""
        if self._closable:
            super().closeEvent(event)
        else:
            event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window below, and words that came or went inside."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._follow()
        elif event.type() == QEvent.Type.LayoutRequest and watched is self._area.content and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _over(self) -> QWidget:
        parent = self.parentWidget()
        assert parent is not None
        return parent

    def _follow(self) -> None:
        self.setGeometry(self._over().rect())
        self._place()

    def restyle(self) -> None:
        """Follow the text size."""
        if self._built:
            self._place()

    def _place(self) -> None:
        """Centre the panel, as high as it needs and the window allows."""
        if not self._layered:
            wide = theme.px(self._wide)
            if self.layout() is None:
                whole = QVBoxLayout(self)
                whole.setContentsMargins(0, 0, 0, 0)
                whole.addWidget(self._panel)
                self.resize(wide, self._wish(wide))
            return
        margin = 24
        wide = min(theme.px(self._wide), self.width() - 2 * margin)
        high = min(self._wish(wide), self.height() - 2 * margin)
        self._panel.setGeometry((self.width() - wide) // 2, (self.height() - high) // 2, wide, high)

    def _wish(self, wide: int) -> int:
        self._area.ask(wide - 56)
        layout = self._panel_column
        return max(layout.totalHeightForWidth(wide), layout.totalSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the veil."""
        painter = painter_for(self)
        if self._layered:
            veil = theme.colour("scrim").toRgb()
            veil.setAlphaF(0.62 if theme.current().dark else 0.42)
            painter.fillRect(self.rect(), veil)
        painter.end()


class _Area(ScrollColumn):
    """The body of a sheet, as high as its content until the window is too low."""

    def __init__(self) -> None:
        super().__init__()
        self._high = 0

    def ask(self, width: int) -> None:
        """Set the height that shows everything in ``width``."""
        self._high = self.height_needed(width)
        self.setMinimumHeight(min(self._high, 60))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height last asked for."""
        return QSize(super().sizeHint().width(), self._high)
