"""Find the files that are not code: inside the installed package, or beside it in a source tree."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """Return the folder that holds every resource.

    A wheel carries it as ``companion/_resources``; a source tree (and an editable install) has it as
    ``resources`` beside the package.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "_resources", package.parent / "resources"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("resources")


def path(name: str) -> Path:
    """Return the path of one resource, named with forward slashes (``icons/today.svg``)."""
    return root() / name


def read_text(name: str) -> str:
    """Return the UTF-8 text of one resource."""
    return path(name).read_text(encoding="utf-8")
