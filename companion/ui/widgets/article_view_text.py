"""What one passage of an article shows: its words, and the stretches of them that can be pressed. No widgets here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from companion.domain.articles import Block, Run
from companion.domain.values import value

# Narrow and unbreakable, so that a mark never begins a line.
_GAP = "\u202f"


class Kind(StrEnum):
    """What a stretch of text is."""

    STRONG = "strong"
    TERM = "term"
    ARTICLE = "article"
    SOURCE = "source"


@value
class Span:
    """A stretch of the shown text. ``targets`` are glossary id, ``slug#anchor`` or source ids; ``words`` as shown."""

    kind: Kind
    start: int
    length: int
    targets: tuple[str, ...] = ()
    words: str = ""

    @property
    def pressable(self) -> bool:
        """Return whether it leads somewhere."""
        return self.kind is not Kind.STRONG


@value
class Composed:
    """``shown`` is painted, source numbers included; ``spoken`` is what a screen reader and a copy get."""

    shown: str
    spoken: str
    spans: tuple[Span, ...] = ()


def number_sources(blocks: Iterable[Block]) -> dict[str, int]:
    """Return the number of every source id, counted in the order in which they are first cited."""
    found: dict[str, int] = {}
    for block in blocks:
        for source in block.sources:
            found.setdefault(source, len(found) + 1)
    return found


def compose(runs: Iterable[Run], numbers: Mapping[str, int]) -> Composed:
    """Return the text of some runs with its spans; a source without a number shows no mark."""
    shown, spoken, spans = "", "", []
    for run in runs:
        if run.sources:
            marks = [numbers[source] for source in run.sources if source in numbers]
            if marks:
                words = ",".join(map(str, marks))
                mark = mark_after(shown, words)
                spans.append(Span(Kind.SOURCE, len(shown) + len(_GAP), len(mark), run.sources, words))
                shown += _GAP + mark
            continue
        if run.text:
            kind = _kind(run)
            if kind is not None:
                targets = tuple(filter(None, (run.term, run.article)))
                spans.append(Span(kind, len(shown), len(run.text), targets, run.text))
            shown += run.text
            spoken += run.text
    return Composed(shown, " ".join(spoken.split()), tuple(spans))


def mark_after(text: str, numbers: str) -> str:
    """Return a source mark as it stands after ``text``: in brackets after a number, lest it look like a power."""
    last = text.rstrip()[-1:]
    return f"[{numbers}]" if last.isdigit() or last == "%" else numbers


def plain(text: str) -> Composed:
    """Return a text without spans."""
    return Composed(text, text)


def _kind(run: Run) -> Kind | None:
    if run.term:
        return Kind.TERM
    if run.article:
        return Kind.ARTICLE
    return Kind.STRONG if run.strong else None
