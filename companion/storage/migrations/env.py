"""Run by Alembic: migrates over the connection and inside the transaction it is handed (see ``storage/migrate.py``)."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
