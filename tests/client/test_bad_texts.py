"""Whatever people write is text: it runs nowhere, sticks out nowhere, and turns no word of the page around."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.client.phone_moments import MOMENTS, NOW
from tests.client.stage import OUTPUT, ROOT, Show
from tests.client.test_pages import PHONE, TABLET, serious

pytestmark = pytest.mark.browser
FRESH_PAGES = True
"""A page that listened for windows must not go to the next test."""

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


Evil = Callable[[str, int, int], Page]


@pytest.fixture
def evil(show: Show) -> Iterator[Evil]:
    """A sample on a page that opens no window of its own; what else the browser complains of fails the test anyway."""
    opened: list[str] = []

    def shown(base: str, width: int, height: int) -> Page:
        page = show(base, width, height)
        page.on("dialog", lambda dialog: opened.append(dialog.message))
        return page

    yield shown
    assert opened == []


def told(page: Page, view: dict[str, Any], milliseconds: int = 150) -> None:
    """The page draws this view, and the browser had time to run what it would run."""
    page.evaluate("view => window.tell(view)", view)
    page.wait_for_timeout(milliseconds)


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


@pytest.mark.parametrize("view", VIEWS)
def test_a_tablet_shows_it_as_text(evil: Evil, view: str) -> None:
    page = evil(view, 1280, 800)
    for kind, text in EVIL.items():
        told(page, spoilt(sample(view), text))
        harmless(page, f"{view}-{kind.replace(' ', '_')}")
        if view in ("analysis", "closed", "consent") and kind in ("markup", "right to left"):
            assert serious(page) == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_shows_it_as_text(evil: Evil, sheet: str) -> None:
    page = evil("analysis", 800, 1280)
    told(page, spoilt(sample("analysis"), next(iter(EVIL.values()))))
    for tap in SHEETS[sheet]:
        if page.locator(tap).count():
            page.click(tap)
    for kind, text in EVIL.items():
        told(page, spoilt(sample("analysis"), text))
        assert page.locator("dialog[open]").count() == 1
        harmless(page, f"sheet-{sheet}-{kind.replace(' ', '_')}")


@pytest.mark.parametrize("view", PHONES)
def test_a_phone_shows_it_as_text(evil: Evil, view: str) -> None:
    page = evil(view, 320, 568)
    for kind, text in EVIL.items():
        told(page, spoilt(sample(view), text))
        harmless(page, f"{view}-{kind.replace(' ', '_')}")


@pytest.mark.parametrize("kind", EVIL)
def test_every_card_of_a_phone_shows_it_as_text(evil: Evil, kind: str) -> None:
    page = evil("phone_now", 320, 568)
    for moment, changes in MOMENTS.items():
        told(page, spoilt(NOW | changes, EVIL[kind]), 60)
        harmless(page, f"phone-{moment}-{kind.replace(' ', '_')}")
    if kind == "markup":
        assert serious(page) == []


@pytest.mark.parametrize("kind", EVIL)
def test_what_is_typed_is_shown_and_kept_as_it_was_typed(evil: Evil, kind: str) -> None:
    page = evil("phone_now", 320, 568)
    told(page, NOW)
    text = EVIL[kind][:400]
    page.fill('[data-field="questions.text"]', text)
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    assert page.input_value('[data-field="questions.text"]') == text
    page.click("[data-action=share]")
    assert page.evaluate("window.asked.at(-1).text") == text.strip()
    harmless(page, f"typed-{kind.replace(' ', '_')}")
