"""Frozen values, as ``dataclasses`` makes them, with the part that is alike in all of them written once.

``@dataclass(frozen=True, slots=True)`` generates and compiles comparison, hash and representation anew for every
class, which is half of what one costs at the start of the program; a window needs some forty before its first paint.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True)
def value(cls: type[_T]) -> type[_T]:
    """Make ``cls`` a frozen dataclass with slots: equal, and hashed, by class and fields; shown like a dataclass.

    ``dataclasses.replace``, ``fields`` and pickling work as for any other.
    """
    made: Any = dataclass(frozen=True, slots=True, eq=False, repr=False)(cls)
    key = attrgetter(*made.__match_args__) if made.__match_args__ else _nothing

    def same(self: object, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(key(self))

    made.__eq__ = same
    made.__hash__ = hashed
    made.__repr__ = _shown
    return made  # type: ignore[no-any-return]


def _nothing(_: object) -> tuple[()]:
    return ()


def _shown(self: Any) -> str:
    told = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({told})"
