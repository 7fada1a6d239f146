"""Whoever looks after the device keeps it going and erases it, and reads nothing of a group without its passphrase."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from server.passphrase import change
from server.store import FILE, KEY_FILE
from tests.trust.test_passphrase import PASSPHRASE, ROOT, with_a_meeting


def kring(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """As typed by somebody who has the device and not the passphrase."""
    command, known = [sys.executable, "-m", "server", *words], os.environ | {"XDG_DATA_HOME": str(home)}
    return subprocess.run(command, cwd=ROOT, env=known, input="", capture_output=True, text=True, timeout=120)


def locked(home: Path) -> Path:
    folder = home / "kring"
    folder.mkdir()
    with_a_meeting(folder)
    change(folder, None, PASSPHRASE)
    return folder


def test_what_keeps_the_device_going_needs_no_passphrase_and_tells_nothing(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for words in (("methods",), ("models",), ("doctor",)):
        told = kring(tmp_path, *words)
        assert told.returncode == 0 or words == ("doctor",), told.stderr
        assert told.stdout
        assert "Zebedeus" not in told.stdout + told.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_reading_or_erasing_one_meeting_or_changing_the_lock_needs_it(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    for words in (("kept",), ("kept", "--erase", "--yes"), ("passphrase", "--remove")):
        told = kring(tmp_path, *words)
        assert told.returncode == 2
        assert "locked" in told.stderr
        assert "Zebedeus" not in told.stdout + told.stderr
    for path in (folder / FILE, folder / KEY_FILE):
        assert b"Zebedeus" not in path.read_bytes()


def test_erasing_everything_needs_none_and_leaves_nothing_to_read(tmp_path: Path) -> None:
    folder = locked(tmp_path)
    told = kring(tmp_path, "erase", "--yes")
    assert told.returncode == 0, told.stderr
    assert "locked" in told.stdout
    assert not (folder / FILE).exists()
    assert not (folder / KEY_FILE).exists()
