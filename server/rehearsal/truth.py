"""Here the timed meeting becomes its truth files (JSON and RTTM); no sound is made."""

from collections.abc import Sequence
from typing import Any

from server.rehearsal.script import Script
from server.rehearsal.timing import HERTZ, STEPS_PER_SECOND, Spoken, activity, enrolments, phase_starts, stretches

Turn = tuple[str, float, float]
"""Seat letter, start and end in seconds."""


def turns(spoken: Sequence[Spoken], script: Script) -> list[Turn]:
    """True speech stretches of every seat, in order of time; pauses of 0.2 s or more split them."""
    grid = activity(spoken, script.seats)
    found = [
        (seat.letter, first / STEPS_PER_SECOND, past / STEPS_PER_SECOND)
        for seat in script.seats
        for first, past in stretches(grid[seat.number - 1])
    ]
    return sorted(found, key=lambda turn: (turn[1], turn[0]))


def shares(spoken: Sequence[Spoken], script: Script, from_seconds: float) -> dict[str, float]:
    """Each name's part of all speech after `from_seconds`; the parts make 1."""
    steps = activity(spoken, script.seats)[:, round(from_seconds * STEPS_PER_SECOND) :].sum(axis=1)
    rounded = {seat.name: round(float(own), 4) for seat, own in zip(script.seats, steps / steps.sum(), strict=True)}
    return rounded


def _seats(spoken: Sequence[Spoken], script: Script) -> list[dict[str, Any]]:
    own = enrolments(spoken)
    return [
        {
            "seat": seat.number,
            "name": seat.name,
            "letter": seat.letter,
            "role": seat.role,
            "voice": seat.voice,
            "enrol_start": own[seat.letter].start,
            "enrol_end": own[seat.letter].end,
        }
        for seat in script.seats
    ]


def _utterance(one: Spoken) -> dict[str, Any]:
    return {
        "n": one.line.n,
        "speaker": one.seat.name,
        "letter": one.seat.letter,
        "role": one.seat.role,
        "phase": one.line.phase,
        "act": one.line.act,
        "text": one.line.text,
        "start": one.start,
        "end": one.end,
    }


def truth(spoken: Sequence[Spoken], script: Script) -> dict[str, Any]:
    """Everything that is true about the recording, ready for JSON; times in seconds from its start."""
    seats = _seats(spoken, script)
    conversation = max(seat["enrol_end"] for seat in seats)
    return {
        "name": script.name,
        "language": script.language,
        "synthetic": True,
        "sample_rate": HERTZ,
        "duration": activity(spoken, script.seats).shape[1] / STEPS_PER_SECOND,
        "conversation_start": conversation,
        "case_owner": next(seat.letter for seat in script.seats if seat.role == "case_owner"),
        "seats": seats,
        "phases": [{"phase": phase, "start": start} for phase, start in phase_starts(spoken)],
        "true_share": shares(spoken, script, conversation),
        "utterances": [_utterance(one) for one in spoken],
        "turns": [list(turn) for turn in turns(spoken, script)],
    }


def rttm(spoken: Sequence[Spoken], script: Script) -> str:
    """The turns as NIST rich transcription time marks, labelled with the seats' names."""
    names = {seat.letter: seat.name for seat in script.seats}
    return "".join(
        f"SPEAKER {script.name} 1 {start:.2f} {end - start:.2f} <NA> <NA> {names[letter]} <NA> <NA>\n"
        for letter, start, end in turns(spoken, script)
    )
