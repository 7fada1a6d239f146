"""What every test about groups sits on."""

from __future__ import annotations

from pathlib import Path

import pytest

from server import wrapping


@pytest.fixture(autouse=True)
def cheap_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that costs a millisecond: what a guess costs is tried in tests/trust."""
    monkeypatch.setattr(wrapping, "COST", {"time": 1, "memory_kib": 64, "lanes": 1})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def ears(tmp_path: Path) -> Path:
    folder = tmp_path / "ears"
    folder.mkdir()
    return folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick in the device."""
    place = tmp_path / "STICK"
    place.mkdir()
    return place
