"""The speaking-time summary a group looks at together: numbers and a flow of turns. Never words or a ranking."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from methods.method import Method, Phase, base_of, lap_of
from server.meeting import guided as guiding
from server.meeting.around import sitting
from server.meeting.balance import Owned, Talk, all_turns, expected, owned, owned_in, stretches, talk_of
from server.meeting.counting import acts_heard, few_peers, flag_counts, kinds, questions_before_advice
from server.meeting.guidance import is_about_a_case
from server.meeting.heard import Heard
from server.meeting.meeting import Meeting
from server.meeting.plan import timing
from server.meeting.rules import SILENT
from server.meeting.turns import Turn
from server.meeting.untimed import without_seconds
from server.meeting.visits import minutes_in


def summary(meeting: Meeting, method: Method) -> dict[str, Any]:
    """The whole meeting and each phase in seconds and parts; `docs/architecture.md` lists the keys.

    Of seats whose turns are counted there are turns, and no seconds.
    """
    return without_seconds(_counted(meeting, method), meeting.around.by_turns)


def _counted(meeting: Meeting, method: Method) -> dict[str, Any]:
    heard = Heard(all_turns(meeting))
    owners = owned(heard.turns, meeting.letters)
    whole = talk_of(meeting, heard, owners)
    return {
        "minutes": round(whole.elapsed / 60, 1),
        "by_taps": not any(turn.by != "tap" for turn in heard.turns),
        "planned": round(sum(meeting.plan.values()), 1),
        "behind": round(_behind(meeting), 1),
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
            _phase(meeting, method, phase, talk_of(meeting, heard, owners, phase), owners)
            for phase in meeting.order
            if _visited(meeting, phase)
        ],
        "cases": [{"number": case, "owner": owner} for case, owner in sorted(meeting.guided.owners.items())],
        "questions_before_advice": questions_before_advice(meeting),
        "few_peers": few_peers(meeting),
        "flags": flag_counts(meeting),
        "parked": meeting.parked,
        "flow": _flow(heard.turns),
        "visits": _visits(meeting),
        "order": list(sitting(meeting.around, meeting.letters)),
    }


def _visited(meeting: Meeting, phase: str) -> bool:
    return any(visit.phase == phase for visit in meeting.visits)


def _behind(meeting: Meeting) -> float:
    """Minutes behind the plan (+) or ahead of it (-); of a closed meeting all of it counts."""
    if meeting.closed:
        return minutes_in(meeting.visits, meeting.now) - sum(meeting.plan.values())
    spent = {phase: _seconds(stretches(meeting, phase)) for phase in meeting.order}
    return timing(meeting.order, meeting.plan, spent, meeting.phase)


def _seconds(spans: list[tuple[float, float]]) -> float:
    return sum(end - start for start, end in spans)


def _visits(meeting: Meeting) -> list[list[Any]]:
    """In which phase the meeting was when, so that the strip can say where it is; breaks are left out."""
    ends = ((visit, visit.end if visit.end is not None else max(meeting.now, visit.start)) for visit in meeting.visits)
    return [[visit.phase, round(visit.start, 1), round(end, 1)] for visit, end in ends]


def _flow(turns: tuple[Turn, ...]) -> list[list[Any]]:
    """The turns as a strip: a "hm" is no turn, and who is not measured is not drawn either."""
    return [
        [turn.seat, round(turn.start, 1), round(turn.end, 1), turn.several]
        for turn in turns
        if turn.measured and not turn.backchannel
    ]


def _phase(meeting: Meeting, method: Method, phase: str, told: Talk, owners: Owned) -> dict[str, Any]:
    of_method = method.phase(phase)
    case = meeting.case_of(phase)
    # Who brings a case is compared as its owner in the phases about it, and as a peer in those about another's.
    then = replace(meeting, guided=guiding.moved(meeting.guided, case))
    about = is_about_a_case(of_method) or base_of(phase) in meeting.case_phases
    return {
        "id": phase,
        "name": dict(of_method.name),
        "lap": lap_of(phase),
        "case": case if about else None,
        "seconds": round(told.elapsed, 1),
        "planned": round(meeting.plan.get(phase, of_method.minutes) * 60, 1),
        "balance": of_method.balance,
        "asked": of_method.balance,
        "seats": {
            letter: {
                "seconds": round(told.seats[letter], 1),
                "share": round(told.share(letter), 4),
                "role": then.role(letter),
                "expected": _rounded(expected(then, of_method, letter)),
            }
            for letter in meeting.letters
        },
        **_whereabouts(told),
        "silence_kept": _silence_kept(meeting, of_method, owners),
        "acts": acts_heard(meeting, phase),
        "kinds": kinds(meeting, of_method),
        "questions": questions_before_advice(meeting, of_method),
        "flags": flag_counts(meeting, phase),
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def _silence_kept(meeting: Meeting, phase: Phase, owners: Owned) -> dict[str, float] | None:
    """Seconds of silence the phase asked for at its beginning, and how many of them were silent; None: asked none."""
    floor = phase.floor
    minutes: float = (floor.silence_first_minutes or 0) + (floor.write_first_minutes or 0)
    if floor.mode in SILENT:
        minutes = meeting.plan.get(phase.id, phase.minutes)
    if not minutes:
        return None
    spans = _first(stretches(meeting, phase.id), minutes * 60)
    heard = sum(
        max(0.0, min(end, until) - max(start, since))
        for since, until in spans
        for start, end, _ in owned_in(owners, since, until)
    )
    return {"asked": round(minutes * 60, 1), "kept": round(max(0.0, _seconds(spans) - heard), 1)}


def _first(spans: list[tuple[float, float]], seconds: float) -> list[tuple[float, float]]:
    """The beginning of these stretches, as long as that many seconds."""
    begun: list[tuple[float, float]] = []
    for start, end in spans:
        left = seconds - _seconds(begun)
        if left > 0:
            begun.append((start, min(end, start + left)))
    return begun


def _whereabouts(told: Talk) -> dict[str, float]:
    """Seconds that are nobody's; those of seats that are left out are shown nowhere."""
    return {
        "silence": round(told.silence, 1),
        "several": round(told.several, 1),
        "unknown": round(told.unknown, 1),
    }
