"""The speaking-time summary a group looks at together: numbers and a flow of turns. Never words or a ranking."""

from __future__ import annotations

from collections import Counter
from typing import Any

from methods.method import Method
from server.meeting.balance import Talk, all_turns, owned, talk_of
from server.meeting.counting import few_peers, flag_counts, kinds, questions_before_advice
from server.meeting.meeting import Meeting
from server.meeting.turns import Turn


def summary(meeting: Meeting, method: Method) -> dict[str, Any]:
    """The whole meeting and each phase in seconds and parts; `docs/architecture.md` lists the keys."""
    turns = tuple(sorted(all_turns(meeting), key=lambda turn: turn.start))
    owners = owned(turns, meeting.letters)
    whole = talk_of(meeting, turns, owners)
    return {
        "minutes": round(whole.elapsed / 60, 1),
        **_whereabouts(whole),
        "speech": round(whole.elapsed - whole.silence - whole.unmeasured, 1),
        "seats": {
            seat.letter: {
                "name": seat.name,
                "role": meeting.role(seat.letter),
                "seconds": round(whole.seats[seat.letter], 1),
                "share": round(whole.share(seat.letter), 4),
                "turns": whole.turns[seat.letter],
                "backchannels": whole.backchannels[seat.letter],
                "measured": seat.letter not in meeting.left_out,
            }
            for seat in meeting.seats
        },
        "phases": [
            _phase(meeting, method, phase, talk_of(meeting, turns, owners, phase))
            for phase in meeting.order
            if _visited(meeting, phase)
        ],
        "questions_before_advice": questions_before_advice(meeting),
        "few_peers": few_peers(meeting),
        "flags": flag_counts(meeting),
        "parked": meeting.parked,
        "flow": _flow(turns),
    }


def _visited(meeting: Meeting, phase: str) -> bool:
    return any(visit.phase == phase for visit in meeting.visits)


def _flow(turns: tuple[Turn, ...]) -> list[list[Any]]:
    """The turns as a strip: a "hm" is no turn, and who is not measured is not drawn either."""
    return [
        [turn.seat, round(turn.start, 1), round(turn.end, 1), turn.several]
        for turn in turns
        if turn.measured and not turn.backchannel
    ]


def _phase(meeting: Meeting, method: Method, phase: str, told: Talk) -> dict[str, Any]:
    of_method = method.phase(phase)
    acts = Counter(heard.act for heard in meeting.utterances if heard.phase == phase)
    return {
        "id": phase,
        "name": dict(of_method.name),
        "seconds": round(told.elapsed, 1),
        "planned": round(meeting.plan.get(phase, of_method.minutes) * 60, 1),
        "balance": of_method.balance,
        "seats": {
            letter: {"seconds": round(told.seats[letter], 1), "share": round(told.share(letter), 4)}
            for letter in meeting.letters
        },
        **_whereabouts(told),
        "acts": dict(sorted(acts.items())),
        "kinds": kinds(meeting, of_method),
        "questions": questions_before_advice(meeting, of_method),
        "flags": flag_counts(meeting, phase),
    }


def _whereabouts(told: Talk) -> dict[str, float]:
    """Seconds that are nobody's; those of seats that are left out are shown nowhere."""
    return {
        "silence": round(told.silence, 1),
        "several": round(told.several, 1),
        "unknown": round(told.unknown, 1),
    }
