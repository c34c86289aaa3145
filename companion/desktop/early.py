"""Opening the record while Qt's windows are still being loaded: both take their time, and neither needs the other."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from companion.desktop.options import Options
from companion.services import folders

if TYPE_CHECKING:
    from companion.services.opened import Opened


class Early(threading.Thread):
    """Opens a record that needs no word from the person, on a thread, while Qt's windows are being loaded."""

    def __init__(self, options: Options, folder: Path) -> None:
        super().__init__(name="companion-early", daemon=True)
        self._options = options
        self._folder = folder
        self.opened: Opened | None = None
        self.error: Exception | None = None
        self.absent = False
        """Whether there is no record yet."""

    def run(self) -> None:
        """Open the record, or keep the reason why not."""
        try:
            self.opened = self._open()
        except Exception as error:  # noqa: BLE001 - handed whole to the GUI thread, which tells them apart
            self.error = error

    def _open(self) -> Opened | None:
        """Return the open record, or ``None`` where there is none yet or the person has to unlock it."""
        from companion.services import opening
        from companion.services.opened import services_of

        folder, options = self._folder, self._options
        if folder == folders.example_folder():
            from companion.services import example

            if not example.is_fresh(folder, options.clock):
                return None
        found = opening.look(folder)
        self.absent = found.absent
        if found.absent or (found.needs_secret and options.passphrase is None):
            return None
        by_word = found.needs_secret and options.passphrase is not None
        record = opening.open_with(folder, options.passphrase or "") if by_word else opening.open_record(folder)
        return services_of(record, options.clock)
