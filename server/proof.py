"""`./kring prove offline`: a meeting in a network of its own in which every packet is recorded. Nothing leaves it.

The network is a Linux network namespace with nothing but loopback in it; whatever is addressed to anywhere else is sent
round on loopback, where it is seen. Before anything starts, one packet is sent out on purpose, to know that it is seen.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CONTROL = ("192.0.2.1", 9)
"""An address that is nobody's (RFC 5737), and the port for what is thrown away."""
LONGEST_SECONDS = 600.0
LOOK_SECONDS = 2.0
"""How often a screen of this machine looks at the page meanwhile."""
_NETWORK = (
    ("ip", "link", "set", "lo", "up"),
    ("ip", "route", "add", "default", "dev", "lo"),
    ("ip", "-6", "address", "add", "fd00::1/128", "dev", "lo"),
    ("ip", "-6", "route", "add", "default", "dev", "lo"),
)
_IPV4, _IPV6, _ARP, _ALL = 0x0800, 0x86DD, 0x0806, 0x0003


class Unprovable(Exception):
    """This system has no such networks; the message says how to see it otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """Where a packet was meant to go."""

    to: str
    port: int | None
    protocol: int
    """Of IANA: 6 is TCP, 17 is UDP, 1 and 58 are ICMP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was recorded."""

    recorder_works: bool
    """The packet that was sent on purpose was seen."""
    seconds: float
    code: int
    """With which the command ended."""
    local: int
    """Packets from this machine to itself: what screens get."""
    outbound: tuple[Packet, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was meant for anywhere else, by a command that ran well, before a recorder that sees."""
        return self.recorder_works and self.code == 0 and not self.outbound


def rehearsal(port: int) -> list[str]:
    """The whole rehearsal through the real ears, twenty times as fast."""
    return [sys.executable, "-m", "server", "demo", "--http", "--once", "--speed", "20", "--port", str(port)]


def prove(command: Sequence[str], port: int | None = None) -> Proof:
    """Run the command where every packet is recorded; a screen looks at that port meanwhile. Raises Unprovable."""
    if sys.platform != "linux" or not shutil.which("unshare") or not shutil.which("ip"):
        raise Unprovable(
            "Here no network of its own can be made (it takes Linux with unshare and ip). "
            "Switch the network off and run ./kring demo: it does all it does."
        )
    inside = [sys.executable, "-m", "server.proof", json.dumps({"command": list(command), "port": port})]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    ran = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--net", "--", *inside],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        told = json.loads(ran.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        why = (ran.stderr.strip().splitlines() or ["no reason was given"])[-1]
        raise Unprovable(
            f"This system lets nobody make a network of their own ({why}). As root it may; or switch the network off "
            "and run ./kring demo."
        ) from None
    return Proof(**{**told, "outbound": tuple(Packet(**packet) for packet in told["outbound"])})


def lines(proof: Proof) -> list[str]:
    """The proof in words."""
    sent = f"recorder   {'sees: a packet sent out on purpose was recorded' if proof.recorder_works else 'SEES NOTHING'}"
    ended = "to its end" if proof.code == 0 else f"BROKEN OFF, exit code {proof.code}: ./kring demo --once says why"
    told = [
        sent,
        f"meeting    {proof.seconds:.0f} s through the real ears, {ended}",
        f"screens    {proof.local} packets within this machine",
        f"elsewhere  {len(proof.outbound)} packets",
    ]
    told += [f"           to {packet.to}:{packet.port}, protocol {packet.protocol}" for packet in proof.outbound[:20]]
    told.append("Nothing left this machine." if proof.holds else "This proves nothing good: look at the lines above.")
    return told


def some_port() -> int:
    """One that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Recorder:
    """Every packet on loopback, from now on."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL))
        self._socket.bind(("lo", 0))
        self._socket.settimeout(0.1)
        self._going = True
        self.local = 0
        self.outbound: list[Packet] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """What was under way is still taken."""
        time.sleep(0.3)
        self._going = False
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while self._going:
            with contextlib.suppress(TimeoutError):
                frame, (_, _, kind, *_) = self._socket.recvfrom(65536)
                if kind == socket.PACKET_OUTGOING:  # each is seen once more as it comes in
                    self._take(frame)

    def _take(self, frame: bytes) -> None:
        packet = destination(frame)
        if packet is not None and ipaddress.ip_address(packet.to).is_loopback:
            self.local += 1
        elif packet is not None:
            self.outbound.append(packet)


def destination(frame: bytes) -> Packet | None:
    """Where this Ethernet frame is addressed to; None for what has no address beyond this machine."""
    kind = struct.unpack_from("!H", frame, 12)[0]
    if kind == _IPV4:
        length, protocol, at = (frame[14] & 15) * 4, frame[23], str(ipaddress.ip_address(frame[30:34]))
    elif kind == _IPV6:
        length, protocol, at = 40, frame[20], str(ipaddress.ip_address(frame[38:54]))
    else:
        return None if kind == _ARP else Packet(to="0.0.0.0", port=None, protocol=255)
    has_port = protocol in (6, 17) and len(frame) >= 14 + length + 4
    port = struct.unpack_from("!H", frame, 14 + length + 2)[0] if has_port else None
    return Packet(to=at, port=port, protocol=protocol)


def _inside(command: Sequence[str], port: int | None) -> dict[str, Any]:
    for step in _NETWORK:
        subprocess.run(step, check=False, stderr=subprocess.DEVNULL)
    recorder = Recorder()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        control.sendto(b"seen?", CONTROL)
    time.sleep(0.3)
    works = any((packet.to, packet.port) == CONTROL for packet in recorder.outbound)
    recorder.outbound.clear()
    began = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, cwd=ROOT)
    code = _looked_at(process, port, began + LONGEST_SECONDS)
    recorder.stop()
    proof = Proof(
        recorder_works=works,
        seconds=round(time.monotonic() - began, 1),
        code=code,
        local=recorder.local,
        outbound=tuple(recorder.outbound),
    )
    return asdict(proof)


def _looked_at(process: subprocess.Popen[bytes], port: int | None, deadline: float) -> int:
    """The command's exit code; meanwhile a screen of this machine asks for the page now and then."""
    while time.monotonic() < deadline:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(LOOK_SECONDS)
        if port is not None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
    process.kill()
    return process.wait()


if __name__ == "__main__":
    print(json.dumps(_inside(**json.loads(sys.argv[1]))), flush=True)
