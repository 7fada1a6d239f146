from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.tables import TableForTest


@pytest.fixture
def ears(tmp_path: Path) -> Path:
    """The folder of the fake ears, with a microphone plugged in."""
    folder = tmp_path / "ears"
    folder.mkdir()
    (folder / "device").touch()
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def table(data: Path, ears: Path) -> Iterator[TableForTest]:
    table = TableForTest(data, ears)
    yield table
    table.table.stop()
