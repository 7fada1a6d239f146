"""A power cut at any write: the log opens, is never called damaged, and holds all that was acknowledged.

Which states are tried, and how strict that is, stands in powercut.py.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from server.certificates import certificates
from server.log import open_log
from server.meeting.meeting import fold
from tests.reliability.powercut import Disk, calls, record
from tests.reliability.recorded import NAMES, PASSPHRASE

ROOT = Path(__file__).parents[2]
SEED = 20261127
HOW = ("least", "most", "some", "torn")


@dataclass
class Promised:
    """What was acknowledged at a moment, and what more was being done."""

    events: dict[str, int] = field(default_factory=dict)
    begun: dict[str, int] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    forgotten: set[str] = field(default_factory=set)
    leaving: str = ""
    devices: tuple[int, int] = (0, 0)
    """The last acknowledged, the last begun."""
    certificates: bool = False

    def take(self, told: dict[str, Any]) -> None:
        step = told.get("doing") or told["done"]
        done = "done" in told
        if step == "append":
            self.begun[told["stream"]] = told["events"]
            if done:
                self.events[told["stream"]] = told["events"]
        elif step == "devices":
            self.devices = (told["devices"] if done else self.devices[0], told["devices"])
        elif step == "keep" and done:
            self.kept.add(told["kept"])
        elif step == "forget":
            self.leaving = told["forgotten"]
            if done:
                self.forgotten.add(told["forgotten"])
        self.certificates = self.certificates or step == "certificates"


def promised(told: Iterable[dict[str, Any]]) -> Promised:
    promise = Promised()
    for line in told:
        promise.take(line)
    return promise


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Folder, progress and the calls of evenings that were really written."""
    folder = tmp_path_factory.mktemp("recorded")
    data, progress, trace = folder / "data", folder / "progress", folder / "calls"
    data.mkdir()
    assert shutil.which("strace"), "this test needs strace: apt install strace"
    record([sys.executable, "-m", "tests.reliability.recorded", str(data), str(progress)], trace, ROOT)
    return data, progress, trace


def moments(recording: tuple[Path, Path, Path]) -> int:
    disk = Disk(recording[0], recording[1])
    return sum(disk.take(call) for call in calls(recording[2]))


def check(folder: Path, promise: Promised, authority: bytes | None) -> None:
    """A start after the power cut."""
    log = open_log(folder, None, PASSPHRASE)
    try:
        for stream, begun in promise.begun.items():
            events = log.events(stream)
            if stream in promise.forgotten:
                assert events == (), "what was erased came back"
                continue
            if stream == promise.leaving and events == ():
                continue
            assert len(events) in (promise.events.get(stream, 0), begun), "all of a step or nothing"
            assert not events or fold(events) is not None
        assert promise.kept <= set(log.kept())
    finally:
        log.close()
    if promise.devices[1]:
        number = json.loads((folder / "devices.json").read_bytes())["number"] if promise.devices[0] else None
        assert number is None or promise.devices[0] <= number <= promise.devices[1]
    certificates(folder, NAMES)
    if promise.certificates:
        assert (folder / "kring-ca.pem").read_bytes() == authority, "every tablet would have to trust another one"


def test_after_a_power_cut_at_any_write_the_log_opens_with_everything_acknowledged(
    recording: tuple[Path, Path, Path], tmp_path: Path, as_often: Callable[[int, int], int]
) -> None:
    lottery, wanted = random.Random(SEED), as_often(60, 2400)
    every, authority = moments(recording), (recording[0] / "kring-ca.pem").read_bytes()
    chosen = sorted(lottery.choices([(at, how) for at in range(1, every + 1) for how in HOW], k=wanted))
    disk, at, tried = Disk(recording[0], recording[1]), 0, 0
    for call in calls(recording[2]):
        at += disk.take(call)
        while tried < len(chosen) and chosen[tried][0] == at:
            how, folder = chosen[tried][1], tmp_path / "after"
            folder.mkdir()
            for name, content in disk.after_the_cut(how, lottery).items():
                (folder / name).write_bytes(content)
            try:
                check(folder, promised(disk.told), authority)
                check(folder, promised(disk.told), authority)
            except Exception as error:
                raise AssertionError(f"after write {at} of {every}, {how}: {disk.told[-1]}") from error
            shutil.rmtree(folder)
            tried += 1
    assert tried == wanted
    print(f"{tried} states of {every} moments")


def test_the_simulated_disk_holds_in_the_end_what_the_real_one_holds(recording: tuple[Path, Path, Path]) -> None:
    disk = Disk(recording[0], recording[1])
    for call in calls(recording[2]):
        disk.take(call)
    held = disk.after_the_cut("most", random.Random(SEED))
    real = {path.name: path.read_bytes() for path in recording[0].iterdir() if not path.name.endswith("-shm")}
    assert held == real


def test_writes_that_were_never_synced_would_be_noticed(tmp_path: Path) -> None:
    """The simulation itself: a file that is replaced without fsync may be empty, or the old one, after a power cut."""
    data, progress, trace = tmp_path / "data", tmp_path / "progress", tmp_path / "calls"
    data.mkdir()
    careless = (
        "import os, sys; folder = sys.argv[1]\n"
        "with open(folder + '/new', 'wb') as file: file.write(b'x' * 2000)\n"
        "os.replace(folder + '/new', folder + '/old')\n"
    )
    record([sys.executable, "-c", careless, str(data)], trace, ROOT)
    disk, lottery = Disk(data, progress), random.Random(SEED)
    for call in calls(trace):
        disk.take(call)
    found = {tuple(sorted(disk.after_the_cut(how, lottery).items())) for how in HOW for _ in range(20)}
    assert () in found
    assert (("old", b""),) in found
    assert (("old", b"x" * 2000),) in found
    assert len(found) > 4
