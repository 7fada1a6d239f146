"""What the ears tell is let into the meeting, with what follows from it, or not. Nothing here writes or waits."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from methods.method import Method, Phase
from server.meeting import events as happened
from server.meeting.events import Event
from server.meeting.flagging import mark_of
from server.meeting.guidance import flag_for, lamp_may_light
from server.meeting.meeting import Meeting
from server.meeting.seating import tap_ended
from server.meeting.turns import Named


def admit(meeting: Meeting, fact: Event, method: Method | None) -> tuple[Event, ...]:
    """A fact from the ears, with what follows from it; nothing of before consent, after the end or out of a break."""
    if isinstance(fact, happened.MicrophoneChanged):
        # People tapped because nothing listened; a tap that nobody ends would take what all others say from now on.
        listens = fact.state == "listening" and meeting.microphone != "listening"
        return (*(tap_ended(meeting, max(fact.at, meeting.now)) if listens else ()), fact)
    if isinstance(fact, happened.VoicesForgotten | happened.ClockTicked):
        return (fact,)
    if meeting.stage == "consent":
        return ()
    if isinstance(fact, happened.TurnEnded):
        return _beside_taps(meeting, _without_letter(meeting, fact))
    if isinstance(fact, happened.UtteranceNoted):
        outside = meeting.phase_at(fact.start) is None or fact.seat in meeting.left_out
        return () if outside else (fact, *_flagged(meeting, fact, method))
    if meeting.closed:
        return ()
    if isinstance(fact, happened.VoiceLearned | happened.EnrolmentRefused | happened.SeatChecked):
        # Also in a break: the ears end what they began.
        return (fact,) if fact.seat in meeting.letters and fact.seat not in meeting.left else ()
    if isinstance(fact, happened.VoiceNamed):
        return (fact,) if fact.seat in meeting.letters and not _named_already(meeting, fact) else ()
    if meeting.paused:
        return ()
    if isinstance(fact, happened.TurnBegan):
        tapped = meeting.speaking is not None and meeting.speaking.by == "tap"
        return () if tapped else (_without_letter(meeting, fact),)
    return (fact,)


Spoken = TypeVar("Spoken", happened.TurnBegan, happened.TurnEnded)


def _without_letter(meeting: Meeting, spoken: Spoken) -> Spoken:
    """Of a seat that is left out only that it is not measured is told on, whatever the ears know."""
    left_out = spoken.seat in meeting.left_out or not spoken.measured
    return replace(spoken, seat=None, voice=None, measured=False) if left_out else spoken


def _named_already(meeting: Meeting, named: happened.VoiceNamed) -> bool:
    """What a person said of a voice is the last word; the ears only repeat it."""
    return any(isinstance(c, Named) and c.voice == named.voice for c in meeting.floor.corrections)


def _beside_taps(meeting: Meeting, ended: happened.TurnEnded) -> tuple[Event, ...]:
    """The heard turn without the time a person tapped a seat: a tap is the last word, and no second counts twice."""
    taps = [(turn.start, turn.end) for turn in meeting.floor.told if turn.by == "tap" and turn.end > ended.start]
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
    """The flag an utterance deserves, unless a person called its cue wrong before, or its beginning has it already."""
    where = meeting.phase_at(noted.start)
    phase: Phase | None = method.phase(where) if method is not None and where is not None else None
    role = meeting.role_in(meeting.case_of(where) if where else meeting.guided.case, noted.seat)
    suggestion = flag_for(phase, role, noted, sensitivity=meeting.sensitivity, quiet=meeting.flags.quiet_cues)
    if suggestion is None or (noted.continues and meeting.flags.settled(noted.start, suggestion.kind)):
        return ()
    # Whoever leads was faster: one utterance counts once, and nothing lights that was noticed already.
    mark = mark_of(meeting, noted.start, noted.at) if suggestion.kind == "advice" else None
    flag = happened.FlagRaised(
        at=noted.at,
        flag=len(meeting.flags.raised) + 1,
        kind=suggestion.kind,
        cue=suggestion.cue,
        start=noted.start,
        end=noted.end,
        lamp=mark is None and lamp_may_light(meeting, suggestion, noted),
        instead=mark,
    )
    return (flag,)
