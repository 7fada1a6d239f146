"""The door: a PIN becomes a token, a token becomes a role. Tokens are kept as hashes; PINs never leave this process."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from server.folder import write_private
from server.screens import FACILITATOR, PARTICIPANT
from server.settings import DoorSettings

FILE = "devices.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A paired screen."""

    role: str
    """"facilitator" or "participant"."""
    seat: str | None
    until: float
    """Unix seconds after which it has to pair again."""


class DoorClosed(Exception):
    """Not let in; `code` says why: "wrong_pin" or "too_many_tries"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def new_pin() -> str:
    """Six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


class Door:
    """Lets devices in by PIN; used by many threads at once."""

    def __init__(
        self,
        *,
        pins: dict[str, str],
        settings: DoorSettings,
        folder: Path | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pins, self._settings, self._monotonic = pins, settings, monotonic
        self._file = folder / FILE if folder is not None else None
        self._lock = Lock()
        self._tries: dict[str, list[float]] = {}
        self._wait_until: dict[str, float] = {}
        self._devices = self._read()

    def pair(self, address: str, pin: str, seat: str | None) -> tuple[str, Device]:
        """A token and its device for the right PIN. Raises DoorClosed."""
        with self._lock:
            now = self._monotonic()
            if now < self._wait_until.get(address, now):
                raise DoorClosed("too_many_tries")
            role = self._role(pin)
            if role is None:
                self._count(address, now)
                raise DoorClosed("wrong_pin")
            self._tries.pop(address, None)
            token = secrets.token_urlsafe(32)
            until = time.time() + self._settings.device_seconds
            device = Device(role=role, seat=seat if role == PARTICIPANT else None, until=until)
            self._devices[_hash(token)] = device
            self._write()
            return token, device

    def device(self, token: str | None) -> Device | None:
        """Who holds this token; None for strangers."""
        with self._lock:
            device = self._devices.get(_hash(token or ""))
        return device if device is not None and device.until > time.time() else None

    def leave(self, token: str | None) -> None:
        """The token is worth nothing any more."""
        with self._lock:
            if self._devices.pop(_hash(token or ""), None) is not None:
                self._write()

    def _role(self, pin: str) -> str | None:
        """Both PINs are always compared whole, so that time tells nothing."""
        given = pin.encode()
        is_lead = hmac.compare_digest(self._pins[FACILITATOR].encode(), given)
        is_participant = hmac.compare_digest(self._pins[PARTICIPANT].encode(), given)
        return FACILITATOR if is_lead else PARTICIPANT if is_participant else None

    def _count(self, address: str, now: float) -> None:
        recent = [t for t in self._tries.get(address, []) if now - t < self._settings.tries_seconds] + [now]
        self._tries[address] = recent
        if len(recent) >= self._settings.tries:
            self._wait_until[address] = now + self._settings.wait_seconds
            del self._tries[address]

    def _read(self) -> dict[str, Device]:
        """Devices that paired before a restart; an unreadable file only means pairing again."""
        try:
            entries = json.loads(self._file.read_text()) if self._file is not None else {}
            return {name: Device(**entry) for name, entry in entries.items() if entry["until"] > time.time()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}

    def _write(self) -> None:
        if self._file is None:
            return
        content = json.dumps({name: asdict(device) for name, device in self._devices.items()})
        try:
            write_private(self._file, content.encode())
        except OSError:
            # A full disk: the device is let in all the same, and pairs again after a restart.
            return


class Bucket:
    """Lets a burst through, then so many a second."""

    def __init__(self, burst: float, per_second: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_second, self._monotonic = burst, per_second, monotonic
        self._full, self._at = burst, monotonic()

    def take(self) -> bool:
        """Whether there is still one."""
        now = self._monotonic()
        self._full = min(self._burst, self._full + (now - self._at) * self._per_second)
        self._at = now
        if self._full < 1:
            return False
        self._full -= 1
        return True


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
