"""The doctor: what this very machine can carry, and what it says of slower ones."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from server import doctor
from server.doctor import MOST, Finding, examine, hears, recognises
from speech import models
from speech.bench.cost import Cost, Part, measure
from speech.effort import EFFORTS


def cost(factor: float, overlap: float = 0.2) -> Cost:
    return Cost(seconds=10.0, computing=10.0 * factor, parts={"overlap": Part(calls=10, computing=10.0 * overlap)})


def by_subject(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {finding.subject: finding for finding in findings}


@pytest.mark.audio
def test_this_machine_is_measured_with_real_speech_and_every_model_is_named() -> None:
    findings = examine()
    named = [finding.found for finding in findings if finding.subject == "model"]
    for model in ("Silero", "CAM++", "segmentation", "Whisper"):
        assert any(model in found and "whole" in found for found in named), model
    told = by_subject(findings)
    for subject in ("who speaks", "two at once", "words"):
        assert re.search(r"\b\d+%", told[subject].found), told[subject]
    assert all(bool(finding.cure) != finding.well for finding in findings)


@pytest.mark.audio
def test_overlap_is_a_part_of_what_hearing_takes_and_less_effort_takes_less() -> None:
    whole, least = (measure(doctor.REHEARSAL, begin=60.0, end=76.0, effort=step) for step in (0, len(EFFORTS) - 1))
    assert whole.seconds == pytest.approx(16.0, abs=0.1)
    assert 0 < whole.factor_of("overlap") < whole.factor
    assert least.parts["overlap"].calls == 0 < whole.parts["overlap"].calls
    assert least.parts["voices"].calls < 0.8 * whole.parts["voices"].calls
    assert whole.parts["speech"].calls == 500


@pytest.mark.audio
def test_a_slow_machine_is_not_made_to_hear_it_all() -> None:
    assert measure(doctor.REHEARSAL, begin=60.0, end=80.0, patience=0.05).seconds < 10.0


@pytest.mark.audio
def test_a_damaged_network_is_said_with_its_cure_and_the_rest_is_looked_at_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "segmentation.onnx"
    shutil.copyfile(models.SEGMENTATION_NETWORK, damaged)
    damaged.write_bytes(damaged.read_bytes()[:1000])
    monkeypatch.setattr(models.segmentation_network, "__defaults__", (damaged,))
    told = by_subject(examine())
    assert not told["who speaks"].well
    assert "git checkout speech/models/segmentation.onnx" in told["who speaks"].cure
    assert "two at once" not in told
    assert told["disk"].found


def test_a_fast_machine_carries_everything() -> None:
    who, two = hears([cost(0.07, 0.03)])
    assert (who.well, who.found) == (True, "yes, 7% of one core")
    assert (two.well, two.found) == (True, "yes, 3% of that core")


def test_a_machine_that_carries_half_the_looks_says_so() -> None:
    who, two = hears([cost(0.95), cost(0.75, 0.15)])
    assert who.found == "yes, 75% of one core"
    assert not two.well
    assert two.found == "yes, 15% of that core, looked for half as often"
    assert "faster machine" in two.cure


def test_a_machine_that_cannot_hear_two_at_once_says_what_it_would_take() -> None:
    who, two = hears([cost(1.5), cost(1.2), cost(0.9), cost(0.6)])
    assert who.well
    assert who.found == "yes, 60% of one core, changes of voice half a second later"
    assert two.found == "no: that would take 150% of one core"


def test_a_machine_too_slow_for_who_speaks_is_sent_to_the_taps() -> None:
    (who,) = hears([cost(3.0), cost(2.5), cost(2.0), cost(1.0)])
    assert not who.well
    assert "tap the seats" in who.cure


def test_words_need_a_core_of_their_own_or_what_is_left_of_the_only_one() -> None:
    assert recognises("Vosk", 0.5, MOST).found == "yes, 50% of another core by Vosk"
    slow = recognises("Whisper", 0.5, MOST - 0.4)
    assert (slow.well, slow.found) == (False, "not all, 50% of that core by Whisper")
    assert "./kring models get nl" in slow.cure
