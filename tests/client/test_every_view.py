"""Every view in three languages, light and dark, on every size of screen it is for: axe is content, nothing sticks out.

Pictures of all of them go to test-output/client/views, to be looked at by people.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.client.stage import OUTPUT, Show
from tests.client.test_pages import AXE

pytestmark = pytest.mark.browser
LYING, STANDING, PHONE, SMALLEST = (1280, 800), (800, 1280), (390, 844), (320, 568)
LANGUAGES, THEMES = ("nl", "en", "de"), ("light", "dark")
TABLET_VIEWS = (
    "pin", "start", "leading_start", "consent", "checkin", "analysis", "guide", "lamp", "recent",
    "taps", "guess", "several", "voices", "over", "paused", "evaluation", "evaluating", "closed", "looked_five",
    "ended", "erased",
)  # fmt: skip
TABLE_VIEWS = ("table_start", "table_consent", "table_running", "table_evening", "table_closed", "table_erased")
PHONE_VIEWS = ("pin", "phone_choose", "phone_now", "phone_peer", "phone_owner", "phone_closed")
GROUP_VIEWS = ("group", "group.us", "group.next", "group.season", "group.trend", "group.kept")
"""After the dot: a tab of the group's own pages."""
SHOWN = [
    *((view, LYING) for view in (*TABLET_VIEWS, *TABLE_VIEWS, *GROUP_VIEWS)),
    *((view, STANDING) for view in ("start", "consent", "analysis", "lamp", "evaluation", "closed", "table_running")),
    *((view, STANDING) for view in GROUP_VIEWS[1:]),
    *((view, PHONE) for view in PHONE_VIEWS),
    *((view, SMALLEST) for view in PHONE_VIEWS),
]


def complaints(page: Page) -> list[str]:
    """Everything axe calls a violation of WCAG 2.2 A or AA, or a bad habit."""
    found: list[dict[str, Any]] = page.evaluate(
        """axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
          .then(({ violations }) => violations)"""
    )
    return [f"{one['id']}: {node['html'][:140]}" for one in found for node in one["nodes"]]


def shown(show: Show, view: str, size: tuple[int, int]) -> Page:
    """The sample, with that tab open where the view names one."""
    sample, _, tab = view.partition(".")
    page = show(sample, *size)
    if tab:
        page.click("[data-action=to-group]")
        page.click(f"[data-tab={tab}]")
        page.wait_for_selector(f"[data-group={tab}]")
    return page


@pytest.mark.parametrize(("view", "size"), SHOWN, ids=lambda value: value if isinstance(value, str) else f"{value[0]}")
def test_a_view_is_open_to_everybody_in_every_language_and_light(show: Show, view: str, size: tuple[int, int]) -> None:
    page = shown(show, view, size)
    page.add_script_tag(url=AXE)
    folder = OUTPUT / "views"
    folder.mkdir(parents=True, exist_ok=True)
    wrong: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for theme in THEMES:
            page.evaluate("patch => window.tune(patch)", {"language": language, "theme": theme})
            page.wait_for_function(
                "([language, theme]) => document.documentElement.lang === language"
                " && document.documentElement.dataset.theme === theme",
                arg=[language, theme],
            )
            page.screenshot(path=str(folder / f"{view}-{size[0]}x{size[1]}-{language}-{theme}.png"), full_page=True)
            found = complaints(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                found.append(f"sticks out by {wide} px")
            if found:
                wrong[f"{language} {theme}"] = found
    assert wrong == {}
