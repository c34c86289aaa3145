"""Where each tile of the timeline lies: rows of tiles under a heading for each month. Numbers only, no Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in px: room at the left and right, least width of a tile, gaps, the heading, and the words of a tile."""

    side: int
    least: int
    gap: int
    heading: int
    words: int
    below: int


@dataclass(frozen=True, slots=True)
class Section:
    """The tiles ``first`` to ``first + count - 1``, whose heading begins at ``top``."""

    key: tuple[int, int]
    first: int
    count: int
    top: int


@dataclass(frozen=True, slots=True)
class Tile:
    """Where one tile is: the picture with ``height`` px of it, and its words below."""

    left: int
    top: int
    width: int
    height: int
    words: int


class GridLayout:
    """Tiles in columns as many as fit, all of one size, newest first; a new month begins a new row.

    Args:
        keys: the month of each photo, in order.
        width: of the whole, in px.
        top: where the first heading begins.
    """

    def __init__(self, keys: Sequence[tuple[int, int]], width: int, top: int, measures: Measures) -> None:
        self.measures = m = measures
        room = max(1, width - 2 * m.side)
        self.columns = max(2, (room + m.gap) // (m.least + m.gap))
        self.tile_width = max(1, (room - m.gap * (self.columns - 1)) // self.columns)
        self.tile_height = self.tile_width * 3 // 4
        self.row_height = self.tile_height + m.words + m.gap
        self.sections: list[Section] = []
        y = top
        first = 0
        total = len(keys)
        while first < total:
            after = first + 1
            while after < total and keys[after] == keys[first]:
                after += 1
            self.sections.append(Section(keys[first], first, after - first, y))
            rows = -(-(after - first) // self.columns)
            y += m.heading + rows * self.row_height + m.below
            first = after
        self.height = y
        self.count = total
        self._firsts = [section.first for section in self.sections]
        self._tops = [section.top for section in self.sections]

    def section_of(self, index: int) -> Section:
        """Return the section a photo is in. Raises ``IndexError``."""
        if not 0 <= index < self.count:
            raise IndexError(index)
        return self.sections[bisect_right(self._firsts, index) - 1]

    def tile(self, index: int) -> Tile:
        """Return where a photo's tile is. Raises ``IndexError``."""
        m = self.measures
        section = self.section_of(index)
        row, column = divmod(index - section.first, self.columns)
        left = m.side + column * (self.tile_width + m.gap)
        top = section.top + m.heading + row * self.row_height
        return Tile(left, top, self.tile_width, self.tile_height, m.words)

    def at(self, x: int, y: int) -> int | None:
        """Return the photo at a point, or ``None``."""
        found = bisect_right(self._tops, y) - 1
        if found < 0:
            return None
        section = self.sections[found]
        row = (y - section.top - self.measures.heading) // self.row_height
        column = (x - self.measures.side) // (self.tile_width + self.measures.gap)
        if row < 0 or not 0 <= column < self.columns:
            return None
        offset = row * self.columns + column
        index = section.first + offset
        if offset >= section.count:
            return None
        tile = self.tile(index)
        inside = tile.left <= x < tile.left + tile.width and tile.top <= y < tile.top + tile.height + tile.words
        return index if inside else None

    def between(self, top: int, bottom: int) -> tuple[list[Section], range]:
        """Return the headings that touch a stretch from ``top`` to ``bottom``, and the photos that may."""
        if not self.sections:
            return [], range(0)
        low = max(0, bisect_right(self._tops, top) - 1)
        high = max(low, bisect_right(self._tops, bottom) - 1)
        begin, end = self.sections[low], self.sections[high]
        first = begin.first + self._rows_above(begin, top) * self.columns
        last = end.first + (self._rows_above(end, bottom) + 1) * self.columns
        first = min(max(begin.first, first), begin.first + begin.count)
        last = min(last, end.first + end.count)
        return self.sections[low : high + 1], range(first, last)

    def _rows_above(self, section: Section, y: int) -> int:
        return max(0, (y - section.top - self.measures.heading) // self.row_height)

    def step(self, index: int, rows: int) -> int:
        """Return the photo ``rows`` rows further down (up when negative) that is nearest to the same column."""
        column = (index - self.section_of(index).first) % self.columns
        while rows:
            section = self.section_of(index)
            row = (index - section.first) // self.columns
            if rows > 0:
                target = section.first + (row + 1) * self.columns
                if target >= section.first + section.count:
                    if section.first + section.count >= self.count:
                        return index
                    section = self.section_of(section.first + section.count)
                    target = section.first
            else:
                target = section.first + (row - 1) * self.columns
                if row == 0:
                    if section.first == 0:
                        return index
                    section = self.section_of(section.first - 1)
                    target = section.first + (section.count - 1) // self.columns * self.columns
            index = min(target + column, section.first + section.count - 1)
            rows += -1 if rows > 0 else 1
        return index
