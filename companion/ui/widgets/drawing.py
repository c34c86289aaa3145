"""Read a drawn line: the small part of SVG path syntax the pictures use (``M L C Q Z``, absolute)."""

from __future__ import annotations

import re

from PySide6.QtGui import QPainterPath

_TOKEN = re.compile(r"[MLCQZ]|-?\d*\.?\d+")
_COUNTS = {"M": 2, "L": 2, "C": 6, "Q": 4, "Z": 0}


def path(text: str) -> QPainterPath:
    """Return the path drawn by ``text``.

    Raises:
        ValueError: the text holds something else.
    """
    made = QPainterPath()
    tokens = _TOKEN.findall(text)
    at = 0
    verb = ""
    while at < len(tokens):
        if tokens[at] in _COUNTS:
            verb = tokens[at]
            at += 1
        count = _COUNTS.get(verb)
        if count is None:
            raise ValueError(f"not a path: {text[:20]!r}")
        numbers = [float(token) for token in tokens[at : at + count]]
        at += count
        if verb == "M":
            made.moveTo(*numbers)
        elif verb == "L":
            made.lineTo(*numbers)
        elif verb == "C":
            made.cubicTo(*numbers)
        elif verb == "Q":
            made.quadTo(*numbers)
        else:
            made.closeSubpath()
            verb = ""
    return made
