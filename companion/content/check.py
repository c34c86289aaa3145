"""Hold the articles to their rules: sources, levels, languages, links, numbers, words, ease of reading.

``check(folder)`` is run by pytest and by ``companion check --self``; it returns one line a fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from companion.content import library, readability
from companion.domain.articles import Article, BlockKind, Level, Run, Section
from companion.domain.leaflet import Leaflet

LANGUAGES = ("en", "it")
BANDS = {("en", Level.PLAIN): 7.0, ("en", Level.MORE): 10.0, ("it", Level.PLAIN): 60.0, ("it", Level.MORE): 52.0}
"""Hardest grade (English) and lowest index (Italian) of each level; Clinical has none."""
LONGEST_PLAIN = 20
_TWO_SENTENCES = re.compile(r"[a-zà-ÿ0-9)%”»][.!?]\s+[A-ZÀ-Þ]")
"""The end of one sentence and the start of another under one mark: the first of them has none."""
REVIEWS = ("checked-not-reviewed", "reviewed")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as its mark closes it; ``marked`` says that there was a mark at all."""

    text: str
    sources: tuple[str, ...]
    marked: bool
    leaflet: Leaflet | None
    row: bool = False


def sentences(section: Section) -> Iterator[Sentence]:
    """Return the sentences of a section; a table row counts as one, its header as none."""
    for block in section.blocks:
        if block.kind is BlockKind.HEADER_ROW:
            continue
        if block.kind is BlockKind.ROW:
            marked = any(run.sources or run.plain for run in block.runs)
            yield Sentence(block.text, block.sources, marked, block.leaflet, row=True)
        else:
            yield from _marked(block.runs, block.leaflet)


def _marked(runs: tuple[Run, ...], leaflet: Leaflet | None) -> Iterator[Sentence]:
    text = ""
    for run in runs:
        if run.sources or run.plain:
            yield Sentence(text.strip(), run.sources, True, leaflet)
            text = ""
        else:
            text += run.text
    if text.strip():
        yield Sentence(text.strip(), (), False, leaflet)


@cache
def rules(folder: Path) -> Any:
    """Return ``check-rules.json``: masked names, banned words, everyday words, each by language."""
    return json.loads((folder / "content" / "check-rules.json").read_text(encoding="utf-8"))


def numbers(text: str, masked: list[str]) -> list[str]:
    """Return the numbers of a text, decimal comma read as a point, sorted; digits inside names do not count."""
    bare = readability.mask(text, masked)
    return sorted(found.replace(",", ".") for found in re.findall(r"\d+(?:[.,]\d+)?", bare))


def check(folder: Path) -> list[str]:
    """Return every fault of the content in ``folder`` (the ``resources`` folder); empty when all is well."""
    faults: list[str] = []
    try:
        shelves = {language: {each.slug: each for each in library.articles(folder, language)} for language in LANGUAGES}
    except library.ContentError as error:
        return [str(error)]
    for slug in sorted(set(shelves["en"]) ^ set(shelves["it"])):
        faults.append(f"{slug}: missing in one language")
    for language, shelf in shelves.items():
        for article in shelf.values():
            faults += _article(folder, language, article, shelf)
    for slug in sorted(set(shelves["en"]) & set(shelves["it"])):
        faults += _pair(folder, shelves["en"][slug], shelves["it"][slug])
    faults += _tables(folder)
    return faults


def _article(folder: Path, language: str, article: Article, shelf: dict[str, Article]) -> Iterator[str]:
    name = f"{language}/{article.slug}"
    if article.review not in REVIEWS:
        yield f"{name}: unknown review status {article.review!r}"
    if set(article.levels) != set(Level):
        yield f"{name}: not all three levels"
        return
    anchors = [section.anchor for section in article.levels[Level.PLAIN]]
    for level, sections in article.levels.items():
        where = f"{name}/{level.value}"
        if [section.anchor for section in sections] != anchors:
            yield f"{where}: its sections differ from those of the plain level"
        for section in sections:
            yield from _section(folder, language, f"{where}#{section.anchor}", section, shelf)
        yield from _ease(folder, language, where, level, sections)
    yield from _level_numbers(folder, name, article)


def _section(
    folder: Path, language: str, where: str, section: Section, shelf: dict[str, Article]
) -> Iterator[str]:
    known, terms = library.sources(folder), library.glossary(folder, language)
    for sentence in sentences(section):
        if not sentence.marked or (not sentence.row and _TWO_SENTENCES.search(sentence.text)):
            yield f"{where}: claim without source: {sentence.text[:70]}"
        for source in sentence.sources:
            if source not in known:
                yield f"{where}: unknown source {source}"
            elif not _fits(known[source].kind, sentence.leaflet):
                yield f"{where}: {source} is not a source for readers of the {sentence.leaflet} leaflet"
        for word in rules(folder)["banned"][language]:
            if re.search(rf"(?i)(?<!\w){word}(?!\w)", sentence.text):
                yield f"{where}: banned word {word}: {sentence.text[:70]}"
    for block in section.blocks:
        for run in block.runs:
            if run.term and run.term not in terms:
                yield f"{where}: unknown term {run.term}"
            if run.article and not _leads_somewhere(run.article, shelf):
                yield f"{where}: broken cross-reference {run.article}"


def _fits(kind: str, leaflet: Leaflet | None) -> bool:
    """A leaflet's own block cites no label of another region: US and EU rules never mix."""
    other = {Leaflet.US: "leaflet-eu", Leaflet.EU: "label-us"}
    return leaflet is None or kind != other.get(leaflet)


def _leads_somewhere(target: str, shelf: dict[str, Article]) -> bool:
    slug, _, anchor = target.partition("#")
    article = shelf.get(slug)
    if article is None:
        return False
    return not anchor or any(section.anchor == anchor for section in article.levels.get(Level.PLAIN, ()))


def _ease(
    folder: Path, language: str, where: str, level: Level, sections: tuple[Section, ...]
) -> Iterator[str]:
    masked = rules(folder)["masked"]
    flat: list[str] = []
    for section in sections:
        for sentence in sentences(section):
            if not sentence.row:
                flat += re.split(r"(?<=[.!?:;])\s+", readability.mask(sentence.text, masked))
    if level is Level.PLAIN:
        for text in flat:
            if len(readability.words(text)) > LONGEST_PLAIN:
                yield f"{where}: a sentence of over {LONGEST_PLAIN} words: {text[:70]}"
        yield from _everyday(folder, language, where, flat)
    band = BANDS.get((language, level))
    if band is None:
        return
    if language == "en" and (grade := readability.flesch_kincaid(flat)) > band:
        yield f"{where}: Flesch-Kincaid grade {grade:.1f} is over {band}"
    if language == "it" and (index := readability.gulpease(flat)) < band:
        yield f"{where}: Gulpease {index:.0f} is under {band}"


def _everyday(folder: Path, language: str, where: str, flat: list[str]) -> Iterator[str]:
    everyday = set(rules(folder)["everyday"][language])
    for term in library.glossary(folder, language).values():
        everyday |= {word.lower() for form in (term.term, *term.forms) for word in readability.words(form)}
    unknown = {
        part
        for text in flat
        for word in readability.words(text)
        for part in re.split(r"[^a-zà-öø-ÿ]+", word.lower())
        if len(part) > 2 and part not in everyday
    }
    for word in sorted(unknown):
        yield f"{where}: {word} is neither an everyday word nor in the glossary"


def _level_numbers(folder: Path, name: str, article: Article) -> Iterator[str]:
    """A number of an easier level must stand in a deeper one too, as it is or unrounded."""
    masked = rules(folder)["masked"]
    found = {
        level: {n for section in sections for s in sentences(section) for n in numbers(s.text, masked)}
        for level, sections in article.levels.items()
    }
    deeper = found[Level.CLINICAL] | found[Level.MORE]
    rounded = {str(round(float(number))) for number in deeper}
    for number in sorted(found[Level.PLAIN] - deeper - rounded):
        yield f"{name}: {number} stands in the plain level only"


def _pair(folder: Path, english: Article, italian: Article) -> Iterator[str]:
    masked = rules(folder)["masked"]
    for level in Level:
        pairs = zip(english.levels.get(level, ()), italian.levels.get(level, ()), strict=False)
        for ours, theirs in pairs:
            where = f"{english.slug}/{level.value}#{ours.anchor}"
            if ours.anchor != theirs.anchor:
                yield f"{where}: the Italian section is {theirs.anchor}"
                continue
            figures = [numbers(" ".join(s.text for s in sentences(each)), masked) for each in (ours, theirs)]
            if figures[0] != figures[1]:
                yield f"{where}: numbers differ between languages: {figures[0]} and {figures[1]}"
            cited = [sorted(source for s in sentences(each) for source in s.sources) for each in (ours, theirs)]
            if cited[0] != cited[1]:
                yield f"{where}: sources differ between languages"


def _tables(folder: Path) -> Iterator[str]:
    known = library.sources(folder)
    for name in ("symptoms.json", "red-flags.json", "icon-arrays.json"):
        text = (folder / "content" / name).read_text(encoding="utf-8")
        for source in re.findall(r'"sources":\s*\[([^\]]*)\]', text):
            for cited in re.findall(r'"([^"]+)"', source):
                if cited not in known:
                    yield f"{name}: unknown source {cited}"


def main() -> int:
    """Print the faults of the content beside this source tree; for writers."""
    import sys

    faults = check(Path(__file__).resolve().parents[2] / "resources")
    sys.stdout.write("\n".join([*faults, f"{len(faults)} faults"]) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
