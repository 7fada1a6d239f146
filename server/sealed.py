"""A group sealed in one file: its key wrapped by a passphrase, the rest encrypted with it. Never what it says.

The same file lies on the device and goes along on a stick. What can be read of it without the passphrase: that it is a
group of Kring, a random name, how the key is wrapped, and its length in steps of 4 KiB.
"""

from __future__ import annotations

import binascii
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.wrapping import COST, KEY_BYTES, NotWrapped, raw, text, unwrap, wrap

SUFFIX = ".kring"
"""Of the name of such a file."""
KIND = "kring_group"
VERSION = 1
STEP = 4096
"""Bytes; what is sealed is filled up to a multiple, so that its length tells little."""
LONGEST = 4 << 20
"""Bytes of a file that is looked at."""


class NotOurs(Exception):
    """No group of Kring."""


class Newer(Exception):
    """Made by a later version."""


class Damaged(Exception):
    """Not as it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What opens and closes one group's file; in memory only while the group is open."""

    id: str
    key: bytes
    wrapped: Mapping[str, Any]
    """The key as it is written down."""

    def __repr__(self) -> str:
        return "Lock()"  # a key in an error text would be a key in a log


def new_lock(identity: str, passphrase: str) -> Lock:
    """A random key, wrapped. Raises WeakPassphrase."""
    key = secrets.token_bytes(KEY_BYTES)
    wrapped = wrap(key, passphrase, KIND)
    return Lock(id=identity, key=key, wrapped={name: wrapped[name] for name in _WRAPPED})


def seal(lock: Lock, content: bytes) -> bytes:
    """The file. The same content gives another file each time."""
    nonce = secrets.token_bytes(12)
    filled = len(content).to_bytes(4, "big") + content
    filled += bytes(-len(filled) % STEP)
    told = {**lock.wrapped, KIND: VERSION, "id": lock.id, "body_nonce": text(nonce)}
    told["body"] = text(AESGCM(lock.key).encrypt(nonce, filled, _about(lock.id)))
    return json.dumps({**told, "sum": _sum(told)}).encode()


def unseal(file: bytes, passphrase: str) -> tuple[Lock, bytes]:
    """What opens it, and what is in it. Raises NotOurs, Newer, Damaged, WrongPassphrase."""
    told = _told(file)
    try:
        key = unwrap(told, passphrase, KIND, {name: 2 * cost for name, cost in COST.items()})
        lock = Lock(id=told["id"], key=key, wrapped={name: told[name] for name in _WRAPPED})
    except (NotWrapped, KeyError):
        raise Damaged from None
    return lock, _inside(lock, told)


_WRAPPED = ("argon2id", "salt", "nonce", "key")


def _told(file: bytes) -> dict[str, Any]:
    """What is written down. A sum over all of it tells a damaged file from a wrong passphrase."""
    if len(file) > LONGEST:
        raise NotOurs
    try:
        told = json.loads(file)
        _sum(told)
    except (ValueError, RecursionError):
        raise (Damaged if f'"{KIND}"'.encode() in file[:LONGEST] else NotOurs) from None
    if not isinstance(told, dict) or KIND not in told:
        raise NotOurs
    if not isinstance(told[KIND], int) or told[KIND] < 1:
        raise Damaged
    if told[KIND] > VERSION:
        raise Newer
    body = {name: value for name, value in told.items() if name != "sum"}
    if told.get("sum") != _sum(body) or not _is_name(told.get("id")):
        raise Damaged
    return told


def opened_by(lock: Lock, file: bytes) -> bytes:
    """What is in another file of the group that is open. Raises NotOurs, Newer, Damaged: also where the key differs."""
    return _inside(lock, _told(file))


def _inside(lock: Lock, told: Mapping[str, Any]) -> bytes:
    """Raises Damaged."""
    try:
        filled = AESGCM(lock.key).decrypt(raw(told["body_nonce"]), raw(told["body"]), _about(lock.id))
    except (InvalidTag, KeyError, TypeError, ValueError, binascii.Error):
        raise Damaged from None
    length = int.from_bytes(filled[:4], "big")
    if length > len(filled) - 4:
        raise Damaged
    return filled[4 : 4 + length]


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) == 32 and set(value) <= set("0123456789abcdef")


def _sum(told: Mapping[str, Any]) -> str:
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _about(identity: str) -> bytes:
    return f"{KIND} {VERSION} {identity}".encode()
