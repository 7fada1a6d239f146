"""What a role may not know is in no view of it: looked for by name, by text, by number, and by changing it."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any

import pytest

from server import pages, screens, views
from server.glance import glance
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting import tablewishes, wishes
from server.meeting.refusals import Refused
from server.pairing import Device
from server.views import facilitator_view, participant_view, table_view
from tests.trust import evening as played_evening
from tests.trust.evening import FIVE, Table, evening, texts, walk

View = dict[str, Any]
EVERYBODYS = {
    *("role", "stage", "language", "rehearsal", "meeting", "microphone", "clock", "agreements", "method", "phases"),
    *("phase", "people", "balance", "paused", "consent", "stopped", "break", "form", "theme", "floor", "round", "case"),
    *("cases", "choice", "questions", "advice", "notes", "next_time", "evaluation", "ritual"),
}
PHONES = EVERYBODYS | {"seat", "me", "mine", "my", "group"}
TABLES = EVERYBODYS | {"join", "summary", "seats", "speaking", "quiet", "lamp", "signals"}
OF_THE_LEAD = {
    *("alike", "reason", "voices", "check", "sound", "hints", "offered", "plan", "undo", "recent", "flags"),
    *("sensitivity", "may_mark", "cue", "why", "better", "parked", "table_screen", "trouble", "look_back", "problems"),
}
"""Keys that stand in no view but the lead's; "flags" also in the summary, without a name."""
MEASURED = {"seconds", "share", "turns", "backchannels", "fill", "expected", "flow", "quiet", "speaking", "summary"}
"""Keys under which a phone may find its own part, once the meeting is closed, and nothing else."""


GROUP_ON_A_PHONE = {
    "name": "Mussenkring",
    "setting": "care",
    "next": {"on": "2026-12-24", "at": "19:30", "place": "mussenplein"},
}
NEVER_ON_A_PHONE = (
    *("kanarie doel", "kanarie zaal", "kanarie gids", "kanarie lid", "kanarie proberen", "kanarie kaart"),
    *("kanarie stick", "kanarie tekst", "2026-11-05", "0.37"),
)


def keys(view: object) -> set[str]:
    return {path[-1] for path, _ in walk(view) if path}


def test_the_evening_holds_every_kind_of_event() -> None:
    *_, last = evening(FIVE)
    missing = set(happened.BY_NAME) - {type(event).__name__ for event in last.log}
    assert not missing, "add these to tests/trust/evening.py, and say below who may see them"


def test_every_way_to_see_a_meeting_is_looked_at_here() -> None:
    made_here = {
        name for name, made in inspect.getmembers(views, inspect.isfunction) if made.__module__ == views.__name__
    }
    assert {name for name in made_here if name.endswith("_view")} == {
        "facilitator_view",
        "participant_view",
        "table_view",
        "join_view",
    }
    assert set(screens.ROLES) == {"facilitator", "participant", "table"}


def test_each_role_sees_the_keys_that_were_looked_at_and_no_other() -> None:
    for table in evening(FIVE):
        room = table.room()
        assert participant_view(room, "C").keys() <= PHONES
        assert participant_view(room, None).keys() <= PHONES
        assert table_view(room).keys() <= TABLES
        assert not keys({k: v for k, v in table_view(room).items() if k != "summary"}) & OF_THE_LEAD


def test_a_phone_finds_numbers_of_speech_only_under_mine() -> None:
    for table in evening(FIVE):
        for seat in (*"ABCDEF", None):
            view = participant_view(table.room(), seat)
            others = {**view, "mine": None, "my": {**(view["my"] or {}), "look_back": None}}
            assert keys(others) & (MEASURED | OF_THE_LEAD) <= {"look_back"}
            assert view["mine"] is None or view["stage"] == "closed"
            assert set(view["mine"] or ()) <= {"counts", "seconds", "turns", "backchannels", "heard"}


def test_no_number_of_another_seat_is_on_a_phone() -> None:
    for table in evening(FIVE):
        if table.meeting is None:
            continue
        told = {seat["letter"]: seat for seat in facilitator_view(table.room())["seats"]}
        for seat in (*table.meeting.letters, None):
            others = [told[letter] for letter in told if letter != seat]
            secret = {number for other in others for key in ("seconds", "share", "fill") if odd(number := other[key])}
            assert not secret & numbers(participant_view(table.room(), seat)), table.log[-1]


def odd(number: float | None) -> bool:
    """Whether no clock shows the same number by chance: in this evening people speak for broken seconds only."""
    return number is not None and round(number) != number


CLOCKS = {"clock", "phases", "phase", "break", "floor"}


def numbers(view: View) -> set[float]:
    """Every number of a view that is no clock."""
    return {
        float(value)
        for path, value in walk(view)
        if isinstance(value, int | float) and not isinstance(value, bool) and path[0] not in CLOCKS
    }


def test_pins_are_seen_only_where_somebody_is_let_in_with_them() -> None:
    for table in evening(FIVE):
        room = table.room()
        for seat in ("A", "C", None):
            told = texts(participant_view(room, seat))
            assert played_evening.PHONES_PIN not in told
            assert played_evening.TABLES_PIN not in told
        assert played_evening.TABLES_PIN not in texts(table_view(room))
        running = table.meeting is not None and table.meeting.stage != "consent"
        assert (played_evening.PHONES_PIN in texts(table_view(room))) != running


def test_a_stranger_and_the_first_picture_know_nothing_of_anybody() -> None:
    of_table, phone = Device(role="table", seat=None, until=1.0), Device(role="participant", seat="C", until=1.0)
    for table in evening(FIVE):
        for device in (None, of_table, phone):
            page = pages.page(device, glance(table.room()), "nl")
            assert not [name for name in (*played_evening.NAMES, "kanarie", "opaque-id") if name in page]
            assert played_evening.PHONES_PIN not in page


def test_what_was_kept_last_time_and_what_the_device_says_is_the_leads_alone() -> None:
    for table in evening(FIVE):
        for told in (participant_view(table.room(), "C"), table_view(table.room())):
            assert played_evening.LOOK_BACK not in texts(told)
            assert "kanarie in een methode" not in texts(told)
            assert "een betere vraag" not in texts(told)


def test_of_the_open_group_a_phone_knows_its_name_the_next_evening_and_the_own_intention() -> None:
    for table in evening(FIVE):
        room = table.room()
        for letter in (*"ABCDE", None):
            told = participant_view(room, letter)
            own = {"B": 2, "C": 3}.get(letter or "")
            there = (told["my"] or {}).get("look_back")
            assert (there or {}).get("key") == (own if told["my"] else None)
            assert told["group"] == (None if table.meeting is None else GROUP_ON_A_PHONE)
            written = texts(told)
            assert not [n for n in (2, 3) if n != own and f"mus plan {n}" in written]
            assert not [word for word in NEVER_ON_A_PHONE if word in written]
        table_told = texts(table_view(room))
        never = (*NEVER_ON_A_PHONE, "Mussenkring", "mussenplein", "mus plan")
        assert not [word for word in never if word in table_told]


def test_a_group_whose_evening_it_is_not_is_on_no_phone() -> None:
    for table in evening(FIVE):
        room = replace(table.room(), group=replace(played_evening.GROUP, id="d" * 32))
        told = participant_view(room, "B")
        assert told["group"] is None
        assert (told["my"] or {}).get("look_back") is None


def test_a_flag_has_no_name_on_any_screen() -> None:
    for table in evening(FIVE):
        view = facilitator_view(table.room())
        for key in ("lamp", "recent", "flags"):
            assert not keys(view.get(key)) & {"seat", "letter", "name", "voice", "start", "end"}
        lamp = table_view(table.room()).get("lamp")
        assert lamp is None or lamp.keys() == {"kind", "until"}


def test_who_gave_a_sign_without_a_name_sees_it_alone() -> None:
    given = 0
    for table in evening(FIVE):
        if table.meeting is None or not table.room().signs:
            continue
        given += 1
        without = replace(
            table.room(), signs=tuple(replace(s, seat="A") for s in table.room().signs if s.sign != "want_in")
        )
        turned = replace(without, signs=tuple(replace(sign, seat="D") for sign in without.signs))
        assert texts(facilitator_view(without)) == texts(facilitator_view(turned))
        assert texts(table_view(without)) == texts(table_view(turned))
        assert texts(participant_view(without, "C")) == texts(participant_view(turned, "C"))
    assert given


def test_an_order_by_who_spoke_least_is_not_laid_on_the_table() -> None:
    for table in evening(FIVE):
        running = table_view(table.room()).get("round")
        if running and running["by"] == "least_heard":
            assert set(running["order"]) <= {*running["done"], running["now"]}


def test_the_table_shows_no_number_of_a_voice() -> None:
    table = Table(FIVE)
    table.open().listen()
    table.ask(wish.BeginPhase(phase="analysis"), at=20)
    table.hear(happened.TurnBegan(at=30, seat=None, voice=3))
    assert table_view(table.room())["speaking"].get("voice") is None


def test_with_one_peer_no_view_carries_counts_that_are_that_persons() -> None:
    table = Table(FIVE)
    table.ask(wish.OpenMeeting(method="five_phase", language="nl", names=("A", "B", "C")))
    table.ask(wish.ConfirmConsent(agreed=3))
    table.ask(wish.ChooseCaseOwner(seat="B"))
    table.ask(wish.BeginPhase(phase="analysis"), at=10)
    table.say("advice", 30, seat="C", advice=0.9)
    table.ask(wish.CloseMeeting(), at=60)
    told = table_view(table.room())["summary"]
    assert told["few_peers"]
    assert told["flags"] is None


def long_talk() -> Table:
    """C speaks for six minutes of a phase for equals, D for ten seconds, the others not yet; the balance is off."""
    table = Table(FIVE)
    table.open().listen()
    table.ask(tablewishes.ShowBalance(shown="off"))
    table.ask(wish.BeginPhase(phase="analysis"), at=20)
    table.turn("C", 30, 400)
    table.turn("D", 410, 420)
    table.hear(happened.ClockTicked(at=560))
    return table


def test_where_the_balance_is_off_nobody_is_told_that_one_voice_takes_much_room() -> None:
    assert not {"dominates", "silent"} & {*facilitator_view(long_talk().room())["offered"]}


def test_a_phone_does_not_learn_who_spoke_least() -> None:
    table = long_talk()
    with pytest.raises(Refused):
        table.ask(wishes.BeginRound(by="least_heard"))  # the balance is off: nobody asks who spoke least
    table.ask(tablewishes.ShowBalance(shown="live"))
    table.ask(wishes.BeginRound(by="least_heard"))
    assert facilitator_view(table.room())["round"]["by"] == "least_heard"
    for view in (participant_view(table.room(), "C"), table_view(table.room())):
        assert view["round"]["by"] is None
