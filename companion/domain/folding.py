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
    return _folded_run(found[0])


@lru_cache(maxsize=2048)
def _folded_run(run: str) -> str:
    apart = unicodedata.normalize("NFKD", run.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).replace("\u2019", "'")
