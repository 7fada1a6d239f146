"""The time of day jumps, as on a small computer without a clock of its own: a meeting does not notice.

A real served Kring gets another time of day, which changes while a meeting runs: time.time is another one in it, which
date.today asks too. The monotonic clock stays as it is, as the system promises. (libfaketime makes a sleep of a thread
fail; it serves here for what only makes certificates.) What is let go after a day: tests/server/test_unattended.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from server.archive import Archive
from server.log import open_log
from tests.reliability.test_doctor_states import at_the_time
from tests.server.tables import eventually
from tests.server.test_log import opened
from tests.server.test_serving import Kring, Tablet, free_port, sit_down

ANOTHER_TIME = """
import os, pathlib, time
file, real = pathlib.Path(os.environ["KRING_TEST_DAYS_AHEAD"]), time.time
time.time = lambda: real() + 86400 * float(file.read_text() or 0)
"""
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture
def days_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the time of day of every process that is started from now on, and of those that run."""
    (tmp_path / "sitecustomize.py").write_text(ANOTHER_TIME)
    file = tmp_path / "days"

    def says(days: int) -> None:
        file.with_suffix(".new").write_text(str(days))
        file.with_suffix(".new").replace(file)

    says(0)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("KRING_TEST_DAYS_AHEAD", str(file))
    return says


def test_a_running_meeting_does_not_notice_that_the_time_of_day_jumps(
    data: Path, ears: Path, days_ahead: Callable[[int], None]
) -> None:
    kring = Kring(data, ears, free_port())
    kring.wait_for_address()
    tablet = Tablet(kring)
    try:
        sit_down(tablet)
        eventually(lambda: tablet.view["microphone"]["state"] == "listening")
        for ahead in (1000, -1000, -9000, 9000, 0):
            before, began = tablet.view["clock"]["now"], time.monotonic()
            days_ahead(ahead)
            assert tablet.ask({"command": "TapSeat", "seat": "B"})["ok"]
            eventually(lambda before=before: tablet.view["clock"]["now"] > before + 0.5)
            passed = time.monotonic() - began
            assert tablet.view["clock"]["now"] - before < passed + 2.0
            assert tablet.session.get(f"{kring.url}/whoami", timeout=5).json()["role"] == "facilitator"
            assert tablet.view["microphone"]["state"] == "listening"
            assert tablet.view["stage"] == "running"
        assert not kring.errors.read_text()
    finally:
        tablet.close()
        kring.stop()


@pytest.mark.parametrize("ahead", [-1000, 1000])
def test_after_a_restart_with_another_time_of_day_the_meeting_goes_on(
    data: Path, ears: Path, days_ahead: Callable[[int], None], ahead: int
) -> None:
    kring = Kring(data, ears, free_port(), "https")
    kring.wait_for_address()
    kring.stop()
    kring = Kring(data, ears, kring.port)
    kring.wait_for_address()
    tablet = Tablet(kring)
    sit_down(tablet)
    assert tablet.ask({"command": "BeginPhase", "phase": "analysis"})["ok"]
    second = eventually(lambda: tablet.view["clock"]["now"])
    kring.stop()
    days_ahead(ahead)
    again = Kring(data, ears, kring.port)
    again.wait_for_address()
    try:
        known = tablet.session.get(f"{again.url}/whoami", timeout=20).json()["role"]
        # A screen that was paired a day ago or more is forgotten; a clock that went back makes none stay longer.
        assert known == (None if ahead > 0 else "facilitator")
        back = Tablet(again)
        eventually(lambda: (back.view.get("phase") or {}).get("id") == "analysis")
        assert second - 1.5 <= back.view["clock"]["now"] < second + 10
        back.close()
        assert not again.errors.read_text()
    finally:
        tablet.close()
        again.stop()


def test_a_clock_that_was_never_set_lets_nothing_go_and_one_that_is_put_right_does(data: Path) -> None:
    log, day = open_log(data), [date(2027, 3, 1)]
    stream = log.open_stream()
    log.append(stream, [opened(stream)])
    log.keep(stream, (), day[0] + timedelta(days=30))
    archive = Archive(log, print, lambda: day[0])
    for unset in (date(1970, 1, 1), date(2019, 5, 4), date(2027, 3, 2), date(1980, 1, 1), date(2027, 3, 31)):
        day[0] = unset
        assert not archive.expire()
        assert log.kept() == (stream,)
    day[0] = date(2027, 4, 1)
    assert archive.expire()
    assert log.kept() == ()
    log.close()


MAKE = (
    "import sys; from pathlib import Path; from server.certificates import certificates\n"
    "certificates(Path(sys.argv[1]), ('192.168.1.77', 'kring.local'))\n"
    "print((Path(sys.argv[1]) / 'kring-cert.pem').read_text())"
)


def test_a_certificate_made_when_the_clock_stood_years_back_is_made_anew_once_it_is_set(data: Path) -> None:
    before = at_the_time("2019-01-01 12:00:00", MAKE, str(data))
    authority = (data / "kring-ca.pem").read_bytes()
    assert at_the_time("2026-11-27 12:00:00", MAKE, str(data)) != before
    assert (data / "kring-ca.pem").read_bytes() == authority, "and every screen goes on trusting it"
    kept = at_the_time("2026-12-27 12:00:00", MAKE, str(data))
    assert at_the_time("2027-01-27 12:00:00", MAKE, str(data)) == kept


def test_the_doctor_says_so_of_certificates_that_only_a_wrong_clock_could_make(data: Path, tmp_path: Path) -> None:
    from server import checkup

    at_the_time("1975-01-01 12:00:00", MAKE, str(data))
    authority, certificate = checkup.certificate(data)
    assert not authority.well
    assert not certificate.well
    assert "move" in authority.cure
    ahead = tmp_path / "ahead"
    ahead.mkdir()
    at_the_time("2040-01-01 12:00:00", MAKE, str(ahead))
    for finding in checkup.certificate(ahead):
        assert "from 2039" in finding.found
        assert "move" in finding.cure
