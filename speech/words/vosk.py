"""Words by Vosk, from a model folder on this machine. Nothing here fetches a model or keeps a word."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import vosk

from speech.frames import RATE, Samples
from speech.problems import ModelUnusable
from speech.words.recogniser import Word

SHORTEST_SECONDS = 0.2
TAIL_SECONDS = 0.3
"""Silence added after the utterance, so that Kaldi sees the end of the last word."""
PATIENCE_SECONDS = 120.0
"""A large model loads in ten seconds, on a slow card in a minute."""
PROJECT = Path(__file__).resolve().parents[2]


class VoskRecogniser:
    """Holds one loaded model; each utterance gets a decoder of its own."""

    def __init__(self, folder: Path, language: str) -> None:
        """Loads the model, about a second. Raises ModelUnusable when Vosk does not accept the folder."""
        self.name = "Vosk"
        self.language = language
        vosk.SetLogLevel(-1)
        try:
            self._model: Any = vosk.Model(str(folder))
            # Half of the files are first read for a decoder, some when it hears something.
            self._decode(np.zeros(RATE, np.float32))
        except Exception as refusal:  # Vosk raises bare Exception
            raise unaccepted(folder) from refusal

    def recognise(self, samples: Samples) -> tuple[Word, ...]:
        """Words with the times and confidences Vosk gives; no words for silence."""
        if len(samples) < SHORTEST_SECONDS * RATE:
            return ()
        return _words(self._decode(samples), len(samples) / RATE)

    def _decode(self, samples: Samples) -> str:
        decoder = vosk.KaldiRecognizer(self._model, float(RATE))
        decoder.SetWords(True)
        sound = np.concatenate([samples, np.zeros(int(TAIL_SECONDS * RATE), np.float32)])
        decoder.AcceptWaveform((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
        return str(decoder.FinalResult())


def try_out(folder: Path) -> None:
    """Loads the model in a process of its own: some damage makes Kaldi abort. Raises ModelUnusable."""
    try:
        subprocess.run(
            [sys.executable, "-m", "speech.words.vosk", str(folder.resolve())],
            check=True,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
        )
    except subprocess.SubprocessError as refusal:
        raise unaccepted(folder) from refusal


def unaccepted(folder: Path) -> ModelUnusable:
    """What to say of a model that Vosk refuses."""
    cure = f"Fetch it again: ./kring models get {folder.name.removeprefix('vosk-')}, or delete {folder}"
    return ModelUnusable(folder.name, "Vosk does not accept this model", cure)


def _words(result: str, seconds: float) -> tuple[Word, ...]:
    """Without "<unk>" and "[noise]": Vosk heard something there, but no word."""
    return tuple(
        Word(
            text=word["word"],
            start=min(float(word["start"]), seconds),
            end=min(float(word["end"]), seconds),
            confidence=min(1.0, max(0.0, float(word["conf"]))),
        )
        for word in json.loads(result).get("result", [])
        if word["word"][0] not in "<["
    )


if __name__ == "__main__":
    VoskRecogniser(Path(sys.argv[1]), "")
