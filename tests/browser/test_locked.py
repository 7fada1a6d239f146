"""A locked Kring in a real browser: the page asks in the browser's language, and then Kring is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from server.log import open_log
from server.passphrase import change
from tests.browser.conftest import PICTURES, PIN, ROOT, Kring

AXE = ROOT / "tests" / "client" / "vendor" / "axe-core@4.14.1.min.js"
PASSPHRASE = "vier woorden voor deze kring"
pytestmark = pytest.mark.browser


@pytest.fixture
def kring(tmp_path: Path) -> Iterator[Kring]:
    data = tmp_path / "data"
    data.mkdir()
    open_log(data).close()
    change(data, None, PASSPHRASE)
    running = Kring(("--data", str(data), "--language", "nl")).start()
    yield running
    running.stop()


def test_whoever_knows_the_passphrase_gets_in_with_the_pin_as_ever(browser: Browser, kring: Kring) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 568}, locale="de-DE")
    page.goto(kring.url)
    expect(page.get_by_role("heading")).to_have_text("Kring ist gesperrt")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        assert [one["id"] for one in found["violations"]] == []
        page.screenshot(path=PICTURES / f"locked-320-{scheme}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_label("Passphrase").fill("etwas ganz anderes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Das ist nicht die Passphrase.")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.locator(".pin").fill(PIN)
    page.keyboard.press("Enter")
    page.wait_for_selector("main.start")
    page.close()


def test_the_page_on_a_tablet(browser: Browser, kring: Kring) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    page.goto(kring.url)
    expect(page.get_by_label("Wachtzin")).to_be_focused()
    page.screenshot(path=PICTURES / "locked-1280.png")
    page.close()
