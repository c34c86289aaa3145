"""One transaction and the stores inside it."""

from __future__ import annotations

from sqlalchemy import Connection

from companion.storage.stores.applications import Applications
from companion.storage.stores.journal import Journal, Notes, Symptoms
from companion.storage.stores.photos import Photos
from companion.storage.stores.places import Places
from companion.storage.stores.settings import Settings
from companion.storage.stores.treatments import Treatments
from companion.storage.stores.tubes import Tubes


class UnitOfWork:
    """What a service works with between ``with record.unit_of_work() as work:`` and its end.

    Everything is written when the block ends well, and nothing when it raises.
    """

    def __init__(self, connection: Connection) -> None:
        self.settings = Settings(connection)
        self.treatments = Treatments(connection)
        self.places = Places(connection)
        self.applications = Applications(connection)
        self.symptoms = Symptoms(connection)
        self.notes = Notes(connection)
        self.journal = Journal(connection)
        self.tubes = Tubes(connection)
        self.photos = Photos(connection)
