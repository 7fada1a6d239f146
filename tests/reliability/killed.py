"""A served Kring that is killed again and again, and the lead's screen that comes back by itself as the page does."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import requests
import socketio

from server.log import open_log
from server.meeting.events import Event
from server.meeting.meeting import Meeting, fold
from tests.server.tables import eventually
from tests.server.test_serving import Kring

NAMES = ["Ada", "Bo", "Cas", "Dee"]


class Screen:
    """A real Socket.IO client with the patience of client/connection.js."""

    def __init__(self, kring: Kring) -> None:
        self.session = requests.Session()
        answer = self.session.post(f"{kring.url}/pair", json={"pin": "271828"}, timeout=10)
        assert answer.status_code == 200, answer.text
        self.view: dict[str, Any] = {}
        self.clock, self.clock_seen = 0.0, 0.0
        self.snapshots: list[tuple[float, float]] = []
        """(when, second of the meeting) of every whole picture."""
        self.acknowledged: list[str] = []
        self.io = socketio.Client(
            http_session=self.session, reconnection=True, reconnection_delay=0.3, reconnection_delay_max=0.5
        )
        self.io.on("snapshot", self._snapshot)
        self.io.on("event", lambda message: self._saw(message["changes"]))
        self.io.connect(kring.url, transports=["websocket"])
        eventually(lambda: self.snapshots)

    def _snapshot(self, message: dict[str, Any]) -> None:
        self.view = {}
        self._saw(message["view"])
        self.snapshots.append((time.monotonic(), self.clock))

    def _saw(self, changes: dict[str, Any]) -> None:
        self.view |= changes
        if clock := changes.get("clock"):
            self.clock, self.clock_seen = clock["now"], time.monotonic()

    def second_of_the_meeting(self) -> float:
        """As the screen shows it now: it counts on by itself."""
        return self.clock + time.monotonic() - self.clock_seen

    def ask(self, command: str, **fields: Any) -> None:
        """Until it is granted; in the right order, so a refusal is a fault."""
        for _ in range(20):
            answer = self.io.call("command", {"command": command, **fields}, timeout=10)
            if answer.get("refused") != "too_fast":
                break
            time.sleep(0.3)
        assert answer["ok"], (command, answer)

    def wish(self, name: str, command: str, **fields: Any) -> None:
        """Without waiting; its name is acknowledged when the server said so."""

        def answered(answer: dict[str, Any]) -> None:
            if answer["ok"]:
                self.acknowledged.append(name)

        self.io.emit("command", {"command": command, **fields}, callback=answered)

    def close(self) -> None:
        self.io.shutdown()
        self.session.close()


@dataclass
class Evening:
    """One data folder over many lives of a Kring."""

    data: Path
    ears: Path
    port: int
    lottery: random.Random
    texts: int = 0
    recoveries: list[float] = field(default_factory=list)
    lost: list[float] = field(default_factory=list)
    """Seconds of the meeting that were gone after a kill."""

    def begin(self) -> None:
        """Serve, and let the lead's tablet in."""
        self.kring = Kring(self.data, self.ears, self.port)
        self.kring.wait_for_address()
        self.screen = Screen(self.kring)

    def end(self) -> None:
        """Stop cleanly."""
        self.screen.close()
        self.kring.stop()

    def sit_down(self) -> None:
        """A meeting at its first page, whatever was before."""
        if self.screen.view["stage"] in ("consent", "closed"):
            self.screen.ask("EraseMeeting")
        elif self.screen.view["stage"] == "running":
            self.screen.ask("CloseMeeting")
            self.screen.ask("EraseMeeting")
        self.screen.ask("OpenMeeting", method="five_phase", language="nl", names=NAMES)
        eventually(lambda: self.screen.view["stage"] == "consent")

    def run_phase(self, phase: str) -> None:
        """The meeting runs in this phase."""
        if self.screen.view["stage"] not in ("consent", "running"):
            self.sit_down()
        if self.screen.view["stage"] == "consent":
            self.screen.ask("ConfirmConsent", agreed=4)
        self.screen.ask("BeginPhase", phase=phase)
        eventually(lambda: self.screen.view["stage"] == "running" and self.screen.view["phase"]["id"] == phase)

    def write(self, count: int) -> list[str]:
        """As many cards, all under way at once; each is an event of its own."""
        texts = []
        for _ in range(count):
            self.texts += 1
            texts.append(f"kaart {self.texts}")
            seat = "ABCD"[self.texts % 4]
            self.screen.wish(texts[-1], "WriteNote", kind="case_list", seat=seat, text=texts[-1])
            time.sleep(self.lottery.choice((0, 0, 0.002)))
        return texts

    def kill(self, victim: str) -> None:
        """ "worker": the process that serves; "parent": the one that was started; "both": as a power cut would."""
        parent = psutil.Process(self.kring.process.pid)
        workers = [child.pid for child in parent.children()]
        for pid in {"worker": workers, "parent": [parent.pid], "both": [parent.pid, *workers]}[victim]:
            os.kill(pid, signal.SIGKILL)

    def again(self, victim: str, *, began: float) -> float:
        """Serve again where that does not happen by itself; when it could be reached, by the monotonic clock."""
        if victim == "worker":
            return began
        self.kring.stop()
        self.kring = Kring(self.data, self.ears, self.port)
        self.kring.wait_for_address()
        return time.monotonic()

    def logged(self) -> dict[str, tuple[Event, ...]]:
        """All streams of the log that are not kept, as they are now."""
        log = open_log(self.data, only_look=True)
        try:
            return {stream: log.events(stream) for stream in log.unfinished()}
        finally:
            log.close()

    def kept(self) -> tuple[str, ...]:
        """The streams that were kept."""
        log = open_log(self.data, only_look=True)
        try:
            return log.kept()
        finally:
            log.close()


def meeting_of(events: tuple[Event, ...]) -> Meeting:
    """The fold of the log: there is one, and it is a beginning of what happened."""
    meeting = fold(events)
    assert meeting is not None
    for at in range(1, len(events)):
        assert fold(events[:at]) is not None
    return meeting
