"""The log: what happened, in order, append-only, encrypted on disk. Never state, never a word, never sound."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select
from sqlalchemy import exc as sql
from sqlalchemy import text as as_written

from server.meeting.events import Event, MeetingClosed, from_json, to_json
from server.meeting.written import PRIVATE
from server.problems import DiskFull, LogDamaged, LogUnusable, Unwritable
from server.store import LOG, OWN, explained, open_store

FULL, UNWRITABLE = "full", "unwritable"
PROBLEMS = {
    FULL: "The disk is full: the meeting goes on, but would be lost in a power cut. Make some room.",
    UNWRITABLE: "The log cannot be written: the meeting goes on, but would be lost in a power cut. "
    "See whether the disk fails or became read-only.",
}
KEPT = "MeetingKept"
"""Name of the row that says: the group chose to keep this meeting. It is no event of the meeting."""

_NEWEST_FIRST = {"sqlite": "rowid DESC", "postgresql": "age(xmin)"}
"""The store's own order of writing: the log keeps no time of day."""


class Log:
    """One append-only table. What cannot be written waits in memory until it can: a meeting goes on without a disk."""

    def __init__(self, engine: Engine, folder: Path | None = None) -> None:
        self._engine, self._folder = engine, folder
        self._next: dict[str, int] = {}
        self._waiting: list[dict[str, Any]] = []
        self.problem: str | None = None
        """Why events are not on disk at this moment: FULL, or UNWRITABLE (the disk or the file is broken)."""

    @property
    def told(self) -> str:
        """The problem, for whoever looks after the computer."""
        return PROBLEMS[self.problem] if self.problem else ""

    def open_stream(self) -> str:
        """A name for a new meeting, saying nothing about it."""
        stream = secrets.token_hex(8)
        self._next[stream] = 0
        return stream

    def append(self, stream: str, events: Sequence[Event]) -> None:
        """Add the events after the last of this stream, all or none, on disk before returning (or in `problem`)."""
        bodies = [to_json(event) for event in events]
        self._write(self._rows(stream, [(str(body.pop("event")), body) for body in bodies]))

    def keep(
        self, stream: str, own: Collection[int] = (), until: date | None = None, gone: Collection[int] = ()
    ) -> bool:
        """The group chose to keep this meeting up to that day; of what people wrote that of these events (from 0).

        The events of `gone` are erased.
        In one step: either it is kept and the rest is gone, or nothing changed. What was kept of earlier meetings' own
        words goes with it: a group looks back once. False when the file could not be tidied. Raises DiskFull.
        """
        self.settle()
        body = {"until": until.isoformat()} if until else {}
        kept = self._rows(stream, [(KEPT, body)]) if stream not in self.kept() else []
        with explained(self._folder), self._engine.begin() as connection:
            connection.execute(delete(OWN).where((OWN.c.stream != stream) | OWN.c.seq.not_in(own)))
            connection.execute(delete(LOG).where(LOG.c.stream == stream, LOG.c.seq.in_(gone)))
            if kept:
                connection.execute(insert(LOG), [_part(row, "name", "body") for row in kept])
        self._next |= {row["stream"]: row["seq"] + 1 for row in kept}
        return self._engine.dialect.name != "sqlite" or self._tidied()

    def settle(self) -> None:
        """Write what waits for room. Raises DiskFull when it still has to wait."""
        self._write([])
        if self._waiting:
            raise DiskFull if self.problem == FULL else Unwritable

    def forget_own(self) -> bool:
        """Erase everything people wrote in meetings that were kept; as `forget` otherwise."""
        kept = select(LOG.c.stream).where(LOG.c.name == KEPT)
        with explained(self._folder), self._engine.begin() as connection:
            connection.execute(delete(OWN).where(OWN.c.stream.in_(kept)))
        return self._engine.dialect.name != "sqlite" or self._tidied()

    def events(self, stream: str) -> tuple[Event, ...]:
        """Everything that happened in this meeting, in order; what was forgotten of an event is empty."""
        both = LOG.outerjoin(OWN, (OWN.c.stream == LOG.c.stream) & (OWN.c.seq == LOG.c.seq))
        wanted = select(LOG.c.name, LOG.c.body, OWN.c.body).select_from(both)
        wanted = wanted.where(LOG.c.stream == stream, LOG.c.name != KEPT)
        with explained(self._folder), self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(LOG.c.seq)).all()
        return tuple(_read(name, body, own) for name, body, own in rows)

    def unfinished(self) -> tuple[str, ...]:
        """The streams of the meetings that are neither kept nor erased, the newest first."""
        kept = select(LOG.c.stream).where(LOG.c.name == KEPT)
        opened = select(LOG.c.stream).where(LOG.c.seq == 0, LOG.c.stream.not_in(kept))
        newest_first = as_written(_NEWEST_FIRST.get(self._engine.dialect.name, "stream"))
        with explained(self._folder), self._engine.connect() as connection:
            found = [str(stream) for stream in connection.execute(opened.order_by(newest_first)).scalars()]
        return tuple(found)

    def kept(self) -> tuple[str, ...]:
        """The streams of the meetings that their groups chose to keep, the newest first."""
        newest_first = as_written(_NEWEST_FIRST.get(self._engine.dialect.name, "stream"))
        wanted = select(LOG.c.stream).where(LOG.c.name == KEPT).order_by(newest_first)
        with explained(self._folder), self._engine.connect() as connection:
            return tuple(str(stream) for stream in connection.execute(wanted).scalars())

    def kept_until(self) -> dict[str, date | None]:
        """The last day of every kept meeting; None: until somebody erases it."""
        wanted = select(LOG.c.stream, LOG.c.body).where(LOG.c.name == KEPT)
        with explained(self._folder), self._engine.connect() as connection:
            return {str(stream): _day(body) for stream, body in connection.execute(wanted)}

    def closed(self) -> frozenset[str]:
        """The streams of the meetings that came to their end."""
        ended = select(LOG.c.stream).where(LOG.c.name == MeetingClosed.__name__)
        with explained(self._folder), self._engine.connect() as connection:
            return frozenset(str(stream) for stream in connection.execute(ended).scalars())

    def forget(self, *streams: str) -> bool:
        """Erase these meetings; False when they are erased but the file could not be tidied. Raises DiskFull."""
        with explained(self._folder), self._engine.begin() as connection:
            connection.execute(delete(LOG).where(LOG.c.stream.in_(streams)))
            connection.execute(delete(OWN).where(OWN.c.stream.in_(streams)))
        self._waiting = [row for row in self._waiting if row["stream"] not in streams]
        for stream in streams:
            self._next.pop(stream, None)
        return self._engine.dialect.name != "sqlite" or self._tidied()

    def _tidied(self) -> bool:
        """Whether nothing of what was erased is left in any page; erased it is in either case."""
        try:
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                # secure_delete has overwritten the rows in the journal: first bring that into the file itself.
                for step in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    done = connection.exec_driver_sql(step)
                    if done.returns_rows:
                        done.all()
        except sql.DBAPIError:
            return False
        return True

    def turn(self, key: str) -> None:
        """Encrypt the whole file anew with this key (64 hexadecimal digits). Raises DiskFull, LogUnusable."""
        with (
            explained(self._folder),
            self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            connection.exec_driver_sql(f"PRAGMA rekey = \"x'{key}'\"")

    def close(self) -> None:
        """Write what waits, if there is room, and let go of the file. Raises LogUnusable."""
        try:
            self._write([])
        finally:
            self._engine.dispose()

    def _rows(self, stream: str, told: Sequence[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
        first = self._next[stream] if stream in self._next else self._count(stream)
        rows = []
        for seq, (name, body) in enumerate(told, first):
            own = {key: body.pop(key) for key in PRIVATE.get(name, ()) if body.get(key)}
            row = {"stream": stream, "seq": seq, "name": name, "body": json.dumps(body, ensure_ascii=False)}
            rows.append(row | {"own": json.dumps(own, ensure_ascii=False) if own else None})
        return rows

    def _count(self, stream: str) -> int:
        with explained(self._folder), self._engine.connect() as connection:
            last = connection.execute(select(func.max(LOG.c.seq)).where(LOG.c.stream == stream)).scalar()
        return 0 if last is None else int(last) + 1

    def _write(self, rows: list[dict[str, Any]]) -> None:
        """On disk or waiting for room; rows that can be neither leave no trace, so that later ones can be written."""
        pending = [*self._waiting, *rows]
        if not pending:
            return
        try:
            with explained(self._folder), self._engine.begin() as connection:
                connection.execute(insert(LOG), [_part(row, "name", "body") for row in pending])
                if own := [_part(row | {"body": row["own"]}, "body") for row in pending if row["own"]]:
                    connection.execute(insert(OWN), own)
            self._waiting, self.problem = [], None
        except (DiskFull, LogDamaged) as why:
            self._waiting, self.problem = pending, UNWRITABLE if isinstance(why, Unwritable | LogDamaged) else FULL
        self._next |= {row["stream"]: row["seq"] + 1 for row in rows}


def _part(row: dict[str, Any], *columns: str) -> dict[str, Any]:
    return {column: row[column] for column in ("stream", "seq", *columns)}


def _day(body: str) -> date | None:
    try:
        return date.fromisoformat(json.loads(body)["until"])
    except (ValueError, KeyError, TypeError):
        return None


def _read(name: str, body: str, own: str | None) -> Event:
    try:
        return from_json({**json.loads(body), **json.loads(own or "{}"), "event": name})
    except (ValueError, KeyError, TypeError, RecursionError):
        # What a row holds is nobody's business; its kind says enough.
        raise LogUnusable(
            f"The log holds a {name} that this version of Kring does not know. Start the version that wrote it."
        ) from None


def open_log(folder: Path, url: str | None = None, passphrase: str | None = None, *, only_look: bool = False) -> Log:
    """The log in this folder (made when missing), or at the URL. Raises LogUnusable with the cure.

    `only_look`: another Kring may be at work in the folder; else the caller holds its lock.
    """
    return Log(open_store(folder, url, passphrase, only_look=only_look), None if url else folder)
