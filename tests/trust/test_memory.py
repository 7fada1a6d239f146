"""What was heard stays in memory, not in swap or in a core dump, and words are let go within ten seconds."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from speech.ears import Ears
from speech.events import Heard, SpeechEvent, UtteranceNoted
from speech.frames import RATE
from speech.requests import Listen, Request, Stop
from tests.server.tables import eventually
from tests.server.test_serving import ROOT, Kring, free_port

LONGEST = 10.0
"""Seconds that words may live after they were said."""
LISTENED = 30.0


def locked_kilobytes(script: str, *, limit: int | None) -> int:
    """How much memory the script kept out of swap, with that many bytes allowed (None: without limit)."""
    allowed = "resource.RLIM_INFINITY" if limit is None else str(limit)
    text = (
        f"import resource; resource.setrlimit(resource.RLIMIT_MEMLOCK, ({allowed}, {allowed}))\n{script}\n"
        "import re; print(re.search(r'VmLck:\\s+(\\d+)', open('/proc/self/status').read())[1])"
    )
    ran = subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked for it")
def test_the_ring_of_sound_stays_out_of_swap_within_the_usual_limit() -> None:
    script = "from speech.ring import Ring; ring = Ring(20.0); assert ring.held"
    assert locked_kilobytes(script, limit=8 << 20) >= 20 * RATE * 4 // 1024
    without = "from speech.ring import Ring; ring = Ring(20.0)"
    assert locked_kilobytes(without, limit=8 << 20) < 20_000, "and nothing else is"


def may_lift_the_limit() -> bool:
    if sys.platform != "linux":
        return False
    asked = "import resource as r; r.setrlimit(r.RLIMIT_MEMLOCK, (r.RLIM_INFINITY, r.RLIM_INFINITY))"
    return subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_lift_the_limit(), reason="this system lets nobody lift the limit on locked memory")
def test_without_a_limit_the_whole_process_does() -> None:
    script = "from speech.unswapped import lock_everything; assert lock_everything(); later = bytearray(50_000_000)"
    assert locked_kilobytes(script, limit=None) > 50_000


def test_with_a_limit_the_process_is_not_locked_because_it_would_run_out_of_memory() -> None:
    assert (
        locked_kilobytes("from speech.unswapped import lock_everything; assert not lock_everything()", limit=8 << 20)
        == 0
    )


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_no_process_of_kring_writes_an_image_of_its_memory(data: Path, ears: Path) -> None:
    running = Kring(data, ears, free_port())
    running.wait_for_address()
    try:
        started = psutil.Process(running.process.pid)
        eventually(lambda: len(started.children(recursive=True)) >= 2)
        processes = [started, *started.children(recursive=True)]  # the one that serves, and the ears
        for process in processes:
            limits = Path(f"/proc/{process.pid}/limits").read_text()
            assert re.search(r"Max core file size\s+0\s+0\s", limits), process.cmdline()
    finally:
        running.stop()


# --- words ---


def living_texts() -> set[str]:
    """Every text that an object of this process holds."""
    found: set[str] = set()
    for holder in gc.get_objects():
        try:
            found.update(inner for inner in gc.get_referents(holder) if type(inner) is str and len(inner) < 2000)
        except RuntimeError:  # it changed meanwhile
            continue
    return found


def ages(said: dict[str, float], before: set[str]) -> list[float]:
    """How many seconds ago each word was recognised that still stands in some text."""
    now, alive = time.monotonic(), living_texts() - before
    found = [now - at for reversed_word, at in said.items() if any(reversed_word[::-1] in text for text in alive)]
    alive.clear()  # else this very set would keep them for the next look
    return found


@pytest.mark.audio
def test_words_live_for_ten_seconds_at_most_in_any_object_of_the_ears(monkeypatch: pytest.MonkeyPatch) -> None:
    ears = Ears.load(language="en", keep_text=False)
    said: dict[str, float] = {}
    recognise = ears._recogniser.recognise  # type: ignore[union-attr]

    def noted(samples: object) -> object:
        words = recognise(samples)  # type: ignore[arg-type]
        # Kept in pieces, so that this note is itself no such text.
        said.update({"".join(reversed(word.text)): time.monotonic() for word in words if len(word.text) > 6})
        return words

    monkeypatch.setattr(ears._recogniser, "recognise", noted)
    before = living_texts()
    lived: list[float] = []
    noted_utterances = 0
    for event in paced(ears):
        noted_utterances += isinstance(event, UtteranceNoted)
        if isinstance(event, Heard):
            lived += ages(said, before)
    assert noted_utterances > 3
    assert lived, "they were seen while they lived, so they would be seen later as well"
    assert max(lived) <= LONGEST
    gc.collect()
    assert not ages(said, before), "the sound is over: all is let go"


def paced(ears: Ears) -> Iterator[SpeechEvent]:
    """Part of the rehearsal as fast as it was spoken."""
    recording = ROOT / "server" / "rehearsal" / "en.opus"
    enough: list[Request] = []
    for event in ears.do(Listen(recording=str(recording), speed=1.0), lambda: tuple(enough)):
        yield event
        if isinstance(event, Heard) and event.at > LISTENED:
            enough.append(Stop())


def test_the_pipe_of_the_ears_has_no_words_unless_a_person_asked_for_them() -> None:
    sound = str(ROOT / "server" / "rehearsal" / "en.opus")
    asked = json.dumps({"request": "Listen", "recording": sound, "speed": None})
    ran = subprocess.run(
        [sys.executable, "-m", "speech", "--language", "en", "--no-words"],
        cwd=ROOT,
        input=asked + "\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    texts = [json.loads(line).get("text") for line in ran.stdout.splitlines()]
    assert texts
    assert not any(texts)
