"""Ears that go wrong in the way that the file `wrong` in their folder says; without it they are the scripted ones."""

import json
import os
import random
import runpy
import sys
import time
from pathlib import Path

folder = Path(sys.argv[1])
FAKE_EARS = Path(__file__).parents[1] / "server" / "fake_ears.py"
TURN = {"event": "TurnEnded", "seat": "A", "start": 0.0, "end": 0.5}
TYPED_RUBBISH = [
    "[]",
    '"text"',
    "17",
    "{}",
    "[" * 50_000,
    '{"event": ["Heard"]}',
    '{"event": "Heard"}',
    '{"event": "Heard", "at": "soon", "level": -40.0}',
    '{"event": "Heard", "at": NaN, "level": -40.0}',
    '{"event": "Heard", "at": Infinity, "level": -40.0}',
    '{"event": "Heard", "at": null, "level": null}',
    '{"event": "TurnEnded", "seat": 17, "start": 0.0, "end": 1.0}',
    '{"event": "TurnEnded", "seat": {"a": 1}, "start": 0.0, "end": 1.0}',
    '{"event": "TurnEnded", "seat": "Q", "start": 0.0, "end": 1.0}',
    '{"event": "TurnEnded", "seat": "A", "start": "x", "end": []}',
    '{"event": "TurnEnded", "seat": "A", "start": 9e99, "end": -9e99}',
    '{"event": "TurnEnded", "seat": "A", "start": -500.0, "end": 0.2}',
    '{"event": "TurnBegan", "seat": "Q", "at": 0.1}',
    '{"event": "TurnBegan", "seat": "A", "at": 1e300, "settled": true}',
    '{"event": "VoiceNamed", "voice": -1, "seat": "Q"}',
    '{"event": "UtteranceNoted", "seat": "Q", "start": 0.0, "end": 1.0, "act": "shout", "advice": 7.0, '
    '"cue": "none", "words": -3, "heard": 0.0, "computing": 0.0}',
    '{"event": "SeatChecked", "seat": "Q", "seconds": 1.0, "level": 1.0, "noise": 1.0, "verdict": "?"}',
    '{"event": "SoundJudged", "at": 0.1, "trouble": "?"}',
    '{"event": "ListeningEnded", "at": 0.1, "reason": 17}',
]


def tell(**event: object) -> None:
    print(json.dumps(event), flush=True)


def go_on_telling() -> None:
    position = 0.0
    while True:
        position += 0.1
        tell(event="Heard", at=round(position, 2), level=-40.0)
        time.sleep(0.1)


def do_not_read() -> None:
    go_on_telling()


def flood() -> None:
    position = 0.0
    while True:
        position += 0.001
        tell(event="Heard", at=round(position, 3), level=-40.0)
        print(json.dumps(TURN | {"start": position, "end": position + 0.001}))


def flood_with_rubbish() -> None:
    while True:
        print("a library that chatters without end")


def one_line_without_end() -> None:
    while True:
        sys.stdout.write("x" * 1_000_000)


def print_rubbish() -> None:
    lottery = random.Random(7)
    for line in TYPED_RUBBISH:
        print(line, flush=True)
    for _ in range(300):
        os.write(1, lottery.randbytes(lottery.randrange(1, 200)) + b"\n")
    go_on_telling()


def eat_memory() -> None:
    eaten = []
    for _ in range(40):
        eaten.append(b"x" * 10_000_000)
        tell(event="Heard", at=0.1, level=-40.0)
        time.sleep(0.02)
    go_on_telling()


def fall_soon() -> None:
    for position in range(1, 4):
        tell(event="Heard", at=position / 10, level=-40.0)


def close_the_output_and_stay() -> None:
    os.close(1)
    time.sleep(3600)


def main() -> None:
    wrong = folder / "wrong"
    if not wrong.exists():
        runpy.run_path(str(FAKE_EARS), run_name="__main__")
        return
    with (folder / "starts").open("a") as starts:
        starts.write("wrong\n")
    how = wrong.read_text()
    if how == "fall at once":
        sys.exit(1)
    tell(event="EarsReady", words="scripted", seconds=0.1)
    if how != "do not read":
        sys.stdin.readline()
    time.sleep(0.2)
    tell(event="ListeningBegan", source="microphone", name="table microphone")
    globals()[how.replace(" ", "_")]()


if __name__ == "__main__":
    main()
