"""Which source a leaflet rule stands on, and when it was last compared with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from companion.content import leaflets
from companion.domain.articles import Source
from companion.domain.leaflet import Leaflet
from companion.services import learning
from companion.wording import resources


@dataclass(frozen=True, slots=True)
class Citation:
    """The sources of one rule, the one that counts first, and the day they were last read."""

    sources: tuple[Source, ...]
    checked: date


def cited(leaflet: Leaflet, rule: str) -> Citation | None:
    """Return what ``rule`` (a key of the leaflet's file) stands on, or ``None`` where the leaflet states none."""
    entry = leaflets.leaflet_data(resources.root(), leaflet)["sources"].get(rule)
    if not entry:
        return None
    known = learning.sources()
    sources = tuple(known[each] for each in entry["ids"] if each in known)
    return Citation(sources, date.fromisoformat(entry["checked"]))


def source(source_id: str) -> Citation | None:
    """Return one source of the table as a citation, or ``None`` when there is none of that id."""
    found = learning.sources().get(source_id)
    return Citation((found,), found.checked) if found is not None else None


def topics(leaflet: Leaflet) -> tuple[str, ...]:
    """Return what the leaflet asks to be talked over with a doctor first, as keys (``pregnancy``, ``infection``...)."""
    return tuple(leaflets.leaflet_data(resources.root(), leaflet).get("talk_first_topics", ()))
