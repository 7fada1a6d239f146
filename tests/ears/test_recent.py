"""What voices were like lately: kept for two minutes, and then gone."""

from __future__ import annotations

import numpy as np
import pytest

from speech.embedding import Vector
from speech.frames import RATE
from speech.recent import Recent, Window, alike, seconds_of, several

ONE, OTHER = np.eye(8, dtype=np.float32)[:2]


def window(start: float, end: float, vector: Vector = ONE) -> Window:
    return Window(start=int(start * RATE), end=int(end * RATE), vector=vector.copy())


def starts(windows: list[Window]) -> list[float]:
    return [each.start / RATE for each in windows]


def test_windows_that_lie_mostly_in_a_stretch_are_of_it() -> None:
    recent = Recent()
    for tenth in range(0, 100, 5):
        recent.add(window(tenth / 10, tenth / 10 + 1.5))
    assert starts(recent.between(int(2 * RATE), int(4 * RATE))) == [1.5, 2.0, 2.5, 3.0]


def test_a_stretch_without_voice_or_turned_round_holds_nothing() -> None:
    recent = Recent()
    recent.add(window(1, 2.5))
    assert recent.between(10 * RATE, 12 * RATE) == []
    assert recent.between(2 * RATE, 1 * RATE) == []
    assert recent.between(-(10**9), 0) == []
    assert starts(recent.between(-(10**9), 10**15)) == [1.0]


def test_two_minutes_are_kept_and_what_is_older_is_overwritten_with_zeros() -> None:
    recent, first = Recent(), window(0, 1.5)
    recent.add(first)
    recent.add(window(119, 120.5))
    assert first.vector.any()
    recent.add(window(121, 122.5))
    assert not first.vector.any()
    assert starts(recent.between(0, 200 * RATE)) == [119.0, 121.0]


def test_what_is_old_goes_also_when_nobody_speaks_any_more() -> None:
    recent, last = Recent(), window(0, 1.5)
    recent.add(last)
    recent.let_go(int(121 * RATE))
    assert starts(recent.between(0, 2 * RATE)) == [0.0]
    recent.let_go(int(122 * RATE))
    assert recent.between(0, 2 * RATE) == []
    assert not last.vector.any()


def test_hours_do_not_make_it_grow() -> None:
    recent = Recent()
    for second in range(3600):
        recent.add(window(second, second + 1.5))
    assert len(recent.between(0, 10**9)) <= 121


def test_whoever_wipes_overwrites_everything_with_zeros() -> None:
    recent, kept = Recent(), [window(n, n + 1.5) for n in range(3)]
    for each in kept:
        recent.add(each)
    recent.wipe()
    assert not any(each.vector.any() for each in kept)
    assert recent.between(0, 10**9) == []


def test_seconds_of_windows_that_overlap_count_once() -> None:
    assert seconds_of([window(0, 1.5), window(0.5, 2), window(4, 5)]) == pytest.approx(3.0)
    assert seconds_of([]) == 0.0


def test_only_windows_without_common_sound_are_compared() -> None:
    assert alike([window(0, 1.5), window(0.5, 2), window(1.5, 3, OTHER)]) == [0.0]


def test_one_person_is_not_several_and_two_in_turn_are() -> None:
    alone = [window(n, n + 1, ONE) for n in range(6)]
    in_turn = [window(n, n + 1, ONE if n % 2 else OTHER) for n in range(6)]
    assert not several(alone)
    assert several(in_turn)
    assert not several(alone[:1]), "of one window nothing can be said"
