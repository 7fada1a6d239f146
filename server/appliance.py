"""The only place where all rooms meet: the log, the table, the ears, the door and the screens of one Kring."""

from __future__ import annotations

import contextlib
import queue
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Thread

import segno
from flask import Flask

from methods.method import Method
from methods.reader import BUILT_IN
from server import nearby
from server.agreements import agreements
from server.carried import Carried
from server.certificates import Certificates
from server.circle import Circle
from server.glance import Glances
from server.hearing import Hearing
from server.library import Shelf
from server.log import open_log
from server.meeting.meeting import Meeting
from server.messages import Message
from server.pairing import Door
from server.pins import Pins
from server.practice import Practice
from server.report import as_table
from server.screens import FACILITATOR, PARTICIPANT, TABLE, Screens
from server.settings import Settings
from server.sockets import Sockets
from server.table import Furniture, Table
from server.unforeseen import tell_without_text
from server.views import Join, Room
from server.watchdog import Heartbeat
from server.web import create_app
from speech.acts.better import better_questions

TEND_SECONDS = 15.0
"""How often it is looked whether a PIN is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appliance:
    """One running Kring."""

    app: Flask
    sockets: Sockets
    table: Table
    door: Door
    heartbeat: Heartbeat

    def well(self) -> bool:
        """Whether the table still moves."""
        return self.heartbeat.well()

    def start(self) -> None:
        """Begin; only in the process that serves."""
        tell_without_text()
        self.table.start()
        Thread(target=self._tend, name="pins", daemon=True).start()

    def _tend(self) -> None:
        while True:
            time.sleep(TEND_SECONDS)
            self.door.tend()

    def stop(self) -> None:
        """End; the meeting stays in the log."""
        self.table.stop()


def build(settings: Settings, certificates: Certificates | None, finish: Callable[[int], None]) -> Appliance:
    """Everything, not started yet; `finish` ends it with that exit code. Raises LogUnusable, RehearsalUnusable."""
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    serving: list[Sockets] = []
    first = {FACILITATOR: settings.pin, PARTICIPANT: settings.participant_pin, TABLE: settings.table_pin}
    pins = Pins(first, settings.door, renewed=lambda role, pin: _tell_pin(role, pin, serving[0]))
    door = Door(pins=pins, settings=settings.door, folder=settings.data)
    glances, carried = Glances(settings.language), Carried()
    app = create_app(
        door,
        secure=settings.https,
        authority=certificates.authority if certificates else None,
        left=lambda token: serving[0].left(token),
        glances=glances,
        carried=carried,
    )
    sockets = Sockets(app, door, inbox.put, settings.door)
    serving.append(sockets)
    room = Room(
        meeting=None,
        method=None,
        language=settings.language,
        agreements=agreements(),
        better=better_questions(),
    )
    practice, heartbeat = _practice(settings, finish), Heartbeat()
    furniture = Furniture(
        log=open_log(settings.data, settings.store, settings.passphrase),
        hearing=Hearing(
            command=settings.ears,
            language=settings.language,
            source=practice.listen,
            tell=inbox.put,
            settings=settings.hearing,
        ),
        screens=Screens(sockets.send, glances),
        shelf=Shelf(BUILT_IN, settings.data / "methods"),
        practice=practice,
        circle=Circle(settings.data, settings.circle, carried),
        beat=heartbeat.beat,
        room=room,
        joining=_joining(settings, pins),
        settings=settings.table,
        closed=_shown_and_done(finish) if settings.rehearsal and settings.rehearsal.once else None,
        trouble=lambda text: print(f"kring: {text}", file=sys.stderr, flush=True),
    )
    return Appliance(app=app, sockets=sockets, table=Table(furniture, inbox), door=door, heartbeat=heartbeat)


def _practice(settings: Settings, finish: Callable[[int], None]) -> Practice:
    """The people and the recording of a rehearsal; a demonstration that cannot go on ends with exit code 1."""

    def hopeless(why: str) -> None:
        print(f"kring: {why}", file=sys.stderr, flush=True)
        finish(1)

    return Practice(settings.rehearsal, hopeless)


def _shown_and_done(finish: Callable[[int], None]) -> Callable[[Meeting, Method], None]:
    def closed(meeting: Meeting, method: Method) -> None:
        print(as_table(meeting, method), flush=True)
        finish(0)

    return closed


def _joining(settings: Settings, pins: Pins) -> Callable[[Room], Room]:
    """Puts the PINs of now into a room; the picture of each is drawn once."""
    drawn = lru_cache(maxsize=4)(lambda pin: join(settings, pin))
    return lambda room: replace(room, join=drawn(pins.now(PARTICIPANT)), table_screen=drawn(pins.now(TABLE)))


def _tell_pin(role: str, pin: str, sockets: Sockets) -> None:
    """A new PIN, on the screens that show it and on the terminal; in a thread: a terminal may wait."""
    told = {FACILITATOR: "A tablet was paired. PIN for another", PARTICIPANT: "Participant PIN"}

    def tell() -> None:
        sockets.look_again(FACILITATOR, TABLE)
        if role in told:
            with contextlib.suppress(OSError, ValueError):
                print(f"{told[role]}: {pin}", flush=True)

    Thread(target=tell, name="pin", daemon=True).start()


def join(settings: Settings, pin: str) -> Join:
    """How a screen joins with this PIN: by IP address, because not every phone finds a .local name."""
    url = f"{settings.scheme}://{nearby.address()}:{settings.port}/#pin={pin}"
    return Join(url=url, pin=pin, qr=segno.make(url, micro=False).svg_inline(scale=6, border=2))
