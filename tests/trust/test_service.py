"""The systemd unit, and the watchdog that it asks for."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from server.service import LOCAL, unit
from server.troubles import Troubles
from server.watchdog import HUNG_SECONDS, TELL_SECONDS, Heartbeat, Watchdog
from tests.server.test_serving import Kring, free_port
from tests.trust.test_passphrase import kring

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")


def told(text: str) -> dict[str, list[str]]:
    """Every setting of the unit."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def test_the_unit_speaks_with_nobody_beyond_the_local_network_and_leaves_no_image_of_memory() -> None:
    settings = told(unit("kring"))
    assert settings["IPAddressDeny"] == ["any"]
    assert settings["IPAddressAllow"] == [" ".join(LOCAL)]
    assert all(
        network == "localhost" or network.split("/")[0].startswith(("10.", "172.16.", "192.168.", "169.254.", "f"))
        for network in LOCAL
    )
    assert (settings["LimitCORE"], settings["MemorySwapMax"]) == (["0"], ["0"])
    assert settings["Restart"] == ["always"]
    assert float(settings["WatchdogSec"][0]) > HUNG_SECONDS + TELL_SECONDS
    (command,) = settings["ExecStart"]
    assert Path(command.split()[0]).exists(), "what it starts is there"


def test_the_command_prints_the_unit_alone_so_that_it_can_be_saved() -> None:
    printed = kring("service", "--user", "kring")
    assert printed.stdout == unit("kring")
    assert "systemctl enable" in printed.stderr


@needs_systemd
def test_systemd_understands_every_line_and_finds_little_exposed(tmp_path: Path) -> None:
    file = tmp_path / "kring.service"
    file.write_text(unit("games"))
    checked = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False)
    assert "kring.service" not in checked.stderr, checked.stderr
    exposed = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert exposed.returncode == 0, exposed.stdout[-300:]


class Watch:
    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_a_table_that_hangs_is_no_longer_well_and_a_step_makes_it_so() -> None:
    watch = Watch()
    heartbeat = Heartbeat(watch)
    watch.seconds += HUNG_SECONDS + 1
    assert not heartbeat.well()
    Troubles(print, heartbeat.beat).carefully(lambda: None)
    assert heartbeat.well()


def test_systemd_is_told_only_while_all_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = str(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    well, watch = [True], Watch()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(0.2)
        watchdog = Watchdog(lambda: well[0], watch)
        watchdog.look()
        assert systemd.recv(100) == b"WATCHDOG=1"
        watchdog.look()
        with pytest.raises(TimeoutError):
            systemd.recv(100)
        well[0], watch.seconds = False, watch.seconds + TELL_SECONDS
        watchdog.look()
        with pytest.raises(TimeoutError):
            systemd.recv(100)


def test_a_real_kring_tells_systemd_that_it_is_ready_and_then_that_it_is_well(
    data: Path, ears: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = str(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    heard: list[str] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(0.2)

        def listen() -> None:
            while True:
                try:
                    heard.append(systemd.recv(500).decode())
                except TimeoutError:
                    continue
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
        running = Kring(data, ears, free_port())
        try:
            running.wait_for_address()
            deadline = time.monotonic() + 20
            while "WATCHDOG=1" not in heard:
                assert time.monotonic() < deadline, heard
                time.sleep(0.05)
        finally:
            running.stop()
    assert any(line.startswith("READY=1") for line in heard)
    assert os.environ["NOTIFY_SOCKET"] == address
