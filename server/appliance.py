"""The only place where all rooms meet: the log, the table, the ears, the door and the screens of one Kring."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable
from dataclasses import dataclass

import segno
from flask import Flask

from methods.method import Method
from methods.reader import BUILT_IN
from server import nearby
from server.agreements import agreements
from server.certificates import Certificates
from server.glance import Glances
from server.hearing import Hearing
from server.library import Shelf
from server.log import open_log
from server.meeting.meeting import Meeting
from server.messages import Message
from server.pairing import Door
from server.practice import Practice
from server.report import as_table
from server.screens import FACILITATOR, PARTICIPANT, TABLE, Screens
from server.settings import Settings
from server.sockets import Sockets
from server.table import Furniture, Table
from server.unforeseen import tell_without_text
from server.views import Join, Room
from server.web import create_app
from speech.acts.better import better_questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Appliance:
    """One running Kring."""

    app: Flask
    sockets: Sockets
    table: Table

    def start(self) -> None:
        """Begin; only in the process that serves."""
        tell_without_text()
        self.table.start()

    def stop(self) -> None:
        """End; the meeting stays in the log."""
        self.table.stop()


def build(settings: Settings, certificates: Certificates | None, finish: Callable[[int], None]) -> Appliance:
    """Everything, not started yet; `finish` ends it with that exit code. Raises LogUnusable, RehearsalUnusable."""
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    pins = {FACILITATOR: settings.pin, PARTICIPANT: settings.participant_pin, TABLE: settings.table_pin}
    door = Door(pins=pins, settings=settings.door, folder=settings.data)
    glances = Glances(settings.language)
    gave_back: list[Callable[[str], None]] = []
    app = create_app(
        door,
        secure=settings.https,
        authority=certificates.authority if certificates else None,
        left=lambda token: gave_back[0](token),
        glances=glances,
    )
    sockets = Sockets(app, door, inbox.put, settings.door)
    gave_back.append(sockets.left)
    room = Room(
        meeting=None,
        method=None,
        language=settings.language,
        join=join(settings, settings.participant_pin),
        table_screen=join(settings, settings.table_pin),
        agreements=agreements(),
        better=better_questions(),
    )
    practice = _practice(settings, finish)
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
        room=room,
        settings=settings.table,
        closed=_shown_and_done(finish) if settings.rehearsal and settings.rehearsal.once else None,
        trouble=lambda text: print(f"kring: {text}", file=sys.stderr, flush=True),
    )
    return Appliance(app=app, sockets=sockets, table=Table(furniture, inbox))


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


def join(settings: Settings, pin: str) -> Join:
    """How a screen joins with this PIN: by IP address, because not every phone finds a .local name."""
    url = f"{settings.scheme}://{nearby.address()}:{settings.port}/#pin={pin}"
    return Join(url=url, pin=pin, qr=segno.make(url, micro=False).svg_inline(scale=6, border=2))
