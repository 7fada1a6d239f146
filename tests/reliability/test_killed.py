"""Kring killed at any moment: it goes on in the same phase at the same second, and what it granted is still there."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from server.log import open_log
from server.meeting.written import NoteWritten
from server.passphrase import change
from tests.reliability.killed import Evening, Screen, meeting_of
from tests.server.tables import eventually
from tests.server.test_serving import Kring, free_port

SEED = 271828
PASSPHRASE = "vier woorden voor deze kring"
PHASES = ("look_back", "inventory", "analysis", "awareness", "advice", "evaluation")
MOMENTS = ("consent", *PHASES, "paused", "stopped", "starting", "closed", "keeping", "erasing")
VICTIMS = ("both", "worker", "parent")
BACK_SECONDS = 3.0
"""From the moment the address is printed until the lead's screen shows the meeting again, half of the times; a machine
that does other tests at the same time may take longer."""
LOST_SECONDS = 2.0
"""A tick is logged each second; and a busy machine."""
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture
def evening(data: Path, ears: Path) -> Iterator[Evening]:
    evening = Evening(data, ears, free_port(), random.Random(SEED))
    evening.begin()
    yield evening
    evening.end()


def test_a_kring_killed_at_any_moment_goes_on_where_it_was(
    evening: Evening, as_often: Callable[[int, int], int]
) -> None:
    kills = as_often(len(MOMENTS), 16 * len(MOMENTS))
    for number in range(kills):
        moment = MOMENTS[number % len(MOMENTS)]
        victim = VICTIMS[(number + number // len(MOMENTS)) % len(VICTIMS)]
        try:
            if moment in ("closed", "keeping", "erasing"):
                at_the_end(evening, moment, victim)
            else:
                in_between(evening, moment, "both" if moment == "starting" else victim)
        except Exception as error:
            raise AssertionError(f"kill {number}, {victim}, {moment}: {evening.kring.errors.read_text()}") from error
    assert not evening.kring.errors.read_text()
    back, lost = evening.recoveries, evening.lost
    print(f"{kills} kills; back in {statistics.median(back):.2f} s, at worst {max(back):.2f} s, of {len(back)}")
    assert statistics.median(back) < BACK_SECONDS
    print(f"seconds lost: {statistics.median(lost):.2f}, at worst {max(lost):.2f}, of {len(lost)}")


def bring(evening: Evening, moment: str) -> None:
    if moment == "consent":
        evening.sit_down()
        return
    evening.run_phase(moment if moment in PHASES else "analysis")
    if moment == "paused":
        evening.screen.ask("Pause", minutes=5)
    elif moment == "stopped":
        evening.screen.ask("StopMethod")


def in_between(evening: Evening, moment: str, victim: str) -> None:
    """Killed while wishes are under way, or between them."""
    screen, lottery = evening.screen, evening.lottery
    bring(evening, moment)
    sure = [*evening.write(2)]
    eventually(lambda: set(sure) <= set(screen.acknowledged))
    time.sleep(lottery.uniform(0, 1.2))
    under_way = evening.write(lottery.choice((0, 6, 10)))
    time.sleep(lottery.uniform(0, 0.06))
    second, killed = screen.second_of_the_meeting(), time.monotonic()
    evening.kill(victim)
    time.sleep(0.05)
    granted = set(screen.acknowledged)
    if victim == "both":
        evening.lost.append(second - max(meeting_of(events).now for events in evening.logged().values()))
        assert evening.lost[-1] < LOST_SECONDS
    lived = 0.0
    if moment == "starting":
        lived = kill_while_starting(evening)
        killed = time.monotonic()
    served = evening.again(victim, began=killed)
    came, shown = eventually(lambda: [seen for seen in screen.snapshots if seen[0] > killed], 30)[0]
    evening.recoveries.append(came - served)
    is_where_it_was(evening, moment)
    assert second - 2 * LOST_SECONDS < shown < second + lived + (came - killed) + 0.5
    ((_, events),) = evening.logged().items()
    meeting_of(events)
    there = {event.text for event in events if isinstance(event, NoteWritten)}
    assert granted & {*sure, *under_way} <= there, "what was granted is there"
    assert there <= {f"kaart {number}" for number in range(1, evening.texts + 1)}, "and nothing that nobody wrote"
    if moment in ("paused", "stopped"):
        screen.ask("Resume")


def is_where_it_was(evening: Evening, moment: str) -> None:
    view = evening.screen.view
    assert view["stage"] == ("consent" if moment == "consent" else "running")
    if moment != "consent":
        assert view["phase"]["id"] == (moment if moment in PHASES else "analysis")
    assert view["paused"] == (moment in ("paused", "stopped"))
    assert view["stopped"] == (moment == "stopped")


def kill_while_starting(evening: Evening) -> float:
    """A second kill before it serves, or just when; for how many seconds it may have gone on."""
    evening.kring.stop()
    evening.kring = Kring(evening.data, evening.ears, evening.port)
    lived = evening.lottery.uniform(0.05, 1.8)
    time.sleep(lived)
    evening.kill("both")
    return lived


def at_the_end(evening: Evening, moment: str, victim: str) -> None:
    """Killed when a meeting is closed and nobody chose yet, or while it is being kept or erased."""
    screen, lottery = evening.screen, evening.lottery
    evening.run_phase("analysis")
    evening.write(3)
    screen.ask("CloseMeeting")
    ((stream, _),) = evening.logged().items()
    if moment == "keeping":
        screen.wish(f"keep {stream}", "KeepMeeting", items=["question"], days=30)
    elif moment == "erasing":
        screen.wish(f"erase {stream}", "EraseMeeting")
    time.sleep(lottery.uniform(0, 0.08))
    killed = time.monotonic()
    evening.kill(victim)
    time.sleep(0.05)
    granted = set(screen.acknowledged)
    evening.again(victim, began=killed)
    # Who has nothing to go on with is let in anew: a start without a meeting knows no screen.
    screen.close()
    eventually(lambda: evening.kring.process.poll() is None and reached(evening))
    eventually(lambda: not evening.logged())
    kept = stream in evening.kept()
    assert kept or f"keep {stream}" not in granted
    assert not kept or moment == "keeping"
    assert evening.screen.view["stage"] in ("start", "erased")


def reached(evening: Evening) -> bool:
    try:
        evening.screen = Screen(evening.kring)
    except OSError:
        return False
    return True


@pytest.mark.parametrize("victim", ["both", "worker"])
def test_a_locked_kring_that_was_killed_asks_for_the_passphrase_and_then_goes_on_where_it_was(
    data: Path, ears: Path, victim: str
) -> None:
    open_log(data).close()
    change(data, None, PASSPHRASE)
    evening = Evening(data, ears, free_port(), random.Random(SEED))
    evening.kring = Kring(data, ears, evening.port)
    evening.kring.wait_for_address()
    unlock(evening.kring)
    evening.screen = Screen(evening.kring)
    evening.run_phase("awareness")
    second = evening.screen.second_of_the_meeting()
    killed = time.monotonic()
    evening.kill(victim)
    evening.again(victim, began=killed)
    assert "wachtzin" in eventually(lambda: first_page(evening.kring)), "nobody reads on without it"
    time.sleep(1.0)
    assert not [seen for seen in evening.screen.snapshots if seen[0] > killed]
    unlock(evening.kring)
    came, shown = eventually(lambda: [seen for seen in evening.screen.snapshots if seen[0] > killed], 30)[0]
    is_where_it_was(evening, "awareness")
    assert second - LOST_SECONDS < shown < second + (came - killed) + 0.5
    assert PASSPHRASE not in evening.kring.errors.read_text()
    evening.end()


def first_page(kring: Kring) -> str:
    try:
        return requests.get(kring.url, headers={"Accept-Language": "nl"}, timeout=10).text
    except OSError:
        return ""


def unlock(kring: Kring) -> None:
    assert requests.post(f"{kring.url}/unlock", data={"passphrase": PASSPHRASE}, timeout=30).ok
