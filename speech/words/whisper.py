"""Words by Whisper base (int8, CTranslate2), from files on this machine. Nothing here asks a network or keeps a word.

Whisper was taught on windows of 30 s; a full window for every short sentence costs a second of computing each. The
window here is the utterance and some silence. Short windows tempt Whisper to go on talking, hence the guards: tokens
limited by duration, no phrase three times, answers it does not believe in itself are dropped. Now and then it leaves
out all but the last words; an answer of hardly a word for seconds of speech is asked again in two halves.
"""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from typing import Any

import numpy as np

from speech.frames import RATE, Samples
from speech.problems import ModelUnusable
from speech.quiet import quietest
from speech.words.manner import Manner
from speech.words.recogniser import Word, spread

os.environ["HF_HUB_OFFLINE"] = "1"  # before faster_whisper is imported: it brings a downloader along

LONGEST_SECONDS = 29.0
"""Longer utterances are recognised in pieces of this length."""
SHORTEST_SECONDS = 0.2
TAIL_SECONDS = 2.0
"""Silence after the utterance; far-field English: none 27 % word errors, 1 s 14 %, 2 s and a window of 5 s 10 %."""
TOKENS_PER_SECOND = 9
"""People say at most 5 words a second; a word is seldom more than 2 tokens."""
FEW_WORDS = 0.8
"""Words a second; people who speak say 2 to 5."""
HALVED_SECONDS = 3.0
"""From this length on few words are asked again."""
QUIET = 0.0005
"""Root mean square (-66 dB) under which nobody speaks: Whisper would invent something."""
BELIEF = -1.2
"""Mean log probability a token under which an answer is dropped."""
DOUBT = -0.7
"""The same where Whisper itself thinks that nobody spoke."""
NOBODY = 0.6
"""Probability of "nobody spoke" from which DOUBT counts."""


class WhisperRecogniser:
    """Holds the loaded model (157 MB resident) for one language."""

    def __init__(self, folder: Path, language: str, *, threads: int = 1, manner: Manner | None = None) -> None:
        """Loads in half a second.

        Raises ModelUnusable when the folder is not a model or the language is not one of Whisper's.
        """
        import ctranslate2
        import tokenizers
        from faster_whisper.feature_extractor import FeatureExtractor
        from faster_whisper.tokenizer import Tokenizer

        self.name = "Whisper base"
        self.language = language
        self._manner = manner or Manner()
        self._invented = frozenset(_plain(sentence) for sentence in self._manner.invented)
        try:
            self._model = ctranslate2.models.Whisper(str(folder), compute_type="int8", intra_threads=threads)
            letters = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as refusal:  # both raise RuntimeError or bare Exception
            cure = f"Delete {folder}; it is made again at the next start."
            raise ModelUnusable(self.name, "the model does not load", cure) from refusal
        try:
            self._tokenizer: Any = Tokenizer(letters, True, task="transcribe", language=language)
        except ValueError as refusal:
            raise ModelUnusable(
                self.name, f"it does not know the language {language!r}", "Try en, nl or de."
            ) from refusal
        self._storage = ctranslate2.StorageView.from_array
        self._features: Any = FeatureExtractor()

    def recognise(self, samples: Samples) -> tuple[Word, ...]:
        """Words of the utterance. Times are not measured: the words are spread evenly by their letters."""
        words: list[Word] = []
        for begin in range(0, len(samples), int(LONGEST_SECONDS * RATE)):
            piece = samples[begin : begin + int(LONGEST_SECONDS * RATE)]
            found = self._words(piece, begin)
            if len(piece) > HALVED_SECONDS * RATE and len(found) * RATE < FEW_WORDS * len(piece):
                third = len(piece) // 3
                half = third + quietest(piece[third : 2 * third], third // 2)
                halves = self._words(piece[:half], begin) + self._words(piece[half:], begin + half)
                found = max(found, halves, key=len)
            words += found
        return tuple(words)

    def _words(self, piece: Samples, begin: int) -> tuple[Word, ...]:
        text, belief = self._transcribe(piece)
        return spread(text.split(), begin / RATE, (begin + len(piece)) / RATE, belief)

    def _transcribe(self, piece: Samples) -> tuple[str, float]:
        """Text and confidence 0..1 of at most 29 s; no text where nobody speaks or Whisper makes it up."""
        seconds = len(piece) / RATE
        if seconds < SHORTEST_SECONDS or float(np.sqrt(np.mean(np.square(piece)))) < QUIET:
            return "", 0.0
        answer = self._model.generate(
            self._storage(self._window(piece)),
            [[*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]],
            beam_size=self._manner.beams,
            no_repeat_ngram_size=3,
            max_length=min(224, 12 + int(TOKENS_PER_SECOND * seconds)),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        text = str(self._tokenizer.decode(answer.sequences_ids[0])).strip()
        belief = float(answer.scores[0])
        if self._made_up(text, belief, float(answer.no_speech_prob)):
            return "", 0.0
        return text, min(1.0, math.exp(belief))

    def _window(self, piece: Samples) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Log mel features, shape (1, 80, frames of 10 ms), with an even number of frames."""
        sound = np.concatenate([piece, np.zeros(int(TAIL_SECONDS * RATE), np.float32)])
        features = self._features(sound)[:, :3000]
        shortest = int(self._manner.window_seconds * 100)
        frames = max(shortest, features.shape[1] + features.shape[1] % 2)
        padded = np.pad(features, ((0, 0), (0, frames - features.shape[1])))
        return np.ascontiguousarray(padded[np.newaxis], dtype=np.float32)

    def _made_up(self, text: str, belief: float, nobody: float) -> bool:
        plain = _plain(text)
        if not plain or plain in self._invented or _circles(plain.split()):
            return True
        return belief < BELIEF or (nobody > NOBODY and belief < DOUBT)


def _plain(text: str) -> str:
    """Lower case, letters and digits only; sounds Whisper describes in brackets are left out."""
    without_sounds = re.sub(r"[\[(*♪][^\])*♪]*[\])*♪]", " ", text.lower())
    return " ".join(re.findall(r"[\w']+", without_sounds))


def _circles(words: list[str]) -> bool:
    """Does a long answer say hardly anything new? People do not say twelve words with a third of them different."""
    return len(words) >= 12 and len(set(words)) * 3 < len(words)
