"""The real ears on a computer that gets too slow and fast again: what is given up is said, and comes back by itself."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest

from server.settings import REHEARSALS
from speech.bench.cost import measure
from speech.effort import EFFORTS
from tests.browser.test_microphone import VirtualMicrophone, spoken
from tests.long.conftest import report
from tests.long.screens import Screen
from tests.long.test_load import SOUND_SECONDS, KringForLong, sit_down
from tests.server.tables import eventually
from tests.server.test_serving import free_port

REHEARSAL = REHEARSALS / "en.opus"
PERIOD = 0.1
"""Seconds in which the ears get their share once; a sound card keeps twice as much."""
TOO_LITTLE = 0.6
"""Of what the least effort that still tells who speaks takes; the last one takes a third."""
BACK = 5 * 60 + 30
"""Seconds until everything is back: a minute for each step, and one in which old losses are still told."""


@contextmanager
def slowed(process: psutil.Process, share: float) -> Iterator[None]:
    """It may compute for such a part of the time, whatever else this machine does."""
    over = Event()

    def limit() -> None:
        while not over.is_set():
            began, busy = time.monotonic(), computed(process)
            os.kill(process.pid, signal.SIGCONT)
            while time.monotonic() - began < 0.9 * PERIOD and computed(process) - busy < PERIOD * share:
                time.sleep(0.0005)
            os.kill(process.pid, signal.SIGSTOP)
            time.sleep(max(0.0, PERIOD - (time.monotonic() - began)))

    thread = Thread(target=limit, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(5)
        os.kill(process.pid, signal.SIGCONT)


def computed(process: psutil.Process) -> float:
    """Seconds of processor time of its threads; finer than the hundredths that `cpu_times` counts in."""
    threads = Path(f"/proc/{process.pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


@pytest.mark.loopback
@pytest.mark.audio
def test_a_computer_that_gets_too_slow_gives_up_names_says_so_and_takes_them_back(
    microphone: VirtualMicrophone,
    as_often: Callable[[int, int], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if not as_often(0, 1):
        pytest.skip("four minutes: with --long")
    who_speaks = measure(REHEARSAL, begin=60.0, end=120.0, effort=len(EFFORTS) - 1).factor
    monkeypatch.setenv("PULSE_SERVER", microphone.server)
    for folder in ("data", "ears"):
        (tmp_path / folder).mkdir()
    told: list[tuple[float, str]] = []

    def look(_: Screen, changes: dict[str, object], at: float) -> None:
        if "strain" in changes:
            told.append((round(at - began, 1), str(changes["strain"])))

    kring, began = KringForLong(tmp_path / "data", tmp_path / "ears", free_port()), time.monotonic()
    tablet: Screen | None = None
    try:
        kring.wait_for_address()
        tablet = Screen(kring.url, "facilitator", look=look)
        sit_down(tablet)
        microphone.play(spoken(tmp_path / "said.wav", 40.0, SOUND_SECONDS, times=3))
        time.sleep(10)
        assert tablet.view["strain"] == ""
        children = psutil.Process(kring.process.pid).children(recursive=True)
        (ears,) = [child for child in children if "ears_that_count" in " ".join(child.cmdline())]
        told.clear()
        began, clock = time.monotonic(), tablet.view["clock"]["now"]
        with slowed(ears, share=TOO_LITTLE * who_speaks):
            eventually(lambda: "names" in {gave_up for _, gave_up in told}, seconds=60)
            time.sleep(20)
        ran = tablet.view["clock"]["now"] - clock
        took = time.monotonic() - began
        eventually(lambda: not tablet.view["strain"], seconds=BACK)
        counted = json.loads((tmp_path / "ears" / "counted.json").read_text(encoding="utf-8"))
        figures = {
            "who speaks takes at least, % of one core": round(100 * who_speaks, 1),
            "seconds slow": round(took, 1),
            "clock in these": round(ran, 1),
            "told, by the second": told,
            "sound lost, s": counted["seconds_lost"],
            "sound that waited, most, s": counted["most_waiting"],
            "utterances noted / left out": [counted["UtteranceNoted"], counted["WordsLeftOut"]],
        }
        with capsys.disabled():
            report("slow-machine", figures)
    finally:
        if tablet is not None:
            tablet.close()
        kring.stop()
    assert ran == pytest.approx(took, abs=2.0)
    assert counted["seconds_lost"] == 0
    assert counted["WordsLeftOut"] > 0, "words go before names do"
    assert [gave_up for _, gave_up in told if gave_up != "words"] == ["overlap", "names", "overlap", ""]
