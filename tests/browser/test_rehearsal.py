"""The main job end to end: the rehearsal recording, through the real ears, on a real tablet page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PICTURES, PIN, ROOT, Kring

PHASES = ["look_back", "inventory", "analysis", "awareness", "advice", "evaluation"]
WATCH = """() => {
  window.seen = [];
  const look = () => {
    const tablet = document.querySelector("main.tablet");
    const lamp = document.querySelector("[data-lamp]");
    const said = JSON.stringify([tablet?.dataset.phase ?? null, lamp?.dataset.lamp ?? null]);
    if (window.seen.at(-1) !== said) window.seen.push(said);
    requestAnimationFrame(look);
  };
  look();
}"""


def true_shares(truth: dict[str, list[list[object]]]) -> dict[str, float]:
    spoken: dict[str, float] = {}
    for letter, start, end in truth["turns"]:
        spoken[str(letter)] = spoken.get(str(letter), 0.0) + float(end) - float(start)  # type: ignore[arg-type]
    return {letter: seconds / sum(spoken.values()) for letter, seconds in spoken.items()}


def picture(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png")


def pictured_phases(page: Page, seen: list[str]) -> None:
    """Waits for the phases in turn and keeps a picture of each, and of the lamp."""
    for phase in PHASES:
        page.wait_for_selector(f'main.tablet[data-phase="{phase}"]', timeout=180_000)
        seen.append(phase)
        if phase == "analysis":
            page.wait_for_selector("[data-lamp]", timeout=120_000)
            picture(page, "tablet-lamp")
        picture(page, f"tablet-{phase}")


@pytest.mark.browser
@pytest.mark.audio
def test_the_rehearsal_is_heard_and_guided_on_the_tablet(browser: Browser, tmp_path: Path) -> None:
    truth = json.loads((ROOT / "server" / "rehearsal" / "en.json").read_text(encoding="utf-8"))
    kring = Kring(("demo", "--language", "en", "--speed", "20", "--data", str(tmp_path / "data"))).start()
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    try:
        page.goto(f"{kring.url}#pin={PIN}")
        page.evaluate(WATCH)
        pictured_phases(page, [])
        page.wait_for_selector("main[data-summary], main[data-stage=closed]", timeout=120_000)
        picture(page, "summary")
        seen = [json.loads(line) for line in page.evaluate("window.seen")]
        phases = list(dict.fromkeys(phase for phase, _ in seen if phase))
        lamps = {phase for phase, lamp in seen if lamp == "advice"}
        shares = page.eval_on_selector_all(
            "[data-summary-seat]",
            "seats => Object.fromEntries(seats.map(s => [s.dataset.summarySeat, Number(s.dataset.share)]))",
        )
    finally:
        page.close()
        kring.stop()
    assert phases == PHASES
    assert lamps == {"analysis"}, "the lamp belongs to the question phase"
    assert shares.keys() == true_shares(truth).keys()
    for letter, share in true_shares(truth).items():
        assert shares[letter] == pytest.approx(share, abs=0.015), letter
    assert troubles == []
