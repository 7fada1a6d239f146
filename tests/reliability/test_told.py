"""What Kring prints: codes and sentences of its own, never a name, a text or a word; and how it ends when busy."""

from __future__ import annotations

import json
import random
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import websocket

from server.store import FILE
from tests.reliability.test_disk import flip_bits
from tests.server.tables import eventually
from tests.server.test_serving import STOP_SECONDS, Kring, Tablet, free_port

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
NAMES = ["Zebedeus", "Wilhelmina-Q", "Kunegonde", "Xantippe"]
TEXTS = {
    kind: f"kanarie{number} over {kind}"
    for number, kind in enumerate(("case_list", "question_list", "parked", "insight", "hypothesis", "no such kind"))
}
CANARIES = [*NAMES, "kanarie", "ijsvogel", "roodborst"]
"""Names, what people write, what the ears heard, and what strangers send."""
SCREENS = 30


@pytest.fixture
def kring(data: Path, ears: Path) -> Iterator[Kring]:
    kring = Kring(data, ears, free_port())
    kring.wait_for_address()
    yield kring
    kring.stop()


def printed(kring: Kring) -> str:
    """Everything on standard output and standard error, of the server and of its ears, once it ended."""
    kring.process.send_signal(signal.SIGTERM)
    kring.process.wait(timeout=20)
    assert kring.process.stdout is not None
    return kring.process.stdout.read() + kring.errors.read_text()


def hear(ears: Path, *lines: object) -> None:
    with (ears / "heard.jsonl").open("a") as heard:
        heard.writelines((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)


def a_meeting_with_canaries(tablet: Tablet) -> None:
    """Names, texts, wishes that are granted, wishes that are refused, and what is no wish at all."""
    opened = {"command": "OpenMeeting", "method": "five_phase", "language": "nl", "names": NAMES}
    assert tablet.ask(opened | {"theme": "een kanarie als thema"})["ok"]
    assert not tablet.ask(opened)["ok"]
    assert tablet.ask({"command": "ConfirmConsent", "agreed": 4})["ok"]
    for phase in ("inventory", "analysis", "Zebedeus"):
        tablet.ask({"command": "BeginPhase", "phase": phase})
        for kind, text in TEXTS.items():
            tablet.ask({"command": "WriteNote", "kind": kind, "text": text, "seat": "B"})
            time.sleep(0.1)
    for nonsense in (
        {"command": "kanarie"},
        {"command": "WriteNote", "kanarie": "kanarie"},
        {"command": "WriteNote", "kind": "case_list", "text": "kanarie \ud83d"},
        {"command": "EnrolSeat", "seat": "Zebedeus"},
        "kanarie",
        ["kanarie"],
    ):
        assert not tablet.ask(nonsense)["ok"]


def strangers(kring: Kring, tablet: Tablet) -> None:
    """Requests and sockets that carry canaries where they do not belong."""
    tablet.session.get(f"{kring.url}/kanarie?ijsvogel=kanarie", timeout=10)
    tablet.session.post(f"{kring.url}/pair", data="kanarie", timeout=10)
    tablet.session.post(f"{kring.url}/pair", json={"pin": "kanarie", "seat": "Zebedeus"}, timeout=10)
    cookie = "; ".join(f"{c.name}={c.value}" for c in tablet.session.cookies)
    address = f"ws://127.0.0.1:{kring.port}/socket.io/?EIO=4&transport=websocket"
    for garbage in ('42["kanarie', '42["command",{"command":"kanarie"}]', "kanarie", '45-["kanarie"]'):
        line = websocket.create_connection(address, cookie=cookie, timeout=5)
        line.recv()
        line.send("40")
        line.send(garbage)
        line.close()


def the_ears_go_wrong(ears: Path, tablet: Tablet) -> None:
    """They tell words where none belong, rubbish, and fall."""
    hear(
        ears,
        {"event": "UtteranceNoted", "seat": "B", "start": 0.0, "end": 1.0, "act": "advice", "advice": 0.9,
         "cue": "advice.i_would", "words": 5, "heard": 1.0, "computing": 0.1, "text": "roodborst zei ik"},
        {"event": "UtteranceNoted", "seat": "roodborst", "start": "roodborst", "end": 1.0},
        {"event": "roodborst"},
        "roodborst, as a library would say",
        {"event": "ListeningEnded", "at": 0.1, "reason": ["roodborst"]},
    )  # fmt: skip
    starts = (ears / "starts").read_text().count("\n")
    (ears / "die").touch()
    eventually(lambda: (ears / "starts").read_text().count("\n") > starts)
    eventually(lambda: tablet.view["microphone"]["state"] == "listening")
    (ears / "hang").touch()
    eventually(lambda: (ears / "starts").read_text().count("\n") > starts + 1)


def test_nothing_that_people_are_called_write_or_say_is_printed_whatever_goes_wrong(
    kring: Kring, data: Path, ears: Path
) -> None:
    tablet = Tablet(kring)
    a_meeting_with_canaries(tablet)
    strangers(kring, tablet)
    eventually(lambda: tablet.view["microphone"]["state"] == "listening")
    the_ears_go_wrong(ears, tablet)
    (worker,) = psutil.Process(kring.process.pid).children()
    worker.kill()
    time.sleep(0.5)
    tablet.close()
    again = eventually(lambda: _connected(kring))
    eventually(lambda: again.view.get("stage") == "running")
    for name in (FILE, f"{FILE}-wal"):
        flip_bits(data / name, random.Random(1), 300)
    again.ask({"command": "WriteNote", "kind": "case_list", "text": "een kanarie op een kapotte schijf", "seat": "C"})
    again.ask({"command": "CloseMeeting"})
    again.ask({"command": "KeepMeeting", "items": ["question"]})
    again.ask({"command": "EraseMeeting"})
    again.close()
    text = printed(kring)
    assert "the ears are ended and started again: they hang" in text, "something was printed"
    assert [canary for canary in CANARIES if canary.lower() in text.lower()] == []
    assert "Traceback" not in text
    assert all(line.startswith("kring") for line in kring.errors.read_text().splitlines())


def _connected(kring: Kring) -> Tablet | None:
    try:
        return Tablet(kring)
    except OSError:
        return None


def screens(kring: Kring, tablet: Tablet) -> list[websocket.WebSocket]:
    """Many sockets, from many addresses, as phones have them."""
    cookie = "; ".join(f"{c.name}={c.value}" for c in tablet.session.cookies)
    lines = []
    for number in range(SCREENS):
        raw = socket.socket()
        raw.bind((f"127.0.0.{2 + number}", 0))
        raw.connect(("127.0.0.1", kring.port))
        address = f"ws://127.0.0.1:{kring.port}/socket.io/?EIO=4&transport=websocket"
        line = websocket.create_connection(address, socket=raw, cookie=cookie, timeout=10)
        line.recv()
        line.send("40")
        line.recv()
        lines.append(line)
    return lines


@contextmanager
def all_the_while(step: Callable[[], object]) -> Iterator[None]:
    """Again and again, until it fails or the time is over."""
    over = threading.Event()

    def again() -> None:
        try:
            while not over.is_set():
                step()
        except (OSError, websocket.WebSocketException):
            return  # the server went first

    busy = threading.Thread(target=again)
    busy.start()
    try:
        yield
    finally:
        over.set()
        busy.join()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_within_three_seconds_with_thirty_screens_open_while_people_tap_and_the_ears_are_busy(
    kring: Kring, ears: Path, sent: signal.Signals
) -> None:
    tablet = Tablet(kring)
    eventually(lambda: tablet.view.get("stage"))
    opened = {"command": "OpenMeeting", "method": "five_phase", "language": "nl", "names": NAMES}
    assert tablet.ask(opened)["ok"]
    assert tablet.ask({"command": "ConfirmConsent", "agreed": 4})["ok"]
    eventually(lambda: tablet.view["microphone"]["state"] == "listening")
    lines = screens(kring, tablet)
    hear(ears, *({"event": "TurnEnded", "seat": "A", "start": n / 50, "end": n / 50 + 0.02} for n in range(400)))
    tap = '42["command",{"command":"TapSeat","seat":"B"}]'
    with all_the_while(lambda: (lines[0].send(tap), time.sleep(0.01))):
        time.sleep(0.5)
        seconds = kring.stop(sent)
    print(f"{len(lines)} sockets, {sent.name}: {seconds:.2f} s")
    assert seconds < STOP_SECONDS
    assert kring.process.returncode == 0
    assert kring.errors.read_text() == ""
    left = [process for process in psutil.process_iter(["cmdline"]) if str(ears) in (process.info["cmdline"] or [])]
    assert left == [], "no process is left behind"
    for line in lines:
        line.close()
    tablet.close()
