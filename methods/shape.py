"""Which keys a method file may have, and within what bounds: the reader and the schema for editors both go by this."""

from __future__ import annotations

from typing import NamedTuple

SCHEMA = "kring-method/1"
ALWAYS_THERE = ("case_owner", "peers", "facilitator")
"""Roles that every method has; `roles` names the others."""
IDENTIFIER = r"[a-z][a-z0-9_]{0,39}"
LANGUAGE = r"[a-z]{2,3}"
LANGUAGES_NEEDED = ("nl", "en")
PEOPLE = "people"
"""How `repeat.times` says: once for everybody at the table."""

METHOD_KEYS = (
    "schema",
    "id",
    "names",
    "summary",
    "origin",
    "level",
    "case_types",
    "not_for",
    "group",
    "duration",
    "preparation",
    "pitfalls",
    "sources",
    "phases",
)
METHOD_OPTIONS = (
    "time_note",
    "kind",
    "form",
    "verified",
    "trust",
    "licence",
    "roles",
    "materials",
    "variants",
    "repeat",
    "per_case",
)
PHASE_KEYS = ("id", "name", "goal", "glance", "prompt", "minutes", "floor", "balance", "allow", "deny")
PHASE_OPTIONS = ("stems", "capture", "pitfall", "choice_rule", "optional")
FLOOR_KEYS = ("mode",)
FLOOR_OPTIONS = (
    "speak",
    "silent",
    "then",
    "turned_away",
    "seconds_each",
    "silence_first_minutes",
    "write_first_minutes",
    "pause_seconds",
)
GROUP_KEYS = ("min", "ideal", "max")
DURATION_KEYS = ("min", "typical", "max")
MINUTES_KEYS = ("min", "default", "max")
MINUTES_OPTIONS = ("basis",)
REPEAT_KEYS = ("phases", "times")
SOURCE_KEYS = ("ref", "gives")


class Bounds(NamedTuple):
    """The least and the most, both allowed."""

    least: float
    most: float


GROUP = Bounds(2, 30)
DURATION = Bounds(5, 600)
MINUTES = Bounds(0.5, 240)
SECONDS_EACH = Bounds(5, 1800)
MINUTES_FIRST = Bounds(1, 60)
"""Of silence or of writing at the beginning of a phase."""
PAUSE_SECONDS = Bounds(1, 120)
TIMES = Bounds(2, 8)

GLANCE_WORDS = 7
PHASES_MOST = 20
STEMS_MOST = 3
VARIANTS_MOST = 6
LIST_MOST = 40
