"""``companion photos``: bring photos in, list them, write them out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.cli import parsing, photo_measure, places
from companion.cli.desk import Desk
from companion.domain.moments import local
from companion.domain.photos import Photo
from companion.domain.treatment import Place
from companion.services.album import Brought, Refused, sources_of
from companion.wording import dates, say

if TYPE_CHECKING:
    from companion.services.opened import Opened

PAGE = 500


def add(commands: Any) -> None:
    """Add the subcommand."""
    command = commands.add_parser("photos", help=say("cli.photos.about"), description=say("cli.photos.more"))
    parsing.add_globals(command)
    kinds = command.add_subparsers(dest="kind", required=True, metavar="WHAT", title=say("cli.photos.kinds"))
    bring = kinds.add_parser("add", help=say("cli.photos.add"), description=say("cli.photos.add_more"))
    parsing.add_globals(bring)
    bring.add_argument("--place", required=True, metavar="PLACE", help=say("cli.photos.add_place"))
    bring.add_argument("files", nargs="+", metavar="FILE", help=say("cli.photos.files"))
    bring.set_defaults(run=run_add)
    listed = kinds.add_parser("list", help=say("cli.photos.list"), description=say("cli.photos.list_more"))
    listed.set_defaults(run=run_list)
    export = kinds.add_parser("export", help=say("cli.photos.export"), description=say("cli.photos.export_more"))
    export.add_argument("folder", metavar="DIR", help=say("cli.photos.folder"))
    export.set_defaults(run=run_export)
    photo_measure.add(kinds)
    for each in (listed, export):
        parsing.add_globals(each)
        each.add_argument("--place", metavar="PLACE", help=say("cli.photos.of_place"))
        each.add_argument("--intimate", action="store_true", help=say("cli.photos.intimate"))


def run_add(desk: Desk) -> int:
    """Bring photos in. What cannot be used is named, and does not stop the others."""
    sources = sources_of(Path(each).expanduser() for each in desk.options.files)
    with desk.opened() as services:
        place = places.find(desk.options.place, services.care.places(include_archived=True))
        brought = services.album.bring_in(sources, place.id, progress=_progress(desk))
    value = {
        "kind": "photos",
        "place": place.region,
        "added": list(brought.added),
        "duplicates": list(brought.duplicates),
        "refused": [
            {"file": each.name, "reason": each.reason.value, "message": _why(each)} for each in brought.refused
        ],
    }
    desk.out.answer(value, _brought(brought, place))
    for each in () if desk.out.json else brought.refused:
        desk.out.complain(each.reason.value, say("cli.photos.refused", file=each.name, why=_why(each)))
    return 1 if brought.refused else 0


def run_list(desk: Desk) -> int:
    """List the photos, oldest first. Intimate places only when asked for."""
    with desk.opened() as services:
        photos, known, hidden = _chosen(desk, services)
    values = [_value(photo, known) for photo in photos]
    lines = [_line(photo, known) for photo in photos] or [say("cli.photos.none")]
    desk.out.answer(values, lines)
    _tell_hidden(desk, hidden)
    return 0


def run_export(desk: Desk) -> int:
    """Write the cleaned originals into a folder."""
    folder = Path(os.path.abspath(Path(desk.options.folder).expanduser()))  # noqa: PTH100
    with desk.opened() as services:
        photos, known, hidden = _chosen(desk, services)
        written = services.album.export(photos, folder, lambda photo: _file_name(photo, known))
    lines = [say("cli.photos.exported_none")]
    if written:
        lines = [
            say("cli.photos.exported", count=len(written), folder=folder),
            say("cli.export.not_encrypted", count=len(written)),
        ]
    desk.out.answer({"folder": str(folder), "files": [str(path) for path in written], "hidden": hidden}, lines)
    _tell_hidden(desk, hidden)
    return 0


def _chosen(desk: Desk, services: Opened) -> tuple[list[Photo], dict[int, Place], int]:
    """Return the photos asked for, oldest first, the places by id, and how many intimate ones are left out.

    A place that was named is asked for.
    """
    known = {place.id: place for place in services.care.places(include_archived=True)}
    wanted = places.find(desk.options.place, tuple(known.values())).id if desk.options.place else None
    photos = list(_pages(services, wanted))
    private = {number for number, place in known.items() if place.intimate}
    everything = wanted is not None or desk.options.intimate
    shown = [photo for photo in photos if everything or photo.place_id not in private]
    return shown[::-1], known, len(photos) - len(shown)


def _pages(services: Opened, place_id: int | None) -> Iterator[Photo]:
    before = None
    while page := services.album.page(place_id, PAGE, before):
        yield from page
        before = page[-1].taken_at


def _tell_hidden(desk: Desk, hidden: int) -> None:
    if hidden:
        desk.out.tell(say("cli.photos.hidden", count=hidden))


def _value(photo: Photo, known: dict[int, Place]) -> dict[str, object]:
    place = known.get(photo.place_id) if photo.place_id is not None else None
    return {
        "id": photo.id,
        "place": place.region if place else None,
        "name": places.described(place) if place else None,
        "taken_at": local(photo.taken_at, photo.zone).isoformat(timespec="seconds"),
        "taken_from": photo.taken_source.value,
        "format": photo.picture_format,
        "width": photo.width,
        "height": photo.height,
    }


def _line(photo: Photo, known: dict[int, Place]) -> str:
    place = known.get(photo.place_id) if photo.place_id is not None else None
    taken = local(photo.taken_at, photo.zone)
    return say(
        "cli.photos.line",
        id=photo.id,
        day=dates.short_day_year(taken.date()),
        time=dates.clock_time(taken),
        place=places.described(place) if place else say("cli.photos.no_place"),
        width=photo.width,
        height=photo.height,
        format=photo.picture_format.upper(),
    )


def _file_name(photo: Photo, known: dict[int, Place]) -> str:
    place = known.get(photo.place_id) if photo.place_id is not None else None
    return f"{local(photo.taken_at, photo.zone):%Y-%m-%d}_{place.region if place else 'photo'}"


def _why(each: Refused) -> str:
    return say(f"cli.refused.{each.reason.value}")


def _brought(brought: Brought, place: Place) -> list[str]:
    lines = [say("cli.photos.added", count=len(brought.added), place=places.described(place))]
    if brought.duplicates:
        lines.append(say("cli.photos.duplicates", count=len(brought.duplicates)))
    return lines


def _progress(desk: Desk) -> Any:
    if desk.out.json or not sys.stderr.isatty():
        return None

    def tell(done: int, of: int) -> None:
        print("\r" + say("cli.photos.progress", done=done, of=of), end="\n" if done == of else "", file=sys.stderr)

    return tell
