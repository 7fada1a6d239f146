from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from tests.browser.test_microphone import microphone as microphone

ROOT = Path(__file__).parents[2]
OUTPUT = ROOT / "test-output" / "long"
WITNESS = """
import sys, time
late, until = [], None
print("here", flush=True)
import threading
threading.Thread(target=lambda: (sys.stdin.read(), globals().__setitem__("until", 0)), daemon=True).start()
while until is None:
    began = time.monotonic()
    time.sleep(0.02)
    late.append(time.monotonic() - began - 0.02)
late.sort()
print(late[int(0.99 * len(late))], late[-1])
"""


class Witness:
    """A process that only wants to wake up in time; how late it was says whether the machine was starved."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen([sys.executable, "-c", WITNESS], stdin=pipe, stdout=pipe, text=True)
        assert self._process.stdout is not None
        self._process.stdout.readline()
        self.late_99 = self.late_most = 0.0

    def ask(self) -> None:
        """Ends it; seconds by which it woke up too late: of 99 in 100, and the worst."""
        told, _ = self._process.communicate(timeout=10)
        self.late_99, self.late_most = map(float, told.split())


def waited(process: psutil.Process) -> float:
    """Seconds that its threads could have computed and got no processor; a machine that does other things as well."""
    total = 0.0
    for thread in Path(f"/proc/{process.pid}/task").iterdir():
        with contextlib.suppress(OSError):
            total += int((thread / "schedstat").read_text().split()[1]) / 1e9
    return total


def used(process: psutil.Process) -> float:
    """Seconds of processor time."""
    times = process.cpu_times()
    return float(times.user + times.system)


@pytest.fixture
def witness() -> Iterator[Witness]:
    witness = Witness()
    yield witness
    witness._process.kill()
    witness._process.wait(5)


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Milliseconds: the middle, 95 and 99 in 100, and the worst."""
    values = 1000 * np.asarray(seconds, np.float64)
    found = {f"p{part}": float(np.percentile(values, part)) for part in (50, 95, 99)} | {"max": float(values.max())}
    return {name: round(value, 1) for name, value in found.items()}


def report(name: str, figures: dict[str, Any]) -> None:
    """Keeps the figures in test-output/long, and prints them as a table."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / f"{name}.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print(f"\n| {name} | |\n|---|---|")
    for key, value in figures.items():
        print(f"| {key} | {value} |")
