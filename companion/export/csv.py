"""Tables for a spreadsheet or a statistics program: one tidy file a kind, one row an observation.

UTF-8 (RFC 4180: quoted, CRLF), names of columns and codes in English and stable, days as ``YYYY-MM-DD``, times as ISO
8601 with the offset of the place they happened in. A text that a spreadsheet would take for a formula gets an
apostrophe in front, as spreadsheets do themselves (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from companion.domain.dosing import Application
from companion.domain.moments import local
from companion.domain.photos import Photo
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.treatment import Place, Treatment, Tube

Value = str | int | float | bool | Decimal | date | datetime | time | None

_STARTS = frozenset("=+-@")


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of thing: the file is called ``name`` + ``.csv``."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def encoded(self) -> bytes:
        """Return the file's bytes."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([_cell(value) for value in row] for row in self.rows)
        return out.getvalue().encode("utf-8", errors="replace")


def safe(text: str) -> str:
    """Return ``text`` as a cell that no spreadsheet runs: an apostrophe before what begins like a formula.

    NUL is dropped, because readers stop at it. White space and signs of full width count, as some spreadsheets
    normalise them; so do invisible characters.
    """
    whole = text.replace("\0", "")
    for character in unicodedata.normalize("NFKC", whole):
        if character.isspace() or unicodedata.category(character) in ("Cc", "Cf"):
            continue
        return f"'{whole}" if character in _STARTS else whole
    return whole


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | float):
        return repr(value)
    return safe(value)


def listed(ids: Iterable[int], names: Mapping[int, str]) -> tuple[str, str]:
    """Return ids, and what they are called, as two cells."""
    known = list(ids)
    return " ".join(map(str, known)), "; ".join(names.get(each, "") for each in known)


def treatment(value: Treatment | None) -> Table:
    """Return the treatment's leaflet and days, one row for each pair of times that held.

    Other weekdays are ISO numbers (Monday is 1) with their own two times.
    """
    rows: tuple[tuple[Value, ...], ...] = ()
    if value is not None:
        rows = tuple(
            (
                value.leaflet.value,
                value.started_on,
                value.ended_on,
                each.valid_from,
                each.morning,
                each.evening,
                " ".join(map(str, sorted(each.other_days))),
                each.other_morning,
                each.other_evening,
            )
            for each in value.times
        )
    columns = (
        "leaflet", "started_on", "ended_on", "times_valid_from", "morning", "evening", "other_weekdays",
        "other_morning", "other_evening",
    )  # fmt: skip
    return Table("treatment", columns, rows)


def pauses(value: Treatment | None) -> Table:
    """Return the days on which the treatment was, or will be, paused; one without an end has no last day."""
    rows = () if value is None else tuple((each.id, each.first, each.last) for each in value.pauses)
    return Table("pauses", ("id", "first_day", "last_day"), rows)


def places(values: Sequence[Place], names: Mapping[int, str]) -> Table:
    """Return the places; ``names`` is what each is called in words."""
    columns = ("id", "region", "name", "handprints", "treated", "intimate", "archived")
    rows = tuple(
        (each.id, each.region, names.get(each.id, ""), each.handprints, each.treated, each.intimate, each.archived)
        for each in values
    )
    return Table("places", columns, rows)


def applications(values: Iterable[Application], names: Mapping[int, str]) -> Table:
    """Return the words about slots: what was applied, skipped and missed. What is not there was not recorded."""
    columns = (
        "id", "day", "slot", "further", "outcome", "at", "zone", "place_ids", "places", "grams", "note",
    )  # fmt: skip
    rows = tuple(
        (
            each.id,
            each.slot.day,
            each.slot.part.value,
            each.ordinal,
            each.outcome.value,
            local(each.at, each.zone),
            each.zone,
            *listed(each.places, names),
            each.grams,
            each.note,
        )
        for each in values
    )
    return Table("applications", columns, rows)


def symptoms(values: Iterable[SymptomEntry], codes: Mapping[str, str], names: Mapping[int, str]) -> Table:
    """Return the side effects as they were told; ``codes`` gives each code's plain name."""
    columns = (
        "id", "code", "name", "at", "zone", "bad", "bothers", "place_ids", "places", "ended_on", "action",
        "told_doctor", "note",
    )  # fmt: skip
    rows = tuple(
        (
            each.id,
            each.code,
            codes.get(each.code, each.code),
            local(each.at, each.zone),
            each.zone,
            each.bad,
            each.bothers,
            *listed(each.places, names),
            each.ended_on,
            each.action,
            each.told_doctor,
            each.note,
        )
        for each in values
    )
    return Table("symptoms", columns, rows)


def notes(values: Iterable[NoteEntry]) -> Table:
    """Return the free notes."""
    rows = tuple((each.id, local(each.at, each.zone), each.zone, each.text) for each in values)
    return Table("notes", ("id", "at", "zone", "text"), rows)


def tubes(values: Iterable[Tube]) -> Table:
    """Return the tubes."""
    columns = ("id", "grams", "opened_on", "finished_on", "lot", "expires_on", "crystals")
    rows = tuple(
        (each.id, each.grams, each.opened_on, each.finished_on, each.lot, each.expires_on, each.crystals)
        for each in values
    )
    return Table("tubes", columns, rows)


def photos(values: Iterable[Photo], names: Mapping[int, str]) -> Table:
    """Return what is known of the photos; the pictures themselves are exported apart."""
    columns = (
        "id", "place_id", "place", "taken_at", "zone", "taken_from", "kind", "format", "width", "height", "sha256",
        "note",
    )  # fmt: skip
    rows = tuple(
        (
            each.id,
            each.place_id,
            names.get(each.place_id, "") if each.place_id is not None else "",
            local(each.taken_at, each.zone),
            each.zone,
            each.taken_source.value,
            each.kind.value,
            each.picture_format,
            each.width,
            each.height,
            each.stored_hash,
            each.note,
        )
        for each in values
    )
    return Table("photos", columns, rows)
