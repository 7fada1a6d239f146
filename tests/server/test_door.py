from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.pairing import FILE, Bucket, Door, DoorClosed, forget_devices
from server.pins import Pins
from server.screens import FACILITATOR, PARTICIPANT, TABLE
from server.settings import DoorSettings
from server.web import CLIENT, create_app, origin_is_ours

PINS = {FACILITATOR: "271828", PARTICIPANT: "314159"}


class Watch:
    """A clock that goes on when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def pins(monotonic: Callable[[], float] = time.monotonic) -> Pins:
    """Chosen ones, which stay."""
    return Pins(PINS, DoorSettings(), monotonic=monotonic)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def door(data: Path, watch: Watch) -> Door:
    return Door(pins=pins(watch), settings=DoorSettings(), folder=data, monotonic=watch)


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


def test_a_participant_cannot_guess_the_other_pin_by_pairing_between_the_tries(door: Door) -> None:
    for _ in range(4):
        with pytest.raises(DoorClosed, match="wrong_pin"):
            door.pair("10.0.0.9", "000000", None)
    door.pair("10.0.0.9", "314159", None)
    with pytest.raises(DoorClosed, match="wrong_pin"):
        door.pair("10.0.0.9", "000001", None)
    with pytest.raises(DoorClosed, match="too_many_tries"):
        door.pair("10.0.0.9", "271828", None)


@pytest.mark.parametrize("pin", ["\ud800", "٢٧١٨٢٨", "271828\n", "", "2" * 500])
def test_what_is_not_six_digits_is_a_wrong_pin(browser: FlaskClient, pin: str) -> None:
    answer = browser.post("/pair", json={"pin": pin})
    assert (answer.status_code, answer.get_json()) == (403, {"refused": "wrong_pin"})


def test_a_screen_that_pairs_again_is_still_one_device(door: Door, data: Path) -> None:
    token, _ = door.pair("a", "314159", None)
    for _ in range(50):
        token, _ = door.pair("a", "314159", "B", token)
    assert (data / FILE).read_text().count("until") == 1
    lead, _ = door.pair("a", "271828", None, token)
    assert door.device(token) is None
    assert door.device(lead) is not None
    assert (data / FILE).read_text().count("until") == 1


def test_devices_without_number_push_out_no_screen_that_looks_and_no_tablet(data: Path, watch: Watch) -> None:
    door = Door(pins=pins(watch), settings=DoorSettings(devices=3), folder=data, monotonic=watch)
    tablet, _ = door.pair("a", "271828", None)
    looks, _ = door.pair("a", "314159", None)
    door.came(looks)
    seated, _ = door.pair("a", "314159", "B")
    for _ in range(20):
        watch.now += 1
        door.pair("b", "314159", None)
    assert all(door.device(token) for token in (tablet, looks, seated))
    assert (data / FILE).read_text().count("until") == 4
    for _ in range(2):
        door.came(door.pair("b", "314159", None)[0])
    with pytest.raises(DoorClosed, match="full"):
        door.pair("b", "314159", None)


def test_one_client_cannot_sit_on_one_seat_after_another(door: Door) -> None:
    token, _ = door.pair("a", "314159", "A")
    with pytest.raises(DoorClosed, match="seat_fixed"):
        door.pair("a", "314159", "B", token)
    assert door.pair("a", "314159", None, token)[1].seat == "A"
    door.leave(token)
    assert door.pair("a", "314159", "B")[1].seat == "B"


def test_a_seat_that_another_phone_holds_is_taken_until_it_leaves(door: Door, browser: FlaskClient) -> None:
    token, _ = door.pair("a", "314159", "B")
    answer = browser.post("/pair", json={"pin": "314159", "seat": "B"})
    assert (answer.status_code, answer.get_json()) == (409, {"refused": "seat_taken"})
    assert browser.post("/pair", json={"pin": "314159", "seat": "C"}).status_code == 200
    assert browser.post("/pair", json={"pin": "314159", "seat": "C"}).status_code == 200
    browser.post("/leave")
    door.leave(token)
    assert browser.post("/pair", json={"pin": "314159", "seat": "B"}).status_code == 200


def test_a_phone_that_lost_its_cookie_comes_back_to_its_seat_after_half_a_minute(door: Door, watch: Watch) -> None:
    lost, _ = door.pair("a", "314159", "B")
    door.came(lost)
    watch.now += 3600
    with pytest.raises(DoorClosed, match="seat_taken"):
        door.pair("a", "314159", "B")
    door.went(lost)
    watch.now += 29
    with pytest.raises(DoorClosed, match="seat_taken"):
        door.pair("a", "314159", "B")
    watch.now += 2
    assert door.pair("a", "314159", "B")[1].seat == "B"
    left_behind = door.device(lost)
    assert left_behind is not None
    assert left_behind.seat is None


def test_after_the_meeting_nobody_sits_down_to_read_the_part_of_another(door: Door, watch: Watch) -> None:
    mine, _ = door.pair("a", "314159", "B")
    looks, _ = door.pair("a", "314159", None)
    watch.now += 60
    door.settle(True)
    for token in (None, mine, looks):
        for seat in ("B", "C") if token != mine else ("C",):
            with pytest.raises(DoorClosed, match="seat_fixed"):
                door.pair("a", "314159", seat, token)
    assert door.pair("a", "314159", "B", mine)[1].seat == "B"
    door.settle(False)
    assert door.pair("a", "314159", "C", looks)[1].seat == "C"


def test_phones_are_forgotten_with_their_group_and_the_tablet_is_not(door: Door, data: Path) -> None:
    tablet, phone = door.pair("a", "271828", None)[0], door.pair("a", "314159", "B")[0]
    door.forget(PARTICIPANT, TABLE)
    assert door.device(tablet) is not None
    assert door.device(phone) is None
    forget_devices(data)
    assert Door(pins=pins(), settings=DoorSettings(), folder=data).device(tablet) is None


@pytest.mark.parametrize("days", [2, -2])
def test_a_clock_on_the_wall_that_jumps_throws_no_screen_out(
    door: Door, watch: Watch, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    token, _ = door.pair("a", "271828", None)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + days * 86_400.0)
    assert door.device(token) is not None
    watch.now += 24 * 3600 - 1
    assert door.device(token) is not None
    watch.now += 2
    assert door.device(token) is None


def test_a_device_is_forgotten_a_day_after_pairing_over_a_restart_too(
    door: Door, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, _ = door.pair("a", "271828", None)
    real = time.time
    for hours, known in ((23, True), (25, False), (-1000, True)):
        monkeypatch.setattr(time, "time", lambda ahead=hours: real() + ahead * 3600.0)
        watch = Watch()
        again = Door(pins=pins(watch), settings=DoorSettings(), folder=data, monotonic=watch)
        assert (again.device(token) is not None) is known
        watch.now += 25 * 3600
        assert again.device(token) is None


def test_a_paired_tablet_stays_paired_over_a_restart_and_its_token_is_nowhere_on_disk(door: Door, data: Path) -> None:
    token, _ = door.pair("a", "271828", None)
    again = Door(pins=pins(), settings=DoorSettings(), folder=data)
    assert again.device(token) is not None
    assert token not in (data / FILE).read_text()
    again.leave(token)
    assert Door(pins=pins(), settings=DoorSettings(), folder=data).device(token) is None


def test_a_damaged_list_of_devices_means_pairing_again_and_nothing_worse(data: Path) -> None:
    (data / FILE).write_text('{"x": [1, 2')
    assert Door(pins=pins(), settings=DoorSettings(), folder=data).device("x") is None


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


@pytest.mark.parametrize(
    ("scheme", "host", "origin", "ours"),
    [
        ("http", "localhost:8080", "http://localhost:8080", True),
        ("https", "localhost", "https://localhost:443", True),
        ("http", "localhost:80", "http://localhost", True),
        ("https", "LOCALHOST:8443", "https://localhost:8443", True),
        ("http", "[::1]:8080", "http://[::1]:8080", True),
        ("http", "localhost:8080", None, True),
        ("http", "localhost:8080", "http://localhost:9999", False),
        ("http", "localhost:8080", "http://localhost", False),
        ("https", "localhost:8443", "http://localhost:8443", False),
        ("http", "localhost:8080", "http://127.0.0.1:8080", False),
        ("http", "localhost:443", "http://localhost", False),
        ("http", "evil.example", "http://evil.example", False),
        ("http", "localhost:8080", "null", False),
        ("http", "localhost:8080", "", False),
    ],
)
def test_only_a_page_of_the_very_same_place_is_ours(scheme: str, host: str, origin: str | None, ours: bool) -> None:
    assert origin_is_ours(origin, {"wsgi.url_scheme": scheme, "HTTP_HOST": host}) is ours


def test_another_program_on_this_machine_cannot_pair_through_a_browser(browser: FlaskClient) -> None:
    for origin, status in (("http://localhost:9999", 400), ("https://localhost", 400), ("http://localhost", 200)):
        assert browser.post("/pair", json={"pin": "271828"}, headers={"Origin": origin}).status_code == status


def test_a_name_that_was_bent_to_our_address_is_refused(browser: FlaskClient) -> None:
    assert browser.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert browser.get("/whoami", headers={"Host": "localhost:8443"}).status_code == 200


def test_whoami_tells_and_leaving_forgets() -> None:
    door = Door(pins=pins(), settings=DoorSettings())
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
