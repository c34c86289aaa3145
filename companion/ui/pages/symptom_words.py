"""How a noted side effect is spoken of, on Today and in the Journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from companion.domain.reactions import SCALE, SymptomEntry
from companion.domain.treatment import Place
from companion.services.journal import symptom_name
from companion.wording import say


def scale(what: str) -> list[tuple[str, str]]:
    """Return the choices of a scale, ``bad`` or ``bothers``, as keys and words."""
    return [(str(number), say(f"symptoms.{what}.{number}")) for number in SCALE]


def place_names(places: Iterable[Place]) -> dict[int, str]:
    """Return the name of every place by id."""
    return {place.id: place.label or say(f"body.{place.region}") for place in places}


def headline(entry: SymptomEntry, names: Mapping[int, str]) -> str:
    """Return a side effect in one line: what, where, how bad."""
    name = symptom_name(entry.code)
    places = joined([names[number] for number in entry.places if number in names])
    if entry.bad is None:
        return say("symptoms.line_place", name=name, places=places) if places else name
    bad = say(f"symptoms.strength.{entry.bad}")
    if places:
        return say("symptoms.line_place_bad", name=name, places=places, bad=bad)
    return say("symptoms.line_bad", name=name, bad=bad)


def joined(names: Sequence[str]) -> str:
    """Return names in a row, in small letters at the front as inside a sentence."""
    return ", ".join(name[:1].lower() + name[1:] for name in names)
