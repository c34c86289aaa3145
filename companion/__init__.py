"""Companion: a private desktop companion for people with vitiligo who use ruxolitinib 1.5% cream."""

from __future__ import annotations

__version__ = "0.1.0"
