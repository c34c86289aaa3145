"""The Journal: side effects and notes, and how to add, find, change and delete them."""

from __future__ import annotations

from companion.ui.pages.journal.page import JournalPage

__all__ = ["JournalPage"]
