"""What every subcommand works with: options, clock, answers, the open record, and questions to the person."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from companion.cli.output import Output
from companion.domain.errors import CompanionError, NeedsAnswer, PersonError, SurroundingsError
from companion.services import folders
from companion.wording import say
from companion.wording.phrases import current
from companion.wording.problems import words, words_of

if TYPE_CHECKING:
    from companion.domain.moments import Clock
    from companion.services.opened import Opened

Answer = TypeVar("Answer")

TRIES = 3


class Declined(Exception):
    """The person answered a question with no."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One call of the command line."""

    options: argparse.Namespace
    clock: Clock
    out: Output

    @property
    def folder(self) -> Path:
        """Return the folder of the record that is meant."""
        return folders.record_folder(getattr(self.options, "record", None))

    @property
    def zone(self) -> str:
        """Return the zone the person is in."""
        return self.clock.zone()

    @property
    def spoken_to(self) -> bool:
        """Return whether somebody is there who can answer."""
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """Give the services of the record, and close it afterwards.

        Where it needs one, it is opened with the passphrase or, in its place, the recovery key.
        """
        services = self._open()
        try:
            yield services
        finally:
            services.close()

    def _open(self) -> Opened:
        from companion.services import opening
        from companion.services.opened import services_of

        found = opening.look(self.folder)
        if found.absent:
            raise PersonError("no_record")
        if not found.needs_secret:
            try:
                return services_of(opening.open_record(self.folder), self.clock)
            except SurroundingsError as error:
                # On another computer the keychain knows nothing of the record, and the paper still opens it.
                if error.key != "keychain_gone" or not self._may_have_secret():
                    raise
                self.out.complain(error.key, self.explained(error))
        return services_of(self._with_secret(lambda secret: opening.open_with(self.folder, secret)), self.clock)

    def _may_have_secret(self) -> bool:
        return bool(os.environ.get(folders.PASSPHRASE_VARIABLE)) or self.spoken_to

    def _with_secret(self, use: Callable[[str], Answer]) -> Answer:
        """Call ``use`` with the passphrase or recovery key of the environment, or with what is typed, unseen."""
        given = os.environ.get(folders.PASSPHRASE_VARIABLE)
        if given:
            return use(given)
        if not self.spoken_to:
            raise PersonError("passphrase_needed")
        for last in [False] * (TRIES - 1) + [True]:
            try:
                return use(getpass.getpass(say("cli.ask.passphrase") + " "))
            except PersonError as error:
                if error.key != "wrong_passphrase" or last:
                    raise
                self.out.complain(error.key, self.explained(error))
        raise AssertionError

    def explained(self, error: CompanionError) -> str:
        """Return an error in words; where a terminal needs others than the window, those."""
        own = f"cli.error.{error.key}"
        if not current().has(own):
            return words(error, self.zone)
        return say(own, **{"variable": folders.PASSPHRASE_VARIABLE, "folder": self.folder, **error.values})

    def new_passphrase(self) -> str | None:
        """Return the passphrase of a record that is to be made, or ``None`` when nobody can be asked.

        On a terminal an empty answer is ``None`` too: the person wants none.

        Raises:
            PersonError: ``passphrase_differs``: the two were not the same.
        """
        from companion.services import opening

        given = os.environ.get(folders.PASSPHRASE_VARIABLE)
        if given or not self.spoken_to:
            return given or None
        first = getpass.getpass(say("cli.ask.new_passphrase") + " ")
        if not first:
            return None
        opening.check_passphrase(first)
        if getpass.getpass(say("cli.ask.repeat_passphrase") + " ") != first:
            raise PersonError("passphrase_differs")
        return first

    def answered(self, act: Callable[[frozenset[str]], Answer]) -> Answer:
        """Call ``act`` with the questions answered so far, asking the person each one it raises.

        With ``--yes`` every question counts as answered. Where nobody can be asked, the question is an error.
        """
        known: frozenset[str] = frozenset()
        while True:
            try:
                return act(known)
            except NeedsAnswer as asked:
                questions = tuple(str(question) for question in asked.questions)
                if set(questions) <= known:
                    raise
                if not getattr(self.options, "yes", False):
                    self._put(questions, asked)
                known |= set(questions)

    def _put(self, questions: tuple[str, ...], asked: NeedsAnswer) -> None:
        if not self.spoken_to:
            raise asked
        for question in questions:
            print(words_of(question, asked.values, self.zone), file=sys.stderr)
        print(say("cli.ask.anyway"), end=" ", file=sys.stderr, flush=True)
        reply = sys.stdin.readline().strip().casefold()
        if reply not in say("cli.ask.yes_words").split():
            raise Declined
