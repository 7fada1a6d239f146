"""A phone that shouts must not drown out the tablet."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Event, Thread

import psutil
import pytest
import websocket

from tests.security.conftest import at_once
from tests.server.test_serving import Kring, Tablet, sit_down

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


def line_of(kring: Kring, phone: Tablet) -> websocket.WebSocket:
    """A bare WebSocket with this phone's cookie, as a program of somebody's own would open it."""
    cookie = "; ".join(f"{c.name}={c.value}" for c in phone.session.cookies)
    address = f"ws://127.0.0.1:{kring.port}/socket.io/?EIO=4&transport=websocket"
    line = websocket.create_connection(address, cookie=cookie, timeout=5)
    line.recv()
    line.send("40")
    line.recv()
    return line


@contextmanager
def shouting(kring: Kring, phone: Tablet, message: str, per_second: int) -> Iterator[list[int]]:
    """So many messages a second, over a new line whenever the old one is closed; gives how many went out."""
    done, sent = Event(), [0]

    def shout() -> None:
        line = None
        while not done.is_set():
            began = time.monotonic()
            try:
                line = line or line_of(kring, phone)
                for _ in range(per_second // 20):
                    line.send(message)
                    sent[0] += 1
            except (OSError, websocket.WebSocketException):
                line = None
            done.wait(max(0.0, 0.05 - (time.monotonic() - began)))
        if line is not None:
            line.close()

    thread = Thread(target=shout, daemon=True)
    thread.start()
    try:
        yield sent
    finally:
        done.set()
        thread.join(10)


MESSAGES = {
    "a wish": '42["command",{"command":"PassTurn"}]',
    "a wish that wants an answer": '427["command",{"command":"NextPhase"}]',
    "nonsense": '42["command",{"command":"Explode"}]',
    "the whole picture": '42["since",0]',
    "an unknown name": '42["shout","' + "x" * 500 + '"]',
    "no packet": "hello",
    "a place that is not there": "40/elsewhere,",
}


@pytest.mark.parametrize("message", MESSAGES)
def test_a_tablet_is_answered_within_a_second_while_a_phone_sends_a_thousand_messages_a_second(
    served: Kring, message: str
) -> None:
    tablet = Tablet(served)
    sit_down(tablet)
    phone = Tablet(served, "314159")
    try:
        with shouting(served, phone, MESSAGES[message], 1000) as sent:
            time.sleep(0.5)
            waited = []
            for _ in range(20):
                began = time.monotonic()
                assert tablet.ask({"command": "ParkAdvice"})["ok"]
                waited.append(time.monotonic() - began)
                time.sleep(0.12)  # as a person taps; a tablet may ask ten times a second itself
        assert at_once(waited)
        assert sent[0] > 1000
    finally:
        tablet.close()
        phone.session.post(f"{served.url}/leave", timeout=5)
        phone.close()


def test_an_address_that_opens_lines_without_end_costs_no_thread_each(served: Kring) -> None:
    tablet = Tablet(served)
    sit_down(tablet)
    worker = max(psutil.Process(served.process.pid).children(), key=lambda one: one.memory_info().rss)
    before, statuses = worker.num_threads(), Counter[int]()
    for _ in range(600):
        line = HTTPConnection("127.0.0.1", served.port, timeout=5, source_address=("127.0.0.77", 0))
        line.request("GET", "/socket.io/?EIO=4&transport=polling")
        statuses[line.getresponse().status] += 1
        line.close()
    assert statuses[200] < 100
    assert statuses[429] > 500
    assert worker.num_threads() - before < 150
    assert tablet.ask({"command": "ParkAdvice"})["ok"]
    tablet.close()
