"""How long Learn takes to open, against the barest page with the same words, and how long a question takes.

Run it by hand: ``python -m tests.benchmarks.bench_learn``. The modules that Today has loaded by then are loaded first;
opening includes the imports of Learn itself, building, laying out and painting. The goals: any page under 100 ms, a
question under 30 ms once warm, and nothing of Learn loaded before.
"""

from __future__ import annotations

import os
import statistics
import sys
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from companion.domain.leaflet import Leaflet
from companion.ui import labels, theme
from companion.ui.pages import today  # noqa: F401 - what the program has loaded when Learn is entered
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.scaffold import Columns, PageScaffold
from companion.ui.widgets.tag import TagLabel
from tests.ui.learn_home import context as make_context

SIZE = (1084, 832)


def shown(app: QApplication, widget: QWidget) -> None:
    """Show a page and paint it."""
    widget.resize(*SIZE)
    widget.show()
    app.processEvents()


def today_like() -> QWidget:
    """Return a page with the kinds of components Today has built by the time Learn is entered."""
    page = PageScaffold("Today", "Saturday")
    columns = Columns(even=True)
    for number in range(2):
        card = Card("Morning", "morning", trailing=TagLabel("Applied"))
        card.add(labels.body("Face, both hands, left knee."))
        card.add(buttons.primary("I applied it") if number else buttons.secondary("Edit"))
        columns.add(card, number)
    page.add(columns)
    page.add(ChipGroup([("a", "Itch"), ("b", "Redness")], "Skin"))
    page.add(InlineMessage("Nothing to make up.", "info"))
    return page


def bare_page(app: QApplication, texts: list[str]) -> float:
    """Return the milliseconds a column of plain labels with the same words takes."""
    started = perf_counter()
    page = QWidget()
    column = QVBoxLayout(page)
    for text in texts:
        label = QLabel(text)
        label.setWordWrap(True)
        column.addWidget(label)
    shown(app, page)
    spent = (perf_counter() - started) * 1000
    page.close()
    return spent


def main() -> None:
    """Print the figures."""
    app = QApplication([])
    theme.apply(app, theme.load("light"))
    shown(app, today_like())
    loaded = [name for name in sys.modules if "learn" in name and name.startswith("companion.ui")]
    print("loaded before Learn is entered:", loaded or "nothing")
    context = make_context()
    started = perf_counter()
    from companion.ui.pages.learn import LearnPage

    page = LearnPage(context)
    page.resize(*SIZE)
    page.show()
    page.enter(None)
    app.processEvents()
    first = (perf_counter() - started) * 1000
    from companion.domain.articles import Level
    from companion.services import learning

    shelf = learning.shelf("en")
    bare = statistics.median(bare_page(app, [each.title + each.summary for each in shelf]) for _ in range(5))
    print(f"index, first time, imports included: {first:.0f} ms ({first / bare:.1f} times bare labels, {bare:.0f} ms)")
    for level in Level:
        context.preferences.level = level.value
        for article in shelf:
            times = []
            for _ in range(4):
                started = perf_counter()
                page.open(article.slug)
                app.processEvents()
                times.append((perf_counter() - started) * 1000)
            texts = [block.text for section in article.levels[level] for block in section.blocks]
            bare = statistics.median(bare_page(app, texts) for _ in range(3))
            ratio = statistics.median(times) / bare
            again = statistics.median(times[1:])
            name = f"{level.value:9}{article.slug:24}"
            print(f"{name} first {times[0]:4.0f} ms, then {again:4.0f} ms, {ratio:4.1f} times bare labels")
    questions(learning)


def questions(learning: object) -> None:
    """Print how long questions take, the first one with the building of the index."""
    from companion.domain.articles import Level

    asked = ("How does topical ruxolitinib work for vitiligo and which Janus kinases does it inhibit?",
             "What are JAK inhibitors?", "What if I forget once?", "Can I swim after putting it on?")  # fmt: skip
    for lang in ("en", "it"):
        times = []
        for question in (*asked, *asked, *asked):
            started = perf_counter()
            learning.ask(question, Level.PLAIN, Leaflet.EU, lang)
            times.append((perf_counter() - started) * 1000)
        print(f"question ({lang}): first {times[0]:.0f} ms, then {statistics.median(times[1:]):.1f} ms,"
              f" slowest {max(times[1:]):.1f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
