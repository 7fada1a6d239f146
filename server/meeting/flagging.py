"""Wishes about the advice lamp: how easily it lights, what the lead marks, what was a question. Nothing here writes."""

from __future__ import annotations

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.events import Event
from server.meeting.flags import MARKED, Flag
from server.meeting.guidance import SENSITIVITIES
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.meeting.rules import advice_is_welcome

SAME_SECONDS = 10.0
"""A mark and a flag of the ears so close together are about the same utterance."""
TWICE_SECONDS = 2.0
"""A second tap so soon is a finger that pressed twice."""

FlagWish = wish.ChooseSensitivity | wish.MarkAdvice | wish.DismissFlag | wish.ParkAdvice


def flagged(meeting: Meeting, command: FlagWish, method: Method | None, now: float) -> tuple[Event, ...]:
    """The events that grant the wish; none when it is granted already. Raises Refused."""
    match command:
        case wish.ChooseSensitivity():
            level = known_level(command.level)
            return () if level == meeting.sensitivity else (happened.SensitivityChosen(at=now, level=level),)
        case wish.MarkAdvice():
            return _marked(meeting, method, now) if command.flag is None else _confirmed(meeting, command.flag, now)
        case wish.DismissFlag():
            known_flag(meeting, command.flag)
            known = command.flag in meeting.flags.dismissed
            return () if known else (happened.FlagDismissed(at=now, flag=command.flag),)
        case wish.ParkAdvice():
            return (happened.AdviceParked(at=now),)


def known_flag(meeting: Meeting, number: int) -> Flag:
    """The flag with this number. Raises Refused."""
    flag = meeting.flags.number(number)
    if flag is None:
        raise Refused("unknown_flag")
    return flag


def known_level(level: str) -> str:
    """The level of sensitivity when there is one like it. Raises Refused."""
    if level not in SENSITIVITIES:
        raise Refused("unknown_sensitivity")
    return level


def mark_of(meeting: Meeting, start: float, now: float) -> int | None:
    """The lead's mark of an utterance that began at `start` and is only understood now."""
    marks = [mark for mark in meeting.flags.marks if mark.at >= start and now - mark.at <= SAME_SECONDS]
    return marks[-1].number if marks else None


def _marked(meeting: Meeting, method: Method | None, now: float) -> tuple[Event, ...]:
    """A yes to the flag of the ears that was just raised, or else a flag of its own. It lights nothing."""
    if meeting.paused:
        raise Refused("paused")
    if method is not None and meeting.phase is not None and advice_is_welcome(method.phase(meeting.phase)):
        raise Refused("advice_is_welcome")
    last = meeting.flags.taps[-1] if meeting.flags.taps else None
    if last is not None and last.kind in ("mark", "confirm") and now - last.at <= TWICE_SECONDS:
        return ()
    if (heard := _just_heard(meeting, now)) is not None:
        return (happened.FlagConfirmed(at=now, flag=heard.number),)
    number = len(meeting.flags.raised) + 1
    mark = happened.FlagRaised(
        at=now, flag=number, kind="advice", cue=MARKED, start=now, end=now, lamp=False, by="person"
    )
    return (mark,)


def _confirmed(meeting: Meeting, number: int, now: float) -> tuple[Event, ...]:
    """A yes to this flag or hint of the ears, however long ago."""
    flag = known_flag(meeting, number)
    if number in meeting.flags.dismissed:
        raise Refused("unknown_flag")
    if flag.by == "person" or number in meeting.flags.confirmed:
        return ()
    return (happened.FlagConfirmed(at=now, flag=number),)


def _just_heard(meeting: Meeting, now: float) -> Flag | None:
    """The last flag of the ears, while a tap can be about it and nobody has said anything of it."""
    said = meeting.flags.dismissed | meeting.flags.confirmed
    open_flags = [flag for flag in meeting.flags.heard if flag.kind == "advice" and flag.number not in said]
    return open_flags[-1] if open_flags and now - open_flags[-1].at <= SAME_SECONDS else None
