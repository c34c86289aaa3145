"""How smooth the photos page is on five thousand photos: switching to it, scrolling, and comparing frame by frame.

Run it by hand: ``python -m tests.benchmarks.bench_photos``. It needs no display. Every figure stands beside one of a
bare widget or a bare copy of pixels taken in the same run. The goals: a switch under 100 ms, a frame of the comparison
at most 8 ms, and the window never held for more than 50 ms while pictures are fetched.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QWidget

from companion.imaging.synthetic import draw_skin
from companion.services.album import Source
from companion.ui import theme
from companion.ui.pages.photos import PhotosPage
from companion.ui.widgets.compare_view import CompareView, Mode, Shown
from companion.ui.widgets.photo_view_picture import Picture, decoded
from tests.support.home import at
from tests.support.stage import Stage

PHOTOS = 5000
WINDOW = (1724, 1080)
VIEW = (1920, 1080)
ROUNDS = 120
PAUSE = Event()
"""Waiting for it lets the workers work; Qt's own sleep would hold the interpreter's lock."""


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long ``act`` takes."""
    started = perf_counter()
    act()
    return (perf_counter() - started) * 1000


def described(name: str, times: list[float], bare: float) -> str:
    """Return one line: median, 99th percentile, worst, and the ratio of the median to the bare figure."""
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    middle = statistics.median(times)
    ratio = middle / bare
    return f"{name:<34} median {middle:7.2f} ms  p99 {p99:7.2f}  worst {ordered[-1]:7.2f}  {ratio:6.1f} x bare"


def grown(stage: Stage) -> None:
    """Fill the record: twelve real pictures in the vault, shown by five thousand rows over ten years."""
    sources = [
        Source(f"{place}{n}", data=draw_skin(place, 1 + n, 0.8, size=(640, 480)))
        for place in ("cheek", "hand", "knee")
        for n in range(4)
    ]
    stage.context.album.bring_in(sources, 1)
    kept = stage.context.album.page()
    with stage.home.services.record.unit_of_work() as work:
        for n in range(PHOTOS - len(kept)):
            taken = at(8) - timedelta(hours=17 * n)
            like = kept[n % len(kept)]
            work.photos.add(replace(like, id=0, place_id=1 + n % 3, taken_at=taken, raw_hash=f"{n:064x}"))


def painted(stack: QStackedWidget, page: QWidget) -> None:
    """Bring a page to the front and have it laid out and painted, as a switch of pages does."""
    stack.setCurrentWidget(page)
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def switching(stage: Stage, stack: QStackedWidget) -> PhotosPage:
    """Print how long the first and the later switches to the page take."""
    stack.resize(*WINDOW)
    stack.show()
    QApplication.processEvents()
    bare = QLabel("Photos")
    stack.addWidget(bare)
    other = QLabel("Today")
    stack.addWidget(other)
    bare_times = []
    for _ in range(30):
        painted(stack, other)
        bare_times.append(milliseconds(lambda: painted(stack, bare)))
    floor = statistics.median(bare_times)
    pages: list[PhotosPage] = []

    def first() -> None:
        page = PhotosPage(stage.context)
        pages.append(page)
        stack.addWidget(page)
        page.enter()
        painted(stack, page)

    times = [milliseconds(first)]
    print(described("first switch, page built", times, floor))
    page = pages[0]
    settle(stage)
    later = []
    for _ in range(30):
        painted(stack, other)
        later.append(milliseconds(lambda: (page.enter(), painted(stack, page))))
    print(described("switch, nothing changed", later, floor))
    fresh = []
    for _ in range(10):
        painted(stack, other)
        page._stale = page._stale.__class__(photos=True)
        fresh.append(milliseconds(lambda: (page.enter(), painted(stack, page))))
        settle(stage)
    print(described("switch, photos changed", fresh, floor))
    return page


def settle(stage: Stage) -> float:
    """Let the background work end; return the longest the window was held, in ms."""
    worst = 0.0
    quiet = 0
    while quiet < 5:
        before = perf_counter()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        worst = max(worst, (perf_counter() - before) * 1000)
        PAUSE.wait(0.002)
        quiet = 0 if stage.tasks.busy() else quiet + 1
    return worst


def scrolling(stage: Stage, page: PhotosPage) -> None:
    """Print what a page down costs while pictures come in, and how long the window is held by their coming."""
    grid = page.timeline.grid
    bar = grid.verticalScrollBar()
    bare = QWidget()
    bare.resize(*WINDOW)
    bare.show()
    QApplication.processEvents()
    floor = statistics.median(milliseconds(bare.repaint) for _ in range(30))
    frames, held = [], 0.0
    for n in range(ROUNDS):
        bar.setValue(n * bar.maximum() // ROUNDS)
        frames.append(milliseconds(grid.viewport().repaint))
        before = perf_counter()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        held = max(held, (perf_counter() - before) * 1000)
        PAUSE.wait(0.004)
    print(described("timeline, a whole new screen", frames, floor))
    settle(stage)
    steps = []
    start = bar.value() - bar.pageStep()
    for n in range(ROUNDS):
        bar.setValue(start + n * 8)
        steps.append(milliseconds(grid.viewport().repaint))
    print(described("timeline, scrolled by 8 px", steps, floor))
    print(f"{'window held while scrolling':<34} worst  {held:7.2f} ms")


def picture(megapixels: tuple[int, int] = (2016, 1512)) -> Picture:
    """Return a picture of the size that is kept of a photo of 12 or of 48 megapixels."""
    made = decoded(draw_skin("hand", 4, 0.7, size=megapixels))
    assert made is not None
    return made


def comparing() -> None:
    """Print the time of a frame in each mode, against one bare copy of a picture of the size of the view."""
    app = QApplication.instance()
    assert app is not None
    first, second = picture(), picture()
    view = CompareView()
    view.resize(*VIEW)
    view.show_pair(Shown("one", "24 Aug, week 2", first), Shown("two", "21 Nov, week 14", second))
    view.show()
    view.sharpen_now()
    QApplication.processEvents()
    image = QImage(*VIEW, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkYellow)
    target = QImage(*VIEW, QImage.Format.Format_RGB32)

    def copy() -> None:
        painter = QPainter(target)
        painter.drawImage(0, 0, image)
        painter.end()

    floor = statistics.median(milliseconds(copy) for _ in range(60))
    print(f"{'one bare copy of the view':<34} median {floor:7.2f} ms")
    for mode in Mode:
        view.set_mode(mode)
        view.play(False)
        view.show_whole()
        view.sharpen_now()
        print(described(f"{mode.value}: still, whole frame", [milliseconds(view.repaint) for _ in range(60)], floor))
        if mode in (Mode.SLIDE, Mode.OVERLAY):
            print(described(f"{mode.value}: dragging", moving(view, dragged), floor))
        view.zoom_by(1.6)
        view.sharpen_now()
        print(described(f"{mode.value}: panning at 1.6 x", moving(view, panned), floor))
        view.zoom_by(2.5)
        print(described(f"{mode.value}: panning at 4 x", moving(view, panned), floor))
        view.show_whole()
        print(described(f"{mode.value}: zooming", moving(view, zoomed), floor))
    for scale in (1.0, 1.7):
        view.set_mode(Mode.SLIDE)
        view.show_whole()
        view.zoom_by(scale)
        first.prepare(0, 0)
        second.prepare(0, 0)
        print(f"{f'copies of the exact size, {scale} x':<34} once   {milliseconds(view.sharpen_now):7.2f} ms")


def moving(view: CompareView, move: Callable[[CompareView, int], None]) -> list[float]:
    """Return the times of frames while something moves."""
    times = []
    for n in range(ROUNDS):
        move(view, n)
        times.append(milliseconds(QApplication.processEvents))
    return times


def dragged(view: CompareView, n: int) -> None:
    """Move the divider or the mix."""
    view.set_share(0.1 + 0.8 * (n % 60) / 60)


def panned(view: CompareView, n: int) -> None:
    """Move the photos."""
    view.pan(9 if (n // 20) % 2 else -9, 5 if (n // 15) % 2 else -5)


def zoomed(view: CompareView, n: int) -> None:
    """Come a little closer, and back."""
    view.zoom_by(1.03 if (n // 40) % 2 == 0 else 1 / 1.03)
    view._settle.stop()


def opening(stage: Stage, page: PhotosPage) -> None:
    """Print how long the window is held while a photo is fetched and shown."""
    ids = [photo.id for photo in page.gallery.photos()[:12]]
    worst = 0.0
    for number in ids:
        page.show_photo(number)
        worst = max(worst, settle(stage))
    print(f"{'window held, photo after photo':<34} worst  {worst:7.2f} ms")


def main() -> None:
    """Print every figure."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.load("light"))
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        grown(stage)
        stage.home.services.record.warm()
        stack = QStackedWidget()
        page = switching(stage, stack)
        scrolling(stage, page)
        opening(stage, page)
        comparing()
        stage.close()


if __name__ == "__main__":
    main()
