"""Words by Vosk, from a model folder on this machine. Nothing here fetches a model or keeps a word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import vosk

from speech.frames import RATE, Samples
from speech.words.recogniser import Word

SHORTEST_SECONDS = 0.2
TAIL_SECONDS = 0.3
"""Silence added after the utterance, so that Kaldi sees the end of the last word."""


class VoskRecogniser:
    """Holds one loaded model; each utterance gets a decoder of its own."""

    def __init__(self, folder: Path, language: str) -> None:
        """Loads the model, about a second. Raises ValueError when Vosk does not accept the folder."""
        self.name = "Vosk"
        self.language = language
        vosk.SetLogLevel(-1)
        try:
            self._model: Any = vosk.Model(str(folder))
        except Exception as refusal:  # Vosk raises bare Exception
            raise ValueError(f"Vosk does not accept the model in {folder}") from refusal

    def recognise(self, samples: Samples) -> tuple[Word, ...]:
        """Words with the times and confidences Vosk gives; no words for silence."""
        if len(samples) < SHORTEST_SECONDS * RATE:
            return ()
        decoder = vosk.KaldiRecognizer(self._model, float(RATE))
        decoder.SetWords(True)
        sound = np.concatenate([samples, np.zeros(int(TAIL_SECONDS * RATE), np.float32)])
        decoder.AcceptWaveform((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
        return _words(decoder.FinalResult(), len(samples) / RATE)


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
