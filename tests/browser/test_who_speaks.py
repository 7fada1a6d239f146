"""A table without enrolment, end to end: ears that follow a script, a real server, the tablet under a finger."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PICTURES, ROOT, free_port
from tests.browser.test_evening import open_and_agree, press

PIN = "271828"


class Table:
    """A served Kring whose ears tell what the test writes down for them."""

    def __init__(self, folder: Path) -> None:
        self.ears, self.port = folder / "ears", free_port()
        for made in (self.ears, folder / "data"):
            made.mkdir()
        (self.ears / "device").touch()
        command = [sys.executable, "-m", "tests.server.serve_for_test", str(folder / "data"), str(self.port)]
        self.process = subprocess.Popen([*command, str(self.ears)], cwd=ROOT, stdout=subprocess.DEVNULL)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def wait(self) -> Table:
        deadline = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}healthz", timeout=1):
                    return self
            except OSError:
                assert time.monotonic() < deadline, "no answer within 30 s"
                time.sleep(0.1)

    def hears(self, **event: object) -> None:
        with (self.ears / "heard.jsonl").open("a") as heard:
            heard.write(json.dumps(event) + "\n")

    def asked(self, request: str) -> list[dict[str, object]]:
        lines = (self.ears / "asked.jsonl").read_text().splitlines()
        return [one for one in map(json.loads, lines) if one["request"] == request]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    served = Table(tmp_path)
    try:
        yield served.wait()
    finally:
        served.stop()


@pytest.fixture
def tablet(browser: Browser, table: Table) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    page.goto(f"{table.url}#pin={PIN}")
    open_and_agree(page)
    page.wait_for_selector('[data-microphone="listening"]', timeout=15_000)
    yield page
    page.close()


def share(page: Page, letter: str) -> float:
    return float(page.locator(f'svg [data-seat="{letter}"]').get_attribute("data-share") or 0)


@pytest.mark.browser
def test_a_group_without_enrolment_names_its_voices_and_puts_right_what_is_wrong(table: Table, tablet: Page) -> None:
    table.hears(event="TurnEnded", seat=None, voice=1, start=0.0, end=3.0)
    table.hears(event="TurnEnded", seat=None, voice=2, start=3.0, end=6.0)
    tablet.locator('[data-voice-chip="1"]').click()
    tablet.screenshot(path=PICTURES / "voices-without-a-name.png")
    tablet.locator('svg [data-seat="B"]').click()
    tablet.locator('[data-voice-chip="1"]').wait_for(state="detached")
    assert share(tablet, "B") == 1
    assert table.asked("NameVoice") == [{"request": "NameVoice", "voice": 1, "seat": "B"}]
    tablet.locator('[data-voice-chip="2"]').click()
    tablet.locator('svg [data-seat="C"]').click()
    expect(tablet.locator('svg [data-seat="C"]')).to_have_attribute("data-share", "0.5", timeout=15_000)
    tablet.locator('[data-undo="name"] [data-action="undo"]').click()
    expect(tablet.locator('svg [data-seat="C"]')).to_have_attribute("data-share", "0")
    tablet.locator('[data-voice-chip="2"]').wait_for()


@pytest.mark.browser
def test_this_is_seat_d_speaking_shows_at_once_and_teaches_the_ears(table: Table, tablet: Page) -> None:
    table.hears(event="TurnBegan", seat="A", at=0.0, settled=False)
    tablet.wait_for_selector('svg [data-seat="A"].doubt')
    table.hears(event="TurnBegan", seat="A", at=0.0, settled=True)
    tablet.wait_for_selector('svg [data-seat="A"].speaking:not(.doubt)')
    tablet.wait_for_timeout(800)
    tablet.locator('svg [data-seat="D"]').click()
    press(tablet, "label")
    tablet.wait_for_selector('svg [data-seat="D"].speaking')
    expect(tablet.locator('svg [data-seat="D"]')).to_have_attribute("data-share", "1")
    assert [(lesson["seat"], lesson["start"]) for lesson in table.asked("Teach")] == [("D", 0)]
    tablet.wait_for_selector('[data-enrol="D"][data-voice="known"]')


@pytest.mark.browser
def test_the_room_is_checked_from_the_first_phase_in_one_tap(table: Table, tablet: Page) -> None:
    press(tablet, "check")
    for letter in "ABCDE":
        press(tablet, "check-next")
        tablet.wait_for_selector(f'[data-check="{letter}"]:not([data-verdict=""])')
    expect(tablet.locator('[data-check="B"]')).to_contain_text("te zacht")
    tablet.wait_for_selector('[data-advice="closer"]')
    tablet.screenshot(path=PICTURES / "room-check.png")
    press(tablet, "check-done")
    table.hears(event="SoundJudged", at=1.0, trouble="hum")
    tablet.wait_for_selector('[data-sound="hum"]')
    table.hears(event="SoundJudged", at=2.0, trouble="")
    tablet.locator("[data-sound]").wait_for(state="detached")


@pytest.mark.browser
def test_somebody_comes_late_somebody_leaves_and_somebody_is_not_measured(table: Table, tablet: Page) -> None:
    press(tablet, "seats")
    press(tablet, "late")
    tablet.get_by_label("Naam van wie erbij komt").fill("Fee")
    tablet.screenshot(path=PICTURES / "latecomer.png")
    press(tablet, "late-yes")
    tablet.wait_for_selector('[data-caption="F"] .name')
    table.hears(event="TurnEnded", seat="F", start=0.0, end=2.0)
    expect(tablet.locator('svg [data-seat="F"]')).to_have_attribute("data-share", "1")
    tablet.locator('svg [data-seat="F"]').click()
    press(tablet, "leave-out")
    press(tablet, "confirm-out")
    tablet.wait_for_selector('svg [data-seat="F"].unmeasured')
    expect(tablet.locator('svg [data-seat="F"]')).to_have_attribute("data-share", "0")
    tablet.locator('svg [data-seat="E"]').click()
    press(tablet, "leaves")
    press(tablet, "confirm-leaves")
    tablet.wait_for_selector('svg [data-seat="E"].away')
    tablet.screenshot(path=PICTURES / "left-and-left-out.png")
    assert table.asked("LeaveOut") == [{"request": "LeaveOut", "seat": "F", "out": True}]
    assert table.asked("Forget") == [{"request": "Forget", "seat": "E"}]
