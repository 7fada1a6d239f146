"""Connections that begin something and never finish it must not keep anybody out."""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from server.patience import ADDRESS_CONNECTIONS, REQUEST_SECONDS
from server.serve import THREADS
from tests.security.conftest import at_once
from tests.server.test_serving import Kring, Tablet, free_port, sit_down

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
SILENT = 50
UPGRADE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
BEGINNINGS = {
    "says nothing": "",
    "half a request line": "GET /hea",
    "half the headers": "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Slow: a",
    "half a body": "POST /pair HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    'Content-Length: 100\r\n\r\n{{"pin": "1',
    "half a chunk": "POST /pair HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{{",
    "upgraded, then silent": UPGRADE,
}
CLIENT_HELLO_BEGINNING = bytes.fromhex("1603010200010001fc0303")
"""Says that 512 bytes follow, and sends six of them."""


@pytest.fixture
def lines() -> Iterator[list[socket.socket]]:
    opened: list[socket.socket] = []
    yield opened
    for line in opened:
        line.close()


def connected(kring: Kring, begin: bytes, address: str = "127.0.0.1") -> socket.socket:
    line = socket.create_connection(("127.0.0.1", kring.port), timeout=5, source_address=(address, 0))
    with contextlib.suppress(OSError):
        line.sendall(begin)
    return line


def ended(line: socket.socket, within: float) -> bool:
    """Whether the server closed this one; what it still says is read over."""
    deadline = time.monotonic() + within
    try:
        while (left := deadline - time.monotonic()) > 0:
            line.settimeout(left)
            if not line.recv(4096):
                return True
    except TimeoutError:
        return False
    except OSError:
        return True
    return False


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_fifty_of_them_cost_a_tablet_and_a_newcomer_less_than_a_second(
    served: Kring, lines: list[socket.socket], beginning: str
) -> None:
    tablet = Tablet(served)
    sit_down(tablet)
    lines += [connected(served, BEGINNINGS[beginning].format(port=served.port).encode()) for _ in range(SILENT)]
    waited = []
    for _ in range(5):
        began = time.monotonic()
        assert requests.get(f"{served.url}/healthz", timeout=5).ok
        assert tablet.ask({"command": "ParkAdvice"}) == {"ok": True}
        waited.append(time.monotonic() - began)
    assert at_once(waited)
    tablet.close()


def test_fifty_half_handshakes_cost_a_newcomer_less_than_a_second(
    data: Path, tmp_path: Path, lines: list[socket.socket]
) -> None:
    ears = tmp_path / "ears"
    ears.mkdir()
    kring = Kring(data, ears, free_port(), "https")
    kring.wait_for_address()
    try:
        lines += [connected(kring, CLIENT_HELLO_BEGINNING) for _ in range(SILENT)]
        trust = ssl.create_default_context(cafile=str(data / "kring-ca.pem"))
        waited = []
        for _ in range(5):
            began = time.monotonic()
            with (
                socket.create_connection(("127.0.0.1", kring.port), timeout=5) as raw,
                trust.wrap_socket(raw, server_hostname="127.0.0.1") as line,
            ):
                line.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                assert line.recv(100).startswith(b"HTTP/1.1 200")
            waited.append(time.monotonic() - began)
        assert at_once(waited)
        assert all(ended(line, REQUEST_SECONDS + 10) for line in lines)
    finally:
        kring.stop()


def test_one_address_has_so_many_connections_and_no_more(served: Kring, lines: list[socket.socket]) -> None:
    lines += [connected(served, b"GET /hea", "127.0.0.9") for _ in range(ADDRESS_CONNECTIONS + 10)]
    assert [ended(line, 1) for line in lines[-10:]] == [True] * 10
    lines[0].sendall(b"lthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    assert lines[0].recv(100).startswith(b"HTTP/1.1 200"), "the others are served"
    assert ended(lines[0], 2)
    lines.append(connected(served, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "127.0.0.9"))
    assert lines[-1].recv(100).startswith(b"HTTP/1.1 200"), "a place that was given back is free"


def test_a_request_that_is_not_finished_in_time_is_given_up_though_every_second_a_byte_comes(
    served: Kring, lines: list[socket.socket]
) -> None:
    lines.append(connected(served, b"GET /healthz HTTP/1.1\r\nX-Slow: ", "127.0.0.10"))
    began = time.monotonic()
    while time.monotonic() - began < REQUEST_SECONDS + 12 and not ended(lines[0], 1):
        with contextlib.suppress(OSError):
            lines[0].sendall(b"a")
    assert REQUEST_SECONDS - 1 < time.monotonic() - began < REQUEST_SECONDS + 10


def test_when_every_thread_is_taken_it_lasts_no_longer_than_a_request_may(
    served: Kring, lines: list[socket.socket]
) -> None:
    needed = THREADS // ADDRESS_CONNECTIONS + 1
    for last in range(20, 20 + needed):
        lines += [connected(served, b"GET /hea", f"127.0.0.{last}") for _ in range(ADDRESS_CONNECTIONS)]
    began = time.monotonic()
    assert requests.get(f"{served.url}/healthz", timeout=30).ok
    assert time.monotonic() - began < REQUEST_SECONDS + 10
