"""What Kring writes in some evenings, for a recording of its writes: `recorded.py FOLDER PROGRESS`.

Before and after every step a line goes to the file PROGRESS: what is about to be done, and what was acknowledged.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from server import certificates, secret, wrapping
from server.folder import write_private
from server.log import open_log
from server.meeting import events as happened

PASSPHRASE = "vier woorden voor deze kring"
NAMES = ("192.0.2.1", "localhost")
BATCHES = (1, 1, 2, 1, 3, 1, 1, 900, 1, 2, 1, 1)
"""Events at a time; the many bring the journal into the file itself, as a long evening does."""


class Recorded:
    """The steps, each told before and after."""

    def __init__(self, folder: Path, progress: int) -> None:
        self.folder, self.progress = folder, progress
        self.pairings = 0

    def tell(self, **what: Any) -> None:
        os.write(self.progress, (json.dumps(what) + "\n").encode())

    def append(self, log: Any, stream: str, events: list[Any], before: int) -> int:
        self.tell(doing="append", stream=stream, events=before + len(events))
        log.append(stream, events)
        self.tell(done="append", stream=stream, events=before + len(events))
        return before + len(events)

    def meeting(self, log: Any, batches: tuple[int, ...]) -> str:
        stream = str(log.open_stream())
        seats = tuple(happened.Seat(letter=letter, name=f"Naam {letter}") for letter in "ABCD")
        opened = happened.MeetingOpened(
            at=0.0, meeting=stream, method="five_phase", language="nl", plan=(("analysis", 25.0),), seats=seats,
            facilitator="A",
        )  # fmt: skip
        count = self.append(log, stream, [opened], 0)
        for batch in batches:
            events = [happened.ClockTicked(at=float(count + n)) for n in range(batch)]
            count = self.append(log, stream, events, count)
            self.devices()
        return stream

    def devices(self) -> None:
        self.pairings = number = self.pairings + 1
        self.tell(doing="devices", devices=number)
        write_private(self.folder / "devices.json", json.dumps({"number": number, "filling": "x" * 700}).encode())
        self.tell(done="devices", devices=number)

    def keep(self, log: Any, stream: str) -> None:
        self.tell(doing="keep", kept=stream)
        log.keep(stream, (0,), date(2027, 1, 1))
        self.tell(done="keep", kept=stream)

    def forget(self, log: Any, stream: str) -> None:
        self.tell(doing="forget", forgotten=stream)
        log.forget(stream)
        self.tell(done="forget", forgotten=stream)

    def lock(self, log: Any, passphrase: str | None) -> None:
        self.tell(doing="lock")
        secret.replace(self.folder, passphrase, log.turn)
        self.tell(done="lock")

    def run(self) -> None:
        """Three evenings and two changes of the passphrase."""
        certificates.certificates(self.folder, NAMES)
        self.tell(done="certificates")
        log = open_log(self.folder)
        kept = self.meeting(log, BATCHES)
        self.keep(log, kept)
        erased = self.meeting(log, BATCHES[:4])
        self.forget(log, erased)
        self.lock(log, PASSPHRASE)
        log.append(erased, [])
        third = self.meeting(log, BATCHES[:3])
        log.close()
        log = open_log(self.folder, None, PASSPHRASE)
        self.append(log, third, [happened.ClockTicked(at=99.0)], 1 + sum(BATCHES[:3]))
        self.lock(log, None)
        self.forget(log, third)
        self.meeting(log, BATCHES[:3])
        log.close()


if __name__ == "__main__":
    # Cheap to open: a thousand states are opened again, and the cost of a guess is not what is tested here.
    wrapping.COST.update(time=1, memory_kib=64, lanes=1)
    descriptor = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    Recorded(Path(sys.argv[1]), descriptor).run()
