"""Screens that look for hours: real Socket.IO lines that keep nothing but when a change came."""

from __future__ import annotations

import contextlib
import json
import time
from array import array
from collections.abc import Callable
from threading import Lock, Thread
from typing import Any

import requests
import websocket

PINS = {"facilitator": "271828", "participant": "314159", "table": "161803"}
STEP = 0.01
"""Minutes that each wish adds: every one is another number on every screen."""
Look = Callable[["Screen", dict[str, Any], float], None]
"""Called with the changed keys, and the monotonic second at which they came, in the thread of the screen."""


class Screen:
    """A paired screen with an open line, as the page of Kring has one."""

    def __init__(self, url: str, role: str, seat: str | None = None, look: Look = lambda *_: None) -> None:
        self.role, self.seat, self._look = role, seat, look
        paired = requests.post(f"{url}/pair", json={"pin": PINS[role], "seat": seat}, timeout=10)
        assert paired.status_code == 200, paired.text
        assert paired.json()["role"] == role
        self._url, self._cookies = url, paired.cookies
        cookie = "; ".join(f"{c.name}={c.value}" for c in paired.cookies)
        address = url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        # Looking at every byte would take the test longer than Kring takes to send it.
        self._line = websocket.create_connection(address, cookie=cookie, timeout=30, skip_utf8_validation=True)
        self.view: dict[str, Any] = {}
        self.messages = self.gaps = self.snapshots = 0
        self.refused: list[str] = []
        self.answered = array("d")
        """Seconds from a wish to its answer."""
        self.lost = False
        self._seq, self._asked = -1, 0
        self._waiting: dict[int, float] = {}
        self._one = Lock()
        self._closing = False
        self._line.recv()
        self._line.send("40")
        self._thread = Thread(target=self._read, name=f"{role} {seat}", daemon=True)
        self._thread.start()

    def ask(self, command: str, **fields: Any) -> float:
        """Sends a wish and does not wait; the monotonic second at which it went."""
        with self._one:
            self._asked += 1
            number, at = self._asked, time.monotonic()
            self._waiting[number] = at
            with contextlib.suppress(OSError, websocket.WebSocketException):  # `lost` tells
                self._line.send(f'42{number}["command",{json.dumps({"command": command, **fields})}]')
        return at

    @property
    def unanswered(self) -> int:
        return len(self._waiting)

    def leave(self) -> None:
        """As somebody does who takes another device: this one is not known any more."""
        self._closing = True
        requests.post(f"{self._url}/leave", cookies=self._cookies, timeout=10)

    def close(self) -> None:
        self._closing = True
        with contextlib.suppress(OSError, websocket.WebSocketException):
            self._line.send("41")
        self._line.shutdown()
        self._thread.join(5)
        self._line.close()

    def _read(self) -> None:
        try:
            while True:
                message = self._line.recv()
                at = time.monotonic()
                if message == "2":
                    self._line.send("3")
                elif message.startswith("42"):
                    self._heard(*json.loads(message[2:]), at)
                elif message.startswith("43"):
                    self._answer(message[2:], at)
                elif not message or message.startswith("41"):
                    break
        except (OSError, websocket.WebSocketException):
            pass
        self.lost = not self._closing

    def _answer(self, message: str, at: float) -> None:
        number, _, rest = message.partition("[")
        self.answered.append(at - self._waiting.pop(int(number)))
        (answer,) = json.loads("[" + rest)
        if not answer["ok"]:
            self.refused.append(answer["refused"])

    def _heard(self, name: str, told: dict[str, Any], at: float) -> None:
        self.messages += 1
        if name == "snapshot":
            self.snapshots += 1
            self.view = told["view"]
        else:
            if told["seq"] <= self._seq:
                return  # it was in the snapshot already
            self.gaps += told["after"] != self._seq and self.snapshots > 0
            self.view.update(told["changes"])
            self._look(self, told["changes"], at)
        self._seq = told["seq"]


class Arrivals:
    """Which wish for more time came on which screen, and how long after it was sent."""

    def __init__(self, tablet: Screen) -> None:
        self._before = planned(tablet.view)
        self.sent = array("d")
        """Monotonic seconds."""
        self.every = array("d")
        """Seconds that it took, in the order in which they came."""
        self.took: dict[str, array[float]] = {role: array("d") for role in PINS}
        self._seen: dict[int, int] = {}

    def ask(self, tablet: Screen) -> None:
        """One more wish."""
        self.sent.append(time.monotonic())
        tablet.ask("AddMinutes", minutes=STEP)

    def look(self, screen: Screen, changes: dict[str, Any], at: float) -> None:
        """What a screen calls when something changed."""
        if not changes.get("phases"):
            return
        seen, granted = self._seen.get(id(screen), 0), round((planned(changes) - self._before) / STEP)
        for number in range(seen, granted):
            self.took[screen.role].append(at - self.sent[number])
            self.every.append(at - self.sent[number])
        self._seen[id(screen)] = max(seen, granted)

    def missing(self, screens: list[Screen]) -> int:
        """How many arrivals are still to come."""
        return sum(len(self.sent) - self._seen.get(id(screen), 0) for screen in screens)


def planned(view: dict[str, Any]) -> float:
    """Minutes of all phases together: they grow by each wish."""
    return sum(phase["minutes"] for phase in view["phases"])
