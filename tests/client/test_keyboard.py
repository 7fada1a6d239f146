"""Everything by keyboard: reached, seen, pressed; the focus is never lost, and only what matters is read aloud."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.client.phone_moments import MOMENTS, NOW, phone, tell
from tests.client.stage import Show, asked, keep

pytestmark = pytest.mark.browser

FOCUSABLE = """(root) => [...document.querySelector(root).querySelectorAll(
    'button:not(:disabled), a[href], input:not(:disabled), textarea, select, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().width > 0)
  .filter(one => { const alike = [...document.getElementsByName(one.name ?? '')];
    return one.type !== 'radio' || one.checked || (one === alike[0] && !alike.some(other => other.checked)); })
  .map((one, n) => { one.dataset.nth = n; return one.outerHTML.slice(0, 90); })"""
HERE = """() => { const one = document.activeElement;
  const drawn = one.matches('input[type=radio], input[type=checkbox], input[type=range], [role=button]');
  const told = drawn ? one.closest('label') ?? one.querySelector('.halo') ?? one : one;
  const line = getComputedStyle(told), own = getComputedStyle(one);
  return {nth: one.dataset.nth ?? null, what: one.outerHTML.slice(0, 120), body: one === document.body,
    seen: [line, own].some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
      || (told !== one && line.strokeWidth === '6px' && line.opacity === '1')}; }"""
PAGES = [
    ("start", 1280, 800),
    ("consent", 1280, 800),
    ("analysis", 1280, 800),
    ("lamp", 800, 1280),
    ("over", 800, 1280),
    ("evaluation", 1280, 800),
    ("closed", 1280, 800),
    ("phone_peer", 390, 844),
    ("phone_owner", 320, 568),
    ("phone_choose", 390, 844),
    ("pin", 390, 844),
]


def walk(page: Page, root: str, most: int = 140) -> list[dict[str, Any]]:
    """Where Tab leads, until it comes round."""
    steps: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        step: dict[str, Any] = page.evaluate(HERE)
        if step["body"] or (steps and step["nth"] == steps[0]["nth"]):
            break
        steps.append(step)
    return steps


@pytest.mark.parametrize(("view", "width", "height"), PAGES)
def test_tab_reaches_every_control_in_the_order_of_the_page_and_shows_where_it_is(
    show: Show, view: str, width: int, height: int
) -> None:
    page = show(view, width, height)
    page.evaluate("document.activeElement.blur?.()")
    controls = page.evaluate(FOCUSABLE, "#page")
    steps = walk(page, "#page")
    reached = [int(step["nth"]) for step in steps if step["nth"] is not None]
    missed = [controls[n] for n in range(len(controls)) if n not in reached]
    assert missed == []
    assert reached == sorted(reached), "in the order in which they are read"
    assert [step["what"] for step in steps if not step["seen"]] == []


@pytest.mark.parametrize("sheet", ["plan", "seats", "more", "next", "stop", "help"])
@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_sheet_is_opened_walked_and_left_by_keyboard_and_gives_the_focus_back(
    show: Show, sheet: str, key: str
) -> None:
    page = show("analysis")
    page.focus(f"[data-action={sheet}]")
    page.keyboard.press("Space" if key == " " else key)
    page.wait_for_selector("dialog[open] .help-row" if sheet == "help" else "dialog[open]")  # its cards are fetched
    controls = page.evaluate(FOCUSABLE, "dialog")
    met = set()
    for _ in range(len(controls) * 2 + 4):
        page.keyboard.press("Tab")
        where = page.evaluate(
            """() => { const one = document.activeElement, inside = document.querySelector('dialog').contains(one);
            return inside || one === document.body ? one.dataset.nth ?? '' : one.outerHTML; }"""
        )
        assert "<" not in where, "the focus stays inside"
        met.add(where)
    assert {str(n) for n in range(len(controls))} <= met
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement.dataset.action") == sheet


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keys_press_as_fingers_do(show: Show, key: str) -> None:
    page = show("taps")
    page.focus('svg [data-seat="C"]')
    page.keyboard.press(key)
    page.focus("[data-action=add-minute]")
    page.keyboard.press(key)
    assert [one["command"] for one in asked(page)] == ["TapSeat", "AddMinutes"]
    page = phone(show, "questions")
    page.focus("[data-sign=slow_down]")
    page.keyboard.press(key)
    assert asked(page) == [{"command": "GiveSign", "sign": "slow_down", "given": True}]
    page = show("consent")
    page.focus("[data-yes=B]")
    page.keyboard.press(key)
    expect(page.locator("[data-yes=B]")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("view", ["analysis", "lamp", "phone_peer", "consent"])
def test_a_redraw_never_moves_the_focus(show: Show, view: str) -> None:
    page = show(view, 390 if view.startswith("phone") else 1280, 844)
    count = len(page.evaluate(FOCUSABLE, "#page"))
    for n in range(count):
        page.evaluate("n => document.querySelector(`[data-nth='${n}']`)?.focus()", n)
        before = page.evaluate("document.activeElement.dataset.nth")
        page.evaluate("tell({paused: false}); tell({language: 'nl'})")
        assert page.evaluate("document.activeElement.dataset.nth") == before


def test_when_a_phase_changes_the_focus_is_somewhere(show: Show) -> None:
    page = show("analysis")
    page.focus("[data-action=next]")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Enter")
    phases = page.evaluate("fetch('/tests/client/samples/over.json').then(one => one.json())")
    page.evaluate("view => tell(view)", phases)
    assert page.evaluate("document.activeElement.dataset.action") == "next"
    page = phone(show, "turn")
    page.focus("[data-action=pass-turn]")
    tell(page, MOMENTS["behind"])
    assert page.evaluate("document.activeElement !== document.body"), "the button is gone, the reader is not"


def test_who_stops_the_method_by_keyboard_goes_on_reading_at_the_heading(show: Show) -> None:
    page = phone(show, "questions")
    page.focus("[data-action=stop]")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Enter")
    tell(page, {"stopped": True})
    expect(page.locator("[data-stopped] h1")).to_be_focused()


def test_the_last_agreement_disables_next_and_loses_no_focus(show: Show) -> None:
    page = show("consent")
    page.focus("[data-action=reader-next]")
    for _ in range(12):
        if page.evaluate("document.activeElement.dataset.action") != "reader-next":
            break
        page.keyboard.press("Enter")
    expect(page.locator(".reader [aria-current=step]")).to_be_focused()


# --- what is read aloud ---

LISTEN = """() => { window.read = []; const look = new MutationObserver(all => all.forEach(({target}) => {
    const at = target.nodeType === 1 ? target : target.parentElement;
    const place = at?.closest('[role=status], [role=alert], [aria-live], output');
    if (place) read.push(place.textContent.trim()); }));
  look.observe(document.body, {subtree: true, childList: true, characterData: true}); }"""


@pytest.mark.parametrize(("view", "width"), [("analysis", 1280), ("phone_peer", 390), ("taps", 1280)])
def test_ten_seconds_of_a_clock_read_nothing_aloud_and_a_phase_is_said_once(show: Show, view: str, width: int) -> None:
    page = show(view, width, 844)
    page.wait_for_timeout(300)
    page.evaluate(LISTEN)
    now = page.evaluate("view => fetch(`/tests/client/samples/${view}.json`).then(one => one.json())", view)
    for second in range(10):
        clock = {"now": now["clock"]["now"] + second, "running": True, "rate": 1.0}
        page.evaluate(
            "changes => tell(changes)",
            {"clock": clock, "phase": {**now["phase"], "left": now["phase"]["left"] - second}},
        )
        page.wait_for_timeout(110)
    assert page.evaluate("read") == []
    page.evaluate(
        "phase => tell({phase})",
        {**now["phase"], "id": "another", "name": {"nl": "Afronden", "en": "Round up", "de": "Schluss"}},
    )
    page.evaluate("tell({paused: false})")
    page.wait_for_timeout(700)
    said = [words for words in page.evaluate("read") if "Afronden" in words]
    assert len(said) == 1
    assert page.locator("#said").inner_text().startswith("Afronden") or "Afronden" in said[0]


def test_ten_real_seconds_of_a_lost_line_are_said_once(show: Show) -> None:
    page = phone(show, "questions")
    page.evaluate(LISTEN)
    page.evaluate("lose()")
    page.wait_for_timeout(10_000)
    assert [words for words in page.evaluate("read") if "oud" in words] == []


# --- twice as large ---


@pytest.mark.parametrize(
    ("view", "width", "height"),
    [
        ("analysis", 640, 400),
        ("start", 640, 400),
        ("consent", 640, 400),
        ("closed", 640, 400),
        ("phone_peer", 320, 256),
        ("phone_owner", 320, 568),
        ("pin", 320, 256),
    ],
)
def test_twice_as_large_nothing_is_lost(browser: Browser, address: str, view: str, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2)
    page.goto(f"{address}/tests/client/harness.html?view={view}&language=de")
    page.wait_for_selector("html[data-ready=yes]")
    page.wait_for_selector("main:not(.quiet-page)")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    keep(page, f"zoom-{view}-{width}x{height}", full=True)
    covered = page.evaluate("""() => [...document.querySelectorAll('#page button:not(:disabled)')].filter(one => {
      one.scrollIntoView({block: 'center'});
      const box = one.getBoundingClientRect();
      if (one.closest('[aria-hidden=true]') || box.width === 0) return false;
      const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return !(on && (one.contains(on) || on.closest('button') === one));
    }).map(one => one.outerHTML.slice(0, 120))""")
    assert covered == []
    page.close()


def test_twice_the_letters_fit_on_a_phone(show: Show) -> None:
    page = show("phone_now", 320, 568)
    tell(page, NOW)
    page.evaluate("""() => {
      const all = [...document.querySelectorAll('#page *')].filter(one => !one.closest('svg'));
      const sizes = all.map(one => parseFloat(getComputedStyle(one).fontSize));
      all.forEach((one, n) => (one.style.fontSize = `${2 * sizes[n]}px`));
    }""")
    keep(page, "zoom-letters-320", full=True)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
