"""Everything else a treatment is made of: light, other treatments, sun, sizes, scores, what others see, visits.

Facts as they were told or read off, never a verdict. Each value can be checked by :func:`check`, which names what
cannot be. A handprint is the palm with all five fingers of the person's own hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from companion.domain.errors import PersonError
from companion.domain.values import value

OLDEST_DAY = date(1900, 1, 1)
"""Nobody who keeps a record was treated before; an earlier day is a slip of the pen."""
YEARS_AHEAD = 10
"""How far ahead an appointment or the planned end of a treatment may lie."""
MAX_NAME = 200
MAX_TEXT = 100_000
MAX_MINUTES = Decimal(180)
BODY = Decimal(100)
"""The whole body in handprints, as leaflets and scores count: one handprint stands for one percent of the skin."""


class CareKind(StrEnum):
    """The kinds of entries; their values are stored."""

    LIGHT = "light"
    TREATMENT = "treatment"
    SKIN_DAY = "skin_day"
    ESTIMATE = "estimate"
    SCORE = "score"
    NOTICING = "noticing"
    VISIT = "visit"


class Device(StrEnum):
    """What a light session was done with."""

    NBUVB_CABIN = "nbuvb_cabin"
    NBUVB_HAND = "nbuvb_hand"
    EXCIMER = "excimer"
    OTHER = "other"


class Form(StrEnum):
    """What kind of thing another treatment is."""

    CREAM = "cream"
    TABLET = "tablet"
    INJECTION = "injection"
    SUPPLEMENT = "supplement"
    PROCEDURE = "procedure"
    OTHER = "other"


class OnSkin(StrEnum):
    """What makes the skin look different for a while: worth knowing beside a photo."""

    SUN = "sun"
    TAN = "tan"
    MAKE_UP = "make_up"


class ScoreRegion(StrEnum):
    """The regions a doctor's area score is summed over."""

    HEAD_NECK = "head_neck"
    HANDS = "hands"
    ARMS = "arms"
    TRUNK = "trunk"
    LEGS = "legs"
    FEET = "feet"


PERCENTS = (0, 10, 25, 50, 75, 90, 100)
"""The seven steps of how much colour is gone (source ``vasi-tool``)."""
LEVELS = (0, 1, 2, 3, 4)
"""How noticeable it is, in the program's own words: not at all, hardly, somewhat, clearly, at first sight."""

_MOST_UNITS = {
    ScoreRegion.HEAD_NECK: 18,
    ScoreRegion.HANDS: 10,
    ScoreRegion.ARMS: 26,
    ScoreRegion.TRUNK: 64,
    ScoreRegion.LEGS: 68,
    ScoreRegion.FEET: 14,
}
"""Twice the handprints a region of an adult has, counted generously: more is a slip of the pen, not an opinion."""


@value
class LightSession:
    """A session of light therapy; ``minutes`` as long as it was, if that is known. No dose: that is the clinic's."""

    device: Device
    minutes: Decimal | None = None


@value
class OtherTreatment:
    """Something else that is used, by the name the person gives it; its days are those of the entry."""

    name: str
    form: Form = Form.OTHER


@value
class SkinDay:
    """A day the skin looked different for another reason."""

    what: OnSkin


@value
class Estimate:
    """The person's own estimate of what is without colour at one place, in handprints."""

    place_id: int
    handprints: Decimal


@value
class RegionScore:
    """One line of a score: the handprints of the patches in a region, and how much of their colour is gone."""

    region: ScoreRegion
    units: Decimal
    percent: int

    @property
    def points(self) -> Decimal:
        """Return what the line adds to the sum."""
        return self.units * self.percent / 100


@value
class Score:
    """A doctor's area score by region. Whether the face is counted in is stored with it: methods differ."""

    regions: tuple[RegionScore, ...]
    face_included: bool
    by: str = ""


@value
class Noticing:
    """How noticeable it is to the person, 0 to 4, at the entry's place or, without one, on the whole."""

    level: int


@value
class Visit:
    """A visit: what was asked, what the doctor said, and when the next one is."""

    asked: str = ""
    said: str = ""
    next_on: date | None = None


Fact = LightSession | OtherTreatment | SkinDay | Estimate | Score | Noticing | Visit

KIND_OF: dict[type[Fact], CareKind] = {
    LightSession: CareKind.LIGHT,
    OtherTreatment: CareKind.TREATMENT,
    SkinDay: CareKind.SKIN_DAY,
    Estimate: CareKind.ESTIMATE,
    Score: CareKind.SCORE,
    Noticing: CareKind.NOTICING,
    Visit: CareKind.VISIT,
}


@value
class CareEntry:
    """One entry. ``day`` is the civil day of ``at`` (UTC) in ``zone``; ``places`` are place ids.

    ``ended_on`` is the last day of a treatment. ``help_shown_at`` is when the get-help page was shown for it.
    """

    id: int
    what: Fact
    at: datetime
    zone: str
    day: date
    ended_on: date | None = None
    places: tuple[int, ...] = ()
    note: str = ""
    help_shown_at: datetime | None = None
    deleted: bool = False

    @property
    def kind(self) -> CareKind:
        """Return which kind of entry it is."""
        return KIND_OF[type(self.what)]


@value
class Prescription:
    """What stands on the prescription and the person wants at hand; everything may be empty."""

    prescriber: str = ""
    pharmacy: str = ""
    number: str = ""
    started_on: date | None = None
    refills: str = ""
    insurance: str = ""


@value
class Caveat:
    """A known limit of a score: a key the wording says, the figure in it, and where it is from."""

    key: str
    figure: Decimal | None
    sources: tuple[str, ...]


SCORE_CAVEATS = (
    Caveat("steps", None, ("vasi-tool",)),
    Caveat("hand_is_less", Decimal("0.8"), ("handprint-ftu",)),
    Caveat("face_differs", None, ("vasi-tool",)),
)
"""Why a score is not exact: it knows seven steps only, a hand is a little less than one percent of the skin, and
methods differ on whether the face counts. Figures of how far two raters lie apart are not shown: none that was found
could be traced to its study."""


def typed(what: Fact) -> str:
    """Return what a person wrote in a fact, line by line, to be searched and looked through for what is urgent."""
    if isinstance(what, OtherTreatment):
        return what.name
    if isinstance(what, Score):
        return what.by
    if isinstance(what, Visit):
        return "\n".join(part for part in (what.asked, what.said) if part)
    return ""


def choice(what: Fact) -> str:
    """Return the code that was chosen in a fact, such as ``excimer``, or nothing."""
    if isinstance(what, LightSession):
        return what.device.value
    if isinstance(what, OtherTreatment):
        return what.form.value
    if isinstance(what, SkinDay):
        return what.what.value
    return str(what.level) if isinstance(what, Noticing) else ""


def score_total(score: Score) -> Decimal:
    """Return the sum of handprints times share, 0 to 100."""
    return sum((line.points for line in score.regions), Decimal(0))


def score_range(score: Score) -> tuple[Decimal, Decimal]:
    """Return the least and most the sum can mean, because each share was rounded to one of seven steps.

    Half-way to the step before and after; what else two people may see differently is not in it.
    """
    sides = [_around(line.percent) for line in score.regions]
    low, high = (
        sum((line.units * side[end] / 100 for line, side in zip(score.regions, sides, strict=True)), Decimal(0))
        for end in (0, 1)
    )
    return low, high


def _around(percent: int) -> tuple[Decimal, Decimal]:
    between = [Decimal(low + high) / 2 for low, high in pairwise(PERCENTS)]
    edges = [Decimal(0), *between, Decimal(100)]
    place = PERCENTS.index(percent)
    return edges[place], edges[place + 1]


def check(what: Fact) -> None:
    """Check a fact by itself.

    Raises:
        PersonError: ``light_minutes`` (``most``), ``treatment_name_empty``, ``name_too_long`` (``count``),
            ``estimate_range`` (``most``), ``score_empty``, ``score_region_twice``, ``score_percent``,
            ``score_units`` (``most``), ``score_over_body``, ``noticing_level``, ``note_too_long`` (``count``).
    """
    if isinstance(what, LightSession):
        if what.minutes is not None and not (what.minutes.is_finite() and 0 < what.minutes <= MAX_MINUTES):
            raise PersonError("light_minutes", most=int(MAX_MINUTES))
    elif isinstance(what, OtherTreatment):
        if not what.name.strip():
            raise PersonError("treatment_name_empty")
        check_name(what.name)
    elif isinstance(what, Estimate):
        if not (what.handprints.is_finite() and 0 <= what.handprints <= BODY):
            raise PersonError("estimate_range", most=int(BODY))
    elif isinstance(what, Score):
        _check_score(what)
    elif isinstance(what, Noticing):
        if what.level not in LEVELS:
            raise PersonError("noticing_level")
    elif isinstance(what, Visit) and max(len(what.asked), len(what.said)) > MAX_TEXT:
        raise PersonError("note_too_long", count=MAX_TEXT)


def check_name(text: str) -> None:
    """Raise ``PersonError("name_too_long")`` for a name no list could show."""
    if len(text) > MAX_NAME:
        raise PersonError("name_too_long", count=MAX_NAME)


def _check_score(score: Score) -> None:
    check_name(score.by)
    if not score.regions:
        raise PersonError("score_empty")
    if len({line.region for line in score.regions}) < len(score.regions):
        raise PersonError("score_region_twice")
    for line in score.regions:
        check_line(line)
    if sum((line.units for line in score.regions), Decimal(0)) > BODY:
        raise PersonError("score_over_body", most=int(BODY))


def check_line(line: RegionScore) -> None:
    """Check one line of a score, so that it can be said beside it. Raises as :func:`check`."""
    if line.percent not in PERCENTS:
        raise PersonError("score_percent")
    if not (line.units.is_finite() and 0 <= line.units <= _MOST_UNITS[line.region]):
        raise PersonError("score_units", most=_MOST_UNITS[line.region])


def check_over_body(handprints: Iterable[Decimal]) -> None:
    """Raise ``PersonError("estimates_over_body")`` where the sizes of all places are more than a body."""
    if sum(handprints, Decimal(0)) > BODY:
        raise PersonError("estimates_over_body", most=int(BODY))


def check_days(what: Fact, day: date, ended_on: date | None, today: date) -> None:
    """Check the days of an entry.

    Raises:
        PersonError: ``in_future``, ``day_too_early`` (``year``), ``day_too_late`` (``count`` years),
            ``end_before_start``, ``next_before_visit``.
    """
    if day > today:
        raise PersonError("in_future")
    if day < OLDEST_DAY:
        raise PersonError("day_too_early", year=OLDEST_DAY.year)
    if ended_on is not None:
        if ended_on < day:
            raise PersonError("end_before_start")
        _check_ahead(ended_on, today)
    if isinstance(what, Visit) and what.next_on is not None:
        if what.next_on < day:
            raise PersonError("next_before_visit")
        _check_ahead(what.next_on, today)


def _check_ahead(day: date, today: date) -> None:
    if day.year > today.year + YEARS_AHEAD:
        raise PersonError("day_too_late", count=YEARS_AHEAD)
