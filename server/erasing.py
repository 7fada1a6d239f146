"""Everything that groups left on this device, erased at once, also when it is locked. Never a meeting by itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from server import pairing, secret
from server.folder import settle_names
from server.groupfiles import FOLDER, GroupFiles
from server.log import open_log
from server.problems import LogUnusable
from server.store import FILE

_LOG = (FILE, f"{FILE}-wal", f"{FILE}-shm", f"{FILE}-journal")
_KEYS = (secret.KEY_FILE, secret.NEXT_FILE)
_LOCK = "kring.lock"


def erase_all(folder: Path, *, everything: bool = False) -> list[str]:
    """What was removed and what stays, a line each; the key goes first, so that a copy of the log opens no more.

    `everything`: also the certificates and the methods somebody put there. The caller holds the folder's lock.
    Raises OSError with the name of the file.
    """
    told = [*_meetings(folder), *_groups(folder)]
    for name in (*_KEYS, *_LOG, pairing.FILE):
        path = folder / name
        if path.exists():
            if name in _KEYS:
                secret.overwrite(path)
            path.unlink()
            told.append(f"removed {name}")
    settle_names(folder)
    others = sorted(path for path in folder.iterdir() if path.name != _LOCK)
    for path in others:
        if not everything:
            told.append(f"stays   {path.name}")
            continue
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        told.append(f"removed {path.name}")
    settle_names(folder)
    return told


def _groups(folder: Path) -> Iterator[str]:
    """Each lies sealed; who they were, nobody is told."""
    if there := GroupFiles(folder).forget_all():
        yield f"removed groups: {there}"
    with suppress(OSError):
        (folder / FOLDER).rmdir()


def _meetings(folder: Path) -> Iterator[str]:
    """How many meetings there were, where that can be known."""
    if not (folder / FILE).exists():
        return
    if secret.is_wrapped(folder):
        yield "removed meetings that were locked; nobody can say how many"
        return
    try:
        log = open_log(folder)
    except LogUnusable:
        yield "removed a log that could not be read"
        return
    try:
        kept, open_ones = len(log.kept()), len(log.unfinished())
    finally:
        log.close()
    yield f"removed meetings: {kept} that were kept, {open_ones} that were not finished or not kept"
