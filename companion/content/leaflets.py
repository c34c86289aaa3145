"""The leaflet files: rules as data, each with its sources."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from companion.domain.leaflet import Leaflet, Rules, rules_from


@cache
def leaflet_data(folder: Path, leaflet: Leaflet) -> dict[str, Any]:
    """Return the parsed file of one leaflet in ``folder`` (the ``resources`` folder)."""
    data: dict[str, Any] = json.loads((folder / "leaflets" / f"{leaflet.value}.json").read_text(encoding="utf-8"))
    return data


def rules(folder: Path, leaflet: Leaflet) -> Rules:
    """Return the rules of one leaflet."""
    return rules_from(leaflet_data(folder, leaflet))


def checked_on(folder: Path, leaflet: Leaflet, rule: str) -> str | None:
    """Return the ISO date on which a rule was last compared with its sources, or ``None`` where it states none."""
    entry = leaflet_data(folder, leaflet)["sources"].get(rule)
    return entry["checked"] if entry else None
