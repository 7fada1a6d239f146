"""A virtual microphone: a private PulseAudio with a null sink, whose monitor is the only input."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from speech.frames import RATE
from tests.ears.conftest import Meeting
from tests.ears.test_process import Process, listening

pytestmark = pytest.mark.loopback


class SoundServer:
    """Only this test's; dies with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.environment = {
            "PULSE_SERVER": f"unix:{folder}/pulse.sock",
            "PULSE_RUNTIME_PATH": str(folder),
            "HOME": str(folder),
        }
        self.start()

    def start(self) -> None:
        modules = [
            f"module-native-protocol-unix auth-anonymous=1 socket={self._folder}/pulse.sock",
            "module-null-sink sink_name=table rate=16000 channels=1 norewinds=1",  # 50 ms at a time, not 2 s
        ]
        command = [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--log-level=error",
        ]
        for module in modules:
            command += ["-L", module]
        environment = {key: value for key, value in os.environ.items() if key != "PULSE_SERVER"}
        own = {key: value for key, value in self.environment.items() if key != "PULSE_SERVER"}
        self.process = subprocess.Popen(command, env={**environment, **own}, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 15
        while subprocess.run(
            ["pactl", "info"], env={**environment, **self.environment}, capture_output=True
        ).returncode:
            assert time.monotonic() < deadline, "PulseAudio did not start"
            time.sleep(0.2)

    def play(self, path: Path) -> None:
        command = ["paplay", "--device=table", str(path)]
        subprocess.run(command, env={**os.environ, **self.environment}, check=True, timeout=60)

    def exchange(self, rate: int, channels: int) -> None:
        """The sink, and with it the microphone, goes away and comes back different."""
        for command in (
            ["unload-module", "module-null-sink"],
            [
                "load-module",
                "module-null-sink",
                "sink_name=table",
                f"rate={rate}",
                f"channels={channels}",
                "norewinds=1",
            ],
        ):
            subprocess.run(["pactl", *command], env={**os.environ, **self.environment}, check=True, timeout=20)

    def end(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server() -> Iterator[SoundServer]:
    folder = Path(tempfile.mkdtemp(prefix="kring", dir="/tmp"))  # a socket's path must be short
    server = SoundServer(folder)
    yield server
    server.end()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_microphone_hears_what_a_recording_holds_is_lost_and_comes_back(
    server: SoundServer, meeting: Meeting, tmp_path: Path
) -> None:
    begin, end = int(meeting.turns[0][1] * RATE) - RATE // 2, int(meeting.turns[1][2] * RATE) + RATE // 2
    soundfile.write(tmp_path / "part.wav", meeting.sound[begin:end], RATE)
    ears = Process("--no-words", environment=server.environment)
    ears.until("EarsReady")
    ears.ask(listening(meeting, begin=len(meeting.sound) / RATE - 0.2, enrolments=meeting.enrolments))
    ears.until("ListeningEnded")

    ears.ask({"request": "Listen"})
    began = ears.until("ListeningBegan", 15)[-1]
    assert began["source"] == "microphone"
    server.play(tmp_path / "part.wav")
    time.sleep(1.5)
    ears.ask({"request": "Stop"})
    told = ears.until("ListeningEnded")
    turns = [event for event in told if event["event"] == "TurnEnded"]
    assert [turn["seat"] for turn in turns] == [seat for seat, _, _ in meeting.turns[:2]]
    shift = turns[0]["start"] - meeting.turns[0][1]
    for turn, (_, start, stop) in zip(turns, meeting.turns, strict=False):
        assert turn["start"] - shift == pytest.approx(start, abs=0.2)
        assert turn["end"] - shift == pytest.approx(stop, abs=0.5)
    assert told[-1]["reason"] == "asked"

    ears.ask({"request": "Listen"})
    ears.until("Heard")
    server.end()
    gone = time.monotonic()
    lost = ears.until("ListeningEnded")[-1]
    assert lost["reason"] == "microphone_lost"
    assert time.monotonic() - gone < 3.0
    assert "Plug it in again" in lost["detail"]

    ears.ask({"request": "Listen"})
    assert ears.until("ListeningEnded")[-1]["reason"] == "no_microphone"

    server.start()
    ears.ask({"request": "Listen"})
    assert ears.until("Heard")[-1]["at"] == 1.0
    ears.end()


def test_a_microphone_that_comes_back_with_another_rate_is_heard_on(
    server: SoundServer, meeting: Meeting, tmp_path: Path
) -> None:
    begin, end = int(meeting.turns[0][1] * RATE) - RATE // 2, int(meeting.turns[0][2] * RATE) + RATE // 2
    soundfile.write(tmp_path / "part.wav", meeting.sound[begin:end], RATE)
    ears = Process("--no-words", environment=server.environment)
    ears.until("EarsReady")
    ears.ask(listening(meeting, begin=len(meeting.sound) / RATE - 0.2, enrolments=meeting.enrolments))
    ears.until("ListeningEnded")
    ears.ask({"request": "Listen"})
    ears.until("Heard")
    server.exchange(48_000, 2)
    told = ears.until("FramesLost", 15)
    assert not any(event["event"] in ("TurnBegan", "ListeningEnded") for event in told)
    lost = told[-1]
    assert 0.2 < lost["seconds"] < 6.0
    server.play(tmp_path / "part.wav")
    turn = ears.until("TurnEnded")[-1]
    assert turn["seat"] == meeting.turns[0][0]
    assert turn["start"] > lost["at"] + lost["seconds"]
    ears.ask({"request": "Stop"})
    rest = ears.until("ListeningEnded")
    assert rest[-1]["reason"] == "asked"
    seconds = [event["at"] for event in (*told, *rest) if event["event"] == "Heard"]
    assert seconds == sorted(set(seconds))
    ears.end()
