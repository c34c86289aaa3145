"""Where the program keeps things on this computer; the window and the command line ask here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

APP = "Companion"
RECORD_VARIABLE = "COMPANION_RECORD"
PASSPHRASE_VARIABLE = "COMPANION_PASSPHRASE"


def record_folder(given: str | Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the absolute folder of the record: ``given``, else ``COMPANION_RECORD``, else the platform's data folder.

    Nothing is looked at or made.
    """
    chosen = given or environ.get(RECORD_VARIABLE)
    if chosen:
        return Path(os.path.abspath(Path(chosen).expanduser()))  # noqa: PTH100 - resolve() would follow links
    import platformdirs

    return platformdirs.user_data_path(APP, appauthor=False) / "record"


def example_folder() -> Path:
    """Return the folder of the example record: in the cache, because it can be made again and is nobody's data."""
    import platformdirs

    return platformdirs.user_cache_path(APP, appauthor=False) / "example"


def preferences_folder() -> Path:
    """Return the folder of what concerns this computer and not the record: language, look, window."""
    import platformdirs

    return platformdirs.user_config_path(APP, appauthor=False)


def log_folder() -> Path:
    """Return the folder of the program's log."""
    import platformdirs

    return platformdirs.user_log_path(APP, appauthor=False)
