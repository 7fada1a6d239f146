from __future__ import annotations

from pathlib import Path

import pytest

from methods.method import Method
from methods.reader import read_method

LIBRARY = Path(__file__).parents[2] / "methods" / "library"


@pytest.fixture(scope="session")
def five() -> Method:
    return read_method(LIBRARY / "five_phase.yaml")
