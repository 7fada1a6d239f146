"""The language network: what it gives, in how much time, and what a damaged file does."""

import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from speech.acts.classifier import Classifier
from speech.acts.cues import ACTS
from speech.acts.encoder import BEFORE, LONGEST, Encoder, stage_of
from speech.acts.teaching import lines
from speech.models import ACTS_FOLDER, acts_network
from speech.problems import ModelUnusable

MILLISECONDS = 20
"""An utterance, on one core."""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(acts_network())


def test_it_gives_a_vector_the_acts_and_advice_the_same_every_time(encoder: Encoder) -> None:
    first = encoder.encode("ik zou haar gewoon bellen", "", "peer", "analysis")
    again = encoder.encode("ik zou haar gewoon bellen", "", "peer", "analysis")
    assert first.vector.shape == (384,)
    assert first.acts.shape == (len(ACTS),)
    assert np.array_equal(first.vector, again.vector)
    assert first.advice > 0 > encoder.encode("wat gebeurde er vlak daarvoor", "", "peer", "analysis").advice


def test_role_phase_and_what_was_said_before_count(encoder: Encoder) -> None:
    told = ("you could phone her", "what did she say", "peer", "analysis")
    here = encoder.encode(*told).vector
    for other in (
        ("you could phone her", "", "peer", "analysis"),
        ("you could phone her", "what did she say", "facilitator", "analysis"),
        ("you could phone her", "what did she say", "peer", "advice"),
    ):
        assert not np.allclose(here, encoder.encode(*other).vector)


def test_a_phase_that_nobody_knows_is_taken_for_questions() -> None:
    assert stage_of(None) == stage_of("something_new") == stage_of("analysis") == "questions"
    assert stage_of("advice") == "advice"


def test_of_a_long_speech_beginning_and_end_are_looked_at(encoder: Encoder) -> None:
    middle = [encoder.encode(f"so {'well ' * 50}{word} {'well ' * 100}done", "", "peer", None) for word in ("a", "bee")]
    assert np.array_equal(middle[0].vector, middle[1].vector)
    assert LONGEST + BEFORE < 128


@pytest.mark.parametrize("name", ["encoder.onnx", "pieces.json"])
@pytest.mark.parametrize("damage", ["missing", "short"])
def test_a_damaged_file_is_named_with_the_command_that_gets_it_back(tmp_path: Path, name: str, damage: str) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(ACTS_FOLDER, folder)
    if damage == "missing":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes((folder / name).read_bytes()[:-9])
    with pytest.raises(ModelUnusable, match=rf"{name} is .*git checkout speech/acts/encoder/{name}"):
        acts_network(folder)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_utterance_of_a_meeting_is_judged_within_the_time_it_may_take(language: str) -> None:
    judge = Classifier.for_language(language)
    taken = []
    for line in lines("meetings", language)[::8]:
        began = time.thread_time()
        judge.classify(line.text, line.role, line.phase, line.before)
        taken.append(time.thread_time() - began)
    assert float(np.median(taken)) * 1000 < MILLISECONDS
