"""How hard a text is to read: Flesch-Kincaid grade for English, Gulpease index for Italian.

Both only count; they do not understand. Names of drugs, genes and studies are masked by one short word, because a
reader meets them as labels (the glossary explains them), and because Gulpease counts letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ0-9]+(?:[.,][0-9]+)?")


def words(text: str) -> list[str]:
    """Return the words and numbers of a text."""
    return _WORD.findall(text.replace("’", "'"))


def syllables(word: str) -> int:
    """Return the number of syllables of an English word, about: vowel groups, less silent endings."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", letters))
    if count > 1 and letters.endswith("e") and not letters.endswith(("le", "ee", "ie")):
        count -= 1
    if count > 1 and re.search(r"[^aeiouytd]ed$", letters):
        count -= 1
    return max(1, count)


def mask(text: str, names: Iterable[str]) -> str:
    """Return ``text`` with each of ``names`` (regular expressions, whole words, any case) replaced by ``name``."""
    pattern = "|".join(names)
    return re.sub(rf"(?i)(?<![\w-])(?:{pattern})(?![\w-])", "name", text) if pattern else text


def flesch_kincaid(sentences: Iterable[str]) -> float:
    """Return the US school grade of English sentences (Kincaid and others 1975)."""
    lists = [found for sentence in sentences if (found := words(sentence))]
    count = sum(map(len, lists))
    if not count:
        return 0.0
    spoken = sum(syllables(word) for found in lists for word in found)
    return 0.39 * count / len(lists) + 11.8 * spoken / count - 15.59


def gulpease(sentences: Iterable[str]) -> float:
    """Return the Gulpease index of Italian sentences, 0 (hard) to 100 (easy) (Lucisano and Piemontese 1988)."""
    lists = [found for sentence in sentences if (found := words(sentence))]
    count = sum(map(len, lists))
    if not count:
        return 100.0
    letters = sum(len(word) for found in lists for word in found)
    return max(0.0, min(100.0, 89 + (300 * len(lists) - 10 * letters) / count))
