"""The first schema. Frozen: later changes are later revisions."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE note (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        zone TEXT NOT NULL,
        text TEXT NOT NULL,
        help_shown_at INTEGER,
        deleted_at INTEGER
    )
     STRICT
    """,
    """CREATE INDEX ix_note_at ON note (at)""",
    """
    CREATE TABLE place (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        region TEXT NOT NULL,
        label TEXT NOT NULL,
        handprints TEXT NOT NULL,
        intimate INTEGER NOT NULL,
        treated INTEGER NOT NULL,
        archived INTEGER NOT NULL,
        position INTEGER NOT NULL,
        CONSTRAINT ck_place_intimate CHECK (intimate IN (0, 1)),
        CONSTRAINT ck_place_treated CHECK (treated IN (0, 1)),
        CONSTRAINT ck_place_archived CHECK (archived IN (0, 1))
    )
     STRICT
    """,
    """
    CREATE TABLE setting (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        CONSTRAINT pk_setting PRIMARY KEY ("key")
    )
     STRICT
    """,
    """
    CREATE TABLE symptom (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        code TEXT NOT NULL,
        at INTEGER NOT NULL,
        zone TEXT NOT NULL,
        bad INTEGER,
        bothers INTEGER,
        places TEXT NOT NULL,
        ended_on TEXT,
        action TEXT NOT NULL,
        told_doctor INTEGER NOT NULL,
        note TEXT NOT NULL,
        help_shown_at INTEGER,
        deleted_at INTEGER,
        CONSTRAINT ck_symptom_bad CHECK (bad BETWEEN 0 AND 3),
        CONSTRAINT ck_symptom_bothers CHECK (bothers BETWEEN 0 AND 3),
        CONSTRAINT ck_symptom_places CHECK (json_valid(places) AND json_type(places) = 'array'),
        CONSTRAINT ck_symptom_ended_on CHECK (ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_symptom_told_doctor CHECK (told_doctor IN (0, 1))
    )
     STRICT
    """,
    """CREATE INDEX ix_symptom_at ON symptom (at)""",
    """
    CREATE TABLE treatment (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        leaflet TEXT NOT NULL,
        started_on TEXT NOT NULL,
        ended_on TEXT,
        CONSTRAINT ck_treatment_leaflet CHECK (leaflet IN ('us', 'eu', 'other')),
        CONSTRAINT ck_treatment_started_on CHECK (started_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_treatment_ended_on CHECK (ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
    )
     STRICT
    """,
    """
    CREATE TABLE tube (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        grams INTEGER NOT NULL,
        opened_on TEXT NOT NULL,
        finished_on TEXT,
        lot TEXT NOT NULL,
        expires_on TEXT,
        crystals INTEGER NOT NULL,
        deleted_at INTEGER,
        CONSTRAINT ck_tube_grams CHECK (grams > 0),
        CONSTRAINT ck_tube_opened_on CHECK (opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_tube_finished_on CHECK (finished_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_tube_expires_on CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_tube_crystals CHECK (crystals IN (0, 1))
    )
     STRICT
    """,
    """
    CREATE TABLE application (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        treatment_id INTEGER NOT NULL,
        day TEXT NOT NULL,
        part TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        at INTEGER NOT NULL,
        zone TEXT NOT NULL,
        places TEXT NOT NULL,
        grams REAL,
        note TEXT NOT NULL,
        source TEXT NOT NULL,
        recorded_at INTEGER NOT NULL,
        CONSTRAINT uq_application_treatment_id_day_part_ordinal UNIQUE (treatment_id, day, part, ordinal),
        CONSTRAINT ck_application_day CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_application_part CHECK (part IN ('morning', 'evening')),
        CONSTRAINT ck_application_outcome CHECK (outcome IN ('applied', 'skipped', 'missed')),
        CONSTRAINT ck_application_places CHECK (json_valid(places) AND json_type(places) = 'array'),
        CONSTRAINT ck_application_ordinal CHECK (ordinal >= 0),
        CONSTRAINT ck_application_grams CHECK (grams > 0),
        CONSTRAINT fk_application_treatment_id_treatment FOREIGN KEY(treatment_id) REFERENCES treatment (id)
    )
     STRICT
    """,
    """CREATE INDEX ix_application_at ON application (at)""",
    """CREATE INDEX ix_application_day ON application (day)""",
    """
    CREATE TABLE photo (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        place_id INTEGER,
        taken_at INTEGER NOT NULL,
        zone TEXT NOT NULL,
        taken_source TEXT NOT NULL,
        kind TEXT NOT NULL,
        picture_format TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        original TEXT NOT NULL,
        display TEXT NOT NULL,
        thumbnail TEXT NOT NULL,
        raw_hash TEXT NOT NULL,
        stored_hash TEXT NOT NULL,
        imported_at INTEGER NOT NULL,
        note TEXT NOT NULL,
        deleted_at INTEGER,
        CONSTRAINT ck_photo_taken_source CHECK (taken_source IN ('exif', 'file', 'person', 'import')),
        CONSTRAINT ck_photo_kind CHECK (kind IN ('ordinary', 'woods_lamp', 'make_up')),
        CONSTRAINT ck_photo_size CHECK (width > 0 AND height > 0),
        CONSTRAINT fk_photo_place_id_place FOREIGN KEY(place_id) REFERENCES place (id)
    )
     STRICT
    """,
    """CREATE INDEX ix_photo_place_id_taken_at ON photo (place_id, taken_at) WHERE deleted_at IS NULL""",
    """CREATE UNIQUE INDEX ix_photo_raw_hash ON photo (raw_hash) WHERE deleted_at IS NULL""",
    """CREATE INDEX ix_photo_taken_at ON photo (taken_at) WHERE deleted_at IS NULL""",
    """
    CREATE TABLE treatment_times (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        treatment_id INTEGER NOT NULL,
        valid_from TEXT NOT NULL,
        morning TEXT NOT NULL,
        evening TEXT NOT NULL,
        CONSTRAINT uq_treatment_times_treatment_id_valid_from UNIQUE (treatment_id, valid_from),
        CONSTRAINT ck_treatment_times_valid_from CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
        CONSTRAINT ck_treatment_times_morning CHECK (morning GLOB '[0-2][0-9]:[0-5][0-9]'),
        CONSTRAINT ck_treatment_times_evening CHECK (evening GLOB '[0-2][0-9]:[0-5][0-9]'),
        CONSTRAINT fk_treatment_times_treatment_id_treatment FOREIGN KEY(treatment_id) REFERENCES treatment (id)
    )
     STRICT
    """,
)


def upgrade() -> None:
    """Make every table of the first schema."""
    for statement in STATEMENTS:
        op.execute(statement)
