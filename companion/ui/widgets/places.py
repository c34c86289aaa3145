"""Chips for the person's own places, with the names they gave them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.ui.widgets.chips import ChipGroup

_ALL = ""


class PlaceChips(QWidget):
    """Choose among places.

    Args:
        places: pairs of the place's key and its name, in the person's order.
        name: what is chosen here, for the screen reader.
        multi: whether several can be chosen.
        everything: words of a chip for all places, put first; empty for none.

    ``changed`` is sent with the tuple of chosen keys; with ``everything``, an empty tuple means all places.
    """

    changed = Signal(tuple)

    def __init__(
        self,
        places: Sequence[tuple[str, str]],
        name: str,
        multi: bool = True,
        everything: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._everything = bool(everything)
        choices = [(_ALL, everything), *places] if everything else list(places)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.group = ChipGroup(choices, name, multi)
        self.group.changed.connect(self._settle)
        column.addWidget(self.group)
        self._last: tuple[str, ...] = ()
        self.choose(())

    def chosen(self) -> tuple[str, ...]:
        """Return the keys of the places chosen, without the chip for all."""
        return tuple(key for key in self.group.chosen() if key != _ALL)

    def choose(self, keys: Iterable[str]) -> None:
        """Set the places chosen, without telling; none means all where there is a chip for all."""
        wanted = tuple(keys)
        self.group.choose(wanted or ((_ALL,) if self._everything else ()))
        self._last = self.group.chosen()

    def _settle(self, now: tuple[str, ...]) -> None:
        """Let *all* and single places exclude each other, then tell."""
        if self._everything:
            fresh_all = _ALL in now and _ALL not in self._last
            keys = () if fresh_all else tuple(key for key in now if key != _ALL)
            self.choose(keys)
        self._last = self.group.chosen()
        self.changed.emit(self.chosen())
