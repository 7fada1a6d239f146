"""The state of a meeting, folded from its events. Nothing here decides, refuses or looks at a clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from methods.method import base_of, lap_of
from server.meeting import around as arranged
from server.meeting import events as happened
from server.meeting import flags as flagged
from server.meeting import guided as guiding
from server.meeting import written
from server.meeting.events import Event, Seat
from server.meeting.flags import Flags
from server.meeting.floor import after, others_of, silent, still_known
from server.meeting.guided import Guided
from server.meeting.stops import replanned
from server.meeting.turns import Floor, Speaking, Turn
from server.meeting.visits import FOREVER, Utterance, Visit, came_or_went, ended, phase_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Everything that is known of a meeting; immutable, `apply` makes the next one."""

    id: str
    method: str
    language: str
    plan: Mapping[str, float]
    """Phase to minutes, with the minutes the group added."""
    order: tuple[str, ...]
    seats: tuple[Seat, ...]
    facilitator: str | None
    rehearsal: bool
    now: float = 0.0
    agreed: int = 0
    closed: bool = False
    phase: str | None = None
    visits: tuple[Visit, ...] = ()
    paused_since: float | None = None
    microphone: str = "off"
    microphone_detail: str = ""
    learning: str | None = None
    voices: Mapping[str, str | None] = field(default_factory=dict)
    """Seats whose voice is known, to the seat it sounds like (or None)."""
    refused: Mapping[str, str] = field(default_factory=dict)
    floor: Floor = field(default_factory=Floor)
    left: frozenset[str] = frozenset()
    """Seats whose people left the table."""
    there: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Seats that came late or left, to the seconds from and until which they were at the table."""
    left_out: frozenset[str] = frozenset()
    """Seats that are not measured, on their own wish."""
    checked: Mapping[str, str] = field(default_factory=dict)
    """Seats of the room check, to the verdict."""
    sound: str = ""
    """What stands in the way of hearing well, as a code of the ears; empty when all is well."""
    strain: str = ""
    """What a computer that is too slow gave up, as a code of the ears; empty when it keeps up."""
    utterances: tuple[Utterance, ...] = ()
    sensitivity: str = "normal"
    """How easily the advice lamp lights: "off", "calm" or "normal"."""
    flags: Flags = field(default_factory=Flags)
    parked: int = 0
    stopped: bool = False
    """Somebody said stop: clocks and balance are hidden until the group goes on."""
    break_minutes: float = 0.0
    minutes: float = 0.0
    """How long the group wants to meet, with the minutes it added."""
    case_phases: tuple[str, ...] = ()
    trainer: str | None = None
    theme: str = ""
    group: str = ""
    """The random name of the group whose evening it is; empty for people who are none here."""
    members: tuple[tuple[str, int], ...] = ()
    guided: Guided = field(default_factory=Guided)
    around: arranged.Around = field(default_factory=arranged.Around)

    @property
    def stage(self) -> str:
        """consent, running or closed."""
        if self.closed:
            return "closed"
        return "running" if self.phase is not None else "consent"

    @property
    def case_owner(self) -> str | None:
        """Whose case the meeting is at."""
        return self.guided.owner

    @property
    def paused(self) -> bool:
        """Whether the group takes a break."""
        return self.paused_since is not None

    @property
    def microphone_wanted(self) -> bool:
        """Whether the microphone should be open: the last word of a person, as long as nothing forbids it."""
        open_states = ("opening", "listening", "lost")
        return bool(self.agreed) and not self.closed and not self.paused and self.microphone in open_states

    @property
    def speaking(self) -> Speaking | None:
        """Who is heard right now."""
        return self.floor.speaking

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Everything that was said and is over, with everything put right."""
        return self.floor.turns

    @property
    def present(self) -> tuple[str, ...]:
        """Seats that can be measured now: neither left nor left out."""
        return tuple(letter for letter in self.at_table if letter not in self.left_out)

    @property
    def at_table(self) -> tuple[str, ...]:
        """Seats whose people are there, measured or not, as they sit."""
        return tuple(letter for letter in arranged.sitting(self.around, self.letters) if letter not in self.left)

    @property
    def cases_planned(self) -> int:
        """How many cases the plan holds by now."""
        return max((lap_of(stop) for stop in self.order if base_of(stop) in self.case_phases), default=1)

    @property
    def letters(self) -> tuple[str, ...]:
        """The seats' letters, A first."""
        return tuple(seat.letter for seat in self.seats)

    def role(self, letter: str | None) -> str:
        """case_owner, facilitator, expert or peer. Who brings the case is the case owner, whatever else they do."""
        return self.role_in(self.guided.case, letter)

    def role_in(self, case: int, letter: str | None) -> str:
        """The role in that case."""
        if letter is None:
            return "peer"
        owner = self.guided.owners.get(case)
        others = {self.facilitator: "facilitator", self.trainer: "expert"}
        return "case_owner" if letter == owner else others.get(letter, "peer")

    def case_of(self, stop: str) -> int:
        """The case that a stop of the plan is about; the running one where it is about none."""
        return lap_of(stop) if base_of(stop) in self.case_phases else self.guided.case

    def phase_at(self, second: float) -> str | None:
        """The phase the meeting was in at that second; None in a break or before the first."""
        return phase_at(self.visits, second)


def fold(events: Iterable[Event]) -> Meeting | None:
    """The meeting after all these events; None when there are none."""
    meeting: Meeting | None = None
    for event in events:
        meeting = apply(meeting, event)
    return meeting


def apply(meeting: Meeting | None, event: Event) -> Meeting:
    """The meeting after this event. Raises ValueError when a meeting does not begin with MeetingOpened."""
    if isinstance(event, happened.MeetingOpened):
        return _opened(event)
    if meeting is None:
        raise ValueError(f"a meeting begins with MeetingOpened, not with {type(event).__name__}")
    guided = guiding.after(meeting.guided, event, meeting.phase)
    around = arranged.after(meeting.around, event)
    meeting = replace(meeting, now=max(meeting.now, event.at), guided=guided, around=around)
    return _led(_heard(meeting, event), event)


def _opened(event: happened.MeetingOpened) -> Meeting:
    return Meeting(
        id=event.meeting,
        method=event.method,
        language=event.language,
        plan=dict(event.plan),
        order=tuple(phase for phase, _ in event.plan),
        seats=event.seats,
        facilitator=event.facilitator,
        rehearsal=event.rehearsal,
        sensitivity=event.sensitivity,
        minutes=event.minutes or sum(minutes for _, minutes in event.plan),
        case_phases=event.case_phases,
        trainer=event.trainer,
        theme=event.theme,
        group=event.group,
        members=event.members,
        around=arranged.Around(shown=event.balance),
        now=event.at,
    )


def _led(meeting: Meeting, event: Event) -> Meeting:
    """What people did."""
    match event:
        case happened.ConsentReached():
            return replace(meeting, agreed=event.agreed)
        case happened.PhaseBegan():
            visits = (*ended(meeting.visits, event.at), Visit(phase=event.phase, start=event.at))
            guided = guiding.moved(meeting.guided, event.case or meeting.guided.case)
            return replace(meeting, phase=event.phase, visits=visits, paused_since=None, stopped=False, guided=guided)
        case happened.TimeAdded() | written.TimeMoved() | written.SecondCaseBegan():
            plan, order = replanned(meeting.plan, meeting.order, event)
            added = event.minutes if isinstance(event, happened.TimeAdded) else 0.0
            return replace(meeting, plan=plan, order=order, minutes=meeting.minutes + added)
        case happened.MeetingPaused():
            visits, floor = ended(meeting.visits, event.at), silent(meeting.floor)
            return replace(meeting, paused_since=event.at, break_minutes=event.minutes, visits=visits, floor=floor)
        case happened.MeetingResumed():
            again = () if meeting.phase is None else (Visit(phase=meeting.phase, start=event.at),)
            return replace(meeting, paused_since=None, stopped=False, visits=(*meeting.visits, *again))
        case written.MethodStopped():
            return replace(meeting, stopped=True)
        case happened.CaseOwnerChosen():
            return replace(meeting, guided=guiding.owned(meeting.guided, event.seat))
        case happened.SensitivityChosen():
            return replace(meeting, sensitivity=event.level)
        case happened.AdviceParked():
            return replace(meeting, parked=meeting.parked + 1)
        case happened.MeetingClosed():
            over = replace(meeting, closed=True, paused_since=None, stopped=False, microphone="off", voices={})
            visits, floor = ended(meeting.visits, event.at), silent(meeting.floor)
            return replace(over, visits=visits, floor=floor, sound="", strain="")
        case _:
            return _seated(meeting, event)


def _seated(meeting: Meeting, event: Event) -> Meeting:
    """Who sits at the table, and who of them is measured."""
    match event:
        case happened.SeatJoined():
            seats = (*meeting.seats, Seat(letter=event.letter, name=event.name))
            came = {**meeting.there, event.letter: (event.at, FOREVER)}
            return replace(meeting, seats=seats, agreed=meeting.agreed + event.agreed, there=came)
        case happened.SeatLeft():
            left = meeting.left | {event.seat} if event.left else meeting.left - {event.seat}
            there = came_or_went(meeting.there, event.seat, event.at, left=event.left)
            learning = None if meeting.learning == event.seat else meeting.learning
            voices = others_of(meeting.voices, event.seat)
            return replace(meeting, left=left, there=there, learning=learning, voices=voices)
        case happened.SeatLeftOut():
            out = meeting.left_out | {event.seat} if event.out else meeting.left_out - {event.seat}
            return replace(meeting, left_out=out)
        case _:
            return meeting


def _heard(meeting: Meeting, event: Event) -> Meeting:
    """What the ears told, what was put right about it, and the microphone itself."""
    floor = after(meeting.floor, event, meeting.left_out)
    if floor is not None:
        meeting = replace(meeting, floor=floor)
    # A flag belongs to the phase in which its utterance began.
    where = meeting.phase_at(event.start) if isinstance(event, happened.FlagRaised) else None
    flags = flagged.after(meeting.flags, event, where or meeting.phase or "")
    if flags is not None:
        meeting = replace(meeting, flags=flags)
    match event:
        case happened.UtteranceNoted():
            phase = meeting.phase_at(event.start)
            if phase is None:
                return meeting
            role = meeting.role_in(meeting.case_of(phase), event.seat)
            noted = Utterance(phase=phase, act=event.act, role=role, start=event.start)
            others = tuple(u for u in meeting.utterances if not (event.continues and u.start == event.start))
            return replace(meeting, utterances=(*others, noted))
        case _:
            return _microphone_and_voices(meeting, event)


def _microphone_and_voices(meeting: Meeting, event: Event) -> Meeting:
    match event:
        case happened.MicrophoneChanged():
            tapped = meeting.speaking is not None and meeting.speaking.by == "tap"
            floor = meeting.floor if tapped or event.state == "listening" else silent(meeting.floor)
            meeting = replace(meeting, floor=floor, sound="", strain="")  # sound that begins is judged anew
            return replace(meeting, microphone=event.state, microphone_detail=event.detail)
        case happened.EnrolmentAsked():
            refused = {seat: why for seat, why in meeting.refused.items() if seat != event.seat}
            return replace(meeting, learning=event.seat, refused=refused)
        case happened.VoiceLearned():
            learning = None if meeting.learning == event.seat else meeting.learning
            voices = {**meeting.voices, event.seat: event.alike}
            return replace(meeting, learning=learning, voices=voices)
        case happened.EnrolmentRefused():
            learning = None if meeting.learning == event.seat else meeting.learning
            return replace(meeting, learning=learning, refused={**meeting.refused, event.seat: event.reason})
        case happened.VoicesForgotten():
            return replace(meeting, voices=still_known(meeting.voices, event.seat), learning=None)
        case happened.SeatChecked():
            return replace(meeting, checked={**meeting.checked, event.seat: event.verdict})
        case happened.SoundJudged():
            return replace(meeting, sound=event.trouble)
        case happened.Strained():
            return replace(meeting, strain=event.gave_up)
        case _:
            return meeting
