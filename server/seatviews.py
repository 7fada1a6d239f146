"""The seats round the table as screens may show them: who speaks, and as much of the balance as the group chose."""

from __future__ import annotations

from methods.method import Method, Phase
from server.meeting.around import sitting
from server.meeting.balance import Talk, fill, talk
from server.meeting.events import Seat
from server.meeting.meeting import Meeting
from server.phaseviews import View
from server.room import Room
from server.signs import SIGN_SECONDS

RECAP_SECONDS = 60.0
"""So long the screens show how the phase before went, where the balance is shown at phase ends."""


def as_they_sit(meeting: Meeting) -> list[Seat]:
    """The seats in the order in which people sit, clockwise."""
    by_letter = {seat.letter: seat for seat in meeting.seats}
    return [by_letter[letter] for letter in sitting(meeting.around, meeting.letters)]


def counts_of(meeting: Meeting, letter: str) -> str:
    """What is told of a seat: its "seconds", or only its "turns"."""
    return "turns" if letter in meeting.around.by_turns else "seconds"


def seat_views(room: Room, meeting: Meeting, phase: Phase | None, told: Talk | None) -> list[View]:
    """Every seat, in the order in which people sit."""
    hands = {sign.seat for sign in room.signs if sign.sign == "want_in"}
    return [
        _seat(meeting, seat.letter, seat.name, phase, told) | {"hand": seat.letter in hands}
        for seat in as_they_sit(meeting)
    ]


def signals(room: Room) -> list[View]:
    """What somebody asked for, each kind once and without a name."""
    latest: dict[str, float] = {}
    for sign in room.signs:
        if sign.sign != "want_in":
            latest[sign.sign] = max(latest.get(sign.sign, 0.0), sign.at)
    return [{"sign": sign, "until": round(at + SIGN_SECONDS * max(1.0, room.rate), 1)} for sign, at in latest.items()]


def balance_view(meeting: Meeting, method: Method) -> View:
    """When the balance may be looked at, and for a minute how the phase before went."""
    return {"shown": meeting.around.shown, "recap": _recap(meeting, method)}


def _recap(meeting: Meeting, method: Method) -> View | None:
    if meeting.around.shown != "phase_ends" or meeting.stage != "running" or meeting.stopped or not meeting.visits:
        return None
    *before, running = meeting.visits
    until = running.start + RECAP_SECONDS
    ended = next((visit.phase for visit in reversed(before) if visit.phase != running.phase), None)
    if ended is None or before[-1].phase != ended or meeting.now >= until or meeting.paused:
        return None
    phase, told = method.phase(ended), talk(meeting, ended)
    seats = {
        letter: {
            "fill": _filled(meeting, phase, letter, told) if counts_of(meeting, letter) == "seconds" else None,
            "turns": told.turns[letter] if counts_of(meeting, letter) == "turns" else None,
        }
        for letter in sitting(meeting.around, meeting.letters)
    }
    return {"phase": {"id": ended, "name": dict(phase.name)}, "seats": seats, "until": round(until, 1)}


def _filled(meeting: Meeting, phase: Phase, letter: str, told: Talk) -> float | None:
    full = fill(meeting, phase, letter, told.seats[letter])
    return None if full is None else round(full, 3)


def _seat(meeting: Meeting, letter: str, name: str, phase: Phase | None, told: Talk | None) -> View:
    told = told if meeting.around.shown == "live" else None
    seconds = told is not None and counts_of(meeting, letter) == "seconds"
    spoken = told.seats[letter] if told else 0.0
    full = fill(meeting, phase, letter, spoken) if phase and seconds else None
    running = meeting.speaking
    speaks = running is not None and running.seat == letter
    return {
        "letter": letter,
        "name": name,
        "role": meeting.role(letter),
        "voice": voice_view(meeting, letter),
        "alike": meeting.voices.get(letter),
        "reason": meeting.refused.get(letter, ""),
        "speaking": running is not None and speaks and not running.several,
        "doubt": running is not None and speaks and not running.settled,
        "among": running is not None and running.several and (speaks or letter in running.also),
        "counts": counts_of(meeting, letter),
        "seconds": round(spoken, 1) if seconds else None,
        "share": round(told.share(letter), 4) if told is not None and seconds else None,
        "turns": told.turns[letter] if told else None,
        "backchannels": told.backchannels[letter] if told else None,
        "fill": None if full is None else round(full, 3),
    }


def voice_view(meeting: Meeting, letter: str) -> str:
    """How a seat stands with the ears, or that its person is away."""
    if letter in meeting.left_out:
        return "left_out"
    if letter in meeting.left:
        return "left"
    if meeting.learning == letter:
        return "learning"
    if letter in meeting.voices:
        return "known"
    return "refused" if letter in meeting.refused else "unknown"


def speaking_view(meeting: Meeting) -> View | None:
    """Who is heard now; of a seat that is left out nothing is shown, not even that it speaks."""
    running = meeting.speaking
    if running is None or not running.measured:
        return None
    return {
        "seat": running.seat,
        "voice": running.voice,
        "several": running.several,
        "settled": running.settled,
        "since": round(running.since, 2),
        "by": running.by,
    }


def quiet_view(told: Talk | None) -> View:
    """Parts of the phase, 0..1, that were nobody's."""
    elapsed = told.elapsed if told else 0.0
    if told is None or elapsed <= 0:
        return {"silence": 0.0, "several": 0.0, "unknown": 0.0}
    return {name: round(getattr(told, name) / elapsed, 3) for name in ("silence", "several", "unknown")}
