"""Where the groups of this device lie, each in a sealed file of its own. Only a passphrase tells which is whose."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from server import sealed
from server.folder import is_full, settle_names, write_private
from server.group.document import NotAGroup, from_bytes, to_bytes
from server.group.group import Group
from server.group.words import refused
from server.problems import DiskFull, Unwritable, WrongPassphrase
from server.sealed import SUFFIX, Damaged, Lock, Newer, NotOurs
from server.secret import overwrite
from server.wrapping import CannotDerive, is_enough

FOLDER = "groups"
LONGEST_TRAIL = 200
"""Writings that are told apart; a copy that is older than these is another one."""
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
        found, whole = self._found(passphrase)
        if found is None:
            raise refused("wrong_passphrase" if whole else "damaged_here")
        return found

    def begin(self, group: Group, passphrase: str) -> Opened:
        """A new group with a lock of its own, written. Raises Refused, DiskFull."""
        if len(self._files()) >= MOST_GROUPS:
            raise refused("too_many_groups")
        lock = self._new_lock(group.id, passphrase)
        return self.save(Opened(group=group, lock=lock))

    def save(self, opened: Opened) -> Opened:
        """Write it down, whole or not at all. Raises DiskFull; then the file is what it was."""
        trail = (*opened.group.trail, secrets.token_hex(4))[-LONGEST_TRAIL:]
        written = replace(opened, group=replace(opened.group, trail=trail))
        self._write(self._path(opened.lock.id), sealed.seal(opened.lock, to_bytes(written.group)))
        return written

    def relock(self, opened: Opened, before: str, after: str) -> Opened:
        """Another passphrase, and another key. Raises Refused, DiskFull; then the one before still opens it."""
        try:
            sealed.unseal(self._path(opened.lock.id).read_bytes(), before)
        except CannotDerive:
            raise refused("no_memory") from None
        except (WrongPassphrase, Damaged, Newer, NotOurs, OSError):
            raise refused("wrong_passphrase") from None
        return self.save(replace(opened, lock=self._new_lock(opened.lock.id, after)))

    def forget(self, opened: Opened) -> None:
        """Overwritten, then gone. Raises DiskFull."""
        self._remove(self._path(opened.lock.id))
        self.tidy()

    def forget_all(self) -> int:
        """All groups of this device are gone; how many there were. Raises DiskFull."""
        files = self._files()
        for path in files:
            self._remove(path)
        self.tidy()
        return len(files)

    def tidy(self) -> None:
        """Take away what a power cut left: half a file, or one that was being forgotten. Raises DiskFull."""
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            half = path.name.endswith(f"{SUFFIX}.new")
            if path.is_file() and (half or (path.suffix == SUFFIX and not any(path.read_bytes()))):
                self._remove(path)

    def sealed(self, opened: Opened) -> bytes:
        """The file as it lies here, to carry over."""
        return self._path(opened.lock.id).read_bytes()

    def follows(self, opened: Opened, file: bytes) -> bool:
        """Whether the group that is open came of what is in this file, so that the file may give way to it."""
        try:
            there = _a_group(opened.lock, sealed.opened_by(opened.lock, file))
        except (Damaged, NotOurs, Newer, NotAGroup):
            return False
        return there.trail[-1] in opened.group.trail

    def take_in(self, file: bytes, passphrase: str) -> Opened:
        """A group that was carried here; what lies here gives way to nothing older. Raises Refused, DiskFull."""
        lock, group = self._unsealed(file, passphrase)
        path = self._path(lock.id)
        if not path.exists() and len(self._files()) >= MOST_GROUPS:
            raise refused("too_many_groups")
        if path.exists():
            self._check_follows(path, group, passphrase)
        self._write(path, file)
        return Opened(group=group, lock=lock)

    def _check_follows(self, path: Path, group: Group, passphrase: str) -> None:
        """Raises Refused unless the copy came of what lies here; what cannot be read gives way to anything."""
        try:
            here = _opened(path.read_bytes(), passphrase)[1]
        except WrongPassphrase:
            raise refused("copy_locked") from None
        except CannotDerive:
            raise refused("no_memory") from None
        except (Damaged, NotOurs, NotAGroup):
            return
        except Newer:
            raise refused("file_newer") from None
        if here.trail[-1] not in group.trail:
            raise refused("copy_older" if group.trail[-1] in here.trail else "copy_differs")

    # --- one file ---

    def _found(self, passphrase: str) -> tuple[Opened | None, bool]:
        """The group, and whether every file that was tried is whole. Raises Refused."""
        whole = True
        for path in self._files():
            try:
                lock, group = _opened(path.read_bytes(), passphrase)
            except CannotDerive:
                raise refused("no_memory") from None
            except (Damaged, NotOurs, NotAGroup):
                whole = False
            except (WrongPassphrase, Newer, OSError):
                continue
            else:
                return Opened(group=group, lock=lock), whole
        return None, whole

    def _unsealed(self, file: bytes, passphrase: str) -> tuple[Lock, Group]:
        try:
            return _opened(file, passphrase)
        except CannotDerive:
            raise refused("no_memory") from None
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
        if not is_enough(passphrase):
            raise refused("weak_passphrase")
        if self._found(passphrase)[0] is not None:
            raise refused("passphrase_taken")
        return sealed.new_lock(identity, passphrase)

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


def _opened(file: bytes, passphrase: str) -> tuple[Lock, Group]:
    """Raises WrongPassphrase, CannotDerive, NotOurs, Newer, Damaged, NotAGroup."""
    lock, written = sealed.unseal(file, passphrase)
    return lock, _a_group(lock, written)


def _a_group(lock: Lock, written: bytes) -> Group:
    """Raises NotAGroup."""
    group = from_bytes(written)
    if group.id != lock.id or not group.trail:
        raise NotAGroup("it is another one's")
    return group


def new_identity() -> str:
    """A random name for a file."""
    return secrets.token_hex(16)


def _unwritten(error: OSError) -> DiskFull:
    return DiskFull() if is_full(error) else Unwritable()
