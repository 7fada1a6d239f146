"""What a facilitation method is: frozen values read from a file. Nothing here reads files or guides a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Text = Mapping[str, str]
"""Language code ("nl", "en", "de") to text; nl and en are always there."""


def in_language(text: Text, language: str) -> str:
    """The text in that language, else in English, else in Dutch."""
    return text.get(language) or text.get("en") or text.get("nl") or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Who may speak, and how the turns go."""

    mode: str
    """A floor mode of the vocabulary: round, dialogue, case_owner, silent_writing ..."""
    speak: tuple[str, ...] = ()
    """"peers", "case_owner", "facilitator"."""
    silent: tuple[str, ...] = ()
    seconds_each: int | None = None
    write_first_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One phase of a method."""

    id: str
    name: Text
    goal: Text
    glance: Text
    """The phase in at most seven words, readable across the table."""
    prompt: Text
    """What the lead can read aloud."""
    stems: Mapping[str, tuple[str, ...]]
    """Language to up to three sentences to say; may be empty."""
    minutes: float
    minutes_min: float
    minutes_max: float
    floor: Floor
    balance: str
    """What a speaking-time display should expect: case_owner, equal_peers, equal_all, free, none."""
    allow: frozenset[str]
    deny: frozenset[str]
    """Utterance codes of the vocabulary that do (not) belong here."""
    capture: tuple[str, ...] = ()
    pitfall: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way to hold a peer consultation, phase by phase."""

    id: str
    names: Text
    summary: Text
    origin: str
    level: str
    case_types: tuple[str, ...]
    not_for: Text
    group_min: int
    group_max: int
    group_ideal: int
    minutes: float
    """The usual length of a meeting."""
    minutes_min: float
    minutes_max: float
    preparation: Text
    pitfalls: tuple[Text, ...]
    sources: tuple[Mapping[str, str], ...]
    phases: tuple[Phase, ...]

    def phase(self, phase_id: str) -> Phase:
        """The phase with that id; KeyError when the method has none."""
        for phase in self.phases:
            if phase.id == phase_id:
                return phase
        raise KeyError(phase_id)
