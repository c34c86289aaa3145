"""Do all languages say the same things? Asked by the program's self-check and by the tests."""

from __future__ import annotations

import json
from pathlib import Path
from string import Formatter
from typing import Any

from companion.wording.phrases import LANGUAGES

PLURALS = {"one", "other"}


def gaps(folder: Path) -> list[str]:
    """Return what is missing or different between the languages under ``folder`` (``resources/wording``), in words.

    Compared are the rooms, the keys of each, which phrases have plural forms, and the placeholders of each phrase.
    """
    rooms = sorted({path.name for language in LANGUAGES for path in (folder / language).glob("*.json")})
    found: list[str] = [] if rooms else ["no rooms"]
    for room in rooms:
        try:
            books = {each: json.loads((folder / each / room).read_text("utf-8")) for each in LANGUAGES}
        except (OSError, ValueError) as error:
            found.append(f"{room}: {type(error).__name__}")
            continue
        found += _compared(room, books)
    return found


def _compared(room: str, books: dict[str, dict[str, Any]]) -> list[str]:
    found = []
    first = LANGUAGES[0]
    for key in sorted({key for book in books.values() for key in book}):
        without = [language for language, book in books.items() if key not in book]
        if without:
            found.append(f"{room} {key}: not in {', '.join(without)}")
            continue
        found += [f"{room} {key} {language}: {what}" for language in books for what in faults(books[language][key])]
        shapes = {language: _shape(book[key]) for language, book in books.items()}
        found += [f"{room} {key}: {each} differs from {first}" for each in books if shapes[each] != shapes[first]]
    return found


def faults(phrase: Any) -> list[str]:
    """Return what is wrong with one phrase by itself."""
    if isinstance(phrase, str):
        return [] if phrase.strip() else ["empty"]
    if not isinstance(phrase, dict) or set(phrase) != PLURALS:
        return ["neither a text nor the forms one and other"]
    if not all(isinstance(text, str) and text.strip() for text in phrase.values()):
        return ["an empty form"]
    return []


def placeholders(phrase: Any) -> set[str]:
    """Return the names of the placeholders of a phrase, of all its forms together."""
    texts = phrase.values() if isinstance(phrase, dict) else [phrase]
    try:
        return {name for text in map(str, texts) for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"a brace that is not closed"}


def _shape(phrase: Any) -> tuple[bool, set[str]]:
    return isinstance(phrase, dict), placeholders(phrase)
