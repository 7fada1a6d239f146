"""A live meeting through a virtual microphone: heard, unplugged, tapped on, plugged in again."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import soundfile
from playwright.sync_api import Browser

from tests.browser.conftest import PICTURES, PIN, ROOT, Kring
from tests.browser.test_evening import open_and_agree, tap

SECONDS = 40


@dataclass
class VirtualMicrophone:
    """A PulseAudio server of our own whose only microphone hears what is played into it."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

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
        return subprocess.Popen(command, env=os.environ | {"HOME": str(self.folder)})


@pytest.fixture
def microphone(tmp_path: Path) -> Iterator[VirtualMicrophone]:
    assert shutil.which("pulseaudio"), "these tests need a virtual microphone: apt install pulseaudio pulseaudio-utils"
    folder = tmp_path / "pulse"
    folder.mkdir(mode=0o700)
    virtual = VirtualMicrophone(folder)
    virtual.plug_in()
    yield virtual
    virtual.unplug()


@pytest.mark.browser
@pytest.mark.loopback
def test_an_unplugged_microphone_is_said_taps_take_over_and_it_comes_back(
    browser: Browser, microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    kring = Kring(("--data", str(tmp_path / "data"), "--language", "en"), microphone=microphone.server).start()
    samples, rate = soundfile.read(ROOT / "server" / "rehearsal" / "en.opus", stop=SECONDS * 48_000)
    soundfile.write(tmp_path / "said.wav", samples[: SECONDS * rate], rate)
    tablet = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
    try:
        tablet.goto(f"{kring.url}#pin={PIN}")
        open_and_agree(tablet)
        tablet.wait_for_selector('[data-microphone="listening"]', timeout=30_000)
        tablet.locator('[data-enrol="A"], .enrol [data-letter="A"]').first.click()
        player = microphone.play(tmp_path / "said.wav")
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
        assert float(tablet.locator('svg [data-seat="A"]').get_attribute("data-share") or 0) > 0, "nothing is lost"
    finally:
        tablet.close()
        kring.stop()
