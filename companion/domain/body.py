"""The map of the body: the regions a place can be, which side each is on, where it is seen, and which are private.

Left and right are always the person's own. A region's value is what is stored and what phrases are keyed by
(``body.hand_left``), so it never changes.
"""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """A side of the person's own body."""

    LEFT = "left"
    RIGHT = "right"


class View(StrEnum):
    """A drawing a region can be seen on: the body from the front or the back, or the enlarged face."""

    FRONT = "front"
    BACK = "back"
    FACE = "face"


class Region(StrEnum):
    """A region of the body, from head to foot."""

    FACE = "face"
    FOREHEAD = "forehead"
    EYELIDS = "eyelids"
    NOSE = "nose"
    CHEEKS = "cheeks"
    MOUTH = "mouth"
    CHIN = "chin"
    EARS = "ears"
    SCALP = "scalp"
    NECK = "neck"
    NAPE = "nape"
    CHEST = "chest"
    BREASTS = "breasts"
    ABDOMEN = "abdomen"
    UPPER_BACK = "upper_back"
    LOWER_BACK = "lower_back"
    SHOULDER_RIGHT = "shoulder_right"
    SHOULDER_LEFT = "shoulder_left"
    ARMPIT_RIGHT = "armpit_right"
    ARMPIT_LEFT = "armpit_left"
    UPPER_ARM_RIGHT = "upper_arm_right"
    UPPER_ARM_LEFT = "upper_arm_left"
    ELBOW_RIGHT = "elbow_right"
    ELBOW_LEFT = "elbow_left"
    FOREARM_RIGHT = "forearm_right"
    FOREARM_LEFT = "forearm_left"
    WRIST_RIGHT = "wrist_right"
    WRIST_LEFT = "wrist_left"
    HAND_RIGHT = "hand_right"
    HAND_LEFT = "hand_left"
    PALM_RIGHT = "palm_right"
    PALM_LEFT = "palm_left"
    HIP_RIGHT = "hip_right"
    HIP_LEFT = "hip_left"
    GROIN = "groin"
    GENITALS = "genitals"
    BUTTOCKS = "buttocks"
    THIGH_RIGHT = "thigh_right"
    THIGH_LEFT = "thigh_left"
    KNEE_RIGHT = "knee_right"
    KNEE_LEFT = "knee_left"
    LOWER_LEG_RIGHT = "lower_leg_right"
    LOWER_LEG_LEFT = "lower_leg_left"
    ANKLE_RIGHT = "ankle_right"
    ANKLE_LEFT = "ankle_left"
    FOOT_RIGHT = "foot_right"
    FOOT_LEFT = "foot_left"

    @property
    def side(self) -> Side | None:
        """The person's own side it is on, or ``None`` for the middle and for what covers both."""
        tail = self.value.rpartition("_")[2]
        return Side(tail) if tail in ("left", "right") else None

    @property
    def part(self) -> str:
        """The region without its side: ``hand`` for both hands."""
        return self.value.rpartition("_")[0] if self.side else self.value

    @property
    def views(self) -> frozenset[View]:
        """The drawings it is seen on."""
        return _SEEN.get(self.part, _BOTH)

    @property
    def intimate(self) -> bool:
        """Whether it is private: hidden until asked for, and never shared by default."""
        return self.part in _INTIMATE

    @property
    def other_side(self) -> Region | None:
        """The same region on the other side, or ``None``."""
        if self.side is None:
            return None
        return Region(f"{self.part}_{Side.RIGHT if self.side is Side.LEFT else Side.LEFT}")


_BOTH = frozenset({View.FRONT, View.BACK})
_FRONT = frozenset({View.FRONT})
_BACK = frozenset({View.BACK})
_FACE = frozenset({View.FACE})

# Hanging arms show the back of the hand from the front and the palm from the back.
_SEEN = {
    "face": _FRONT,
    "forehead": _FACE,
    "eyelids": _FACE,
    "nose": _FACE,
    "cheeks": _FACE,
    "mouth": _FACE,
    "chin": _FACE,
    "ears": _FACE,
    "scalp": frozenset({View.FRONT, View.BACK, View.FACE}),
    "neck": _FRONT,
    "nape": _BACK,
    "chest": _FRONT,
    "breasts": _FRONT,
    "abdomen": _FRONT,
    "upper_back": _BACK,
    "lower_back": _BACK,
    "armpit": _FRONT,
    "hand": _FRONT,
    "palm": _BACK,
    "hip": _FRONT,
    "groin": _FRONT,
    "genitals": _FRONT,
    "buttocks": _BACK,
}
_INTIMATE = frozenset({"breasts", "groin", "genitals", "buttocks"})
_CODES = frozenset(region.value for region in Region)


def is_region(code: str) -> bool:
    """Return whether ``code`` names a region."""
    return code in _CODES


def is_intimate(code: str) -> bool:
    """Return whether the region named by ``code`` is private. Raises ``ValueError`` for no region."""
    return Region(code).intimate
