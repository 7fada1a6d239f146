"""What people write, choose, sort and answer: who may, what is shown to whom, and how each wish is taken back."""

from __future__ import annotations

import pytest

from methods.method import Method
from methods.reader import load_library
from server.meeting import commands as wish
from server.meeting import wishes
from server.meeting.commands import Command, from_json
from server.meeting.evaluating import OF_THE_OWNER, PROCESS, PULSE
from server.meeting.meeting import Meeting
from server.meeting.phonewishes import for_seat
from server.meeting.refusals import Refused
from server.views import Room, facilitator_view, participant_view
from tests.meeting.table import NAMES, Played, asking

LIBRARY = load_library()


def state(played: Played) -> Meeting:
    assert played.meeting is not None
    return played.meeting


def lead(played: Played) -> dict[str, object]:
    return facilitator_view(Room(meeting=played.meeting, method=played.method))


def phone(played: Played, seat: str) -> dict[str, object]:
    return participant_view(Room(meeting=played.meeting, method=played.method), seat)


def texts(cards: object) -> list[str]:
    assert isinstance(cards, list)
    return [card["text"] for card in cards]


def refused(played: Played, command: Command) -> str:
    with pytest.raises(Refused) as why:
        played.ask(command)
    return why.value.code


# --- the case questions and the vote ---


@pytest.fixture
def choosing(five: Method) -> Played:
    """Three people brought a question in; nobody is the case owner yet."""
    played = Played(five)
    played.ask(wish.OpenMeeting(method=five.id, language="nl", names=NAMES))
    played.ask(wishes.WriteNote(kind="case_list", text="Hoe zeg ik nee?", seat="B"))
    played.ask(wish.ConfirmConsent(agreed=5))
    played.ask(wish.NextPhase())
    played.ask(wishes.WriteNote(kind="case_list", text="Hoe krijg ik rust?", seat="C"))
    played.ask(wishes.WriteNote(kind="case_list", text="Hoe begin ik erover?", seat="D"))
    return played


def egt(**scores: tuple[int, int, int]) -> tuple[tuple[str, float], ...]:
    return tuple(
        (f"{number[1:]}.{letter}", float(score))
        for number, three in scores.items()
        for letter, score in zip("EGT", three, strict=True)
    )


def test_a_question_brought_in_before_consent_is_on_the_table_and_writing_again_replaces_it(choosing: Played) -> None:
    assert texts(lead(choosing)["cases"]) == ["Hoe zeg ik nee?", "Hoe krijg ik rust?", "Hoe begin ik erover?"]
    choosing.ask(wishes.WriteNote(kind="case_list", text="Hoe zeg ik rustig nee?", seat="B"))
    assert texts(phone(choosing, "E")["cases"])[0] == "Hoe zeg ik rustig nee?"


def test_a_vote_is_private_until_counted_and_then_only_a_sum(choosing: Played) -> None:
    choosing.ask(wishes.CastVote(scores=egt(n1=(2, 1, 0), n2=(0, 2, 2)), seat="A"))
    choosing.ask(wishes.CastVote(scores=egt(n1=(2, 0, 0), n3=(1, 1, 0)), seat="E"))
    choice = lead(choosing)["choice"]
    assert refused(choosing, wishes.CountVotes()) == "too_few_votes", "two could work out each other's"
    assert isinstance(choice, dict)
    assert (choice["voted"], choice["of"], choice["sums"], choice["advised"]) == (2, 5, [], [])
    assert phone(choosing, "A")["my"]["vote"] == dict(egt(n1=(2, 1, 0), n2=(0, 2, 2)))  # type: ignore[index]
    assert phone(choosing, "B")["my"]["vote"] == {}  # type: ignore[index]
    choosing.ask(wishes.CastVote(scores=egt(n3=(0, 0, 1)), seat="C"))
    choosing.ask(wishes.CountVotes())
    counted = phone(choosing, "B")["choice"]
    assert isinstance(counted, dict)
    assert [one["total"] for one in counted["sums"]] == [5, 4, 3]
    assert counted["sums"][0]["parts"] == {"E": 4, "G": 1, "T": 0}
    assert (counted["advised"], counted["tie"]) == ([1], False)
    assert "A" not in str(counted)
    assert refused(choosing, wishes.CastVote(scores=(), seat="C")) == "votes_counted"
    choosing.ask(wishes.CountVotes(counted=False))
    assert lead(choosing)["choice"]["voted"] == 0, "a second count of the same votes would tell one of them"  # type: ignore[index]
    for seat in "ACE":
        choosing.ask(wishes.CastVote(scores=egt(n1=(1, 0, 0), n2=(1, 0, 0)), seat=seat))
    choosing.ask(wishes.CountVotes())
    again = lead(choosing)["choice"]
    assert isinstance(again, dict)
    assert (again["advised"], again["tie"]) == ([1, 2], True)


@pytest.mark.parametrize(
    "scores",
    [(("1.E", 3.0),), (("1.E", 0.5),), (("1.E", 1.0), ("1.E", 1.0)), (("9.E", 1.0),), (("1.X", 1.0),), (("1", 1.0),)],
)
def test_scores_that_are_none_are_refused(choosing: Played, scores: tuple[tuple[str, float], ...]) -> None:
    assert refused(choosing, wishes.CastVote(scores=scores, seat="A")) == "not_these_scores"


def test_the_group_decides_and_may_decide_again(choosing: Played) -> None:
    choosing.ask(wishes.ChooseCase(note=2))
    assert (state(choosing).case_owner, lead(choosing)["case"]["question"]) == ("C", "Hoe krijg ik rust?")  # type: ignore[index]
    choosing.ask(wishes.ChooseCase())
    assert lead(choosing)["case"]["question"] == ""  # type: ignore[index]
    choosing.ask(wishes.ChooseCase(note=1))
    assert state(choosing).role("B") == "case_owner"
    assert state(choosing).role("C") == "peer"


def test_dots_and_most_learning_leave_out_the_own_question() -> None:
    played = Played(LIBRARY["six_step"])
    played.ask(wish.OpenMeeting(method="six_step", language="nl", names=NAMES))
    played.ask(wish.ConfirmConsent(agreed=5))
    played.ask(wish.NextPhase())
    for seat in "BC":
        played.ask(wishes.WriteNote(kind="case_list", text=f"Hoe kan ik {seat}?", seat=seat))
    rule = lead(played)["choice"]["rule"]  # type: ignore[index]
    assert rule in ("dots", "most_learning", "EGT")
    if rule == "dots":
        played.ask(wishes.CastVote(scores=(("2", 3.0),), seat="B"))
        assert refused(played, wishes.CastVote(scores=(("1", 1.0),), seat="B")) == "not_these_scores"
        assert refused(played, wishes.CastVote(scores=(("2", 4.0),), seat="B")) == "not_these_scores"


# --- written questions ---


def test_written_questions_come_in_turn_and_only_what_is_asked_is_read(five: Method) -> None:
    played = asking(five)
    for seat, text in (("C", "Wat zag je op de trap?"), ("C", "Wie was erbij?"), ("D", "Hoe reageerde hij?")):
        played.ask(wishes.WriteNote(kind="question_list", text=text, seat=seat))
    assert lead(played)["waiting"] == {"C": 2, "D": 1}
    assert "op de trap" not in str(lead(played))
    assert texts(phone(played, "C")["my"]["notes"]) == ["Wat zag je op de trap?", "Wie was erbij?"]  # type: ignore[index]
    order = []
    for _ in range(3):
        played.ask(wishes.AskQuestion())
        order.append(texts(lead(played)["questions"]["asked"])[-1])  # type: ignore[index]
    assert order == ["Wat zag je op de trap?", "Hoe reageerde hij?", "Wie was erbij?"]
    assert refused(played, wishes.AskQuestion()) == "no_questions"
    played.ask(wishes.AskQuestion(back=True))
    assert lead(played)["waiting"] == {"C": 1}


def test_only_the_case_owner_says_how_near_a_question_comes(five: Method) -> None:
    played = asking(five)
    played.ask(wishes.WriteNote(kind="question_list", text="Wat zag je op de trap?", seat="C"))
    assert refused(played, wishes.GiveHeat(note=1, heat="warm", seat="B")) == "unknown_card", "not asked yet"
    played.ask(wishes.AskQuestion())
    assert refused(played, wishes.GiveHeat(note=1, heat="warm", seat="C")) == "case_owner_only"
    played.ask(wishes.GiveHeat(note=1, heat="warm", seat="B"))
    assert lead(played)["questions"]["asked"][0]["heat"] == "warm"  # type: ignore[index]
    played.ask(wishes.GiveHeat(note=1, heat="", seat="B"))
    assert lead(played)["questions"]["asked"][0]["heat"] == ""  # type: ignore[index]


def test_the_case_owner_writes_no_questions_and_nobody_changes_anothers_card(five: Method) -> None:
    played = asking(five)
    assert refused(played, wishes.WriteNote(kind="question_list", text="Hoe?", seat="B")) == "not_your_card"
    assert refused(played, wishes.WriteNote(kind="own_share", text="Ik zwijg.", seat="C")) == "not_your_card"
    played.ask(wishes.WriteNote(kind="question_list", text="Wat zag je op de trap?", seat="C"))
    assert refused(played, wishes.WriteNote(kind="question_list", text="Hoe?", note=1, seat="D")) == "not_your_card"
    assert refused(played, wishes.DropNote(note=1, seat="D")) == "not_your_card"
    played.ask(wishes.DropNote(note=1, seat="C"))
    assert lead(played)["waiting"] == {}


def test_a_card_the_lead_writes_anew_stays_its_writers_and_its_kind(five: Method) -> None:
    played = asking(five)
    played.ask(wishes.WriteNote(kind="question_list", text="Wat zag je op de trap?", seat="C"))
    played.ask(wishes.WriteNote(kind="question_list", text="Wat zag je daar?", note=1))
    assert texts(phone(played, "C")["my"]["notes"]) == ["Wat zag je daar?"]  # type: ignore[index]
    assert refused(played, wishes.WriteNote(kind="insight", text="Ja", note=1, seat="C")) == "unknown_card"


@pytest.mark.parametrize(("kind", "text", "why"), [("song", "la", "unknown_card"), ("insight", "  ", "empty_card")])
def test_a_card_that_is_none_is_explained(five: Method, kind: str, text: str, why: str) -> None:
    assert refused(asking(five), wishes.WriteNote(kind=kind, text=text, seat="C")) == why


def test_there_is_an_end_to_cards(five: Method) -> None:
    played = asking(five)
    for number in range(12):
        played.ask(wishes.WriteNote(kind="question_list", text=f"Wat is {number}?", seat="C"))
    assert refused(played, wishes.WriteNote(kind="question_list", text="Nog een?", seat="C")) == "enough_cards"


# --- advice ---


def test_parked_advice_is_the_writers_alone_and_advice_shows_when_it_is_welcome(five: Method) -> None:
    played = asking(five)
    played.ask(wishes.WriteNote(kind="parked", text="Ik zou bellen.", seat="C"))
    assert texts(phone(played, "C")["my"]["notes"]) == ["Ik zou bellen."]  # type: ignore[index]
    assert all("bellen" not in str(view) for view in (lead(played), phone(played, "B"), phone(played, "D")))
    played.ask(wishes.WriteNote(kind="advice_list", text="Ik zou schrijven.", seat="D"))
    assert lead(played)["advice"] == []
    played.ask(wish.BeginPhase(phase="advice"))
    assert texts(phone(played, "B")["advice"]) == ["Ik zou schrijven."]


def test_the_case_owner_sorts_says_enough_and_chooses(five: Method) -> None:
    played = asking(five, phase="advice")
    for seat in "CD":
        played.ask(wishes.WriteNote(kind="advice_list", text=f"Ik zou {seat}.", seat=seat))
    assert refused(played, wishes.SortAdvice(note=1, pile="fits", seat="C")) == "case_owner_only"
    played.ask(wishes.SortAdvice(note=1, pile="fits", seat="B"))
    played.ask(wishes.SortAdvice(note=2, pile="done", seat="B"))
    played.ask(wishes.SortAdvice(note=2, pile="", seat="B"))
    assert [card["pile"] for card in lead(played)["advice"]] == ["fits", ""]  # type: ignore[attr-defined]
    played.ask(wishes.SayEnough(seat="B"))
    assert "piled_advice" in lead(played)["offered"]  # type: ignore[operator]
    played.ask(wishes.SayEnough(enough=False, seat="B"))
    assert lead(played)["case"]["enough"] is False  # type: ignore[index]
    played.ask(wishes.FormIntention(text="Ik ga bellen", step="maandag oefenen", by="2026-12-04", seat="B"))
    assert lead(played)["case"]["intention"] == {  # type: ignore[index]
        "text": "Ik ga bellen",
        "step": "maandag oefenen",
        "by": "2026-12-04",
    }


def test_what_is_written_in_silence_is_read_when_the_silence_is_over() -> None:
    played = Played(LIBRARY["incident"]).open(case_owner="B")
    played.ask(wish.BeginPhase(phase="write_position"))
    played.ask(wishes.WriteNote(kind="hypothesis_list", text="Een vermoeden", seat="C"))
    assert "vermoeden" not in str(lead(played)["notes"])
    played.ask(wish.NextPhase())
    assert texts(lead(played)["notes"]) == ["Een vermoeden"]


# --- awareness ---


def test_the_question_before_and_after_stand_side_by_side(choosing: Played) -> None:
    choosing.ask(wishes.ChooseCase(note=1))
    choosing.ask(wishes.WriteNote(kind="question_reformulated", text="Waarom wil ik aardig zijn?", seat="B"))
    choosing.ask(wishes.WriteNote(kind="own_share", text="Ik zeg te snel ja.", seat="B"))
    case = phone(choosing, "D")["case"]
    assert isinstance(case, dict)
    told = (case["question"], case["restated"], case["own_share"])
    assert told == ("Hoe zeg ik nee?", "Waarom wil ik aardig zijn?", "Ik zeg te snel ja.")


# --- arriving ---


@pytest.mark.parametrize("method", ["five_phase", "incident", "troika"])
def test_every_method_begins_with_a_way_to_check_in(method: str) -> None:
    played = Played(LIBRARY[method])
    played.ask(wish.OpenMeeting(method=method, language="nl", names=NAMES))
    played.ask(wish.ConfirmConsent(agreed=5))
    assert lead(played)["floor"]["arrives"] is True  # type: ignore[index]
    played.ask(wishes.ChooseRitual(ritual="weather"))
    assert phone(played, "C")["ritual"] == "weather"
    for _ in range(len(played.method.phases) - 1):
        played.ask(wish.NextPhase())
    assert lead(played)["floor"]["arrives"] is False  # type: ignore[index]


# --- rounds ---


def test_a_round_begins_by_itself_at_another_seat_each_time_and_ends_with_who_answers(five: Method) -> None:
    played = Played(five).open(case_owner="B")
    first = state(played).guided.round
    assert first is not None
    assert first.order == ("A", "B", "C", "D", "E")
    played.ask(wish.BeginPhase(phase="inventory"))
    second = state(played).guided.round
    assert second is not None
    assert second.order == ("B", "C", "D", "E", "A")
    played.ask(wish.BeginPhase(phase="analysis"))
    assert state(played).guided.round is None
    played.ask(wish.BeginPhase(phase="advice"))
    advice = state(played).guided.round
    assert advice is not None
    assert advice.order[-1] == "B", "the case owner answers after the others"


def test_turns_go_on_pass_and_come_back(five: Method) -> None:
    played = Played(five).open()
    played.ask(wishes.NextInRound(after="A"))
    played.ask(wishes.NextInRound(after="A"))  # two people pressed
    assert lead(played)["round"]["now"] == "B"  # type: ignore[index]
    assert phone(played, "B")["my"]["turn"] is True  # type: ignore[index]
    played.ask(wishes.PassTurn(seat="D"))
    played.ask(wishes.NextInRound())
    played.ask(wishes.NextInRound())
    assert lead(played)["round"] == {  # type: ignore[comparison-overlap]
        "by": "table",
        "order": ["A", "B", "C", "D", "E"],
        "done": ["A", "D", "B", "C"],
        "passed": ["D"],
        "now": "E",
    }
    played.ask(wishes.BackInRound())
    assert lead(played)["round"]["now"] == "C"  # type: ignore[index]
    played.ask(wish.LeaveTable(seat="C"))
    assert lead(played)["round"]["now"] == "E"  # type: ignore[index]
    played.ask(wishes.BeginRound(by=""))
    assert lead(played)["round"] is None
    assert refused(played, wishes.NextInRound()) == "no_round"


def test_a_tap_goes_with_the_turn_and_ends_with_the_phase(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.TapSeat(seat="A"), at=10)
    played.ask(wishes.NextInRound(after="A"), at=20)
    shown = played.shown()
    assert shown is not None
    assert (shown.seat, shown.by) == ("B", "tap")
    played.ask(wishes.PassTurn(seat="D"), at=25)
    assert played.shown() == shown, "who passes ahead of the own turn takes nobody's tap"
    played.ask(wish.NextPhase(), at=30)
    assert played.shown() is None
    played.ask(wishes.NextInRound(), at=35)
    assert played.shown() is None, "where nobody taps, nobody is tapped"
    assert {seat: seconds for seat, seconds in played.talk().seats.items() if seconds} == {"A": 10.0, "B": 10.0}


def test_a_tap_goes_on_where_somebody_passes(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.TapSeat(seat="A"), at=10)
    played.ask(wishes.PassTurn(seat="A"), at=12)
    shown = played.shown()
    assert shown is not None
    assert shown.seat == "B"


def test_who_spoke_least_may_begin(five: Method) -> None:
    played = Played(five).open().listen()
    for seat, seconds in (("A", 30), ("B", 20), ("C", 10), ("E", 40)):
        played.turn(seat, played.now, played.now + seconds)
    played.ask(wishes.BeginRound(by="least_heard"))
    told = state(played).guided.round
    assert told is not None
    assert told.order == ("D", "C", "B", "A", "E")


# --- time ---


def test_minutes_move_only_from_what_can_give_them(five: Method) -> None:
    played = asking(five)
    plan = dict(state(played).plan)
    giver = lead(played)["plan"]["giver"]  # type: ignore[index]
    played.ask(wishes.MoveMinutes(taken=giver["id"]))
    now = state(played).plan
    assert sum(now.values()) == pytest.approx(sum(plan.values()))
    assert now["analysis"] == pytest.approx(plan["analysis"] + 3)
    assert refused(played, wishes.MoveMinutes(taken="evaluation")) == "no_minutes_to_give"
    assert refused(played, wishes.MoveMinutes(taken="look_back")) == "no_minutes_to_give"
    assert refused(played, wishes.MoveMinutes(taken=giver["id"], minutes=25)) == "no_minutes_to_give"


def test_one_more_question_quietens_the_overrun(five: Method) -> None:
    played = asking(five)
    played.now = 10 + state(played).plan["analysis"] * 60 + 5
    played.hear(written_tick(played.now))
    assert "overrun" in str(lead(played)["hints"])
    played.ask(wishes.AllowOneMore())
    assert "overrun" not in str(lead(played)["hints"])


def written_tick(at: float) -> object:
    from server.meeting.events import ClockTicked

    return ClockTicked(at=at)


def test_a_second_case_keeps_both(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method=five.id, language="nl", names=NAMES, minutes=150))
    played.ask(wish.ConfirmConsent(agreed=5))
    for seat in "BC":
        played.ask(wishes.WriteNote(kind="case_list", text=f"Hoe kan ik {seat}?", seat=seat))
    played.ask(wishes.ChooseCase(note=1))
    for phase in ("analysis", "awareness", "advice"):
        played.ask(wish.BeginPhase(phase=phase), at=played.now + 600)
    played.ask(wishes.WriteNote(kind="advice_list", text="Ik zou rusten.", seat="D"))
    assert lead(played)["plan"]["another_case"] is True  # type: ignore[index]
    played.ask(wishes.BeginSecondCase(note=2), at=played.now + 600)
    meeting = state(played)
    assert meeting.order[-4:] == ("analysis~2", "awareness~2", "advice~2", "evaluation")
    assert (meeting.phase, meeting.case_owner, meeting.guided.owners) == ("analysis~2", "C", {1: "B", 2: "C"})
    assert lead(played)["advice"] == []
    assert lead(played)["phase"]["name"]["nl"] == "Analyse"  # type: ignore[index]
    assert [case["treated"] for case in lead(played)["cases"]] == [True, True]  # type: ignore[attr-defined]
    played.ask(wish.BeginPhase(phase="advice"))
    assert texts(lead(played)["advice"]) == ["Ik zou rusten."]
    assert state(played).case_owner == "B"
    played.ask(wish.BeginPhase(phase="evaluation"))
    assert (state(played).case_owner, state(played).role_in(2, "C")) == ("B", "case_owner")
    played.now += 5000
    played.hear(written_tick(played.now))
    assert refused(played, wishes.BeginSecondCase()) == "no_time_for_another"


def test_stop_rests_the_method_for_everybody_and_names_nobody(five: Method) -> None:
    played = asking(five).listen()
    events = played.ask(wishes.StopMethod(seat="D"))
    assert "D" not in str(events)
    assert all(view["stopped"] and view["paused"] for view in (lead(played), phone(played, "D")))
    assert state(played).microphone == "paused"
    assert lead(played)["offered"] == []
    played.ask(wish.Resume())
    assert not state(played).stopped
    assert state(played).microphone == "opening"


def test_a_break_that_is_over_is_said_once_it_is_long_over(five: Method) -> None:
    played = asking(five)
    played.ask(wish.Pause(minutes=10))
    played.hear(written_tick(played.now + 600))
    assert lead(played)["hints"] == []
    assert phone(played, "C")["break"] == {"minutes": 10.0, "left": 0}
    played.hear(written_tick(played.now + 61))
    assert [hint["id"] for hint in lead(played)["hints"]] == ["break_over"]  # type: ignore[attr-defined]


def test_talk_in_a_silent_phase_is_noticed() -> None:
    played = Played(LIBRARY["incident"]).open(case_owner="B").listen()
    played.ask(wish.BeginPhase(phase="write_questions"))
    played.turn("C", played.now, played.now + 50)
    assert "unguided" not in str(lead(played)["hints"])
    played.turn("D", played.now, played.now + 15)
    assert "unguided" in str(lead(played)["hints"])


# --- evaluation ---


def test_answers_show_together_from_four_on_and_nobodys_alone(five: Method) -> None:
    played = asking(five, phase="evaluation")
    for seat, score in (("A", 5), ("C", 4), ("D", 2)):
        played.ask(wishes.AnswerItems(answers=(("pr1", float(score)),), seat=seat))
    assert lead(played)["evaluation"]["results"] == {}  # type: ignore[index]
    assert phone(played, "C")["my"]["answers"] == {"pr1": 4.0}  # type: ignore[index]
    played.ask(wishes.AnswerItems(answers=(("pr1", 3.0), ("re1", 4.0)), seat="B"))
    assert lead(played)["evaluation"]["results"] == {}, "a change would tell whose it was"  # type: ignore[index]
    played.ask(wishes.ShowAnswers())
    told = lead(played)["evaluation"]["results"]  # type: ignore[index]
    assert told == {"pr1": {"answers": 4, "median": 3.5, "low": 2.75, "high": 4.25}}
    assert refused(played, wishes.AnswerItems(answers=(("pr1", 4.0),), seat="D")) == "answers_shown"


@pytest.mark.parametrize("answers", [(), (("pr1", 6.0),), (("pr1", 2.5),), (("pr9", 2.0),), (("re1", 2.0),)])
def test_answers_that_are_none_are_refused(five: Method, answers: tuple[tuple[str, float], ...]) -> None:
    played = asking(five, phase="evaluation")
    assert refused(played, wishes.AnswerItems(answers=answers, seat="C")) == "not_these_answers"


def test_the_safety_pulse_shows_from_four_on_once_the_group_looks(five: Method) -> None:
    played = asking(five, phase="evaluation")
    pulse = tuple((item, 4.0) for item in PULSE)
    for seat in "ACDB":
        assert "seat" not in str(played.ask(wishes.AnswerPulse(answers=pulse, seat=seat)))
    assert lead(played)["evaluation"]["pulse"] == {"answered": 4, "results": {}}  # type: ignore[index]
    played.ask(wishes.ShowAnswers())
    assert lead(played)["evaluation"]["pulse"]["results"]["sp2"]["median"] == 4.0  # type: ignore[index]
    assert refused(played, wishes.AnswerPulse(answers=pulse, seat="E")) == "answers_shown"


def test_the_owner_answers_about_the_result_and_peers_about_themselves(five: Method) -> None:
    played = asking(five, phase="evaluation")
    assert phone(played, "B")["my"]["items"] == [*PROCESS, *OF_THE_OWNER, "felt"]  # type: ignore[index]
    assert phone(played, "C")["my"]["items"] == [*PROCESS, "re5", "felt"]  # type: ignore[index]


def test_what_is_agreed_for_next_time_is_shown_to_all(five: Method) -> None:
    played = asking(five, phase="evaluation")
    played.ask(wishes.WriteNote(kind="agreement", about="date", text="2026-12-10"))
    played.ask(wishes.WriteNote(kind="agreement", about="date", text="2026-12-17"))
    played.ask(wishes.WriteNote(kind="agreement", about="lead", text="Bram"))
    assert phone(played, "E")["next_time"] == {"date": "2026-12-17", "lead": "Bram"}
    played.ask(wishes.WriteNote(kind="agreement", about="lead", text=" "))
    assert phone(played, "E")["next_time"] == {"date": "2026-12-17"}


# --- who may ---


def test_a_phone_asks_for_its_own_seat_only_and_never_what_the_lead_does() -> None:
    forged = from_json({"command": "WriteNote", "kind": "insight", "text": "Ja", "seat": "A"})
    own = for_seat(forged, "C")
    assert isinstance(own, wishes.WriteNote)
    assert own.seat == "C"
    assert for_seat(forged, None) is None
    for name in ("NextPhase", "CountVotes", "AskQuestion", "BeginSecondCase", "CloseMeeting", "KeepMeeting", "Mute"):
        assert for_seat(from_json({"command": name}), "C") is None, name


def test_authority_at_the_table_is_an_explained_stop_but_for_a_theme_with_a_trainer(five: Method) -> None:
    opening = {"language": "nl", "names": NAMES, "authority": True}
    assert refused(Played(five), wish.OpenMeeting(method=five.id, **opening)) == "authority"  # type: ignore[arg-type]
    played = Played(LIBRARY["theme_based"])
    played.ask(wish.OpenMeeting(method="theme_based", trainer="E", theme="Grenzen", **opening))  # type: ignore[arg-type]
    assert (state(played).role("E"), lead(played)["theme"], lead(played)["form"]) == ("expert", "Grenzen", "content")


def test_what_a_trainer_says_is_never_flagged() -> None:
    played = Played(LIBRARY["theme_based"])
    played.ask(wish.OpenMeeting(method="theme_based", language="nl", names=NAMES, trainer="E", theme="Grenzen"))
    played.ask(wish.ConfirmConsent(agreed=5))
    played.ask(wish.ChooseCaseOwner(seat="B"))
    played.listen()
    played.ask(wish.BeginPhase(phase="explore"))
    played.now = 100
    assert len(played.say("advice", 100, seat="E", advice=0.99)) == 1
    assert len(played.say("advice", 110, seat="C", advice=0.99)) == 2


# --- found in review ---


def test_about_and_ritual_take_no_words_of_ones_own(five: Method) -> None:
    played = asking(five)
    assert refused(played, wishes.WriteNote(kind="case_list", text="Hoe?", about="stiekem", seat="C")) == "unknown_card"
    assert refused(played, wishes.WriteNote(kind="agreement", text="Ja", about="stiekem")) == "unknown_card"
    assert refused(played, wishes.ChooseRitual(ritual="stiekem")) == "unknown_card"


def test_a_second_case_goes_on_from_a_break_and_only_once_the_first_is_done(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method=five.id, language="nl", names=NAMES, minutes=200))
    played.ask(wish.ConfirmConsent(agreed=5))
    played.listen()
    played.ask(wish.BeginPhase(phase="analysis"))
    assert refused(played, wishes.BeginSecondCase()) == "case_runs"
    played.ask(wish.BeginPhase(phase="advice"))
    played.ask(wish.Pause())
    assert state(played).microphone == "paused"
    played.ask(wishes.BeginSecondCase())
    assert (state(played).microphone, state(played).paused) == ("opening", False)
    assert refused(played, wishes.BeginSecondCase()) == "case_runs", "two people pressed"


def test_a_vote_about_the_second_case_begins_anew_without_the_first(choosing: Played) -> None:
    for seat in "ACE":
        choosing.ask(wishes.CastVote(scores=egt(n1=(2, 2, 2)), seat=seat))
    choosing.ask(wishes.CountVotes())
    choosing.ask(wishes.ChooseCase(note=1))
    choosing.ask(wish.BeginPhase(phase="advice"))
    choosing.ask(wish.AddMinutes(minutes=60))
    choosing.ask(wishes.BeginSecondCase())
    choice = lead(choosing)["choice"]
    assert isinstance(choice, dict)
    assert (choice["voted"], choice["counted"], choice["sums"]) == (0, False, [])
    assert refused(choosing, wishes.CastVote(scores=egt(n1=(1, 0, 0)), seat="A")) == "not_these_scores"
    choosing.ask(wishes.CastVote(scores=egt(n2=(1, 0, 0)), seat="A"))


def test_a_case_that_is_not_chosen_any_more_is_nobodys(choosing: Played) -> None:
    choosing.ask(wishes.ChooseCase(note=1))
    choosing.ask(wishes.ChooseCase())
    assert state(choosing).case_owner is None
    choosing.ask(wishes.ChooseCase(note=1))
    choosing.ask(wishes.DropNote(note=1, seat="B"))
    assert state(choosing).case_owner is None


def test_what_is_written_at_the_beginning_of_a_phase_is_read_when_the_writing_is_over() -> None:
    played = Played(LIBRARY["what_so_what"]).open(case_owner="B")
    stop = next(phase.id for phase in played.method.phases if phase.floor.write_first_minutes)
    played.ask(wish.BeginPhase(phase=stop))
    played.ask(wishes.WriteNote(kind="insight", text="Een kanarie", seat="C"))
    assert "kanarie" not in str(lead(played))
    assert "kanarie" not in str(phone(played, "D"))
    played.hear(written_tick(played.now + 61))
    assert "kanarie" in str(phone(played, "D"))


def test_the_writing_ends_sooner_when_everybody_is_done(five: Method) -> None:
    played = asking(five)
    assert lead(played)["floor"]["quiet_until"] == 240  # type: ignore[index]
    played.ask(wishes.EndQuiet())
    assert lead(played)["floor"]["quiet_until"] is None  # type: ignore[index]
    assert played.ask(wishes.EndQuiet()) == ()


def test_everybody_may_write_a_question_of_the_day_and_only_the_owners_is_the_case() -> None:
    played = Played(LIBRARY["troika"])
    played.ask(wish.OpenMeeting(method="troika", language="nl", names=NAMES[:3]))
    played.ask(wish.ConfirmConsent(agreed=3))
    for seat in "ABC":
        played.ask(wishes.WriteNote(kind="question_original", text=f"Hoe kan ik {seat}?", seat=seat))
    played.ask(wish.NextPhase())
    for lap, seat in ((1, "B"), (2, "C")):
        if lap == 2:
            played.ask(wish.BeginPhase(phase="ask~2"))
        played.ask(wish.ChooseCaseOwner(seat=seat))
        assert lead(played)["case"]["question"] == f"Hoe kan ik {seat}?"  # type: ignore[index]


def test_what_is_told_late_keeps_the_role_of_its_own_case() -> None:
    played = Played(LIBRARY["troika"])
    played.ask(wish.OpenMeeting(method="troika", language="nl", names=NAMES[:3]))
    played.ask(wish.ConfirmConsent(agreed=3))
    played.listen()
    played.ask(wish.BeginPhase(phase="clarify"), at=100)
    played.ask(wish.ChooseCaseOwner(seat="B"))
    played.ask(wish.BeginPhase(phase="ask~2"), at=200)
    played.ask(wish.ChooseCaseOwner(seat="C"))
    played.say("advice", at=195, seat="B", advice=0.99)
    assert state(played).utterances[-1].role == "case_owner"
    assert state(played).flags.raised == ()


def test_a_round_keeps_the_place_of_who_left_and_gives_a_latecomer_a_turn(five: Method) -> None:
    played = Played(five).open()
    played.ask(wish.LeaveTable(seat="B"))
    played.ask(wish.AddSeat(name="Fee", agreed=True))
    told = lead(played)["round"]
    assert isinstance(told, dict)
    assert told["order"] == ["A", "C", "D", "E", "F"]
    played.ask(wishes.NextInRound())
    played.ask(wish.LeaveTable(seat="A"))
    assert refused(played, wishes.BackInRound()) == "nothing_to_undo"
    played.ask(wish.LeaveTable(seat="B", left=False))
    assert lead(played)["round"]["now"] == "B"  # type: ignore[index]


def test_phones_do_not_see_who_spoke_least(five: Method) -> None:
    played = Played(five).open().listen()
    for seat, seconds in (("A", 30), ("B", 20), ("C", 10), ("D", 5)):
        played.turn(seat, played.now, played.now + seconds)
    played.ask(wish.LeaveOut(seat="D"))
    played.ask(wishes.BeginRound(by="least_heard"))
    assert lead(played)["round"]["order"] == ["E", "C", "B", "A", "D"], "who is not measured comes last"  # type: ignore[index]
    assert phone(played, "B")["round"]["order"] == ["E"]  # type: ignore[index]
    assert participant_view(Room(meeting=played.meeting, method=played.method), None)["round"]["order"] == ["E"]


def test_who_brought_the_first_case_answers_about_it_after_the_second(five: Method) -> None:
    played = asking(five)
    played.ask(wish.AddMinutes(minutes=60))
    played.ask(wish.BeginPhase(phase="advice"))
    played.ask(wishes.BeginSecondCase())
    played.ask(wish.ChooseCaseOwner(seat="C"))
    played.ask(wish.BeginPhase(phase="evaluation"))
    for seat in "BC":
        played.ask(wishes.AnswerItems(answers=(("re1", 4.0),), seat=seat))
    assert refused(played, wishes.AnswerItems(answers=(("re1", 4.0),), seat="D")) == "not_these_answers"


def test_only_the_owner_of_its_case_sorts_a_piece_of_advice(five: Method) -> None:
    played = asking(five)
    played.ask(wish.AddMinutes(minutes=60))
    played.ask(wish.BeginPhase(phase="advice"))
    played.ask(wishes.WriteNote(kind="advice_list", text="Ik zou bellen.", seat="D"))
    played.ask(wishes.BeginSecondCase())
    played.ask(wish.ChooseCaseOwner(seat="C"))
    assert refused(played, wishes.SortAdvice(note=1, pile="fits", seat="C")) == "case_owner_only"
    played.ask(wishes.SortAdvice(note=1, pile="fits", seat="B"))


def test_before_consent_a_question_can_be_brought_in_and_taken_back_and_nothing_else_written(five: Method) -> None:
    played = Played(five)
    played.ask(wish.OpenMeeting(method=five.id, language="nl", names=NAMES))
    played.ask(wishes.WriteNote(kind="case_list", text="Hoe zeg ik nee?", seat="B"))
    assert refused(played, wishes.WriteNote(kind="insight", text="Ja", seat="B")) == "consent_first"
    played.ask(wishes.DropNote(note=1, seat="B"))
    assert lead(played)["cases"] == []
