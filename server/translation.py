"""What the ears tell, in the words and the time of the meeting. Nothing here keeps or decides anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from server.meeting import events as meeting
from speech import events as speech

SLACK_SECONDS = 60.0
"""How far the sound card's seconds and ours may differ in an evening, and more."""


def believable(event: speech.SpeechEvent, *, letters: Collection[str], sounding: float) -> bool:
    """Whether it can be true: of a seat at this table, and of a second of the sound that came for so many seconds."""
    seat = getattr(event, "seat", None)
    seconds = [getattr(event, name) for name in ("at", "start", "end") if hasattr(event, name)]
    return (seat is None or seat in letters) and all(-1.0 <= at <= sounding + SLACK_SECONDS for at in seconds)


def translate(event: speech.SpeechEvent, *, began: float, now: float) -> Iterable[meeting.Event]:
    """The facts for the meeting in a speech event; `began` is the meeting time of position 0 of its sound."""
    match event:
        case speech.TurnBegan():
            yield meeting.TurnBegan(
                at=event.at + began,
                seat=event.seat,
                several=event.several,
                voice=event.voice,
                settled=event.settled,
                measured=event.measured,
            )
        case speech.TurnEnded():
            yield meeting.TurnEnded(
                at=now,
                seat=event.seat,
                start=event.start + began,
                end=event.end + began,
                several=event.several,
                voice=event.voice,
                continues=event.continues,
                backchannel=event.backchannel,
                measured=event.measured,
            )
        case speech.SeatEnrolled():
            yield meeting.VoiceLearned(at=now, seat=event.seat, seconds=event.seconds, alike=event.alike, by=event.by)
        case speech.VoiceNamed():
            yield meeting.VoiceNamed(at=now, voice=event.voice, seat=event.seat, by="ears")
        case speech.SeatChecked():
            # Levels are shown while they are looked at, and never written down.
            yield meeting.SeatChecked(at=now, seat=event.seat, verdict=event.verdict)
        case speech.SoundJudged():
            yield meeting.SoundJudged(at=now, trouble=event.trouble)
        case speech.Strained():
            yield meeting.Strained(at=now, gave_up=event.gave_up)
        case speech.EnrolmentRefused():
            yield meeting.EnrolmentRefused(at=now, seat=event.seat, reason=event.reason)
        case speech.UtteranceNoted():
            yield meeting.UtteranceNoted(
                at=now,
                seat=event.seat,
                start=event.start + began,
                end=event.end + began,
                act=event.act,
                advice=event.advice,
                cue=event.cue,
                words=event.words,
                continues=event.continues,
            )
