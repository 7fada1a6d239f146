"""What a power cut may leave of a folder: every write since its last fsync is there, gone, or torn at 512 bytes.

strace records the calls of a real run. A disk (below) takes them one after the other and knows what is surely on it:
the content of a file after fsync of that file, names (made, renamed, removed) after fsync of the folder. Of what came
later any writes may be there, in any order; of the names a beginning, because file systems keep those in a journal.
That is stricter than ext4, where fsync of a new file brings its name along.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

SECTOR = 512
CALLS = "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,lseek"
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """One system call that went well."""

    name: str
    numbers: tuple[int, ...]
    texts: tuple[bytes, ...]
    flags: str
    result: int


def record(command: list[str], trace: Path, cwd: Path) -> None:
    """Run the command and write down its calls."""
    strace = ["strace", "-f", "-xx", "-s", "4000000", "-e", f"trace={CALLS}", "-o", str(trace)]
    subprocess.run([*strace, *command], cwd=cwd, check=True, capture_output=True, timeout=120)


def calls(trace: Path) -> Iterator[Call]:
    """The calls of the recording that went well."""
    with trace.open() as lines:
        for line in lines:
            assert "unfinished" not in line, "the run that is recorded has one thread"
            found = _CALL.match(line)
            if found is None or int(found[3]) < 0:
                continue
            arguments = found[2]
            texts = tuple(bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments))
            plain = _TEXT.sub("", arguments)
            numbers = tuple(int(n) for n in re.findall(r"(?:^|, )(-?\d+)", plain))
            yield Call(name=found[1], numbers=numbers, texts=texts, flags=plain, result=int(found[3]))


@dataclass
class Inode:
    """A file, whatever its name."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)
    """(where, what) of the writes since the last fsync; without what: cut off there."""

    def after(self, writes: list[tuple[int, bytes | None]]) -> bytes:
        """Its content when these came on top of what is sure."""
        content = bytearray(self.sure)
        for at, what in writes:
            if what is None:
                content = content[:at] + bytes(max(0, at - len(content)))
                continue
            content += bytes(max(0, at - len(content)))
            content[at : at + len(what)] = what
        return bytes(content)


class Disk:
    """One folder, as the calls leave it."""

    def __init__(self, folder: Path, progress: Path) -> None:
        self.folder, self.progress = folder, progress
        self.names: dict[str, Inode] = {}
        self.sure_names: dict[str, Inode] = {}
        self.since: list[tuple[str, Inode | None]] = []
        """(name, file) since the folder's last fsync; without file: removed."""
        self.open: dict[int, Inode | str] = {}
        self.places: dict[int, int] = {}
        self.told: list[dict[str, Any]] = []

    def take(self, call: Call) -> bool:
        """One call; whether it changed the folder or what is sure of it."""
        if call.name == "openat":
            return self._opened(call)
        if call.name.startswith(("rename", "unlink")):
            return self._named(call)
        descriptor = call.numbers[0] if call.numbers else -1
        file = self.open.get(descriptor)
        if file is None:
            return False
        if call.name == "lseek":
            self.places[descriptor] = call.result
            return False
        if isinstance(file, str):
            return self._told_or_settled(file, call)
        if call.name in ("fsync", "fdatasync"):
            file.sure, file.since = bytearray(file.after(file.since)), []
        elif call.name == "ftruncate":
            file.since.append((call.numbers[1], None))
        elif call.name == "pwrite64":
            file.since.append((call.numbers[-1], call.texts[0][: call.result]))
        else:
            place = self.places.get(descriptor, 0)
            file.since.append((place, call.texts[0][: call.result]))
            self.places[descriptor] = place + call.result
        return True

    def _told_or_settled(self, which: str, call: Call) -> bool:
        if which == "progress":
            self.told += [json.loads(line) for line in call.texts[0].splitlines()]
            return False
        self.sure_names, self.since = dict(self.names), []
        return True

    def _opened(self, call: Call) -> bool:
        path = Path(call.texts[0].decode())
        self.open.pop(call.result, None)
        self.places[call.result] = 0
        if path in (self.folder, self.progress):
            self.open[call.result] = "folder" if path == self.folder else "progress"
            return False
        if path.parent != self.folder or path.name.endswith(("-shm", ".lock")):
            return False  # what the processes share of the journal is made anew at every start
        made = path.name not in self.names
        if made:
            assert "O_CREAT" in call.flags
            self._name(path.name, Inode())
        file = self.open[call.result] = self.names[path.name]
        if "O_TRUNC" in call.flags:
            file.since.append((0, None))
        return made

    def _named(self, call: Call) -> bool:
        paths = [Path(text.decode()) for text in call.texts]
        if paths[0].parent != self.folder or paths[0].name not in self.names:
            return False
        file = self.names[paths[0].name]
        if call.name.startswith("rename"):
            # One step: the file has one name or the other.
            self.names.pop(paths[0].name)
            self.names[paths[1].name] = file
            self.since.append((f"{paths[0].name}\0{paths[1].name}", file))
        else:
            self._name(paths[0].name, None)
        return True

    def _name(self, name: str, file: Inode | None) -> None:
        self.since.append((name, file))
        if file is None:
            self.names.pop(name)
        else:
            self.names[name] = file

    def after_the_cut(self, how: str, lottery: random.Random) -> dict[str, bytes]:
        """Files by name, as the next start may find them: "least" and "most" of what may be there, "some" or "torn"."""
        kept = {"least": 0, "most": len(self.since)}.get(how, lottery.randint(0, len(self.since)))
        names = dict(self.sure_names)
        for name, file in self.since[:kept]:
            old, _, new = name.partition("\0")
            if new or file is None:
                names.pop(old, None)
            if file is not None:
                names[new or old] = file
        return {name: _content(file, how, lottery) for name, file in names.items()}


def _content(file: Inode, how: str, lottery: random.Random) -> bytes:
    if how == "least":
        return file.after([])
    if how == "most":
        return file.after(file.since)
    if how == "some":
        return file.after([write for write in file.since if lottery.random() < 0.5])
    sectors: list[tuple[int, bytes | None]] = []
    for at, what in file.since:
        if what is None:
            sectors.append((at, None))
            continue
        # At the borders of the disk's sectors, wherever the write began.
        cuts = [0, *range(SECTOR - at % SECTOR, len(what), SECTOR), len(what)]
        sectors += [(at + begin, what[begin:end]) for begin, end in pairwise(cuts)]
    return file.after([write for write in sectors if lottery.random() < 0.5])
