"""A group's file: sealed, whole or not at all, carried to another device, and never anybody else's."""

from __future__ import annotations

import base64
import errno
import json
import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2.exceptions import HashingError

from server import sealed, wrapping
from server.folder import write_private
from server.group.document import to_bytes
from server.groupfiles import FOLDER, MOST_GROUPS, GroupFiles, Opened, new_identity
from server.meeting.refusals import Refused
from server.problems import DiskFull, Unwritable, WrongPassphrase
from tests.group.groups import circle, with_evenings

PASSPHRASE, OTHER = "vier wilde eenden zwemmen", "drie stille beren slapen"


def refused(code: str) -> Any:
    return pytest.raises(Refused, check=lambda error: error.code == code)


def new(name: str = "Blauw") -> Any:
    return replace(with_evenings(circle(), 3), id=new_identity(), name=name)


@pytest.fixture
def files(data: Path) -> GroupFiles:
    return GroupFiles(data)


def only(data: Path) -> Path:
    (path,) = (data / FOLDER).iterdir()
    return path


def test_what_is_written_is_read_again_by_its_passphrase_alone(files: GroupFiles, data: Path) -> None:
    written = files.begin(new(), PASSPHRASE)
    assert files.open(PASSPHRASE) == written
    assert files.open(f" {PASSPHRASE} ").group == written.group
    with refused("wrong_passphrase"):
        files.open(PASSPHRASE.upper())
    assert only(data).stat().st_mode & 0o777 == 0o600
    assert (data / FOLDER).stat().st_mode & 0o777 == 0o700


def test_nothing_of_a_group_can_be_read_in_its_file(files: GroupFiles, data: Path) -> None:
    opened = files.begin(new("Kanariekring"), PASSPHRASE)
    content = only(data).read_bytes()
    for text in ("Kanarie", "Anne", "five_phase", "2026-12", PASSPHRASE):
        assert text.encode() not in content
    assert opened.lock.key not in content
    assert opened.lock.key.hex().encode() not in content
    assert base64.b64encode(opened.lock.key) not in content
    assert "Lock()" in repr(opened)
    assert opened.lock.key.hex() not in repr(opened)


def test_the_length_of_the_file_tells_only_steps_of_four_kilobytes(files: GroupFiles, data: Path) -> None:
    opened = files.begin(replace(new(), evenings=()), PASSPHRASE)
    before = only(data).stat().st_size
    more = replace(opened.group, purpose="x" * 300)
    files.save(replace(opened, group=more))
    assert only(data).stat().st_size == before


def test_the_same_content_is_another_file_each_time(files: GroupFiles, data: Path) -> None:
    opened = files.begin(new(), PASSPHRASE)
    assert sealed.seal(opened.lock, b"x") != sealed.seal(opened.lock, b"x")


def test_two_groups_with_one_name_are_two_and_see_nothing_of_each_other(files: GroupFiles) -> None:
    one, two = files.begin(new("Blauw"), PASSPHRASE), files.begin(new("Blauw"), OTHER)
    assert files.open(PASSPHRASE).group.id == one.group.id
    assert files.open(OTHER).group.id == two.group.id
    with pytest.raises(WrongPassphrase):
        sealed.unseal(files.sealed(two), PASSPHRASE)


def test_one_passphrase_opens_one_group(files: GroupFiles) -> None:
    files.begin(new(), PASSPHRASE)
    with refused("passphrase_taken"):
        files.begin(new(), PASSPHRASE)
    with refused("weak_passphrase"):
        files.begin(new(), "kort")


def test_a_device_holds_so_many_groups_and_says_so(files: GroupFiles) -> None:
    for n in range(MOST_GROUPS):
        files.begin(new(), f"{PASSPHRASE} {n}")
    with refused("too_many_groups"):
        files.begin(new(), OTHER)


def test_another_passphrase_is_another_key_and_the_one_before_opens_nothing(files: GroupFiles, data: Path) -> None:
    opened = files.begin(new(), PASSPHRASE)
    with refused("wrong_passphrase"):
        files.relock(opened, OTHER, "iets heel anders hier")
    relocked = files.relock(opened, PASSPHRASE, OTHER)
    assert relocked.lock.key != opened.lock.key
    assert files.open(OTHER).group.evenings == opened.group.evenings
    with refused("wrong_passphrase"):
        files.open(PASSPHRASE)


def test_a_group_that_is_forgotten_leaves_no_file_and_its_place_was_overwritten(files: GroupFiles, data: Path) -> None:
    opened = files.begin(new(), PASSPHRASE)
    path = only(data)
    held = path.open("rb")  # the file itself, though its name is gone
    files.forget(opened)
    with held:
        assert set(held.read()) == {0}
    assert list((data / FOLDER).iterdir()) == []
    with refused("wrong_passphrase"):
        files.open(PASSPHRASE)


# --- carried to another device ---


@pytest.fixture
def elsewhere(tmp_path: Path) -> GroupFiles:
    (tmp_path / "elsewhere").mkdir()
    return GroupFiles(tmp_path / "elsewhere")


def test_a_group_goes_to_another_device_and_comes_back_newer(files: GroupFiles, elsewhere: GroupFiles) -> None:
    here = files.begin(new(), PASSPHRASE)
    there = elsewhere.take_in(files.sealed(here), PASSPHRASE)
    assert there == here
    there = elsewhere.save(replace(there, group=replace(there.group, purpose="elders")))
    assert files.take_in(elsewhere.sealed(there), PASSPHRASE).group.purpose == "elders"


def test_an_older_copy_replaces_nothing(files: GroupFiles, elsewhere: GroupFiles) -> None:
    here = files.begin(new(), PASSPHRASE)
    copy = files.sealed(here)
    files.save(replace(here, group=replace(here.group, purpose="later")))
    with refused("copy_older"):
        files.take_in(copy, PASSPHRASE)
    assert files.open(PASSPHRASE).group.purpose == "later"


def test_two_copies_that_went_separate_ways_replace_each_other_in_neither_direction(
    files: GroupFiles, elsewhere: GroupFiles
) -> None:
    here = files.begin(new(), PASSPHRASE)
    there = elsewhere.take_in(files.sealed(here), PASSPHRASE)
    here = files.save(replace(here, group=replace(here.group, purpose="hier")))
    for _ in range(3):
        there = elsewhere.save(replace(there, group=replace(there.group, purpose="daar")))
    with refused("copy_differs"):
        files.take_in(elsewhere.sealed(there), PASSPHRASE)
    with refused("copy_differs"):
        elsewhere.take_in(files.sealed(here), PASSPHRASE)
    assert files.open(PASSPHRASE).group.purpose == "hier"


def test_what_a_power_cut_left_is_tidied_away(files: GroupFiles, data: Path) -> None:
    opened = files.begin(new(), PASSPHRASE)
    half, forgotten = only(data).with_suffix(".kring.new"), data / FOLDER / f"{'0' * 32}.kring"
    half.write_bytes(files.sealed(opened))
    forgotten.write_bytes(bytes(5000))
    files.tidy()
    assert [path.name for path in (data / FOLDER).iterdir()] == [f"{opened.lock.id}.kring"]
    half.write_bytes(files.sealed(opened))
    files.forget(opened)
    assert list((data / FOLDER).iterdir()) == []


def test_a_file_that_poses_as_another_group_is_damaged(files: GroupFiles, elsewhere: GroupFiles) -> None:
    opened = files.begin(new(), PASSPHRASE)
    posing = replace(opened.group, id="/../../zz")
    with refused("file_damaged"):
        elsewhere.take_in(sealed.seal(opened.lock, to_bytes(posing)), PASSPHRASE)


def test_no_memory_for_a_passphrase_is_no_wrong_passphrase(files: GroupFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = files.begin(new(), PASSPHRASE)
    copy = files.sealed(opened)

    def none_left(*_: object, **__: object) -> bytes:
        raise HashingError("Memory allocation error")

    with monkeypatch.context() as patched:
        patched.setattr(wrapping, "hash_secret_raw", none_left)
        for act in (lambda: files.open(PASSPHRASE), lambda: files.take_in(copy, PASSPHRASE)):
            with refused("no_memory"):
                act()
    assert files.open(PASSPHRASE) == opened


def test_a_copy_from_before_another_passphrase_replaces_nothing(files: GroupFiles) -> None:
    here = files.begin(new(), PASSPHRASE)
    copy = files.sealed(here)
    files.relock(here, PASSPHRASE, OTHER)
    with refused("copy_locked"):
        files.take_in(copy, PASSPHRASE)
    assert files.open(OTHER)


def test_a_copy_cures_a_damaged_file(files: GroupFiles, data: Path) -> None:
    here = files.begin(new(), PASSPHRASE)
    copy = files.sealed(here)
    only(data).write_bytes(copy[:-100])
    with refused("damaged_here"):
        files.open(PASSPHRASE)
    assert files.take_in(copy, PASSPHRASE) == here
    assert files.open(PASSPHRASE) == here


def changed(file: bytes, change: Callable[[dict[str, Any]], object], *, summed: bool = True) -> bytes:
    told = json.loads(file)
    change(told)
    if summed:
        told["sum"] = sealed._sum({name: value for name, value in told.items() if name != "sum"})
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    ("spoiled", "code"),
    [
        (lambda file: b"", "file_foreign"),
        (lambda file: b"PK\x03\x04 a zip", "file_foreign"),
        (lambda file: b'{"some": "json"}', "file_foreign"),
        (lambda file: b"[1, 2]", "file_foreign"),
        (lambda file: b"[" * 100_000, "file_foreign"),
        (lambda file: b"x" * (sealed.LONGEST + 1), "file_foreign"),
        (lambda file: file[: len(file) // 2], "file_damaged"),
        (lambda file: file.replace(b'"body": "', b'"body": "AAAA', 1), "file_damaged"),
        (lambda file: changed(file, lambda told: told.update(kring_group=2), summed=False), "file_newer"),
        (lambda file: changed(file, lambda told: told.update(kring_group="een")), "file_damaged"),
        (lambda file: changed(file, lambda told: told.update(id="../../etc/passwd")), "file_damaged"),
        (lambda file: changed(file, lambda told: told.update(id="0" * 32)), "file_damaged"),
        (lambda file: changed(file, lambda told: told.pop("salt")), "file_damaged"),
        (lambda file: changed(file, lambda told: told.update(argon2id={"time": 10**9})), "file_damaged"),
        (
            lambda file: changed(
                file, lambda told: told.update(argon2id={"time": 99, "memory_kib": 1 << 30, "lanes": 1})
            ),
            "file_damaged",
        ),
        (lambda file: changed(file, lambda told: told.update(body_nonce=told["salt"])), "file_damaged"),
    ],
)
def test_a_file_that_is_damaged_foreign_or_newer_is_explained_and_nothing_is_lost(
    files: GroupFiles, elsewhere: GroupFiles, spoiled: Callable[[bytes], bytes], code: str
) -> None:
    here = files.begin(new(), PASSPHRASE)
    with refused(code):
        elsewhere.take_in(spoiled(files.sealed(here)), PASSPHRASE)
    with refused("wrong_passphrase"):
        elsewhere.open(PASSPHRASE)
    assert files.open(PASSPHRASE) == here


def test_any_flipped_bit_is_found(files: GroupFiles, elsewhere: GroupFiles) -> None:
    file = files.sealed(files.begin(new(), PASSPHRASE))
    chance = random.Random(8)
    for _ in range(400):
        place, bit = chance.randrange(len(file)), 1 << chance.randrange(8)
        flipped = file[:place] + bytes([file[place] ^ bit]) + file[place + 1 :]
        outcome = _taken(elsewhere, flipped)
        # A space between two names of the JSON may be another space.
        assert outcome in ("file_damaged", "file_foreign", "file_newer", to_bytes(files.open(PASSPHRASE).group))


def _taken(elsewhere: GroupFiles, file: bytes) -> str | bytes:
    try:
        return to_bytes(elsewhere.take_in(file, PASSPHRASE).group)
    except Refused as why:
        return why.code


# --- disks ---


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, Unwritable)]
)
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_disk_that_fails_in_the_middle_leaves_the_file_as_it_was(
    files: GroupFiles, data: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception], call: str
) -> None:
    opened = files.begin(new(), PASSPHRASE)
    before = only(data).read_bytes()
    with monkeypatch.context() as patched:
        if call == "write":
            patched.setattr(os, "fdopen", _failing(number))
        else:
            patched.setattr(os, call, _failing(number))
        with pytest.raises(kind):
            files.save(replace(opened, group=replace(opened.group, purpose="nieuw")))
    assert only(data).read_bytes() == before
    assert files.open(PASSPHRASE) == opened


def _failing(number: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


def test_what_else_lies_in_the_folder_is_left_alone(files: GroupFiles, data: Path) -> None:
    files.begin(new(), PASSPHRASE)
    (data / FOLDER / "notes.txt").write_text("mine")
    write_private(data / FOLDER / "broken.kring", b"{")
    assert files.open(PASSPHRASE)
    assert files.forget_all() == 2
    assert [path.name for path in (data / FOLDER).iterdir()] == ["notes.txt"]


def test_every_writing_has_a_name_of_its_own(files: GroupFiles) -> None:
    opened: Opened = files.begin(new(), PASSPHRASE)
    again = files.save(opened).group.trail
    assert again[:-1] == opened.group.trail
    assert again[-1] != opened.group.trail[-1]
