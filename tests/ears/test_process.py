from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ears.conftest import Meeting

ROOT = Path(__file__).parents[2]


class Process:
    """`python -m speech` with its pipes."""

    def __init__(self, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "speech", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
        )
        self._events: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._events.put(json.loads(line))

    def ask(self, line: str | dict[str, Any]) -> None:
        assert self.process.stdin
        self.process.stdin.write((line if isinstance(line, str) else json.dumps(line)) + "\n")
        self.process.stdin.flush()

    def until(self, name: str, seconds: float = 60.0) -> list[dict[str, Any]]:
        """Events up to and with the first of this name."""
        told, deadline = [], time.monotonic() + seconds
        while not told or told[-1]["event"] != name:
            try:
                told.append(self._events.get(timeout=max(0.1, deadline - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"no {name} came after {seconds} s, but {told}")
        return told

    def end(self) -> str:
        """Closes standard input; the answer is what was on standard error."""
        assert self.process.stdin
        assert self.process.stdout
        assert self.process.stderr
        self.process.stdin.close()
        assert self.process.wait(20) == 0
        complaints = self.process.stderr.read()
        self.process.stderr.close()
        self.process.stdout.close()
        return complaints


@pytest.fixture(scope="module")
def ears() -> Iterator[Process]:
    ears = Process("--no-words")
    assert ears.until("EarsReady")[0]["words"] is None
    yield ears
    ears.process.kill()
    ears.process.wait()
    for pipe in (ears.process.stdin, ears.process.stdout, ears.process.stderr):
        if pipe is not None:
            pipe.close()


def listening(meeting: Meeting, **how: Any) -> dict[str, Any]:
    return {"request": "Listen", "recording": str(meeting.path), "speed": None, **how}


def test_a_recording_is_heard_over_the_pipe(ears: Process, meeting: Meeting) -> None:
    ears.ask(listening(meeting, begin=meeting.begin, enrolments=meeting.enrolments))
    told = ears.until("ListeningEnded")
    assert [event["seat"] for event in told if event["event"] == "SeatEnrolled"] == ["A", "B", "C"]
    assert [event["seat"] for event in told if event["event"] == "TurnEnded"] == [seat for seat, _, _ in meeting.turns]
    assert told[-1]["reason"] == "end"
    assert not any("text" in event for event in told)


def test_stopping_and_going_on_keeps_the_voices(ears: Process, meeting: Meeting) -> None:
    ears.ask(listening(meeting, begin=meeting.begin, speed=2.0))
    ears.until("TurnBegan")
    ears.ask({"request": "Stop"})
    stopped = ears.until("ListeningEnded")[-1]
    assert stopped["reason"] == "asked"
    ears.ask(listening(meeting, begin=stopped["at"]))
    told = ears.until("ListeningEnded")
    assert next(event["at"] for event in told if event["event"] == "Heard") == int(stopped["at"]) + 1
    last = [event["seat"] for event in told if event["event"] == "TurnEnded"][-1]
    assert last == meeting.turns[-1][0]


def test_a_missing_recording_is_told_in_words(ears: Process) -> None:
    ears.ask({"request": "Listen", "recording": "/nowhere/at all.wav", "speed": None})
    (told,) = ears.until("ListeningEnded")
    assert told == {"event": "ListeningEnded", "at": 0.0, "reason": "unreadable", "detail": told["detail"]}
    assert "There is no file at all.wav" in told["detail"]


def test_enrolling_while_nothing_is_heard_is_refused(ears: Process) -> None:
    ears.ask({"request": "Enrol", "seat": "D"})
    assert ears.until("EnrolmentRefused")[-1]["reason"] == "not_listening"


def test_bad_requests_are_named_and_survived_until_the_pipe_closes(ears: Process, meeting: Meeting) -> None:
    bad = ["no json", "[1]", '{"request": "Dance"}', '{"request": "Enrol"}', '{"request": "Listen", "loud": true}']
    for line in bad:
        ears.ask(line)
    ears.ask('{"request": "Listen", "recording": 7, "enrolments": 3}')
    ears.ask('{"request": "Forget"}')
    ears.ask(listening(meeting, begin=meeting.turns[-1][1]))
    told = ears.until("ListeningEnded")
    while told[-1]["reason"] != "end":
        told = ears.until("ListeningEnded")
    assert {event["seat"] for event in told if event["event"] == "TurnEnded"} == {None}
    complaints = ears.end().splitlines()
    assert len([line for line in complaints if line.startswith("kring ears: request not understood")]) >= len(bad)
    assert "Traceback" not in "".join(complaints)
