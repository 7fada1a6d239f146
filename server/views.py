"""What each role may see of a meeting: privacy on screens is decided here alone. Nothing here changes anything."""

from __future__ import annotations

from methods.method import Phase
from server.groupviews import own_look_back, phone_group, tablet_group
from server.guidedviews import everybodys_guide, my_guide, round_view, waiting_by_seat
from server.lampviews import lamp_view, table_lamp
from server.meeting.advice import advice
from server.meeting.balance import Talk, all_turns, talk
from server.meeting.guidance import break_hint, hints
from server.meeting.meeting import Meeting
from server.meeting.offering import offered
from server.phaseviews import View as View
from server.phaseviews import method_card, phase_now, running_phase, seconds_in, step
from server.planviews import plan_view
from server.reckoned import Reckoned
from server.room import EarsState as EarsState
from server.room import Join as Join
from server.room import Room as Room
from server.seatviews import (
    as_they_sit,
    balance_view,
    counts_of,
    quiet_view,
    seat_views,
    signals,
    speaking_view,
    voice_view,
)

VOICE_SECONDS = 2.0
"""An unnamed voice heard for less is most often no person at the table."""
LEVELS = (-55.0, -20.0)
"""Speech from hardly heard to as loud as it should be, dB relative to full scale: the bar of the room check."""
CLARITIES = (0.0, 25.0)
"""Speech above the room's noise, dB."""
ON_THE_TABLE = ("letter", "name", "role", "voice", "speaking", "doubt", "among", "fill", "counts", "turns", "hand")
"""What everybody at the table may see of a seat, large and from afar."""


def facilitator_view(room: Room, reckoned: Reckoned | None = None) -> View:
    """The tablet of the lead. `reckoned`: what was reckoned for others who look, or before."""
    reckoned = reckoned or Reckoned()
    view: View = {"role": "facilitator", **reckoned.shared(room, _everybodys)}
    view["join"] = None if room.join is None else join_view(room.join)
    view["table_screen"] = None if room.table_screen is None else join_view(room.table_screen)
    view["practising"] = room.practising
    view["trouble"], view["look_back"] = room.trouble, room.look_back
    view |= tablet_group(room)
    meeting, method = room.meeting, room.method
    if meeting is None or method is None:
        view["methods"] = [method_card(card) for card in room.library]
        view["problems"] = [{"file": file, "message": message} for file, message in room.problems]
        return view
    phase = running_phase(meeting, method)
    told = talk(meeting, meeting.phase) if phase else None
    shown = meeting.around.shown != "off"
    last = meeting.phase == meeting.order[-1] or (phase is not None and phase.evaluates)
    return (
        view
        | lamp_view(room, meeting, method)
        | {
            "round": round_view(meeting, whole=True),
            "seats": seat_views(room, meeting, phase, told),
            "speaking": speaking_view(meeting),
            "signals": signals(room),
            "voices": _voices(meeting),
            "check": _check(room, meeting),
            "sound": meeting.sound,
            "strain": meeting.strain,
            "quiet": quiet_view(told),
            "parked": meeting.parked,
            "hints": _hints(meeting, phase, told),
            "waiting": waiting_by_seat(meeting),
            "plan": plan_view(meeting, method),
            "offered": [] if phase is None or told is None else list(offered(meeting, phase, told)),
            "balance": balance_view(meeting, method),
            "summary": reckoned.summary(room) if shown and (meeting.closed or last) else None,
            "erases_in": room.erases_in if meeting.closed else None,
        }
    )


def participant_view(room: Room, seat: str | None, reckoned: Reckoned | None = None) -> View:
    """A phone: phase, own role, and at the end the own part. Nobody else's seconds, no flags, no lamp."""
    reckoned = reckoned or Reckoned()
    view: View = {"role": "participant", **reckoned.shared(room, _everybodys)}
    view["seat"], view["group"] = seat, phone_group(room.group, room.meeting)
    view["me"] = view["mine"] = view["my"] = None
    meeting, method = room.meeting, room.method
    if meeting is None or method is None:
        return view
    if seat not in meeting.letters:
        return view
    name = next(entry.name for entry in meeting.seats if entry.letter == seat)
    counts = counts_of(meeting, seat)
    voice = voice_view(meeting, seat)
    view["me"] = {"letter": seat, "name": name, "role": meeting.role(seat), "voice": voice, "counts": counts}
    signs = [sign.sign for sign in room.signs if sign.seat == seat]
    look_back = own_look_back(room.group, meeting, seat)
    view["my"] = my_guide(meeting, seat, seat in room.pulsed) | {"signs": signs, "look_back": look_back}
    if meeting.closed and meeting.around.shown != "off":
        whole = reckoned.whole(meeting)
        own = {"turns": whole.turns[seat], "backchannels": whole.backchannels[seat]}
        # Who was not measured sees so in `me`, and no nought that looks like silence.
        seconds = round(whole.seats[seat], 1) if counts == "seconds" else None
        mine = {"counts": counts, "seconds": seconds, **own, "heard": any(whole.turns.values())}
        view["mine"] = None if seat in meeting.left_out else mine
    return view


def table_view(room: Room, reckoned: Reckoned | None = None) -> View:
    """A second screen that all can see: ambient, asks for nothing, names nobody beside a lamp."""
    reckoned = reckoned or Reckoned()
    view: View = {"role": "table", **reckoned.shared(room, _everybodys)}
    meeting, method = room.meeting, room.method
    joining = meeting is None or meeting.stage == "consent"
    view["join"] = join_view(room.join) if room.join is not None and joining else None
    view["summary"] = None
    if meeting is None or method is None:
        return view
    phase = running_phase(meeting, method)
    told = talk(meeting, meeting.phase) if phase else None
    return view | {
        "seats": [{key: seat[key] for key in ON_THE_TABLE} for seat in seat_views(room, meeting, phase, told)],
        "speaking": {**speaking, "voice": None} if (speaking := speaking_view(meeting)) else None,
        "quiet": quiet_view(told),
        "lamp": table_lamp(room, meeting),
        "signals": signals(room),
        "balance": balance_view(meeting, method),
        "summary": reckoned.summary(room) if meeting.closed and meeting.around.shown != "off" else None,
    }


def join_view(join: Join) -> View:
    """How a screen joins."""
    return {"url": join.url, "pin": join.pin, "qr": join.qr}


def _everybodys(room: Room) -> View:
    """What any paired screen may see."""
    meeting, method = room.meeting, room.method
    view: View = {
        "stage": "erased" if room.erased else "start",
        "language": room.language if meeting is None else meeting.language,
        "rehearsal": meeting is not None and meeting.rehearsal,
        "meeting": None if meeting is None else meeting.id,
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
        "phases": [step(meeting, method, phase) for phase in meeting.order],
        "phase": phase_now(meeting, method),
        "people": [{"letter": s.letter, "name": s.name, "role": meeting.role(s.letter)} for s in as_they_sit(meeting)],
        "balance": {"shown": meeting.around.shown, "recap": None},
        "paused": meeting.paused,
        "consent": {"agreed": meeting.agreed, "of": len(meeting.seats)},
        **everybodys_guide(meeting, method, len(room.pulsed)),
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


def _voices(meeting: Meeting) -> list[View]:
    """Voices that wait for a name, without their seconds: those heard long enough to be somebody at the table."""
    running, unnamed = meeting.speaking, meeting.floor.unnamed()
    if not unnamed:
        return []
    heard: dict[int | None, float] = {}
    for turn in all_turns(meeting):
        heard[turn.voice] = heard.get(turn.voice, 0.0) + turn.end - turn.start
    return [
        {"voice": voice, "speaking": running is not None and running.voice == voice}
        for voice in unnamed
        if heard.get(voice, 0.0) >= VOICE_SECONDS
    ][: len(meeting.seats)]


def _check(room: Room, meeting: Meeting) -> View:
    """The room check: how every seat is heard, as two bars 0..1 and a word, and one advice."""
    heard, verdicts = room.check.heard, meeting.checked
    given = advice(meeting.present, verdicts, {seat: sound.level for seat, sound in heard.items()})
    seats = {
        seat: {
            "verdict": verdict,
            "level": None if seat not in heard else _between(heard[seat].level, *LEVELS),
            "clarity": None if seat not in heard else _between(heard[seat].level - heard[seat].noise, *CLARITIES),
        }
        for seat, verdict in verdicts.items()
        if seat in meeting.present and seat != room.check.asking
    }
    told = None if given is None or room.check.asking else {"do": given.do, "seat": given.seat}
    return {"asking": room.check.asking, "seats": seats, "advice": told}


def _between(value: float, least: float, most: float) -> float:
    return round(min(1.0, max(0.0, (value - least) / (most - least))), 2)


def _hints(meeting: Meeting, phase: Phase | None, told: Talk | None) -> list[View]:
    if phase is None or meeting.closed:
        return []
    found = break_hint(meeting) if meeting.paused else hints(meeting, phase, seconds_in(meeting, phase.id), told)
    return [{"id": hint.id, "text": dict(hint.text)} for hint in found]
