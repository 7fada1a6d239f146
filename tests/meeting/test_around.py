"""How people sit, what is shown of the balance, a seat whose turns are counted, and signs: what each screen may see."""

from __future__ import annotations

import json
from typing import Any

import pytest

from methods.method import Method
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.balance import talk
from server.meeting.meeting import fold
from server.meeting.phonewishes import for_seat
from server.meeting.refusals import Refused
from server.meeting.summary import summary
from server.meeting.tablewishes import ArrangeSeats, CountTurns, GiveSign, ShowBalance
from server.meeting.wishes import BeginRound
from server.signs import Signs
from server.views import EarsState, Room, facilitator_view, participant_view, table_view
from tests.meeting.table import Played, asking


def room(played: Played, signs: Signs | None = None, **more: Any) -> Room:
    given = signs.standing(played.meeting) if signs else ()
    ears = EarsState(state="ready")
    return Room(meeting=played.meeting, method=played.method, ears=ears, clock_running=True, signs=given, **more)


def heard(five: Method) -> Played:
    played = asking(five).listen()
    for seat, start in (("A", 20), ("C", 40), ("D", 60), ("C", 70)):
        played.turn(seat, start, start + 8)
    return played


def refused(played: Played, command: wish.Command) -> str:
    with pytest.raises(Refused) as why:
        played.ask(command)
    return why.value.code


# --- how people sit ---


def test_seats_are_shown_and_called_in_the_order_in_which_people_sit(five: Method) -> None:
    played = heard(five)
    played.ask(ArrangeSeats(order=("C", "A", "E", "B", "D")))
    view = facilitator_view(room(played))
    assert [seat["letter"] for seat in view["seats"]] == ["C", "A", "E", "B", "D"]
    assert [seat["letter"] for seat in participant_view(room(played), "C")["people"]] == ["C", "A", "E", "B", "D"]
    played.ask(wish.BeginPhase(phase="advice"), at=100)
    played.ask(BeginRound(by="table"))
    assert played.meeting
    order = played.meeting.guided.round
    assert order
    circle = "CAED" * 2  # B brings the case and listens
    assert "".join(seat for seat in order.order if seat != "B") in circle
    assert summary(played.meeting, five)["order"] == ["C", "A", "E", "B", "D"]


def test_an_order_without_everybody_or_with_a_stranger_is_refused(five: Method) -> None:
    played = heard(five)
    for order in (("A", "B"), ("A", "A", "B", "C", "D"), ("A", "B", "C", "D", "H"), ()):
        assert refused(played, ArrangeSeats(order=order)) == "unknown_seat"
    assert played.ask(ArrangeSeats(order=("A", "B", "C", "D", "E"))) == ()


def test_who_comes_late_sits_at_the_end(five: Method) -> None:
    played = heard(five)
    played.ask(ArrangeSeats(order=("E", "D", "C", "B", "A")))
    played.ask(wish.AddSeat(name="Fay", agreed=True))
    assert [seat["letter"] for seat in facilitator_view(room(played))["seats"]] == ["E", "D", "C", "B", "A", "F"]


def test_seats_are_arranged_while_the_agreements_are_read(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method="five_phase", language="nl", names=("A", "B", "C")))
    played.ask(ArrangeSeats(order=("B", "C", "A")))
    assert [one["letter"] for one in facilitator_view(room(played))["people"]] == ["B", "C", "A"]


# --- what is shown of the balance ---

NUMBERS = ("seconds", "share", "turns", "backchannels", "fill")


@pytest.mark.parametrize("shown", ["off", "phase_ends"])
def test_where_the_balance_is_not_live_no_screen_gets_a_number_of_a_seat(five: Method, shown: str) -> None:
    played = heard(five)
    played.ask(ShowBalance(shown=shown))
    for view in (facilitator_view(room(played)), table_view(room(played))):
        assert view["balance"]["shown"] == shown
        assert [seat[key] for seat in view["seats"] for key in NUMBERS if key in seat] == [None] * sum(
            key in seat for seat in view["seats"] for key in NUMBERS
        )


def test_off_is_off_in_the_summary_too_until_the_group_chooses_to_look(five: Method) -> None:
    played = heard(five)
    played.ask(ShowBalance(shown="off"))
    played.ask(wish.BeginPhase(phase="evaluation"), at=100)
    assert facilitator_view(room(played))["summary"] is None
    played.ask(wish.CloseMeeting(), at=120)
    for view in (facilitator_view(room(played)), table_view(room(played))):
        assert view["summary"] is None
    assert participant_view(room(played), "C")["mine"] is None
    played.ask(ShowBalance(shown="phase_ends"))
    assert facilitator_view(room(played))["summary"]["seats"]["C"]["seconds"] == 16
    assert table_view(room(played))["summary"]["seats"]["C"]["seconds"] == 16
    assert participant_view(room(played), "C")["mine"]["seconds"] == 16


def test_at_phase_ends_the_last_phase_is_looked_at_for_a_minute(five: Method) -> None:
    played = heard(five)
    played.ask(ShowBalance(shown="phase_ends"))
    assert facilitator_view(room(played))["balance"]["recap"] is None
    played.ask(wish.BeginPhase(phase="awareness"), at=100)
    recap = facilitator_view(room(played))["balance"]["recap"]
    assert recap["phase"]["id"] == "analysis"
    assert 0 < recap["seats"]["D"]["fill"] < recap["seats"]["C"]["fill"]
    assert recap["seats"]["B"]["fill"] is None, "of the case owner nothing is expected"
    assert table_view(room(played))["balance"]["recap"] == recap
    assert participant_view(room(played), "C")["balance"] == {"shown": "phase_ends", "recap": None}
    played.hear(happened.ClockTicked(at=161))
    assert facilitator_view(room(played))["balance"]["recap"] is None


def test_anybody_may_switch_the_balance_off_and_only_off(five: Method) -> None:
    assert for_seat(ShowBalance(shown="off"), "C") == ShowBalance(shown="off")
    assert for_seat(ShowBalance(shown="off"), None) == ShowBalance(shown="off")
    for shown in ("live", "phase_ends"):
        assert for_seat(ShowBalance(shown=shown), "C") is None
    played = heard(five)
    (chosen,) = played.ask(ShowBalance(shown="off"))
    assert "C" not in json.dumps(happened.to_json(chosen)["shown"])
    assert set(happened.to_json(chosen)) == {"event", "at", "shown"}, "nobody is written down"
    assert refused(played, ShowBalance(shown="loud")) == "not_now"


def test_the_choice_at_the_start_holds_from_the_first_second(five: Method) -> None:
    played = Played(five)
    command = wish.OpenMeeting(method="five_phase", language="nl", names=("A", "B", "C"), balance="off")
    played.ask(command)
    assert facilitator_view(room(played))["balance"]["shown"] == "off"
    strange = wish.OpenMeeting(method="five_phase", language="nl", names=("A", "B", "C"), balance="x")
    assert refused(Played(five), strange) == "not_now"


# --- a seat whose turns are counted ---


def test_of_a_seat_that_counts_turns_no_screen_gets_a_second(five: Method) -> None:
    played = heard(five)
    played.ask(CountTurns(seat="C"))
    seat = next(one for one in facilitator_view(room(played))["seats"] if one["letter"] == "C")
    assert {key: seat[key] for key in ("counts", "seconds", "share", "fill", "turns")} == {
        "counts": "turns", "seconds": None, "share": None, "fill": None, "turns": 2,
    }  # fmt: skip
    assert next(one for one in table_view(room(played))["seats"] if one["letter"] == "C")["turns"] == 2
    played.ask(wish.CloseMeeting(), at=100)
    told = facilitator_view(room(played))["summary"]
    assert (told["seats"]["C"]["counts"], told["seats"]["C"]["seconds"], told["seats"]["C"]["turns"]) == (
        "turns", None, 2,
    )  # fmt: skip
    assert told["seats"]["A"]["share"] == told["seats"]["D"]["share"] == 0.5
    assert [phase["seats"]["C"]["seconds"] for phase in told["phases"]] == [None] * len(told["phases"])
    assert {round(end - start, 1) for letter, start, end, _ in told["flow"] if letter == "C"} == {2.0}
    mine = participant_view(room(played), "C")["mine"]
    assert (mine["counts"], mine["seconds"], mine["turns"]) == ("turns", None, 2)


def test_a_seat_chooses_for_itself_and_seconds_can_come_back(five: Method) -> None:
    assert for_seat(CountTurns(seat="D"), "C") == CountTurns(seat="C")
    played = heard(five)
    played.ask(CountTurns(seat="C"))
    played.ask(CountTurns(seat="C", turns=False))
    seat = next(one for one in facilitator_view(room(played))["seats"] if one["letter"] == "C")
    assert (seat["counts"], seat["seconds"]) == ("seconds", 16)
    assert refused(played, CountTurns(seat="H")) == "unknown_seat"


def test_what_is_shown_changes_nothing_of_what_is_counted(five: Method) -> None:
    played = heard(five)
    assert played.meeting
    before = talk(played.meeting)
    for command in (CountTurns(seat="C"), ShowBalance(shown="off"), ArrangeSeats(order=("E", "D", "C", "B", "A"))):
        played.ask(command)
    assert talk(played.meeting) == before
    assert fold(happened.from_json(happened.to_json(event)) for event in played.log) == played.meeting


# --- signs ---


def signed(played: Played, *given: tuple[str, str]) -> Signs:
    signs = Signs()
    assert played.meeting
    for seat, sign in given:
        signs.take(GiveSign(sign=sign, seat=seat), played.meeting)
    return signs


def test_a_sign_without_a_name_is_shown_once_for_a_minute_and_to_nobody_with_its_seat(five: Method) -> None:
    played = heard(five)
    signs = signed(played, ("C", "slow_down"), ("D", "slow_down"), ("E", "too_close"))
    for view in (facilitator_view(room(played, signs)), table_view(room(played, signs))):
        assert [one["sign"] for one in view["signals"]] == ["too_close", "slow_down"]
        assert set(view["signals"][0]) == {"sign", "until"}
        assert not any(seat["hand"] for seat in view["seats"])
    assert participant_view(room(played, signs), "C")["my"]["signs"] == ["slow_down"]
    other = participant_view(room(played, signs), "A")
    assert other["my"]["signs"] == []
    assert "slow_down" not in json.dumps(other)
    played.hear(happened.ClockTicked(at=played.now + 61))
    assert facilitator_view(room(played, signs))["signals"] == []


def test_a_hand_is_up_until_its_seat_has_spoken(five: Method) -> None:
    played = heard(five)
    signs = signed(played, ("E", "want_in"), ("D", "want_in"))
    up = {seat["letter"] for seat in facilitator_view(room(played, signs))["seats"] if seat["hand"]}
    assert up == {"D", "E"}
    played.turn("E", played.now + 1, played.now + 6)
    assert [sign.seat for sign in signs.standing(played.meeting)] == ["D"]
    played.ask(wish.NextPhase(), at=played.now + 1)
    assert signs.standing(played.meeting) == ()


def test_a_sign_is_taken_back_and_is_in_no_log(five: Method) -> None:
    played = heard(five)
    signs = signed(played, ("E", "too_close"))
    assert played.meeting
    signs.take(GiveSign(sign="too_close", given=False, seat="E"), played.meeting)
    assert signs.standing(played.meeting) == ()
    before = len(played.log)
    assert played.ask(GiveSign(sign="slow_down", seat="C")) == ()
    assert len(played.log) == before
    assert for_seat(GiveSign(sign="slow_down", seat="A"), "C") == GiveSign(sign="slow_down", seat="C")


def test_a_sign_outside_a_running_meeting_or_unknown_is_refused(five: Method) -> None:
    played = heard(five)
    assert refused(played, GiveSign(sign="angry", seat="C")) == "not_now"
    assert refused(played, GiveSign(sign="want_in", seat="H")) == "unknown_seat"
    played.ask(wish.CloseMeeting(), at=200)
    assert refused(played, GiveSign(sign="want_in", seat="C")) == "meeting_closed"


# --- the second screen ---


def test_a_table_screen_sees_no_pin_of_the_lead_no_flag_and_no_detail(five: Method) -> None:
    played = heard(five)
    played.say("advice", 85, advice=0.9)
    view = table_view(room(played))
    assert view["lamp"] == {"kind": "advice", "until": 93.0}
    of_the_lead = {
        "flags",
        "recent",
        "undo",
        "waiting",
        "plan",
        "methods",
        "hints",
        "parked",
        "offered",
        "voices",
        "check",
    }
    assert not of_the_lead & view.keys()
    text = json.dumps(view)
    for secret in ("cue", "why", "share", "seconds", "table_screen"):
        assert f'"{secret}":' not in text, secret
    assert view["join"] is None


def test_a_shared_screen_lights_its_lamp_at_most_once_in_two_minutes(five: Method) -> None:
    played = heard(five)
    played.say("advice", 85, advice=0.9)
    assert table_view(room(played))["lamp"]
    played.say("advice", 150, seat="D", advice=0.9)
    assert table_view(room(played))["lamp"] is None
    played.say("advice", 215, seat="D", advice=0.9)
    assert table_view(room(played))["lamp"]
