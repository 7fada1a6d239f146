from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.test_serving import Kring, free_port


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
    kring.wait_for_address()
    yield kring
    kring.stop()
    assert "Traceback" not in kring.errors.read_text()
