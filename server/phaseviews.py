"""The method and its phases as any paired screen may see them. Nothing about a person is here."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from methods.method import Method, Phase, base_of, lap_of
from methods.vocabulary import vocabulary
from server.meeting.balance import stretches
from server.meeting.guidance import is_about_a_case
from server.meeting.meeting import Meeting
from server.meeting.rules import for_later

View = dict[str, Any]
MOST_NAMED = 3
"""Kinds of utterance in a list that is read in one look."""


def running_phase(meeting: Meeting, method: Method) -> Phase | None:
    """The phase the meeting is in."""
    return method.phase(meeting.phase) if meeting.phase is not None else None


def method_card(method: Method) -> View:
    """A method to choose."""
    return {
        "id": method.id,
        "names": dict(method.names),
        "summary": dict(method.summary),
        "kind": method.kind,
        "form": method.form,
        "level": method.level,
        "trust": method.trust,
        "verified": method.verified,
        "case_types": list(method.case_types),
        "not_for": dict(method.not_for),
        "preparation": dict(method.preparation),
        "materials": None if method.materials is None else dict(method.materials),
        "pitfalls": [dict(pitfall) for pitfall in method.pitfalls],
        "origin": method.origin,
        "licence": method.licence,
        "sources": [dict(source) for source in method.sources],
        "minutes": method.minutes,
        "minutes_min": method.minutes_min,
        "minutes_max": method.minutes_max,
        "group_min": method.group_min,
        "group_max": method.group_max,
        "phases": [{"id": p.id, "name": dict(p.name), "minutes": p.minutes, "basis": p.basis} for p in method.phases],
    }


def step(meeting: Meeting, method: Method, phase_id: str) -> View:
    """A phase in the plan."""
    visited = stretches(meeting, phase_id)
    state = "now" if phase_id == meeting.phase and not meeting.closed else "done" if visited else "next"
    return {
        "id": phase_id,
        "name": dict(method.phase(phase_id).name),
        "minutes": meeting.plan.get(phase_id, 0.0),
        "state": state,
        "about_a_case": is_about_a_case(method.phase(phase_id)),
        "lap": lap_of(phase_id),
        "per_case": base_of(phase_id) in meeting.case_phases,
        "spent": round(sum(end - start for start, end in visited), 1),
    }


def phase_now(meeting: Meeting, method: Method) -> View | None:
    """The running phase."""
    phase = running_phase(meeting, method)
    if phase is None:
        return None
    place = meeting.order.index(phase.id)
    minutes = meeting.plan.get(phase.id, phase.minutes)
    elapsed = seconds_in(meeting, phase.id)
    return {
        "id": phase.id,
        "index": place,
        "count": len(meeting.order),
        "name": dict(phase.name),
        "glance": dict(phase.glance),
        "prompt": dict(phase.prompt),
        "goal": dict(phase.goal),
        "stems": {language: list(stems) for language, stems in phase.stems.items()},
        "pitfall": None if phase.pitfall is None else dict(phase.pitfall),
        "rules": _rules(method, phase),
        "floor": phase.floor.mode,
        "balance": phase.balance,
        "minutes": minutes,
        "elapsed": round(elapsed, 2),
        "left": round(minutes * 60 - elapsed, 2),
        "over": elapsed > minutes * 60,
        "lap": lap_of(phase.id),
        "one_more": phase.id in meeting.guided.one_more,
        "previous": _neighbour(meeting, method, place - 1),
        "next": _neighbour(meeting, method, place + 1),
    }


def seconds_in(meeting: Meeting, stop: str) -> float:
    """Seconds spent in a stop of the plan so far."""
    return sum(end - start for start, end in stretches(meeting, stop))


def _rules(method: Method, phase: Phase) -> View:
    """What is welcome, what is for later, and, where nothing is, what is not for now: a few words each."""
    later = for_later(method, phase)
    return {
        "welcome": _in_short(phase.allow),
        "later": _in_short(later),
        "not_now": [] if later else _in_short(phase.deny),
    }


def _in_short(codes: Set[str]) -> list[View]:
    return [dict(text) for code, text in vocabulary().short.items() if code in codes][:MOST_NAMED]


def _neighbour(meeting: Meeting, method: Method, place: int) -> View | None:
    if not 0 <= place < len(meeting.order):
        return None
    phase = method.phase(meeting.order[place])
    return {"id": phase.id, "name": dict(phase.name)}
