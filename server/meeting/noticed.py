"""What was noticed in what was said, and what people say of that: facts in the past tense. Never who said it.

`at`, `start` and `end` are seconds since the meeting opened.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityChosen:
    """How easily the advice lamp lights from now on."""

    at: float
    level: str
    """"off", "calm" or "normal"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRaised:
    """An utterance sounds like something this phase asks to keep for later. Without a seat, on purpose."""

    at: float
    flag: int
    kind: str
    """"advice", or "hint": soft, for the lead alone."""
    cue: str
    start: float
    end: float
    lamp: bool
    """Whether the lamp lights: at most one in two minutes, only while its phase still runs."""
    by: str = "ears"
    """"ears", or "person": the lead marked it with a tap."""
    instead: int | None = None
    """The lead's mark of the same utterance, a moment before: it now stands for a yes to this flag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagConfirmed:
    """The lead said of a flag of the ears: this was advice."""

    at: float
    flag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagDismissed:
    """A person said: this was a question. Its cue is quiet for the rest of the meeting."""

    at: float
    flag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagTapUndone:
    """The last tap about a flag (marked, confirmed, dismissed) was a mistake."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceParked:
    """Kept for the advice phase; only counted."""

    at: float
