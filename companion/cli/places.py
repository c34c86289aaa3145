"""Which place somebody means: by its code, its name in either language, or the person's own name for it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from companion.cli import parsing
from companion.cli.parsing import Usage
from companion.content.reactions import fold
from companion.domain.body import Region
from companion.domain.errors import PersonError
from companion.domain.treatment import Place
from companion.services.treatment import Care, NewPlace
from companion.wording import LANGUAGES, phrasebook
from companion.wording.places import place_name, region_name


class PlaceUnclear(PersonError):
    """No place, or several, answer to a text; ``names`` are those the record has, or those it could be."""

    def __init__(self, key: str, text: str, places: Sequence[Place]) -> None:
        super().__init__(key, text=text, names=", ".join(described(place) for place in places) or "-")


def described(place: Place) -> str:
    """Return what a place is called, with its region where the person gave it another name."""
    name = place_name(place)
    region = region_name(place.region)
    return name if name == region else f"{name} ({region})"


def find(text: str, places: Sequence[Place]) -> Place:
    """Return the one place that ``text`` names. Raises :class:`PlaceUnclear`."""
    wanted = _forms(text)
    for names in (_own, _code, _names):
        found = [place for place in places if wanted & names(place)]
        active = [place for place in found if not place.archived] or found
        if len(active) > 1:
            # A place that only a side effect was noted on does not make the treated one of its region unclear.
            active = [place for place in active if place.treated] or active
        if len(active) > 1:
            raise PlaceUnclear("place_ambiguous", text, active)
        if active:
            return active[0]
    raise PlaceUnclear("unknown_place", text, [place for place in places if not place.archived])


def find_all(text: str, places: Sequence[Place]) -> tuple[int, ...]:
    """Return the ids of the places named in ``text``, which are separated by commas, each once."""
    return tuple(dict.fromkeys(find(each, places).id for each in text.split(",") if each.strip()))


def noted(text: str, care: Care) -> tuple[int, ...]:
    """Return the ids of the places named in ``text``; a region the record has not yet is added as untreated.

    Raises :class:`PlaceUnclear` before anything is added.
    """
    known = care.places(include_archived=True)
    wanted = [_known_or_region(each, known) for each in text.split(",") if each.strip()]
    return tuple(dict.fromkeys(each if isinstance(each, int) else care.noted_place(each.value).id for each in wanted))


def _known_or_region(text: str, known: Sequence[Place]) -> int | Region:
    try:
        return find(text, known).id
    except PlaceUnclear as unclear:
        region = _region(text)
        if unclear.key != "unknown_place" or region is None:
            raise
        return region


def new_place(text: str) -> NewPlace:
    """Return a place to be added, written ``REGION`` or ``REGION:HANDPRINTS``."""
    name, _, size = text.partition(":")
    region = _region(name)
    if region is None:
        raise Usage("usage.region", text=name, names=", ".join(each.value for each in Region))
    return NewPlace(region.value, parsing.handprints(size) if size else Decimal("0.5"))


def _folded(text: str) -> str:
    return " ".join(fold(text))


def _forms(text: str) -> set[str]:
    # Names in other alphabets fold to nothing, so they are compared as they are too.
    return {_folded(text), text.strip().casefold()} - {""}


def _own(place: Place) -> set[str]:
    return _forms(place.label)


def _code(place: Place) -> set[str]:
    return {_folded(place.region)}


def _names(place: Place) -> set[str]:
    return {_folded(region_name(place.region, phrasebook(language))) for language in LANGUAGES}


def _region(text: str) -> Region | None:
    wanted = _folded(text)
    return next((each for each in Region if wanted and wanted in _regions(each)), None)


def _regions(region: Region) -> set[str]:
    return {_folded(region)} | {_folded(region_name(region, phrasebook(language))) for language in LANGUAGES}
