"""What keeps a history of its corrections. Apart from ``history``, because the start needs the names only."""

from __future__ import annotations

from enum import StrEnum


class Noun(StrEnum):
    """What keeps a history; the values are stored, and are the names of the tables."""

    SYMPTOM = "symptom"
    NOTE = "note"
    TUBE = "tube"
    CARE_ENTRY = "care_entry"
    APPLICATION = "application"
