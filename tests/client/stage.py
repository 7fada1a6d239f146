"""Where the pages are shown to tests: files of this checkout under a strict policy. No server of ours, no network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "test-output" / "client"


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
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""

    def handle_one_request(self) -> None:
        """A page that was closed while it still fetched ahead is no trouble."""
        try:
            super().handle_one_request()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


Show = Callable[..., Page]


def asked(page: Page) -> list[dict[str, Any]]:
    """What the page asked of the server."""
    found: list[dict[str, Any]] = page.evaluate("window.asked")
    return found


def keep(page: Page, name: str, *, full: bool = False) -> None:
    """A screenshot under test-output/client."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(OUTPUT / f"{name}.png"), full_page=full)
