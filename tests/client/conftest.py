"""The pages in a real browser. No server of ours, no network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

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


@pytest.fixture(scope="session")
def idle() -> dict[bool, list[Page]]:
    """Pages between two tests, for a tablet and for a phone: a page that is used again costs half of a new one."""
    return {False: [], True: []}


@pytest.fixture
def show(
    request: pytest.FixtureRequest, address: str, screens: dict[bool, BrowserContext], idle: dict[bool, list[Page]]
) -> Iterator[Show]:
    """Shows a sample: show("analysis", 1280, 800, theme="dark"). Any complaint of the browser fails the test.

    A module that changes more of a page than what stands on it says FRESH_PAGES = True.
    """
    fresh = getattr(request.module, "FRESH_PAGES", False)
    pages: list[tuple[bool, Page]] = []
    complaints: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def failed(error: Error) -> None:
        complaints.append(str(error))

    def shown(view: str, width: int = 1280, height: int = 800, theme: str = "light", language: str = "nl") -> Page:
        phone = width < 600
        page = idle[phone].pop() if idle[phone] and not fresh else screens[phone].new_page()
        pages.append((phone, page))
        page.set_viewport_size({"width": width, "height": height})
        page.on("console", told)
        page.on("pageerror", failed)
        page.goto(f"{address}/tests/client/harness.html?view={view}&theme={theme}&language={language}")
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        page.wait_for_selector("[data-waiting]", state="detached")
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield shown
    for phone, page in pages:
        if page.is_closed():
            continue
        page.remove_listener("console", told)
        page.remove_listener("pageerror", failed)
        page.goto(f"{address}/tests/client/empty.html")  # nothing runs there that could keep something again
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        if fresh:
            page.close()
        else:
            idle[phone].append(page)
    assert complaints == []
