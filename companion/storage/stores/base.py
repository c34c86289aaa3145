"""What the stores share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Select, Table, bindparam, delete, update

from companion.domain.errors import PersonError
from companion.storage.statement import Session, Statement

Value = TypeVar("Value")
Row = list[Any]

_NOTHING: Mapping[str, Any] = {}


def columns_of(table: Table, names: Collection[str]) -> list[Column[Any]]:
    """Return the columns of ``table`` called ``names``, in that order."""
    return [table.c[name] for name in names]


def update_by_id(table: Table) -> Statement:
    """Return a statement that sets the columns it is given values for, in the row whose id is ``row_id``."""
    return Statement(update(table).where(table.c.id == bindparam("row_id")))


class Pages:
    """A question whose answer is read in pages, newest first: ``core`` in that order, ``at`` its instant."""

    def __init__(self, core: Select[Any], at: Column[Any]) -> None:
        self.position = list(core.selected_columns.keys()).index(at.name)
        bounds = {True: core.where(at < bindparam("page_before")), False: core}
        self.some = {bounded: Statement(each.limit(bindparam("page_limit"))) for bounded, each in bounds.items()}
        self.ties = Statement(core.where(at == bindparam("page_last")))


class Store:
    """The rows of one noun, for as long as a unit of work lasts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _all(
        self, build: Callable[[Row], Value], statement: Statement, values: Mapping[str, Any] = _NOTHING
    ) -> tuple[Value, ...]:
        return tuple(build(row) for row in self._session.rows(statement, values))

    def _one(
        self, build: Callable[[Row], Value], statement: Statement, values: Mapping[str, Any] = _NOTHING
    ) -> Value | None:
        for row in self._session.rows(statement, values):
            return build(row)
        return None

    def _page(
        self,
        build: Callable[[Row], Value],
        pages: Pages,
        limit: int,
        before: datetime | None,
        values: Mapping[str, Any] = _NOTHING,
    ) -> tuple[Value, ...]:
        """Return the newest rows before ``before``: ``limit``, and those of the last one's instant too.

        So the next page, "before that instant", neither repeats nor leaves out an entry: people note several things
        at eight o'clock sharp.
        """
        if limit < 1:
            raise ValueError("a page has at least one row")
        bound = {} if before is None else {"page_before": before}
        found = self._session.rows(pages.some[before is not None], {**values, **bound, "page_limit": limit})
        if len(found) == limit:
            last = found[-1][pages.position]
            ties = self._session.rows(pages.ties, {**values, "page_last": last})
            found = [row for row in found if row[pages.position] != last] + ties
        return tuple(build(row) for row in found)

    def _add(self, statement: Statement, values: dict[str, Any], number: int = 0) -> int:
        """Insert a row and return its id: ``number`` where an entry comes back under the id it had, else a new one."""
        if number:
            values["id"] = number
        return int(self._session.run(statement, values).lastrowid)

    def _change(self, statement: Statement, values: Mapping[str, Any]) -> None:
        """Change exactly one row.

        Raises:
            PersonError: ``entry_gone``: it was taken away meanwhile, in another window or by a command.
        """
        if self._session.run(statement, values).rowcount != 1:
            raise PersonError("entry_gone")


class Bin:
    """The statements of a table whose rows are thrown away first and removed later."""

    def __init__(self, table: Table) -> None:
        self.mark = update_by_id(table)
        self.remove = Statement(delete(table).where(table.c.deleted_at < bindparam("before")))


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
        return int(self._session.run(self._bin.remove, {"before": before}).rowcount)
