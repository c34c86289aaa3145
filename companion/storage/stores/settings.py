"""Small facts of a record by key."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from companion.storage.statement import Statement
from companion.storage.stores.base import Store
from companion.storage.tables import setting

_GET = Statement(select(setting.c.value).where(setting.c.key == bindparam("key")))
_ALL = Statement(select(setting.c.key, setting.c.value).order_by(setting.c.key))
_insert = insert(setting)
_PUT = Statement(_insert.on_conflict_do_update(index_elements=["key"], set_={"value": _insert.excluded.value}))
_REMOVE = Statement(delete(setting).where(setting.c.key == bindparam("gone")))


class Settings(Store):
    """Texts by key; what they mean is the services' business. ``uid`` is the record's own and stays as it is."""

    def get(self, key: str) -> str | None:
        """Return the text for ``key``, or ``None``."""
        return self._one(lambda row: str(row[0]), _GET, {"key": key})

    def put(self, key: str, value: str) -> None:
        """Set ``key`` to ``value``."""
        self._session.run(_PUT, {"key": key, "value": value})

    def remove(self, key: str) -> None:
        """Forget ``key``; one that is not there is no matter."""
        self._session.run(_REMOVE, {"gone": key})

    def all(self) -> dict[str, str]:
        """Return every key with its text."""
        return dict(self._session.rows(_ALL, {}))
