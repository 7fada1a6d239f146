"""What is installed is what was looked at: every pinned version with the hashes of its files."""

from __future__ import annotations

import itertools
import re

import pytest

from tests.measure.hashes import HASH, LISTS, PIN, ROOT, bare, told, with_hashes


def lines_of(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", LISTS)
def test_every_package_is_pinned_and_has_hashes(name: str) -> None:
    lines, hashes = list(bare(lines_of(name))), told(lines_of(name))
    wanted = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert len(wanted) > 30
    assert all(PIN.match(line) for line in wanted), "a version that is not pinned cannot have a hash"
    assert len(hashes) == len(wanted)
    assert [package for package, found in hashes.items() if not found] == []


@pytest.mark.parametrize("name", LISTS)
def test_a_hash_belongs_to_the_line_above_it_and_no_comment_stands_between(name: str) -> None:
    lines = lines_of(name)
    for before, line in itertools.pairwise(lines):
        assert bool(HASH.match(line)) == before.endswith(" \\"), line


@pytest.mark.parametrize("name", LISTS)
def test_the_script_leaves_a_list_alone_in_which_nothing_changed(name: str) -> None:
    lines = lines_of(name)
    assert "\n".join(with_hashes(lines, told(lines))).splitlines() == lines


def test_the_script_puts_hashes_below_the_lines_of_a_person_and_keeps_the_rest() -> None:
    written = [
        "# why",
        'Foo.Bar==1.0; sys_platform != "win32" \\',
        "    --hash=sha256:" + "0" * 64,
        "",
        "-r x.txt",
        "b==2",
    ]
    known = {"foo-bar==1.0": ["sha256:" + "a" * 64, "sha256:" + "b" * 64], "b==2": ["sha256:" + "c" * 64]}
    assert "\n".join(with_hashes(written, known)).splitlines() == [
        "# why",
        'Foo.Bar==1.0; sys_platform != "win32" \\',
        f"    --hash=sha256:{'a' * 64} \\",
        f"    --hash=sha256:{'b' * 64}",
        "",
        "-r x.txt",
        "b==2 \\",
        f"    --hash=sha256:{'c' * 64}",
    ]


def test_the_launcher_counts_packages_and_no_hashes() -> None:
    counted = sum(1 for line in lines_of("requirements.txt") if "==" in line)
    assert counted == len([line for line in bare(lines_of("requirements.txt")) if re.match(r"[\w.-]+==", line)])
