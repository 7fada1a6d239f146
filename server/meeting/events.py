"""What happened in a meeting: facts in the past tense, the only thing that is stored. Never a word anybody said.

`at`, `start` and `end` are seconds since the meeting opened. A seat is a letter, "A" to "H".
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from server.meeting.around import Arranged
from server.meeting.noticed import (
    AdviceParked,
    FlagConfirmed,
    FlagDismissed,
    FlagRaised,
    FlagTapUndone,
    SensitivityChosen,
)
from server.meeting.spoken import (
    CorrectionUndone,
    EnrolmentAsked,
    EnrolmentRefused,
    SeatChecked,
    SeatsExchanged,
    SoundJudged,
    Strained,
    TurnBegan,
    TurnEnded,
    TurnLabelled,
    TurnsReassigned,
    UtteranceNoted,
    VoiceLearned,
    VoiceNamed,
    VoicesForgotten,
)
from server.meeting.written import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place at the table."""

    letter: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOpened:
    """A group sat down; the microphone is still closed."""

    at: float
    meeting: str
    method: str
    language: str
    plan: tuple[tuple[str, float], ...]
    """(phase, minutes) in order: what was planned when the meeting opened."""
    seats: tuple[Seat, ...]
    facilitator: str | None
    rehearsal: bool = False
    sensitivity: str = "normal"
    """How easily the advice lamp lights: "off", "calm" or "normal"."""
    minutes: float = 0.0
    """How long the group wants to meet; 0: as long as the plan."""
    case_phases: tuple[str, ...] = ()
    """Phases that belong to one case, and come again for another."""
    trainer: str | None = None
    """The seat of somebody who may bring theory and advise, in a content-guided meeting."""
    theme: str = ""
    balance: str = "live"
    """When the balance may be looked at, one of `around.SHOWN`."""
    group: str = ""
    """The random name of the group that was open; empty for people who are none here."""
    members: tuple[tuple[str, int], ...] = ()
    """(seat, key of the group's member who sits there)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentReached:
    """Everybody agreed. Only the number is kept, never who hesitated."""

    at: float
    agreed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBegan:
    """Somebody moved the meeting to this phase."""

    at: float
    phase: str
    """A stop of the plan: the id of a phase, "analysis~2" for its second time."""
    case: int | None = None
    """The case it is about; None: that of before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAdded:
    """The group gave a phase more minutes."""

    at: float
    phase: str
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPaused:
    """A break: nothing is measured."""

    at: float
    minutes: float = 0.0
    """How long the group meant it to be; 0: nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingResumed:
    """The break is over."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOwnerChosen:
    """Whose case it is tonight."""

    at: float
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneChanged:
    """State of the microphone: off, opening, listening, muted, paused, lost, missing, ended."""

    at: float
    state: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatJoined:
    """Somebody came late and sat down. With `agreed` that person said yes to the agreements as well."""

    at: float
    letter: str
    name: str
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLeft:
    """Somebody left the table (or, with `left` false, came back)."""

    at: float
    seat: str
    left: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLeftOut:
    """This seat is not measured, on its own wish (or, with `out` false, measured again from now on)."""

    at: float
    seat: str
    out: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTicked:
    """Another second of the meeting went by."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingClosed:
    """The meeting is over; what stays is the group's choice."""

    at: float


Event = (
    MeetingOpened
    | ConsentReached
    | PhaseBegan
    | TimeAdded
    | MeetingPaused
    | MeetingResumed
    | CaseOwnerChosen
    | MicrophoneChanged
    | EnrolmentAsked
    | VoiceLearned
    | EnrolmentRefused
    | VoicesForgotten
    | VoiceNamed
    | TurnBegan
    | TurnEnded
    | TurnsReassigned
    | TurnLabelled
    | SeatsExchanged
    | CorrectionUndone
    | SeatJoined
    | SeatLeft
    | SeatLeftOut
    | SeatChecked
    | SoundJudged
    | Strained
    | UtteranceNoted
    | SensitivityChosen
    | FlagRaised
    | FlagConfirmed
    | FlagDismissed
    | FlagTapUndone
    | AdviceParked
    | ClockTicked
    | MeetingClosed
    | Arranged
    | Written
)

# What was heard and what was noticed are written down in rooms of their own and read from here like the rest.
__all__ = [
    "BY_NAME",
    "AdviceParked",
    "CaseOwnerChosen",
    "ClockTicked",
    "ConsentReached",
    "CorrectionUndone",
    "EnrolmentAsked",
    "EnrolmentRefused",
    "Event",
    "FlagConfirmed",
    "FlagDismissed",
    "FlagRaised",
    "FlagTapUndone",
    "MeetingClosed",
    "MeetingOpened",
    "MeetingPaused",
    "MeetingResumed",
    "MicrophoneChanged",
    "PhaseBegan",
    "Seat",
    "SeatChecked",
    "SeatJoined",
    "SeatLeft",
    "SeatLeftOut",
    "SeatsExchanged",
    "SensitivityChosen",
    "SoundJudged",
    "Strained",
    "TimeAdded",
    "TurnBegan",
    "TurnEnded",
    "TurnLabelled",
    "TurnsReassigned",
    "UtteranceNoted",
    "VoiceLearned",
    "VoiceNamed",
    "VoicesForgotten",
    "from_json",
    "to_json",
]

BY_NAME: dict[str, type[Any]] = {kind.__name__: kind for kind in Event.__args__}


def to_json(event: Event) -> dict[str, Any]:
    """The event as a JSON object with its name under "event"."""
    return {"event": type(event).__name__, **asdict(event)}


def from_json(message: dict[str, Any]) -> Event:
    """The event that `to_json` wrote. Raises ValueError naming what is wrong."""
    kind = BY_NAME.get(str(message.get("event")))
    if kind is None:
        raise ValueError(f"unknown event {message.get('event')!r}")
    given = {key: _tuples(value) for key, value in message.items() if key != "event"}
    if unknown := sorted(given.keys() - {field.name for field in fields(kind)}):
        raise ValueError(f"{kind.__name__} has no field {', '.join(unknown)}")
    if kind is MeetingOpened:
        given["plan"] = tuple((str(phase), float(minutes)) for phase, minutes in given["plan"])
        given["seats"] = tuple(Seat(**seat) for seat in given["seats"])
    try:
        event: Event = kind(**given)
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from None
    return event


def _tuples(value: Any) -> Any:
    """Lists of JSON as the tuples they were."""
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
