"""A key wrapped by a passphrase: Argon2id derives, AES-256-GCM wraps. Never where the result lies or what it opens."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import unicodedata
from collections.abc import Mapping
from typing import Any

from argon2.exceptions import Argon2Error, HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.problems import WrongPassphrase

LEAST = 12
"""Characters of a passphrase."""
COST = {"time": 3, "memory_kib": 65536, "lanes": 4}
"""RFC 9106, second recommended option: 64 MiB; a fifth of a second on a laptop, longer on a small board."""
MOST = {"time": 16, "memory_kib": 1 << 20, "lanes": 16}
"""What asks for more is not ours: it would only stop the machine."""
KEY_BYTES = 32


class WeakPassphrase(Exception):
    """Too short to keep anybody out."""

    def __init__(self) -> None:
        super().__init__(f"A passphrase has {LEAST} characters or more. Four words that are yours do well.")


class CannotDerive(Exception):
    """There is no memory for it now; nothing is known of the passphrase."""


class NotWrapped(Exception):
    """This is no key that was wrapped here."""


def wrap(key: bytes, passphrase: str, kind: str) -> dict[str, Any]:
    """The key, 32 bytes, as something to write down. `kind`: what it is a key of; another kind cannot be unwrapped.

    Raises WeakPassphrase.
    """
    if not is_enough(passphrase):
        raise WeakPassphrase
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_derived(passphrase, salt, COST)).encrypt(nonce, key, _about(kind, COST))
    return {kind: 1, "argon2id": COST, "salt": text(salt), "nonce": text(nonce), "key": text(sealed)}


def is_enough(passphrase: str) -> bool:
    """Whether a key may be wrapped with it."""
    return len(_normal(passphrase)) >= LEAST


def unwrap(wrapped: Mapping[str, Any], passphrase: str, kind: str, most: Mapping[str, int] | None = None) -> bytes:
    """The key that was wrapped. `most`: what it may cost. Raises WrongPassphrase, NotWrapped, CannotDerive."""
    most = MOST if most is None else most
    try:
        cost = {name: int(wrapped["argon2id"][name]) for name in COST}
        salt, nonce, sealed = (raw(wrapped[name]) for name in ("salt", "nonce", "key"))
        if any(not 1 <= cost[name] <= most[name] for name in COST) or cost["memory_kib"] < 8 * cost["lanes"]:
            raise NotWrapped
        key = AESGCM(_derived(passphrase, salt, cost)).decrypt(nonce, sealed, _about(kind, cost))
    except InvalidTag:
        raise WrongPassphrase from None
    except HashingError:
        raise CannotDerive from None
    except (Argon2Error, KeyError, TypeError, ValueError, binascii.Error, OverflowError):
        raise NotWrapped from None
    if len(key) != KEY_BYTES:
        raise NotWrapped
    return key


def text(value: bytes) -> str:
    """Bytes as letters."""
    return base64.b64encode(value).decode()


def raw(value: str) -> bytes:
    """And back. Raises binascii.Error, a ValueError."""
    return base64.b64decode(value, validate=True)


def _derived(passphrase: str, salt: bytes, cost: Mapping[str, int]) -> bytes:
    return hash_secret_raw(
        _normal(passphrase).encode(),
        salt,
        time_cost=cost["time"],
        memory_cost=cost["memory_kib"],
        parallelism=cost["lanes"],
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _normal(passphrase: str) -> str:
    """The same letters from every keyboard; a space at the end is nobody's choice."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def _about(kind: str, cost: Mapping[str, int]) -> bytes:
    return json.dumps({kind: 1, **cost}, sort_keys=True).encode()
