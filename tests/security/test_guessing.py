"""Guessing PINs against a Kring that really serves, from one address and from many; and PINs worth one pairing.

A machine has a whole network of addresses of its own (127.0.0.0/8), so that 250 attackers can be played without any.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest
import requests

from server.settings import DoorSettings
from tests.security.conftest import is_there
from tests.server.tables import eventually
from tests.server.test_serving import Kring, Tablet, free_port, sit_down

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
LEAD, PHONES, TABLE = "271828", "314159", "161803"


class Printing(Kring):
    """Keeps what is printed."""

    def read_on(self) -> list[str]:
        lines: list[str] = []

        def read() -> None:
            assert self.process.stdout is not None
            for line in iter(self.process.stdout.readline, ""):
                lines.append(line.strip())

        Thread(target=read, daemon=True).start()
        return lines


@pytest.fixture
def kring(data: Path, tmp_path: Path) -> Iterator[Printing]:
    """One of its own for each test: it waits afterwards."""
    (tmp_path / "ears").mkdir()
    (tmp_path / "ears" / "device").touch()
    kring = Printing(data, tmp_path / "ears", free_port(), "made")
    is_there(kring)
    yield kring
    kring.stop()
    assert "Traceback" not in kring.errors.read_text()


def guess(kring: Kring, pin: str, address: str) -> int:
    """The status that this address gets for this PIN."""
    line = HTTPConnection("127.0.0.1", kring.port, timeout=10, source_address=(address, 0))
    line.request("POST", "/pair", json.dumps({"pin": pin}), {"Content-Type": "application/json"})
    status = line.getresponse().status
    line.close()
    return status


def test_of_a_thousand_tries_of_one_address_five_are_looked_at(kring: Kring) -> None:
    began = time.monotonic()
    statuses = Counter(guess(kring, f"{number:06d}", "127.0.0.66") for number in range(1000))
    assert time.monotonic() - began < 55, "longer, and a minute's wait would be over"
    assert statuses == {403: 5, 429: 995}
    assert guess(kring, LEAD, "127.0.0.66") == 429, "it does not learn that this is the right one"
    assert guess(kring, LEAD, "127.0.0.67") == 200, "nobody else waits for it"


def test_of_a_thousand_tries_of_250_addresses_sixty_are_looked_at_and_who_is_in_stays_in(kring: Kring) -> None:
    settings = DoorSettings()
    tablet = Tablet(kring)
    sit_down(tablet)
    phone = Tablet(kring, PHONES)
    began = time.monotonic()
    statuses = Counter(guess(kring, f"{n:06d}", f"127.0.1.{n % 250 + 1}") for n in range(1000))
    assert time.monotonic() - began < settings.all_tries_seconds, "longer, and there would be one more"
    assert statuses == {403: settings.all_tries, 429: 1000 - settings.all_tries}
    assert guess(kring, tablet.view["join"]["pin"], "127.0.0.8") == 429, (
        "a newcomer waits, and the right PIN tells nothing"
    )
    assert tablet.ask({"command": "ParkAdvice"}) == {"ok": True}
    seated = phone.session.post(f"{kring.url}/pair", json={"seat": "C"}, timeout=5)
    assert (seated.status_code, seated.json()["seat"]) == (200, "C")
    for screen in (phone, tablet):
        screen.close()


def test_a_tablet_s_pin_is_used_up_and_the_next_one_is_printed(kring: Printing) -> None:
    printed = kring.read_on()
    Tablet(kring, LEAD).close()
    assert guess(kring, LEAD, "127.0.0.5") == 403
    line = eventually(lambda: next((line for line in printed if "PIN for another" in line), None))
    second = Tablet(kring, line.rpartition(" ")[2])
    assert eventually(lambda: second.view.get("role")) == "facilitator"
    second.close()


def test_the_pin_of_a_table_screen_is_used_up_and_the_tablet_shows_the_next_at_once(kring: Printing) -> None:
    tablet = Tablet(kring)
    assert eventually(lambda: tablet.view.get("table_screen"))["pin"] == TABLE
    Tablet(kring, TABLE).close()
    shown = eventually(lambda: tablet.view["table_screen"] if tablet.view["table_screen"]["pin"] != TABLE else None, 10)
    assert f"#pin={shown['pin']}" in shown["url"]
    assert guess(kring, TABLE, "127.0.0.5") == 403
    assert guess(kring, shown["pin"], "127.0.0.6") == 200
    tablet.close()


def test_the_phones_pin_is_another_with_every_meeting_on_the_tablet_and_on_the_terminal(kring: Printing) -> None:
    printed = kring.read_on()
    tablet = Tablet(kring)
    first = eventually(lambda: tablet.view.get("join"))["pin"]
    early = Tablet(kring, first)
    sit_down(tablet)
    second = eventually(lambda: tablet.view["join"]["pin"] if tablet.view["join"]["pin"] != first else None, 10)
    eventually(lambda: f"Participant PIN: {second}" in printed)
    for pin in (first, second):
        Tablet(kring, pin).close()
    assert early.io.connected
    assert requests.post(f"{kring.url}/pair", json={"seat": "B"}, cookies=early.session.cookies, timeout=5).ok
    for command in ("CloseMeeting", "EraseMeeting"):
        assert tablet.ask({"command": command}) == {"ok": True}
    sit_down(tablet)
    third = eventually(lambda: tablet.view["join"]["pin"] if tablet.view["join"]["pin"] != second else None, 10)
    assert guess(kring, second, "127.0.0.5") == 403, "what the group that went home knew is worth nothing"
    assert guess(kring, third, "127.0.0.6") == 200
    early.close()
    tablet.close()
