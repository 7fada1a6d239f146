from __future__ import annotations

import json
from pathlib import Path

import pytest

from speech.bench.hearing import Measured, measure
from speech.bench.table import HEARD, Row, compare, row, row_name
from speech.bench.truth import read
from tests.simulation import golden

EXPECTED = Path(__file__).parent / "golden.json"
OTHER_MACHINES = 2.0
"""Times the tolerances of the bench: another processor rounds otherwise, and one window is half a second."""


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return measure(read(golden.make(tmp_path_factory.mktemp("golden"))), "truth")


def test_five_seats_and_a_guest_are_heard_no_worse_than_when_it_was_last_accepted(heard: Measured) -> None:
    before: dict[str, Row] = json.loads(EXPECTED.read_text("utf-8"))
    worse, _ = compare({row_name(heard): row([heard])}, before, HEARD, tolerances=OTHER_MACHINES)
    assert worse == [], golden.__doc__


def test_the_golden_meeting_is_hard_enough_to_tell_ears_apart(heard: Measured) -> None:
    assert heard.refused == ()
    assert heard.score.strict.speech > 100
    assert heard.score.unknown[1] > 5
    assert len(heard.delays.provisional) > 12
