"""The pages in a real browser. No server of ours, no network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.client.stage import ROOT, Files, Show


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(ROOT)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def screens(browser: Browser) -> Iterator[dict[bool, BrowserContext]]:
    """A tablet and a phone (the key says which) that keep the files of the pages between tests, and nothing else."""
    contexts = {
        phone: browser.new_context(has_touch=True, is_mobile=phone, reduced_motion="reduce") for phone in (False, True)
    }
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def show(address: str, screens: dict[bool, BrowserContext]) -> Iterator[Show]:
    """Shows a sample: show("analysis", 1280, 800, theme="dark"). Any complaint of the browser fails the test."""
    pages: list[Page] = []
    complaints = []

    def shown(view: str, width: int = 1280, height: int = 800, theme: str = "light", language: str = "nl") -> Page:
        page = screens[width < 600].new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/tests/client/harness.html?view={view}&theme={theme}&language={language}")
        page.wait_for_selector("html[data-ready=yes]")
        page.wait_for_selector("[data-waiting]", state="detached")
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield shown
    for page in pages:
        page.evaluate("localStorage.clear()")
        page.close()
    assert complaints == []
