"""How long a group's file takes to open and to write, with the real lock: a table for docs/measurements.md.

.venv/bin/python -P tests/measure/groups.py
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from server.groupfiles import MOST_GROUPS, GroupFiles, new_identity
from server.meeting.refusals import Refused
from tests.group.groups import circle, with_evenings


def seconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def guessed(files: GroupFiles) -> None:
    """A passphrase that opens none."""
    try:
        files.open("a passphrase that opens none")
    except Refused:
        return
    raise AssertionError("it opened one")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        files = GroupFiles(Path(folder))
        for n in range(MOST_GROUPS):
            files.begin(replace(with_evenings(circle(), 9), id=new_identity()), f"four words of ours {n}")
        opening = sorted(seconds(lambda n=n: files.open(f"four words of ours {n}")) for n in range(MOST_GROUPS))  # type: ignore[misc]
        opened = files.open("four words of ours 0")
        writing = [seconds(lambda: files.save(opened)) for _ in range(50)]
        print(f"open the first / the last of {MOST_GROUPS}: {opening[0]:.2f} / {opening[-1]:.2f} s")
        print(f"a passphrase that opens none: {seconds(lambda: guessed(files)):.2f} s")
        print(f"one change: {median(writing) * 1000:.1f} ms, worst {max(writing) * 1000:.1f} ms")
        print(f"size: {len(files.sealed(opened))} bytes")


if __name__ == "__main__":
    main()
