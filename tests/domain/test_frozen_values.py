"""A value behaves as a frozen dataclass does, though what is alike in all of them is written once."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from companion.domain.values import value


@value
class Point:
    """Two numbers and something too long to be shown."""

    x: int
    y: int = 2
    data: bytes = field(default=b"long", repr=False)


@value
class Other:
    """The same fields, another class."""

    x: int
    y: int = 2
    data: bytes = b"long"


@value
class Empty:
    """Nothing at all."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the library makes of one field."""

    x: int


@value
class Single:
    """One field."""

    x: int


def test_equality_is_by_class_and_fields():
    assert Point(1) == Point(1, 2)
    assert Point(1) != Point(2)
    assert Point(1) != Other(1)
    assert Point(1) != (1, 2, b"long")
    assert Empty() == Empty()
    assert Single(3) == Single(3) != Single(4)


def test_equal_values_have_one_hash():
    assert len({Point(1), Point(1, 2), Point(3)}) == 2
    assert hash(Single(1)) == hash(Single(1))


def test_a_value_cannot_be_changed():
    point = Point(1)
    with pytest.raises(FrozenInstanceError):
        point.x = 5
    with pytest.raises(FrozenInstanceError):
        del point.y
    with pytest.raises((AttributeError, TypeError)):
        point.unheard_of = 1
    assert not hasattr(point, "__dict__")


def test_it_is_shown_as_a_dataclass_is():
    assert repr(Point(1)) == "Point(x=1, y=2)"
    assert repr(Single(1)) == repr(Reference(1)).replace("Reference", "Single")
    assert repr(Empty()) == "Empty()"


def test_it_can_be_replaced_copied_and_sent_to_another_process():
    point = Point(1, 7, b"abc")
    assert replace(point, x=4) == Point(4, 7, b"abc")
    assert [each.name for each in fields(point)] == ["x", "y", "data"]
    for again in (copy.copy(point), copy.deepcopy(point), pickle.loads(pickle.dumps(point))):
        assert again == point


def test_what_cannot_be_hashed_says_so():
    with pytest.raises(TypeError):
        hash(Single([]))
