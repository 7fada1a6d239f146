"""A meeting of hours: memory, files and threads stay what they were, and a wish is as soon on a screen as at first."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import psutil
import pytest
import soundfile

from tests.browser.test_microphone import VirtualMicrophone, spoken
from tests.long.conftest import report, spread
from tests.long.screens import Arrivals, Screen
from tests.long.serve_for_long import SPEED
from tests.long.test_load import NAMES, SOUND_SECONDS, KringForLong, sit_down
from tests.server.tables import eventually
from tests.server.test_serving import free_port

PHASES = ("look_back", "inventory", "analysis", "awareness", "advice", "evaluation")
EVALUATION = 300.0
"""Seconds of the last phase, in which the tablet shows the summary of all hours."""
WISHES = 2.0
"""A second, of the tablet."""
COMES_AGAIN = 2.0
"""Seconds after which a phone closes its page and opens it again."""
SETTLED = 0.25
"""Part of the whole in which caches fill and threads begin; what is compared with comes after that."""


@dataclass
class Process:
    """What a process holds, looked at every half second."""

    of: psutil.Process
    megabytes: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)

    def look(self) -> None:
        self.megabytes.append(self.of.memory_info().rss / 1e6)
        self.files.append(self.of.num_fds())
        self.threads.append(self.of.num_threads())

    def figures(self) -> dict[str, Any]:
        megabytes, files, threads = map(ends, (self.megabytes, self.files, self.threads))
        return {
            "MB": [round(one, 1) for one in megabytes],
            "growth, %": round(100 * (megabytes[1] / megabytes[0] - 1), 2),
            "most MB": round(max(self.megabytes), 1),
            "files": files,
            "threads": threads,
        }


def ends(values: Sequence[float]) -> tuple[float, float]:
    """The middle of a tenth of the values: of the one after everything settled, and of the last."""
    tenth = max(1, len(values) // 10)
    first = int(SETTLED * len(values))
    return statistics.median(values[first : first + tenth]), statistics.median(values[-tenth:])


class ComesAgain(Thread):
    """A phone that is put away and taken up again, all evening."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self._url, self.over, self.times = url, Event(), 0

    def run(self) -> None:
        while not self.over.wait(COMES_AGAIN / 2):
            phone = Screen(self._url, "participant")
            self.over.wait(COMES_AGAIN / 2)
            phone.leave()
            phone.close()
            self.times += 1


class Evening:
    """A tablet, a second screen and four phones around a Kring of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("data", "ears"):
            (folder / name).mkdir()
        self.arrivals: Arrivals | None = None
        self.screens: list[Screen] = []
        self.phone: ComesAgain | None = None

    def begin(self) -> None:
        self.kring = KringForLong(self.folder / "data", self.folder / "ears", free_port())
        self.kring.wait_for_address()
        roles = (("facilitator", None), ("table", None), *(("participant", seat) for seat in (*"ABC", None)))
        self.screens = [Screen(self.kring.url, role, seat, look=self._look) for role, seat in roles]

    @property
    def tablet(self) -> Screen:
        return self.screens[0]

    def watch(self, over: Callable[[], bool], **processes: Process) -> dict[str, Any]:
        """Wishes and looks until it is over; what was found."""
        self.arrivals = arrivals = Arrivals(self.tablet)
        self.phone = ComesAgain(self.kring.url)
        self.phone.start()
        began = time.monotonic()
        while not over():
            time.sleep(max(0.0, began + len(arrivals.sent) / WISHES - time.monotonic()))
            arrivals.ask(self.tablet)
            for process in processes.values():
                process.look()
        self.phone.over.set()
        self.phone.join(10)
        eventually(lambda: any(screen.lost for screen in self.screens) or not arrivals.missing(self.screens))
        return {
            **{name: process.figures() for name, process in processes.items()},
            "wish to every screen, ms": spread(arrivals.every),
            "the same in the middle, early and late": [round(1000 * one, 1) for one in ends(arrivals.every)],
            "pages opened again": self.phone.times,
            "refused": sum(len(screen.refused) for screen in self.screens),
            "lines lost": sum(screen.lost for screen in self.screens),
            "gaps": sum(screen.gaps for screen in self.screens),
        }

    def end(self) -> None:
        if self.phone is not None:
            self.phone.over.set()
        for screen in self.screens:
            screen.close()
        self.kring.stop()

    def _look(self, screen: Screen, changes: dict[str, Any], at: float) -> None:
        if self.arrivals is not None:
            self.arrivals.look(screen, changes, at)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    evening = Evening(tmp_path)
    yield evening
    evening.end()


def written(folder: Path, seconds: float) -> None:
    """A rehearsal of so many seconds, for ears that read no recording."""
    soundfile.write(folder / "hours.wav", np.zeros(1600, np.int16), 16000)
    parts = [
        {"letter": chr(65 + n), "name": name, "enrol_start": 5.0 + 6 * n, "enrol_end": 10.0 + 6 * n}
        for n, name in enumerate(NAMES)
    ]
    last = seconds - min(EVALUATION, seconds / 10)
    starts = [0.0, *(60.0 + (last - 60.0) * n / 4 for n in range(4)), last]
    phases = [{"phase": phase, "start": start} for phase, start in zip(PHASES, starts, strict=True)]
    score = {"language": "en", "duration": seconds, "case_owner": "C", "seats": parts, "phases": phases}
    (folder / "hours.json").write_text(json.dumps(score), encoding="utf-8")


def is_held(figures: dict[str, Any], growth: float, *processes: str) -> None:
    """Nothing grew but memory by so many percent, and nobody waits longer than at first."""
    assert (figures["refused"], figures["lines lost"], figures["gaps"]) == (0, 0, 0)
    for process in processes:
        assert figures[process]["growth, %"] <= growth, figures[process]
        for what in ("files", "threads"):
            before, after = figures[process][what]
            assert after <= before + 3, figures[process]
    early, late = figures["the same in the middle, early and late"]
    assert late <= 1.5 * early + 20


def test_hours_of_talk_at_twenty_times_the_speed_leave_the_server_as_it_was(
    evening: Evening, as_often: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    seconds, long = as_often(400, 3 * 3600), as_often(0, 1)
    written(evening.folder / "ears", seconds)
    evening.begin()
    eventually(lambda: (evening.tablet.view.get("clock") or {}).get("now", 0) > 1)
    server = Process(psutil.Process(evening.kring.process.pid).children()[0])
    found = evening.watch(lambda: evening.tablet.view["clock"]["now"] >= seconds - 5, server=server)
    turns = sum(seat["turns"] for seat in evening.tablet.view["summary"]["seats"].values())
    figures = {"seconds of the meeting": seconds, "speed": SPEED, "turns": turns, **found}
    with capsys.disabled():
        report("endurance" if long else "endurance-short", figures)
    is_held(figures, 5.0 if long else 10.0, "server")


@pytest.mark.loopback
@pytest.mark.audio
def test_an_hour_with_a_real_microphone_leaves_server_and_ears_as_they_were(
    evening: Evening,
    microphone: VirtualMicrophone,
    as_often: Callable[[int, int], int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    seconds, long = as_often(20, 3600), as_often(0, 1)
    monkeypatch.setenv("PULSE_SERVER", microphone.server)
    times = 1 + int((seconds + 60) / SOUND_SECONDS)
    evening.begin()
    sit_down(evening.tablet)
    microphone.play(spoken(evening.folder / "said.wav", 0, SOUND_SECONDS, times=times))
    children = psutil.Process(evening.kring.process.pid).children(recursive=True)
    server, ears = map(Process, sorted(children, key=lambda p: "ears_that_count" in " ".join(p.cmdline())))
    until = time.monotonic() + seconds
    found = evening.watch(lambda: time.monotonic() >= until, server=server, ears=ears)
    counted = json.loads((evening.folder / "ears" / "counted.json").read_text(encoding="utf-8"))
    figures = {"seconds": seconds, **found, "sound lost, s": counted["seconds_lost"], "turns": counted["TurnEnded"]}
    with capsys.disabled():
        report("hour" if long else "hour-short", figures)
    is_held(figures, 5.0 if long else 25.0, "server", "ears")
    assert counted["Heard"] >= 0.9 * seconds
    assert not long or counted["seconds_lost"] == 0
