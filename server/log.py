"""The log: what happened, in order, append-only, encrypted on disk. Never state, never a word, never sound."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, create_engine, delete, func, insert, select
from sqlalchemy import exc as sql
from sqlalchemy.pool import StaticPool

from server.folder import write_private
from server.meeting.events import Event, MeetingClosed, from_json, to_json

FILE = "meetings.db"
KEY_FILE = "meetings.key"
KEPT = "MeetingKept"
"""Name of the row that says: the group chose to keep this meeting. It is no event of the meeting."""
_FULL = ("disk is full", "disk i/o error", "no space left", "file too large", "readonly database", "unable to open")

_metadata = MetaData()
_log = Table(
    "log",
    _metadata,
    Column("stream", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("body", String, nullable=False),
)


class LogUnusable(Exception):
    """The log cannot be read or written safely; the message says what to do. The file is never touched."""


class Log:
    """One append-only table. When the disk is full events wait in memory and are written as soon as there is room."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._next: dict[str, int] = {}
        self._waiting: list[dict[str, Any]] = []
        self.problem: str | None = None
        """Why events are not on disk at this moment, in a word: "disk"."""

    def open_stream(self) -> str:
        """A name for a new meeting, saying nothing about it."""
        stream = secrets.token_hex(8)
        self._next[stream] = 0
        return stream

    def append(self, stream: str, events: Sequence[Event]) -> None:
        """Add the events after the last of this stream, all or none, on disk before returning (or in `problem`)."""
        rows = []
        for event in events:
            body = to_json(event)
            rows.append(self._row(stream, str(body.pop("event")), body))
        self._write(rows)

    def keep(self, stream: str) -> None:
        """The group chose to keep this meeting."""
        self._write([self._row(stream, KEPT, {})])

    def events(self, stream: str) -> tuple[Event, ...]:
        """Everything that happened in this meeting, in order."""
        wanted = select(_log.c.name, _log.c.body).where(_log.c.stream == stream, _log.c.name != KEPT)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(_log.c.seq)).all()
        try:
            return tuple(from_json({**json.loads(body), "event": name}) for name, body in rows)
        except ValueError as error:
            raise LogUnusable(
                f"The log holds what this version of Kring does not know ({error}). Start the version that wrote it."
            ) from None

    def unfinished(self) -> str | None:
        """The stream of the meeting that is still open, or closed and neither kept nor erased."""
        kept = select(_log.c.stream).where(_log.c.name == KEPT)
        opened = select(_log.c.stream, _log.c.body).where(_log.c.seq == 0, _log.c.stream.not_in(kept))
        closed = select(_log.c.stream).where(_log.c.name == MeetingClosed.__name__)
        with self._engine.connect() as connection:
            rows = [row.stream for row in connection.execute(opened)]
            done = {row.stream for row in connection.execute(closed)}
        candidates = sorted(rows, key=lambda stream: stream in done)
        return str(candidates[0]) if candidates else None

    def forget(self, stream: str) -> None:
        """Erase a meeting so that nothing of it remains in the file."""
        self._waiting = [row for row in self._waiting if row["stream"] != stream]
        self._next.pop(stream, None)
        with self._engine.begin() as connection:
            connection.execute(delete(_log).where(_log.c.stream == stream))
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()

    def close(self) -> None:
        """Write what waits, if there is room, and let go of the file."""
        self._write([])
        self._engine.dispose()

    def _row(self, stream: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
        seq = self._next[stream] if stream in self._next else self._count(stream)
        self._next[stream] = seq + 1
        return {"stream": stream, "seq": seq, "name": name, "body": json.dumps(body, ensure_ascii=False)}

    def _count(self, stream: str) -> int:
        with self._engine.connect() as connection:
            last = connection.execute(select(func.max(_log.c.seq)).where(_log.c.stream == stream)).scalar()
        return 0 if last is None else int(last) + 1

    def _write(self, rows: list[dict[str, Any]]) -> None:
        self._waiting += rows
        if not self._waiting:
            return
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_log), self._waiting)
        except sql.IntegrityError:
            raise LogUnusable(
                "Another Kring writes in the same log. Stop one of the two; this one no longer writes."
            ) from None
        except sql.DBAPIError as error:
            if not any(sign in str(error.orig).lower() for sign in _FULL):
                raise LogUnusable(f"The log cannot be written: {error.orig}.") from None
            self.problem = "disk"
            return
        self._waiting.clear()
        self.problem = None


def open_log(folder: Path, url: str | None = None) -> Log:
    """The log in this folder (made when missing), or at the URL. Raises LogUnusable with the cure."""
    engine = create_engine(url) if url else _encrypted(folder / FILE, _key(folder))
    try:
        _metadata.create_all(engine)
        if not url:
            with engine.connect() as connection:
                if (found := connection.exec_driver_sql("PRAGMA quick_check").scalar()) != "ok":
                    raise LogUnusable(_broken(folder / FILE, str(found)))
    except sql.DBAPIError as error:
        engine.dispose()
        raise LogUnusable(_broken(folder / FILE, str(error.orig)) if not url else _unreachable(error)) from None
    return Log(engine)


def _encrypted(path: Path, key: str) -> Engine:
    from sqlcipher3 import dbapi2

    def connect() -> Any:
        connection = dbapi2.connect(str(path), check_same_thread=False)
        # Its own complaints go to standard error with time and page numbers; we say what to do instead.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        try:
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except dbapi2.Error:
            connection.close()
            raise
        return connection

    return create_engine("sqlite://", module=dbapi2, creator=connect, poolclass=StaticPool)


def _key(folder: Path) -> str:
    """64 hexadecimal digits from the key file; a new key only where no log exists yet."""
    path = folder / KEY_FILE
    if not path.exists():
        if (folder / FILE).exists():
            raise LogUnusable(
                f"The key {path} is missing, so the meetings in {folder / FILE} cannot be read. "
                "Put the key file back, or move the meetings away and start again."
            )
        write_private(path, secrets.token_hex(32).encode())
    key = path.read_text(errors="replace").strip()
    if len(key) != 64 or set(key) - set("0123456789abcdef"):
        raise LogUnusable(f"{path} is not a key of Kring. Put the right key file back, or move it and {FILE} away.")
    return key


def _broken(path: Path, found: str) -> str:
    with path.open("rb") as file:
        if file.read(15) == b"SQLite format 3":
            return f"{path} belongs to another program. Move it away, or give another folder with --data."
    if "not a database" in found:
        return (
            f"{path} does not open with the key beside it: the key is another one, or the file is damaged. "
            "Put the right key file or a copy back, or move both away and start again. Nothing was changed."
        )
    return f"{path} is damaged ({found[:120]}). Put a copy back, or move it away and start again. Nothing was changed."


def _unreachable(error: sql.DBAPIError) -> str:
    return f"The store cannot be reached: {error.orig}. Check the address, or leave --store out to use a file."
