"""Every page on every kind of screen: nothing complains, nothing sticks out, fingers fit, screen readers are served."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.client.stage import Show, keep

pytestmark = pytest.mark.browser

AXE = "/tests/client/vendor/axe-core@4.14.1.min.js"
TABLET = [
    "pin",
    "start",
    "consent",
    "checkin",
    "analysis",
    "lamp",
    "recent",
    "taps",
    "guess",
    "several",
    "voices",
    "over",
    "paused",
    "evaluation",
    "closed",
    "erased",
]
PHONE = ["pin", "phone_peer", "phone_owner", "phone_choose", "phone_closed"]
RUNNING = ["checkin", "lamp", "recent", "taps", "guess", "several", "over", "evaluation"]
LYING, STANDING, PHONE_SIZE, SMALLEST = (1280, 800), (800, 1280), (390, 844), (320, 568)
PAGES = [
    *((view, LYING, "light", "nl") for view in TABLET),
    *(
        (view, LYING, "dark", "de")
        for view in ("lamp", "recent", "checkin", "over", "evaluation", "closed", "start", "several", "voices")
    ),
    *(
        (view, STANDING, "dark", "en")
        for view in ("start", "checkin", "lamp", "recent", "taps", "over", "closed", "guess", "voices")
    ),
    *((view, PHONE_SIZE, "light", "nl") for view in PHONE),
    *((view, SMALLEST, "dark", "de") for view in PHONE),
    *((view, SMALLEST, "light", "en") for view in ("start", "consent", "lamp", "closed", "voices")),
]

# Every control, its box, and what it says.
CONTROLS = """() => [...document.querySelectorAll('button, [role=button], input, summary')].map(element => {
  const radio = element.matches('input[type=radio]');
  const target = radio ? element.parentElement : element.querySelector('.hit') ?? element;
  const box = target.getBoundingClientRect();
  return {what: element.outerHTML.slice(0, 90), width: box.width, height: box.height};
})"""


HAND_REACHES = """() => Math.max(...[...document.querySelector('.hand').children]
  .map(child => child.getBoundingClientRect().bottom))"""
CONTROLS_BEGIN = """() => Math.min(...['.controls', '.ears']
  .map(name => document.querySelector(name).getBoundingClientRect())
  .filter(box => box.left < document.querySelector('.hand').getBoundingClientRect().right).map(box => box.top))"""


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    page.add_script_tag(url=AXE)
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(result => result.violations)")
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("view", "size", "theme", "language"), PAGES)
def test_a_page_fits_its_screen_its_fingers_and_its_readers(
    show: Show, view: str, size: tuple[int, int], theme: str, language: str
) -> None:
    page = show(view, *size, theme=theme, language=language)
    keep(page, f"{view}-{size[0]}x{size[1]}-{theme}-{language}", full=True)
    sticking_out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sticking_out <= 0
    least = 44 if size[0] < 600 else 56
    small = [one for one in page.evaluate(CONTROLS) if min(one["width"], one["height"]) < least - 0.5]
    assert small == []
    assert serious(page) == []
    if view in RUNNING and size in (LYING, STANDING):
        readable_from_afar_and_whole_above_the_edge(page)


def readable_from_afar_and_whole_above_the_edge(page: Page) -> None:
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.glance h1')).fontSize)") >= 71
    number = page.locator(".countdown .number").bounding_box()
    assert number is not None
    assert number["height"] >= 71
    if page.query_selector("[data-action=why]"):
        page.click("[data-action=why]")
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    assert page.evaluate(HAND_REACHES) <= page.evaluate(CONTROLS_BEGIN)


@pytest.mark.parametrize("sheet", ["plan", "seats", "more", "next"])
@pytest.mark.parametrize("size", [LYING, PHONE_SIZE])
def test_a_sheet_is_as_accessible_as_its_page(show: Show, sheet: str, size: tuple[int, int]) -> None:
    page = show("analysis", *size)
    page.click(f"[data-action={sheet}]")
    page.wait_for_selector("dialog[open]")
    keep(page, f"sheet-{sheet}-{size[0]}")
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate("document.activeElement.dataset.action") == sheet


SEAT = ("[data-action=seats]", "[data-seat-row=D]")
FURTHER = {
    "seat": SEAT,
    "exchange": (*SEAT, "[data-action=exchange]"),
    "leaves": (*SEAT, "[data-action=leaves]"),
    "out": (*SEAT, "[data-action=leave-out]"),
    "late": ("[data-action=seats]", "[data-action=late]"),
}


def fits_its_fingers_and_readers(page: Page, least: int) -> None:
    small = [one for one in page.evaluate(CONTROLS) if min(one["width"], one["height"]) < least - 0.5]
    assert small == []
    assert (
        page.evaluate("document.querySelector('dialog').scrollWidth - document.querySelector('dialog').clientWidth")
        <= 0
    )
    assert serious(page) == []


@pytest.mark.parametrize("sheet", FURTHER)
@pytest.mark.parametrize(("size", "theme"), [(LYING, "light"), (STANDING, "dark"), (SMALLEST, "light")])
def test_what_is_said_of_a_seat_fits_too(show: Show, sheet: str, size: tuple[int, int], theme: str) -> None:
    page = show("analysis", *size, theme=theme)
    for tap in FURTHER[sheet]:
        page.click(tap)
    page.wait_for_selector(f"dialog[data-sheet={sheet}]")
    keep(page, f"sheet-{sheet}-{size[0]}-{theme}")
    fits_its_fingers_and_readers(page, 44 if size[0] < 600 else 56)


CHECKED = {
    "asking": None,
    "seats": {
        "A": {"verdict": "good", "level": 0.8, "clarity": 0.84},
        "B": {"verdict": "soft", "level": 0.3, "clarity": 0.4},
        "C": {"verdict": "nothing", "level": None, "clarity": None},
    },
    "advice": None,
}


@pytest.mark.parametrize("stage", [{}, {"asking": "D"}, {"advice": {"do": "closer", "seat": "B"}}], ids=str)
@pytest.mark.parametrize(("size", "theme"), [(LYING, "dark"), (STANDING, "light"), (SMALLEST, "dark")])
def test_the_room_check_fits_too(show: Show, stage: dict[str, Any], size: tuple[int, int], theme: str) -> None:
    page = show("checkin", *size, theme=theme, language="de")
    page.click("[data-action=check]")
    page.evaluate("check => tell({check})", CHECKED | stage)
    keep(page, f"sheet-check-{'-'.join(stage) or 'next'}-{size[0]}-{theme}")
    fits_its_fingers_and_readers(page, 44 if size[0] < 600 else 56)
