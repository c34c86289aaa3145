"""What stands before a record that exists: unlocking it, saying what is in the way, drawing the example."""

from companion.ui.pages.unlock.building import BuildingPage
from companion.ui.pages.unlock.page import UnlockPage

__all__ = ["BuildingPage", "UnlockPage"]
