"""The real ears, which count what they lose: `ears_that_count.py FILE --language nl`; FILE is written every second."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from speech import __main__ as ears
from speech import events, listener
from speech.effort import STEPS, Pace

SHOWN = ("FramesLost", "WordsLeftOut", "UtteranceNoted", "TurnEnded", "Heard", "Strained")


class Counted:
    """What is worth counting of one run."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.told: Counter[str] = Counter()
        self.seconds_lost = 0.0
        self.most_waiting = 0.0
        self.lowest_effort = 0

    def tell(self, event: events.SpeechEvent) -> None:
        self.told[type(event).__name__] += 1
        if isinstance(event, events.FramesLost):
            self.seconds_lost += event.seconds
        if isinstance(event, events.Heard):
            new = self._file.with_suffix(".new")
            new.write_text(json.dumps(self.as_json()), encoding="utf-8")
            new.replace(self._file)

    def as_json(self) -> dict[str, Any]:
        return {
            **{name: self.told[name] for name in SHOWN},
            "seconds_lost": round(self.seconds_lost, 3),
            "most_waiting": round(self.most_waiting, 2),
            "lowest_effort": self.lowest_effort,
        }


def main() -> None:
    counted = Counted(Path(sys.argv.pop(1)))
    to_json = events.to_json

    class CountedPace(Pace):
        def hear(self, position: int, waiting: float) -> None:
            super().hear(position, waiting)
            counted.most_waiting = max(counted.most_waiting, waiting)
            counted.lowest_effort = max(counted.lowest_effort, STEPS.index(self.effort))

    def told(event: events.SpeechEvent) -> dict[str, Any]:
        counted.tell(event)
        return to_json(event)

    listener.Pace = CountedPace  # type: ignore[misc]
    events.to_json = told
    ears.main()


if __name__ == "__main__":
    main()
