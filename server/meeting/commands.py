"""What people can ask of a meeting: wishes in the imperative. Nothing here decides whether they are granted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from server.meeting.fields import checked
from server.meeting.tablewishes import BeginRehearsal as BeginRehearsal
from server.meeting.tablewishes import EndRehearsal as EndRehearsal
from server.meeting.tablewishes import ForgetVoice as ForgetVoice
from server.meeting.tablewishes import TableWish
from server.meeting.wishes import EraseEverything as EraseEverything
from server.meeting.wishes import ForgetLookBack as ForgetLookBack
from server.meeting.wishes import SuggestMethods as SuggestMethods
from server.meeting.wishes import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMeeting:
    """Sit down: method, language, minutes for the whole, names round the table (empty names become letters)."""

    method: str
    language: str
    names: tuple[str, ...]
    minutes: float | None = None
    facilitator: str | None = "A"
    plan: tuple[tuple[str, float], ...] = ()
    """(phase, minutes); overrules `minutes`."""
    rehearsal: bool = False
    sensitivity: str = "normal"
    """How easily the advice lamp lights: "off", "calm" or "normal"."""
    authority: bool = False
    """Whether somebody at the table has authority over another: then nobody's own case is safe here."""
    trainer: str | None = None
    theme: str = ""
    balance: str = "live"  # when it may be looked at: "off", "phase_ends" or "live"
    group: str = ""  # filled in by the table
    members: tuple[tuple[str, float], ...] = ()  # seat, and which member of the group sits there


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmConsent:
    """Every seat said yes; the number is checked against the seats."""

    agreed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginByTaps:
    """Not every seat says yes: the meeting begins, and the microphone cannot be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPhase:
    """Go on from `after` (the phase the person was looking at): two people pressing at once move one phase."""

    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousPhase:
    """Go back from `before`."""

    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPhase:
    """Go to any phase (skip, repeat)."""

    phase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMinutes:
    """Give the running phase more time; the step on screen is one minute."""

    minutes: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Break: the clock of the phase stands still, the microphone closes."""

    minutes: float = 0.0
    """How long it is meant to be; 0: nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """The break is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseCaseOwner:
    """Whose case it is."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMicrophone:
    """Unmute, or try again after it was lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Close the microphone; `why` is one of BY_ITSELF when nobody asked for it."""

    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolSeat:
    """Learn this seat's voice from what is said now."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TapSeat:
    """This seat speaks now; the same seat again, or None: nobody does."""

    seat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelTurn:
    """This is seat C speaking: the turn that runs now, or when nobody speaks the last one."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPastMinute:
    """The past minute was this seat speaking, wherever one voice had the floor."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameVoice:
    """The voice that is shown by this number is this seat's."""

    voice: int
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeSeats:
    """The voices of these two seats were mixed up."""

    seat: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoCorrection:
    """The last tap about who spoke, or about a flag, was a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSeat:
    """Somebody came late. `agreed`: this person read the agreements and said yes; else it is not measured."""

    name: str
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveTable:
    """Somebody goes home; with `left` false that person is back."""

    seat: str
    left: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOut:
    """Do not measure this seat, and forget when it spoke; with `out` false, measure it from now on."""

    seat: str
    out: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSeat:
    """Room check: hear how well this seat comes through, from the sentence it says now."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseSensitivity:
    """How easily the advice lamp lights from now on: "off", "calm" or "normal"."""

    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAdvice:
    """This was advice: the lead noticed it, or says yes to this flag."""

    flag: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissFlag:
    """This was a question."""

    flag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkAdvice:
    """Keep it for the advice phase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseMeeting:
    """The meeting is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseMeeting:
    """Erase everything of the closed meeting: the default end; or of one that did not get past consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepMeeting:
    """Keep the numbers of the closed meeting on this device: the group's own choice."""

    items: tuple[str, ...] = ()
    """What else is kept: "question", "intention", "agreements". The rest of what people wrote is erased."""
    days: float = 123
    """After so many all of it is erased."""


Command = (
    OpenMeeting
    | ConfirmConsent
    | BeginByTaps
    | NextPhase
    | PreviousPhase
    | BeginPhase
    | AddMinutes
    | Pause
    | Resume
    | ChooseCaseOwner
    | OpenMicrophone
    | Mute
    | EnrolSeat
    | TapSeat
    | LabelTurn
    | CorrectPastMinute
    | NameVoice
    | ExchangeSeats
    | UndoCorrection
    | AddSeat
    | LeaveTable
    | LeaveOut
    | CheckSeat
    | ChooseSensitivity
    | MarkAdvice
    | DismissFlag
    | ParkAdvice
    | CloseMeeting
    | EraseMeeting
    | KeepMeeting
    | ForgetLookBack
    | EraseEverything
    | SuggestMethods
    | BeginRehearsal
    | EndRehearsal
    | TableWish
    | Wish
)

BY_NAME: dict[str, type[Any]] = {kind.__name__: kind for kind in Command.__args__}


def from_json(message: object, by_command: Mapping[str, type[Any]] = BY_NAME) -> Any:
    """The command in a message {"command": name, ...fields}. Raises ValueError naming what is wrong."""
    if not isinstance(message, dict):
        raise ValueError("a command is an object with a name under 'command'")
    kind = by_command.get(str(message.get("command")))
    if kind is None:
        raise ValueError(f"unknown command {str(message.get('command'))[:40]!r}")
    given = {str(key): value for key, value in message.items() if key != "command"}
    by_name = {field.name: str(field.type) for field in fields(kind)}
    for key, value in given.items():
        if key not in by_name:
            raise ValueError(f"{kind.__name__} has no field {key[:40]!r}")
        given[key] = checked(kind.__name__, key, value, by_name[key])
    try:
        return kind(**given)
    except TypeError as error:
        raise ValueError(str(error)) from None
