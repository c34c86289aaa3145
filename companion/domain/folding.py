"""Text as a search compares it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def folded(text: str) -> str:
    """Return ``text`` without case and accents, all apostrophes alike: "Perché" is found by "perche".

    Only the letters beyond ASCII are looked at one by one: they are few in any Latin text, and mostly the same.
    """
    if not text.isascii():
        text = _FOREIGN.sub(_plain, text)
    return text.lower()


def _plain(found: re.Match[str]) -> str:
    run = found[0]
    return _letter(run) if len(run) == 1 else _folded_run(run)


def _folded_run(run: str) -> str:
    apart = unicodedata.normalize("NFKD", run.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).replace("\u2019", "'")


_letter = lru_cache(maxsize=1024)(_folded_run)
"""Single letters are kept, whole words are not: what a person wrote is gone with the record."""
