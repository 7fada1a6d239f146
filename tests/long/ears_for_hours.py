"""Ears without models that tell hours of talk, as fast as they are asked to: the same for every run.

Eight people take turns of some seconds; every turn is an utterance with an act. They wait for GoOn after each second.
"""

import json
import queue
import random
import sys
import threading
import time

requests: queue.Queue = queue.Queue()
ACTS = ("question_open", "story", "reflection", "experience", "advice", "question_closed", "interpretation")
LONGEST = 4 * 3600


def tell(event: str, **fields: object) -> None:
    print(json.dumps({"event": event, **fields}), flush=True)


def read() -> None:
    for line in sys.stdin:
        requests.put(json.loads(line))
    requests.put(None)


def talk() -> list[tuple[float, float, str, str, bool]]:
    """Start, end, seat, act, and whether two spoke at once."""
    chance, at, said = random.Random(7), 60.0, []
    while at < LONGEST:
        length = chance.uniform(1.5, 11.0)
        said.append((at, at + length, chance.choice("ABCDEFGH"), chance.choice(ACTS), chance.random() < 0.05))
        at += length + chance.uniform(0.1, 2.0)
    return said


def answer(request: dict) -> None:
    if request["request"] == "Enrol":
        tell("SeatEnrolled", seat=request["seat"], seconds=6.0, alike=None)


def listen(asked: dict) -> bool:
    """Whether to go on: False when the pipe closed."""
    speed, at, confirmed = asked["speed"] or 1.0, int(asked["begin"]), -1.0
    coming = [turn for turn in talk() if turn[0] > at]
    coming.reverse()
    began, first = time.monotonic(), at
    tell("ListeningBegan", source="recording", name="hours.wav")
    running = None
    while True:
        while confirmed < at and at > first:
            request = requests.get()
            if request is None:
                return False
            if request["request"] == "Stop":
                tell("ListeningEnded", at=float(at), reason="asked", detail="")
                return True
            if request["request"] == "GoOn":
                confirmed = request["heard"]
            answer(request)
        at += 1
        time.sleep(max(0.0, began + (at - first) / speed - time.monotonic()))
        while coming and coming[-1][0] <= at:
            running = coming.pop()
            tell("TurnBegan", seat=running[2], at=round(running[0], 3), settled=True)
        if running is not None and running[1] <= at:
            start, end, seat, act, several = running
            running = None
            start, end = round(start, 3), round(end, 3)
            tell("TurnEnded", seat=seat, start=start, end=end, several=several)
            sure = 0.95 if act == "advice" else 0.02
            cue = "advice_question.have_you_tried" if act == "advice" else None
            note = {"seat": seat, "start": start, "end": end, "act": act, "advice": sure, "cue": cue, "words": 9}
            tell("UtteranceNoted", **note, heard=float(at), computing=0.1)
        tell("Heard", at=float(at), level=-40.0)


threading.Thread(target=read, daemon=True).start()
tell("EarsReady", words="scripted", seconds=0.1)
while (request := requests.get()) is not None:
    answer(request)
    if request["request"] == "Listen" and not listen(request):
        break
