"""The program's look at itself: every resource opens, and a record is made, written, closed, opened and read again.

It works on an installed program, needs no display, and touches nothing but a temporary folder.
"""

from __future__ import annotations

import json
import platform
import tempfile
import xml.etree.ElementTree as Xml
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from importlib import metadata
from pathlib import Path

from companion import __version__
from companion.content import leaflets, library, reactions
from companion.content.check import check as check_content
from companion.domain.errors import CompanionError
from companion.domain.leaflet import Leaflet
from companion.domain.moments import Part, Slot
from companion.services.album import Album, Source
from companion.services.applications import Applications, Log
from companion.services.journal import Journal, NewSymptom
from companion.services.safekeeping import check
from companion.services.treatment import Care, NewPlace, NewTube, SetupAnswers
from companion.wording import LANGUAGES, resources
from companion.wording.completeness import gaps

Result = tuple[str, bool, str]

_PARTS = (
    "PySide6-Essentials", "SQLAlchemy", "alembic", "sqlcipher3", "PyNaCl", "keyring", "Pillow", "pi-heif", "numpy",
    "icalendar", "tzdata",
)  # fmt: skip


class NotWhole(Exception):
    """A part of the program is not as it should be; the text is for the engineer."""


def inspect() -> list[Result]:
    """Return (what, whether it is good, a detail) for each part."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("wording", _wording),
        ("themes", _themes),
        ("icons", _icons),
        ("leaflets", _leaflets),
        ("content", _content),
        ("zones", _zones),
        ("record", _record),
        ("photo", _photo),
    )
    return [_result(name, check) for name, check in checks]


def versions() -> dict[str, str]:
    """Return the version of the program and of what it stands on; ``-`` for a part that is not installed."""
    found = {"Companion": __version__, "Python": platform.python_version()}
    for name in _PARTS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "-"
    return found


def _result(name: str, check: Callable[[], str]) -> Result:
    try:
        return name, True, check()
    except CompanionError as error:
        return name, False, error.key
    except NotWhole as error:
        return name, False, str(error)
    except Exception as error:  # noqa: BLE001 - whatever is broken, the other parts are looked at too
        return name, False, type(error).__name__


def _needs(good: bool, what: str) -> None:
    if not good:
        raise NotWhole(what)


def _wording() -> str:
    folder = resources.path("wording")
    found = gaps(folder)
    _needs(not found, "; ".join(found[:5]))
    phrases = sum(len(json.loads(path.read_text("utf-8"))) for path in (folder / LANGUAGES[0]).glob("*.json"))
    return f"{phrases} x {len(LANGUAGES)}"


def _themes() -> str:
    files = sorted(resources.path("themes").glob("*.json"))
    tokens = [set(json.loads(path.read_text("utf-8"))) for path in files]
    _needs(len(files) >= 3, "light, dark and high contrast")
    _needs(all(tokens), "no tokens")
    return str(len(files))


def _icons() -> str:
    files = sorted(resources.path("icons").rglob("*.svg"))
    _needs(bool(files), "no icons")
    for path in files:
        # Our own files, shipped with the program: nothing foreign is parsed here.
        _needs(Xml.parse(path).getroot().tag.endswith("svg"), path.name)
    return str(len(files))


def _leaflets() -> str:
    rules = [leaflets.rules(resources.root(), each) for each in Leaflet]
    _needs([each.leaflet for each in rules] == list(Leaflet), "mixed up")
    return str(len(rules))


def _content() -> str:
    root = resources.root()
    shelves = [library.articles(root, language) for language in LANGUAGES]
    slugs = [[article.slug for article in shelf] for shelf in shelves]
    _needs(bool(slugs[0]), "no articles")
    _needs(all(each == slugs[0] for each in slugs), "not the same articles in every language")
    faults = check_content(root)
    _needs(not faults, f"{len(faults)} faults in the articles, the first: {faults[0] if faults else ''}")
    codes = {each.code for each in reactions.symptoms(root)}
    for language in LANGUAGES:
        _needs(set(reactions.symptom_names(root, language)) == codes, "names of side effects")
        _needs(bool(reactions.help_categories(root, language)), "get-help list")
        _needs(bool(library.glossary(root, language)), "glossary")
    return f"{len(slugs[0])} x {len(LANGUAGES)}, {len(library.sources(root))}, {len(codes)}"


def _zones() -> str:
    from companion.domain.moments import instant_of

    moment = instant_of(date(2026, 3, 29), time(7, 30), "Europe/Rome")
    _needs(moment == datetime(2026, 3, 29, 5, 30, tzinfo=UTC), "Europe/Rome")
    return "Europe/Rome"


_NOW = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
_NOTE = "<b>è</b> 🧴 שלום"


def _record() -> str:
    """Make a record with a passphrase, write, close, refuse a wrong passphrase, open, read and compare."""
    from companion.schedule.clock import FixedClock
    from companion.services import opening

    secret = "self check"  # of a record that is gone a second later
    with tempfile.TemporaryDirectory(prefix="companion-") as temporary:
        folder = Path(temporary) / "record"
        clock = FixedClock(_NOW, "Europe/Rome")
        made, _ = opening.create_record(folder, passphrase=secret)
        try:
            Care(made, clock).set_up(_answers())
            logged = Applications(made, clock).log(Log(Slot(date(2026, 6, 10), Part.MORNING), note=_NOTE))
            noted = Journal(made, clock).add_symptom(NewSymptom("itch", bad=1, places=(1,)))
            before = Applications(made, clock).between(date(2026, 6, 10), date(2026, 6, 10))
        finally:
            made.close()
        _needs(_NOTE.encode() not in (folder / "record.db").read_bytes(), "not encrypted")
        try:
            opening.open_record(folder, "another").close()
            raise NotWhole("a wrong passphrase opened it")
        except CompanionError as error:
            _needs(error.key == "wrong_passphrase", error.key)
        opened = opening.open_record(folder, secret)
        try:
            after = Applications(opened, clock).between(date(2026, 6, 10), date(2026, 6, 10))
            _needs(after == before and [each.id for each in after] == [logged.id], "application")
            _needs(after[0].note == _NOTE, "note")
            entry = Journal(opened, clock).get_symptom(noted.id)
            _needs(entry is not None and entry.places == (1,), "side effect")
            report = check(opened)
            _needs(report.sound, "check")
        finally:
            opened.close()
    return str(sum(report.rows.values()))


def _answers() -> SetupAnswers:
    return SetupAnswers(
        leaflet=Leaflet.EU,
        started_on=date(2026, 6, 1),
        morning=time(8),
        evening=time(20),
        places=(NewPlace("face", Decimal(1)),),
        tube=NewTube(100, date(2026, 6, 1)),
    )


def _photo() -> str:
    """Take a drawn picture in through a worker process, keep it, and read it back."""
    from companion.imaging.synthetic import draw_skin
    from companion.schedule.clock import FixedClock
    from companion.services import opening

    with tempfile.TemporaryDirectory(prefix="companion-") as temporary:
        clock = FixedClock(_NOW, "Europe/Rome")
        record = opening.create_example(Path(temporary) / "record")
        try:
            album = Album(record, clock)
            picture = draw_skin("hand", 3, 0.5, size=(640, 480))
            brought = album.bring_in([Source("drawn.jpg", data=picture), Source("not.jpg", data=b"a text")])
            _needs(len(brought.added) == 1 and len(brought.refused) == 1, "taking in")
            photo = album.get(brought.added[0])
            assert photo is not None
            _needs(album.thumbnail(photo)[:2] == b"\xff\xd8", "thumbnail")
            report = check(record)
            _needs(report.sound and report.photo_files == 3, "check")
        finally:
            record.close()
    return f"{photo.width} x {photo.height}"


