"""The Learn page: index, reader, questions."""

from __future__ import annotations

from companion.ui.pages.learn.page import LearnPage

__all__ = ["LearnPage"]
