"""Photos: bring them in, find them again by month and place, and look at two of them together."""

from __future__ import annotations

from companion.ui.pages.photos.page import PhotosPage

__all__ = ["PhotosPage"]
