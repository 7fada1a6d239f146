"""Measure what the screens cost: bytes until a page is there, first paint on a slow line, time of one update.

    python -P tests/measure/screens.py [--rounds 5]

A real Kring, a real browser. Slow is a processor four times slower and the line that browsers call fast 3G (1.44 Mbit/s
down, 0.675 up, 562.5 ms more for every answer). An update is one message of the server to a page of eight seats, drawn
and laid out, ten a second. Exits 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from tests.browser.conftest import PIN, Kring  # noqa: E402 - the project this script lies in, wherever it is called from
from tests.conftest import BROWSERS, FLAGS  # noqa: E402

MOST_KILOBYTES, MOST_PAINT_MS, MOST_UPDATE_MS = 150.0, 1000.0, 16.0
SLOW = {"offline": False, "latency": 562.5, "downloadThroughput": 1.44e6 / 8, "uploadThroughput": 0.675e6 / 8}
SLOWER_PROCESSOR = 4
TABLET, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
MAINS = {"start": "main.start", "tablet": "main.tablet", "phone": "main.phone", "table": "main.table", "pin": ".pin"}

WEIGHT = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
"""Bytes of every file that was fetched, as it came over the line, without headers."""
PAINT = """() => performance.getEntriesByType('paint').find(one => one.name === 'first-contentful-paint')?.startTime"""
STYLED = "() => performance.getEntriesByName(`${location.origin}/client/all.css`)[0]?.responseEnd"
"""When the stylesheet was there."""
UPDATES = """async (rounds) => {
  const took = [];
  for (let n = 0; n < rounds; n++) {
    const seats = window.seats.map((seat, i) => ({ ...seat, speaking: i === n % 8,
      seconds: n, share: ((n + i) % 8) / 28, fill: ((n * 7 + i * 11) % 100) / 100 }));
    const began = performance.now();
    const speaking = { seat: seats[n % 8].letter, voice: null, several: n % 5 === 0, settled: true, since: n,
      by: 'voice' };
    window.tell({ seats, speaking, quiet: { silence: (n % 10) / 20, several: 0, unknown: 0 } });
    document.body.getBoundingClientRect();
    took.push(performance.now() - began);
    await new Promise((on) => setTimeout(on, 100));
  }
  return took;
}"""


def fetched(context: BrowserContext, address: str, there: str, *, slow: bool = False) -> dict[str, float]:
    """Kilobytes, and milliseconds to the first paint, to the stylesheet and to the page itself, of a first visit."""
    page = context.new_page()
    if slow:
        line = context.new_cdp_session(page)
        line.send("Network.emulateNetworkConditions", SLOW)
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    page.goto(address, wait_until="commit")
    page.wait_for_selector(there, timeout=60_000)
    found = {
        "kilobytes": page.evaluate(WEIGHT) / 1000,
        "paint_ms": page.evaluate(PAINT) or float("nan"),
        "there_ms": page.evaluate("performance.now()"),
        "styled_ms": page.evaluate(STYLED),
    }
    page.close()
    return found


def paired(browser: Browser, kring: Kring, pin: str | None, size: dict[str, int]) -> BrowserContext:
    """A browser that has been let in and has nothing in its store of files."""
    context = browser.new_context(viewport=size, locale="nl-NL")  # type: ignore[arg-type]
    if pin:
        answer = context.request.post(f"{kring.url}pair", data={"pin": pin})
        assert answer.ok, answer.text()
    return context


def running(browser: Browser, kring: Kring) -> None:
    """A meeting of eight that has begun, by taps."""
    with browser.new_context(viewport=TABLET, locale="nl-NL") as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{kring.url}#pin={PIN}")
        page.wait_for_selector("main.start")
        for _ in range(3):
            page.locator(".start-part[data-part='1'] .stepper button").last.click()
        page.click("[data-action=open-meeting]")
        page.wait_for_selector("main.consent")
        page.click("[data-action=by-taps]")
        page.click("[data-action=confirm-taps]")
        page.wait_for_selector("main.tablet")


def first_visits(browser: Browser, kring: Kring, rounds: int, slow: bool) -> dict[str, dict[str, float]]:
    """Medians of first visits to every kind of page of a running meeting."""
    kinds = {"pin": (None, PHONE), "tablet": (PIN, TABLET), "phone": (kring.participant_pin, PHONE)}
    told = {}
    for kind, (pin, size) in kinds.items():
        visits = []
        for _ in range(rounds):
            context = paired(browser, kring, pin, size)
            visits.append(fetched(context, kring.url, MAINS[kind], slow=slow))
            context.close()
        told[kind] = {key: median(visit[key] for visit in visits) for key in visits[0]}
    return told


def updates(page: Page, sample: dict[str, Any], rounds: int = 50) -> list[float]:
    """Milliseconds of each update of a sample page (`tests/client/harness.html`) with eight seats."""
    first = sample["seats"][0]
    seats = [
        first | {"letter": letter, "name": f"Naam {letter}", "role": "peer", "hand": False} for letter in "ABCDEFGH"
    ]
    page.evaluate("seats => { window.seats = seats; window.tell({ seats }); }", seats)
    return list(page.evaluate(UPDATES, rounds))


def launched() -> str:
    """The browser of this machine."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def main() -> int:
    """Prints what was measured; 1 when a limit is missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    missed = False
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=launched(), args=FLAGS)
        kring = Kring(("--data", f"{folder}/data", "--language", "nl")).start()
        try:
            running(browser, kring)
            for slow in (False, True):
                for kind, told in first_visits(browser, kring, rounds, slow).items():
                    print(
                        f"{'slow' if slow else 'here'} {kind:7}", *(f"{key} {value:.0f}" for key, value in told.items())
                    )
                    missed |= told["kilobytes"] > MOST_KILOBYTES or (slow and not told["paint_ms"] <= MOST_PAINT_MS)
        finally:
            kring.stop()
            browser.close()
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
