from __future__ import annotations

import time

import pytest

from server.clock import HeardClock, SteadyClock


def test_a_clock_on_the_wall_that_jumps_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SteadyClock(100.0)
    before = clock.now()
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 86_400.0)
    assert 0 <= clock.now() - before < 1
    monkeypatch.setattr(time, "time", lambda: real() + 86_400.0)
    assert 0 <= clock.now() - before < 1


def test_a_resumed_meeting_goes_on_at_its_second() -> None:
    assert SteadyClock(312.5).now() == pytest.approx(312.5, abs=0.5)


def test_a_rehearsal_stands_where_its_recording_stands_and_never_goes_back() -> None:
    clock = HeardClock(10.0, rate=4.0)
    clock.heard(12.0)
    clock.heard(11.0)
    assert clock.now() == 12.0
