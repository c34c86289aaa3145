"""``companion log`` for everything else: a tube, light, another treatment, sun, an estimate, a score, a visit."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from companion.cli import parsing, places
from companion.cli.desk import Desk
from companion.cli.help_page import show_help
from companion.cli.parsing import Usage
from companion.domain import care
from companion.domain.care import (
    CareEntry,
    Device,
    Estimate,
    Fact,
    Form,
    LightSession,
    Noticing,
    OnSkin,
    OtherTreatment,
    RegionScore,
    Score,
    ScoreRegion,
    SkinDay,
    Visit,
)
from companion.domain.moments import local
from companion.services.care_entries import NewCare
from companion.services.changes import Done
from companion.services.journal import GET_HELP
from companion.services.tubes import NewTube
from companion.wording import dates, numbers, say

if TYPE_CHECKING:
    from companion.services.opened import Opened

YES, NO = "yes", "no"


def add(kinds: Any) -> None:
    """Add the kinds to the subcommand ``log``."""
    _add_tube(kinds)
    light = _kind(kinds, "light", run_light)
    _choices(light, "--device", Device, Device.NBUVB_CABIN)
    light.add_argument("--minutes", metavar="M", type=parsing.minutes, help=say("cli.log.minutes"))
    treatment = _kind(kinds, "treatment", run_treatment)
    treatment.add_argument("name", metavar="NAME", help=say("cli.log.name"))
    _choices(treatment, "--form", Form, Form.OTHER)
    treatment.add_argument("--until", metavar="DATE", type=parsing.day, help=say("cli.log.until"))
    sun = _kind(kinds, "sun", run_sun)
    _choices(sun, "--what", OnSkin, OnSkin.SUN)
    estimate = _kind(kinds, "estimate", run_estimate, placed=False)
    estimate.add_argument("place", metavar="PLACE", help=say("cli.log.estimate_place"))
    estimate.add_argument("handprints", metavar="HANDPRINTS", type=parsing.handprints, help=say("cli.log.handprints"))
    score = _kind(kinds, "score", run_score, placed=False)
    regions = ", ".join(region.value for region in ScoreRegion)
    score.add_argument("--region", metavar="REGION:HANDPRINTS:PERCENT", action="append", required=True,
                       type=score_line, help=say("cli.log.score_region", names=regions))  # fmt: skip
    score.add_argument("--face", choices=(YES, NO), required=True, help=say("cli.log.face"))
    score.add_argument("--by", metavar="NAME", default="", help=say("cli.log.by"))
    noticing = _kind(kinds, "noticing", run_noticing)
    noticing.add_argument("level", metavar="0-4", type=level, help=say("cli.log.level"))
    visit = _kind(kinds, "visit", run_visit, placed=False)
    visit.add_argument("--asked", metavar="TEXT", default="", help=say("cli.log.asked"))
    visit.add_argument("--said", metavar="TEXT", default="", help=say("cli.log.said"))
    visit.add_argument("--next", metavar="DATE", type=parsing.day, help=say("cli.log.next"))


def _kind(kinds: Any, name: str, run: Any, placed: bool = True) -> Any:
    command = kinds.add_parser(name, help=say(f"cli.log.{name}"), description=say(f"cli.log.{name}_more"))
    parsing.add_globals(command)
    when = command.add_mutually_exclusive_group()
    when.add_argument("--at", metavar="TIME", type=parsing.instant, help=say("cli.log.at"))
    when.add_argument("--day", metavar="DATE", type=parsing.day, help=say("cli.log.on_day"))
    if placed:
        command.add_argument("--place", "--places", dest="places", metavar="A,B", help=say("cli.log.symptom_place"))
    command.add_argument("--note", metavar="TEXT", default="", help=say("cli.log.with_note"))
    command.set_defaults(run=run)
    return command


def _choices(command: Any, option: str, words: type[Device] | type[Form] | type[OnSkin], usual: str) -> None:
    listed = [word.value for word in words]
    command.add_argument(option, choices=listed, default=usual, help=say("cli.log.code", names=", ".join(listed)))


def _add_tube(kinds: Any) -> None:
    command = kinds.add_parser("tube", help=say("cli.log.tube"), description=say("cli.log.tube_more"))
    parsing.add_globals(command)
    command.add_argument("--grams", metavar="G", type=parsing.whole, required=True, help=say("cli.log.tube_grams"))
    command.add_argument("--opened", metavar="DATE", type=parsing.day, help=say("cli.log.opened"))
    command.add_argument("--lot", metavar="TEXT", default="", help=say("cli.log.lot"))
    command.add_argument("--expires", metavar="DATE", type=parsing.day, help=say("cli.log.expires"))
    command.add_argument("--last-finished", action="store_true", help=say("cli.log.last_finished"))
    command.add_argument("--yes", action="store_true", help=say("cli.log.yes"))
    command.set_defaults(run=run_tube)


def score_line(text: str) -> RegionScore:
    """Return one line of a score, written like ``arms:3:50``."""
    try:
        region, units, percent = text.strip().removesuffix("%").split(":")
        return RegionScore(ScoreRegion(region.strip()), Decimal(units.replace(",", ".")), int(percent))
    except (ValueError, InvalidOperation):
        raise Usage("usage.score_region", text=text) from None


def level(text: str) -> int:
    """Return how noticeable it is, from 0 to 4."""
    if text not in {str(each) for each in care.LEVELS}:
        raise Usage("usage.level", text=text)
    return int(text)


def run_light(desk: Desk) -> int:
    """Note a light session."""
    return _note(desk, LightSession(Device(desk.options.device), desk.options.minutes))


def run_treatment(desk: Desk) -> int:
    """Note another treatment."""
    return _note(desk, OtherTreatment(desk.options.name, Form(desk.options.form)))


def run_sun(desk: Desk) -> int:
    """Note a day in the sun, tanned, or with make-up."""
    return _note(desk, SkinDay(OnSkin(desk.options.what)))


def run_score(desk: Desk) -> int:
    """Note a doctor's area score; the arithmetic is shown."""
    options = desk.options
    return _note(desk, Score(tuple(options.region), options.face == YES, options.by))


def run_noticing(desk: Desk) -> int:
    """Note how noticeable it is."""
    return _note(desk, Noticing(desk.options.level))


def run_visit(desk: Desk) -> int:
    """Note a visit."""
    options = desk.options
    return _note(desk, Visit(options.asked, options.said, options.next))


def run_estimate(desk: Desk) -> int:
    """Note the person's own estimate of one place."""
    options = desk.options
    with desk.opened() as services:
        (place,) = places.noted(options.place, services.care) or (0,)
        entry, done = _added(desk, services, Estimate(place, options.handprints))
        areas = services.care_entries.areas()
        names = _names(services)
    size = numbers.handprints(options.handprints)
    lines = [say("cli.logged.estimate", place=names[place], size=size, day=dates.long_day(entry.day))]
    if areas.over_cap:
        lines.append(say("cli.logged.over_cap", size=numbers.handprints(areas.treated), cap=areas.cap))
    value = {**_value(entry, done, names), "handprints": str(options.handprints), "treated": str(areas.treated)}
    desk.out.answer({**value, "cap": areas.cap}, lines)
    return 0


def run_tube(desk: Desk) -> int:
    """Note a newly opened tube."""
    options = desk.options
    with desk.opened() as services:
        tube = NewTube(options.grams, options.opened or services.care.today(), options.lot, options.expires)
        in_use = next((each for each in services.care.tubes() if each.finished_on is None), None)
        last = in_use if options.last_finished else None
        done = desk.answered(lambda answered: services.care.open_tube(tube, last, answered))
    value = {
        "kind": "tube",
        "id": done.id,
        "grams": tube.grams,
        "opened_on": tube.opened_on.isoformat(),
        "expires_on": tube.expires_on.isoformat() if tube.expires_on else None,
        "lot": tube.lot,
        "finished": last.id if last else None,
    }
    desk.out.answer(value, [say("cli.logged.tube", grams=tube.grams, day=dates.long_day(tube.opened_on))])
    return 0


def _note(desk: Desk, what: Fact) -> int:
    with desk.opened() as services:
        entry, done = _added(desk, services, what)
        names = _names(services)
    value = {**_value(entry, done, names), **_told(what)}
    line = say("cli.logged.care", kind=say(f"care.kind.{entry.kind.value}"), day=dates.long_day(entry.day))
    desk.out.answer(value, [line, *(_arithmetic(what) if isinstance(what, Score) else ())])
    return 0


def _added(desk: Desk, services: Opened, what: Fact) -> tuple[CareEntry, Done]:
    options = desk.options
    text = getattr(options, "places", None)
    chosen = places.noted(text, services.care) if text else ()

    def act(answered: frozenset[str]) -> Done:
        return services.care_entries.add(
            NewCare(
                what,
                at=options.at,
                day=options.day,
                ended_on=getattr(options, "until", None),
                places=chosen,
                note=options.note,
                help_shown=GET_HELP in answered,
            )
        )

    done = show_help(desk, services, act)
    entry = services.care_entries.get(done.id)
    assert entry is not None
    return entry, done


def _arithmetic(score: Score) -> list[str]:
    """Return a score as it is reckoned, line by line, and how exact it is."""
    lines = [
        say(
            "cli.logged.score_line",
            region=say(f"care.score_region.{each.region.value}"),
            size=numbers.decimal(each.units, 2),
            percent=each.percent,
            points=numbers.decimal(each.points, 3),
        )
        for each in score.regions
    ]
    low, high = (numbers.decimal(end, 2) for end in care.score_range(score))
    total = numbers.decimal(care.score_total(score), 2)
    face = "with_face" if score.face_included else "without_face"
    return [*lines, say(f"cli.logged.score_{face}", total=total), say("cli.logged.score_range", low=low, high=high)]


def _told(what: Fact) -> dict[str, object]:
    match what:
        case LightSession(device, minutes):
            return {"device": device.value, "minutes": None if minutes is None else str(minutes)}
        case OtherTreatment(name, form):
            return {"name": name, "form": form.value}
        case SkinDay(on_skin):
            return {"what": on_skin.value}
        case Score(regions, face, by):
            lines = [
                {
                    "region": each.region.value,
                    "handprints": str(each.units),
                    "percent": each.percent,
                    "points": str(each.points),
                }
                for each in regions
            ]
            low, high = care.score_range(what)
            sums = {"total": str(care.score_total(what)), "low": str(low), "high": str(high)}
            return {"regions": lines, "face_included": face, "by": by, **sums}
        case Noticing(how):
            return {"level": how}
        case Visit(asked, said, next_on):
            return {"asked": asked, "said": said, "next_on": next_on.isoformat() if next_on else None}
    return {}


def _value(entry: CareEntry, done: Done, names: dict[int, str]) -> dict[str, object]:
    return {
        "kind": entry.kind.value,
        "id": entry.id,
        "day": entry.day.isoformat(),
        "at": local(entry.at, entry.zone).isoformat(timespec="seconds"),
        "ended_on": entry.ended_on.isoformat() if entry.ended_on else None,
        "places": [names[each] for each in entry.places],
        "note": entry.note,
        "help": done.help,
    }


def _names(services: Opened) -> dict[int, str]:
    return {place.id: places.described(place) for place in services.care.places(include_archived=True)}
