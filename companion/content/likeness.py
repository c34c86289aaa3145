"""How like a question is to the ways people ask for each section; pure counting, no learning, no network.

Every way of asking is a small bag of word stems. A stem weighs more the fewer sections speak of it; a word of little
meaning ("how", "my", "can") weighs little, but tells "how long" from "how many". A word nobody wrote is taken for the
known word it is one slip away from, or else counts in full against every section.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

LIGHT = 0.6
"""The weight of a word of little meaning; others weigh from about 1 (everywhere) to 4.5 (in one section)."""
PAIR = 0.5
"""The weight of two neighbouring words of which one has little meaning ("how long")."""
SYNONYM = 0.85
SLIP = 0.8
"""What a synonym and a misspelt word keep of a word's weight."""
UNKNOWN = 2.8
"""The weight of a word that no section knows."""
LONG, REST = 16.0, 0.4
"""From this weight on a question is told as a story, and what the rest of its words count: not all of it asks."""
SHARE = 0.7
"""How much more the question counts than the way of asking, when the two are compared."""
LEAST_FUZZY, FUZZY = 5, 0.84
"""From how many letters on, and how alike, an unknown word is taken for a misspelt one."""
BEST, NEXT, WHOLE, OWN = 1.0, 0.3, 0.6, 0.3
"""What the best way of a section counts, the mean of the next two, all its ways together, and its own text."""


@lru_cache(maxsize=16384)
def stem(word: str, language: str) -> str:
    """Return the Snowball stem of a folded word."""
    import snowballstemmer

    return str(_stemmer(language, snowballstemmer).stemWord(word))


@lru_cache(maxsize=4)
def _stemmer(language: str, module: Any) -> Any:
    return module.stemmer({"en": "english", "it": "italian"}[language])


class Ways:
    """The ways of asking for every section of one language."""

    def __init__(
        self,
        language: str,
        stop: frozenset[str],
        synonyms: Mapping[str, frozenset[str]],
        ways: Mapping[str, Sequence[Sequence[str]]],
        texts: Mapping[str, Iterable[str]],
    ) -> None:
        """``ways``: the folded words of each way by section; ``texts``: the words of each section's own text."""
        self._language = language
        self._stop = stop
        self._synonyms = synonyms
        self._sections: list[str] = []
        self._weight_of_way: list[float] = []
        self._postings: dict[str, list[int]] = {}
        self._words: dict[str, str] = {}
        self._rarity: dict[str, float] = {}
        self._own: dict[str, set[str]] = {}
        spoken: dict[str, set[str]] = {}
        for section, text in texts.items():
            for each in self._stems(text):
                self._own.setdefault(each, set()).add(section)
                spoken.setdefault(each, set()).add(section)
        for section, lines in ways.items():
            for words in lines:
                for each in self._stems(words):
                    spoken.setdefault(each, set()).add(section)
        total = len(ways)
        for each, held in spoken.items():
            meant = held.union(*(spoken.get(other, ()) for other in synonyms.get(each, ())))
            # a word is as rare as what it says, and as how it says it
            self._rarity[each] = (math.log(1 + total / len(held)) + math.log(1 + total / len(meant))) / 2
        for section, lines in ways.items():
            for words in lines:
                self._add(section, words)

    def _stems(self, words: Iterable[str]) -> list[str]:
        found = []
        for word in words:
            if word not in self._stop:
                root = self._words.get(word)
                if root is None:
                    root = self._words[word] = stem(word, self._language)
                found.append(root)
        return found

    def _add(self, section: str, words: Sequence[str]) -> None:
        features = self._features(words)
        number = len(self._sections)
        self._sections.append(section)
        self._weight_of_way.append(sum(features.values()))
        for feature in features:
            self._postings.setdefault(feature, []).append(number)

    def _features(self, words: Sequence[str]) -> dict[str, float]:
        """Return the weighed features of a text: stems, ``=light`` words, ``light+stem`` pairs."""
        found: dict[str, float] = {}
        before = ""
        for word in words:
            light = word in self._stop
            root = word if light else (self._words.get(word) or stem(word, self._language))
            if light:
                found["=" + word] = LIGHT
            else:
                found[root] = self._rarity.get(root, LIGHT if root.isdigit() else UNKNOWN)
            if before:
                found[f"{before}+{root}"] = PAIR
            before = word if light else ""
        return found

    def weights(self, words: Sequence[str]) -> dict[str, tuple[float, dict[str, float]]]:
        """Return for each feature of a question its weight and the features that meet it, with what they keep."""
        asked: dict[str, tuple[float, dict[str, float]]] = {}
        for feature, weight in self._features(words).items():
            options = {feature: 1.0}
            if feature[0] != "=" and "+" not in feature:
                for other in self._synonyms.get(feature, ()):
                    options.setdefault(other, SYNONYM)
                known = [self._rarity[each] for each in options if each in self._rarity]
                if known:
                    weight = self._rarity.get(feature, max(known))
            asked[feature] = (weight, options)
        for word in words:
            root = stem(word, self._language)
            if root in asked and not any(each in self._rarity for each in asked[root][1]):
                near = self._near(word)
                if near:
                    others = self._synonyms.get(near, frozenset()) - {near}
                    options = {near: SLIP} | dict.fromkeys(others, SLIP * SYNONYM)
                    asked[root] = (self._rarity[near], options)
        return asked

    def _near(self, word: str) -> str:
        """Return the stem of the one known word that a slip of the finger could have meant, or nothing."""
        if len(word) < LEAST_FUZZY:
            return ""
        like = [
            each
            for each in self._words
            if abs(len(each) - len(word)) <= 2 and (each[0] == word[0] or each[1:3] == word[1:3])
        ]
        close = difflib.get_close_matches(word, like, n=1, cutoff=FUZZY)
        return self._words[close[0]] if close else ""

    def known(self, words: Sequence[str]) -> float:
        """Return which share of a question's meaning is in words the sections know; 1 when it has no such words."""
        shares = [
            (weight, any(option in self._rarity for option in options))
            for feature, (weight, options) in self.weights(words).items()
            if feature[0] != "=" and "+" not in feature
        ]
        whole = sum(weight for weight, _ in shares)
        return sum(weight for weight, is_known in shares if is_known) / whole if whole else 1.0

    def compare(self, words: Sequence[str], without: int = -1) -> dict[str, tuple[float, float]]:
        """Return for each section its score and how much of the question it meets, each 0 to 1.

        It meets what its best way is like, or what its own text holds of the question's words.
        ``without`` leaves one way out, to see how the others do without it.
        """
        asked = self.weights(words)
        whole = sum(weight for weight, _ in asked.values())
        if not whole:
            return {}
        asking = min(whole, LONG) + REST * max(0.0, whole - LONG)
        met: dict[int, float] = {}
        together: dict[str, float] = {}
        own: dict[str, float] = {}
        for weight, options in asked.values():
            best: dict[int, float] = {}
            for option, kept in options.items():
                for number in self._postings.get(option, ()):
                    if kept > best.get(number, 0.0) and number != without:
                        best[number] = kept
            shares: dict[str, float] = {}
            for number, kept in best.items():
                met[number] = met.get(number, 0.0) + weight * kept
                section = self._sections[number]
                shares[section] = max(shares.get(section, 0.0), kept)
            for section, kept in shares.items():
                together[section] = together.get(section, 0.0) + weight * kept
            for section in {each for option in options for each in self._own.get(option, ())}:
                own[section] = own.get(section, 0.0) + weight
        likeness: dict[str, list[float]] = {}
        for number, value in met.items():
            size = max(value, self._weight_of_way[number])
            like = min(1.0, value / (SHARE * asking + (1 - SHARE) * size))
            likeness.setdefault(self._sections[number], []).append(like)
        result = {}
        for section, values in likeness.items():
            values.sort(reverse=True)
            score = BEST * values[0] + NEXT * sum(values[1:3]) / 2 + WHOLE * together[section] / whole
            held = own.get(section, 0.0) / whole
            result[section] = ((score + OWN * held) / (BEST + NEXT + WHOLE + OWN), values[0])
        return result
