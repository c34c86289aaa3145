"""The first start."""

from companion.ui.pages.setup.page import SetupPage

__all__ = ["SetupPage"]
