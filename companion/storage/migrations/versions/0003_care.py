"""Everything else a treatment is made of, and what entries said before. Frozen: later changes are later revisions."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE care_entry (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        at INTEGER NOT NULL,
        zone TEXT NOT NULL,
        day TEXT NOT NULL,
        ended_on TEXT,
        places TEXT NOT NULL,
        value TEXT NOT NULL,
        note TEXT NOT NULL,
        help_shown_at INTEGER,
        deleted_at INTEGER,
        CONSTRAINT ck_care_entry_kind CHECK (kind IN ('light', 'treatment', 'skin_day', 'estimate', 'score', 'noticing', 'visit')),
        CONSTRAINT ck_care_entry_day CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_care_entry_ended_on CHECK (ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_care_entry_days CHECK (ended_on >= day),
        CONSTRAINT ck_care_entry_places CHECK (json_valid(places) AND json_type(places) = 'array'),
        CONSTRAINT ck_care_entry_value CHECK (json_valid(value) AND json_type(value) = 'object')
    )
     STRICT
    """,  # noqa: E501
    """CREATE INDEX ix_care_entry_at ON care_entry (at)""",
    """CREATE INDEX ix_care_entry_kind_at ON care_entry (kind, at)""",
    """
    CREATE TABLE edit_history (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        noun TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        at INTEGER NOT NULL,
        "before" TEXT NOT NULL,
        CONSTRAINT ck_edit_history_noun CHECK (noun IN ('symptom', 'note', 'tube', 'care_entry', 'application')),
        CONSTRAINT ck_edit_history_before CHECK (json_valid(before) AND json_type(before) = 'object')
    )
     STRICT
    """,
    """CREATE INDEX ix_edit_history_noun_row_id ON edit_history (noun, row_id)""",
    """CREATE INDEX ix_application_noted ON application (at) WHERE note != ''""",
)


def upgrade() -> None:
    """Add the two tables, empty, and find the applications with a note; nothing that is there changes."""
    for statement in STATEMENTS:
        op.execute(statement)
