"""What people write is kept apart from what happened: it can be forgotten item by item, and then it is nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from server.log import Log, open_log
from server.meeting import commands as wish
from server.meeting import wishes, written
from server.meeting.evaluating import PULSE
from server.meeting.meeting import fold
from server.pulses import Pulses
from tests.server.tables import OPEN, TableForTest, eventually
from tests.server.test_log import no_file_larger_than

QUESTION = "Hoe zeg ik kanarievraag zonder ruzie?"
OTHER = "Hoe krijg ik kanarierust in de tent?"
SHARE = "Ik zwijg te lang kanarieaandeel."
ADVICE = "Ik zou kanarieadvies bellen."
PLAN = "Ik ga kanarieplan doen"
DATE = "kanariedatum 10 december"


@pytest.fixture
def table(data: Path, ears: Path) -> Any:
    running = TableForTest(data, ears)
    yield running
    running.table.stop()


def granted(table: TableForTest, *commands: Any) -> None:
    for command in commands:
        assert table.ask(command)["ok"], command


def evening(table: TableForTest) -> None:
    """A meeting in which everything was written that can be."""
    granted(
        table,
        OPEN,
        wish.ConfirmConsent(agreed=4),
        wishes.WriteNote(kind="case_list", text=QUESTION, seat="B"),
        wishes.WriteNote(kind="case_list", text=OTHER, seat="C"),
        wishes.CastVote(scores=(("1.E", 2.0),), seat="D"),
        wishes.ChooseCase(note=1),
        wish.BeginPhase(phase="awareness"),
        wishes.WriteNote(kind="own_share", text=SHARE, seat="B"),
        wish.BeginPhase(phase="advice"),
        wishes.WriteNote(kind="advice_list", text=ADVICE, seat="C"),
        wishes.FormIntention(text=PLAN, step="oefenen", by="vrijdag", seat="B"),
        wish.BeginPhase(phase="evaluation"),
        wishes.WriteNote(kind="agreement", about="date", text=DATE),
        wishes.AnswerItems(answers=(("pr1", 2.0),), seat="D"),
        wish.CloseMeeting(),
    )


def whole(log: Log) -> str:
    """Every event of every meeting in the store, as read back."""
    return str([log.events(stream) for stream in (*log.unfinished(), *log.kept())])


def test_a_meeting_goes_on_after_a_power_cut_with_all_that_was_written(data: Path, ears: Path) -> None:
    table = TableForTest(data, ears)
    granted(table, OPEN, wish.ConfirmConsent(agreed=4), wishes.WriteNote(kind="case_list", text=QUESTION, seat="B"))
    granted(table, wishes.ChooseCase(note=1))
    table.table.stop()
    again = TableForTest(data, ears)
    try:
        case = eventually(lambda: again.seen.view().get("case"))
        assert (case["owner"], case["question"]) == ("B", QUESTION)
    finally:
        again.table.stop()


def test_numbers_alone_are_kept_when_nothing_is_ticked(table: TableForTest) -> None:
    evening(table)
    granted(table, wish.KeepMeeting())
    told = whole(table.log)
    assert "kanarie" not in told
    (stream,) = table.log.kept()
    meeting = fold(table.log.events(stream))
    assert meeting is not None
    assert meeting.guided.evaluation.answers == {}
    assert meeting.guided.choice.votes == {}
    assert [note.seat for note in meeting.guided.cards.notes] == [None] * 5
    assert table.seen.view()["look_back"] is None


@pytest.mark.parametrize(
    ("items", "stays"),
    [
        (("question",), {QUESTION}),
        (("intention",), {PLAN}),
        (("agreements",), {DATE}),
        (("question", "intention", "agreements"), {QUESTION, PLAN, DATE}),
    ],
)
def test_what_is_ticked_stays_and_nothing_else(table: TableForTest, items: tuple[str, ...], stays: set[str]) -> None:
    evening(table)
    granted(table, wish.KeepMeeting(items=items))
    told = whole(table.log)
    assert {text for text in (QUESTION, OTHER, SHARE, ADVICE, PLAN, DATE) if text in told} == stays


def test_what_was_kept_is_there_to_look_back_at_and_can_be_forgotten(data: Path, ears: Path) -> None:
    table = TableForTest(data, ears)
    evening(table)
    granted(table, wish.KeepMeeting(items=("question", "intention", "agreements")))
    table.table.stop()
    again = TableForTest(data, ears)
    try:
        expected = {"question": QUESTION, "intention": PLAN, "step": "oefenen", "by": "vrijdag"}
        expected |= {"agreements": {"date": DATE}}  # type: ignore[dict-item]
        eventually(lambda: again.seen.view().get("look_back") == expected)
        granted(again, wishes.ForgetLookBack())
        eventually(lambda: again.seen.view().get("look_back") is None)
        assert "kanarie" not in whole(again.log)
        assert again.ask(wishes.ForgetLookBack())["refused"] == "nothing_kept"
    finally:
        again.table.stop()


def test_what_cannot_be_kept_is_refused_and_the_meeting_stays(table: TableForTest) -> None:
    evening(table)
    assert table.ask(wish.KeepMeeting(items=("advice",)))["refused"] == "unknown_item"
    granted(table, wish.KeepMeeting())


def test_an_erased_meeting_leaves_nothing_of_what_was_written(table: TableForTest, data: Path) -> None:
    evening(table)
    granted(table, wish.EraseMeeting())
    assert whole(table.log) == "[]"
    log = open_log(data)
    with log._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM own").scalar() == 0
    log.close()


def test_the_rows_of_what_happened_hold_nobodys_words_or_answers(table: TableForTest, data: Path) -> None:
    evening(table)
    log = open_log(data)
    with log._engine.connect() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql("SELECT name, body FROM log")]
    log.close()
    assert "kanarie" not in str(rows)
    noted = [body for name, body in rows if name in ("NoteWritten", "VoteCast", "ItemsAnswered")]
    assert len(noted) == 7
    assert not any('"seat": "' in body or '"scores"' in body or '"answers"' in body for body in noted)


def test_nobody_gives_two_pulses_and_the_store_does_not_know_who_gave_one(table: TableForTest) -> None:
    granted(table, OPEN, wish.ConfirmConsent(agreed=4), wish.BeginPhase(phase="evaluation"))
    pulse = tuple((item, 4.0) for item in PULSE)
    granted(table, wishes.AnswerPulse(answers=pulse, seat="C"))
    assert table.ask(wishes.AnswerPulse(answers=pulse, seat="C"))["refused"] == "answered_already"
    granted(table, wishes.AnswerPulse(answers=pulse, seat="D"))
    (stream,) = table.log.unfinished()

    def names() -> list[str]:
        return [type(event).__name__ for event in table.log.events(stream)]

    assert "PulseGiven" not in names(), "the place in the log would tell who it was"
    eventually(lambda: table.seen.view()["evaluation"]["pulse"]["answered"] == 2)
    granted(table, wishes.ShowAnswers())
    at = names().index("PulseGiven")
    assert names()[at : at + 3] == ["PulseGiven", "PulseGiven", "AnswersShown"]


def test_pulses_are_written_down_in_no_order(data: Path) -> None:
    orders = set()
    for _ in range(40):
        pulses = Pulses()
        for score in range(1, 5):
            command = wishes.AnswerPulse(answers=(("sp1", float(score)),), seat="ABCD"[score - 1])
            assert pulses.passed(command, (written.PulseGiven(at=float(score), answers=command.answers),)) == ()
        told = pulses.passed(wishes.ShowAnswers(), (written.AnswersShown(at=9.0),))
        assert [event.at for event in told] == [9.0] * 5
        orders.add(str(told[:4]))
    assert len(orders) > 5


def test_only_the_last_word_is_kept(table: TableForTest) -> None:
    granted(table, OPEN, wish.ConfirmConsent(agreed=4), wishes.FormIntention(text="kanarie ontslag nemen"))
    granted(table, wishes.FormIntention(text=""), wishes.FormIntention(text="bellen"))
    granted(table, wishes.WriteNote(kind="agreement", about="date", text="kanarie morgen"))
    granted(table, wishes.WriteNote(kind="agreement", about="date", text="vrijdag"), wish.CloseMeeting())
    granted(table, wish.KeepMeeting(items=("intention", "agreements")))
    told = whole(table.log)
    assert "kanarie" not in told
    assert "bellen" in told
    assert "vrijdag" in told


def test_agreements_alone_are_there_to_look_back_at_and_a_later_meeting_takes_their_place(table: TableForTest) -> None:
    evening(table)
    granted(table, wish.KeepMeeting(items=("agreements",)))
    eventually(lambda: (table.seen.view().get("look_back") or {}).get("agreements") == {"date": DATE})
    granted(table, OPEN, wish.ConfirmConsent(agreed=4), wish.CloseMeeting(), wish.KeepMeeting())
    assert "kanarie" not in whole(table.log)
    eventually(lambda: table.seen.view()["look_back"] is None)


def test_on_a_full_disk_nothing_is_kept_by_halves(table: TableForTest) -> None:
    granted(table, OPEN, wish.ConfirmConsent(agreed=4))
    with no_file_larger_than(2048):
        granted(table, wishes.WriteNote(kind="agreement", about="date", text=DATE), wish.CloseMeeting())
        assert table.ask(wish.KeepMeeting(items=("agreements",)))["refused"] == "not_erased"
        assert table.log.kept() == ()
    granted(table, wish.KeepMeeting(items=("agreements",)))
    assert len(table.log.kept()) == 1
    assert DATE in whole(table.log)


def test_a_method_dropped_into_the_folder_can_be_chosen_at_once_and_a_bad_one_is_explained(
    table: TableForTest, data: Path
) -> None:
    good = (Path(__file__).parents[2] / "methods" / "library" / "five_phase.yaml").read_text(encoding="utf-8")
    (data / "methods").mkdir()
    (data / "methods" / "ours.yaml").write_text(good.replace("id: five_phase", "id: ours", 1), encoding="utf-8")
    (data / "methods" / "bad.yaml").write_text("schema: [", encoding="utf-8")
    eventually(lambda: "ours" in [method["id"] for method in table.seen.view().get("methods", [])])
    assert [problem["file"] for problem in table.seen.view()["problems"]] == ["bad.yaml"]
    assert table.ask(wish.OpenMeeting(method="ours", language="nl", names=("Ada", "Bo", "Cas")))["ok"]
    (data / "methods" / "ours.yaml").unlink()
    granted(table, wish.ConfirmConsent(agreed=3), wish.NextPhase())


def test_who_asks_which_method_fits_gets_reasons_and_plans_and_nothing_happens(table: TableForTest) -> None:
    answer = table.ask(wishes.SuggestMethods(people=5, minutes=90, experience="some", case_type="incident"))
    assert answer["ok"]
    for one in answer["suggestions"]:
        assert {"nl", "en", "de"} == set(one["why"])
        assert sum(stop["minutes"] for stop in one["plan"]) + one["spare"] == pytest.approx(90, abs=0.05)
    assert "incident" in [one["id"] for one in answer["suggestions"]]
    assert table.log.unfinished() == ()
    assert table.ask(wishes.SuggestMethods(people=5, minutes=5))["refused"] == "minutes_do_not_fit"
