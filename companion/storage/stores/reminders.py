"""What was announced, and what was put off: so that a restart tells nothing twice and forgets nothing asked for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Text, bindparam, delete, func, insert, or_, select, type_coerce, update

from companion.domain.reminders import Key, Kind, Told
from companion.storage import rows
from companion.storage.statement import Statement
from companion.storage.stores.base import Store, columns_of
from companion.storage.tables import reminder

_c = reminder.c
_COLUMNS = columns_of(reminder, rows.REMINDER)
_MINE = (
    _c.kind == bindparam("of_kind"),
    _c.day == bindparam("of_day"),
    type_coerce(func.coalesce(_c.part, ""), Text) == bindparam("of_part"),
)
_ONE = Statement(select(*_COLUMNS).where(*_MINE))
_SINCE = Statement(
    select(*_COLUMNS).where(or_(_c.day >= bindparam("since"), _c.kind != Kind.APPLICATION)).order_by(_c.day, _c.id)
)
_LAST = Statement(
    select(*_COLUMNS).where(_c.told_at.is_not(None)).order_by(_c.told_at.desc(), _c.id.desc()).limit(1)
)
_UPDATE = Statement(update(reminder).where(*_MINE))
_ADD = Statement(insert(reminder))
_REMOVE = Statement(delete(reminder).where(*_MINE))
_FORGET = Statement(delete(reminder).where(_c.day < bindparam("before"), _c.kind == Kind.APPLICATION))
_NEWEST = select(_c.id).where(_c.kind != Kind.APPLICATION).order_by(_c.day.desc(), _c.id.desc()).limit(24)
_FORGET_OTHERS = Statement(delete(reminder).where(_c.kind != Kind.APPLICATION, _c.id.not_in(_NEWEST)))


class Reminders(Store):
    """What is known of each reminder, one row a key."""

    def get(self, key: Key) -> Told | None:
        """Return what is known of one."""
        return self._one(rows.told, _ONE, _of(key))

    def since(self, day: date) -> tuple[Told, ...]:
        """Return those of slots from ``day`` on, and all others."""
        return self._all(rows.told, _SINCE, {"since": day})

    def last(self) -> Told | None:
        """Return the one announced last."""
        return self._one(rows.told, _LAST)

    def put(self, told: Told) -> None:
        """Keep what is known of one, in place of what was."""
        known = {"stage": told.stage, "told_at": told.at, "snoozed_until": told.snoozed_until}
        if self._session.run(_UPDATE, {**_of(told.key), **known}).rowcount == 0:
            key = told.key
            self._session.run(_ADD, {"kind": key.kind, "day": key.day, "part": key.part, **known})

    def remove(self, key: Key) -> None:
        """Know nothing of one any more; one that is not known is no matter."""
        self._session.run(_REMOVE, _of(key))

    def forget(self, before: date) -> int:
        """Forget those of slots before ``before``, and of the others all but the last two dozen; return how many."""
        others = int(self._session.run(_FORGET_OTHERS, {}).rowcount)
        return others + int(self._session.run(_FORGET, {"before": before}).rowcount)


def _of(key: Key) -> dict[str, object]:
    return {"of_kind": key.kind, "of_day": key.day, "of_part": key.part.value if key.part else ""}
