"""The pages in a real browser. No server of ours, no network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

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


@pytest.fixture
def show(address: str, browser: Browser) -> Iterator[Show]:
    """Shows a sample: show("analysis", 1280, 800, theme="dark"). Any complaint of the browser fails the test."""
    contexts, complaints = [], []

    def shown(view: str, width: int = 1280, height: int = 800, theme: str = "light", language: str = "nl") -> Page:
        phone = width < 600
        context = browser.new_context(
            viewport={"width": width, "height": height}, has_touch=True, is_mobile=phone, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/tests/client/harness.html?view={view}&theme={theme}&language={language}")
        page.wait_for_selector("html[data-ready=yes]")
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield shown
    for context in contexts:
        context.close()
    assert complaints == []
