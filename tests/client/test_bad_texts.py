"""Whatever people write is text: it runs nowhere, sticks out nowhere, and turns no word of the page around."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.client.phone_moments import MOMENTS, NOW
from tests.client.stage import OUTPUT, ROOT
from tests.client.test_pages import PHONE, TABLET, serious

pytestmark = pytest.mark.browser

SAMPLES = ROOT / "tests" / "client" / "samples"
PEOPLE_WRITE = {
    *(
        "name",
        "text",
        "question",
        "restated",
        "own_share",
        "step",
        "theme",
        "intention",
        "date",
        "place",
        "lead",
        "method",
    ),
    *("look_back", "different", "owner_question"),
}
"""Keys under which people's own texts come; where the value is an object it is the method's own text."""

OVERRIDE = "\u202e"
EVIL = {
    "markup": "<img src=x onerror=\"window.hacked='img'\"></script><script>window.hacked='script'</script>",
    "templates": "{{constructor.constructor('window.hacked=1')()}} ${window.hacked=2} {name} {n} javascript:alert(1)",
    "long": "Aaltje" * 33 + "ab",
    "emoji": "👩🏽‍❤️‍💋‍👨🏿👨‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿🇳🇱🧑🏾‍🦽‍➡️" * 4,
    "right to left": "‏محمد عبد الرحمن (שלום) 12:30!",
    "turned around": f"Anna{OVERRIDE}\u2067 gnidliub eht ni si nosrep siht \u2066",
    "zalgo": "Z" + "̡̛̫͉͒̏" * 12 + "oë" + "͖̱̭̓" * 12,
}
VIEWS = [view for view in TABLET if view != "pin"]
PHONES = [view for view in PHONE if view != "pin"]
SHEETS = {
    "seats": ["[data-action=seats]"],
    "seat": ["[data-action=seats]", "[data-seat-row=D]"],
    "exchange": ["[data-action=seats]", "[data-seat-row=D]", "[data-action=exchange]"],
    "plan": ["[data-action=plan]"],
    "cards": ["[data-action=cards]"],
}


def spoilt(view: Any, evil: str) -> Any:
    """The view as if people had written this everywhere they can."""
    if isinstance(view, list):
        return [spoilt(one, evil) for one in view]
    if not isinstance(view, dict):
        return view
    return {
        key: evil if key in PEOPLE_WRITE and isinstance(value, str) and value else spoilt(value, evil)
        for key, value in view.items()
    }


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[bool, BrowserContext]]:
    opened = {
        phone: browser.new_context(has_touch=True, is_mobile=phone, reduced_motion="reduce") for phone in (False, True)
    }
    yield opened
    for one in opened.values():
        one.close()


@pytest.fixture
def evil_page(address: str, contexts: dict[bool, BrowserContext]) -> Iterator[Any]:
    """Shows a view; what the browser complains of, be it of the policy, is kept."""
    pages: list[Page] = []
    complaints: list[str] = []

    def shown(view: dict[str, Any], width: int, height: int, base: str) -> Page:
        page = contexts[width < 600].new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(f"{address}/tests/client/harness.html?view={base}&theme=light&language=nl")
        page.wait_for_selector("html[data-ready=yes]")
        page.evaluate("view => window.tell(view)", view)
        page.wait_for_timeout(150)
        return page

    yield shown
    for page in pages:
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.close()
    assert complaints == []


STICKING_OUT = """() => [...document.querySelectorAll('dialog')]
  .map(one => one.scrollWidth - one.clientWidth).filter(by => by > 0)"""
ORDERS = "() => /[\\u202A-\\u202E\\u2066\\u2067]/.test(document.querySelector('#page').textContent)"
"""Whether an order to turn text around reached the page; the sign round a name in a sentence is our own."""


def harmless(page: Page, name: str) -> None:
    assert page.evaluate("window.hacked") is None
    assert page.locator("#page img, #page script, #page iframe").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, name
    out = page.evaluate(STICKING_OUT)
    assert out == [], name
    assert not page.evaluate(ORDERS), name
    OUTPUT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(OUTPUT / f"bad-{name}.png"))


@pytest.mark.parametrize("kind", EVIL)
@pytest.mark.parametrize("view", VIEWS)
def test_a_tablet_shows_it_as_text(evil_page: Any, view: str, kind: str) -> None:
    page = evil_page(spoilt(sample(view), EVIL[kind]), 1280, 800, view)
    harmless(page, f"{view}-{kind.replace(' ', '_')}")
    if view in ("analysis", "closed", "consent") and kind in ("markup", "right to left"):
        assert serious(page) == []


@pytest.mark.parametrize("kind", EVIL)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_shows_it_as_text(evil_page: Any, sheet: str, kind: str) -> None:
    page = evil_page(spoilt(sample("analysis"), EVIL[kind]), 800, 1280, "analysis")
    for tap in SHEETS[sheet]:
        if page.locator(tap).count():
            page.click(tap)
    harmless(page, f"sheet-{sheet}-{kind.replace(' ', '_')}")


@pytest.mark.parametrize("kind", EVIL)
@pytest.mark.parametrize("view", PHONES)
def test_a_phone_shows_it_as_text(evil_page: Any, view: str, kind: str) -> None:
    page = evil_page(spoilt(sample(view), EVIL[kind]), 320, 568, view)
    harmless(page, f"{view}-{kind.replace(' ', '_')}")


@pytest.mark.parametrize("kind", EVIL)
def test_every_card_of_a_phone_shows_it_as_text(evil_page: Any, kind: str) -> None:
    page = evil_page(copy.deepcopy(NOW), 320, 568, "phone_now")
    for moment, changes in MOMENTS.items():
        page.evaluate("view => window.tell(view)", spoilt(NOW | changes, EVIL[kind]))
        page.wait_for_timeout(60)
        harmless(page, f"phone-{moment}-{kind.replace(' ', '_')}")
    if kind == "markup":
        assert serious(page) == []


@pytest.mark.parametrize("kind", EVIL)
def test_what_is_typed_is_shown_and_kept_as_it_was_typed(evil_page: Any, kind: str) -> None:
    page = evil_page(copy.deepcopy(NOW), 320, 568, "phone_now")
    text = EVIL[kind][:400]
    page.fill('[data-field="questions.text"]', text)
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    assert page.input_value('[data-field="questions.text"]') == text
    page.click("[data-action=share]")
    assert page.evaluate("window.asked.at(-1).text") == text.strip()
    harmless(page, f"typed-{kind.replace(' ', '_')}")
