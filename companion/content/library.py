"""Read the articles, their sources and the glossary from ``resources/content``; see ``FORMAT`` for the files.

FORMAT of ``<language>/<slug>.md``: TOML front matter between ``+++`` lines; then ``=== plain``, ``=== more`` and
``=== clinical``, each with sections ``## Heading {#anchor}`` of paragraphs, ``- items`` and ``| tables |``; blocks
between ``::: leaflet us|eu`` and ``:::`` are for that leaflet's readers. ``[^id,id]`` closes a sentence that claims
something, ``[^-]`` one that does not; ``[word](term:id)`` and ``[words](article:slug#anchor)`` are the only links.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from companion.domain.articles import Article, Block, BlockKind, Level, Run, Section, Source, Term
from companion.domain.leaflet import Leaflet

_INLINE = re.compile(
    r"\[\^(?P<claim>[^\]]+)\]|\[(?P<words>[^\]]+)\]\((?P<kind>term|article):(?P<target>[^)\s]+)\)|\*\*(?P<strong>[^*]+)\*\*"
)
_HEADING = re.compile(r"## (?P<text>.+?) \{#(?P<anchor>[a-z0-9-]+)\}\s*")
_RULE = re.compile(r"\|[\s:|-]+\|")


class ContentError(ValueError):
    """A content file that cannot be read: the message names the file and the line."""


def parse_runs(text: str) -> tuple[Run, ...]:
    """Return the runs of one paragraph, item or cell."""
    runs: list[Run] = []
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            runs.append(Run(text[at : match.start()]))
        at = match.end()
        if match["claim"] is not None:
            ids = tuple(part.strip() for part in match["claim"].split(","))
            runs.append(Run(plain=True) if ids == ("-",) else Run(sources=ids))
        elif match["words"] is not None:
            is_term = match["kind"] == "term"
            runs.append(
                Run(
                    match["words"],
                    term=match["target"] if is_term else "",
                    article="" if is_term else match["target"],
                )
            )
        else:
            runs.append(Run(match["strong"], strong=True))
    if at < len(text):
        runs.append(Run(text[at:]))
    return tuple(runs)


class _Reader:
    """Reads the body of one article line by line."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.levels: dict[Level, list[Section]] = {}
        self.level: Level | None = None
        self.heading: tuple[str, str] | None = None
        self.blocks: list[Block] = []
        self.leaflet: Leaflet | None = None
        self.paragraph: list[str] = []
        self.table: list[str] = []

    def read(self, body: str) -> dict[Level, tuple[Section, ...]]:
        for number, line in enumerate(body.splitlines(), 1):
            try:
                self.line(line.rstrip())
            except (KeyError, ValueError) as error:
                raise ContentError(f"{self.name}, body line {number}: {error}") from error
        self.end_section()
        return {level: tuple(sections) for level, sections in self.levels.items()}

    def line(self, line: str) -> None:
        if line.startswith("=== "):
            self.end_section()
            self.level = Level(line[4:].strip())
            self.levels[self.level] = []
        elif line.startswith("## "):
            self.end_section()
            match = _HEADING.fullmatch(line)
            if match is None:
                raise ValueError("a heading needs {#anchor}")
            self.heading = (match["anchor"], match["text"])
        elif line.startswith(":::"):
            self.end_block()
            words = line[3:].split()
            self.leaflet = Leaflet(words[1]) if words[:1] == ["leaflet"] else None
        elif not line:
            self.end_block()
        elif line.startswith("|"):
            self.end_paragraph()
            self.table.append(line)
        elif line.startswith("- "):
            self.end_block()
            self.blocks.append(Block(BlockKind.ITEM, (parse_runs(line[2:]),), self.leaflet))
        else:
            self.end_table()
            self.paragraph.append(line)

    def end_paragraph(self) -> None:
        if self.paragraph:
            runs = parse_runs(" ".join(self.paragraph))
            self.blocks.append(Block(BlockKind.PARAGRAPH, (runs,), self.leaflet))
            self.paragraph = []

    def end_table(self) -> None:
        for index, row in enumerate(self.table):
            if _RULE.fullmatch(row):
                continue
            cells = tuple(parse_runs(cell.strip()) for cell in row.strip("|").split("|"))
            kind = BlockKind.HEADER_ROW if index == 0 else BlockKind.ROW
            self.blocks.append(Block(kind, cells, self.leaflet))
        self.table = []

    def end_block(self) -> None:
        self.end_paragraph()
        self.end_table()

    def end_section(self) -> None:
        self.end_block()
        if self.heading is not None and self.level is not None:
            self.levels[self.level].append(Section(*self.heading, tuple(self.blocks)))
        elif self.blocks:
            raise ValueError("text before the first heading of a level")
        self.heading, self.blocks, self.leaflet = None, [], None


class _Levels(Mapping[Level, tuple[Section, ...]]):
    """The levels of an article, read when somebody first looks into them: the index asks for none."""

    def __init__(self, name: str, body: str) -> None:
        self._name = name
        self._body = body
        self._found: dict[Level, tuple[Section, ...]] | None = None

    def read(self) -> dict[Level, tuple[Section, ...]]:
        """Return the levels. Raises :class:`ContentError`."""
        if self._found is None:
            self._found = _Reader(self._name).read(self._body)
        return self._found

    def __getitem__(self, level: Level) -> tuple[Section, ...]:
        return self.read()[level]

    def __iter__(self) -> Iterator[Level]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self.read())


def parse_article(name: str, text: str) -> Article:
    """Return the article in ``text``, read to its end; ``name`` is for messages.

    Raises:
        ContentError: the file does not follow FORMAT.
    """
    made = _opened(name, text)
    len(made.levels)
    return made


def _opened(name: str, text: str) -> Article:
    """Return the article of which only the front matter was read."""
    parts = text.split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise ContentError(f"{name}: front matter between +++ lines is missing")
    try:
        front = tomllib.loads(parts[1])
        return Article(
            slug=front["slug"],
            order=front["order"],
            title=front["title"],
            summary=front["summary"],
            minutes=front["minutes"],
            checked=date.fromisoformat(front["checked"]),
            review=front["review"],
            picture=front.get("picture", ""),
            levels=_Levels(name, parts[2]),
        )
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{name}: front matter: {error}") from error


def articles(folder: Path, language: str) -> tuple[Article, ...]:
    """Return every article of ``language`` in reading order; ``folder`` is the ``resources`` folder.

    Raises:
        ContentError: one of them does not follow FORMAT.
    """
    found = shelf(folder, language)
    for each in found:
        len(each.levels)
    return found


@cache
def shelf(folder: Path, language: str) -> tuple[Article, ...]:
    """Return the same articles, each read when its levels are first looked into, which may raise then."""
    found = [
        _opened(f"{language}/{path.name}", path.read_text(encoding="utf-8"))
        for path in sorted((folder / "content" / language).glob("*.md"))
    ]
    return tuple(sorted(found, key=lambda article: article.order))


@cache
def sources(folder: Path) -> dict[str, Source]:
    """Return the source table by id."""
    lines = json.loads((folder / "content" / "sources.json").read_text(encoding="utf-8"))
    return {
        line["id"]: Source(
            id=line["id"],
            title=line["title"],
            publisher=line["publisher"],
            year=line["year"],
            address=line["address"],
            supports=line["supports"],
            checked=date.fromisoformat(line["checked"]),
            kind=line["kind"],
        )
        for line in lines
    }


@cache
def glossary(folder: Path, language: str) -> dict[str, Term]:
    """Return the glossary of ``language`` by id."""
    lines = json.loads((folder / "content" / "glossary.json").read_text(encoding="utf-8"))
    return {
        line["id"]: Term(line["id"], line[language]["term"], tuple(line[language]["forms"]), line[language]["text"])
        for line in lines
    }
