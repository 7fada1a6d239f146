"""Everything is erased by command or by a file on a stick, also when it is locked; and it says what went."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from server import pairing, secret
from server.erasing import erase_all
from server.passphrase import change
from server.stick import DONE, NAMES, done, wishes
from server.store import FILE, KEY_FILE
from tests.trust.test_passphrase import PASSPHRASE, ROOT, kring, with_a_meeting


def whole(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize("locked", [False, True], ids=["with a key file", "locked"])
def test_the_command_erases_every_meeting_key_and_screen_without_a_passphrase(data: Path, locked: bool) -> None:
    with_a_meeting(data)
    if locked:
        change(data, None, PASSPHRASE)
    (data / pairing.FILE).write_text("{}")
    (data / "methods").mkdir()
    (data / "methods" / "eigen.yaml").write_text("id: eigen")
    key = (data / KEY_FILE).read_bytes()
    told = kring("erase", "--data", str(data), "--yes")
    assert told.returncode == 0, told.stderr
    meetings = "removed meetings that were locked" if locked else "removed meetings: 1 that were kept"
    assert meetings in told.stdout
    for name in (FILE, KEY_FILE, pairing.FILE):
        assert f"removed {name}" in told.stdout
        assert not (data / name).exists()
    assert "stays   methods" in told.stdout
    assert key not in whole(data)
    everything = kring("erase", "--data", str(data), "--yes", "--everything")
    assert "removed methods" in everything.stdout
    assert sorted(path.name for path in data.iterdir()) == ["kring.lock"]


def test_without_a_yes_nothing_is_erased(data: Path) -> None:
    with_a_meeting(data)
    before = (data / FILE).read_bytes()
    kring("erase", "--data", str(data), said="n\n")
    assert (data / FILE).read_bytes() == before


def test_a_link_in_the_folder_is_removed_and_not_followed(data: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "holiday.txt").write_text("mine")
    (data / "methods").symlink_to(elsewhere)
    erase_all(data, everything=True)
    assert (elsewhere / "holiday.txt").read_text() == "mine"
    assert not (data / "methods").exists()


def test_a_file_on_a_stick_is_found_by_each_of_its_names(tmp_path: Path) -> None:
    for number, name in enumerate((*NAMES, NAMES[0].upper(), f"{NAMES[1]}.TXT")):
        stick = tmp_path / str(number)
        stick.mkdir()
        (stick / name).touch()
        (stick / "holiday.jpg").touch()
        assert wishes([stick, tmp_path / "gone"]) == [stick / name]
    folder = tmp_path / "folder"
    (folder / NAMES[0]).mkdir(parents=True)
    assert wishes([folder]) == [], "a folder of that name asks for nothing"


def test_a_stick_says_what_went_and_asks_no_more(tmp_path: Path) -> None:
    (tmp_path / NAMES[0]).touch()
    (wish,) = wishes([tmp_path])
    assert done(wish, ["removed meetings.db"])
    assert (tmp_path / DONE).read_text() == "removed meetings.db\n"
    assert wishes([tmp_path]) == []


def may_mount() -> bool:
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], check=False).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="this system lets nobody mount in a namespace of their own")
def test_a_real_stick_erases_at_the_start_before_anything_is_asked(data: Path, tmp_path: Path) -> None:
    with_a_meeting(data)
    change(data, None, PASSPHRASE)
    taken = socket.create_server(("127.0.0.1", 0))
    script = f"""
    mount -t tmpfs none /mnt && mkdir /mnt/stick && mount -t tmpfs none /mnt/stick
    touch /mnt/stick/KRING-WIS-ALLES
    {sys.executable} -m server demo --http --port {taken.getsockname()[1]} </dev/null
    ls /mnt/stick | sed "s/^/after the demonstration: /"
    {sys.executable} -m server --data {data} --http --port {taken.getsockname()[1]} </dev/null
    cat /mnt/stick/{DONE}; ls /mnt/stick
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    taken.close()
    assert "asks to erase everything" in started.stderr, started.stderr
    assert "after the demonstration: KRING-WIS-ALLES" in started.stdout
    assert "removed meetings that were locked" in started.stdout
    assert "KRING-WIS-ALLES" not in started.stdout.splitlines()
    assert not secret.is_wrapped(data)
    again = kring("kept", "--data", str(data))
    assert again.stdout == "Nothing is kept.\n"
