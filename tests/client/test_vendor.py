"""What comes from others stands here unchanged, with its licence."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = [ROOT / "client" / "vendor", ROOT / "tests" / "client" / "vendor"]


def sums(place: Path) -> dict[str, str]:
    lines = (place / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


@pytest.mark.parametrize("place", PLACES, ids=["client", "tests"])
def test_every_file_has_the_sum_it_was_fetched_with(place: Path) -> None:
    for name, digest in sums(place).items():
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("place", PLACES, ids=["client", "tests"])
def test_no_file_lies_there_without_a_sum(place: Path) -> None:
    there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert there - sums(place).keys() == {"SHA256SUMS"}


def test_every_package_carries_its_licence() -> None:
    packages = [path for path in PLACES[0].iterdir() if path.is_dir()]
    assert packages
    listed = (PLACES[0] / "LICENSES.md").read_text(encoding="utf-8")
    for package in packages:
        assert (package / "LICENSE").stat().st_size > 500
        assert package.name in listed


def test_pages_fetch_nothing_from_elsewhere() -> None:
    own = [
        path
        for path in (ROOT / "client").rglob("*")
        if path.suffix in (".js", ".css", ".html") and "vendor" not in path.parts
    ]
    for path in own:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not any(elsewhere in text for elsewhere in ("http://", "https://", 'src="//')), path.name
