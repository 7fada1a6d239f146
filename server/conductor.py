"""Plays the people of a rehearsal: their taps, at their places in the recording. Nothing here listens or decides."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from server.meeting import commands as wish
from server.meeting.commands import Command, from_json
from server.meeting.meeting import Meeting
from speech.requests import Listen

EARLY_SECONDS = 0.6
"""A seat is asked to speak this long before it does; the recording leaves 0.7 s or more between two seats."""
LATE_SECONDS = 20.0
"""What people wrote longer ago than this is not written again when a rehearsal goes on after a power cut."""
CARDS = ".cards.jsonl"
MOST_FALLS = 3
"""The ears may fall so often in a row before a rehearsal that nobody watches gives up."""
SOUND = (".flac", ".opus", ".ogg", ".wav")


class RehearsalUnusable(Exception):
    """The rehearsal cannot be played; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A seat of the rehearsal; seconds in the recording where it enrols."""

    letter: str
    name: str
    enrol_start: float
    enrol_end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A rehearsal as written."""

    recording: Path
    language: str
    method: str
    duration: float
    seats: tuple[Part, ...]
    facilitator: str
    case_owner: str
    phases: tuple[tuple[str, float], ...]
    """(phase, second at which it begins)."""
    cards: tuple[tuple[float, Command], ...] = ()
    """What people write, choose and answer on their phones, by the second."""

    @property
    def plan(self) -> tuple[tuple[str, float], ...]:
        """Minutes of every phase as played."""
        ends = [start for _, start in self.phases[1:]] + [self.duration]
        return tuple(
            (phase, round((end - start) / 60, 2)) for (phase, start), end in zip(self.phases, ends, strict=True)
        )

    def listen(self, meeting: Meeting, speed: float) -> Listen:
        """Play from where the meeting is; seats that enrolled before are learned first."""
        enrolled = [(p.letter, p.enrol_start, p.enrol_end) for p in self.seats if p.enrol_start < meeting.now]
        return Listen(
            recording=str(self.recording), speed=speed, begin=meeting.now, enrolments=tuple(enrolled), stepwise=True
        )


def read_score(path: Path) -> Score:
    """The rehearsal in this file; the recording lies beside it under the same name."""
    try:
        truth = json.loads(path.read_text(encoding="utf-8"))
        recording = next(path.with_suffix(end) for end in SOUND if path.with_suffix(end).exists())
        roles = {seat["letter"]: seat.get("role", "peer") for seat in truth["seats"]}
        return Score(
            recording=recording,
            language=truth["language"],
            method=truth.get("method", "five_phase"),
            duration=float(truth["duration"]),
            seats=tuple(
                Part(letter=s["letter"], name=s["name"], enrol_start=s["enrol_start"], enrol_end=s["enrol_end"])
                for s in truth["seats"]
            ),
            facilitator=next((letter for letter, role in roles.items() if role == "facilitator"), "A"),
            case_owner=truth["case_owner"],
            phases=tuple((entry["phase"], float(entry["start"])) for entry in truth["phases"]),
            cards=_cards(path.with_suffix(CARDS)),
        )
    except FileNotFoundError:
        raise RehearsalUnusable(f"There is no rehearsal {path.name}. Choose another --language.") from None
    except StopIteration:
        raise RehearsalUnusable(f"The recording of the rehearsal {path.name} is missing. Fetch Kring again.") from None
    except (KeyError, TypeError, ValueError) as error:
        raise RehearsalUnusable(f"The rehearsal {path.name} is damaged ({error}). Fetch Kring again.") from None


def _cards(path: Path) -> tuple[tuple[float, Command], ...]:
    """The lines of this file, a wish each with its second under "at"; none when there is no file."""
    if not path.exists():
        return ()
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple((float(line.pop("at")), from_json(line)) for line in lines)


class Conductor:
    """Says which wish is due; keeps only what was already wished."""

    def __init__(self, score: Score, *, once: bool, hopeless: Callable[[str], None] = lambda why: None) -> None:
        """`hopeless` is told why, once: nobody is there, and the ears fall on and on or cannot read the recording."""
        self._score, self._once, self._hopeless = score, once, hopeless
        self._done: set[Command] = set()
        self._begun = self._gave_up = False

    def due(self, meeting: Meeting | None, *, ready: bool, watched: bool, falls: int) -> Command | None:
        """The next wish of the people at the table, None when they are content."""
        if self._gave_up:
            return None
        if falls > MOST_FALLS and self._once:
            self._give_up("The ears do not start; ./kring doctor says why.")
            return None
        if meeting is None:
            return self._sit_down() if ready and (self._once or watched) and not self._begun else None
        self._begun = True
        if meeting.stage == "consent":
            return wish.ConfirmConsent(agreed=len(meeting.seats))
        if meeting.closed or meeting.paused:
            return None
        if meeting.microphone == "missing" and self._once:
            self._give_up(meeting.microphone_detail)
            return None
        if meeting.microphone == "ended":
            return wish.CloseMeeting()
        for command in self._timed(meeting):
            if command not in self._done:
                if not isinstance(command, wish.EnrolSeat):  # asked again when a break cut it short
                    self._done.add(command)
                return command
        return None

    def _give_up(self, why: str) -> None:
        self._gave_up = True
        self._hopeless(why)

    def _sit_down(self) -> Command:
        self._begun = True
        return wish.OpenMeeting(
            method=self._score.method,
            language=self._score.language,
            names=tuple(part.name for part in self._score.seats),
            facilitator=self._score.facilitator,
            plan=self._score.plan,
            rehearsal=True,
        )

    def _timed(self, meeting: Meeting) -> list[Command]:
        """Everything that is due by now and still of use, in order of the recording."""
        now, wishes = meeting.now, list[Command]()
        for place, part in enumerate(self._score.seats):
            # Whoever opens the meeting is asked at once: the welcome is in the same voice.
            asked = part.enrol_start - EARLY_SECONDS if place else 0.0
            speaks = asked <= now < part.enrol_end
            learned = part.letter in meeting.voices or part.letter == meeting.learning
            if speaks and not learned and meeting.microphone == "listening":
                wishes.append(wish.EnrolSeat(seat=part.letter))
        for phase, start in self._score.phases:
            # A group that went ahead by hand is not called back.
            if start <= now and meeting.phase is not None and self._place(phase) > self._place(meeting.phase):
                wishes.append(wish.BeginPhase(phase=phase))
        if meeting.case_owner is None and now >= dict(self._score.phases).get("analysis", self._score.phases[-1][1]):
            wishes.append(wish.ChooseCaseOwner(seat=self._score.case_owner))
        wishes += [command for second, command in self._score.cards if second <= now < second + LATE_SECONDS]
        return wishes

    def _place(self, phase: str) -> int:
        return [name for name, _ in self._score.phases].index(phase)
