"""A device on which groups meet: a real table, log and files, a stick, and a calendar that the test turns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from server.circle import Circle
from server.group import wishes as of_group
from server.meeting import commands as wish
from server.meeting import wishes
from server.settings import CircleSettings
from server.sticks import Sticks
from tests.server.tables import TableForTest, eventually

PASSPHRASE = "vier wilde eenden zwemmen"
METHOD = "five_phase"
ANSWERED = ("pr1", "pr2", "pr3", "pr4", "pr5", "pr6")
PULSED = ("sp1", "sp2", "sp3", "sp4")


class Calendar:
    """The day it is, as the test says."""

    def __init__(self, on: date) -> None:
        self.on = on

    def now(self) -> datetime:
        return datetime(self.on.year, self.on.month, self.on.day, 21, 30)

    def later(self, days: int) -> None:
        self.on += timedelta(days=days)


class TurnedClock:
    """The clock of a meeting, as the test says."""

    rate = 1.0

    def __init__(self) -> None:
        self.second = 0.0

    def from_second(self, begin: float) -> TurnedClock:
        self.second = begin
        return self

    def go(self, to: float) -> None:
        self.second = max(self.second, to)

    def now(self) -> float:
        return self.second

    def heard(self, at: float) -> None:
        """Nothing is heard here."""


class Device:
    """One Kring with its data folder."""

    def __init__(self, data: Path, ears: Path, calendar: Calendar, sticks: Iterable[Path] = ()) -> None:
        self.data, self.calendar, self.sticks = data, calendar, list(sticks)
        self.moment = 0.0
        self.circle = Circle(
            data,
            CircleSettings(),
            sticks=Sticks(lambda: self.sticks),
            now=calendar.now,
            monotonic=lambda: self.moment,
        )
        self.clock = TurnedClock()
        self.table = TableForTest(data, ears, clock=self.clock.from_second, circle=self.circle)

    def stop(self) -> None:
        self.table.table.stop()

    def ask(self, *commands: Any) -> None:
        """Every one is granted."""
        for command in commands:
            answer = self.table.ask(command)
            assert answer["ok"], (command, answer)

    def refused(self, command: Any) -> str:
        answer = self.table.ask(command)
        assert not answer["ok"], command
        assert all(answer["say"][language] for language in ("nl", "en", "de"))
        return str(answer["refused"])

    @property
    def view(self) -> dict[str, Any]:
        """What the tablet shows of the group, after everything that was asked."""
        return eventually(lambda: self.table.seen.view().get("group"))  # type: ignore[no-any-return]

    def shows(self, what: Any) -> Any:
        """Waits until `what` of the group's view is true; gives it."""
        return eventually(lambda: (view := self.table.seen.view().get("group")) and what(view))

    def keys(self) -> dict[str, int]:
        """Name to key of every member."""
        group = self.circle.group
        assert group is not None
        return {member.name: member.key for member in group.members}

    def evening(self, names: Iterable[str], *, late: Iterable[str] = (), **kinds: Any) -> None:
        """An evening of two hours, up to the choice of what is remembered."""
        self.sit_down(names, method=kinds.pop("method", METHOD), lead=kinds.pop("lead", "A"))
        for name in late:
            self.ask(wish.AddSeat(name=name, agreed=True))
        self.talk(**kinds)
        self.clock.go(7200.0)
        self.ask(wish.CloseMeeting())

    def sit_down(self, names: Iterable[str], *, method: str = METHOD, lead: str | None = "A") -> None:
        people = tuple(names)
        self.ask(
            wish.OpenMeeting(method=method, language="nl", names=people, facilitator=lead, minutes=120),
            wish.ConfirmConsent(agreed=len(people)),
        )
        self.clock.go(60.0)

    def talk(
        self,
        *,
        owner: str = "B",
        question: str = "Hoe zeg ik het haar?",
        intention: str = "Ik bel haar",
        answer: float = 4.0,
        agreed: dict[str, str] | None = None,
    ) -> None:
        """A case is brought in, taken, gone home with, and looked back at."""
        self.ask(
            wishes.WriteNote(kind="case_list", text=question, seat=owner),
            wishes.ChooseCase(note=1),
            wishes.FormIntention(text=intention, step="morgen", by="vrijdag", seat=owner),
        )
        for seat in "ABCD":
            self.ask(wishes.AnswerItems(answers=tuple((item, answer) for item in ANSWERED), seat=seat))
            self.ask(wishes.AnswerPulse(answers=tuple((item, 4.0) for item in PULSED), seat=seat))
        for about, text in (agreed or {}).items():
            self.ask(wishes.WriteNote(kind="agreement", about=about, text=text))
        self.ask(wishes.ShowAnswers())

    def found(self, name: str, *members: str, passphrase: str = PASSPHRASE) -> None:
        self.ask(of_group.FoundGroup(name=name, passphrase=passphrase))
        for member in members:
            self.ask(of_group.AddMember(name=member))


def whole(folder: Path) -> bytes:
    """Every byte in every file of the folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
