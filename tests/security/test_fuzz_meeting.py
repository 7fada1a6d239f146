"""Whatever comes over a line or a pipe is a wish that is granted or refused, or nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any

from hypothesis import strategies as st

from methods.reader import BUILT_IN, load_library
from server.keeping import look_back_of, own_to_keep
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.cards import KINDS
from server.meeting.commands import BY_NAME, Command, from_json
from server.meeting.phonewishes import for_seat
from server.meeting.refusals import Refused
from server.room import Room
from server.suggesting import suggestions
from server.views import facilitator_view, participant_view, table_view
from speech import events as told
from speech import requests as asked
from tests.meeting.table import Played
from tests.security.fuzz import JSON, AsOften, fuzz

LIBRARY = load_library(BUILT_IN)
OF_THE_TABLE = {
    "EraseMeeting",
    "KeepMeeting",
    "BeginRehearsal",
    "EndRehearsal",
    "ForgetLookBack",
    "SuggestMethods",
    "EraseEverything",
}
"""These the table grants itself; no meeting decides about them."""
WORDS = sorted(
    {
        *"ABCDEFGH",
        *("", "a", "Z", "nl", "en", "off", "calm", "normal", "live", "phase_ends", "up", "down", "five_phase"),
        *("case_list", "question_list", "advice_list", "parked", "intention", "agreement", "question_original"),
        *("want_in", "too_close", "slow_down", "fits", "did_already", "not_now", "1.E", "1", "pulse", "safety"),
        *(phase.id for phase in LIBRARY["five_phase"].phases),
        *(f"{phase.id}~2" for phase in LIBRARY["five_phase"].phases),
    }
)
NUMBERS = st.integers(-1, 9) | st.sampled_from((0.0, 0.5, 1e5, -1e5, 999_999.0))
PLAUSIBLE: dict[str, st.SearchStrategy[Any]] = {
    "str": st.sampled_from(WORDS) | st.text(max_size=12),
    "int": st.integers(-1, 9) | st.integers(),
    "float": NUMBERS,
    "bool": st.booleans(),
    "tuple[str, ...]": st.lists(st.sampled_from(WORDS), max_size=9),
    "tuple[tuple[str, float], ...]": st.lists(st.tuples(st.sampled_from(WORDS), NUMBERS).map(list), max_size=9),
}


SEATS = st.sampled_from("ABCDE")
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("seat", "other", "facilitator", "trainer", "by"), SEATS),
    "kind": st.sampled_from(sorted(KINDS)),
    "note": st.integers(1, 6),
    "flag": st.integers(0, 3),
    "case": st.integers(1, 2),
    "voice": st.integers(1, 3),
    "level": st.sampled_from(("off", "calm", "normal")),
    "shown": st.sampled_from(("off", "phase_ends", "live")),
    "sign": st.sampled_from(("want_in", "too_close", "slow_down")),
    "phase": st.sampled_from([phase.id for phase in LIBRARY["five_phase"].phases]),
    "order": st.permutations("ABCDE"),
    "scores": st.lists(
        st.tuples(st.sampled_from(("1.E", "1.G", "1.T", "2.E")), st.integers(0, 2)).map(list), max_size=6
    ),
    "heat": st.sampled_from(("cold", "warm", "hot")),
    "pile": st.sampled_from(("did_already", "fits", "not_now")),
}


def plausible(kind: str, name: str = "") -> st.SearchStrategy[Any]:
    """A value for a field of this type: mostly one that there is, now and then any."""
    base = kind.removesuffix(" | None")
    value = PLAUSIBLE.get(base, JSON)
    value = st.one_of(LIKELY[name], LIKELY[name], value) if name in LIKELY else value
    return (value | st.none()) if kind != base else value


def wish_of(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """A message with this wish as a program of somebody's own might send it."""
    of = fields(BY_NAME[name])
    needed = {one.name: plausible(str(one.type), one.name) for one in of if one.default is MISSING}
    more = {one.name: plausible(str(one.type), one.name) for one in of if one.default is not MISSING}
    return st.fixed_dictionaries({"command": st.just(name), **needed}, optional=more)


WISHES = st.sampled_from(sorted(BY_NAME)).flatmap(wish_of)
SPOILT = st.builds(lambda one, more: {**one, **more}, WISHES, st.dictionaries(st.text(max_size=8), JSON, max_size=2))


def understood(message: object) -> Command | None:
    """As the sockets do it."""
    try:
        return from_json(message)
    except ValueError:
        return None


def test_any_message_is_a_wish_or_not_understood(as_often: AsOften) -> None:
    def check(message: object) -> None:
        command = understood(message)
        if command is not None:
            for seat in (None, "B"):
                for_seat(command, seat)

    long = bool(as_often(0, 1))
    fuzz(check, JSON | WISHES | SPOILT, as_often(1000, 40_000), long)


def test_no_row_of_wishes_does_anything_but_what_is_granted_or_refused(as_often: AsOften) -> None:
    def check(row: tuple[bool, list[dict[str, Any]], list[float]]) -> None:
        opened, wishes, steps = row
        played = Played(LIBRARY["five_phase"])
        if opened:
            played.open()
            played.ask(wish.NextPhase())
        for message, step in zip(wishes, steps, strict=False):
            command = understood(message)
            if command is None or type(command).__name__ in OF_THE_TABLE:
                continue
            try:
                played.ask(command, at=played.now + step)
            except Refused:
                continue
            look_at(played)
        remember(played)

    row = st.tuples(
        st.integers(0, 9).map(lambda one: one > 0),
        st.lists(WISHES, min_size=1, max_size=14),
        st.lists(st.sampled_from((0.0, 0.2, 5.0, 70.0)), min_size=14, max_size=14),
    )
    long = bool(as_often(0, 1))
    fuzz(check, row, as_often(250, 12_000), long)


def look_at(played: Played) -> None:
    """Every role sees the meeting, as JSON."""
    room = Room(meeting=played.meeting, method=played.method, library=(played.method,))
    for view in (facilitator_view(room), table_view(room), participant_view(room, "B"), participant_view(room, None)):
        json.dumps(view)


def remember(played: Played) -> None:
    """The log says the same again, and what may be kept of it is found or refused."""
    again = [happened.from_json(json.loads(json.dumps(happened.to_json(event)))) for event in played.log]
    assert again == played.log
    look_back_of(again)
    for items in ((), ("question", "intention", "agreements")):
        own_to_keep(again, items)


def test_any_question_for_a_method_is_answered_or_refused(as_often: AsOften) -> None:
    def check(message: dict[str, Any]) -> None:
        command = understood(message)
        if isinstance(command, wish.SuggestMethods):
            try:
                json.dumps(suggestions(command, LIBRARY.methods))
            except Refused:
                return

    fuzz(check, wish_of("SuggestMethods"), as_often(150, 3000), bool(as_often(0, 1)))


def test_any_list_of_what_to_keep_is_taken_or_refused(as_often: AsOften) -> None:
    played = Played(LIBRARY["five_phase"]).open()

    def check(items: list[str]) -> None:
        try:
            own_to_keep(played.log, items)
        except Refused:
            return

    fuzz(check, st.lists(st.text(max_size=12) | st.sampled_from(WORDS), max_size=5), as_often(150, 2000), False)


def messages_of(kinds: Any, name: str) -> st.SearchStrategy[dict[str, Any]]:
    """What the other end of the pipe might write: one of its kinds with anything in it."""

    def of(kind: type[Any]) -> st.SearchStrategy[dict[str, Any]]:
        each = {one.name: plausible(str(one.type)) | JSON for one in fields(kind)}
        return st.fixed_dictionaries({name: st.just(kind.__name__)}, optional=each)

    return st.sampled_from(kinds).flatmap(of) | st.dictionaries(st.text(max_size=8) | st.just(name), JSON, max_size=4)


def only_value_errors(read: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], None]:
    def check(message: dict[str, Any]) -> None:
        try:
            read(message)
        except ValueError:
            return

    check.__qualname__ = f"{read.__module__}.from_json"
    return check


def test_whatever_the_ears_write_is_an_event_or_nothing(as_often: AsOften) -> None:
    cases = messages_of(told.SpeechEvent.__args__, "event")
    fuzz(only_value_errors(told.from_json), cases, as_often(400, 12_000), bool(as_often(0, 1)))


def test_whatever_the_ears_are_asked_is_a_request_or_nothing(as_often: AsOften) -> None:
    cases = messages_of(asked.Request.__args__, "request")
    fuzz(only_value_errors(asked.from_json), cases, as_often(400, 12_000), bool(as_often(0, 1)))
