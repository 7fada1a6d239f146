"""The key of the log: a file of its own, or wrapped by a passphrase (Argon2id, AES-256-GCM). Never what it opens."""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from argon2.exceptions import Argon2Error
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.folder import settle_names, write_private
from server.problems import KeyUnusable, PassphraseNeeded, WrongPassphrase

KEY_FILE = "meetings.key"
NEXT_FILE = "meetings.key.next"
"""There only while a key is being replaced; a power cut in between is put right at the next opening."""
LEAST = 12
"""Characters of a passphrase."""
COST = {"time": 3, "memory_kib": 65536, "lanes": 4}
"""RFC 9106, second recommended option: 64 MiB; a fifth of a second on a laptop, longer on a small board."""
MOST = {"time": 16, "memory_kib": 1 << 20, "lanes": 16}
"""A key file that asks for more is not ours: it would only stop the machine."""


class WeakPassphrase(Exception):
    """Too short to keep anybody out."""

    def __init__(self) -> None:
        super().__init__(f"A passphrase has {LEAST} characters or more. Four words that are yours do well.")


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
    if len(_normal(passphrase)) < LEAST:
        raise WeakPassphrase
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_derived(passphrase, salt, COST)).encrypt(nonce, bytes.fromhex(key), _about(COST))
    told = {"kring_key": 1, "argon2id": COST, "salt": _text(salt), "nonce": _text(nonce), "key": _text(sealed)}
    return json.dumps(told).encode()


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
        cost = {name: int(wrapped["argon2id"][name]) for name in COST}
        salt, nonce, sealed = (base64.b64decode(wrapped[name], validate=True) for name in ("salt", "nonce", "key"))
        if any(not 1 <= cost[name] <= MOST[name] for name in COST) or cost["memory_kib"] < 8 * cost["lanes"]:
            raise _no_key(path)
        opened = AESGCM(_derived(passphrase, salt, cost)).decrypt(nonce, sealed, _about(cost))
    except InvalidTag:
        raise WrongPassphrase from None
    except (Argon2Error, KeyError, TypeError, ValueError, binascii.Error, OverflowError):
        raise _no_key(path) from None
    if len(opened) != 32:
        raise _no_key(path)
    return opened.hex()


def _wrapped(path: Path) -> dict[str, Any] | None:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _derived(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hash_secret_raw(
        _normal(passphrase).encode(),
        salt,
        time_cost=cost["time"],
        memory_cost=cost["memory_kib"],
        parallelism=cost["lanes"],
        hash_len=32,
        type=Type.ID,
    )


def _normal(passphrase: str) -> str:
    """The same letters from every keyboard; a space at the end is nobody's choice."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def _about(cost: dict[str, int]) -> bytes:
    return json.dumps({"kring_key": 1, **cost}, sort_keys=True).encode()


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _no_key(path: Path) -> KeyUnusable:
    return KeyUnusable(f"{path} is not a key of Kring. Put the right key file back, or move it and the log away.")
