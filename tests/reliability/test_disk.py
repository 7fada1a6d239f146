"""A disk that is full, read-only, failing or damaged: people go on, the screen says it, and nothing is made up."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from server.log import open_log
from server.meeting import commands as wish
from server.meeting.meeting import fold
from server.problems import LogUnusable
from server.store import FILE
from tests.server.tables import TableForTest, eventually
from tests.server.test_serving import Kring, Tablet, free_port, sit_down

ROOT = Path(__file__).parents[2]
WORDS = json.loads((ROOT / "client" / "words" / "nl.json").read_text())
PR_SET_PTRACER, ANYBODY = 0x59616D61, -1
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@contextmanager
def a_disk_that_answers(error: str) -> Iterator[None]:
    """From now on every write of this process to a database, and every fsync, fails like this."""
    import ctypes

    assert shutil.which("strace"), "this test needs strace: apt install strace"
    # Where processes may only trace their children, somebody has to allow it.
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_long(ANYBODY), 0, 0, 0)
    calls = "pwrite64,fsync,fdatasync"
    command = ["strace", "-f", "-p", str(os.getpid()), "-e", f"trace={calls}", "-e", f"inject={calls}:error={error}"]
    strace = subprocess.Popen([*command, "-o", "/dev/null"], stderr=subprocess.PIPE, text=True)
    assert strace.stderr is not None
    assert "attached" in strace.stderr.readline()
    try:
        yield
    finally:
        strace.send_signal(signal.SIGTERM)
        strace.communicate(timeout=10)


@pytest.mark.parametrize(
    ("error", "trouble"), [("EROFS", "not_written"), ("EIO", "not_written"), ("ENOSPC", "disk_full")]
)
def test_on_a_disk_that_fails_in_the_middle_the_meeting_goes_on_and_is_written_when_it_can(
    table: TableForTest, error: str, trouble: str
) -> None:
    table.sit_down()
    table.shows("listening")
    with a_disk_that_answers(error):
        assert table.ask(wish.BeginPhase(phase="analysis"))["ok"]
        assert table.ask(wish.TapSeat(seat="B"))["ok"]
        eventually(lambda: table.seen.view()["trouble"] == trouble)
        assert "stroom uitvalt" in WORDS[f"trouble.{trouble}"]
        (said,) = table.said
        assert ("room" in said) is (trouble == "disk_full")
        assert table.ask(wish.CloseMeeting())["ok"]
        refused = table.ask(wish.KeepMeeting(items=()))
        assert not refused["ok"]
        assert all(refused["say"][language] for language in ("nl", "en", "de"))
        assert ("vol" in refused["say"]["nl"]) is (trouble == "disk_full")
    (stream,) = table.log.unfinished()
    assert table.ask(wish.KeepMeeting(items=()))["ok"]
    eventually(lambda: table.seen.view()["trouble"] == "")
    assert table.log.kept() == (stream,)
    assert any(type(event).__name__ == "MeetingClosed" for event in table.log.events(stream))


@pytest.fixture(scope="module")
def on_a_small_disk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of a meeting on a real file system of 1 MB, and of a really read-only one."""
    folder = tmp_path_factory.mktemp("small")
    for name in ("disk", "ears"):
        (folder / name).mkdir()
    (folder / "ears" / "device").touch()
    script = [sys.executable, "-m", "tests.reliability.small_disk", str(folder / "disk"), str(folder / "ears")]
    ran = subprocess.run(["unshare", "-rm", *script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def test_a_start_on_a_full_disk_says_so_and_leaves_nothing_half(on_a_small_disk: dict[str, Any]) -> None:
    start = on_a_small_disk["full at start"]
    assert start["code"] == 2
    assert "Make room" in start["said"]
    assert "Traceback" not in start["said"]


def test_a_disk_that_fills_up_under_a_meeting_stops_nobody_from_going_on_closing_and_keeping_later(
    on_a_small_disk: dict[str, Any],
) -> None:
    told = on_a_small_disk
    assert told["while it runs"] == "disk_full"
    assert told["keeping"]["refused"] == told["erasing"]["refused"] == "not_erased"
    assert told["the summary is there"]
    assert told["keeping with room"] == told["another"] == {"ok": True}
    assert told["kept"] == 1
    assert told["trouble in the end"] == "none"
    assert any("Make some room" in line for line in told["said"])


def test_a_start_on_a_read_only_folder_says_so(on_a_small_disk: dict[str, Any]) -> None:
    for start in (on_a_small_disk["read-only at start"], on_a_small_disk["read-only with a log"]):
        assert start["code"] == 2
        assert "--data" in start["said"]
        assert "Traceback" not in start["said"]


def flip_bits(path: Path, lottery: random.Random, count: int) -> None:
    """Some bits are not what was written."""
    content = bytearray(path.read_bytes())
    for _ in range(count):
        content[lottery.randrange(len(content))] ^= 1 << lottery.randrange(8)
    with path.open("r+b") as file:
        file.write(content)


@pytest.mark.parametrize("seed", range(3))
def test_a_log_damaged_under_a_running_meeting_ends_no_meeting_and_is_named_at_the_next_start(
    data: Path, ears: Path, seed: int
) -> None:
    lottery = random.Random(seed)
    table = TableForTest(data, ears)
    try:
        table.sit_down()
        for _ in range(30):
            table.ask(wish.TapSeat(seat=lottery.choice("ABCD")))
        for name in (FILE, f"{FILE}-wal"):
            flip_bits(data / name, lottery, 400)
        # What was read once is held in memory; on a long evening it is read again.
        table.log._engine.connect().exec_driver_sql("PRAGMA shrink_memory")
        assert table.ask(wish.BeginPhase(phase="analysis"))["ok"]
        for _ in range(30):
            assert table.ask(wish.TapSeat(seat=lottery.choice("ABCD")))["ok"]
        eventually(lambda: table.seen.view()["trouble"] == "not_written")
        eventually(lambda: table.seen.view()["phase"]["id"] == "analysis")
        assert table.ask(wish.CloseMeeting())["ok"]
        eventually(lambda: table.seen.view()["summary"])
        refused = table.ask(wish.KeepMeeting(items=()))
        assert refused["refused"] == "not_written"
    finally:
        table.table.stop()
    with pytest.raises(LogUnusable, match="damaged"):
        open_log(data)


@pytest.mark.parametrize("seed", range(4))
def test_bits_that_flipped_in_the_journal_cost_the_end_of_a_meeting_at_most(data: Path, seed: int) -> None:
    from tests.server.test_log import happened, opened

    log = open_log(data)
    stream = log.open_stream()
    log.append(stream, [opened(stream)])
    for second in range(40):
        log.append(stream, [happened.ClockTicked(at=float(second))])
    left = {path.name: path.read_bytes() for path in data.iterdir() if path.name != f"{FILE}-shm"}
    log.close()
    for path in data.iterdir():
        path.unlink()
    for name, content in left.items():
        (data / name).write_bytes(content)
    flip_bits(data / f"{FILE}-wal", random.Random(seed), 1)
    log = open_log(data)
    events = log.events(stream)
    log.close()
    assert [event.at for event in events[1:]] == [float(second) for second in range(len(events) - 1)] or not events
    assert not events or fold(events) is not None


def test_a_served_kring_whose_log_is_damaged_goes_on_by_taps_and_says_the_cure_at_the_next_start(
    data: Path, ears: Path
) -> None:
    kring = Kring(data, ears, free_port())
    kring.wait_for_address()
    tablet = Tablet(kring)
    try:
        sit_down(tablet)
        for name in (FILE, f"{FILE}-wal"):
            flip_bits(data / name, random.Random(5), 500)
        assert tablet.ask({"command": "BeginPhase", "phase": "analysis"})["ok"]
        eventually(lambda: tablet.view["phase"]["id"] == "analysis")
        kring.stop(signal.SIGKILL)
        time.sleep(0.3)
        again = Kring(data, ears, kring.port)
        again.stop(signal.SIGCONT)
        assert again.process.returncode == 2
        assert "damaged" in again.errors.read_text()
        assert "Put" in again.errors.read_text()
        assert "Traceback" not in again.errors.read_text()
    finally:
        with contextlib.suppress(OSError):
            tablet.close()
        kring.stop()


def test_a_worker_that_falls_on_a_damaged_log_ends_kring_with_the_cure_and_no_riddle(data: Path, ears: Path) -> None:
    import psutil

    kring = Kring(data, ears, free_port())
    kring.wait_for_address()
    tablet = Tablet(kring)
    sit_down(tablet)
    for name in (FILE, f"{FILE}-wal"):
        flip_bits(data / name, random.Random(5), 500)
    (worker,) = psutil.Process(kring.process.pid).children()
    worker.kill()
    kring.process.wait(timeout=20)
    tablet.close()
    kring.stop()
    said = kring.errors.read_text()
    assert kring.process.returncode != 0
    assert "damaged" in said
    assert "Traceback" not in said
