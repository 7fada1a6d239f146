"""What people write goes through the whole of Kring as text: into the log, to every screen, never as markup."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page

from tests.server.tables import eventually
from tests.server.test_serving import Kring, Tablet

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")]
MARKUP = "<img src=x onerror=hacked=1><svg onload=hacked=2><script>hacked=3</script>"
SHORT = "<img src=x onerror=hacked=6>"
"""A name has forty characters."""
BREAKING_OUT = '"\'><iframe srcdoc="<script>parent.hacked=4</script>"></iframe>{{7*7}}${7*7}'
CONTROL = "A\x00B\x1b[31mC\x07D\r\nE\u2028F\u2029G\ufeffH\u202eI\x7fJ\u0085K"
LINK = "javascript:hacked=5//https://evil.example/?"
NAMES = [SHORT, '"><svg onload=hacked=7>', CONTROL, LINK]
PHASE = "inventory"


@pytest.fixture(scope="module")
def tablet(served: Kring) -> Iterator[Tablet]:
    """A meeting in which everybody is called something evil, and writes it."""
    tablet = Tablet(served)
    opened = {"command": "OpenMeeting", "method": "five_phase", "language": "nl", "names": NAMES, "theme": MARKUP}
    assert tablet.ask(opened) == {"ok": True}
    assert tablet.ask({"command": "ConfirmConsent", "agreed": 4}) == {"ok": True}
    for seat, text in zip("BC", (MARKUP, BREAKING_OUT), strict=True):
        written = {"command": "WriteNote", "kind": "case_list", "text": text, "seat": seat}
        assert tablet.ask(written) == {"ok": True}
    assert tablet.ask({"command": "BeginPhase", "phase": PHASE})["ok"]
    yield tablet
    tablet.close()


def screen_of(browser: Browser, kring: Kring, session: requests.Session) -> tuple[BrowserContext, Page]:
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="nl-NL")
    context.add_cookies([{"name": one.name, "value": str(one.value), "url": kring.url} for one in session.cookies])
    page = context.new_page()
    page.asked = []  # type: ignore[attr-defined]
    page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    page.goto(kring.url)
    return context, page


def is_only_text(kring: Kring, page: Page) -> None:
    """No element of theirs is in the page, nothing of theirs ran, and nothing was fetched from elsewhere."""
    page.wait_for_timeout(300)
    assert page.evaluate("typeof hacked") == "undefined"
    assert page.locator("img, iframe, object, embed, svg[onload]").count() == 0
    own = page.eval_on_selector_all("script", "all => all.map(one => one.getAttribute('src') || one.type)")
    assert set(own) <= {"/client/main.js", "importmap"}
    links = page.eval_on_selector_all(
        "[href], [src]", "all => all.map(one => one.href?.baseVal ?? one.href ?? one.src)"
    )
    assert not any(str(link).startswith("javascript:") for link in links)
    assert page.evaluate("document.querySelectorAll('[onerror], [onload], [srcdoc]').length") == 0
    assert [url for url in page.asked if not url.startswith((kring.url, "data:"))] == []  # type: ignore[attr-defined]


def test_the_view_says_what_was_written_and_no_more(tablet: Tablet) -> None:
    names = [seat["name"] for seat in eventually(lambda: tablet.view.get("seats"))]
    assert names[:2] == NAMES[:2]
    assert [card["text"] for card in tablet.view["cases"]] == [MARKUP, BREAKING_OUT]


def test_control_characters_do_not_come_out_again(tablet: Tablet) -> None:
    name = next(seat["name"] for seat in tablet.view["seats"] if seat["letter"] == "C")
    assert (
        name == "AB[31mCD E F G\ufeffH\u202eIJ K"
    )  # the last two are signs of writing; a page keeps them in their place


def test_a_tablet_shows_it_as_text(served: Kring, tablet: Tablet, browser: Browser) -> None:
    context, page = screen_of(browser, served, tablet.session)
    page.wait_for_selector("main.tablet")
    is_only_text(served, page)
    read = ""
    for action in ("cards", "seats", "more", "plan"):
        button = page.locator(f"[data-action={action}]").first
        if button.count() and button.is_visible():
            button.click()
            page.wait_for_selector("dialog[open]")
            page.eval_on_selector_all("dialog[open] details", "all => all.forEach((one) => (one.open = true))")
            is_only_text(served, page)
            read += page.locator("dialog[open]").last.inner_text()
            page.keyboard.press("Escape")
    assert SHORT in read
    context.close()


@pytest.mark.parametrize("pin", ["314159", "161803"])
def test_phones_and_the_table_screen_show_it_as_text(served: Kring, tablet: Tablet, browser: Browser, pin: str) -> None:
    screen = Tablet(served, pin, "B" if pin == "314159" else None)
    context, page = screen_of(browser, served, screen.session)
    page.wait_for_selector("main:not(.first)")
    is_only_text(served, page)
    context.close()
    screen.close()


@pytest.mark.parametrize(
    "address", [f"#{MARKUP}", f"?{MARKUP}", "#pin=<script>", f"/{MARKUP}", "?lang=%22%3E%3Cscript%3E"]
)
def test_an_address_somebody_sends_round_is_text_as_well(served: Kring, browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    page.goto(served.url + (address if address.startswith("/") else f"/{address}"))
    page.wait_for_timeout(300)
    assert page.evaluate("typeof hacked") == "undefined"
    assert page.locator("img, iframe").count() == 0
    context.close()
