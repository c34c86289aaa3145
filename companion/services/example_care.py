"""What else an example life is made of: the doctor's scores, own estimates, how noticeable, sun, visits. Pure.

A text is the key of a phrase; the service says it in the person's language.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from companion.domain.care import (
    CareEntry,
    Estimate,
    Fact,
    Form,
    Noticing,
    OnSkin,
    OtherTreatment,
    RegionScore,
    Score,
    ScoreRegion,
    SkinDay,
    Visit,
)
from companion.domain.moments import DAY, instant_of

NEXT_VISIT_AFTER = timedelta(days=91)


def _score(face: int, hand: int, knee: int) -> Score:
    lines = (
        RegionScore(ScoreRegion.HEAD_NECK, Decimal("0.75"), face),
        RegionScore(ScoreRegion.HANDS, Decimal("0.5"), hand),
        RegionScore(ScoreRegion.LEGS, Decimal("0.25"), knee),
    )
    return Score(lines, face_included=True)


def entries(start: date, today: date, zone: str, face: int, hand: int, knee: int) -> Iterator[CareEntry]:
    """Yield what was noted between two days, with the ids of three places; ids of entries are 0.

    Nothing of it lies after ``today``, so a short life has fewer entries.
    """
    days = (today - start).days
    sizes = ((0.0, "0.75", "0.5", "0.25"), (0.4, "0.75", "0.5", "0.25"), (0.75, "0.5", "0.5", "0.25"))
    told: list[tuple[float, Fact, tuple[int, ...], str]] = [
        (0.01, _score(90, 100, 90), (), ""),
        (0.01, Visit("", "first_said"), (), ""),
        (0.02, OtherTreatment("sunscreen", Form.CREAM), (), "sunscreen_note"),
        (0.03, Noticing(3), (face,), ""),
        (0.42, SkinDay(OnSkin.SUN), (face, hand), "sun_note"),
        (0.46, SkinDay(OnSkin.TAN), (), ""),
        (0.50, Noticing(3), (face,), ""),
        (0.80, _score(50, 100, 75), (), ""),
        (0.80, Visit("asked", "said"), (), ""),
        (0.93, Noticing(2), (face,), ""),
        (0.97, SkinDay(OnSkin.MAKE_UP), (face,), ""),
    ]
    for share, *amounts in sizes:
        for place, amount in zip((face, hand, knee), amounts, strict=True):
            told.append((share + 0.03, Estimate(place, Decimal(str(amount))), (place,), ""))
    for share, what, places, note in sorted(told, key=lambda each: each[0]):
        day = start + timedelta(days=int(days * share))
        if day > today - DAY:
            continue
        if isinstance(what, Visit):
            planned = day + NEXT_VISIT_AFTER
            what = Visit(what.asked, what.said, planned if planned > today else None)
        yield CareEntry(0, what, _noon(day, zone), zone, day, places=places, note=note)


def _noon(day: date, zone: str) -> datetime:
    moment = instant_of(day, time(12), zone)
    return moment if moment is not None else _noon(day + DAY, zone)
