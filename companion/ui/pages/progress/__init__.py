"""The months on one page."""

from __future__ import annotations

from companion.ui.pages.progress.page import ProgressPage

__all__ = ["ProgressPage"]
