"""Where the log lies: an encrypted file with its key beside it, or a store by its URL. Nothing here knows an event."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, create_engine
from sqlalchemy import exc as sql
from sqlalchemy.pool import StaticPool

from server import secret
from server.folder import check_room, is_full
from server.problems import DiskFull as DiskFull
from server.problems import LogDamaged, Unwritable, WrongPassphrase
from server.problems import LogUnusable as LogUnusable
from server.secret import KEY_FILE as KEY_FILE

FILE = "meetings.db"
_FULL = ("disk is full", "no space left", "file too large")
_UNWRITABLE = ("disk i/o error", "readonly database", "unable to open")
"""Also what the store says of a quota: whether there is room has to be tried."""

METADATA = MetaData()
LOG = Table(
    "log",
    METADATA,
    Column("stream", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("body", String, nullable=False),
)
OWN = Table(
    "own",
    METADATA,
    Column("stream", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("body", String, nullable=False),
)
"""What is somebody's own in an event (see PRIVATE): forgotten when a meeting is kept, while its numbers stay."""


@contextmanager
def explained(folder: Path | None = None) -> Iterator[None]:
    """What the store says, as DiskFull (Unwritable is one) or as LogUnusable (LogDamaged is one) with its cure.

    `folder`: where it lies when it is a file; there it is tried whether there is room.
    """
    try:
        yield
    except sql.IntegrityError:
        raise LogUnusable(
            "Another Kring writes in the same log. Stop one of the two; this one no longer writes."
        ) from None
    except sql.DBAPIError as error:
        said = str(error.orig).lower()
        if any(sign in said for sign in _FULL):
            raise DiskFull from None
        if any(sign in said for sign in _UNWRITABLE):
            raise DiskFull if folder is not None and _lacks_room(folder) else Unwritable from None
        raise LogDamaged(f"The log cannot be used: {error.orig}.") from None


def _lacks_room(folder: Path) -> bool:
    """Whether a write can have failed for lack of room; not where the disk fails or became read-only."""
    try:
        check_room(folder / FILE)
    except OSError as error:
        return is_full(error)
    return False


def open_store(
    folder: Path, url: str | None = None, passphrase: str | None = None, *, only_look: bool = False
) -> Engine:
    """The store in this folder (made when missing), or at the URL. `only_look`: another Kring may be at work in it.

    Raises LogUnusable with the cure; PassphraseNeeded and WrongPassphrase are kinds of it.
    """
    if not url:
        return _in_folder(folder, passphrase, only_look=only_look)
    engine = create_engine(url)
    try:
        METADATA.create_all(engine)
    except sql.DBAPIError as error:
        engine.dispose()
        raise _unreachable(error) from None
    return engine


def _in_folder(folder: Path, passphrase: str | None, *, only_look: bool) -> Engine:
    path, found = folder / FILE, secret.keys(folder, passphrase)
    if not found:
        _first_key(folder, path)
        found = secret.keys(folder, passphrase)
    for name, key in found.items():
        engine = _encrypted(path, key)
        try:
            METADATA.create_all(engine)
            with engine.connect() as connection:
                if (told := connection.exec_driver_sql("PRAGMA quick_check").scalar()) != "ok":
                    raise LogUnusable(_broken(path, str(told)))
        except sql.DBAPIError as error:
            engine.dispose()
            if name != [*found][-1] and "not a database" in str(error.orig):
                continue  # the key was being replaced when Kring stopped: the other one opens it
            if name == secret.NEXT_FILE and KEY_FILE not in found:
                raise WrongPassphrase from None  # it is still the one before
            raise LogUnusable(_broken(path, str(error.orig))) from None
        if not only_look:
            secret.settle(folder, replaced=name == secret.NEXT_FILE)
        return engine
    raise AssertionError("there is a key")


def _first_key(folder: Path, path: Path) -> None:
    """A new key only where no log exists yet."""
    if path.exists():
        raise LogUnusable(
            f"The key {folder / KEY_FILE} is missing, so the meetings in {path} cannot be read. "
            "Put the key file back, or move the meetings away and start again."
        )
    secret.put_away(folder, secret.new_key(), None)


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


def _unreachable(error: sql.DBAPIError) -> LogUnusable:
    return LogUnusable(
        f"The store cannot be reached: {error.orig}. Check the address, or leave --store out to use a file."
    )
