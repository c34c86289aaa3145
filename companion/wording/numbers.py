"""Amounts in words, for the language spoken now: handprints in halves and quarters, grams, per cent."""

from __future__ import annotations

from decimal import Decimal

from companion.wording.phrases import Phrasebook, current

_FRACTIONS = {Decimal("0.25"): "¼", Decimal("0.5"): "½", Decimal("0.75"): "¾"}


def decimal(value: float | Decimal, places: int = 1, book: Phrasebook | None = None) -> str:
    """Return a number with at most ``places`` decimals and the language's decimal mark: ``1.5`` or ``1,5``."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", (book or current()).say("numbers.decimal_mark"))


def quarters(value: float | Decimal, book: Phrasebook | None = None) -> str:
    """Return ``2½`` for 2.5; anything that is not a whole quarter falls back to decimals."""
    amount = Decimal(str(value))
    whole = int(amount)
    fraction = amount - whole
    if fraction == 0:
        return str(whole)
    if fraction in _FRACTIONS:
        return f"{whole or ''}{_FRACTIONS[fraction]}"
    return decimal(amount, 2, book)


def handprints(value: float | Decimal, book: Phrasebook | None = None) -> str:
    """Return ``2½ handprints``."""
    chosen = book or current()
    return chosen.say("numbers.handprints", count=1 if Decimal(str(value)) <= 1 else 2, amount=quarters(value, chosen))


def grams(value: float | Decimal, book: Phrasebook | None = None) -> str:
    """Return ``1.5 g``."""
    return f"{decimal(value, 1, book)} g"
