"""An address as text that can be marked and copied. It is never opened: nothing here goes to the network."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from companion.ui import theme


class AddressText(QTextEdit):
    """A read-only text without a frame that breaks inside long addresses; a stop of the Tab key."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setPlainText(text)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._measure()

    def _measure(self) -> None:
        self.setFont(theme.font("small"))
        self.document().setDefaultFont(theme.font("small"))

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in ``width``."""
        metrics = QFontMetrics(theme.font("small"))
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        area = metrics.boundingRect(QRect(0, 0, max(1, width), 100_000), int(flags), self.toPlainText())
        return area.height() + 4

    def sizeHint(self) -> QSize:
        """Return the size at a pleasant width."""
        return QSize(theme.px(300), self.heightForWidth(theme.px(300)))

    def minimumSizeHint(self) -> QSize:
        """Return a size that never keeps a window wide."""
        return QSize(theme.px(100), theme.px(20))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the whole address when the keyboard comes, ready to be copied."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Unmark it."""
        super().focusOutEvent(event)
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self.updateGeometry()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Never scroll: the whole text is shown."""
        super().resizeEvent(event)
        self.verticalScrollBar().setValue(0)
