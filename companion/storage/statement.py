"""Statements of SQLAlchemy Core, compiled once and run on the plain connection.

Core says what is asked, in the tables' own names and types; running it needs little more than its SQL. Measured
between two commits, when nothing is warm, one question costs 40 µs this way and 210 µs through a Core connection,
whose pool, events and result objects this one connection has no use for. Noting an application asks five questions,
and is meant to cost no more than half again of the bare INSERT and COMMIT.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Delete, Insert, Select, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

from companion.storage.faults import said_database

Core = Select[Any] | Insert | Update | Delete
Processor = Callable[[Any], Any] | None

_DIALECT = sqlite.dialect(paramstyle="qmark")


@dataclass(frozen=True, slots=True)
class _Plan:
    """The SQL of a statement. ``binds`` are (name, how to store it) or, for what the statement fixes, (None, value)."""

    sql: str
    binds: tuple[tuple[str | None, Any], ...]


class Statement:
    """One statement; what it is given by name is stored as its column's type says, and rows come back so too."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._plans: dict[tuple[str, ...], _Plan] = {}
        self._decoders: tuple[Processor, ...] | None = None

    def run(self, connection: sqlcipher.Connection, values: Mapping[str, Any]) -> sqlcipher.Cursor:
        """Run it. Inserts and updates set the columns there are ``values`` for."""
        names = tuple(values)
        plan = self._plans.get(names)
        if plan is None:
            plan = self._plans[names] = self._planned(names)
        return connection.execute(plan.sql, [_stored(name, how, values) for name, how in plan.binds])

    def rows(self, connection: sqlcipher.Connection, values: Mapping[str, Any]) -> list[list[Any]]:
        """Run it and return its rows, decoded."""
        if self._decoders is None:
            self._decoders = tuple(_result(column.type) for column in self.core.selected_columns)  # type: ignore[union-attr]
        return [
            [value if decode is None else decode(value) for decode, value in zip(self._decoders, row, strict=True)]
            for row in self.run(connection, values)
        ]

    def _planned(self, names: tuple[str, ...]) -> _Plan:
        compiled = self.core.compile(dialect=_DIALECT, column_keys=list(names))
        binds: list[tuple[str | None, Any]] = []
        for name in compiled.positiontup or ():
            bind = compiled.binds[name]
            process = bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
            if name in names:
                binds.append((name, process))
            elif bind.required:
                raise KeyError(name)
            else:
                binds.append((None, bind.value if process is None else process(bind.value)))
        return _Plan(str(compiled), tuple(binds))


class Session:
    """The connection as a unit of work lends it to its stores: until the unit is over, and no longer."""

    def __init__(self, connection: sqlcipher.Connection) -> None:
        self._connection: sqlcipher.Connection | None = connection

    def run(self, statement: Statement, values: Mapping[str, Any]) -> sqlcipher.Cursor:
        """Run a statement. Errors of the database come as those a person can be told, where they can be."""
        with said_database():
            return statement.run(self._open(), values)

    def rows(self, statement: Statement, values: Mapping[str, Any]) -> list[list[Any]]:
        """Return the rows of a statement. Errors as above."""
        with said_database():
            return statement.rows(self._open(), values)

    def end(self) -> None:
        """Let nothing more through."""
        self._connection = None

    def _open(self) -> sqlcipher.Connection:
        if self._connection is None:
            raise RuntimeError("the unit of work is over")
        return self._connection


def _stored(name: str | None, how: Any, values: Mapping[str, Any]) -> Any:
    if name is None:
        return how
    value = values[name]
    if isinstance(value, str):
        value = whole_text(value)
    if how is None or value is None:
        return value
    try:
        return how(value)
    except (ValueError, TypeError, AttributeError, ArithmeticError):
        # Said anew: the text of the original may hold the value, and what a person wrote is in no error.
        raise ValueError(f"{name} cannot be stored: {type(value).__name__}") from None


def whole_text(text: str) -> str:
    """Return ``text`` with what is no letter of any alphabet, half of a pair, shown as U+FFFD.

    Pasted text and files in other encodings hold such halves; SQLite takes UTF-8, which has none.
    """
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _result(kind: TypeEngine[Any]) -> Processor:
    return kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
