"""From a worker's clean copy to an array, for comparing and measuring."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image

from companion.domain.pictures import Rendition

Array = Any


def pixels(copy: Rendition) -> Array:
    """Return the upright RGB pixels (height, width, 3; uint8) of a copy a worker process made.

    Foreign bytes never come here: the copy is a JPEG written anew by our own worker, and its size was checked.
    """
    with Image.open(io.BytesIO(copy.data), formats=("JPEG",)) as picture:
        return np.asarray(picture.convert("RGB"))
