from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same engine without windows: a page takes 1.1 s of a processor instead of 2.9 s."""
FLAGS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for a second of a clock or for a browser."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the long runs whole (hours); else a shortened form")


@pytest.fixture(scope="session")
def as_often(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often a long run does it: in its shortened form, or whole with --long."""
    whole = bool(request.config.getoption("--long"))
    return lambda short, long: long if whole else short


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, one for all tests of a process."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "these tests need a browser: apt install chromium-headless-shell"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
