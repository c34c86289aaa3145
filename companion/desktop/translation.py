"""Which of the program's languages to speak: the person's choice, else the computer's, else English."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping

from companion.wording import LANGUAGES


def chosen(preference: str, system: Iterable[str]) -> str:
    """Return a code of ``LANGUAGES``: ``preference`` when it is one, else the first of ``system`` that is, else ``en``.

    ``system`` holds names such as ``it-IT`` or ``de_DE.UTF-8``, most wanted first. Only the first counts as far as the
    program speaks it: a person who wants German, then Italian reads Italian.
    """
    if preference in LANGUAGES:
        return preference
    for name in system:
        code = name.replace("_", "-").split("-")[0].split(".")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def of_environment(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the languages a Unix environment asks for; used before Qt is there to say it."""
    wanted = [name for name in environ.get("LANGUAGE", "").split(":") if name]
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(variable):
            wanted.append(environ[variable])
            break
    return wanted


def of_system() -> list[str]:
    """Return the languages the desktop asks for, most wanted first.

    On Unix the environment says it; asking Qt would cost the start several milliseconds for its tables.
    """
    if os.name == "posix" and sys.platform != "darwin":
        return of_environment()
    from PySide6.QtCore import QLocale

    return list(QLocale.system().uiLanguages())


def twelve_hours() -> bool:
    """Return whether the desktop writes times as 7:42 am. On Unix only after Qt has read the environment's locale."""
    if os.name == "posix" and sys.platform != "darwin":
        import locale

        pattern = locale.nl_langinfo(locale.T_FMT)
        return "%r" in pattern or "%I" in pattern or "%l" in pattern
    from PySide6.QtCore import QLocale

    return "ap" in QLocale.system().timeFormat(QLocale.FormatType.ShortFormat).lower()
