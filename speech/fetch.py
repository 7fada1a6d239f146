"""Fetches the small Vosk model of a language at set-up. Only here do the ears use a network; never at run time.

Everything is written to a folder beside the goal and renamed at the end: whatever goes wrong, nothing is left behind.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from speech.models import RECEIPT, models_folder, vosk_folder, vosk_problem
from speech.problems import FetchFailed

LIST = "https://alphacephei.com/vosk/models/model-list.json"
CONNECT_SECONDS = 5.0
"""Also the longest the other side may say nothing."""
LARGEST = 600_000_000
"""Bytes, packed or unpacked: a small model has 40-120 MB; more is a mistake or a bomb."""
MOST_FILES = 500

Progress = Callable[[int, int], None]
"""Called with bytes fetched and bytes in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A line of the official list."""

    name: str
    url: str
    md5: str
    size: int
    """Bytes of the archive."""


def get(
    language: str, progress: Progress | None = None, *, models: Path | None = None, model_list: str | None = None
) -> Path:
    """Fetches, checks and places the model; returns its folder. Raises FetchFailed or ValueError (no language code)."""
    goal = vosk_folder(language, models)
    try:
        (models or models_folder()).mkdir(parents=True, exist_ok=True)
        offer = _choose(_list(model_list or os.environ.get("KRING_MODEL_LIST", LIST)), language)
        with tempfile.TemporaryDirectory(prefix=".fetching-", dir=goal.parent) as draft:
            archive = Path(draft) / "model.zip"
            _download(offer, archive, progress or (lambda _done, _all: None))
            _place(_unpack(archive, Path(draft) / "unpacked", offer), goal, Path(draft) / "former")
    except (OSError, http.client.HTTPException) as refusal:
        reason = refusal.reason if type(refusal) is URLError else refusal
        if isinstance(refusal, HTTPError):
            refusal.close()
        raise FetchFailed(
            f"The model for {language} could not be fetched ({reason}). "
            f"Kring goes on with Whisper; try again later: ./kring models get {language}"
        ) from refusal
    return goal


def _open(url: str) -> Any:
    if urlsplit(url).scheme not in ("http", "https"):
        raise FetchFailed(f"{url} is not a web address. Set KRING_MODEL_LIST to one, or unset it.")
    return urlopen(url, timeout=CONNECT_SECONDS)


def _list(url: str) -> list[dict[str, Any]]:
    with _open(url) as answer:
        text = answer.read(10_000_000)
    try:
        lines = json.loads(text)
    except ValueError:
        lines = None
    if not isinstance(lines, list):
        raise FetchFailed(f"The list of models at {url} cannot be read. Try again later.")
    return [line for line in lines if isinstance(line, dict)]


def _choose(lines: list[dict[str, Any]], language: str) -> Offer:
    """The small model of the language that is not obsolete."""
    for line in lines:
        fits = line.get("lang") == language and line.get("type") == "small"
        if fits and str(line.get("obsolete", "false")).lower() != "true":
            try:
                offer = Offer(
                    name=str(line["name"]), url=str(line["url"]), md5=str(line["md5"]), size=int(line["size"])
                )
            except (KeyError, ValueError):
                break
            return offer
    raise FetchFailed(f"The list of models has no small model for {language}. Kring goes on with Whisper.")


def _download(offer: Offer, archive: Path, progress: Progress) -> None:
    if not 0 < offer.size <= LARGEST:
        raise FetchFailed(f"{offer.name} would be {offer.size} bytes, which cannot be right. Try again later.")
    digest = hashlib.md5(usedforsecurity=False)
    done = 0
    with _open(offer.url) as answer, archive.open("wb") as out:
        while piece := answer.read(1 << 16):
            done += len(piece)
            if done > offer.size:
                break
            digest.update(piece)
            out.write(piece)
            progress(done, offer.size)
    if done < offer.size:
        raise FetchFailed(f"The download of {offer.name} broke off at {done} of {offer.size} bytes. Try again.")
    if done > offer.size or digest.hexdigest() != offer.md5.lower():
        raise FetchFailed(f"{offer.name} arrived damaged: its md5 sum is not the one in the list. Try again later.")


def _unpack(archive: Path, into: Path, offer: Offer) -> Path:
    """The model's own folder inside the archive, unpacked and with a receipt."""
    try:
        with zipfile.ZipFile(archive) as packed:
            members = packed.infolist()
            _check(members, offer)
            packed.extractall(into)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as damage:
        raise FetchFailed(f"{offer.name} is not a whole zip archive. Try again later.") from damage
    inside = list(into.iterdir())
    root = inside[0] if len(inside) == 1 and inside[0].is_dir() else into
    sizes = {path.relative_to(root).as_posix(): path.stat().st_size for path in root.rglob("*") if path.is_file()}
    if fault := vosk_problem(root):
        raise FetchFailed(f"{offer.name} is not a Vosk model: {fault}.")
    receipt = {"name": offer.name, "url": offer.url, "md5": offer.md5, "files": sizes}
    (root / RECEIPT).write_text(json.dumps(receipt, indent=1), "utf-8")
    return root


def _check(members: list[zipfile.ZipInfo], offer: Offer) -> None:
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > LARGEST:
        raise FetchFailed(f"{offer.name} would unpack to far more than a small model has. It was not unpacked.")
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        link = (member.external_attr >> 16) & 0o170000 == 0o120000
        if path.is_absolute() or ".." in path.parts or ":" in member.filename or link:
            raise FetchFailed(f"{offer.name} holds a file that points outside its folder. It was not unpacked.")


def _place(root: Path, goal: Path, former: Path) -> None:
    """Puts the new folder in place of a former one; the former goes only when the new one stands."""
    if goal.exists():
        os.replace(goal, former)
    try:
        os.replace(root, goal)
    except OSError:
        if former.exists():
            os.replace(former, goal)
        raise
    shutil.rmtree(former, ignore_errors=True)
