"""An evening in which everything happens that can happen, played with texts and seconds that are easy to find again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from methods.method import Method
from methods.reader import BUILT_IN, load_library
from server.group.group import (
    ITEMS,
    Agreement,
    Attended,
    Card,
    Evening,
    Figures,
    Group,
    Intended,
    Member,
    NextTime,
    Season,
    Theme,
)
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting import tablewishes, wishes
from server.meeting.decide import decide
from server.meeting.evaluating import PULSE
from server.meeting.events import Event
from server.meeting.meeting import Meeting
from server.room import Heard, Join, Room, RoomCheck
from server.sticks import Stick
from server.unwritten import Unwritten
from tests.meeting.table import Played

FIVE = load_library(BUILT_IN)["five_phase"]
NAMES = ("Anneloes", "Barend", "Chaja", "Dieuwke", "Evert")
PHONES_PIN, TABLES_PIN = "515151", "626262"
SECONDS = {"A": 11.3, "B": 23.7, "C": 41.9, "D": 57.1, "E": 83.6}
"""What each seat says in one go, in the question phase."""
LOOK_BACK = "kanarie van de vorige keer"
OURS = "e" * 32
"""The random name of the open group."""
GROUP = Group(
    id=OURS,
    name="Mussenkring",
    founded=date(2026, 9, 1),
    season=Season(since=date(2026, 9, 1), until=date(2027, 6, 30), held_guided=4),
    setting="care",
    purpose="kanarie doel",
    place="kanarie zaal",
    facilitator="kanarie gids",
    members=tuple(
        Member(key=n, name=name, joined=date(2026, 9, 1)) for n, name in enumerate((*NAMES, "kanarie lid"), 1)
    ),
    agreements=(Agreement(key=7, text="mussen op tijd"),),
    lead=(1, 2, 3, 4, 5, 6),
    bring=(1, 2, 3, 4, 5, 6),
    next=NextTime(on=date(2026, 12, 24), at="19:30", place="mussenplein", different="kanarie proberen"),
    keep=dict.fromkeys(ITEMS, "season"),
    intentions=tuple(
        Intended(key=n, evening=4, member=n, question=f"mus vraag {n}", text=f"mus plan {n}", step="", by="")
        for n in (2, 3)
    ),
    evenings=(
        Evening(
            number=4,
            on=date(2026, 11, 5),
            minutes=117,
            guided=True,
            method="incident",
            attended=Attended(present=(1, 2, 3), late=(4,), absent=(5, 6)),
            answers={"pr1": 3.5},
            pulse={"sp1": 4.5},
            figures=Figures(spread=0.37, questions=19),
        ),
    ),
    themes=(Theme(key=8, title="kanarie thema", cards=(Card(key=9, title="kanarie kaart", text="kanarie tekst"),)),),
    last=9,
    held=4,
)
UNTIL_ASKED = "question_list"
FOR_ITS_WRITER = "parked"
UNTIL_GIVEN = "advice_list"
FIRST_QUESTION, FIRST_ADVICE = 3, 5
"""Numbers of cards of seat A; two cases lie there already."""


class Table(Played):
    """A table with what it holds in memory alone: pulses and signs."""

    def __init__(self, method: Method) -> None:
        super().__init__(method)
        self.unwritten = Unwritten()

    def ask(self, command: wish.Command, at: float | None = None) -> tuple[Event, ...]:
        self.now = self.now if at is None else at
        events = decide(self.meeting, command, self.method, self.now, "opaque-id")
        return self._take(self.unwritten.passed(command, events, self.meeting))

    def room(self) -> Room:
        """Everything a screen may draw from, with a secret in every place that has one."""
        return room_of(self.meeting, self.method, self.unwritten)


def room_of(meeting: Meeting | None, method: Method, unwritten: Unwritten) -> Room:
    return Room(
        meeting=meeting,
        method=method if meeting else None,
        library=(method,),
        problems=(("kanarie.yaml", "kanarie in een methode"),),
        clock_running=True,
        join=Join(url=f"https://192.0.2.1/#pin={PHONES_PIN}", pin=PHONES_PIN, qr="<svg/>"),
        table_screen=Join(url=f"https://192.0.2.1/#pin={TABLES_PIN}", pin=TABLES_PIN, qr="<svg/>"),
        better={"advice": {"nl": "kanarie: een betere vraag"}},
        check=RoomCheck(heard={"C": Heard(level=-31.7, noise=-55.3)}),
        signs=unwritten.signs.standing(meeting),
        pulsed=unwritten.pulses.seats,
        group=GROUP,
        today=date(2026, 12, 3),
        sticks=(Stick(name="kanarie stick", files=("kanarie.kring",)),),
        look_back={"question": LOOK_BACK, "intention": "", "step": "", "by": "", "agreements": {}},
    )


def canary(kind: str, seat: str | None) -> str:
    """What this seat writes on a card of this kind."""
    return f"kanarie {kind} van {seat}"


def write(kind: str, seat: str | None) -> wishes.WriteNote:
    return wishes.WriteNote(kind=kind, text=canary(kind, seat), seat=seat)


def texts(view: object) -> str:
    return json.dumps(view, ensure_ascii=False)


def walk(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every place of a view, with the names that lead to it."""
    yield path, value
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from walk(inside, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from walk(inside, path)


def evening(method: Method) -> Iterator[Table]:
    """The table after every step; `method` is five_phase. Every class of events happens."""
    played = Table(method)
    for step in (_sits_down, _chooses, _asks, _is_heard, _puts_right, _takes_its_time, _advises, _looks_back):
        for _ in step(played):
            yield played


def _sits_down(played: Table) -> Iterator[None]:
    yield
    theme = "kanarie thema"
    played.ask(
        wish.OpenMeeting(method=played.method.id, language="nl", names=NAMES, theme=theme, minutes=240, group=OURS)
    )
    yield
    played.ask(write("case_list", "B"))
    played.ask(tablewishes.ArrangeSeats(order=("C", "A", "E", "B", "D")))
    yield
    played.ask(wish.ConfirmConsent(agreed=5))
    played.listen()
    for seat in "ABCD":
        played.ask(wish.EnrolSeat(seat=seat), at=played.now + 2)
        alike = "A" if seat == "B" else None
        played.hear(happened.VoiceLearned(at=played.now + 1, seat=seat, seconds=5.25, alike=alike))
        yield
    played.ask(wish.EnrolSeat(seat="E"))
    played.hear(happened.EnrolmentRefused(at=played.now, seat="E", reason="too_little_speech"))
    played.hear(happened.SeatChecked(at=played.now, seat="C", verdict="soft"))
    played.hear(happened.SoundJudged(at=played.now, trouble="hum"))
    played.hear(happened.Strained(at=played.now, gave_up="words"))
    yield


def _chooses(played: Table) -> Iterator[None]:
    for command in (
        wishes.ChooseRitual(ritual="weather"),
        write("case_list", "D"),
        wishes.CastVote(scores=(("1.E", 2.0), ("2.E", 1.0)), seat="A"),
        wishes.CastVote(scores=(("1.E", 0.0), ("2.E", 2.0)), seat="C"),
        wishes.CastVote(scores=(("1.E", 1.0), ("2.E", 0.0)), seat="E"),
        wishes.CountVotes(),
        wishes.ChooseCase(note=1),
        wish.ChooseCaseOwner(seat="B"),
    ):
        played.ask(command, at=played.now + 3)
        yield


def _asks(played: Table) -> Iterator[None]:
    played.ask(wish.BeginPhase(phase="analysis"), at=100)
    yield
    for seat in ("A", "C", "D", "E"):
        for kind in (UNTIL_ASKED, FOR_ITS_WRITER, UNTIL_GIVEN):
            played.ask(write(kind, seat))
            yield
    for command in (
        wishes.AskQuestion(note=FIRST_QUESTION),
        wishes.GiveHeat(note=FIRST_QUESTION, heat="warm", seat="B"),
        wishes.EndQuiet(),
        tablewishes.GiveSign(sign="too_close", seat="D"),
        tablewishes.GiveSign(sign="want_in", seat="E"),
    ):
        played.ask(command)
        yield


def _is_heard(played: Table) -> Iterator[None]:
    for seat, seconds in SECONDS.items():
        start = played.now + 2
        played.turn(seat, start, start + seconds)
        yield
    played.piece("C", played.now, played.now + 1.5, backchannel=True)
    played.piece(None, played.now + 1, played.now + 5, voice=2)
    yield
    played.say("advice", played.now + 4, seat="D", advice=0.93, cue="have_you_tried")
    played.say("advice", played.now + 14, seat="E", advice=0.91, cue="i_would")
    played.hear(happened.ClockTicked(at=played.now + 1))
    yield


def _puts_right(played: Table) -> Iterator[None]:
    for command in (
        wish.DismissFlag(flag=1),
        wish.UndoCorrection(),
        wish.MarkAdvice(flag=2),
        wish.ChooseSensitivity(level="calm"),
        wish.ParkAdvice(),
        wish.NameVoice(voice=2, seat="E"),
        wish.LabelTurn(seat="A"),
        wish.ExchangeSeats(seat="A", other="C"),
        wish.UndoCorrection(),
    ):
        played.ask(command, at=played.now + 1)
        yield
    played.hear(happened.TurnBegan(at=played.now, seat="D", settled=True))
    played.ask(wish.LabelTurn(seat="E"), at=played.now + 2)
    yield
    played.hear(happened.TurnEnded(at=played.now + 1, seat="D", start=played.now - 2, end=played.now + 1))
    played.hear(happened.VoicesForgotten(at=played.now))
    yield


def _takes_its_time(played: Table) -> Iterator[None]:
    for command in (
        tablewishes.CountTurns(seat="C"),
        wishes.BeginRound(by="least_heard"),
        wishes.NextInRound(),
        wishes.PassTurn(seat="A"),
        tablewishes.ShowBalance(shown="phase_ends"),
        wish.AddMinutes(minutes=7),
        wishes.MoveMinutes(taken="advice", minutes=1.0),
        wishes.AllowOneMore(),
        wish.Pause(minutes=5),
        wish.Resume(),
        wishes.StopMethod(),
        wish.Resume(),
        wish.AddSeat(name="Frouke", agreed=True),
        wish.LeaveTable(seat="F"),
        wish.LeaveOut(seat="E"),
        tablewishes.ShowBalance(shown="live"),
    ):
        played.ask(command, at=played.now + 1)
        yield


def _advises(played: Table) -> Iterator[None]:
    played.ask(wish.BeginPhase(phase="advice"), at=played.now + 1)
    yield
    for command in (
        wishes.SortAdvice(note=FIRST_ADVICE, pile="fits", seat="B"),
        wishes.DropNote(note=FIRST_ADVICE),
        wishes.SayEnough(seat="B"),
        wishes.FormIntention(text="kanarie voornemen", step="kanarie stap", by="vrijdag", seat="B"),
    ):
        played.ask(command, at=played.now + 1)
        yield


def _looks_back(played: Table) -> Iterator[None]:
    played.ask(wish.BeginPhase(phase="evaluation"), at=played.now + 1)
    yield
    for n, seat in enumerate("ACDE"):
        played.ask(wishes.AnswerItems(answers=(("pr1", float(n + 1)), ("felt", float(n + 1))), seat=seat))
        played.ask(wishes.AnswerPulse(answers=tuple((item, float(n + 1)) for item in PULSE), seat=seat))
        yield
    for command in (wishes.BeginSecondCase(note=2), wishes.ShowAnswers(), wish.CloseMeeting()):
        played.ask(command, at=played.now + 1)
        yield
