"""What each role may see of a meeting: privacy on screens is decided here alone. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from methods.method import Method, Phase, Text
from server.agreements import Agreement
from server.meeting.balance import Talk, fill, stretches, talk
from server.meeting.guidance import LAMP_SECONDS, hints, is_about_a_case
from server.meeting.meeting import Meeting
from server.meeting.summary import summary

View = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarsState:
    """How the ears are."""

    state: str
    """"warming", "ready" or "down"."""
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """How a phone joins."""

    url: str
    pin: str
    qr: str
    """An SVG drawing of the QR code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Everything a view may draw from."""

    meeting: Meeting | None
    method: Method | None
    library: Sequence[Method] = ()
    problems: Sequence[tuple[str, str]] = ()
    """(file, message) of method files that were skipped."""
    ears: EarsState = field(default_factory=lambda: EarsState(state="warming"))
    clock_running: bool = False
    rate: float = 1.0
    join: Join | None = None
    erased: bool = False
    agreements: Sequence[Agreement] = ()
    better: Mapping[str, Text] = field(default_factory=dict)
    """Cue, or family of cues, to a better question to offer."""
    trouble: str = ""
    """Something the lead must know about this device, as a code ("disk_full"); empty when all is well."""


def facilitator_view(room: Room) -> View:
    """The tablet of the lead."""
    view = _everybodys(room, "facilitator")
    view["join"] = None if room.join is None else {"url": room.join.url, "pin": room.join.pin, "qr": room.join.qr}
    view["trouble"] = room.trouble
    meeting, method = room.meeting, room.method
    if meeting is None or method is None:
        view["methods"] = [_method_card(card) for card in room.library]
        view["problems"] = [{"file": file, "message": message} for file, message in room.problems]
        return view
    phase = _phase(meeting, method)
    told = talk(meeting, meeting.phase) if phase else None
    last = meeting.phase == meeting.order[-1]
    return view | {
        "seats": [_seat(meeting, seat.letter, seat.name, phase, told) for seat in meeting.seats],
        "speaking": _speaking(meeting),
        "quiet": _quiet(told),
        "lamp": _lamp(room, meeting),
        "flags": {"raised": len(meeting.flags), "dismissed": sum(flag.dismissed for flag in meeting.flags)},
        "parked": meeting.parked,
        "hints": _hints(meeting, phase),
        "summary": summary(meeting, method) if meeting.closed or last else None,
    }


def participant_view(room: Room, seat: str | None) -> View:
    """A phone: phase, own role, and at the end the own part. Nobody else's seconds, no flags, no lamp."""
    view = _everybodys(room, "participant")
    view["seat"] = seat
    view["me"] = view["mine"] = None
    meeting, method = room.meeting, room.method
    if meeting is None or method is None or seat not in meeting.letters:
        return view
    name = next(entry.name for entry in meeting.seats if entry.letter == seat)
    view["me"] = {"letter": seat, "name": name, "role": meeting.role(seat), "voice": _voice(meeting, seat)}
    if meeting.closed:
        whole = talk(meeting)
        view["mine"] = {"seconds": round(whole.seats[seat], 1), "turns": whole.turns[seat]}
    return view


def _everybodys(room: Room, role: str) -> View:
    """What any paired screen may see."""
    meeting, method = room.meeting, room.method
    view: View = {
        "role": role,
        "stage": "erased" if room.erased else "start",
        "language": "nl" if meeting is None else meeting.language,
        "rehearsal": meeting is not None and meeting.rehearsal,
        "microphone": _microphone(room),
        "clock": {
            "now": round(meeting.now, 2) if meeting else 0.0,
            "running": room.clock_running and meeting is not None and not meeting.paused and not meeting.closed,
            "rate": room.rate,
        },
        "agreements": [{"id": name, "text": dict(text)} for name, text in room.agreements],
    }
    if meeting is None or method is None:
        return view
    return view | {
        "stage": meeting.stage,
        "method": {"id": method.id, "names": dict(method.names)},
        "phases": [_step(meeting, method, phase) for phase in meeting.order],
        "phase": _now(meeting, method),
        "people": [{"letter": s.letter, "name": s.name, "role": meeting.role(s.letter)} for s in meeting.seats],
        "paused": meeting.paused,
        "consent": {"agreed": meeting.agreed, "of": len(meeting.seats)},
    }


def _microphone(room: Room) -> View:
    meeting = room.meeting
    state = "off" if meeting is None else meeting.microphone
    if meeting is not None and meeting.stage == "running" and not meeting.agreed:
        return {"state": "off", "detail": "", "words": None}  # by taps: whatever the ears do, they do not listen
    if room.ears.state == "warming" and state in ("off", "opening"):
        state = "warming"
    if room.ears.state == "down":
        state = "ears_down"
    detail = "" if meeting is None else meeting.microphone_detail
    return {"state": state, "detail": detail, "words": room.ears.words}


def _method_card(method: Method) -> View:
    return {
        "id": method.id,
        "names": dict(method.names),
        "summary": dict(method.summary),
        "minutes": method.minutes,
        "group_min": method.group_min,
        "group_max": method.group_max,
        "phases": [{"id": p.id, "name": dict(p.name), "minutes": p.minutes} for p in method.phases],
    }


def _phase(meeting: Meeting, method: Method) -> Phase | None:
    return method.phase(meeting.phase) if meeting.phase is not None else None


def _step(meeting: Meeting, method: Method, phase_id: str) -> View:
    """A phase in the plan."""
    visited = stretches(meeting, phase_id)
    state = "now" if phase_id == meeting.phase and not meeting.closed else "done" if visited else "next"
    return {
        "id": phase_id,
        "name": dict(method.phase(phase_id).name),
        "minutes": meeting.plan.get(phase_id, 0.0),
        "state": state,
        "about_a_case": is_about_a_case(method.phase(phase_id)),
        "spent": round(sum(end - start for start, end in visited), 1),
    }


def _now(meeting: Meeting, method: Method) -> View | None:
    """The running phase."""
    phase = _phase(meeting, method)
    if phase is None:
        return None
    place = meeting.order.index(phase.id)
    minutes = meeting.plan.get(phase.id, phase.minutes)
    elapsed = sum(end - start for start, end in stretches(meeting, phase.id))
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
        "floor": phase.floor.mode,
        "balance": phase.balance,
        "minutes": minutes,
        "elapsed": round(elapsed, 2),
        "left": round(minutes * 60 - elapsed, 2),
        "over": elapsed > minutes * 60,
        "previous": _neighbour(meeting, method, place - 1),
        "next": _neighbour(meeting, method, place + 1),
    }


def _neighbour(meeting: Meeting, method: Method, place: int) -> View | None:
    if not 0 <= place < len(meeting.order):
        return None
    phase = method.phase(meeting.order[place])
    return {"id": phase.id, "name": dict(phase.name)}


def _seat(meeting: Meeting, letter: str, name: str, phase: Phase | None, told: Talk | None) -> View:
    spoken = told.seats[letter] if told else 0.0
    full = fill(meeting, phase, letter, spoken) if phase else None
    running = meeting.speaking
    return {
        "letter": letter,
        "name": name,
        "role": meeting.role(letter),
        "voice": _voice(meeting, letter),
        "alike": meeting.voices.get(letter),
        "reason": meeting.refused.get(letter, ""),
        "speaking": running is not None and not running.several and running.seat == letter,
        "seconds": round(spoken, 1),
        "share": round(told.share(letter), 4) if told else 0.0,
        "turns": told.turns[letter] if told else 0,
        "fill": None if full is None else round(full, 3),
    }


def _voice(meeting: Meeting, letter: str) -> str:
    if meeting.learning == letter:
        return "learning"
    if letter in meeting.voices:
        return "known"
    return "refused" if letter in meeting.refused else "unknown"


def _speaking(meeting: Meeting) -> View | None:
    running = meeting.speaking
    if running is None:
        return None
    return {"seat": running.seat, "several": running.several, "since": round(running.since, 2), "by": running.by}


def _quiet(told: Talk | None) -> View:
    elapsed = told.elapsed if told else 0.0
    if told is None or elapsed <= 0:
        return {"silence": 0.0, "several": 0.0, "unknown": 0.0}
    return {name: round(getattr(told, name) / elapsed, 3) for name in ("silence", "several", "unknown")}


def _lamp(room: Room, meeting: Meeting) -> View | None:
    """The lamp while it is lit; without a name and without words."""
    lit = [flag for flag in meeting.flags if flag.lamp and not flag.dismissed]
    if not lit or meeting.now - lit[-1].at >= LAMP_SECONDS * max(1.0, room.rate) or lit[-1].phase != meeting.phase:
        return None
    flag = lit[-1]
    better = room.better.get(flag.cue) or room.better.get(flag.cue.partition(".")[0])
    return {
        "flag": flag.number,
        "kind": flag.kind,
        "cue": flag.cue,
        "until": round(flag.at + LAMP_SECONDS * max(1.0, room.rate), 2),
        "better": None if better is None else dict(better),
    }


def _hints(meeting: Meeting, phase: Phase | None) -> list[View]:
    if phase is None or meeting.closed or meeting.paused:
        return []
    elapsed = sum(end - start for start, end in stretches(meeting, phase.id))
    return [{"id": hint.id, "text": dict(hint.text)} for hint in hints(meeting, phase, elapsed)]
