"""The data folder and its lock: one Kring at a time. Nothing here reads what is in the folder."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from filelock import FileLock, Timeout

ROOM_BYTES = 512 * 1024
"""A new log, its journal and the certificates fit in this."""
WAIT_SECONDS = 3.0
"""A killed Kring's worker needs a moment to notice; so long a new one waits for it."""


class FolderUnusable(Exception):
    """The data folder cannot be used; the message says what to do."""


def open_folder(folder: Path, wait_seconds: float = WAIT_SECONDS) -> FileLock:
    """Make the folder if needed, for its owner only, and lock it; the system frees the lock when we die."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / "kring.lock", mode=0o600)
        lock.acquire(timeout=wait_seconds, poll_interval=0.1)
    except Timeout:
        raise FolderUnusable(
            f"Kring is already running with the data folder {folder}. "
            "Use that one, stop it, or give another folder with --data."
        ) from None
    except OSError as error:
        raise FolderUnusable(
            f"The data folder {folder} cannot be written ({error.strerror}). Give another folder with --data."
        ) from None
    return lock


def check_room(file: Path) -> None:
    """Raise the OSError of a disk that has no room for this file and those beside it."""
    probe = file.with_name(file.name + ".room")
    try:
        write_private(probe, bytes(ROOM_BYTES))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
    probe.unlink()


def is_full(error: OSError) -> bool:
    """Whether it failed for lack of room; not where the disk fails or became read-only."""
    return error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def settle_names(folder: Path) -> None:
    """What was made, renamed or removed in the folder stays so after a power cut; a file alone does not bring its name.

    Raises OSError.
    """
    if sys.platform == "win32":  # a folder cannot be opened there, and its names are settled with the file
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_private(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, readable by its owner only, and safe from a power cut before returning.

    An OSError names the file; no half one stays.
    """
    draft = path.with_name(path.name + ".new")
    try:
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
        settle_names(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None
