"""Wishes and heard facts become events, or are refused with a reason to read. Nothing here writes or waits."""

from __future__ import annotations

from dataclasses import replace

from methods.method import Method, Phase, Text
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.commands import Command
from server.meeting.events import Event, Seat
from server.meeting.guidance import flag_for, lamp_may_light
from server.meeting.meeting import Meeting
from server.meeting.refusals import REASONS

LETTERS = "ABCDEFGH"
FEWEST, MOST = 3, 8


class Refused(Exception):
    """A wish that cannot be granted: `code` for screens, `say` for people."""

    def __init__(self, code: str) -> None:
        super().__init__(REASONS[code]["en"])
        self.code = code
        self.say: Text = REASONS[code]


def decide(
    meeting: Meeting | None, command: Command, method: Method | None, now: float, new_id: str
) -> tuple[Event, ...]:
    """The events that grant the wish at second `now`; none when it is granted already. Raises Refused."""
    if isinstance(command, wish.OpenMeeting):
        return _open(meeting, command, method, new_id)
    if meeting is None:
        raise Refused("no_meeting")
    if meeting.closed:
        raise Refused("meeting_closed")
    if isinstance(command, wish.ConfirmConsent):
        return _consent(meeting, command, method, now)
    if isinstance(command, wish.BeginByTaps):
        return () if meeting.stage == "running" else (happened.PhaseBegan(at=now, phase=meeting.order[0]),)
    if isinstance(command, wish.CloseMeeting):
        return (*_tap_ended(meeting, now), happened.MeetingClosed(at=now))
    if meeting.stage == "consent":
        raise Refused("consent_first")
    return _lead(meeting, command, now)


def _open(meeting: Meeting | None, command: wish.OpenMeeting, method: Method | None, new_id: str) -> tuple[Event, ...]:
    if meeting is not None and not meeting.closed:
        raise Refused("meeting_runs")
    if method is None or method.id != command.method:
        raise Refused("unknown_method")
    if command.language not in method.names:
        raise Refused("unknown_language")
    if not FEWEST <= len(command.names) <= MOST:
        raise Refused("three_to_eight")
    seats = tuple(
        Seat(letter=letter, name=" ".join(name.split())[:40] or letter)
        for letter, name in zip(LETTERS, command.names, strict=False)
    )
    letters = {seat.letter for seat in seats}
    if command.facilitator is not None and command.facilitator not in letters:
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
    )
    return (opened,)


def _plan(method: Method, command: wish.OpenMeeting) -> tuple[tuple[str, float], ...]:
    """Minutes per phase: those asked for, else the method's own fitted to the minutes of the meeting."""
    if command.plan:
        asked = dict(command.plan)
        return tuple((phase.id, asked.get(phase.id, phase.minutes)) for phase in method.phases)
    if command.minutes is None:
        return tuple((phase.id, phase.minutes) for phase in method.phases)
    if command.minutes < 15 or command.minutes > 300:
        raise Refused("minutes_do_not_fit")
    factor = command.minutes / sum(phase.minutes for phase in method.phases)
    return tuple((phase.id, round(phase.minutes * factor, 1)) for phase in method.phases)


def _consent(meeting: Meeting, command: wish.ConfirmConsent, method: Method | None, now: float) -> tuple[Event, ...]:
    if meeting.stage == "running":
        return ()
    if command.agreed != len(meeting.seats):
        raise Refused("everybody_agrees_first")
    if method is None:
        raise Refused("unknown_method")
    return (
        happened.ConsentReached(at=now, agreed=command.agreed),
        happened.PhaseBegan(at=now, phase=meeting.order[0]),
        happened.MicrophoneChanged(at=now, state="opening"),
    )


def _lead(meeting: Meeting, command: Command, now: float) -> tuple[Event, ...]:
    """Wishes during the meeting."""
    match command:
        case wish.NextPhase():
            return _move(meeting, command.after, +1, now)
        case wish.PreviousPhase():
            return _move(meeting, command.before, -1, now)
        case wish.BeginPhase():
            return _begin(meeting, command.phase, now)
        case wish.AddMinutes():
            if meeting.phase is None or not 0 < command.minutes <= 60:
                raise Refused("minutes_do_not_fit")
            return (happened.TimeAdded(at=now, phase=meeting.phase, minutes=command.minutes),)
        case wish.Pause():
            return () if meeting.paused else (*_tap_ended(meeting, now), *_paused(meeting, now))
        case wish.Resume():
            return _resumed(meeting, now) if meeting.paused else ()
        case wish.ChooseCaseOwner():
            return (happened.CaseOwnerChosen(at=now, seat=_seat(meeting, command.seat)),)
        case wish.OpenMicrophone():
            if not meeting.agreed:
                raise Refused("runs_by_taps")
            wanted = meeting.microphone in ("opening", "listening")
            return () if wanted else (happened.MicrophoneChanged(at=now, state="opening"),)
        case wish.Mute():
            muted = meeting.microphone == "muted"
            return () if muted else (happened.MicrophoneChanged(at=now, state="muted"),)
        case _:
            return _speak(meeting, command, now)


def _speak(meeting: Meeting, command: Command, now: float) -> tuple[Event, ...]:
    """Wishes about who speaks and what was said."""
    match command:
        case wish.EnrolSeat():
            if meeting.microphone != "listening":
                raise Refused("not_listening")
            return (happened.EnrolmentAsked(at=now, seat=_seat(meeting, command.seat)),)
        case wish.TapSeat():
            return _tap(meeting, command.seat, now)
        case wish.CorrectPastMinute():
            seat = _seat(meeting, command.seat)
            return (happened.TurnsReassigned(at=now, start=max(0.0, now - 60.0), end=now, seat=seat),)
        case wish.DismissFlag():
            if all(flag.number != command.flag for flag in meeting.flags):
                raise Refused("unknown_flag")
            return (happened.FlagDismissed(at=now, flag=command.flag),)
        case wish.ParkAdvice():
            return (happened.AdviceParked(at=now),)
        case _:
            raise Refused("not_now")


def _move(meeting: Meeting, seen: str | None, step: int, now: float) -> tuple[Event, ...]:
    """One phase on or back from the phase the person was looking at."""
    if meeting.phase is None:
        raise Refused("no_meeting")
    if seen is not None and seen != meeting.phase:
        return ()
    place = meeting.order.index(meeting.phase) + step
    if not 0 <= place < len(meeting.order):
        raise Refused("last_phase" if step > 0 else "first_phase")
    return _begin(meeting, meeting.order[place], now)


def _begin(meeting: Meeting, phase: str, now: float) -> tuple[Event, ...]:
    if phase not in meeting.order:
        raise Refused("unknown_phase")
    if phase == meeting.phase:
        return ()
    resumed = _resumed(meeting, now) if meeting.paused else ()
    return (*resumed, happened.PhaseBegan(at=now, phase=phase))


def _paused(meeting: Meeting, now: float) -> tuple[Event, ...]:
    """A break closes an open microphone; one that was muted stays muted."""
    closed = (happened.MicrophoneChanged(at=now, state="paused"),) if meeting.microphone_wanted else ()
    return (happened.MeetingPaused(at=now), *closed)


def _resumed(meeting: Meeting, now: float) -> tuple[Event, ...]:
    opened = (happened.MicrophoneChanged(at=now, state="opening"),) if meeting.microphone == "paused" else ()
    return (happened.MeetingResumed(at=now), *opened)


def _tap(meeting: Meeting, seat: str | None, now: float) -> tuple[Event, ...]:
    """A tap ends the turn that a tap began; another seat begins its own."""
    if meeting.paused:
        raise Refused("paused")
    ended = _tap_ended(meeting, now)
    running = meeting.speaking
    if seat is None or (running is not None and running.by == "tap" and running.seat == seat):
        return ended
    return (*ended, happened.TurnBegan(at=now, seat=_seat(meeting, seat), by="tap"))


def _tap_ended(meeting: Meeting, now: float) -> tuple[Event, ...]:
    running = meeting.speaking
    if running is None or running.by != "tap":
        return ()
    return (happened.TurnEnded(at=now, seat=running.seat, start=running.since, end=now, by="tap"),)


def _seat(meeting: Meeting, letter: str) -> str:
    if letter not in meeting.letters:
        raise Refused("unknown_seat")
    return letter


def admit(meeting: Meeting, fact: Event, method: Method | None) -> tuple[Event, ...]:
    """A fact from the ears, with what follows from it; nothing of before consent, after the end or out of a break."""
    if isinstance(fact, happened.MicrophoneChanged | happened.VoicesForgotten | happened.ClockTicked):
        return (fact,)
    if meeting.stage == "consent":
        return ()
    if isinstance(fact, happened.TurnEnded):
        return _beside_taps(meeting, fact)
    if isinstance(fact, happened.UtteranceNoted):
        late = meeting.phase_at(fact.start) is None
        return () if late else (fact, *_flagged(meeting, fact, method))
    if meeting.closed:
        return ()
    if isinstance(fact, happened.VoiceLearned | happened.EnrolmentRefused):
        return (fact,) if fact.seat in meeting.letters else ()  # also in a break: the ears end what they began
    if meeting.paused:
        return ()
    if isinstance(fact, happened.TurnBegan):
        tapped = meeting.speaking is not None and meeting.speaking.by == "tap"
        return () if tapped else (fact,)
    return (fact,)


def _beside_taps(meeting: Meeting, ended: happened.TurnEnded) -> tuple[Event, ...]:
    """The heard turn without the time a person tapped a seat: a tap is the last word, and no second counts twice."""
    taps = [(turn.start, turn.end) for turn in meeting.turns if turn.by == "tap" and turn.end > ended.start]
    if meeting.speaking is not None and meeting.speaking.by == "tap":
        taps.append((meeting.speaking.since, float("inf")))
    parts, begin = [], ended.start
    for start, end in sorted(taps):
        if begin < min(start, ended.end):
            parts.append((begin, min(start, ended.end)))
        begin = max(begin, end)
    if begin < ended.end:
        parts.append((begin, ended.end))
    return tuple(replace(ended, start=start, end=end) for start, end in parts)


def _flagged(meeting: Meeting, noted: happened.UtteranceNoted, method: Method | None) -> tuple[Event, ...]:
    """The flag an utterance deserves, unless a person called its cue wrong before."""
    where = meeting.phase_at(noted.start)
    phase: Phase | None = method.phase(where) if method is not None and where is not None else None
    suggestion = flag_for(phase, meeting.role(noted.seat), noted)
    if suggestion is None or suggestion.cue in meeting.quiet_cues():
        return ()
    flag = happened.FlagRaised(
        at=noted.at,
        flag=len(meeting.flags) + 1,
        kind=suggestion.kind,
        cue=suggestion.cue,
        start=noted.start,
        end=noted.end,
        lamp=lamp_may_light(meeting, suggestion, noted),
    )
    return (flag,)
