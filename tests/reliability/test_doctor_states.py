"""Every state in which Kring does less or nothing, really made, and what the doctor says of it and of its cure."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server import checkup, nearby
from server.certificates import certificates
from server.log import open_log
from server.passphrase import change
from server.store import FILE, KEY_FILE
from tests.reliability.test_disk import flip_bits
from tests.server.test_log import opened
from tests.server.test_serving import Kring, free_port

ROOT = Path(__file__).parents[2]
PASSPHRASE = "vier woorden voor deze kring"


def with_a_log(data: Path) -> Path:
    log = open_log(data)
    for _ in range(40):
        stream = log.open_stream()
        log.append(stream, [opened(stream)])
    log.close()
    return data


def told(finding: checkup.Finding) -> str:
    """What the line says; a bad one has a cure."""
    assert finding.well or finding.cure
    return str(finding)


def test_a_log_that_is_whole_or_not_there_yet_is_well(data: Path) -> None:
    assert checkup.log(data).well
    assert list(data.iterdir()) == [], "looking makes nothing"
    assert checkup.log(with_a_log(data)) == checkup.Finding(subject="log", well=True, found="whole")


def test_a_locked_log_is_said_to_be_locked_and_nobody_is_asked_for_the_passphrase(data: Path) -> None:
    change(with_a_log(data), None, PASSPHRASE)
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    line = told(checkup.log(data))
    assert "locked" in line
    assert "./kring erase" in line
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before


def test_a_damaged_log_is_named_with_what_to_do(data: Path) -> None:
    flip_bits(with_a_log(data) / FILE, random.Random(3), 200)
    finding = checkup.log(data)
    assert not finding.well
    assert "damaged" in finding.found
    assert "Put" in finding.cure


def test_a_key_that_is_missing_or_another_one_is_named_and_none_is_made(data: Path) -> None:
    key = with_a_log(data) / KEY_FILE
    whole = key.read_text()
    key.write_text("f" * 64)
    assert "does not open with the key" in told(checkup.log(data))
    key.write_text("no key")
    assert "is not a key of Kring" in told(checkup.log(data))
    key.unlink()
    finding = checkup.log(data)
    assert (finding.well, finding.found) == (False, "its key is missing")
    assert KEY_FILE in finding.cure
    assert not key.exists()
    key.write_text(whole)
    assert checkup.log(data).well


def test_a_port_that_another_program_has_is_taken_and_one_that_kring_has_is_well(data: Path, ears: Path) -> None:
    assert checkup.port(data, free_port()).well
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        finding = checkup.port(data, other.getsockname()[1])
    assert "taken" in told(finding)
    assert "--port" in finding.cure
    kring = Kring(data, ears, free_port())
    kring.wait_for_address()
    try:
        assert "Kring is running" in told(checkup.port(data, kring.port))
        assert checkup.log(data).well, "also while a Kring writes in it"
    finally:
        kring.stop()


def test_a_certificate_is_well_until_its_month_and_for_its_address(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "addresses", lambda: ("192.168.7.20", "127.0.0.1"))
    assert [finding.well for finding in checkup.certificate(data)] == [True]
    certificates(data, nearby.names())
    assert all(finding.well for finding in checkup.certificate(data))
    for path in data.glob("kring-*.pem"):
        path.unlink()
    certificates(data, ("192.168.1.77", "kring.local"))
    authority, certificate = checkup.certificate(data)
    assert authority.well
    assert f"is not for {nearby.address()}" in told(certificate)
    assert "start Kring again" in certificate.cure
    monkeypatch.setattr(nearby, "addresses", lambda: ("203.0.113.9", "127.0.0.1"))
    _, certificate = checkup.certificate(data)
    assert "go to kring.local" in certificate.cure, "another start would not help there"
    (data / "kring-cert.pem").write_text("no certificate")
    _, certificate = checkup.certificate(data)
    assert "damaged or missing" in told(certificate)


def at_the_time(when: str, script: str, *words: str) -> str:
    """What a Python with another time of day prints."""
    command = ["faketime", "-f", f"@{when}", sys.executable, "-c", script, *words]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return ran.stdout


LOOK = (
    "import sys; from pathlib import Path; from server import checkup\n"
    "print(checkup.clock()); print(*checkup.certificate(Path(sys.argv[1])), sep='\\n')"
)


def test_a_clock_that_was_never_set_and_a_certificate_near_its_end_are_said_with_their_cures(data: Path) -> None:
    certificates(data, nearby.names())
    unset = at_the_time("2019-01-01 12:00:00", LOOK, str(data)).splitlines()
    assert unset[0].startswith("!!  clock")
    assert "date -s" in unset[0]
    assert unset[2].startswith("!!  certificate")
    later = at_the_time("2027-12-10 12:00:00", LOOK, str(data)).splitlines()
    assert later[0].startswith("ok  clock")
    assert later[1].startswith("ok  authority")
    assert "until 2027-12" in later[2], later
    assert "start Kring again" in later[2]


def test_a_clock_that_is_set_is_well() -> None:
    assert checkup.clock().well


def in_a_namespace(*script: str) -> str:
    """What the lines of a shell print where anybody may mount."""
    joined = " && ".join(script)
    ran = subprocess.run(["unshare", "-rm", "sh", "-c", joined], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_a_disk_that_is_nearly_full_or_read_only_is_said(tmp_path: Path) -> None:
    look = f"{sys.executable} -c 'import sys; from pathlib import Path; from server import checkup; "
    look += "print(checkup.disk(Path(sys.argv[1])))'"
    small, fixed = tmp_path / "small", tmp_path / "fixed"
    small.mkdir()
    fixed.mkdir()
    said = in_a_namespace(
        f"mount -t tmpfs -o size=50m tmpfs {small}",
        f"{look} {small}",
        f"mount --bind {fixed} {fixed}",
        f"mount -o remount,bind,ro {fixed}",
        f"{look} {fixed}",
        f"{look} {fixed}/not/made/yet",
    ).splitlines()
    assert said[0].startswith("!!  disk")
    assert "make room" in said[0]
    assert said[1].startswith("!!  disk")
    assert "cannot be written" in said[1]
    assert "cannot be written" in said[2]
    assert checkup.disk(tmp_path).well


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the ears that may be damaged."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("speech", "methods", "server"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def doctor(checkout: Path, data: Path) -> Callable[..., dict[str, str]]:
    """The command as people type it; its lines by their subject."""

    def run(**environment: str) -> dict[str, str]:
        home = {"XDG_DATA_HOME": str(data), "PULSE_SERVER": "unix:/nonexistent/kring-test"}
        command = [sys.executable, "-m", "server", "doctor"]
        told = subprocess.run(
            command, cwd=checkout, capture_output=True, text=True, timeout=120, env=os.environ | home | environment
        )
        assert "Traceback" not in told.stderr + told.stdout, told.stderr
        lines = told.stdout.splitlines()
        assert (told.returncode == 0) is all(line.startswith("ok") for line in lines)
        assert all("->" in line for line in lines if line.startswith("!!")), told.stdout
        return {line[4:16].strip(): line for line in lines}

    return run


@pytest.mark.audio
def test_no_microphone_and_a_damaged_model_are_said_and_everything_else_is_looked_at_all_the_same(
    checkout: Path, doctor: Callable[..., dict[str, str]], data: Path
) -> None:
    model = checkout / "speech" / "models" / "campplus.onnx"
    whole = model.read_bytes()
    model.write_bytes(whole[:1000])
    (data / "kring").mkdir()
    with_a_log(data / "kring")
    (data / "kring" / KEY_FILE).unlink()
    try:
        lines = doctor()
    finally:
        model.write_bytes(whole)
    assert "tap the seats" in lines["microphone"]
    assert lines["ears"].startswith("!!  ears")
    assert "model is missing or damaged" in lines["ears"]
    assert lines["who speaks"].startswith("!!")
    assert "its key is missing" in lines["log"]
    assert {"disk", "clock", "certificate", "port", "address"} <= lines.keys()


def test_ears_that_fall_at_once_are_said(checkout: Path) -> None:
    main = checkout / "speech" / "__main__.py"
    whole = main.read_text()
    main.write_text("import os\nos.abort()\n")
    try:
        script = "import json; from server import checkup; f = checkup.ears(); print(json.dumps([f.well, str(f)]))"
        ran = subprocess.run([sys.executable, "-c", script], cwd=checkout, capture_output=True, text=True, timeout=60)
    finally:
        main.write_text(whole)
    well, line = json.loads(ran.stdout)
    assert not well
    assert "they fall at once" in line
    assert "tap the seats" in line
