"""`./kring listen`: a recording through the real ears and the real guidance, as JSON. No clock, no log, no screen."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from methods.method import Method
from server.meeting import events as happened
from server.meeting.balance import talk
from server.meeting.guidance import Suggestion, flag_for
from server.meeting.meeting import Meeting, apply
from server.translation import translate
from speech import events as told
from speech.ears import Ears


class Unreadable(Exception):
    """A file cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A seat of SEATS.json."""

    name: str
    role: str
    start: float | None
    end: float | None
    """Where in the recording it enrols, seconds."""


def read_places(path: Path | None) -> tuple[Place, ...]:
    """The seats in SEATS.json. Raises Unreadable."""
    if path is None:
        return ()
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        places = tuple(_place(seat) for seat in document["seats"])
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror}.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"{path.name} is no JSON: {error.msg} in line {error.lineno}.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        why = str(error) if type(error) is ValueError else "something is missing or of another kind"
        raise Unreadable(
            f"{path.name} does not list seats ({why}). "
            'It needs {"seats": [{"seat": 1, "name": "...", "enrol_start": 1.0, "enrol_end": 7.5}, ...]}.'
        ) from None
    if len({place.name for place in places}) != len(places):
        raise Unreadable(f"{path.name} has two seats with one name. Give each its own.")
    return places


def _place(seat: dict[str, Any]) -> Place:
    name, role = str(seat.get("name") or seat["seat"]), str(seat.get("role") or "peer")
    if role not in ("peer", "facilitator", "case_owner"):
        raise ValueError(f"the role {role!r} is none of peer, facilitator, case_owner")
    start, end = seat.get("enrol_start"), seat.get("enrol_end")
    if (start is None) != (end is None):
        raise ValueError(f"{name} needs both enrol_start and enrol_end")
    if start is None or end is None:
        return Place(name=name, role=role, start=None, end=None)
    if not 0 <= float(start) < float(end) < float("inf"):
        raise ValueError(
            f"{name} enrols from {start} to {end}; both are seconds in the recording, the end after the start"
        )
    return Place(name=name, role=role, start=float(start), end=float(end))


class Listening:
    """One recording, heard once."""

    def __init__(self, places: tuple[Place, ...], method: Method, phase: str) -> None:
        self._places, self._method, self._phase = places, method, phase
        self._meeting = self._sat_down()
        self._heard_seconds = 0.0

    def run(self, ears: Ears, audio: Path, *, realtime: bool) -> Iterator[dict[str, Any]]:
        """Every event as a JSON object, the Summary last. Raises Unreadable."""
        begun, cpu = time.monotonic(), time.process_time()
        for event in self._sound(ears, audio, realtime=realtime):
            if isinstance(event, told.ListeningEnded) and event.reason not in ("end", "asked"):
                raise Unreadable(event.detail or f"{audio.name} cannot be heard.")
            if isinstance(event, told.Heard | told.ListeningEnded):
                self._heard_seconds = event.at
            yield told.to_json(event)
            yield from self._understand(event)
        yield self._summary(wall=time.monotonic() - begun, cpu=time.process_time() - cpu, realtime=realtime)

    def _sound(self, ears: Ears, audio: Path, *, realtime: bool) -> Iterable[told.SpeechEvent]:
        from speech.requests import Listen, TellRoles

        roles = {place.name: place.role for place in self._places}
        yield from ears.do(TellRoles(roles=roles, phase=self._method.phase(self._phase).stage), tuple)
        enrolments = tuple((p.name, p.start, p.end) for p in self._places if p.start is not None and p.end is not None)
        listen = Listen(recording=str(audio), speed=1.0 if realtime else None, enrolments=enrolments)
        yield from ears.do(listen, tuple)

    def _understand(self, event: told.SpeechEvent) -> Iterator[dict[str, Any]]:
        for fact in translate(event, began=0.0, now=self._heard_seconds):
            if isinstance(fact, happened.TurnEnded | happened.VoiceNamed):
                self._meeting = apply(self._meeting, fact)
        if isinstance(event, told.UtteranceNoted):
            yield from self._flag(event)

    def _flag(self, noted: told.UtteranceNoted) -> Iterator[dict[str, Any]]:
        roles = {place.name: place.role for place in self._places}
        for fact in translate(noted, began=0.0, now=noted.heard):
            if not isinstance(fact, happened.UtteranceNoted):
                continue
            found = flag_for(self._method.phase(self._phase), roles.get(noted.seat or "", "peer"), fact)
            if found is not None and not (fact.continues and self._meeting.flags.settled(fact.start, found.kind)):
                self._raise(found, fact)
                yield {
                    "event": "FlagRaised",
                    "kind": found.kind,
                    "cue": found.cue,
                    "start": noted.start,
                    "end": noted.end,
                    "delay_seconds": round(max(0.0, noted.heard - noted.end) + noted.computing, 3),
                }

    def _raise(self, found: Suggestion, noted: happened.UtteranceNoted) -> None:
        """The flag is remembered, so that what goes on with this utterance raises it no second time."""
        flag = happened.FlagRaised(
            at=noted.at,
            flag=len(self._meeting.flags.raised) + 1,
            kind=found.kind,
            cue=found.cue,
            start=noted.start,
            end=noted.end,
            lamp=False,
        )
        self._meeting = apply(self._meeting, flag)

    def _sat_down(self) -> Meeting:
        """A meeting in which all names are letters of their own, so that it counts as every meeting does."""
        opened = happened.MeetingOpened(
            at=0.0,
            meeting="listen",
            method=self._method.id,
            language="en",
            plan=((self._phase, 0.0),),
            seats=tuple(happened.Seat(letter=place.name, name=place.name) for place in self._places),
            facilitator=None,
        )
        return apply(apply(None, opened), happened.PhaseBegan(at=0.0, phase=self._phase))

    def _summary(self, *, wall: float, cpu: float, realtime: bool) -> dict[str, Any]:
        seconds = self._heard_seconds
        heard = apply(self._meeting, happened.ClockTicked(at=seconds))
        spoken = talk(heard)
        return {
            "event": "Summary",
            "seats": {
                place.name: {
                    "seconds": round(spoken.seats[place.name], 2),
                    "share": round(spoken.share(place.name), 4),
                    "turns": spoken.turns[place.name],
                    "backchannels": spoken.backchannels[place.name],
                }
                for place in self._places
            },
            "several": round(spoken.several, 2),
            "unknown": round(spoken.unknown, 2),
            "voices": _unnamed(heard),
            "unmeasured": round(spoken.unmeasured, 2),
            "silence": round(spoken.silence, 2),
            "audio_seconds": round(seconds, 2),
            "cpu_seconds": round(cpu, 2),
            # Paced listening lasts as long as the recording by design; its computing is what counts then.
            "real_time_factor": round((cpu if realtime else wall) / seconds, 4) if seconds else 0.0,
            "peak_memory_mb": _peak_memory_mb(),
        }


def _unnamed(meeting: Meeting) -> dict[str, float]:
    """Seconds of every voice that nobody named, by its number: parts of what is unknown."""
    seconds = dict.fromkeys(meeting.floor.unnamed(), 0.0)
    for turn in meeting.turns:
        if turn.voice in seconds and not turn.several:
            seconds[turn.voice] += turn.end - turn.start
    return {str(voice): round(spoken, 2) for voice, spoken in seconds.items()}


def _peak_memory_mb() -> float:
    try:
        import resource
    except ImportError:
        import psutil

        return round(float(psutil.Process().memory_info().rss) / 1e6, 1)
    import sys

    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)
