"""Ears without models: they speak the real protocol over the real pipe, and hear what the test's folder tells them to.

Files in the folder given as the first argument: `device` (there is a microphone), `heard.jsonl` (speech events to
tell once listening, one a line), `die` (fall at once), `hang` (say nothing any more), `deaf` (never finish the check
of a seat). What was asked is written to `asked.jsonl`, every start to `starts`.
"""

import json
import os
import queue
import sys
import threading
import time
from pathlib import Path

folder = Path(sys.argv[1])
requests: queue.Queue = queue.Queue()


def tell(event: str, **fields: object) -> None:
    try:
        print(json.dumps({"event": event, **fields}), flush=True)
    except OSError:
        os._exit(0)  # nobody hears them any more


def read() -> None:
    for line in sys.stdin:
        with (folder / "asked.jsonl").open("a") as asked:
            asked.write(line)
        requests.put(json.loads(line))
    requests.put(None)


threading.Thread(target=read, daemon=True).start()
with (folder / "starts").open("a") as starts:
    starts.write(" ".join(sys.argv[2:]) + "\n")
tell("EarsReady", words="scripted", seconds=0.1)
print("a library that chatters", flush=True)
listening, position, told = False, 0.0, 0
while True:
    try:
        request = requests.get(timeout=0.02)
        if request is None:
            break
        if request["request"] == "Listen":
            if request["recording"] is None and not (folder / "device").exists():
                tell("ListeningEnded", at=0.0, reason="no_microphone", detail="No microphone was found.")
                continue
            listening, position = True, float(request["begin"])
            kind = "microphone" if request["recording"] is None else "recording"
            for seat, start, end in request["enrolments"]:
                tell("SeatEnrolled", seat=seat, seconds=end - start, alike=None)
            tell("ListeningBegan", source=kind, name="table microphone")
        elif request["request"] == "Stop" and listening:
            listening = False
            tell("ListeningEnded", at=position, reason="asked", detail="")
        elif request["request"] == "Enrol":
            tell("SeatEnrolled", seat=request["seat"], seconds=6.0, alike=None)
        elif request["request"] == "Teach":
            tell("SeatEnrolled", seat=request["seat"], seconds=2.0, alike=None, by="tap")
        elif request["request"] == "NameVoice":
            tell("VoiceNamed", voice=request["voice"], seat=request["seat"])
        elif request["request"] == "CheckSeat" and not (folder / "deaf").exists():
            verdict = "soft" if request["seat"] == "B" else "good"
            tell("SeatChecked", seat=request["seat"], seconds=3.0, level=-31.5, noise=-52.5, verdict=verdict)
    except queue.Empty:
        pass
    if (folder / "die").exists():
        (folder / "die").unlink()
        sys.exit(3)
    if (folder / "hang").exists():
        (folder / "hang").unlink()
        time.sleep(3600)
    if not listening:
        continue
    if not (folder / "device").exists():
        listening = False
        tell("ListeningEnded", at=position, reason="microphone_lost", detail="It was unplugged.")
        continue
    heard = (folder / "heard.jsonl").read_text().splitlines() if (folder / "heard.jsonl").exists() else []
    for line in heard[told:]:
        print(line, flush=True)
    told = max(told, len(heard))
    position += 0.1
    tell("Heard", at=round(position, 2), level=-40.0)
