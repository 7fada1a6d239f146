"""What a page weighs, when something useful is on it over a slow line, and that every script goes out whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PIN, ROOT, Kring
from tests.measure.screens import (
    MAINS,
    MOST_KILOBYTES,
    PHONE,
    TABLET,
    fetched,
    paired,
    running,
)

pytestmark = pytest.mark.browser
TRIES = 4


@pytest.fixture(scope="module")
def kring(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kring]:
    started = Kring(("--data", str(tmp_path_factory.mktemp("speed")), "--language", "nl")).start()
    running(browser, started)
    yield started
    started.stop()


@pytest.mark.parametrize("kind", ["pin", "tablet", "phone"])
def test_a_page_is_light_and_tells_something_before_any_other_file_is_there(
    browser: Browser, kring: Kring, kind: str
) -> None:
    """That the first paint comes within a second is measured where nothing runs beside it: tests/measure/screens.py."""
    pin = {"pin": None, "tablet": PIN, "phone": kring.participant_pin}[kind]
    visits = []
    while len(visits) < TRIES:  # other tests run beside this one
        context = paired(browser, kring, pin, TABLET if kind == "tablet" else PHONE)
        visits.append(fetched(context, kring.url, MAINS[kind], slow=True))
        context.close()
        assert visits[-1]["kilobytes"] < MOST_KILOBYTES
        if visits[-1]["paint_ms"] < visits[-1]["styled_ms"]:
            return
    pytest.fail(f"painted late: {visits}")


def test_the_first_picture_says_the_phase_and_the_time_and_gives_way_to_the_page(
    browser: Browser, kring: Kring
) -> None:
    context = paired(browser, kring, PIN, TABLET)
    page = context.new_page()
    page.route("**/client/main.js", lambda route: route.abort())
    page.goto(kring.url)
    first = page.locator("main.first")
    assert "Fase 1 van 6" in first.inner_text()
    assert "nog" in first.inner_text()
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.first h1')).fontSize)") >= 44
    page.unroute("**/client/main.js")
    page.reload()
    page.wait_for_selector("main.tablet")
    assert page.locator("main.first").count() == 0
    context.close()


def test_a_stranger_is_told_nothing_of_the_meeting(browser: Browser, kring: Kring) -> None:
    context = paired(browser, kring, None, PHONE)
    page = context.request.get(kring.url).text()
    assert "Fase" not in page
    assert "Kom erbij" in page
    context.close()


def test_every_script_as_it_goes_out_is_one_a_browser_takes(browser: Browser, kring: Kring) -> None:
    scripts = [
        f"/client/{path.relative_to(ROOT / 'client').as_posix()}"
        for path in sorted(Path(ROOT / "client").rglob("*.js"))
        if "vendor" not in path.parts and path.name != "main.js"
    ]
    context = paired(browser, kring, PIN, TABLET)
    page = context.new_page()
    page.goto(kring.url)
    page.wait_for_selector("main.tablet")
    exported = {one: len(page.evaluate("async one => Object.keys(await import(one))", one)) for one in scripts}
    assert [name for name, names in exported.items() if not names] == []
    context.close()
