"""What an entry said before it was corrected."""

from __future__ import annotations

from datetime import datetime

from companion.domain.care import CareEntry
from companion.domain.dosing import Application
from companion.domain.nouns import Noun
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.treatment import Tube
from companion.domain.values import value

__all__ = ["Edit", "Kept", "Noun"]

Kept = SymptomEntry | NoteEntry | Tube | CareEntry | Application


@value
class Edit:
    """One correction: when it was made, and the whole entry as it was until then."""

    id: int
    noun: Noun
    row_id: int
    at: datetime
    before: Kept
