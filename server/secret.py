"""The key of the log: a file of its own, or wrapped by a passphrase. Never what it opens."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from server.folder import settle_names, write_private
from server.problems import KeyUnusable, PassphraseNeeded
from server.wrapping import LEAST as LEAST
from server.wrapping import CannotDerive, NotWrapped, unwrap, wrap
from server.wrapping import WeakPassphrase as WeakPassphrase

KEY_FILE = "meetings.key"
NEXT_FILE = "meetings.key.next"
"""There only while a key is being replaced; a power cut in between is put right at the next opening."""
KIND = "kring_key"


def is_wrapped(folder: Path) -> bool:
    """Whether a passphrase is needed."""
    return _wrapped(folder / KEY_FILE) is not None


def new_key() -> str:
    """64 hexadecimal digits."""
    return secrets.token_hex(32)


def keys(folder: Path, passphrase: str | None) -> dict[str, str]:
    """The key by the name of its file, and the one that was to replace it when that broke off.

    Empty where there never was one. Raises PassphraseNeeded, WrongPassphrase, KeyUnusable, OSError.
    """
    found: dict[str, str] = {}
    wrong: KeyUnusable | None = None
    for path in (folder / KEY_FILE, folder / NEXT_FILE):
        if path.exists():
            try:
                found[path.name] = _read(path, passphrase)
            except KeyUnusable as why:
                wrong = wrong or why
    if not found and wrong is not None:
        raise wrong
    return found


def put_away(folder: Path, key: str, passphrase: str | None) -> None:
    """Write the key, wrapped when there is a passphrase; one that lay there is overwritten first. Raises OSError."""
    write_private(folder / NEXT_FILE, _written(key, passphrase))
    settle(folder, replaced=True)


def replace(folder: Path, passphrase: str | None, turn: Callable[[str], None]) -> None:
    """A new key for what `turn` encrypts anew with it; at every moment one of the two files opens it.

    Raises WeakPassphrase, OSError and whatever `turn` raises. Then both files stay: only who opens the log next can
    know whether it was turned, and leaves the one that opens it.
    """
    key = new_key()
    write_private(folder / NEXT_FILE, _written(key, passphrase))
    turn(key)
    settle(folder, replaced=True)


def settle(folder: Path, *, replaced: bool) -> None:
    """One key is left: the new one, or the old."""
    key, following = folder / KEY_FILE, folder / NEXT_FILE
    if replaced:
        overwrite(key)
        os.replace(following, key)
        settle_names(folder)
    elif following.exists():
        overwrite(following)
        following.unlink(missing_ok=True)
        settle_names(folder)


def overwrite(path: Path) -> None:
    """Zeros over what the file holds. A flash card may keep old blocks all the same; so the key is a new one too."""
    with suppress(OSError), path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def _written(key: str, passphrase: str | None) -> bytes:
    if passphrase is None:
        return key.encode()
    return json.dumps(wrap(bytes.fromhex(key), passphrase, KIND)).encode()


def _read(path: Path, passphrase: str | None) -> str:
    wrapped = _wrapped(path)
    if wrapped is None:
        key = path.read_text(errors="replace").strip()
        if len(key) != 64 or set(key) - set("0123456789abcdef"):
            raise _no_key(path)
        return key
    if passphrase is None:
        raise PassphraseNeeded
    try:
        return unwrap(wrapped, passphrase, KIND).hex()
    except (NotWrapped, CannotDerive):
        raise _no_key(path) from None


def _wrapped(path: Path) -> dict[str, Any] | None:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _no_key(path: Path) -> KeyUnusable:
    return KeyUnusable(f"{path} is not a key of Kring. Put the right key file back, or move it and the log away.")
