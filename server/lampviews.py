"""The advice lamp, the flag before it, and the tap that can be taken back, for the lead's screen. Nobody is named."""

from __future__ import annotations

from methods.method import Method
from server.cues import names, why
from server.meeting.counting import flag_counts
from server.meeting.flags import Flag
from server.meeting.guidance import LAMP_SECONDS
from server.meeting.meeting import Meeting
from server.meeting.rules import advice_is_welcome
from server.meeting.turns import UNDO_SECONDS, Exchanged, Labelled, Named, Reassigned
from server.phaseviews import View
from server.room import Room

RECENT_SECONDS = 60.0
"""So long the last flag can be reached when its lamp is out."""


def lamp_view(room: Room, meeting: Meeting, method: Method) -> View:
    """Everything about flags that the lead may see."""
    running = meeting.stage == "running" and not meeting.paused and meeting.phase is not None
    return {
        "sensitivity": meeting.sensitivity,
        "lamp": _lamp(room, meeting),
        "recent": _recent(room, meeting),
        "may_mark": running and not advice_is_welcome(method.phase(meeting.phase or "")),
        "flags": flag_counts(meeting),
        "undo": _undo(meeting),
    }


def _open(meeting: Meeting) -> list[Flag]:
    """What the ears flagged and nobody called a question; nothing while the lamp is switched off."""
    if meeting.sensitivity == "off" or meeting.closed:
        return []
    return [flag for flag in meeting.flags.heard if flag.number not in meeting.flags.dismissed]


def _lamp(room: Room, meeting: Meeting) -> View | None:
    """The lamp while it is lit; without a name and without words."""
    lit = [flag for flag in _open(meeting) if flag.lamp]
    if not lit or lit[-1].phase != meeting.phase:
        return None
    return _shown(room, meeting, lit[-1], LAMP_SECONDS)


def table_lamp(room: Room, meeting: Meeting) -> View | None:
    """The lamp for all: that it is lit, and until when. Guidance sees to it that two minutes lie between two."""
    lit = None if meeting.stage != "running" or meeting.paused else _lamp(room, meeting)
    return None if lit is None else {key: lit[key] for key in ("kind", "until")}


def _recent(room: Room, meeting: Meeting) -> View | None:
    """The last flag or hint, lit or not, for a minute."""
    flags = _open(meeting)
    return _shown(room, meeting, flags[-1], RECENT_SECONDS) if flags else None


def _shown(room: Room, meeting: Meeting, flag: Flag, seconds: float) -> View | None:
    """A flag with its reason and a better question in the language that is spoken, while it is not too old."""
    until = flag.at + seconds * max(1.0, room.rate)
    if meeting.now >= until:
        return None
    better = next((room.better[name] for name in names(flag.cue) if name in room.better), None)
    if better is not None and meeting.language in better:
        better = {meeting.language: better[meeting.language]}
    return {
        "flag": flag.number,
        "kind": flag.kind,
        "cue": flag.cue,
        "confirmed": flag.number in meeting.flags.confirmed,
        "until": round(until, 2),
        "why": dict(why(flag.cue)),
        "better": None if better is None else dict(better),
    }


def _undo(meeting: Meeting) -> View | None:
    """What was put right or said of a flag last, as long as one tap takes it back."""
    if meeting.closed:
        return None
    last, tap = meeting.floor.to_undo(meeting.now), meeting.flags.to_undo(meeting.now)
    if tap is not None and (last is None or tap.at >= last.at):
        return {"kind": tap.kind, "seat": None, "other": None, "until": round(tap.at + UNDO_SECONDS, 2)}
    match last:
        case None:
            return None
        case Named():
            kind, other = "name", None
        case Exchanged():
            kind, other = "exchange", last.other
        case Reassigned():
            kind, other = "minute" if last.end == last.at else "turn", None
        case Labelled():
            kind, other = "turn", None
    return {"kind": kind, "seat": last.seat, "other": other, "until": round(last.at + UNDO_SECONDS, 2)}
