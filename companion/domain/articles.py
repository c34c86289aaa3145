"""Articles as values: levels, sections, blocks and runs of text with their sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from companion.domain.leaflet import Leaflet
from companion.domain.values import value


class Level(StrEnum):
    """How much detail a reader wants."""

    PLAIN = "plain"
    MORE = "more"
    CLINICAL = "clinical"


class BlockKind(StrEnum):
    """What a block of an article is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    HEADER_ROW = "header_row"


@value
class Run:
    """A stretch of text. ``term`` is a glossary id, ``article`` a target ``slug`` or ``slug#anchor``.

    ``sources`` are set on a claim mark, a run without text that closes the sentence before it; ``plain`` marks a
    sentence that states no medical fact.
    """

    text: str = ""
    strong: bool = False
    term: str = ""
    article: str = ""
    sources: tuple[str, ...] = ()
    plain: bool = False


@value
class Block:
    """A paragraph, a list item or a table row. ``cells`` holds one tuple of runs, or one for each cell of a row.

    ``leaflet`` says for which reader it is; ``None`` for everyone.
    """

    kind: BlockKind
    cells: tuple[tuple[Run, ...], ...]
    leaflet: Leaflet | None = None

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return the runs of all cells, in order."""
        return tuple(run for cell in self.cells for run in cell)

    @property
    def text(self) -> str:
        """Return the words alone, cells apart by a vertical bar."""
        return " | ".join("".join(run.text for run in cell).strip() for cell in self.cells)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the source ids of the block, each once, in order."""
        return tuple(dict.fromkeys(source for run in self.runs for source in run.sources))


@value
class Section:
    """One section; ``anchor`` is the same in all levels and languages."""

    anchor: str
    heading: str
    blocks: tuple[Block, ...]

    def seen_by(self, leaflet: Leaflet) -> tuple[Block, ...]:
        """Return the blocks a reader with ``leaflet`` sees; ``other`` sees all of them, named."""
        return tuple(
            block for block in self.blocks if block.leaflet in (None, leaflet) or leaflet is Leaflet.OTHER
        )


@value
class Article:
    """One article in one language, at its three levels."""

    slug: str
    order: int
    title: str
    summary: str
    minutes: int
    checked: date
    review: str
    picture: str
    levels: Mapping[Level, tuple[Section, ...]]


@value
class Source:
    """Where claims come from. ``address`` is shown as text: nothing is opened or loaded."""

    id: str
    title: str
    publisher: str
    year: int | None
    address: str
    supports: str
    checked: date
    kind: str


@value
class Term:
    """One glossary entry in one language; ``forms`` are its inflections in running text."""

    id: str
    term: str
    forms: tuple[str, ...]
    text: str
