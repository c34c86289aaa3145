"""Which living picture an article has: named in its front matter, built when the article is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.domain.articles import Article, Level
from companion.services import learning
from companion.ui.pages.learn.words import ReadingWords

if TYPE_CHECKING:
    from companion.ui.widgets.mechanism_card import PictureCard

ARRAY = "icon-array:"
MORE_RESULTS = {"true-v-week24": ("phase2-week24", "extension-year1")}
"""Results that are offered beside those an article names."""
TITLES = {"side-effects": "side-effects", "extension-year1": "stopping"}


def picture_of(article: Article, level: Level, words: ReadingWords) -> PictureCard | None:
    """Return the picture of an article, or ``None``. Each kind is imported when it is first shown."""
    if article.picture == "mechanism":
        from companion.ui.widgets.mechanism import LoopCard

        return LoopCard(words, level)
    if article.picture == "cytokines":
        from companion.ui.widgets.mechanism_signals import SignalsCard

        return SignalsCard(words, level, learning.signals(level, words.lang), learning.blockers(level, words.lang))
    if article.picture == "return":
        from companion.ui.widgets.mechanism_return import ReturnCard

        return ReturnCard(words, level)
    if article.picture.startswith(ARRAY):
        return _arrays(article.picture.removeprefix(ARRAY), level, words)
    return None


def _arrays(key: str, level: Level, words: ReadingWords) -> PictureCard:
    from companion.ui.widgets.icon_array import ArrayCard

    known = learning.icon_arrays(words.lang)
    arrays = [known[each] for each in (*learning.members(key), *MORE_RESULTS.get(key, ()))]
    title = words.say(f"mechanism.array.title.{TITLES.get(key, 'trials')}")
    short = [_short(array, words) for array in arrays]
    return ArrayCard(words, level, title, arrays, short)


def _short(array: learning.IconArray, words: ReadingWords) -> str:
    """Return the name of a result for its chip: the trial's, or what was noticed."""
    key = f"mechanism.array.short.{array.id}"
    return words.say(key) if words.book.has(key) else array.title
