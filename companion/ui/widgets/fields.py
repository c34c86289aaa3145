"""Places to write: a line, a note, a search, a list, and the frame that names them and says what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from companion.ui import labels, theme
from companion.ui.widgets.announce import announce
from companion.ui.widgets.painting import Painted, box, painter_for, picture, ringed, text_width, words

_TURNING = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)


def mark_invalid(field: QWidget, invalid: bool) -> None:
    """Show or clear the mark of a field whose content can not be used. Say why beside it, too."""
    value = "true" if invalid else "false"
    if field.property("invalid") != value:
        field.setProperty("invalid", value)
        field.style().unpolish(field)
        field.style().polish(field)


class HintedLine(QLineEdit):
    """A line that paints its hint itself: Qt gives a placeholder to screen readers as the description of the line."""

    hint = ""

    def set_hint(self, hint: str) -> None:
        """Show ``hint`` while the line is empty."""
        self.hint = hint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, and the hint while it is empty."""
        super().paintEvent(event)
        if self.hint and not self.text():
            painter = painter_for(self)
            margin = self.textMargins()
            area = QRectF(self.rect()).adjusted(12 + margin.left(), 0, -12 - margin.right(), 0)
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            words(painter, area, self.hint, theme.font("body"), theme.colour("ink_soft"), align)
            painter.end()


class TextField(QLineEdit):
    """One line to write in."""

    def __init__(self, name: str, text: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)


class SearchField(Painted, HintedLine):
    """A line to search with, bearing a lens and a button that empties it."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.set_hint(hint)
        self.restyle()

    def restyle(self) -> None:
        """Follow the text size."""
        self.setTextMargins(theme.px(28), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lens over the field."""
        super().paintEvent(event)
        painter = painter_for(self)
        picture(painter, QPointF(12 + theme.px(10), self.height() / 2), "search", "ink_soft", 18)
        painter.end()


class NoteField(QPlainTextEdit):
    """Room for a note of several lines. Tab leaves it, as everywhere else."""

    def __init__(
        self, name: str, text: str = "", hint: str = "", lines: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._lines = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of the promised lines."""
        return QSize(theme.px(260), self.fontMetrics().lineSpacing() * self._lines + 30)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few words."""
        return QSize(theme.px(140), self.sizeHint().height())


class Choice(Painted, QComboBox):
    """A list of which one entry is shown. Opens with Space, Alt+Down or a click; the wheel never changes it by chance.

    ``chosen_key`` is sent with the key when the person chooses. ``name`` says what is chosen, never the entry shown. Of
    a list that ``acts`` at once every key opens the list, and only Enter or a click chooses.
    """

    chosen_key = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, acts: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if not name:
            raise ValueError("a list to choose from needs a name")
        self._acts = acts
        self.setAccessibleName(name)
        # Outside Windows Qt names a list by its entry, and screen readers take the name from its label.
        self._label: QLabel | None = QLabel(name, self)
        self._label.hide()
        self._label.setBuddy(self)
        self.setView(QListView(self))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        for key, text in choices:
            self.addItem(text, key)
        self.activated.connect(self._tell)

    def chosen(self) -> str:
        """Return the key of the entry shown, or an empty text."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Show the entry of a key, without telling; an unknown key shows none."""
        self.setCurrentIndex(self.findData(key))

    def label_by(self, label: QLabel) -> None:
        """Take the name from a label on the page."""
        if self._label is not None:
            self._label.setBuddy(None)  # type: ignore[arg-type]
            self._label.deleteLater()
            self._label = None
        label.setBuddy(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list at every key that would change the entry unseen, where that acts at once."""
        turning = event.key() in _TURNING or event.text().isalnum()
        if self._acts and turning and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.showPopup()
            return
        super().keyPressEvent(event)

    def _tell(self) -> None:
        self.chosen_key.emit(self.chosen())

    def _widest(self) -> float:
        font = theme.font("body")
        return max((text_width(self.itemText(at), font) for at in range(self.count())), default=0.0)

    def sizeHint(self) -> QSize:
        """Return room for the longest entry."""
        return QSize(int(self._widest() + 0.999) + theme.px(12 + 34), theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest entry, up to a limit."""
        return QSize(min(self.sizeHint().width(), theme.px(240)), theme.px(theme.CONTROL))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, entry and arrow."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        over = self.underMouse() and self.isEnabled()
        if self.hasFocus():
            box(painter, area, theme.RADIUS, theme.colour("surface"))
            ringed(painter, area, theme.RADIUS, True)
        else:
            line = theme.colour("accent" if over else "control")
            box(painter, area, theme.RADIUS, theme.colour("surface"), line)
        right = theme.px(34)
        role = "ink" if self.isEnabled() else "ink_soft"
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        room = area.adjusted(theme.px(12), 0, -right, 0)
        words(painter, room, self.currentText(), theme.font("body"), theme.colour(role), align)
        picture(painter, QPointF(area.right() - right / 2, area.center().y()), "down", "ink_soft", 16)
        painter.end()


class Field(QWidget):
    """A control with its name above it, a hint below, and below that what is wrong when something is."""

    def __init__(self, name: str, control: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._name = labels.strong(name)
        if isinstance(control, Choice):
            control.label_by(self._name)
        else:
            self._name.setBuddy(control)
        if not control.accessibleName():
            control.setAccessibleName(name)
        column.addWidget(self._name)
        column.addWidget(control)
        self._hint = hint
        self._note = labels.small(hint)
        if not hint:
            self._note.hide()  # never shown here: without a parent yet it would be a window of its own
        column.addWidget(self._note)
        column.addStretch(1)
        self._spoken().setAccessibleDescription(hint)
        told = getattr(control, "problem_changed", None)
        if told is not None:
            told.connect(self.set_error)

    def _spoken(self) -> QWidget:
        """Return what has the keyboard and is spoken: the control, or the line inside it."""
        return self.control.focusProxy() or self.control

    def set_error(self, text: str) -> None:
        """Say what is wrong and how to put it right; an empty text clears it."""
        mark_invalid(self.control, bool(text))
        mark_invalid(self._spoken(), bool(text))
        self._note.setText(text or self._hint)
        self._note.set_tone("attention" if text else "soft")
        self._note.setVisible(bool(text or self._hint))
        self._spoken().setAccessibleDescription(text or self._hint)
        if text:
            announce(self.control, text)

    def error(self) -> str:
        """Return what is said to be wrong, or an empty text."""
        return self._note.text() if self.control.property("invalid") == "true" else ""
