"""A file on a USB stick that asks at the start to erase everything: for whoever has no screen. Nothing here erases."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import psutil

NAMES = ("kring-wis-alles", "kring-erase-all", "kring-alles-loeschen")
"""The file, with or without .txt, in capitals or not, at the top of the stick."""
DONE = "kring-gewist-erased.txt"
_PLACES = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


def sticks() -> list[Path]:
    """Where removable disks hang at this moment."""
    found = []
    for part in psutil.disk_partitions(all=True):
        at = part.mountpoint
        if f"{at}/".startswith(_PLACES) or "removable" in part.opts:
            found.append(Path(at))
    return found


def wishes(places: Iterable[Path]) -> list[Path]:
    """The files that ask for it."""
    found = []
    for place in places:
        with contextlib.suppress(OSError):
            found += [path for path in sorted(place.iterdir()) if _asks(path)]
    return found


def done(wish: Path, told: Sequence[str]) -> bool:
    """The stick says what was removed, and asks no more; False when it cannot be written and will ask again."""
    try:
        (wish.parent / DONE).write_text("\n".join(told) + "\n", encoding="utf-8")
        wish.unlink()
        os.sync()
    except OSError:
        return False
    return True


def _asks(path: Path) -> bool:
    name = path.name.lower()
    return name.removesuffix(".txt") in NAMES and path.is_file()
