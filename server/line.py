"""What stands around the line of Socket.IO: who may open one, how much it may hold. Never what is said on it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from threading import Lock
from typing import Any

from flask import Flask

from server.nearby import is_ours
from server.pairing import Bucket
from server.settings import DoorSettings
from server.web import STRICT

_PATH = "/socket.io"
_HEADERS = [*STRICT.items(), ("Content-Security-Policy", "default-src 'none'"), ("Cache-Control", "no-store")]
_MOST_ADDRESSES = 1000
_THIS_MACHINE = "127.0.0.1"


class Arrivals:
    """How many lines an address opens; each costs a thread for some seconds, whoever it is."""

    def __init__(self, settings: DoorSettings) -> None:
        self._settings = settings
        self._buckets: dict[str, Bucket] = {}
        self._one = Lock()

    def may(self, address: str) -> bool:
        """Whether it may open one more now. This machine may always."""
        if address == _THIS_MACHINE:
            return True
        with self._one:
            if len(self._buckets) > _MOST_ADDRESSES:
                self._buckets.clear()
            bucket = self._buckets.get(address)
            if bucket is None:
                bucket = Bucket(self._settings.lines_burst, self._settings.lines_per_second)
                self._buckets[address] = bucket
            return bucket.take()


def guard_line(app: Flask, settings: DoorSettings) -> None:
    """As strict as the pages: Socket.IO answers before Flask is asked."""
    inside, arrivals = app.wsgi_app, Arrivals(settings)

    def guarded(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not str(environ.get("PATH_INFO", "")).startswith(_PATH):
            return inside(environ, start_response)

        def refused(status: str, why: bytes) -> Iterable[bytes]:
            start_response(status, [("Content-Type", "text/plain"), *_HEADERS])
            return [why]

        if not is_ours(str(environ.get("HTTP_HOST", ""))):
            return refused("400 Bad Request", b"This is Kring, but not under this name.")
        if "sid=" not in str(environ.get("QUERY_STRING", "")) and not arrivals.may(str(environ.get("REMOTE_ADDR"))):
            return refused("429 Too Many Requests", b"That was too fast.")

        def strictly(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, [*headers, *_HEADERS], exc_info)

        return inside(environ, strictly)

    app.wsgi_app = guarded  # type: ignore[method-assign]


def bound(engine: Any, settings: DoorSettings) -> None:
    """Keep the library from waiting, and from keeping, without end."""
    drivers = engine._async
    # A message that comes in pieces is kept until it is whole, however large it grows.
    websocket = partial(drivers["websocket"], max_message_size=settings.message_bytes)
    engine._async = {**drivers, "websocket": websocket}

    def disconnect(sid: str | None = None) -> None:
        # It would wait until a line that sent nonsense has read everything: for ever, if it reads nothing.
        for name in [sid] if sid is not None else list(engine.sockets):
            line = engine.sockets.pop(name, None)
            if line is not None:
                line.close(wait=False, reason=engine.reason.SERVER_DISCONNECT)

    engine.disconnect = disconnect
