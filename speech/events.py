"""What the ears tell: facts about sound, each with the seconds at which it holds. Nothing here listens or decides.

All times are seconds since the stream of sound opened, counted in samples (position / rate), never read from a clock.
A seat is the letter ("A".."H") or name the caller used when enrolling it; None is a voice nobody enrolled.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from typing import Any

MODEL_UNUSABLE = 3
"""The last word of ears that cannot tell who speaks, as their exit code: starting them again helps only after a
person acted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarsReady:
    """The models are loaded; listening can start at once."""

    words: str | None
    """Name of the engine that will recognise words, None when words are off."""
    seconds: float
    """Time the loading took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningBegan:
    """Sound flows. Position 0 of this stream is now."""

    source: str
    """"microphone" or "recording"."""
    name: str
    """Device name, or file name without folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Another second of sound went by: the clock of everything driven by a recording."""

    at: float
    level: float
    """Root mean square of the past second, dB relative to full scale; -100 is digital silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnBegan:
    """Somebody speaks now: provisional at first, told again once settled; `TurnEnded` is the lasting word."""

    seat: str | None
    at: float
    several: bool = False
    """Others speak as well."""
    voice: int | None = None
    """Number, from 1, of a voice that nobody named yet; `seat` is None then."""
    settled: bool = False
    """Kring is as sure as it will be; before that, doubt may be shown."""
    measured: bool = True
    """False: the voice of a seat that is left out, on its own wish; `seat` is None then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnEnded:
    """A stretch of speech of one voice is over.

    Where several speak at once, each voice that is known gets an event of its own with `several`; they overlap, and
    that time is nobody's share.
    """

    seat: str | None
    start: float
    end: float
    several: bool = False
    voice: int | None = None
    """Number, from 1, of a voice that nobody named yet; `seat` is None then."""
    continues: bool = False
    """The same turn as this seat's stretch before: a pause under 0.7 s, and nobody took the floor meanwhile."""
    backchannel: bool = False
    """A "hm" or "yes" while another has the floor: no turn."""
    measured: bool = True
    """False: the voice of a seat that is left out, on its own wish; `seat` is None then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatEnrolled:
    """The voice of a seat is known until the meeting ends (the vector itself never leaves the ears)."""

    seat: str
    seconds: float
    """Speech that was used."""
    alike: str | None = None
    """A seat whose voice is so close that the two may be mixed up."""
    by: str = "enrolment"
    """"enrolment", or "tap": a person said whose voice was heard (`requests.Teach`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceNamed:
    """A voice told by number until now is this seat's: all that was told of it belongs to the seat."""

    voice: int
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRefused:
    """The voice could not be learned: "too_little_speech", "several_voices" or "not_listening"."""

    seat: str
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatChecked:
    """How well a seat is heard, from a sentence said for the room check. All levels in dB relative to full scale."""

    seat: str
    seconds: float
    """Speech that was heard; 0 when nobody spoke."""
    level: float
    """Of the speech, root mean square."""
    noise: float
    """Of the room between the words."""
    verdict: str
    """"good", "soft", "noisy", "clipped" or "nothing"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundJudged:
    """What stands in the way of hearing well changed. `trouble` is empty when all is well again, else a code."""

    at: float
    trouble: str
    """"", "clipped", "too_quiet", "hum", "music", "noise" or "dead" (digital silence)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceNoted:
    """What one person said until another took the floor or paused: its dialogue act, never its words."""

    seat: str | None
    start: float
    """Where it began; of one that `continues`, where what it continues began."""
    end: float
    act: str
    """One of the eleven acts of the label guide."""
    advice: float
    """Probability 0..1 that it advises."""
    cue: str | None
    """Name of the cue that decided, for example "advice_question.have_you_tried"."""
    words: int
    """How many words were recognised."""
    heard: float
    """Position in the sound when the decision fell."""
    computing: float
    """Seconds of computing from the last sound needed to the decision."""
    continues: bool = False
    """Goes on, after a breath, with the note of this seat that has the same `start`: judged on the words of both, so
    it takes that note's place."""
    text: str | None = None
    """The words, only where a person asked for them on the command line; of one that `continues`, the new ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FramesLost:
    """Sound was lost (an overloaded machine, a microphone that stutters)."""

    at: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsLeftOut:
    """An utterance was not recognised because the machine is too slow; who speaks goes on."""

    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strained:
    """The machine is too slow for its microphone, and what it gave up changed. The worst is told, empty is all well."""

    at: float
    gave_up: str
    """"", "words", "overlap" (and words at last), "names" (and words), or "sound" (some was lost)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningEnded:
    """Sound stopped. `reason`: "asked", "end" (of a recording), "no_microphone", "microphone_lost", "unreadable"."""

    at: float
    reason: str
    detail: str = ""
    """One sentence for a person, without paths of other people's files or words from the meeting."""


SpeechEvent = (
    EarsReady
    | ListeningBegan
    | Heard
    | TurnBegan
    | TurnEnded
    | SeatEnrolled
    | VoiceNamed
    | EnrolmentRefused
    | SeatChecked
    | SoundJudged
    | UtteranceNoted
    | FramesLost
    | WordsLeftOut
    | Strained
    | ListeningEnded
)

_BY_NAME: dict[str, type[Any]] = {kind.__name__: kind for kind in SpeechEvent.__args__}


def to_json(event: SpeechEvent) -> dict[str, Any]:
    """The event as a JSON object; `text` is left out unless it was asked for."""
    fields_of_event = asdict(event)
    if isinstance(event, UtteranceNoted) and event.text is None:
        del fields_of_event["text"]
    return {"event": type(event).__name__, **fields_of_event}


_FITS: dict[str, Any] = {"float": int | float, "int": int, "str": str, "bool": bool}


def from_json(message: dict[str, Any]) -> SpeechEvent:
    """The event that `to_json` wrote. Raises ValueError naming what is wrong."""
    kind = _BY_NAME.get(str(message.get("event")))
    if kind is None:
        raise ValueError(f"unknown speech event {message.get('event')!r}")
    known = {field.name for field in fields(kind)}
    given = {key: value for key, value in message.items() if key != "event"}
    if unknown := sorted(given.keys() - known):
        raise ValueError(f"{kind.__name__} has no field {', '.join(unknown)}")
    try:
        event: SpeechEvent = kind(**given)
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from None
    for field in fields(kind):
        if not _fits(getattr(event, field.name), str(field.type)):
            raise ValueError(f"{kind.__name__}: {field.name} is no {field.type}")
    return event


def _fits(value: object, kind: str) -> bool:
    """Whether ears in their right mind told this: no text for a second, and no second that never comes."""
    if value is None:
        return kind.endswith(" | None")
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return isinstance(value, _FITS[kind.removesuffix(" | None")])
