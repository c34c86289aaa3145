"""``companion check``: is the record whole; with ``--self``, is the program."""

from __future__ import annotations

from typing import Any

from companion.cli import parsing
from companion.cli.desk import Desk
from companion.wording import say


def add(commands: Any) -> None:
    """Add the subcommand."""
    command = commands.add_parser("check", help=say("cli.check.about"), description=say("cli.check.more"))
    parsing.add_globals(command)
    command.add_argument("--self", dest="own", action="store_true", help=say("cli.check.self"))
    command.set_defaults(run=run)


def run(desk: Desk) -> int:
    """Check the record, or the program."""
    return _program(desk) if desk.options.own else _record(desk)


def _record(desk: Desk) -> int:
    from companion.services.safekeeping import check

    with desk.opened() as services:
        report = check(services.record)
        ways = services.custody.ways()
    value = {
        "record": str(desk.folder),
        "sound": report.sound,
        "opens_with": list(ways),
        "changed_pages": report.changed_pages,
        "structure_faults": report.structure_faults,
        "broken_links": report.broken_links,
        "rows": dict(report.rows),
        "photo_files": report.photo_files,
        "photos_missing": list(report.missing),
        "photos_damaged": list(report.damaged),
        "strays": report.strays,
    }
    lines = [
        say("cli.check.record", folder=desk.folder),
        say(f"cli.check.opens.{_first(ways)}"),
        say("cli.check.database_sound" if report.database_sound else "cli.check.database_damaged"),
        say("cli.check.applications", count=report.rows.get("application", 0)),
        say("cli.check.photos", count=report.rows.get("photo", 0)),
        say("cli.check.files", count=report.photo_files),
    ]
    lines += [say("cli.check.missing", count=len(report.missing))] if report.missing else []
    lines += [say("cli.check.damaged", count=len(report.damaged))] if report.damaged else []
    lines += [say("cli.check.strays", count=report.strays)] if report.strays else []
    lines.append(say("cli.check.sound" if report.sound else "cli.check.not_sound"))
    desk.out.answer(value, lines)
    return 0 if report.sound else 1


def _first(ways: tuple[str, ...]) -> str:
    """Return the way in that is used before the recovery key."""
    return next(way for way in ("example", "keychain", "passphrase", "recovery") if way in ways)


def _program(desk: Desk) -> int:
    from companion.services.inspection import inspect, versions

    results = inspect()
    parts = versions()
    good = all(ok for _, ok, _ in results)
    lines = [say("cli.check.version", name=name, version=version) for name, version in parts.items()]
    lines += [
        say("cli.check.good" if ok else "cli.check.bad", name=say(f"cli.check.part.{name}"), detail=detail)
        for name, ok, detail in results
    ]
    lines.append(say("cli.check.self_good" if good else "cli.check.self_bad"))
    checks = [{"name": name, "ok": ok, "detail": detail} for name, ok, detail in results]
    desk.out.answer({"ok": good, "versions": parts, "checks": checks}, lines)
    return 0 if good else 1
