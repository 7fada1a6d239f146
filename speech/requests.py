"""What the ears can be asked. Nothing here does what is asked."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Open the microphone, or a recording, and tell what is heard."""

    recording: str | None = None
    """Path of an audio file; None is the microphone."""
    speed: float | None = 1.0
    """Recordings only: times real time; None as fast as the machine allows."""
    begin: float = 0.0
    """Recordings only: second to begin at; positions still count from the file's start."""
    enrolments: tuple[tuple[str, float, float], ...] = ()
    """Recordings only: (seat, start, end) stretches learned from the file before listening begins."""
    stepwise: bool = False
    """Recordings only: wait after ListeningBegan and every Heard for GoOn, so that what is due is done in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOn:
    """Whoever asked to listen stepwise has done what there was to do at this second."""

    heard: float
    """`at` of the last Heard that was taken; 0 before the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """Learn the voice of a seat from the speech that comes now (5-8 s). Replaces what was known of that seat."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Teach:
    """A person says who spoke: what was heard from `start` to `end` is this seat's voice. Seeds or improves it."""

    seat: str | None
    """None takes back what was taught of this stretch."""
    start: float
    """Seconds since the stream opened; the ears remember voices (not sound) for the past two minutes."""
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NameVoice:
    """The voice told by this number is this seat's."""

    voice: int
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeVoices:
    """The voices of two seats were mixed up: each is the other's from now on."""

    seat: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOut:
    """Do not measure this seat (or do again): its voice is told as `measured=False`, without the seat."""

    seat: str
    out: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSeat:
    """Room check: tell how well the sentence that comes now is heard (SeatChecked). Learns no voice."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellRoles:
    """Who sits where and what the meeting is doing: context for the dialogue acts."""

    roles: dict[str, str]
    """Seat to "facilitator", "case_owner" or "peer"."""
    phase: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Close the device (mute, pause, end). Voices stay known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """Wipe voices from memory: of one seat, or of everybody."""

    seat: str | None = None


Request = Listen | GoOn | Enrol | Teach | NameVoice | ExchangeVoices | LeaveOut | CheckSeat | TellRoles | Stop | Forget

_BY_NAME: dict[str, type[Any]] = {kind.__name__: kind for kind in Request.__args__}


def to_json(request: Request) -> dict[str, Any]:
    """The request as a JSON object."""
    return {"request": type(request).__name__, **asdict(request)}


def from_json(message: dict[str, Any]) -> Request:
    """The request that `to_json` wrote. Raises ValueError naming what is wrong."""
    kind = _BY_NAME.get(str(message.get("request")))
    if kind is None:
        raise ValueError(f"unknown request {message.get('request')!r}")
    known = {field.name for field in fields(kind)}
    given = {key: value for key, value in message.items() if key != "request"}
    if unknown := sorted(given.keys() - known):
        raise ValueError(f"{kind.__name__} has no field {', '.join(unknown)}")
    try:
        if "enrolments" in given:
            given["enrolments"] = tuple((str(s), float(a), float(b)) for s, a, b in given["enrolments"])
        for key, value in given.items():
            if not _fits(value, str(kind.__dataclass_fields__[key].type)):
                raise ValueError(f"{kind.__name__}.{key} cannot be a {type(value).__name__}")
        request: Request = kind(**given)
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from None
    return request


def _fits(value: object, wanted: str) -> bool:
    """Whether the value is of the type as written above; numbers are finite."""
    if value is None:
        return "None" in wanted
    if isinstance(value, bool):
        return wanted.startswith("bool")
    if isinstance(value, int | float):
        return wanted.startswith(("int", "float")) and abs(value) < 1e9 and (wanted != "int" or isinstance(value, int))
    return isinstance(value, str | dict | tuple) and wanted.startswith(type(value).__name__)
