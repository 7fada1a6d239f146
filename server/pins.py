"""The PINs of this run: which one opens which role now, and when another takes its place. No device is known here."""

from __future__ import annotations

import hmac
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from server.screens import PARTICIPANT
from server.settings import DoorSettings

_PIN = re.compile(r"[0-9]{6}")


class MadePin(str):
    """Six digits that Kring made itself. A PIN that a person chose is a plain str, and stays for the whole run."""

    __slots__ = ()


def new_pin() -> MadePin:
    """Six digits."""
    return MadePin(f"{secrets.randbelow(1_000_000):06d}")


@dataclass(slots=True)
class _Pin:
    now: str
    since: float
    before: str = ""
    before_until: float = 0.0


class Pins:
    """A PIN for each role; not for several threads at once, but for `now`.

    A made PIN of a tablet or a table screen is worth one pairing; that of the phones is worth a while, because many
    people read it at once.
    """

    def __init__(
        self,
        first: Mapping[str, str],
        settings: DoorSettings,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        renewed: Callable[[str, str], None] = lambda role, pin: None,
    ) -> None:
        """`first`: role to PIN. `renewed` is told a role and its new PIN."""
        self._settings, self._monotonic, self._renewed = settings, monotonic, renewed
        self._pins = {role: _Pin(pin, monotonic()) for role, pin in first.items()}

    def now(self, role: str) -> str:
        """The PIN to show for this role."""
        return self._pins[role].now

    def role(self, given: str) -> str | None:
        """Whose PIN this is. All are always compared whole, so that time tells nothing."""
        if _PIN.fullmatch(given) is None:
            return None
        now, alike = self._monotonic(), list[str]()
        for role, pin in self._pins.items():
            same = hmac.compare_digest(pin.now.encode(), given.encode())
            same_before = hmac.compare_digest(pin.before.encode(), given.encode())
            alike += [role] if same or (same_before and now < pin.before_until) else []
        return alike[0] if alike else None

    def used(self, role: str) -> None:
        """A device was paired with it."""
        if role != PARTICIPANT:
            self.renew(role)

    def renew(self, role: str, *, grace: bool = False) -> None:
        """Another takes its place, if it was made. With `grace` somebody who is typing the old one still gets in."""
        pin = self._pins.get(role)
        if pin is None or not isinstance(pin.now, MadePin):
            return
        now = self._monotonic()
        pin.before, pin.before_until = pin.now, now + self._settings.grace_seconds if grace else now
        taken = {other for one in self._pins.values() for other in (one.now, one.before)}
        pin.now, pin.since = next(candidate for candidate in iter(new_pin, "") if candidate not in taken), now
        self._renewed(role, pin.now)

    def tend(self) -> None:
        """Renew what was shown for long enough; to be called now and then."""
        if PARTICIPANT in self._pins:
            age = self._monotonic() - self._pins[PARTICIPANT].since
            if age >= self._settings.participant_pin_seconds:
                self.renew(PARTICIPANT, grace=True)
