"""Phrases by key. One JSON file a room and language, read when the room is first entered.

A key is ``room.rest``; the file is ``resources/wording/<language>/<room>.json``. A value is a text with
``{placeholders}``, or ``{"one": text, "other": text}`` chosen by the value named ``count``. English and Italian
share these two plural classes for the whole numbers that occur here (CLDR 46, cardinal rules for en and it).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache

from companion.wording import resources

LANGUAGES = ("en", "it")

Phrase = str | dict[str, str]


class Phrasebook:
    """The phrases of one language."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no phrases for language {language!r}")
        self.language = language
        self._rooms: dict[str, dict[str, Phrase]] = {}

    def room(self, name: str) -> dict[str, Phrase]:
        """Return every phrase of one room, keyed without the room's name."""
        if name not in self._rooms:
            self._rooms[name] = json.loads(resources.read_text(f"wording/{self.language}/{name}.json"))
        return self._rooms[name]

    def say(self, key: str, /, **values: object) -> str:
        """Return the phrase for ``key`` with its placeholders filled.

        Raises:
            KeyError: no such room, phrase or value. Phrases are part of the program, so this is a bug and
                the tests walk over all of them.
        """
        room, _, name = key.partition(".")
        try:
            phrase = self.room(room)[name]
        except FileNotFoundError:
            raise KeyError(key) from None
        if isinstance(phrase, dict):
            phrase = phrase["one" if values["count"] == 1 else "other"]
        if not values:
            return phrase
        return (_elided(phrase, values) if self.language == "it" else phrase).format_map(values)

    def has(self, key: str) -> bool:
        """Return whether there is a phrase for ``key``."""
        room, _, name = key.partition(".")
        try:
            return name in self.room(room)
        except FileNotFoundError:
            return False


_BEFORE_A_VALUE = re.compile(r"\b(?:([Ii])l|([Dd]a|[Aa]|[Dd]e|[Nn]e|[Ss]u)l) \{(\w+)\}")
_VOWEL = re.compile(r"(8\d*|11)(?!\d)")


def _elided(phrase: str, values: Mapping[str, object]) -> str:
    """Return an Italian phrase with its articles elided before eight and eleven: *l’8 novembre*, *dall’11*.

    Only the article that stands right before a placeholder is looked at, never what fills it.
    """

    def short(found: re.Match[str]) -> str:
        alone, with_it, name = found.groups()
        if not _VOWEL.match(str(values[name])):
            return found.group()
        return f"{'L' if alone == 'I' else 'l'}’{{{name}}}" if alone else f"{with_it}ll’{{{name}}}"

    return _BEFORE_A_VALUE.sub(short, phrase)


@cache
def phrasebook(language: str) -> Phrasebook:
    """Return the phrasebook of ``language`` (``en`` or ``it``), made once."""
    return Phrasebook(language)


class _Current:
    """The language the program speaks now; the one piece of state here, as in every gettext program."""

    book = phrasebook("en")


def use_language(language: str) -> None:
    """Speak ``language`` from now on. Widgets built before keep their words: rebuild them."""
    _Current.book = phrasebook(language)


def current() -> Phrasebook:
    """Return the phrasebook in use now."""
    return _Current.book


def language() -> str:
    """Return the code of the language spoken now."""
    return _Current.book.language


def say(key: str, /, **values: object) -> str:
    """Return the phrase for ``key`` in the language spoken now; see :meth:`Phrasebook.say`."""
    return _Current.book.say(key, **values)
