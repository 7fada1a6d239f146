"""How much of anything a group may hold, and from which day on a clock is believed. Nothing here holds any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

CLOCK_IS_SET = date(2026, 1, 1)
"""Before this program was made: a clock that stands earlier was never set, and decides nothing."""
MOST_MEMBERS = 12
MOST_AGREEMENTS = 12
MOST_THEMES = 20
MOST_CARDS = 12
"""Of one theme."""
MOST_HELD = 999
LONGEST_NAME = 40
"""Characters, as on a seat."""
LIMITS: Mapping[str, tuple[float, float]] = {
    "rhythm": (0, 26),
    "minutes": (15, 300),
    "minimum": (0, 8),
    "returns": (0, 12),
    "held_guided": (0, MOST_HELD),
    "held_alone": (0, MOST_HELD),
}
"""Field to the least and the most that it may be."""
