from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
import requests

from tests.server.test_serving import Kring, free_port


@pytest.fixture(autouse=True)
def _sockets_end_with_their_test() -> Iterator[None]:
    yield
    gc.collect()


def is_there(kring: Kring) -> Kring:
    """It prints its address before it can answer; on a busy machine some seconds lie between."""
    kring.wait_for_address()
    if "https" not in kring.process.args:  # type: ignore[operator]
        assert requests.get(f"{kring.url}/healthz", timeout=60).ok
    return kring


def at_once(waited: list[float]) -> bool:
    """Answers within a second as a rule: other tests may keep this machine busy for a moment."""
    return median(waited) < 1 and max(waited) < 5


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kring]:
    """A real Kring for all tests of a file: an attack that is stopped leaves it as it was."""
    folder = tmp_path_factory.mktemp("attacked")
    for name in ("data", "ears"):
        (folder / name).mkdir()
    (folder / "ears" / "device").touch()
    kring = Kring(folder / "data", folder / "ears", free_port())
    yield is_there(kring)
    kring.stop()
    assert "Traceback" not in kring.errors.read_text()
