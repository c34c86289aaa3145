"""Amounts as people write them."""

from __future__ import annotations

import re
from decimal import Decimal

_FRACTIONS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
_PLAIN = re.compile(r"^\d{0,6}(?:[.,]\d{1,4})?$")


def amount(text: str) -> Decimal | None:
    """Return the amount meant by ``2``, ``1,5``, ``.5``, ``2½`` or ``75 %``; ``None`` when it is none."""
    plain = text.strip().removesuffix("%").strip()
    fraction = _FRACTIONS.get(plain[-1:])
    if fraction is not None:
        whole = plain[:-1].strip()
        return fraction + int(whole) if whole.isdecimal() else None if whole else fraction
    if not plain or not _PLAIN.match(plain):
        return None
    return Decimal(plain.replace(",", "."))
