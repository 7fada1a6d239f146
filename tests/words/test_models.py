"""Which models are there, and whether they are whole."""

from pathlib import Path

import pytest

from speech import models, silero
from speech.frames import RATE
from speech.problems import ModelUnusable
from speech.words.scripted import ScriptedRecogniser


def test_the_models_that_come_with_kring_are_listed_whole_with_source_and_licence(tmp_path: Path) -> None:
    told = models.installed(tmp_path)
    assert [(entry.kind, entry.whole, entry.problem) for entry in told] == [
        ("voice", True, None),
        ("speakers", True, None),
        ("speakers", True, None),
        ("words", True, None),
        ("acts", True, None),
    ]
    assert all(entry.source and entry.licence for entry in told)


def test_a_speaker_network_cut_short_is_refused_with_its_cure(tmp_path: Path) -> None:
    cut = tmp_path / "campplus.onnx"
    cut.write_bytes(models.SPEAKER_NETWORK.read_bytes()[:1_000_000])
    with pytest.raises(ModelUnusable, match=r"campplus\.onnx is cut short or damaged\. Get the file again"):
        models.speaker_network(cut)
    with pytest.raises(ModelUnusable, match="is missing"):
        models.speaker_network(tmp_path / "none.onnx")
    assert models.speaker_network() == models.SPEAKER_NETWORK


def test_a_voice_network_that_does_not_load_is_refused_with_its_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models.check_voice_network()
    cut = tmp_path / "silero_vad_v6.onnx"
    cut.write_bytes(silero.network().read_bytes()[:1000])
    monkeypatch.setattr(silero, "network", lambda: cut)
    silero._session.cache_clear()
    with pytest.raises(ModelUnusable, match=r"Silero: the network does not load\. Install it again"):
        models.check_voice_network()


def test_the_models_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KRING_MODELS", str(tmp_path))
    assert models.models_folder() == tmp_path
    monkeypatch.delenv("KRING_MODELS")
    assert models.models_folder().name == "models"


@pytest.mark.parametrize("language", ["../nl", "", "NL", "nederlands", "n/l"])
def test_a_language_that_is_no_code_never_becomes_a_path(language: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a language code"):
        models.vosk_folder(language, tmp_path)


def test_every_language_file_names_the_language_and_what_whisper_makes_up() -> None:
    for language in ("nl", "en", "de"):
        assert models.manner(language).invented
    assert models.manner("fr").invented == ()


def test_a_scripted_recogniser_answers_in_order_and_then_is_silent() -> None:
    import numpy as np

    script = ScriptedRecogniser(["ja goed", "", "nee"])
    sound = np.zeros(RATE, np.float32)
    answers = [script.recognise(sound) for _ in range(4)]
    assert [[word.text for word in words] for words in answers] == [["ja", "goed"], [], ["nee"], []]
    assert answers[0][0].start == 0.0
    assert answers[0][-1].end == pytest.approx(1.0)
