"""Errors by blame. They carry a key and values; the words are in ``resources/wording``."""

from __future__ import annotations


class CompanionError(Exception):
    """Something that is said to the person in words: ``say("errors." + key, **values)``.

    Values are numbers, dates and enum members; never a note, a name or a path, because errors are logged.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class PersonError(CompanionError):
    """The person can put it right where they are: said beside the thing."""


class SurroundingsError(CompanionError):
    """The computer is in the way (disk full, folder locked, file damaged): said with a way out."""


class NeedsAnswer(CompanionError):
    """The person may really mean it: ask, and call again with these questions answered."""

    def __init__(self, questions: tuple[str, ...], /, **values: object) -> None:
        super().__init__(questions[0], **values)
        self.questions = questions
