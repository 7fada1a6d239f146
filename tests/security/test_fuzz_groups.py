"""Whatever is asked of a group, and whatever file is brought as one: granted or refused in words; nothing is lost."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from server import asking, sealed, wrapping
from server.group.deciding import decided
from server.group.document import NotAGroup, from_bytes, to_bytes
from server.group.group import Group
from server.group.memory import expired, lines
from server.group.wishes import GroupWish
from server.groupfiles import GroupFiles
from server.groupviews import group_view
from server.meeting.refusals import Refused
from tests.group.groups import METHODS, TODAY, circle, intended, with_evenings
from tests.security.fuzz import JSON, AsOften, fuzz, mutated

NAMES = sorted(kind.__name__ for kind in GroupWish.__args__)
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("member", "other", "intention", "theme", "card", "agreement", "key"), st.integers(0, 9)),
    "item": st.sampled_from(("intention", "answers", "pulse", "methods", "attendance", "figures", "turns", "next")),
    "until": st.sampled_from(("no", "next", "season", "always")),
    "turn": st.sampled_from(("lead", "bring")),
    "on": st.dates(TODAY, TODAY + timedelta(days=400)).map(str),
    "at": st.sampled_from(("19:30", "9.05", "24:00")),
    "method": st.sampled_from(sorted(METHODS)),
    "statement": st.sampled_from(("own_structure", "safe_to_doubt", "stop_works")),
    "worth": st.integers(-2, 12),
}
OF_TYPE = {"str": st.text(max_size=60), "bool": st.booleans(), "int": st.integers(-3, 20), "float": st.floats()}


def wish_of(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """A message with this wish, mostly as a screen would send it."""

    def value(field: Any) -> st.SearchStrategy[Any]:
        base = str(field.type).removesuffix(" | None")
        likely = LIKELY.get(field.name, OF_TYPE.get(base, JSON))
        return st.one_of(likely, likely, OF_TYPE.get(base, JSON))

    of = fields(asking.BY_NAME[name])
    needed = {one.name: value(one) for one in of if one.default is MISSING}
    more = {one.name: value(one) for one in of if one.default is not MISSING}
    return st.fixed_dictionaries({"command": st.just(name), **needed}, optional=more)


WISHES = st.lists(st.sampled_from(NAMES).flatmap(wish_of), max_size=12)


def test_no_row_of_wishes_makes_a_group_that_cannot_be_written_shown_or_forgotten(as_often: AsOften) -> None:
    def check(row: list[dict[str, Any]]) -> None:
        group, today = intended(with_evenings(circle(), 2)), TODAY
        for message in row:
            try:
                group = decided(group, asking.asked(message), METHODS, today)  # type: ignore[arg-type]
            except (ValueError, Refused):
                continue
            sound(group)
            today += timedelta(days=20)
        sound(expired(group, today))

    fuzz(check, WISHES, as_often(400, 12_000), bool(as_often(0, 1)))


def sound(group: Group) -> None:
    """It is written and read as it is; its page can be drawn; nothing refers to a member who is none."""
    assert from_bytes(to_bytes(group)) == group
    keys = {member.key for member in group.members}
    assert {*group.lead} == {*group.bring} == keys
    assert group.next.away <= keys
    assert {one.member for one in group.intentions} - {None} <= keys
    assert len({(line.item, line.key) for line in lines(group)}) == len(lines(group))
    json.dumps(group_view(group, METHODS, (), TODAY)).encode()


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "COST", {"time": 1, "memory_kib": 8, "lanes": 1})
    monkeypatch.setattr(wrapping, "MOST", {"time": 2, "memory_kib": 256, "lanes": 2})


@pytest.mark.usefixtures("cheap")
def test_any_file_is_a_group_or_refused_in_words(as_often: AsOften, tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    here, there = GroupFiles(tmp_path / "here"), GroupFiles(tmp_path / "there")
    opened = here.begin(with_evenings(circle(), 2), "four words of ours")
    good = here.sealed(opened)

    def check(file: bytes) -> None:
        began = time.monotonic()
        with contextlib.suppress(Refused):
            assert there.take_in(file, "four words of ours").group == opened.group
        assert time.monotonic() - began < 10.0

    summed = st.dictionaries(
        st.sampled_from(("id", "argon2id", "salt", "nonce", "key", "body_nonce", "body", sealed.KIND)), JSON, max_size=2
    ).map(resummed(good))
    fuzz(check, mutated(st.just(good)) | summed | st.binary(max_size=99), as_often(300, 8_000), bool(as_often(0, 1)))


def resummed(good: bytes) -> Callable[[dict[str, Any]], bytes]:
    """A file somebody wrote with care: its sum is right, its content is not."""

    def spoil(changes: dict[str, Any]) -> bytes:
        told = {**json.loads(good), **changes}
        told.pop("sum")
        return json.dumps({**told, "sum": sealed._sum(told)}).encode()

    return spoil


def test_any_bytes_inside_are_a_group_or_none(as_often: AsOften) -> None:
    good = to_bytes(intended(with_evenings(circle(), 2)))

    def check(written: bytes) -> None:
        try:
            group = from_bytes(written)
        except NotAGroup:
            return
        to_bytes(group)
        group_view(group, METHODS, (), TODAY)
        expired(group, TODAY)

    fuzz(check, mutated(st.just(good)), as_often(1000, 30_000), bool(as_often(0, 1)))
