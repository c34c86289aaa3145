"""Every phrase a person reads, in every language, looked up by key and never built from pieces."""

from __future__ import annotations

from companion.wording.phrases import (
    LANGUAGES,
    Phrasebook,
    language,
    phrasebook,
    say,
    use_language,
)

__all__ = ["LANGUAGES", "Phrasebook", "language", "phrasebook", "say", "use_language"]
