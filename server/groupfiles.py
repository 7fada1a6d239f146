"""Where the groups of this device lie, each in a sealed file of its own. Only a passphrase tells which is whose."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from server import sealed
from server.folder import is_full, settle_names, write_private
from server.group.document import NotAGroup, from_bytes, to_bytes
from server.group.group import Group
from server.group.words import refused
from server.problems import DiskFull, Unwritable, WrongPassphrase
from server.sealed import Damaged, Lock, Newer, NotOurs
from server.secret import overwrite
from server.wrapping import WeakPassphrase

FOLDER = "groups"
SUFFIX = ".kring"
MOST_GROUPS = 8
"""Opening tries them one after the other, each a fifth of a second or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A group with what locks it."""

    group: Group
    lock: Lock


class GroupFiles:
    """The folder of sealed files; used by one thread."""

    def __init__(self, data: Path) -> None:
        """Nothing is read yet, and the folder is made with the first group."""
        self._folder = data / FOLDER

    def open(self, passphrase: str) -> Opened:
        """The group that this passphrase opens. Raises Refused."""
        found = self._found(passphrase)
        if found is None:
            raise refused("wrong_passphrase")
        return found

    def begin(self, group: Group, passphrase: str) -> Opened:
        """A new group with a lock of its own, written. Raises Refused, DiskFull."""
        if len(self._files()) >= MOST_GROUPS:
            raise refused("too_many_groups")
        lock = self._new_lock(group.id, passphrase)
        return self.save(Opened(group=group, lock=lock))

    def save(self, opened: Opened) -> Opened:
        """Write it down, whole or not at all. Raises DiskFull; then the file is what it was."""
        written = replace(opened, group=replace(opened.group, revision=opened.group.revision + 1))
        self._write(self._path(opened.lock.id), sealed.seal(opened.lock, to_bytes(written.group)))
        return written

    def relock(self, opened: Opened, before: str, after: str) -> Opened:
        """Another passphrase, and another key. Raises Refused, DiskFull; then the one before still opens it."""
        try:
            sealed.unseal(self._path(opened.lock.id).read_bytes(), before)
        except (WrongPassphrase, OSError):
            raise refused("wrong_passphrase") from None
        return self.save(replace(opened, lock=self._new_lock(opened.lock.id, after)))

    def forget(self, opened: Opened) -> None:
        """Overwritten, then gone. Raises DiskFull."""
        self._remove(self._path(opened.lock.id))

    def forget_all(self) -> int:
        """All groups of this device are gone; how many there were. Raises DiskFull."""
        files = self._files()
        for path in files:
            self._remove(path)
        return len(files)

    def sealed(self, opened: Opened) -> bytes:
        """The file as it lies here, to carry over."""
        return self._path(opened.lock.id).read_bytes()

    def take_in(self, file: bytes, passphrase: str) -> Opened:
        """A group that was carried here; what lies here gives way to nothing older. Raises Refused, DiskFull."""
        lock, group = self._unsealed(file, passphrase)
        path = self._path(lock.id)
        if not path.exists() and len(self._files()) >= MOST_GROUPS:
            raise refused("too_many_groups")
        if path.exists() and self._revision(path, passphrase) > group.revision:
            raise refused("copy_older")
        self._write(path, file)
        return Opened(group=group, lock=lock)

    def _revision(self, path: Path, passphrase: str) -> int:
        """How often the group there was written; one that cannot be read is worth less than any that can."""
        try:
            return from_bytes(sealed.unseal(path.read_bytes(), passphrase)[1]).revision
        except WrongPassphrase:
            raise refused("copy_locked") from None
        except (Damaged, NotOurs, NotAGroup):
            return 0
        except Newer:
            raise refused("file_newer") from None

    # --- one file ---

    def _found(self, passphrase: str) -> Opened | None:
        for path in self._files():
            with suppress(WrongPassphrase, Damaged, Newer, NotOurs, NotAGroup, OSError):
                lock, written = sealed.unseal(path.read_bytes(), passphrase)
                return Opened(group=from_bytes(written), lock=lock)
        return None

    def _unsealed(self, file: bytes, passphrase: str) -> tuple[Lock, Group]:
        try:
            lock, written = sealed.unseal(file, passphrase)
            return lock, from_bytes(written)
        except WrongPassphrase:
            raise refused("wrong_passphrase") from None
        except Newer:
            raise refused("file_newer") from None
        except NotOurs:
            raise refused("file_foreign") from None
        except (Damaged, NotAGroup):
            raise refused("file_damaged") from None

    def _new_lock(self, identity: str, passphrase: str) -> Lock:
        """Raises Refused: one passphrase opens one group."""
        if self._found(passphrase) is not None:
            raise refused("passphrase_taken")
        try:
            return sealed.new_lock(identity, passphrase)
        except WeakPassphrase:
            raise refused("weak_passphrase") from None

    def _files(self) -> list[Path]:
        return sorted(self._each()) if self._folder.is_dir() else []

    def _each(self) -> Iterator[Path]:
        return (path for path in self._folder.iterdir() if path.suffix == SUFFIX and path.is_file())

    def _path(self, identity: str) -> Path:
        return self._folder / f"{identity}{SUFFIX}"

    def _write(self, path: Path, content: bytes) -> None:
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            write_private(path, content)
        except OSError as error:
            raise _unwritten(error) from None

    def _remove(self, path: Path) -> None:
        overwrite(path)
        try:
            path.unlink(missing_ok=True)
            if self._folder.is_dir():
                settle_names(self._folder)
        except OSError as error:
            raise _unwritten(error) from None


def new_identity() -> str:
    """A random name for a file."""
    return secrets.token_hex(16)


def _unwritten(error: OSError) -> DiskFull:
    return DiskFull() if is_full(error) else Unwritable()
