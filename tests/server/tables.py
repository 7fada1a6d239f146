"""A table with the real log, the real supervisor and ears that follow a script."""

from __future__ import annotations

import json
import queue
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from methods.reader import BUILT_IN
from server.circle import Circle
from server.clock import Clock, SteadyClock
from server.hearing import Hearing
from server.library import Shelf
from server.log import open_log
from server.meeting import commands as wish
from server.messages import Arrived, Asked, Message
from server.practice import Practice
from server.screens import FACILITATOR, Screens
from server.settings import CircleSettings, HearingSettings, TableSettings
from server.sticks import Sticks
from server.table import Furniture, Table
from server.views import Room

FAKE_EARS = Path(__file__).with_name("fake_ears.py")
PATIENCE = 20.0
OPEN = wish.OpenMeeting(method="five_phase", language="nl", names=("Ada", "Bo", "Cas", "Dee"))


def eventually(true: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What `true` gives as soon as it is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.01)
    raise AssertionError(f"not within {seconds} s")


@dataclass
class Seen:
    """A screen that keeps every message it gets, as the client does."""

    messages: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def send(self, to: str, name: str, payload: dict[str, Any]) -> None:
        self.messages.append((to, name, payload))

    def view(self, audience: str = FACILITATOR) -> dict[str, Any]:
        """All differences that went to this audience, folded."""
        view: dict[str, Any] = {}
        for to, name, payload in list(self.messages):
            if to == audience and name == "event":
                view |= payload["changes"]
        return view


class PracticeForTest(Practice):
    """Nobody is played until somebody wants to practise; time goes as the test says."""

    def __init__(self, clock: Callable[[float], Clock], hopeless: Callable[[str], None]) -> None:
        super().__init__(None, hopeless)
        self._of_the_test = clock

    def clock(self, begin: float, rehearsal: bool) -> Clock:
        return super().clock(begin, rehearsal) if rehearsal else self._of_the_test(begin)


class TableForTest:
    """A running table, and what people at it can do."""

    def __init__(
        self,
        data: Path,
        ears: Path,
        clock: Callable[[float], Any] = SteadyClock,
        settings: TableSettings | None = None,
        circle: Circle | None = None,
    ) -> None:
        self.ears, self.seen, self.said = ears, Seen(), list[str]()
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.log = open_log(data)
        self.practice = PracticeForTest(clock, self.said.append)
        self.hearing = Hearing(
            command=(sys.executable, str(FAKE_EARS), str(ears)),
            language="nl",
            source=self.practice.listen,
            tell=self.inbox.put,
            settings=HearingSettings(silent_seconds=1.0, retry_seconds=0.1, restart_seconds=(0.4,)),
        )
        self.table = Table(
            Furniture(
                log=self.log,
                hearing=self.hearing,
                screens=Screens(self.seen.send),
                shelf=Shelf(BUILT_IN, data / "methods"),
                practice=self.practice,
                circle=circle or Circle(data, CircleSettings(), sticks=Sticks(list)),
                room=Room(meeting=None, method=None),
                settings=settings or TableSettings(),
                trouble=self.said.append,
            ),
            self.inbox,
        )
        self.table.start()
        self.inbox.put(Arrived(audience=FACILITATOR, screen="tablet"))

    def ask(self, command: Any) -> dict[str, Any]:
        answers: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self.inbox.put(Asked(command=command, reply=answers.put))
        return answers.get(timeout=PATIENCE)

    def sit_down(self) -> None:
        assert self.ask(OPEN) == {"ok": True}
        assert self.ask(wish.ConfirmConsent(agreed=4)) == {"ok": True}

    def asked(self) -> list[dict[str, Any]]:
        """What the ears were asked."""
        path = self.ears / "asked.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def microphone(self) -> str:
        return str(self.seen.view().get("microphone", {}).get("state"))

    def shows(self, microphone: str) -> None:
        eventually(lambda: self.microphone() == microphone)

    def hears(self, **event: Any) -> None:
        with (self.ears / "heard.jsonl").open("a") as heard:
            heard.write(json.dumps(event) + "\n")
