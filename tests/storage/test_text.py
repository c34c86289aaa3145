"""Text that is no text: what a paste or a file in another encoding leaves is stored whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

from companion.domain.reactions import NoteEntry


def test_half_a_letter_is_kept_as_the_sign_for_an_unknown_one(record):
    # What a paste or a file in another encoding leaves; SQLite takes only whole letters.
    at = datetime(2026, 11, 21, tzinfo=UTC)
    whole = "caffè 👩🏽‍🦱 \U0001f600"
    with record.unit_of_work() as work:
        number = work.notes.add(NoteEntry(0, at, "UTC", f"{whole} \udce9 \ud83d!"))
        work.settings.put("name", "\udcff")
        assert work.journal.page(limit=5, text="\udce9")[0].id == number
    with record.unit_of_work() as work:
        assert work.notes.get(number).text == f"{whole} \ufffd \ufffd!"
        assert work.settings.get("name") == "\ufffd"
