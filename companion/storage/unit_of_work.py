"""One transaction and the stores inside it."""

from __future__ import annotations

from companion.storage.statement import Session
from companion.storage.stores.applications import Applications
from companion.storage.stores.care import CareEntries, History
from companion.storage.stores.journal import Journal, Notes, Symptoms
from companion.storage.stores.photos import Photos
from companion.storage.stores.places import Places
from companion.storage.stores.reminders import Reminders
from companion.storage.stores.settings import Settings
from companion.storage.stores.timeline import Timeline
from companion.storage.stores.treatments import Treatments
from companion.storage.stores.tubes import Tubes


class UnitOfWork:
    """What a service works with between ``with record.unit_of_work() as work:`` and its end.

    Everything is written when the block ends well, and nothing when it raises. Afterwards the stores answer no more.
    """

    def __init__(self, session: Session) -> None:
        self.settings = Settings(session)
        self.treatments = Treatments(session)
        self.places = Places(session)
        self.applications = Applications(session)
        self.symptoms = Symptoms(session)
        self.notes = Notes(session)
        self.journal = Journal(session)
        self.tubes = Tubes(session)
        self.photos = Photos(session)
        self.reminders = Reminders(session)
        self.care = CareEntries(session)
        self.history = History(session)
        self.timeline = Timeline(session)
