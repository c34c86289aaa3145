"""Other times on some days, pauses, and what was announced when. Frozen: later changes are later revisions."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    # Rebuilt rather than added to: a rule over several columns cannot be added to a table that is there.
    """
    CREATE TABLE treatment_times_new (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        treatment_id INTEGER NOT NULL,
        valid_from TEXT NOT NULL,
        morning TEXT NOT NULL,
        evening TEXT NOT NULL,
        other_days TEXT NOT NULL,
        other_morning TEXT,
        other_evening TEXT,
        CONSTRAINT uq_treatment_times_treatment_id_valid_from UNIQUE (treatment_id, valid_from),
        CONSTRAINT ck_treatment_times_valid_from CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_treatment_times_morning CHECK (morning GLOB '[0-2][0-9]:[0-5][0-9]'),
        CONSTRAINT ck_treatment_times_evening CHECK (evening GLOB '[0-2][0-9]:[0-5][0-9]'),
        CONSTRAINT ck_treatment_times_other_days CHECK (other_days NOT GLOB '*[^1-7]*'),
        CONSTRAINT ck_treatment_times_other_morning CHECK (other_morning GLOB '[0-2][0-9]:[0-5][0-9]'),
        CONSTRAINT ck_treatment_times_other_evening CHECK (other_evening GLOB '[0-2][0-9]:[0-5][0-9]'),
        CONSTRAINT ck_treatment_times_other CHECK ((other_days = '') = (other_morning IS NULL) AND (other_days = '') = (other_evening IS NULL)),
        CONSTRAINT fk_treatment_times_treatment_id_treatment FOREIGN KEY(treatment_id) REFERENCES treatment (id)
    )
     STRICT
    """,  # noqa: E501
    """
    INSERT INTO treatment_times_new (id, treatment_id, valid_from, morning, evening, other_days)
    SELECT id, treatment_id, valid_from, morning, evening, '' FROM treatment_times ORDER BY id
    """,
    """DROP TABLE treatment_times""",
    """ALTER TABLE treatment_times_new RENAME TO treatment_times""",
    """
    CREATE TABLE treatment_pause (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        treatment_id INTEGER NOT NULL,
        first_day TEXT NOT NULL,
        last_day TEXT,
        CONSTRAINT ck_treatment_pause_first_day CHECK (first_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_treatment_pause_last_day CHECK (last_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_treatment_pause_days CHECK (last_day >= first_day),
        CONSTRAINT fk_treatment_pause_treatment_id_treatment FOREIGN KEY(treatment_id) REFERENCES treatment (id)
    )
     STRICT
    """,
    """
    CREATE TABLE reminder (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        day TEXT NOT NULL,
        part TEXT,
        stage INTEGER NOT NULL,
        told_at INTEGER,
        snoozed_until INTEGER,
        CONSTRAINT ck_reminder_kind CHECK (kind IN ('application', 'photo_day', 'tube_order')),
        CONSTRAINT ck_reminder_day CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_reminder_part CHECK (part IN ('morning', 'evening')),
        CONSTRAINT ck_reminder_slot CHECK ((kind = 'application') = (part IS NOT NULL)),
        CONSTRAINT ck_reminder_stage CHECK (stage >= 0)
    )
     STRICT
    """,
    """CREATE UNIQUE INDEX ix_reminder_key ON reminder (kind, day, coalesce(part, ''))""",
)


def upgrade() -> None:
    """Keep every time that was set; no day has others yet, nothing is paused, nothing was announced."""
    for statement in STATEMENTS:
        op.execute(statement)
