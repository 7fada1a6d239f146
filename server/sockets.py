"""Socket.IO: who connects, what they ask; everything is put into the table's inbox. Nothing here reads a meeting."""

from __future__ import annotations

import logging
import queue
import sys
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any, cast

from flask import Flask, request
from flask_socketio import SocketIO, join_room

from server.asking import asked, of_a_phone
from server.group.wishes import DeviceWish
from server.line import bound, guard_line
from server.messages import Answer, Arrived, Asked, Left, LookedAgain, Message
from server.nearby import is_ours
from server.pairing import Bucket, Device, Door
from server.screens import FACILITATOR, PARTICIPANT, TABLE, audience_of
from server.settings import DoorSettings
from server.web import COOKIE, origin_is_ours

PING_SECONDS = 5
SLOWER = 6
"""Times as long may a wish take that opens files of groups: each a fifth of a second, or longer on a small board."""
_OVER = ("closed", "erased")
"""Stages of a meeting that is done; another one after these is another meeting, perhaps of other people."""

_SAY = {
    "not_understood": {
        "nl": "Kring begreep dit niet. Laad de pagina opnieuw.",
        "en": "Kring did not understand this. Load the page again.",
        "de": "Kring hat das nicht verstanden. Lade die Seite neu.",
    },
    "facilitator_only": {
        "nl": "Dit doet de begeleider, op de tablet.",
        "en": "The facilitator does this, on the tablet.",
        "de": "Das macht die Moderation, auf dem Tablet.",
    },
    "no_seat": {
        "nl": "Kies eerst je stoel.",
        "en": "Choose your seat first.",
        "de": "Wähle zuerst deinen Platz.",
    },
    "too_fast": {
        "nl": "Dat ging te snel. Wacht even en probeer het nog eens.",
        "en": "That was too fast. Wait a moment and try again.",
        "de": "Das war zu schnell. Warte kurz und versuche es noch einmal.",
    },
    "busy": {
        "nl": "Kring heeft het druk. Probeer het zo nog eens.",
        "en": "Kring is busy. Try again in a moment.",
        "de": "Kring ist beschäftigt. Versuche es gleich noch einmal.",
    },
    "not_paired": {
        "nl": "Dit scherm doet niet meer mee. Voer de pincode in.",
        "en": "This screen no longer takes part. Enter the PIN.",
        "de": "Dieser Bildschirm ist nicht mehr dabei. Gib die PIN ein.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Screen:
    device: Device
    token: str
    bucket: Bucket

    @property
    def audience(self) -> str:
        return audience_of(self.device.role, self.device.seat)


class Sockets:
    """The open sockets; handlers run in threads of their own and only put into the inbox."""

    def __init__(self, app: Flask, door: Door, tell: Callable[[Message], None], settings: DoorSettings) -> None:
        self._door, self._tell, self._settings = door, tell, settings
        self._screens: dict[str, _Screen] = {}
        self._stage: str | None = None
        self._lock = Lock()
        self.io = SocketIO(
            app,
            async_mode="threading",
            cors_allowed_origins=cast(Any, origin_is_ours),
            cors_credentials=False,
            ping_interval=PING_SECONDS,
            ping_timeout=PING_SECONDS,
            max_http_buffer_size=settings.message_bytes,
            manage_session=False,
            logger=_silent(),
            engineio_logger=_silent(),
        )
        guard_line(app, settings)
        bound(cast(Any, self.io).server.eio, settings)
        self.io.on_error_default(_told)
        self.io.on_event("connect", self._connect)
        self.io.on_event("disconnect", self._disconnect)
        self.io.on_event("command", self._command)
        self.io.on_event("since", self._since)

    def send(self, to: str, name: str, payload: dict[str, Any]) -> None:
        """To an audience or one screen; queued, never waits."""
        self._follow((payload.get("changes") or payload.get("view") or {}).get("stage"))
        self.io.emit(name, payload, to=to)

    def left(self, token: str) -> None:
        """The device gave its token back: its sockets close."""
        self._close(lambda screen: screen.token == token)

    def look_again(self, *audiences: str) -> None:
        """Something beside the meeting changed, for instance a PIN: these screens get the whole picture."""
        with self._lock:
            looking = [(screen.audience, sid) for sid, screen in self._screens.items() if screen.audience in audiences]
        for audience, sid in looking:
            self._tell(LookedAgain(audience=audience, screen=sid))

    def _follow(self, stage: str | None) -> None:
        """What is shown tells the door when seats are settled, a group is gone with its phones, or another comes."""
        if stage is None or stage == self._stage:
            return
        before, self._stage = self._stage, stage
        self._door.settle(stage in _OVER)
        # Back from the agreements, the chairs are given anew: a phone must not stay on what is now another's.
        if before in _OVER and stage not in _OVER:
            self._forget(PARTICIPANT, TABLE)
        elif stage == "start" and before not in (None, "start"):
            self._forget(PARTICIPANT)
        elif before == "start":
            self._door.opened()

    def _forget(self, *roles: str) -> None:
        self._door.forget(*roles)
        # In a thread of its own: the table must not wait for a phone that sleeps.
        Thread(target=self._close, args=(lambda screen: screen.device.role in roles,), daemon=True).start()

    def _close(self, whose: Callable[[_Screen], bool]) -> None:
        with self._lock:
            gone = [sid for sid, screen in self._screens.items() if whose(screen)]
        for sid in gone:
            cast(Any, self.io).server.disconnect(sid)

    def _connect(self, _auth: object = None) -> bool:
        token = request.cookies.get(COOKIE) or ""
        device = self._door.came(token) if is_ours(request.host) else None
        if device is None:
            return False
        bucket = Bucket(self._settings.commands_burst, self._settings.commands_per_second)
        screen, sid = _Screen(device=device, token=token, bucket=bucket), _sid()
        with self._lock:
            self._screens[sid] = screen
        join_room(screen.audience)
        self._tell(Arrived(audience=screen.audience, screen=sid))
        return True

    def _disconnect(self, _reason: object = None) -> None:
        with self._lock:
            screen = self._screens.pop(_sid(), None)
        if screen is not None:
            self._door.went(screen.token)
            self._tell(Left(audience=screen.audience, screen=_sid()))

    def _since(self, *_seq: object) -> Answer:
        screen = self._screens.get(_sid())
        if screen is None:
            return _refused("not_paired")
        if not screen.bucket.take():
            return _refused("too_fast")
        self._tell(LookedAgain(audience=screen.audience, screen=_sid()))
        return {"ok": True}

    def _command(self, *message: object) -> Answer:
        screen = self._screens.get(_sid())
        if screen is None or self._door.device(screen.token) is None:
            return _refused("not_paired")
        if not screen.bucket.take():
            return _refused("too_fast")
        try:
            (only,) = message
            command = asked(only)
        except (ValueError, RecursionError):
            return _refused("not_understood")
        if screen.device.role != FACILITATOR:
            own = None if screen.device.role == TABLE else of_a_phone(command, screen.device.seat)
            if own is None:
                seatless = screen.device.role == PARTICIPANT and screen.device.seat is None
                return _refused("no_seat" if seatless else "facilitator_only")
            command = own
        answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._tell(Asked(command=command, reply=answers.put))
        try:
            slower = SLOWER if isinstance(command, DeviceWish) else 1
            return answers.get(timeout=self._settings.reply_seconds * slower)
        except queue.Empty:
            return _refused("busy")


def _silent() -> logging.Logger:
    """The libraries would print what strangers send, with tracebacks; nobody at the table is helped by that."""
    logger = logging.getLogger("kring.sockets")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    logger.setLevel(logging.CRITICAL + 1)
    return logger


def _told(error: BaseException) -> None:
    """A fault of our own: its kind, never what was said."""
    print(f"kring: a message could not be handled ({type(error).__name__}).", file=sys.stderr, flush=True)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


def _refused(code: str) -> Answer:
    return {"ok": False, "refused": code, "say": _SAY[code]}
