"""The log: what happened, in order, append-only, encrypted on disk. Never state, never a word, never sound."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, create_engine, delete, func, insert, select
from sqlalchemy import exc as sql
from sqlalchemy import text as as_written
from sqlalchemy.pool import StaticPool

from server.folder import write_private
from server.meeting.events import Event, MeetingClosed, from_json, to_json
from server.meeting.written import PRIVATE

FILE = "meetings.db"
KEY_FILE = "meetings.key"
KEPT = "MeetingKept"
"""Name of the row that says: the group chose to keep this meeting. It is no event of the meeting."""
_FULL = ("disk is full", "disk i/o error", "no space left", "file too large", "readonly database", "unable to open")

_NEWEST_FIRST = {"sqlite": "rowid DESC", "postgresql": "age(xmin)"}
"""The store's own order of writing: the log keeps no time of day."""

_metadata = MetaData()
_log = Table(
    "log",
    _metadata,
    Column("stream", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("body", String, nullable=False),
)
_own = Table(
    "own",
    _metadata,
    Column("stream", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("body", String, nullable=False),
)
"""What is somebody's own in an event (see PRIVATE): forgotten when a meeting is kept, while its numbers stay."""


class LogUnusable(Exception):
    """The log cannot be read or written safely; the message says what to do. The file is never touched."""


class DiskFull(Exception):
    """There is no room for this; nothing was changed. The message says what to do."""


@contextmanager
def _explained() -> Iterator[None]:
    """What the store says, as DiskFull or as LogUnusable with its cure."""
    try:
        yield
    except sql.IntegrityError:
        raise LogUnusable(
            "Another Kring writes in the same log. Stop one of the two; this one no longer writes."
        ) from None
    except sql.DBAPIError as error:
        if any(sign in str(error.orig).lower() for sign in _FULL):
            raise DiskFull("The disk is full. Make some room, then try again.") from None
        raise LogUnusable(f"The log cannot be used: {error.orig}.") from None


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
        bodies = [to_json(event) for event in events]
        self._write(self._rows(stream, [(str(body.pop("event")), body) for body in bodies]))

    def keep(self, stream: str, own: Collection[int] = ()) -> bool:
        """The group chose to keep this meeting; of what people wrote only that of these events (numbered from 0).

        False when the rest is erased but the file could not be tidied. Raises DiskFull.
        """
        self._write(self._rows(stream, [(KEPT, {})]))
        return self.forget_own(stream, own)

    def forget_own(self, stream: str, but: Collection[int] = ()) -> bool:
        """Erase what people wrote in this meeting, but that of these events; as `forget` otherwise."""
        with _explained(), self._engine.begin() as connection:
            connection.execute(delete(_own).where(_own.c.stream == stream, _own.c.seq.not_in(but)))
        for row in self._waiting:
            if row["stream"] == stream and row["seq"] not in but:
                row["own"] = None
        return self._engine.dialect.name != "sqlite" or self._tidied()

    def events(self, stream: str) -> tuple[Event, ...]:
        """Everything that happened in this meeting, in order; what was forgotten of an event is empty."""
        both = _log.outerjoin(_own, (_own.c.stream == _log.c.stream) & (_own.c.seq == _log.c.seq))
        wanted = select(_log.c.name, _log.c.body, _own.c.body).select_from(both)
        wanted = wanted.where(_log.c.stream == stream, _log.c.name != KEPT)
        with _explained(), self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(_log.c.seq)).all()
        return tuple(_read(name, body, own) for name, body, own in rows)

    def unfinished(self) -> tuple[str, ...]:
        """The streams of the meetings that are neither kept nor erased, the newest first."""
        kept = select(_log.c.stream).where(_log.c.name == KEPT)
        opened = select(_log.c.stream).where(_log.c.seq == 0, _log.c.stream.not_in(kept))
        newest_first = as_written(_NEWEST_FIRST.get(self._engine.dialect.name, "stream"))
        with _explained(), self._engine.connect() as connection:
            found = [str(stream) for stream in connection.execute(opened.order_by(newest_first)).scalars()]
        soon_kept = {row["stream"] for row in self._waiting if row["name"] == KEPT}
        return tuple(stream for stream in found if stream not in soon_kept)

    def kept(self) -> tuple[str, ...]:
        """The streams of the meetings that their groups chose to keep, the newest first."""
        newest_first = as_written(_NEWEST_FIRST.get(self._engine.dialect.name, "stream"))
        wanted = select(_log.c.stream).where(_log.c.name == KEPT).order_by(newest_first)
        with _explained(), self._engine.connect() as connection:
            return tuple(str(stream) for stream in connection.execute(wanted).scalars())

    def closed(self) -> frozenset[str]:
        """The streams of the meetings that came to their end."""
        ended = select(_log.c.stream).where(_log.c.name == MeetingClosed.__name__)
        with _explained(), self._engine.connect() as connection:
            return frozenset(str(stream) for stream in connection.execute(ended).scalars())

    def forget(self, *streams: str) -> bool:
        """Erase these meetings; False when they are erased but the file could not be tidied. Raises DiskFull."""
        with _explained(), self._engine.begin() as connection:
            connection.execute(delete(_log).where(_log.c.stream.in_(streams)))
            connection.execute(delete(_own).where(_own.c.stream.in_(streams)))
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
        with _explained(), self._engine.connect() as connection:
            last = connection.execute(select(func.max(_log.c.seq)).where(_log.c.stream == stream)).scalar()
        return 0 if last is None else int(last) + 1

    def _write(self, rows: list[dict[str, Any]]) -> None:
        """On disk or waiting for room; rows that can be neither leave no trace, so that later ones can be written."""
        pending = [*self._waiting, *rows]
        if not pending:
            return
        try:
            with _explained(), self._engine.begin() as connection:
                connection.execute(insert(_log), [_part(row, "name", "body") for row in pending])
                if own := [_part(row | {"body": row["own"]}, "body") for row in pending if row["own"]]:
                    connection.execute(insert(_own), own)
            self._waiting, self.problem = [], None
        except DiskFull:
            self._waiting, self.problem = pending, "disk"
        self._next |= {row["stream"]: row["seq"] + 1 for row in rows}


def _part(row: dict[str, Any], *columns: str) -> dict[str, Any]:
    return {column: row[column] for column in ("stream", "seq", *columns)}


def _read(name: str, body: str, own: str | None) -> Event:
    try:
        return from_json({**json.loads(body), **json.loads(own or "{}"), "event": name})
    except (ValueError, KeyError, TypeError):
        # What a row holds is nobody's business; its kind says enough.
        raise LogUnusable(
            f"The log holds a {name} that this version of Kring does not know. Start the version that wrote it."
        ) from None


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
        with contextlib.suppress(OSError):  # what the database itself cannot do either, it says
            path.touch(mode=0o600)  # its journal gets the same mode
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
    if "readonly" in found:
        return f"{path} cannot be written. Make it readable and writable for you, or give another folder with --data."
    if "not a database" in found:
        return (
            f"{path} does not open with the key beside it: the key is another one, or the file is damaged. "
            "Put the right key file or a copy back, or move both away and start again. Nothing was changed."
        )
    return f"{path} is damaged ({found[:120]}). Put a copy back, or move it away and start again. Nothing was changed."


def _unreachable(error: sql.DBAPIError) -> str:
    return f"The store cannot be reached: {error.orig}. Check the address, or leave --store out to use a file."
