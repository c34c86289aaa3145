"""A view that brings out where colour is missing; shown beside a photograph.

It is a drawing made from the photograph and never replaces it: grey where skin has its usual colour, paler where it has
less, darker where it has more. Light that changes slowly over the picture does not count.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any

_WEIGHTS = np.array((-0.6, -0.1, 0.7), np.float32)
"""Blue density against red: pigment weakens blue most, while shade weakens all alike."""
_LIGHT = 0.12  # of the long side: slower changes are taken for light
_GREY, _SPAN = 110, 95
_SPREAD_LEAST = 0.08


def depigmentation_contrast(picture: Array) -> Array:
    """Return the view of an upright RGB picture (height, width, 3; uint8), of the same shape and kind.

    The three channels of the answer are equal. Nothing is measured by it.
    """
    import cv2

    if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8:
        raise ValueError("an RGB picture of eight bits a channel is needed")
    table = -np.log((np.arange(256, dtype=np.float32) / 255) ** 2.2 + 0.01)
    pigment: Array = table[picture] @ _WEIGHTS
    side = max(pigment.shape)
    pigment = cv2.GaussianBlur(pigment, (0, 0), max(0.8, side / 900))
    small = cv2.resize(
        pigment, (max(1, pigment.shape[1] // 8), max(1, pigment.shape[0] // 8)), interpolation=cv2.INTER_AREA
    )
    # The usual level of the neighbourhood, kept from a patch by taking the darker side of it.
    usual = np.maximum(small, np.float32(np.median(small)))
    usual = cv2.GaussianBlur(usual, (0, 0), max(1.0, _LIGHT * side / 8))
    level = cv2.resize(usual, (pigment.shape[1], pigment.shape[0]), interpolation=cv2.INTER_LINEAR)
    missing = level - pigment
    # How much there is to show is taken from the middle of the picture: cloth round the skin is often of any colour.
    height, width = missing.shape
    middle = missing[height // 4 : height - height // 4, width // 4 : width - width // 4]
    spread = max(float(np.percentile(np.abs(middle), 92)), _SPREAD_LEAST)
    grey = np.clip(_GREY + _SPAN * 1.5 * np.tanh(missing / spread), 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, 2)
