"""Writes the hashes of all files of every pinned version into the lists of packages. Only this asks PyPI for them.

pip install uv                                         # into any environment; nothing else of Kring needs it
.venv/bin/python -P tests/measure/hashes.py            # after a version was changed; needs the network
.venv/bin/python -P tests/measure/hashes.py --check    # nothing is written; exit code 1 when something differs
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.+!]+)")
HASH = re.compile(r"\s*--hash=(?P<hash>sha256:[0-9a-f]{64})")
COMPILE = ("pip", "compile", "--universal", "--python-version", "3.11", "--no-deps", "--generate-hashes", "-q", "-")

Hashes = Mapping[str, list[str]]
"""By "name==version", the name as PyPI writes it."""


def bare(lines: Iterable[str]) -> Iterator[str]:
    """The lines as a person writes them: without hashes."""
    return (line.removesuffix("\\").rstrip() for line in lines if not HASH.match(line))


def with_hashes(lines: Iterable[str], hashes: Hashes) -> Iterator[str]:
    """The same lines in the same order, each pinned version with its hashes below it."""
    for line in bare(lines):
        pinned = PIN.match(line)
        found = [] if pinned is None else hashes[pin(pinned)]
        yield " \\\n".join([line, *(f"    --hash={one}" for one in found)])


def pin(found: re.Match[str]) -> str:
    """Name and version, however the name is spelled."""
    return f"{re.sub(r'[-_.]+', '-', found['name']).lower()}=={found['version']}"


def told(lines: Iterable[str]) -> Hashes:
    """The hashes that stand below each version."""
    hashes: dict[str, list[str]] = {}
    of = ""
    for line in lines:
        if pinned := PIN.match(line):
            of = pin(pinned)
            hashes[of] = []
        elif one := HASH.match(line):
            hashes[of].append(one["hash"])
    return hashes


def published(lines: Iterable[str]) -> Hashes:
    """What PyPI tells of these versions: wheels for all machines, and the sources."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("This needs uv: pip install uv")
    wanted = "\n".join(line for line in bare(lines) if PIN.match(line))
    done = subprocess.run([uv, *COMPILE], input=wanted, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return told(done.stdout.splitlines())


def main(check: bool) -> int:
    """The exit code."""
    different = []
    for name in LISTS:
        path = ROOT / name
        before = path.read_text(encoding="utf-8")
        lines = before.splitlines()
        after = "\n".join(with_hashes(lines, published(lines))) + "\n"
        if after != before:
            different.append(name)
            if not check:
                path.write_text(after, encoding="utf-8")
    print("\n".join(f"{name}: {'differs' if check else 'written'}" for name in different) or "Nothing to do.")
    return 1 if check and different else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
