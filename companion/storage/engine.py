"""SQLAlchemy's engine over the connection that is already open: what Alembic migrates through."""

from __future__ import annotations

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import StaticPool

from companion.storage.faults import of_database


def make_engine(connection: sqlcipher.Connection) -> Engine:
    """Return an engine whose only connection is ``connection``.

    Every transaction begins IMMEDIATE by our own word, so that changes of the schema are part of it and a second
    writer is met at once. Values never appear in its errors or logs.
    """
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connection,
        poolclass=StaticPool,
        hide_parameters=True,
        # The pool must not undo anything behind the back of a plain statement on the same connection.
        pool_reset_on_return=None,
    )

    @event.listens_for(engine, "begin")
    def _begin(each: Connection) -> None:
        each.connection.driver_connection.execute("BEGIN IMMEDIATE")  # type: ignore[union-attr]

    @event.listens_for(engine, "handle_error")
    def _say(context: ExceptionContext) -> None:
        meant = of_database(context.original_exception)
        if meant is not None:
            raise meant from None

    return engine
