"""Choose files or a folder of this computer, without leaving a trace of where they were.

Qt writes the folders last visited into a file that all Qt programs share. What stood there is put back afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSettings, QStandardPaths, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

_TRACES = ("FileDialog/history", "FileDialog/lastVisited")


def choose_files(over: QWidget, title: str, kinds: list[str]) -> tuple[Path, ...]:
    """Let the person choose files to open; ``kinds`` are name filters as Qt writes them. Empty when cancelled."""
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    with _no_trace():
        dialog = QFileDialog(over, title, pictures)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(kinds)
        return _run(dialog)


def choose_folder(over: QWidget, title: str, start: Path | None = None) -> Path | None:
    """Let the person choose a folder, beginning in ``start`` or at home; ``None`` when cancelled."""
    with _no_trace():
        dialog = QFileDialog(over, title, str(start or Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return next(iter(_run(dialog)), None)


def choose_target(over: QWidget, title: str, first: Path, kind: str) -> Path | None:
    """Let the person choose the file to write, ``first`` to begin with; ``None`` when cancelled.

    ``kind`` is a name filter as Qt writes them; its suffix is added to a name without one.
    """
    with _no_trace():
        dialog = QFileDialog(over, title, str(first.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(kind)
        dialog.setDefaultSuffix(first.suffix.removeprefix("."))
        dialog.selectFile(first.name)
        return next(iter(_run(dialog)), None)


def _run(dialog: QFileDialog) -> tuple[Path, ...]:
    try:
        if not dialog.exec():
            return ()
        return tuple(Path(url.toLocalFile()) for url in _local(dialog.selectedUrls()))
    finally:
        dialog.setHistory([])
        shiboken6.delete(dialog)  # its end is when Qt writes the traces, so it must come before they are taken back


def _local(urls: list[QUrl]) -> list[QUrl]:
    return [url for url in urls if url.isLocalFile()]


@contextmanager
def _no_trace() -> Iterator[None]:
    shared = QSettings(QSettings.Scope.UserScope, "QtProject")
    before = {key: shared.value(key) for key in _TRACES if shared.contains(key)}
    try:
        yield
    finally:
        for key in _TRACES:
            if key in before:
                shared.setValue(key, before[key])
            else:
                shared.remove(key)
        shared.sync()
