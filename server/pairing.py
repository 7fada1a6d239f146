"""The door: a PIN becomes a token, a token becomes a role. Tokens are kept as hashes; PINs are made elsewhere."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from server.folder import settle_names, write_private
from server.pins import Pins
from server.pins import new_pin as new_pin
from server.screens import FACILITATOR, PARTICIPANT, ROLES
from server.settings import DoorSettings

FILE = "devices.json"
SEATS = "ABCDEFGH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A paired screen."""

    role: str
    """"facilitator", "participant" or "table"."""
    seat: str | None
    until: float
    """Monotonic seconds after which it has to pair again: a clock on the wall that jumps throws nobody out."""


@dataclass(slots=True, kw_only=True)
class _Held:
    """A device and whether it looks at this moment."""

    device: Device
    screens: int = 0
    """How many sockets it has open."""
    away_since: float


class DoorClosed(Exception):
    """Not let in; `code` says why: "wrong_pin", "too_many_tries", "seat_taken", "seat_fixed" or "full"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def forget_devices(folder: Path) -> None:
    """Whoever paired before has to pair again: a group that went home leaves no open door."""
    if (folder / FILE).exists():
        (folder / FILE).unlink()
        settle_names(folder)


class Door:
    """Lets devices in by PIN, one device on a seat; used by many threads at once."""

    def __init__(
        self,
        *,
        pins: Pins,
        settings: DoorSettings,
        folder: Path | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pins, self._settings, self._monotonic = pins, settings, monotonic
        self._file = folder / FILE if folder is not None else None
        self._lock = Lock()
        self._tries = Tries(settings, monotonic)
        self._settled = False
        self._held = self._read()

    def pair(self, address: str, pin: str | None, seat: str | None, token: str | None = None) -> tuple[str, Device]:
        """A token and its device for the right PIN; a device that comes back with its token keeps it.

        A phone that is paired needs no PIN any more to choose its seat. Raises DoorClosed.
        """
        with self._lock:
            now = self._monotonic()
            self._held = {name: held for name, held in self._held.items() if held.device.until > now}
            before = self._held.get(_hash(token or ""))
            role = self._recognised(address, pin, before)
            same = before if before is not None and before.device.role == role else None
            seat = self._seat(seat, same, now) if role == PARTICIPANT else None
            device = Device(role=role, seat=seat, until=now + self._settings.device_seconds)
            if token and same is not None:
                same.device = device
            else:
                self._make_room(role)
                self._held.pop(_hash(token or ""), None)
                token = secrets.token_urlsafe(32)
                self._held[_hash(token)] = _Held(device=device, away_since=now)
                self._pins.used(role)
            self._write()
            return token, device

    def device(self, token: str | None) -> Device | None:
        """Who holds this token; None for strangers."""
        with self._lock:
            return self._known(token)

    def came(self, token: str | None) -> Device | None:
        """A socket of this device opened; None for strangers."""
        with self._lock:
            device = self._known(token)
            if device is not None:
                self._held[_hash(token or "")].screens += 1
            return device

    def went(self, token: str | None) -> None:
        """A socket of this device closed."""
        with self._lock:
            held = self._held.get(_hash(token or ""))
            if held is not None:
                held.screens, held.away_since = max(0, held.screens - 1), self._monotonic()

    def leave(self, token: str | None) -> None:
        """The token is worth nothing any more, and its seat is free."""
        with self._lock:
            if self._held.pop(_hash(token or ""), None) is not None:
                self._write()

    def settle(self, settled: bool) -> None:
        """Whether seats stay as they are: nobody sits down on the seat of another afterwards to read its part."""
        with self._lock:
            self._settled = settled

    def forget(self, *roles: str) -> None:
        """The group went home: its phones and second screens pair again, with other PINs; the tablet need not."""
        with self._lock:
            self._held = {name: held for name, held in self._held.items() if held.device.role not in roles}
            for role in roles:
                self._pins.renew(role)
            self._write()

    def opened(self) -> None:
        """A meeting sits down: from now on its phones come in with a PIN of their own."""
        with self._lock:
            self._pins.renew(PARTICIPANT, grace=True)

    def tend(self) -> None:
        """Renew what is due; to be called now and then."""
        with self._lock:
            self._pins.tend()

    def _known(self, token: str | None) -> Device | None:
        held = self._held.get(_hash(token or ""))
        return held.device if held is not None and held.device.until > self._monotonic() else None

    def _recognised(self, address: str, pin: str | None, before: _Held | None) -> str:
        """The role of the PIN, unless this address or all of them tried too often."""
        if pin is None:
            if before is None or before.device.role != PARTICIPANT:
                raise DoorClosed("wrong_pin")
            return PARTICIPANT
        if self._tries.waits(address):
            raise DoorClosed("too_many_tries")
        role = self._pins.role(pin)
        if role is None:
            self._tries.failed(address)
            raise DoorClosed("wrong_pin")
        if role == FACILITATOR:
            # A participant's success clears nothing: it would give a guesser of the other PIN new tries.
            self._tries.succeeded(address)
        return role

    def _seat(self, wanted: str | None, held: _Held | None, now: float) -> str | None:
        """The seat it gets. One device sits on a seat; who has been away for long, no longer does."""
        own = held.device.seat if held is not None else None
        if wanted is None or wanted == own:
            return own
        if own is not None or self._settled:
            raise DoorClosed("seat_fixed")
        for other in self._held.values():
            if other.device.seat == wanted:
                if other.screens or now - other.away_since < self._settings.seat_seconds:
                    raise DoorClosed("seat_taken")
                other.device = replace(other.device, seat=None)
        return wanted

    def _make_room(self, role: str) -> None:
        """At the limit the device that is away longest is forgotten, one without a seat first."""
        alike = {name: held for name, held in self._held.items() if held.device.role == role}
        if len(alike) < self._settings.devices:
            return
        away = [name for name, held in alike.items() if not held.screens]
        if not away:
            raise DoorClosed("full")
        del self._held[min(away, key=lambda name: (alike[name].device.seat is not None, alike[name].away_since))]

    def _read(self) -> dict[str, _Held]:
        """Devices that paired before a restart; an unreadable file only means pairing again."""
        now, wall = self._monotonic(), time.time()
        try:
            entries = json.loads(self._file.read_text()) if self._file is not None else {}
            left = {name: min(entry["until"] - wall, self._settings.device_seconds) for name, entry in entries.items()}
            return {
                name: _Held(device=Device(**{**entry, "until": now + left[name]}), away_since=now)
                for name, entry in entries.items()
                if left[name] > 0 and entry["role"] in ROLES and entry["seat"] in (None, *SEATS)
            }
        except (OSError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
            return {}

    def _write(self) -> None:
        """On disk the end is told in Unix seconds, because a restart begins other monotonic ones."""
        if self._file is None:
            return
        ahead = time.time() - self._monotonic()
        content = {
            name: {"role": held.device.role, "seat": held.device.seat, "until": held.device.until + ahead}
            for name, held in self._held.items()
        }
        try:
            write_private(self._file, json.dumps(content).encode())
        except OSError:
            # A full disk: the device is let in all the same, and pairs again after a restart.
            return


class Tries:
    """Wrong guesses, by address and of all together; then there is waiting. Not for several threads at once."""

    def __init__(self, settings: DoorSettings, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._settings, self._monotonic = settings, monotonic
        self._failed: dict[str, list[float]] = {}
        self._wait_until: dict[str, float] = {}
        self._waits: dict[str, int] = {}
        self._all = Bucket(settings.all_tries, 1 / settings.all_tries_seconds, monotonic)

    def waits(self, address: str) -> bool:
        """Whether this address guesses in vain now."""
        now = self._monotonic()
        return now < self._wait_until.get(address, now) or not self._all.has_one()

    def failed(self, address: str) -> None:
        """It guessed wrong."""
        now = self._monotonic()
        self._all.take()
        recent = [t for t in self._failed.get(address, []) if now - t < self._settings.tries_seconds] + [now]
        self._failed[address] = recent
        if len(recent) >= self._settings.tries:
            # Twice as long each time, so that one who goes on cannot use up what all have together.
            waits = self._waits[address] = self._waits.get(address, 0) + 1
            wait = self._settings.wait_seconds * 2 ** min(waits - 1, 30)
            self._wait_until[address] = now + min(wait, self._settings.longest_wait_seconds)
            del self._failed[address]

    def succeeded(self, address: str) -> None:
        """It knew."""
        self._failed.pop(address, None)
        self._waits.pop(address, None)


class Bucket:
    """Lets a burst through, then so many a second."""

    def __init__(self, burst: float, per_second: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_second, self._monotonic = burst, per_second, monotonic
        self._full, self._at = burst, monotonic()

    def has_one(self) -> bool:
        """Whether there is still one."""
        now = self._monotonic()
        self._full = min(self._burst, self._full + (now - self._at) * self._per_second)
        self._at = now
        return self._full >= 1

    def take(self) -> bool:
        """Take one, if there is."""
        if not self.has_one():
            return False
        self._full -= 1
        return True


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
