"""What the stores share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Executable, Select, Table, Update, bindparam, delete, update

from companion.domain.errors import PersonError

Value = TypeVar("Value")


def columns_of(table: Table, names: Collection[str]) -> list[Column[Any]]:
    """Return the columns of ``table`` called ``names``, in that order."""
    return [table.c[name] for name in names]


def update_by_id(table: Table) -> Update:
    """Return a statement that sets the columns it is given values for, in the row whose id is ``row_id``."""
    return update(table).where(table.c.id == bindparam("row_id"))


class Store:
    """A store over one connection, alive as long as its unit of work."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(
        self, build: Callable[[Any], Value], statement: Executable, values: Mapping[str, Any] | None = None
    ) -> tuple[Value, ...]:
        return tuple(build(row) for row in self.connection.execute(statement, values))

    def _one(
        self, build: Callable[[Any], Value], statement: Executable, values: Mapping[str, Any] | None = None
    ) -> Value | None:
        row = self.connection.execute(statement, values).first()
        return None if row is None else build(row)

    def _add(self, statement: Executable, values: dict[str, Any], number: int = 0) -> int:
        """Insert a row and return its id: ``number`` where an entry comes back under the id it had, else a new one."""
        if number:
            values["id"] = number
        (key,) = self.connection.execute(statement, values).inserted_primary_key or (0,)
        return int(key)

    def _change(self, statement: Executable, values: Mapping[str, Any]) -> None:
        """Change exactly one row.

        Raises:
            PersonError: ``entry_gone``: it was taken away meanwhile, in another window or by a command.
        """
        if self.connection.execute(statement, values).rowcount != 1:
            raise PersonError("entry_gone")


class Bin:
    """The statements of a table whose rows are thrown away first and removed later."""

    def __init__(self, table: Table) -> None:
        self.mark = update_by_id(table)
        self.remove = delete(table).where(table.c.deleted_at < bindparam("before"))


class BinnedStore(Store):
    """A store whose entries can be thrown away and fetched back."""

    _bin: Bin

    def mark_deleted(self, number: int, at: datetime) -> None:
        """Throw an entry away at the instant ``at``. Raises ``PersonError("entry_gone")``."""
        self._change(self._bin.mark, {"row_id": number, "deleted_at": at})

    def restore(self, number: int) -> None:
        """Fetch an entry back. Raises ``PersonError("entry_gone")``."""
        self._change(self._bin.mark, {"row_id": number, "deleted_at": None})

    def _purge(self, before: datetime) -> int:
        """Remove for good what was thrown away before ``before``; return how many entries that were."""
        return int(self.connection.execute(self._bin.remove, {"before": before}).rowcount)


def whole_instants(
    connection: Connection, statement: Select[Any], at: Column[Any], limit: int, values: Mapping[str, Any]
) -> list[Any]:
    """Return the first rows of ``statement``, newest first: ``limit``, and those of the last one's instant too.

    So the next page, "before that instant", neither repeats nor leaves out an entry: people note several things at
    eight o'clock sharp. ``statement`` is ordered by ``at`` downwards and bounded by nothing.
    """
    if limit < 1:
        raise ValueError("a page has at least one row")
    rows = list(connection.execute(statement.limit(bindparam("page_limit")), {**values, "page_limit": limit}))
    if len(rows) < limit:
        return rows
    position = [column.name for column in statement.selected_columns].index(at.name)
    last = rows[-1][position]
    ties = connection.execute(statement.where(at == bindparam("page_last")), {**values, "page_last": last})
    return [row for row in rows if row[position] != last] + list(ties)
