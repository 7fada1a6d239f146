"""Whether the table still moves, and telling systemd so. Nothing is ended here: systemd does that."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

HUNG_SECONDS = 20.0
"""A table that took no step for so long is stuck; a slow card may hold one up for some seconds."""
TELL_SECONDS = 5.0


class Heartbeat:
    """Beaten by the table's thread at every step, looked at by another."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._last = monotonic()

    def beat(self) -> None:
        """The table moved."""
        self._last = self._monotonic()

    def well(self) -> bool:
        """Whether it moved of late."""
        return self._monotonic() - self._last < HUNG_SECONDS


class Watchdog:
    """Tells systemd now and then that all is well, where systemd asked for it."""

    def __init__(self, well: Callable[[], bool], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._well, self._monotonic = well, monotonic
        self._told = -TELL_SECONDS

    def look(self) -> None:
        """To be called often; says nothing while the table hangs."""
        now = self._monotonic()
        if now - self._told >= TELL_SECONDS and self._well():
            self._told = now
            _tell_systemd("WATCHDOG=1")


def _tell_systemd(state: str) -> None:
    from gunicorn.systemd import sd_notify

    sd_notify(state, logging.getLogger("kring"))
