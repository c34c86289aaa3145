"""``companion photos measure``: how much of an outlined area has no colour on two pictures, without a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.cli import parsing
from companion.cli.desk import Desk
from companion.wording import numbers, say

if TYPE_CHECKING:
    from companion.domain.measuring import Alignment, Measurement


def add(kinds: Any) -> None:
    """Add the kind to ``companion photos``."""
    command = kinds.add_parser("measure", help=say("measure.about"), description=say("measure.more"))
    parsing.add_globals(command)
    command.add_argument("base", metavar="BASE", help=say("measure.base"))
    command.add_argument("follow", metavar="FOLLOW", help=say("measure.follow"))
    command.add_argument("--outline", required=True, metavar="FILE", help=say("measure.outline"))
    command.add_argument("--points", metavar="FILE", help=say("measure.points"))
    command.set_defaults(run=run)


def run(desk: Desk) -> int:
    """Measure. Where it cannot be told the answer says why, and the code is 1."""
    from companion.services.measuring import BadList, BadPicture, measure_files

    options = desk.options
    points = Path(options.points).expanduser() if options.points else None
    base, follow, outline = (Path(each).expanduser() for each in (options.base, options.follow, options.outline))
    try:
        found = measure_files(base, follow, outline, points)
    except BadPicture as bad:
        why = say(f"cli.refused.{bad.reason.value}")
        desk.out.complain(bad.reason.value, say("measure.picture", file=bad.path.name, why=why), file=bad.path.name)
        return 1
    except BadList as bad:
        text = say(f"measure.fault.{bad.fault.value}", file=bad.path.name)
        desk.out.complain(f"outline-{bad.fault.value}", text, file=bad.path.name)
        return 1
    desk.out.answer(_value(found.value), _lines(found.value))
    return 0 if found.value.accepted else 1


def _value(found: Measurement) -> dict[str, object]:
    """Return the answer as JSON: no number stands beside a refusal, so that none is taken for a result."""
    told = found.accepted
    return {
        "area_base": found.area_base if told else None,
        "area_follow": found.area_follow if told else None,
        "change": found.change if told else None,
        "low": found.low if told else None,
        "high": found.high if told else None,
        "accepted": told,
        "reasons": [reason.value for reason in found.reasons],
        "alignment": _alignment(found.alignment),
    }


def _alignment(found: Alignment) -> dict[str, object]:
    rows = [list(found.matrix[start : start + 3]) for start in (0, 3, 6)]
    return {
        "method": found.method.value,
        "accepted": found.accepted,
        "quality": found.quality.value,
        "matrix": rows if found.residual is not None else None,
        "bend": [list(pair) for pair in found.bend],
        "centre": list(found.centre),
        "reach": found.reach,
        "residual": found.residual,
        "visible": found.visible,
        "reasons": [reason.value for reason in found.reasons],
    }


def _lines(found: Measurement) -> list[str]:
    if not found.accepted:
        return [say("measure.cannot"), *(say(f"measure.reason.{reason.value}") for reason in found.reasons)]
    assert found.area_base is not None
    assert found.area_follow is not None
    lines = [say("measure.areas", base=_percent(found.area_base), follow=_percent(found.area_follow)), _change(found)]
    if found.alignment.residual is not None:
        quality = f"measure.aligned.{found.alignment.quality.value}"
        lines.append(say(quality, residual=numbers.decimal(max(found.alignment.residual, 0.01), 2)))
    return [*lines, say("measure.light"), say("measure.tried")]


def _change(found: Measurement) -> str:
    """Return the change in words, rounded to whole per cent outwards: the range must not get narrower by it."""
    assert found.change is not None
    assert found.low is not None
    assert found.high is not None
    low, high = _outwards(found.low, -1), _outwards(found.high, 1)
    if not found.clear:
        return say("measure.no_clear_change", less=max(0, -low), more=max(0, high))
    if found.high < 0:
        return say("measure.smaller", change=_percent(-found.change), low=-high, high=-low)
    return say("measure.larger", change=_percent(found.change), low=low, high=high)


def _percent(share: float) -> int:
    return round(100 * share)


def _outwards(share: float, way: int) -> int:
    whole = int(100 * share)
    return whole if whole == 100 * share or (share > 0) != (way > 0) else whole + way
