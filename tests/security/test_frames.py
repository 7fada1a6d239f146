"""What is too large or has no meaning, on each of the three floors: HTTP, Engine.IO, WebSocket. The others go on."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
import zlib
from collections.abc import Iterator

import pytest
import requests
import websocket

from server.settings import DoorSettings
from tests.security.raw import answered, asked
from tests.server.tables import eventually
from tests.server.test_serving import Kring, Tablet, sit_down

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
LARGEST = DoorSettings().message_bytes
POLLING = "/socket.io/?EIO=4&transport=polling"


@pytest.fixture
def tablet(served: Kring) -> Iterator[Tablet]:
    """A screen of somebody else; whatever happened, it is still answered at once."""
    tablet = Tablet(served)
    sit_down(tablet)
    yield tablet
    began = time.monotonic()
    assert tablet.ask({"command": "ParkAdvice"}) == {"ok": True}
    assert time.monotonic() - began < 4
    tablet.close()
    assert "Traceback" not in served.errors.read_text()


HTTP = {
    "no request": b"hello\r\n\r\n",
    "bytes": bytes(range(256)) * 10,
    "a line without end": b"GET /" + b"a" * 1_000_000,
    "a very long path": b"GET /" + b"a" * 8000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a very long header": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
    "very many headers": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: a\r\n" * 5000 + b"\r\n",
    "two lengths": b"POST /pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}",
    "a length below nought": b"POST /pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n{}",
    "a length and chunks": b"POST /pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /whoami HTTP/1.1\r\n\r\n",
    "a chunk of a terabyte": b"POST /pair HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"fffffffffff\r\n" + b"a" * 10_000,
    "another version": b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    "a proxy's request": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    "an address as path": b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    "a name in two lines": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n evil: x\r\n\r\n",
    "the beginning of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9),
    "TLS": bytes.fromhex("1603010200010001fc0303") + bytes(505),
}


@pytest.mark.parametrize("kind", HTTP)
def test_what_is_no_request_is_refused(served: Kring, tablet: Tablet, kind: str) -> None:
    told = answered(served, HTTP[kind], seconds=2)
    assert told.status == 0 or 400 <= told.status < 600 or (kind == "a very long path" and told.status == 404)
    assert b"Traceback" not in told.body
    assert b"facilitator" not in told.body


@pytest.mark.parametrize("size", [4097, 70_000, 20_000_000])
def test_a_body_that_is_too_large_is_refused_before_it_is_read(served: Kring, tablet: Tablet, size: int) -> None:
    began = time.monotonic()
    told = asked(served, "/pair", "Content-Type: application/json", method="POST", body=b'{"pin": "' + b"2" * size)
    assert told.status in (0, 413)
    assert time.monotonic() - began < 5


def test_a_body_of_chunks_without_end_is_not_kept(served: Kring, tablet: Tablet) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=5) as line:
        line.sendall(b"POST /pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n")
        line.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
        sent = 0
        try:
            while sent < 5_000_000:
                line.sendall(b"1000\r\n" + b"a" * 4096 + b"\r\n")
                sent += 4096
        except OSError:
            pass
        assert sent < 5_000_000, "it was read to the end"


def cookie_of(screen: Tablet) -> str:
    return "; ".join(f"{one.name}={one.value}" for one in screen.session.cookies)


PACKETS = {
    "too large": "42" + "x" * (LARGEST + 1),
    "just small enough": '42["command","' + "x" * (LARGEST - 20) + '"]',
    "thousands at once": "\x1e".join(["42[]"] * 5000),
    "sixteen at once": "\x1e".join(['42["command",{}]'] * 16),
    "no type": "hello",
    "a type that is not there": "9",
    "binary that is none": "b====",
    "binary without its event": "bAAAA",
    "not JSON": "42{",
    "deep": "42" + "[" * 30_000,
    "no list": '42{"command": 1}',
    "a number as name": "42[1, 2]",
    "a reserved name": '42["connect"]',
    "another reserved name": '42["disconnect", "x"]',
    "attachments that never come": '452-["command",{"_placeholder":true,"num":0}]',
    "a million attachments": '45999999999-["command"]',
    "an answer to nothing": "4312345[]",
    "an answer with a huge number": "43" + "9" * 5000 + "[]",
    "another place": "40/elsewhere,{}",
    "a very long place": "40/" + "a" * 60_000 + ",",
    "close, and then more": "1\x1e42[]",
    "a ping of theirs": "2probe",
    "an upgrade from nowhere": "5",
    "half a character": '42["\\ud800"]',
    "a nought": "42[\x00]",
    "not a number": '42["command", NaN]',
    "a very large number": '42["command", ' + "9" * 10_000 + "]",
}


@pytest.mark.parametrize("kind", PACKETS)
def test_what_is_no_packet_harms_nobody_else_by_polling(served: Kring, tablet: Tablet, kind: str) -> None:
    session = requests.Session()
    session.headers["Cookie"] = cookie_of(tablet)
    opened = session.get(f"{served.url}{POLLING}", timeout=5).text
    sid = opened.partition('"sid":"')[2].partition('"')[0]
    session.post(f"{served.url}{POLLING}&sid={sid}", data="40", timeout=5)
    told = session.post(
        f"{served.url}{POLLING}&sid={sid}", data=PACKETS[kind].encode("utf-8", "surrogatepass"), timeout=5
    )
    assert told.status_code in (200, 400)
    assert "Traceback" not in told.text
    session.close()


@pytest.mark.parametrize("kind", PACKETS)
def test_what_is_no_packet_harms_nobody_else_over_a_websocket(served: Kring, tablet: Tablet, kind: str) -> None:
    line = opened_line(served, tablet)
    try:
        line.send(PACKETS[kind].partition("\x1e")[0])
        line.settimeout(0.3)
        for _ in range(3):
            line.recv()
    except (OSError, websocket.WebSocketException):
        pass
    finally:
        line.close()


def opened_line(kring: Kring, screen: Tablet) -> websocket.WebSocket:
    address = f"ws://127.0.0.1:{kring.port}/socket.io/?EIO=4&transport=websocket"
    line = websocket.create_connection(address, cookie=cookie_of(screen), timeout=5)
    line.recv()
    line.send("40")
    line.recv()
    return line


def frame(first: int, payload: bytes, *, masked: bool = True, length: int | None = None) -> bytes:
    """A frame as it is on the line, with a length that may be a lie."""
    said = len(payload) if length is None else length
    mark = 0x80 if masked else 0
    if said < 126:
        head = bytes([first, mark | said])
    elif said < 65536:
        head = bytes([first, mark | 126]) + struct.pack("!H", said)
    else:
        head = bytes([first, mark | 127]) + struct.pack("!Q", said)
    return head + (bytes(4) if masked else b"") + payload


def bomb() -> bytes:
    """Four megabytes that are a few kilobytes on the line."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (squeeze.compress(b"4" * 4_000_000) + squeeze.flush(zlib.Z_SYNC_FLUSH))[:-4]


FRAMES = {
    "not masked": frame(0x81, b"42[]", masked=False),
    "a kind that is not there": frame(0x83, b"x"),
    "bits that are not agreed on": frame(0xF1, b"x"),
    "half a character": frame(0x81, b"\xc3"),
    "a lie of exabytes": frame(0x81, b"4", length=2**63 - 1),
    "a length with its sign": frame(0x81, b"4", length=2**64 - 1),
    "a ping that is too long": frame(0x89, b"x" * 200),
    "a ping in pieces": frame(0x09, b"x"),
    "going on with nothing": frame(0x80, b"x"),
    "a beginning, and another": frame(0x01, b"4") + frame(0x01, b"2"),
    "pieces without end": frame(0x01, b"4") + frame(0x00, b"x" * 1000) * 300,
    "a code that is none": frame(0x88, b"\x00\x01"),
    "half a code": frame(0x88, b"\x03"),
    "four megabytes in four kilobytes": frame(0xC1, bomb()),
    "a thousand pings": frame(0x89, b"") * 1000,
    "HTTP": b"GET / HTTP/1.1\r\n\r\n",
}


@pytest.mark.parametrize("kind", FRAMES)
def test_what_is_no_frame_ends_that_line_or_says_nothing(served: Kring, tablet: Tablet, kind: str) -> None:
    line = opened_line(served, tablet)
    try:
        line.sock.sendall(FRAMES[kind])
        line.sock.settimeout(0.3)
        for _ in range(5):
            if not line.sock.recv(65536):
                break
    except OSError:
        pass
    finally:
        line.shutdown()


def test_a_line_that_is_fed_what_is_too_large_ends_and_memory_does_not_grow(served: Kring, tablet: Tablet) -> None:
    import psutil

    served_by = max(psutil.Process(served.process.pid).children(), key=lambda one: one.memory_info().rss)
    before = served_by.memory_info().rss
    for _ in range(20):
        line = opened_line(served, tablet)
        sent = 0
        with contextlib.suppress(OSError):
            line.sock.sendall(frame(0x01, b"4"))
            while sent < 50_000_000:
                line.sock.sendall(frame(0x00, b"x" * 60_000) * 5)
                sent += 300_000
        line.shutdown()
        assert sent < 50_000_000, "it was read to the end"
    eventually(lambda: served_by.memory_info().rss - before < 40_000_000, 10)
