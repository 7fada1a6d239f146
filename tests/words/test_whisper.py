"""Whisper base on real speech, and its model joined, cut short and repaired."""

import errno
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from speech.frames import RATE, Samples
from speech.models import choose_recogniser, installed
from speech.problems import ModelUnusable
from speech.words import whisper_files
from speech.words.recogniser import Recogniser
from speech.words.whisper import WhisperRecogniser

pytestmark = pytest.mark.audio


@pytest.fixture(scope="module")
def english(models: Path) -> Recogniser:
    return choose_recogniser("en", models=models)


def test_spoken_english_comes_out_as_words_in_order_of_time(
    english: Recogniser, say: Callable[[str, str], Samples]
) -> None:
    sound = say("en-us", "Have you tried to call your manager about the children at school?")
    words = english.recognise(sound)
    heard = {word.text.lower().strip(".,?") for word in words}
    assert len(heard & {"have", "you", "tried", "to", "call", "your", "manager", "about", "children", "school"}) >= 6
    assert words[0].start >= 0
    assert words[-1].end <= len(sound) / RATE + 1e-6
    assert all(a.end <= b.start + 1e-9 and a.start < a.end for a, b in pairwise(words))
    assert all(0 < word.confidence <= 1 for word in words)


def test_silence_hiss_and_nothing_at_all_give_no_words(english: Recogniser) -> None:
    hiss = np.random.default_rng(1).normal(0, 0.003, 2 * RATE).astype(np.float32)
    for sound in (np.zeros(2 * RATE, np.float32), hiss, np.zeros(0, np.float32), np.zeros(100, np.float32)):
        assert english.recognise(sound) == ()


def test_a_language_whisper_does_not_know_is_refused_in_words(models: Path, english: Recogniser) -> None:
    with pytest.raises(ModelUnusable, match="does not know the language 'qq'"):
        WhisperRecogniser(models / "whisper-base", "qq")


def test_a_joined_model_cut_short_is_told_and_joined_again(models: Path, english: Recogniser) -> None:
    model = models / "whisper-base" / "model.bin"
    with model.open("r+b") as file:
        file.truncate(1000)
    told = next(entry for entry in installed(models) if entry.name == "Whisper base")
    assert (told.whole, told.problem) == (False, "model.bin is cut short")
    assert told.cure
    whisper_files.joined(models)
    assert whisper_files.problem(models / "whisper-base") is None
    assert sorted(path.name for path in models.iterdir()) == ["whisper-base"]


def test_one_wrong_byte_in_the_joined_model_is_noticed(models: Path, english: Recogniser) -> None:
    model = models / "whisper-base" / "model.bin"
    with model.open("r+b") as file:
        file.seek(70_000_000)
        byte = file.read(1)
        file.seek(70_000_000)
        file.write(bytes([byte[0] ^ 1]))
    assert whisper_files.problem(models / "whisper-base") == "model.bin is damaged"
    whisper_files.joined(models)
    assert whisper_files.problem(models / "whisper-base") is None


def test_a_full_disk_is_said_with_its_cure_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(draft: Path) -> None:
        (draft / "model.bin").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whisper_files, "_write", full)
    with pytest.raises(ModelUnusable, match=r"the disk is full\. Free 150 MB"):
        whisper_files.joined(tmp_path)
    assert list((tmp_path / "whisper-base").iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["whisper-base"]


def test_a_package_that_lost_a_file_beside_a_joined_model_is_said_with_its_cure(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english: Recogniser
) -> None:
    monkeypatch.setattr(whisper_files, "_half", lambda index: tmp_path)
    with pytest.raises(ModelUnusable, match=r"Whisper base: it cannot be read .* Install it again"):
        choose_recogniser("en", models=models)


def test_a_models_folder_that_is_a_file_is_said_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(ModelUnusable, match="KRING_MODELS"):
        whisper_files.joined(tmp_path / "models")
