"""Decode the copies that the intake worker made, on whatever thread asks."""

from __future__ import annotations

from PySide6.QtGui import QImage


def image_of(data: bytes) -> QImage:
    """Return the image of one of our own JPEG copies; a null image when it is none.

    The format is named on purpose. Left to guess, Qt asks every plugin, and the one for SVG connects signals: on a
    worker that holds Python's lock it waits for the GUI thread, which waits for Python's lock when it disconnects
    something at that moment. Both then wait for ever (seen).
    """
    return QImage.fromData(data, "JPEG")  # type: ignore[arg-type,unused-ignore]  # the stub wants bytes, the call text
