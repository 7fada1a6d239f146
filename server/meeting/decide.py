"""Wishes and heard facts become events, or are refused with a reason to read. Nothing here writes or waits."""

from __future__ import annotations

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.around import SHOWN
from server.meeting.arranging import arranged
from server.meeting.commands import Command
from server.meeting.events import Event, Seat
from server.meeting.flagging import FlagWish, flagged, known_level
from server.meeting.guiding import began_round, guided, paused, resumed
from server.meeting.meeting import Meeting
from server.meeting.plan import fit
from server.meeting.putting_right import put_right
from server.meeting.refusals import Refused
from server.meeting.seating import LETTERS, MOST, known_seat, seated, tap_ended, told_seat
from server.meeting.tablewishes import BY_ITSELF, TableWish
from server.meeting.wishes import DropNote, Wish, WriteNote
from server.meeting.written import AnswersShown

FEWEST = 3


def decide(
    meeting: Meeting | None, command: Command, method: Method | None, now: float, new_id: str
) -> tuple[Event, ...]:
    """The events that grant the wish at second `now`; none when it is granted already. Raises Refused."""
    if isinstance(command, wish.OpenMeeting):
        return _open(meeting, command, method, new_id)
    if meeting is None:
        raise Refused("no_meeting")
    if isinstance(command, TableWish):
        return arranged(meeting, command, now)
    if meeting.closed:
        raise Refused("meeting_closed")
    if isinstance(command, wish.ConfirmConsent):
        return _consent(meeting, command, method, now)
    if isinstance(command, wish.BeginByTaps):
        return () if meeting.stage == "running" else _first(meeting, method, now)
    if isinstance(command, wish.CloseMeeting):
        shown = () if meeting.guided.evaluation.shown else (AnswersShown(at=now),)
        return (*tap_ended(meeting, now), *shown, happened.MeetingClosed(at=now))
    if meeting.stage == "consent" and not _may_come_before_consent(command):
        raise Refused("consent_first")
    if isinstance(command, FlagWish):
        return flagged(meeting, command, method, now)
    if method is None:
        raise Refused("unknown_method")
    if isinstance(command, Wish):
        return guided(meeting, command, method, now)
    return _lead(meeting, command, method, now)


def _may_come_before_consent(command: Command) -> bool:
    """A question can be brought in, and taken back, on a phone while the agreements are read."""
    return isinstance(command, DropNote) or (isinstance(command, WriteNote) and command.kind == "case_list")


def _open(meeting: Meeting | None, command: wish.OpenMeeting, method: Method | None, new_id: str) -> tuple[Event, ...]:
    if meeting is not None and not meeting.closed:
        raise Refused("meeting_runs")
    if method is None or method.id != command.method:
        raise Refused("unknown_method")
    if command.language not in method.names:
        raise Refused("unknown_language")
    if not FEWEST <= len(command.names) <= MOST:
        raise Refused("three_to_eight")
    if command.authority and method.form != "content":
        raise Refused("authority")
    seats = tuple(
        Seat(letter=letter, name=" ".join(name.split())[:40] or letter)
        for letter, name in zip(LETTERS, command.names, strict=False)
    )
    letters = {seat.letter for seat in seats}
    if not {command.facilitator, command.trainer} - {None} <= letters:
        raise Refused("unknown_seat")
    opened = happened.MeetingOpened(
        at=0.0,
        meeting=new_id,
        method=method.id,
        language=command.language,
        plan=_plan(method, command),
        seats=seats,
        facilitator=command.facilitator,
        rehearsal=command.rehearsal,
        sensitivity=known_level(command.sensitivity),
        minutes=0.0 if command.plan else _minutes(method, command),
        case_phases=method.repeat.phases if method.repeat else method.per_case,
        trainer=command.trainer,
        theme=" ".join(command.theme.split()),
        balance=_shown(command.balance),
        group=command.group,
        members=tuple((seat, int(key)) for seat, key in command.members if seat in letters) if command.group else (),
    )
    return (opened,)


def _shown(level: str) -> str:
    if level not in SHOWN:
        raise Refused("not_now")
    return level


def _plan(method: Method, command: wish.OpenMeeting) -> tuple[tuple[str, float], ...]:
    """Minutes per stop: those asked for, else the method's own fitted to people and minutes."""
    if command.plan:
        asked = dict(command.plan)
        return tuple((phase.id, asked.get(phase.id, phase.minutes)) for phase in method.phases)
    return fit(method, len(command.names), _minutes(method, command)).stops


def _minutes(method: Method, command: wish.OpenMeeting) -> float:
    if command.minutes is None:
        return method.minutes
    if not 15 <= command.minutes <= 300:
        raise Refused("minutes_do_not_fit")
    return command.minutes


def _consent(meeting: Meeting, command: wish.ConfirmConsent, method: Method | None, now: float) -> tuple[Event, ...]:
    if meeting.stage == "running":
        return ()
    if command.agreed != len(meeting.seats):
        raise Refused("everybody_agrees_first")
    if method is None:
        raise Refused("unknown_method")
    return (
        happened.ConsentReached(at=now, agreed=command.agreed),
        *_first(meeting, method, now),
        happened.MicrophoneChanged(at=now, state="opening"),
    )


def _first(meeting: Meeting, method: Method | None, now: float) -> tuple[Event, ...]:
    if method is None:
        raise Refused("unknown_method")
    first = meeting.order[0]
    return (happened.PhaseBegan(at=now, phase=first), *began_round(meeting, method, first, 1, now))


def _lead(meeting: Meeting, command: Command, method: Method, now: float) -> tuple[Event, ...]:
    """Wishes during the meeting."""
    match command:
        case wish.NextPhase():
            return _move(meeting, command.after, +1, method, now)
        case wish.PreviousPhase():
            return _move(meeting, command.before, -1, method, now)
        case wish.BeginPhase():
            return _begin(meeting, command.phase, method, now)
        case wish.AddMinutes():
            if meeting.phase is None or not 0 < command.minutes <= 60:
                raise Refused("minutes_do_not_fit")
            return (happened.TimeAdded(at=now, phase=meeting.phase, minutes=command.minutes),)
        case wish.Pause():
            if not 0 <= command.minutes <= 120:
                raise Refused("minutes_do_not_fit")
            return () if meeting.paused else (*tap_ended(meeting, now), *paused(meeting, now, command.minutes))
        case wish.Resume():
            return resumed(meeting, now) if meeting.paused else ()
        case wish.ChooseCaseOwner():
            return (happened.CaseOwnerChosen(at=now, seat=known_seat(meeting, command.seat)),)
        case wish.OpenMicrophone():
            if not meeting.agreed:
                raise Refused("runs_by_taps")
            wanted = meeting.microphone in ("opening", "listening")
            return () if wanted else (happened.MicrophoneChanged(at=now, state="opening"),)
        case wish.Mute():
            muted, why = meeting.microphone == "muted", command.why if command.why in BY_ITSELF else ""
            return () if muted else (happened.MicrophoneChanged(at=now, state="muted", detail=why),)
        case _:
            return _speak(meeting, command, now)


def _speak(meeting: Meeting, command: Command, now: float) -> tuple[Event, ...]:
    """Wishes about who speaks."""
    match command:
        case wish.EnrolSeat():
            return (happened.EnrolmentAsked(at=now, seat=_heard_seat(meeting, command.seat)),)
        case wish.CheckSeat():
            _heard_seat(meeting, command.seat)
            return ()  # only what comes of it is written down
        case wish.TapSeat():
            return _tap(meeting, command.seat, now)
        case wish.AddSeat() | wish.LeaveTable() | wish.LeaveOut():
            return seated(meeting, command, now)
        case _:
            return put_right(meeting, command, now)


def _move(meeting: Meeting, seen: str | None, step: int, method: Method, now: float) -> tuple[Event, ...]:
    """One phase on or back from the phase the person was looking at."""
    if meeting.phase is None:
        raise Refused("no_meeting")
    if seen is not None and seen != meeting.phase:
        return ()
    place = meeting.order.index(meeting.phase) + step
    if not 0 <= place < len(meeting.order):
        raise Refused("last_phase" if step > 0 else "first_phase")
    return _begin(meeting, meeting.order[place], method, now)


def _begin(meeting: Meeting, phase: str, method: Method, now: float) -> tuple[Event, ...]:
    if phase not in meeting.order:
        raise Refused("unknown_phase")
    if phase == meeting.phase:
        return ()
    going_on = resumed(meeting, now) if meeting.paused else ()
    case = meeting.case_of(phase)
    began = happened.PhaseBegan(at=now, phase=phase, case=None if case == meeting.guided.case else case)
    # A tap belongs to its phase: one that was forgotten would take everything that is said from here on.
    return (*tap_ended(meeting, now), *going_on, began, *began_round(meeting, method, phase, case, now))


def _tap(meeting: Meeting, seat: str | None, now: float) -> tuple[Event, ...]:
    """A tap ends the turn that a tap began; another seat begins its own."""
    if meeting.paused:
        raise Refused("paused")
    ended, running = tap_ended(meeting, now), meeting.speaking
    if seat is None:
        return ended
    told = told_seat(meeting, seat)
    if running is not None and running.by == "tap" and running.seat == told:
        return ended
    return (*ended, happened.TurnBegan(at=now, seat=told, by="tap", measured=told is not None))


def _heard_seat(meeting: Meeting, letter: str) -> str:
    """A seat at which the microphone may listen closely."""
    if meeting.microphone != "listening":
        raise Refused("not_listening")
    if letter in meeting.left:
        raise Refused("seat_left")
    return known_seat(meeting, letter)
