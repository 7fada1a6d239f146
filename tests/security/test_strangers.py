"""Pages of strangers in a browser at the table, and tokens that are not, or no longer, worth anything."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
import socketio
import websocket

from server.certificates import fingerprint
from server.pairing import FILE, Door
from server.pins import Pins
from server.screens import FACILITATOR, PARTICIPANT, TABLE
from server.settings import DoorSettings
from tests.security.raw import Answer, asked
from tests.server.tables import eventually
from tests.server.test_serving import Kring, Tablet, free_port, sit_down

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
PINS = {FACILITATOR: "271828", PARTICIPANT: "314159", TABLE: "161803"}
POLLING = "/socket.io/?EIO=4&transport=polling"
WEBSOCKET = "/socket.io/?EIO=4&transport=websocket"
UPGRADE = (
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: " + base64.b64encode(b"0123456789abcdef").decode(),
)


@pytest.fixture
def tablet(served: Kring) -> Iterator[Tablet]:
    tablet = Tablet(served)
    yield tablet
    tablet.close()


def cookie_of(screen: Tablet) -> str:
    return "Cookie: " + "; ".join(f"{one.name}={one.value}" for one in screen.session.cookies)


def upgraded(kring: Kring, *headers: str, host: str = "") -> Answer:
    """The answer to a browser that wants a WebSocket; 101 would be a yes."""
    lines = [f"GET {WEBSOCKET} HTTP/1.1", f"Host: {host or f'127.0.0.1:{kring.port}'}", "Connection: Upgrade"]
    from tests.security.raw import answered

    return answered(kring, "\r\n".join([*lines, *UPGRADE, *headers, "", ""]).encode(), seconds=0.7)


# --- a page of a stranger, open in a browser that is paired ---

FOREIGN = ("https://evil.example", "http://127.0.0.1:9", "https://127.0.0.1:{port}", "http://localhost:{port}", "null")


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("path", ["/pair", "/leave"])
def test_a_page_of_another_site_cannot_post(served: Kring, tablet: Tablet, origin: str, path: str) -> None:
    told = asked(
        served,
        path,
        f"Origin: {origin.format(port=served.port)}",
        "Content-Type: application/json",
        cookie_of(tablet),
        method="POST",
        body=b'{"pin": "271828"}',
    )
    assert told.status == 400
    assert "set-cookie" not in told.headers
    assert tablet.session.get(f"{served.url}/whoami", timeout=5).json()["role"] == FACILITATOR


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_page_of_another_site_gets_no_line_polling_nor_as_websocket(
    served: Kring, tablet: Tablet, origin: str
) -> None:
    origin = f"Origin: {origin.format(port=served.port)}"
    assert asked(served, POLLING, origin, cookie_of(tablet)).status == 400
    assert upgraded(served, origin, cookie_of(tablet)).status == 400
    ours = f"Origin: {served.url}"
    assert asked(served, POLLING, ours, cookie_of(tablet)).status == 200
    assert upgraded(served, ours, cookie_of(tablet)).status == 101


def test_no_other_site_is_ever_told_that_it_may_read_an_answer(served: Kring, tablet: Tablet) -> None:
    for path in ("/", "/whoami", "/healthz", POLLING):
        for origin in FOREIGN:
            told = asked(served, path, f"Origin: {origin.format(port=served.port)}", cookie_of(tablet))
            assert "access-control-allow-origin" not in told.headers, path


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "kring.local.evil.example", "", "[::2]"]
)
def test_a_name_that_was_bent_to_our_address_gets_nothing(served: Kring, tablet: Tablet, host: str) -> None:
    host = host.format(port=served.port) or " "
    for path in ("/", "/whoami", "/client/main.js", "/healthz", POLLING):
        told = asked(served, path, cookie_of(tablet), host=host)
        assert told.status == 400, path
        assert b"facilitator" not in told.body
    assert asked(served, "/pair", method="POST", body=b'{"pin": "271828"}', host=host).status == 400
    for origin in ((), (f"Origin: http://{host}",), (f"Origin: {served.url}",)):
        assert upgraded(served, *origin, cookie_of(tablet), host=host).status == 400


# --- tokens ---


def forged(token: str) -> dict[str, str]:
    """What somebody who saw a token's shape, or a piece of it, could try."""
    return {
        "guessed": base64.urlsafe_b64encode(bytes(32)).decode().rstrip("="),
        "truncated": token[:-1],
        "longer": token + "A",
        "turned around": token[::-1],
        "in capitals": token.upper(),
        "its hash": hashlib.sha256(token.encode()).hexdigest(),
        "empty": "",
        "huge": token * 90,
        "quoted": f'"{token}x"',
        "not text": "\xff\xfe\xfd",
        "a claim": json.dumps({"role": "facilitator"}),
    }


@pytest.mark.parametrize("kind", forged("x"))
def test_a_token_that_is_not_whole_is_worth_nothing(served: Kring, tablet: Tablet, kind: str) -> None:
    token = str(tablet.session.cookies["kring"])
    cookie = f"Cookie: kring={forged(token)[kind]}"
    assert json.loads(asked(served, "/whoami", cookie).body) == {"role": None, "seat": None}
    assert no_line(served, forged(token)[kind])


def no_line(kring: Kring, token: str) -> bool:
    """Whether the server refuses this token on a bare line."""
    line = websocket.create_connection(
        f"ws://127.0.0.1:{kring.port}{WEBSOCKET}", header=[f"Cookie: kring={token}"], timeout=5
    )
    try:
        line.recv()
        line.send("40")
        return str(line.recv()).startswith("44")
    finally:
        line.close()


def test_a_token_is_worth_nothing_after_leaving_and_to_another_kring(served: Kring, data: Path, tmp_path: Path) -> None:
    tablet = Tablet(served)
    token = str(tablet.session.cookies["kring"])
    (tmp_path / "ears").mkdir()
    other = Kring(data, tmp_path / "ears", free_port())
    other.wait_for_address()
    assert json.loads(asked(other, "/whoami", f"Cookie: kring={token}").body)["role"] is None
    assert no_line(other, token)
    other.stop()
    assert not no_line(served, token)
    tablet.session.post(f"{served.url}/leave", timeout=5)
    assert no_line(served, token)
    seat = requests.post(f"{served.url}/pair", json={"seat": "B"}, cookies={"kring": token}, timeout=5)
    assert seat.status_code == 403
    tablet.close()


def test_a_token_is_worth_nothing_on_an_open_line_after_leaving(served: Kring) -> None:
    tablet = Tablet(served)
    sit_down(tablet)
    tablet.session.post(f"{served.url}/leave", timeout=5)
    try:
        assert tablet.ask({"command": "NextPhase"})["refused"] == "not_paired"
    except socketio.exceptions.SocketIOError:
        eventually(lambda: not tablet.io.connected)
    tablet.close()


class Watch:
    """A clock that goes on when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


ENDS: dict[str, Callable[[Door, str, Watch], None]] = {
    "leaving": lambda door, token, watch: door.leave(token),
    "its group went home": lambda door, token, watch: door.forget(PARTICIPANT, TABLE),
    "a day": lambda door, token, watch: setattr(watch, "now", watch.now + 24 * 3600),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_token_that_ended_does_not_come_back_by_being_shown_again(data: Path, end: str) -> None:
    watch = Watch()
    door = Door(pins=Pins(PINS, DoorSettings()), settings=DoorSettings(), folder=data, monotonic=watch)
    token, _ = door.pair("a", "314159", "B")
    ENDS[end](door, token, watch)
    assert door.device(token) is None
    assert door.came(token) is None
    again, _ = door.pair("a", "314159", None, token)
    assert again != token, "nobody chooses a token"
    assert door.device(token) is None


@pytest.mark.parametrize(
    "entry",
    [
        {"role": "facilitator", "seat": None, "until": 1e12},
        {"role": "admin", "seat": None, "until": 1e12},
        {"role": "participant", "seat": "B", "until": "later"},
        {"role": "participant", "seat": "B", "until": float("nan")},
        {"role": "participant", "seat": "B", "until": float("inf")},
    ],
)
def test_a_list_of_devices_that_was_written_by_hand_lets_nobody_in_for_more_than_a_day(
    data: Path, entry: dict[str, object]
) -> None:
    (data / FILE).write_text(json.dumps({hashlib.sha256(b"mine").hexdigest(): entry}))
    watch = Watch()
    door = Door(pins=Pins(PINS, DoorSettings()), settings=DoorSettings(), folder=data, monotonic=watch)
    device = door.device("mine")
    assert device is None or device.role in PINS
    watch.now += 24 * 3600 + 1
    assert door.device("mine") is None


# --- over TLS ---


def test_the_terminal_prints_the_fingerprint_to_compare_and_the_way_to_the_page(data: Path, tmp_path: Path) -> None:
    (tmp_path / "ears").mkdir()
    kring = Kring(data, tmp_path / "ears", free_port(), "https")
    kring.wait_for_address()
    assert kring.process.stdout is not None
    printed = [kring.process.stdout.readline() for _ in range(4)]
    assert any("/install" in line for line in printed)
    assert any(line.strip().endswith(fingerprint(data / "kring-ca.pem")) for line in printed)
    kring.stop()


def test_over_tls_the_cookie_is_kept_from_scripts_from_other_sites_and_from_lines_without_tls(
    data: Path, tmp_path: Path
) -> None:
    (tmp_path / "ears").mkdir()
    kring = Kring(data, tmp_path / "ears", free_port(), "https")
    kring.wait_for_address()
    url, trust = f"https://127.0.0.1:{kring.port}", str(data / "kring-ca.pem")
    answer = requests.post(f"{url}/pair", json={"pin": "271828"}, verify=trust, timeout=5)
    words = [word.strip() for word in answer.headers["Set-Cookie"].split(";")]
    assert {"HttpOnly", "Secure", "SameSite=Strict", "Path=/"} <= set(words)
    assert not any(word.startswith(("Expires", "Max-Age", "Domain")) for word in words), "gone with the browser"
    gone = requests.post(f"{url}/leave", cookies=answer.cookies, verify=trust, timeout=5).headers["Set-Cookie"]
    assert "kring=;" in gone
    assert time.strftime("1970") in gone
    kring.stop()
