from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.pairing import FILE, Bucket, Door, DoorClosed
from server.screens import FACILITATOR, PARTICIPANT
from server.settings import DoorSettings
from server.web import CLIENT, create_app

PINS = {FACILITATOR: "271828", PARTICIPANT: "314159"}


class Watch:
    """A clock that goes on when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def door(data: Path, watch: Watch) -> Door:
    return Door(pins=PINS, settings=DoorSettings(), folder=data, monotonic=watch)


@pytest.fixture
def browser(door: Door) -> FlaskClient:
    return create_app(door, secure=True).test_client()


def test_each_pin_opens_its_own_role(door: Door) -> None:
    assert door.pair("a", "271828", None)[1].role == FACILITATOR
    token, device = door.pair("a", "314159", "B")
    assert (device.role, device.seat) == (PARTICIPANT, "B")
    assert door.device(token) == device
    assert door.device("somebody else's") is None
    assert door.device(None) is None


def test_five_wrong_pins_make_an_address_wait_a_minute_even_with_the_right_one(door: Door, watch: Watch) -> None:
    for _ in range(5):
        with pytest.raises(DoorClosed, match="wrong_pin"):
            door.pair("10.0.0.9", "000000", None)
    with pytest.raises(DoorClosed, match="too_many_tries"):
        door.pair("10.0.0.9", "271828", None)
    door.pair("10.0.0.8", "271828", None)
    watch.now += 61
    door.pair("10.0.0.9", "271828", None)


def test_wrong_pins_spread_over_minutes_do_not_add_up(door: Door, watch: Watch) -> None:
    for _ in range(12):
        with pytest.raises(DoorClosed, match="wrong_pin"):
            door.pair("10.0.0.9", "000000", None)
        watch.now += 20


def test_a_paired_tablet_stays_paired_over_a_restart_and_its_token_is_nowhere_on_disk(door: Door, data: Path) -> None:
    token, _ = door.pair("a", "271828", None)
    again = Door(pins=PINS, settings=DoorSettings(), folder=data)
    assert again.device(token) is not None
    assert token not in (data / FILE).read_text()
    again.leave(token)
    assert Door(pins=PINS, settings=DoorSettings(), folder=data).device(token) is None


def test_a_damaged_list_of_devices_means_pairing_again_and_nothing_worse(data: Path) -> None:
    (data / FILE).write_text('{"x": [1, 2')
    assert Door(pins=PINS, settings=DoorSettings(), folder=data).device("x") is None


def test_a_burst_of_commands_is_let_through_and_then_so_many_a_second(watch: Watch) -> None:
    bucket = Bucket(3, 1, watch)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    watch.now += 1
    assert [bucket.take(), bucket.take()] == [True, False]


def test_pairing_gives_a_cookie_that_scripts_and_other_sites_cannot_use(browser: FlaskClient) -> None:
    answer = browser.post("/pair", json={"pin": "271828"})
    assert answer.get_json() == {"role": "facilitator", "seat": None}
    cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=Strict"))


def test_a_wrong_pin_and_too_many_of_them_are_told_apart(browser: FlaskClient) -> None:
    answers = [browser.post("/pair", json={"pin": "000000"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429]
    assert answers[0].get_json() == {"refused": "wrong_pin"}
    assert answers[5].get_json() == {"refused": "too_many_tries"}


@pytest.mark.parametrize(
    "body", [b"", b"pin", b"[]", b'{"pin": 271828}', b'{"pin": "271828", "seat": "Z"}', b'{"pin": ["271828"]}']
)
def test_what_is_no_pairing_is_refused(browser: FlaskClient, body: bytes) -> None:
    assert browser.post("/pair", data=body, content_type="application/json").status_code == 400


def test_a_body_too_large_is_refused(browser: FlaskClient) -> None:
    body = b'{"pin": "' + b"2" * 10_000 + b'"}'
    assert browser.post("/pair", data=body, content_type="application/json").status_code == 413


def test_a_form_of_another_site_cannot_pair(browser: FlaskClient) -> None:
    assert browser.post("/pair", json={"pin": "271828"}, headers={"Origin": "https://evil.example"}).status_code == 400


def test_a_name_that_was_bent_to_our_address_is_refused(browser: FlaskClient) -> None:
    assert browser.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert browser.get("/whoami", headers={"Host": "localhost:8443"}).status_code == 200


def test_whoami_tells_and_leaving_forgets() -> None:
    door = Door(pins=PINS, settings=DoorSettings())
    browser = create_app(door, secure=False).test_client()
    assert browser.get("/whoami").get_json() == {"role": None, "seat": None}
    browser.post("/pair", json={"pin": "314159", "seat": "C"})
    assert browser.get("/whoami").get_json() == {"role": "participant", "seat": "C"}
    browser.post("/leave")
    assert browser.get("/whoami").get_json() == {"role": None, "seat": None}


def test_pages_come_with_strict_headers_and_nothing_but_the_client_is_served(browser: FlaskClient) -> None:
    page = browser.get("/", buffered=True)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "'sha256-" in policy
    assert "script-src 'self' 'unsafe" not in policy
    for path in ("/client/../server/web.py", "/client/%2e%2e/server/web.py", "/server/web.py", "/ca", "/console"):
        assert browser.get(path).status_code == 404
    assert (CLIENT / "index.html").exists()
