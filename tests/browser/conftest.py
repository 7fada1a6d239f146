from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "test-output" / "browser"
PIN = "246810"
PICTURES.mkdir(parents=True, exist_ok=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Kring:
    """A Kring that runs as a user's would: its own process, port and data folder."""

    arguments: tuple[str, ...]
    port: int = field(default_factory=free_port)
    lines: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    seconds_to_address: float = 0.0
    microphone: str = "unix:/nonexistent/kring-test"
    """PulseAudio server; by default there is none, on any machine."""
    under: tuple[str, ...] = ()
    """What stands before the command, for example a tracer."""
    more: dict[str, str] = field(default_factory=dict)
    """More of its environment."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> Kring:
        command = [
            *self.under,
            sys.executable,
            "-m",
            "server",
            *self.arguments,
            "--port",
            str(self.port),
            "--pin",
            PIN,
            "--http",
        ]
        began = time.monotonic()
        environment = os.environ | {"PULSE_SERVER": self.microphone} | self.more
        self.process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
        )
        told: Queue[str] = Queue()
        self._reader = Thread(target=self._read, args=(told,), daemon=True)
        self._reader.start()
        self.lines.clear()
        while not any("Participant PIN" in line for line in self.lines):
            with contextlib.suppress(Empty):
                self.lines.append(told.get(timeout=0.1))
            assert self.process.poll() is None, "".join(self.lines)
            assert time.monotonic() - began < 30, "no address within 30 s"
        self.seconds_to_address = time.monotonic() - began
        self._told = told
        return self

    def _read(self, told: Queue[str]) -> None:
        assert self.process
        assert self.process.stdout
        with self.process.stdout as printed:
            for line in printed:
                told.put(line)

    @property
    def participant_pin(self) -> str:
        """The one for phones that was printed last; it changes with every meeting."""
        while not self._told.empty():
            self.lines.append(self._told.get())
        return [found.group(1) for line in self.lines if (found := re.search(r"Participant PIN: (\d{6})", line))][-1]

    def wait(self, seconds: float) -> tuple[int, str]:
        """Exit code and everything it printed, once it ended by itself."""
        assert self.process
        code = self.process.wait(seconds)
        self._reader.join(5)
        while not self._told.empty():
            self.lines.append(self._told.get())
        return code, "".join(self.lines)

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process
        self.process.kill()
        self._end()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self._end()

    def _end(self) -> None:
        if self.process:
            self.process.wait(10)
            self._reader.join(5)
