"""How a noted side effect is spoken of, on Today and in the Journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from companion.domain.reactions import SCALE, SymptomEntry
from companion.domain.treatment import Place
from companion.services.journal import symptom_name
from companion.wording import say
from companion.wording.phrases import current


def chip_name(code: str) -> str:
    """Return the name of a side effect for a chip, which stays on one line: a shorter one where there is one."""
    key = f"symptoms.short.{code}"
    return say(key) if current().has(key) else symptom_name(code)


def scale(what: str) -> list[tuple[str, str]]:
    """Return the choices of a scale, ``bad`` or ``bothers``, as keys and words."""
    return [(str(number), say(f"symptoms.{what}.{number}")) for number in SCALE]


def place_names(places: Iterable[Place]) -> dict[int, str]:
    """Return the name of every place by id."""
    return {place.id: place.label or say(f"body.{place.region}") for place in places}


def names_inside(places: Iterable[Place]) -> dict[int, str]:
    """Return the names of places as inside a sentence: a region begins small, the person's own word stays as it is."""
    return {place.id: place.label or _small(say(f"body.{place.region}")) for place in places}


def headline(entry: SymptomEntry, names: Mapping[int, str]) -> str:
    """Return a side effect in one line: what, where, how bad. ``names`` are those of :func:`names_inside`."""
    name = symptom_name(entry.code)
    places = ", ".join(names[number] for number in entry.places if number in names)
    if entry.bad is None:
        return say("symptoms.line_place", name=name, places=places) if places else name
    bad = say(f"symptoms.strength.{entry.bad}")
    if places:
        return say("symptoms.line_place_bad", name=name, places=places, bad=bad)
    return say("symptoms.line_bad", name=name, bad=bad)


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]
