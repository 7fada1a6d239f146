"""What was heard, and what people put right about it: facts in the past tense. Never a word anybody said.

`at`, `start` and `end` are seconds since the meeting opened. A seat is a letter, "A" to "H".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentAsked:
    """The ears learn the voice of this seat from what is said now."""

    at: float
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLearned:
    """The ears know the voice of this seat until the meeting ends."""

    at: float
    seat: str
    seconds: float
    alike: str | None = None
    by: str = "enrolment"
    """"enrolment" or "tap"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceNamed:
    """A voice that was told by number is this seat's: all that was told of it belongs to the seat."""

    at: float
    voice: int
    seat: str
    by: str = "person"
    """"person", or "ears": they found out themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRefused:
    """Too little was said to know the voice."""

    at: float
    seat: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicesForgotten:
    """The ears lost or wiped what they knew of voices (restart, end, or asked)."""

    at: float
    seat: str | None = None
    """None: of everybody."""
    asked: bool = False
    """Somebody wished it: the ears have yet to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnBegan:
    """Somebody starts to speak; None is a voice nobody enrolled. Told again (same `at`) it replaces what was told."""

    at: float
    seat: str | None
    several: bool = False
    by: str = "voice"
    """"voice" or "tap"."""
    voice: int | None = None
    """Number of a voice that nobody named yet."""
    settled: bool = True
    """False: who it is may still be told otherwise."""
    measured: bool = True
    """False: the voice of a seat that is left out, whose letter is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnEnded:
    """A stretch of speech of one voice is over. Pieces with `several` overlap, one for each voice that is known."""

    at: float
    seat: str | None
    start: float
    end: float
    several: bool = False
    by: str = "voice"
    voice: int | None = None
    """Number of a voice that nobody named yet."""
    continues: bool = False
    """The same turn as the piece before of this voice."""
    backchannel: bool = False
    """A "hm" or "yes" while another has the floor: no turn."""
    measured: bool = True
    """False: the voice of a seat that is left out, whose letter is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnsReassigned:
    """A person corrected who had the floor in a stretch of time; seat None is one that is left out."""

    at: float
    start: float
    end: float
    seat: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLabelled:
    """A person said whose turn it is that runs now and began at `start`; seat None is one that is left out."""

    at: float
    start: float
    seat: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsExchanged:
    """The voices of two seats were mixed up: what was heard of one is the other's."""

    at: float
    seat: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionUndone:
    """The last thing a person put right (a turn, a stretch, a name, an exchange) was a mistake."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceNoted:
    """The dialogue act of an utterance; its words are gone already."""

    at: float
    seat: str | None
    start: float
    end: float
    act: str
    advice: float
    cue: str | None
    words: int
    continues: bool = False
    """Goes on with the utterance that began at the same `start`, and takes its place: judged as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatChecked:
    """How well a seat is heard, from the room check: the verdict and nothing else."""

    at: float
    seat: str
    verdict: str
    """"good", "soft", "noisy", "clipped" or "nothing"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundJudged:
    """Something stands in the way of hearing well (a code of the ears), or, when empty, no longer."""

    at: float
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strained:
    """The computer is too slow to hear everything: what it gave up (a code of the ears), or, when empty, no longer."""

    at: float
    gave_up: str
