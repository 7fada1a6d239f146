"""An update of a page with eight seats, ten a second, is drawn and laid out within a frame."""

from __future__ import annotations

import json
from statistics import median

import pytest

from tests.client.stage import ROOT, Show
from tests.measure.screens import MOST_UPDATE_MS, updates

pytestmark = pytest.mark.browser
ROUNDS, TRIES = 30, 6


@pytest.mark.parametrize("picture", ["arcs", "bowls", "bars"])
@pytest.mark.parametrize("view", ["analysis", "table_running"])
def test_an_update_takes_less_than_a_frame(show: Show, view: str, picture: str) -> None:
    page = show(view)
    page.evaluate("picture => localStorage.setItem('kring.picture', picture)", picture)
    page.reload()
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    page.wait_for_selector("[data-waiting]", state="detached")
    sample = json.loads((ROOT / "tests" / "client" / "samples" / f"{view}.json").read_text(encoding="utf-8"))
    took = [median(updates(page, sample, ROUNDS))]
    while took[-1] >= MOST_UPDATE_MS and len(took) < TRIES:  # other tests run beside this one
        took.append(median(updates(page, sample, ROUNDS)))
    assert min(took) < MOST_UPDATE_MS
    assert page.locator("[data-seat]").count() >= 8
