"""A live meeting through a virtual microphone: heard, named by taps, unplugged, tapped on, plugged in again."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy
import pytest
import soundfile
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PICTURES, PIN, ROOT, Kring
from tests.browser.test_evening import open_and_agree, press, tap

SECONDS = 40
INTRODUCTION, LATER = (20.0, 27.2), (54.3, 61.0)
"""Where seat C of the rehearsal speaks, alone: seconds."""


@dataclass
class VirtualMicrophone:
    """A PulseAudio server of our own whose only microphone hears what is played into it."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None
    players: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def server(self) -> str:
        return f"unix:{self.folder}/pulse.sock"

    def plug_in(self) -> None:
        native = f"module-native-protocol-unix auth-anonymous=1 socket={self.folder}/pulse.sock"
        sink = "module-null-sink sink_name=table rate=16000 channels=1"
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        environment = os.environ | {"HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder)}
        log = subprocess.DEVNULL
        self.process = subprocess.Popen([*command, "-L", native, "-L", sink], env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 10
        while not (self.folder / "pulse.sock").exists():
            assert time.monotonic() < deadline, "PulseAudio did not start"
            time.sleep(0.05)

    def unplug(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(5)
            self.process = None
        (self.folder / "pulse.sock").unlink(missing_ok=True)

    def play(self, sound: Path) -> subprocess.Popen[bytes]:
        command = ["paplay", f"--server={self.server}", "--device=table", str(sound)]
        self.players.append(subprocess.Popen(command, env=os.environ | {"HOME": str(self.folder)}))
        return self.players[-1]

    def listeners(self) -> int:
        """How many programs have the microphone open."""
        command = ["pactl", f"--server={self.server}", "list", "short", "source-outputs"]
        told = subprocess.run(command, env=os.environ | {"HOME": str(self.folder)}, capture_output=True, check=True)
        return len(told.stdout.splitlines())


@pytest.fixture
def microphone(tmp_path: Path) -> Iterator[VirtualMicrophone]:
    assert shutil.which("pulseaudio"), "these tests need a virtual microphone: apt install pulseaudio pulseaudio-utils"
    folder = tmp_path / "pulse"
    folder.mkdir(mode=0o700)
    virtual = VirtualMicrophone(folder)
    virtual.plug_in()
    yield virtual
    virtual.unplug()
    for player in virtual.players:
        player.kill()
        player.wait(5)


def spoken(to: Path, start: float, end: float, times: int = 1) -> Path:
    """A stretch of the rehearsal as a file of its own, said as often as asked."""
    recording = ROOT / "server" / "rehearsal" / "en.opus"
    rate = soundfile.info(recording).samplerate
    samples, _ = soundfile.read(recording, start=int(start * rate), stop=int(end * rate))
    soundfile.write(to, numpy.tile(samples, times), rate)
    return to


def share(page: Page, letter: str) -> float:
    return float(page.locator(f'svg [data-seat="{letter}"]').get_attribute("data-share") or 0)


@pytest.mark.browser
@pytest.mark.loopback
def test_a_voice_that_nobody_enrolled_gets_its_seat_by_two_taps_and_keeps_it(
    browser: Browser, microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    kring = Kring(("--data", str(tmp_path / "data"), "--language", "en"), microphone=microphone.server).start()
    tablet = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
    try:
        tablet.goto(f"{kring.url}#pin={PIN}")
        open_and_agree(tablet)
        tablet.wait_for_selector('[data-microphone="listening"]', timeout=30_000)
        introduction = microphone.play(spoken(tmp_path / "introduction.wav", *INTRODUCTION))
        tablet.locator("[data-voice-chip]").click(timeout=20_000)
        tablet.locator('svg [data-seat="C"]').click()
        tablet.locator("[data-voice-chip]").wait_for(state="detached")
        expect(tablet.locator('svg [data-seat="C"]')).to_have_attribute("data-share", "1")
        tablet.locator('svg [data-seat="C"].speaking').wait_for(state="detached", timeout=15_000)
        introduction.wait(5)
        later = microphone.play(spoken(tmp_path / "later.wav", *LATER, times=4))  # a busy machine taps slowly
        tablet.wait_for_selector('svg [data-seat="C"].speaking:not(.doubt)', timeout=15_000)
        tablet.locator('svg [data-seat="B"]').click()
        press(tablet, "label")
        tablet.wait_for_selector('svg [data-seat="B"].speaking')
        assert share(tablet, "B") > 0
        tablet.screenshot(path=PICTURES / "microphone-put-right.png")
        press(tablet, "undo")
        expect(tablet.locator('svg [data-seat="C"]')).to_have_attribute("data-share", "1")
        assert not tablet.locator("[data-voice-chip]").count()
        later.wait(40)
        assert microphone.listeners() == 1
        press(tablet, "mute")
        tablet.wait_for_selector('[data-microphone="muted"]')
        deadline = time.monotonic() + 2
        while microphone.listeners():
            assert time.monotonic() < deadline, "muted is closed, not only unheard"
    finally:
        tablet.close()
        kring.stop()


@pytest.mark.browser
@pytest.mark.loopback
def test_an_unplugged_microphone_is_said_taps_take_over_and_it_comes_back(
    browser: Browser, microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    kring = Kring(("--data", str(tmp_path / "data"), "--language", "en"), microphone=microphone.server).start()
    said = spoken(tmp_path / "said.wav", 0, SECONDS)
    tablet = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
    try:
        tablet.goto(f"{kring.url}#pin={PIN}")
        open_and_agree(tablet)
        tablet.wait_for_selector('[data-microphone="listening"]', timeout=30_000)
        tablet.locator('[data-enrol="A"], .enrol [data-letter="A"]').first.click()
        player = microphone.play(said)
        tablet.wait_for_selector('svg [data-seat="A"][aria-pressed="true"]', timeout=15_000)
        microphone.unplug()
        unplugged = time.monotonic()
        tablet.wait_for_selector('[data-microphone="lost"]', timeout=10_000)
        assert time.monotonic() - unplugged < 3.0, "the screen says so within 3 s"
        player.wait(5)
        tap(tablet, "B")
        tablet.wait_for_selector('svg [data-seat="B"][aria-pressed="true"]')
        tablet.screenshot(path=PICTURES / "microphone-lost.png")
        microphone.plug_in()
        tablet.wait_for_selector('[data-microphone="listening"]', timeout=15_000)
        assert share(tablet, "A") > 0, "nothing is lost"
        tablet.wait_for_selector('svg [data-seat="B"][aria-pressed="false"]')  # the ears take over from the taps
    finally:
        tablet.close()
        kring.stop()
