"""What is loaded in the background after the first paint: what the first write and the other pages need."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.desktop.tasks import Job
    from companion.services.opened import Opened


def warming(opened: Opened) -> Callable[[Job], None]:
    """Return the work that does it, and tidies the record up."""

    def warm(job: Job) -> None:
        opened.warm()
        for step in (_load_pages, opened.tidy):
            if not job.stopped():
                step()
        opened.tidy()

    return warm


def _load_pages() -> None:
    """Load the code of every page: most of what the first visit to one would wait for."""
    from companion.ui import rooms

    for room in rooms.standing():
        room.page_class()
