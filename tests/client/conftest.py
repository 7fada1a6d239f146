"""The pages in a real browser, served from this checkout under a strict policy. No server of ours, no network."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "test-output" / "client"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


def strict_policy() -> str:
    """No inline style or script but the import map, as the server demands it."""
    page = (ROOT / "tests" / "client" / "harness.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in inline)
    return f"default-src 'self'; script-src 'self' {hashes}; style-src 'self'; object-src 'none'; base-uri 'none'"


class Files(SimpleHTTPRequestHandler):
    """Files of the checkout with the policy."""

    policy = strict_policy()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


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
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


Show = Callable[..., Page]


@pytest.fixture
def show(address: str, browser: Browser) -> Iterator[Show]:
    """Shows a sample: show("analysis", 1280, 800, theme="dark", language="nl"). Any complaint of the browser fails the test."""
    contexts, complaints = [], []

    def shown(view: str, width: int = 1280, height: int = 800, theme: str = "light", language: str = "nl") -> Page:
        phone = width < 600
        context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True, is_mobile=phone, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/tests/client/harness.html?view={view}&theme={theme}&language={language}")
        page.wait_for_selector("html[data-ready=yes]")
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield shown
    for context in contexts:
        context.close()
    assert complaints == []


def keep(page: Page, name: str, *, full: bool = False) -> None:
    """A screenshot under test-output/client."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(OUTPUT / f"{name}.png"), full_page=full)
