"""Ears that go wrong in every way: people tap on meanwhile, the screen says it in words, and the ears come again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from server import earsprocess
from server.meeting import commands as wish
from server.meeting.meeting import fold
from tests.server import tables
from tests.server.tables import TableForTest, eventually

BAD_EARS = Path(__file__).with_name("bad_ears.py")
WORDS = json.loads((Path(__file__).parents[2] / "client" / "words" / "nl.json").read_text())
TAP_SECONDS = 2.0
"""A person who taps waits no longer, whatever the ears do."""


@pytest.fixture
def wrong(ears: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Says in which way the ears go wrong from their next start on; "" is not at all."""
    monkeypatch.setattr(tables, "FAKE_EARS", BAD_EARS)

    def go(how: str) -> None:
        (ears / "wrong").write_text(how)
        if not how:
            (ears / "wrong").unlink()

    return go


def starts(ears: Path) -> int:
    path = ears / "starts"
    return len(path.read_text().splitlines()) if path.exists() else 0


def well(ears: Path) -> int:
    """How often ears were started that go wrong in nothing."""
    return starts(ears) - ((ears / "starts").read_text().count("wrong") if starts(ears) else 0)


def running(ears: Path) -> list[psutil.Process]:
    """The ears that run now."""
    return [child for child in psutil.Process().children() if str(ears) in child.cmdline()]


def tap(table: TableForTest, seat: str = "A") -> float:
    """Seconds until the tap was taken."""
    begun = time.monotonic()
    assert table.ask(wish.TapSeat(seat=seat))["ok"]
    return time.monotonic() - begun


def microphones(table: TableForTest) -> list[str]:
    shown = [message["changes"] for _, name, message in table.seen.messages if name == "event"]
    return [changes["microphone"]["state"] for changes in shown if "microphone" in changes]


def said(capfd: pytest.CaptureFixture[str]) -> str:
    return capfd.readouterr().err


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("do not read", "do not read"),
        ("flood", "flood"),
        ("flood with rubbish", "flood"),
        ("one line without end", "flood|hang"),
        ("eat memory", "memory"),
        ("close the output and stay", ""),
    ],
)
def test_ears_that_go_wrong_are_ended_the_taps_go_on_and_they_come_again(
    data: Path, ears: Path, wrong: Callable[[str], None], capfd: pytest.CaptureFixture[str], how: str, why: str
) -> None:
    wrong(how)
    table = TableForTest(data, ears)
    table.hearing._settings = replace(table.hearing._settings, most_megabytes=150.0)
    try:
        table.sit_down()
        eventually(lambda: starts(ears) >= 1)
        slowest, deadline = 0.0, time.monotonic() + 20
        while well(ears) < 1:
            assert time.monotonic() < deadline, "they were never ended"
            slowest = max(slowest, tap(table, "AB"[starts(ears) % 2]))
            if how == "do not read":
                ask_much(table)
            if starts(ears) and (ears / "wrong").exists():
                wrong("")
            time.sleep(0.02)
        eventually(lambda: [asked for asked in table.asked() if asked["request"] == "Listen"])
        table.shows("listening")
        assert slowest < TAP_SECONDS
        assert re.search(why, said(capfd))
        assert "ears_down" in microphones(table)
        assert WORDS["mic.ears_down"]
    finally:
        table.table.stop()
    assert running(ears) == [], "none is left behind"


def ask_much(table: TableForTest) -> None:
    """More than a pipe and its queue hold."""
    for _ in range(50):
        table.hearing._send(earsprocess_request())


def earsprocess_request() -> Any:
    from speech import requests as ask

    return ask.TellRoles(roles={letter * 200: "peer" for letter in "ABCDEFGH"}, phase="questions")


def test_rubbish_among_what_the_ears_tell_is_passed_over_and_breaks_no_later_start(
    data: Path, ears: Path, wrong: Callable[[str], None]
) -> None:
    wrong("print rubbish")
    table = TableForTest(data, ears)
    table.sit_down()
    table.shows("listening")
    time.sleep(1.5)
    tap(table)
    assert table.ask(wish.BeginPhase(phase="analysis"))["ok"]
    eventually(lambda: table.seen.view()["phase"]["id"] == "analysis")
    assert table.seen.view()["clock"]["now"] < 60, "no second out of the rubbish moved the clock"
    assert [line for line in table.said if "unforeseen" in line] == []
    (stream,) = table.log.unfinished()
    table.table.stop()
    again = TableForTest(data, ears)
    try:
        eventually(lambda: again.seen.view().get("phase", {}).get("id") == "analysis")
        meeting = fold(again.log.events(stream))
        assert meeting is not None
        assert {turn.seat for turn in meeting.turns} <= {*meeting.letters, None}
        assert again.said == []
    finally:
        again.table.stop()


def test_ears_killed_twenty_times_in_a_row_come_again_and_every_tap_between_is_in_the_log(
    table: TableForTest, ears: Path
) -> None:
    table.sit_down()
    table.shows("listening")
    taps, slowest = 0, 0.0
    table.hearing._settings = replace(table.hearing._settings, restart_seconds=(0.05,))
    for time_around in range(20):
        before = starts(ears)
        (child,) = eventually(lambda: running(ears))
        os.kill(child.pid, signal.SIGKILL)
        slowest = max(slowest, tap(table, "AB"[time_around % 2]))
        taps += 1
        eventually(lambda before=before: starts(ears) == before + 1)
    table.shows("listening")
    assert "ears_down" in microphones(table)
    assert slowest < TAP_SECONDS
    (stream,) = table.log.unfinished()
    began = [event for event in table.log.events(stream) if type(event).__name__ == "TurnBegan"]
    assert len(began) == taps


@pytest.mark.parametrize("how", ["fall at once", "fall soon"])
def test_ears_that_fall_again_and_again_are_tried_ever_less_often_and_the_screen_says_so(
    data: Path, ears: Path, wrong: Callable[[str], None], how: str
) -> None:
    wrong(how)
    table = TableForTest(data, ears)
    table.hearing._settings = replace(table.hearing._settings, restart_seconds=(0.05, 0.1, 0.2, 5.0))
    try:
        table.sit_down()
        eventually(lambda: starts(ears) == 4)
        table.shows("ears_down")
        assert WORDS["mic.ears_down"]
        time.sleep(1.5)
        assert starts(ears) == 4
        assert tap(table) < TAP_SECONDS
        wrong("")
        table.hearing._start_at = 0.0
        table.shows("listening")
    finally:
        table.table.stop()


def test_the_system_takes_the_ears_before_the_meeting_when_memory_is_used_up(table: TableForTest, ears: Path) -> None:
    (child,) = eventually(lambda: running(ears))
    ours = int(Path("/proc/self/oom_score_adj").read_text())
    theirs = eventually(lambda: int(Path(f"/proc/{child.pid}/oom_score_adj").read_text()))
    assert theirs == int(earsprocess.FIRST_TO_GO) > ours


STARTS_EARS = """
import threading
from server.earsprocess import EarsProcess
ears = EarsProcess((), "en", line=lambda line: print(ears._process.pid, flush=True) is None, gone=lambda: None)
threading.Event().wait()
"""


@pytest.mark.audio
def test_ears_that_hang_while_kring_is_killed_do_not_hold_the_microphone_for_good() -> None:
    kring = subprocess.Popen(
        [sys.executable, "-c", STARTS_EARS], cwd=BAD_EARS.parents[2], stdout=subprocess.PIPE, text=True
    )
    assert kring.stdout is not None
    ears = psutil.Process(int(kring.stdout.readline()))
    ears.suspend()  # as deep as ears can hang
    kring.kill()
    kring.wait()
    kring.stdout.close()
    eventually(lambda: not ears.is_running() or ears.status() == psutil.STATUS_ZOMBIE)
