"""What the Journal says of light, other treatments, sun, sizes, scores, visits, tubes and applications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from companion.domain.care import (
    CareEntry,
    Estimate,
    LightSession,
    Noticing,
    OtherTreatment,
    RegionScore,
    Score,
    SkinDay,
    Visit,
    score_total,
)
from companion.domain.dosing import Application
from companion.domain.treatment import Tube
from companion.ui.pages.journal.texts import capital, cut, day_said, ended, small
from companion.wording import numbers, say


def headline(entry: CareEntry, names: Mapping[int, str]) -> str:
    """Return the first line of an entry."""
    what = entry.what
    if isinstance(what, LightSession):
        return say("journal.light.line", device=small(say(f"care.device.{what.device.value}")))
    if isinstance(what, OtherTreatment):
        return cut(what.name)
    if isinstance(what, SkinDay):
        return say(f"care.on_skin.{what.what.value}")
    if isinstance(what, Estimate):
        place = capital(names.get(what.place_id, say("journal.estimate.no_place")))
        return say("journal.estimate.line", place=place, amount=handprints(what.handprints))
    if isinstance(what, Score):
        return say("journal.score.line", total=amount(score_total(what)))
    if isinstance(what, Noticing):
        level = small(say(f"care.level.{what.level}"))
        places = capital(placed(entry.places, names))
        if places:
            return say("journal.noticing.line_place", places=places, level=level)
        return say("journal.noticing.line", level=level)
    return say("care.kind.visit")


def details(entry: CareEntry, today: date, names: Mapping[int, str]) -> str:
    """Return what follows the first line of an entry."""
    what, said = entry.what, list[str]()
    if isinstance(what, LightSession) and what.minutes is not None:
        said.append(say("journal.light.minutes_said", count=what.minutes, minutes=numbers.decimal(what.minutes)))
    elif isinstance(what, OtherTreatment):
        said.append(ended(say(f"care.form.{what.form.value}")))
        if entry.ended_on is not None:
            said.append(say("journal.treatment.until", day=day_said(entry.ended_on, today)))
    elif isinstance(what, Score):
        said += _score_details(what)
    elif isinstance(what, Visit):
        said += _visit_details(what, today)
    if entry.places and not isinstance(what, Estimate | Noticing):
        said.append(ended(capital(placed(entry.places, names))))
    # What the person wrote begins a line of its own: it need not read on from the program's words.
    return "\n".join(filter(None, (" ".join(filter(None, said)), cut(entry.note))))


def _score_details(score: Score) -> list[str]:
    lines = "; ".join(say("journal.score.row", region=region(line), sum=arithmetic(line)) for line in score.regions)
    face = "journal.score.with_face" if score.face_included else "journal.score.without_face"
    by = [say("journal.score.by_said", name=cut(score.by))] if score.by.strip() else []
    return [ended(lines), say(face), *by]


def _visit_details(visit: Visit, today: date) -> list[str]:
    said = []
    if visit.asked.strip():
        said.append(say("journal.visit.asked_said", text=ended(cut(visit.asked))))
    if visit.said.strip():
        said.append(say("journal.visit.said_said", text=ended(cut(visit.said))))
    if visit.next_on is not None:
        said.append(say("journal.visit.next_said", day=day_said(visit.next_on, today)))
    return said


def tag(entry: CareEntry) -> str:
    """Return what a row bears at its right: whose words these are, or that something goes on."""
    if isinstance(entry.what, Score):
        return say("journal.tag.doctor")
    if isinstance(entry.what, Estimate):
        return say("journal.tag.own")
    return say("journal.tag.used") if still_used(entry) else ""


def still_used(entry: CareEntry) -> bool:
    """Return whether an entry is a treatment without an end."""
    return isinstance(entry.what, OtherTreatment) and entry.ended_on is None


def tube_details(tube: Tube, today: date) -> str:
    """Return size, lot, dates and state of a tube."""
    key = "journal.tube.size_lot" if tube.lot else "journal.tube.size"
    said = [say(key, grams=tube.grams, **({"lot": tube.lot} if tube.lot else {}))]
    if tube.expires_on is not None:
        said.append(say("journal.tube.expires", day=day_said(tube.expires_on, today)))
    if tube.finished_on is not None:
        said.append(say("journal.tube.finished", day=day_said(tube.finished_on, today)))
    if tube.crystals:
        said.append(say("today.tube.crystals_noted"))
    return " ".join(said)


def application_headline(row: Application) -> str:
    """Return which application it was and what became of it."""
    from companion.wording import dates

    part = say(f"journal.application.{row.slot.part.value}")
    outcome = say(f"journal.application.{row.outcome.value}")
    return say("journal.application.line", part=part, day=dates.short_day(row.slot.day), outcome=outcome)


# Numbers


def amount(value: Decimal) -> str:
    """Return a number with up to two decimals."""
    return numbers.decimal(value, 2)


def exact(value: Decimal) -> str:
    """Return a number with all its decimals, so that what is written adds up."""
    return numbers.decimal(value, 6)


def handprints(value: Decimal) -> str:
    """Return a size in handprints; none has words of its own."""
    return numbers.handprints(value) if value else say("journal.estimate.nothing")


def region(line: RegionScore) -> str:
    """Return the name of the region of a line."""
    return say(f"care.score_region.{line.region.value}")


def arithmetic(line: RegionScore) -> str:
    """Return a line as arithmetic: ``2 × 75% = 1.5``."""
    return say("journal.score.sum", units=exact(line.units), percent=line.percent, points=exact(line.points))


def placed(places: Iterable[int], names: Mapping[int, str]) -> str:
    """Return the names of places in one line."""
    return ", ".join(names[number] for number in places if number in names)
