"""Today, the page the window opens with."""

from __future__ import annotations

from companion.ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]
