"""Sound and words are on no disk: a meeting with canary words and a canary tone, and every write of every process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.browser.conftest import PIN
from tests.browser.conftest import Kring as RealKring
from tests.browser.test_microphone import VirtualMicrophone
from tests.browser.test_microphone import microphone as microphone
from tests.server.tables import eventually
from tests.server.test_serving import ROOT, Tablet
from tests.trust.traced import (
    RATE,
    TONE_HERTZ,
    Written,
    files,
    holds_tone,
    holds_words,
    opened_for_writing,
    strace,
    written,
)

SPOKEN = (54.0, 76.0)
"""Seconds of the English rehearsal that are played into the microphone."""
TONE_SECONDS = 2.0
MOST_CANARIES = 24
OUR_TEXTS = [*ROOT.glob("methods/library/*.yaml"), *ROOT.glob("client/**/*.json"), *ROOT.glob("server/*.yaml")]
pytestmark = [pytest.mark.audio, pytest.mark.loopback, pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")]


def tone() -> np.ndarray:
    return 0.3 * np.sin(2 * np.pi * TONE_HERTZ * np.arange(int(TONE_SECONDS * RATE)) / RATE)


def canary_sound(to: Path) -> Path:
    """Two people who speak, then the tone."""
    recording = ROOT / "server" / "rehearsal" / "en.opus"
    rate = soundfile.info(recording).samplerate
    samples, _ = soundfile.read(recording, start=int(SPOKEN[0] * rate), stop=int(SPOKEN[1] * rate))
    assert rate % RATE == 0
    soundfile.write(to, np.concatenate([samples[:: rate // RATE], tone()]), RATE)
    return to


def recognised(sound: Path) -> list[str]:
    """Three words in a row, as the recogniser gives them: those that would be written, if any were.

    Without what stands in our own texts, which the screens are told of course.
    """
    command = [sys.executable, "-m", "server", "listen", str(sound), "--language", "en", "--words"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = [str(event["text"]).split() for event in map(json.loads, told.splitlines()) if event.get("text")]
    found = {" ".join(words[n : n + 3]) for words in texts for n in range(len(words) - 2)}
    ours = "\n".join(path.read_text(encoding="utf-8").lower() for path in OUR_TEXTS)
    return sorted((three for three in found if three.lower() not in ours), key=len)[-MOST_CANARIES:]


def test_the_search_finds_what_is_written_even_when_it_is_deleted_again(tmp_path: Path) -> None:
    canary = canary_sound(tmp_path / "canary.wav")
    trace, hidden = tmp_path / "trace", tmp_path / "hidden"
    script = (
        "import sys, os, soundfile; samples, rate = soundfile.read(sys.argv[1]); path = sys.argv[2]\n"
        "file = open(path, 'wb'); file.write((samples * 32767).astype('<i2')); file.close(); os.unlink(path)\n"
        "file = open(path, 'w'); file.write('They said CANARY words here'); file.close(); os.unlink(path)"
    )
    subprocess.run([*strace(trace), sys.executable, "-c", script, str(canary), str(hidden)], check=True)
    eventually(lambda: hidden in opened_for_writing(trace))
    told = list(written(trace))
    assert any(holds_tone(piece.content) for piece in told if piece.where == str(hidden))
    assert any(holds_words(piece.content, ["said canary words"]) for piece in told)
    assert not holds_words(b"they said nothing", ["said canary words"])
    assert holds_tone(b"\x00" + tone().astype("<f4").tobytes())
    assert not holds_tone(os.urandom(200_000))
    assert not holds_tone(bytes(200_000))


def test_nothing_that_was_heard_or_said_is_ever_written(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    sound = canary_sound(tmp_path / "canary.wav")
    canaries = recognised(sound)
    assert len(canaries) > 12, "there is something to look for"
    trace, places = tmp_path / "trace", {name: tmp_path / name for name in ("data", "home", "temporary")}
    for place in places.values():
        place.mkdir()
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))  # the models were unpacked there just now
    kring = RealKring(
        ("--data", str(places["data"]), "--language", "en"),
        microphone=microphone.server,
        under=strace(trace),
        more={"HOME": str(places["home"]), "TMPDIR": str(places["temporary"]), "XDG_CACHE_HOME": cache},
    ).start()
    try:
        heard = an_evening(kring, microphone, sound)
    finally:
        kring.stop()
    assert heard["utterances"] > 2, "the words were heard and judged"
    assert heard["seconds"] > 10, "and so was who spoke"
    pieces = [*written(trace), *files([*places.values(), *opened_for_writing(trace)])]
    pieces.append(Written(where="what it printed", content="".join(kring.lines).encode()))
    assert any(piece.where.endswith("meetings.db-wal") for piece in pieces), "the log was seen being written"
    for piece in {piece.content: piece for piece in pieces}.values():
        assert (found := holds_words(piece.content, canaries)) is None, f"{found!r} was written to {piece.where}"
        assert not holds_tone(piece.content), f"the tone was written to {piece.where}"


def an_evening(kring: RealKring, microphone: VirtualMicrophone, sound: Path) -> dict[str, float]:
    """A meeting with that sound, kept; how much of it was heard."""

    class Served:
        url = kring.url.rstrip("/")

    tablet = Tablet(Served(), pin=PIN)  # type: ignore[arg-type]
    eventually(lambda: tablet.view.get("stage") == "start")
    names = ["Ada", "Bo", "Cas", "Dee"]
    assert tablet.ask({"command": "OpenMeeting", "method": "five_phase", "language": "en", "names": names})["ok"]
    assert tablet.ask({"command": "ConfirmConsent", "agreed": 4})["ok"]
    assert tablet.ask({"command": "BeginPhase", "phase": "analysis"})["ok"]
    eventually(lambda: tablet.view["microphone"]["state"] == "listening", 90)
    microphone.play(sound).wait(90)
    time.sleep(6)
    assert tablet.ask({"command": "CloseMeeting"})["ok"]
    summary = eventually(lambda: tablet.view.get("summary"))
    heard = {"seconds": float(summary["speech"]), "utterances": float(counted(summary))}
    assert tablet.ask({"command": "KeepMeeting"})["ok"]
    tablet.close()
    return heard


def counted(summary: dict[str, object]) -> int:
    """How many utterances were judged, over all phases and acts."""
    return sum(json.loads(number) for number in _numbers_under(summary, "acts"))


def _numbers_under(value: object, name: str) -> list[str]:
    found: list[str] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name and isinstance(inner, dict):
                found += [json.dumps(number) for number in inner.values() if isinstance(number, int)]
            else:
                found += _numbers_under(inner, name)
    elif isinstance(value, list):
        for inner in value:
            found += _numbers_under(inner, name)
    return found
