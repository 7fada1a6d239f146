from __future__ import annotations

import resource
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from server.clock import HeardClock
from server.log import open_log
from server.meeting import commands as wish
from server.meeting import events as happened
from server.messages import Arrived, LookedAgain
from server.screens import FACILITATOR
from tests.server.tables import OPEN, TableForTest, eventually


def test_a_meeting_runs_by_taps_alone_and_ends_with_a_summary(table: TableForTest, ears: Path) -> None:
    (ears / "device").unlink()
    table.sit_down()
    table.shows("missing")
    assert table.ask(wish.TapSeat(seat="B"))["ok"]
    time.sleep(0.3)
    assert table.ask(wish.TapSeat(seat="B"))["ok"]
    assert table.ask(wish.CloseMeeting())["ok"]
    summary = eventually(lambda: table.seen.view().get("summary"))
    assert summary["seats"]["B"]["seconds"] > 0
    assert summary["seats"]["A"]["seconds"] == 0


def test_a_wish_that_cannot_be_granted_says_why_in_two_languages(table: TableForTest) -> None:
    answer = table.ask(wish.Mute())
    assert (answer["ok"], answer["refused"]) == (False, "no_meeting")
    assert answer["say"]["nl"]
    assert answer["say"]["en"]


def test_a_screen_that_folds_the_differences_sees_what_a_new_screen_sees(table: TableForTest) -> None:
    table.sit_down()
    table.shows("listening")
    table.ask(wish.NextPhase())
    table.inbox.put(LookedAgain(audience=FACILITATOR, screen="late"))
    snapshot = eventually(lambda: [m for to, name, m in table.seen.messages if to == "late" and name == "snapshot"])[0]
    folded: dict[str, object] = {}
    for to, name, message in table.seen.messages:
        if to == FACILITATOR and name == "event" and message["seq"] <= snapshot["seq"]:
            folded |= message["changes"]
    assert {key: value for key, value in folded.items() if value is not None or key in snapshot["view"]} == snapshot[
        "view"
    ]


def test_every_difference_names_the_one_before_it(table: TableForTest) -> None:
    table.sit_down()
    table.shows("listening")
    steps = [m for to, name, m in table.seen.messages if to == FACILITATOR and name == "event"]
    assert [later["after"] for earlier, later in pairwise(steps)] == [step["seq"] for step in steps[:-1]]


def test_nothing_but_what_people_wait_for_is_shown_more_than_eight_times_a_second(table: TableForTest) -> None:
    table.sit_down()
    table.shows("listening")
    before = len(table.seen.messages)
    time.sleep(2.0)
    assert 1 <= len(table.seen.messages) - before <= 17


def test_a_phone_never_gets_the_seconds_flags_or_lamp_of_the_table(table: TableForTest) -> None:
    table.inbox.put(Arrived(audience="participant:B", screen="phone"))
    table.sit_down()
    table.ask(wish.TapSeat(seat="A"))
    view = eventually(lambda: v if (v := table.seen.view("participant:B")).get("stage") == "running" else None)
    assert not {"seats", "speaking", "lamp", "flags", "summary", "join", "quiet"} & view.keys()
    assert view["me"]["letter"] == "B"


def test_many_people_at_once_are_taken_one_after_the_other(table: TableForTest, data: Path) -> None:
    table.sit_down()
    threads = [threading.Thread(target=lambda: [table.ask(wish.ParkAdvice()) for _ in range(20)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    eventually(lambda: table.seen.view().get("parked") == 160)
    stream = table.log.unfinished()[0]
    events = table.log.events(stream)
    assert sum(isinstance(event, happened.AdviceParked) for event in events) == 160
    times = [event.at for event in events]
    assert times == sorted(times)


def test_erasing_leaves_no_trace_of_the_meeting_in_the_folder(table: TableForTest, data: Path) -> None:
    table.sit_down()
    (stream,) = table.log.unfinished()
    assert table.ask(wish.EraseMeeting())["refused"] == "meeting_runs"
    table.ask(wish.CloseMeeting())
    assert table.ask(wish.EraseMeeting())["ok"]
    eventually(lambda: table.seen.view()["stage"] == "erased")
    assert table.log.events(stream) == ()
    assert table.log.unfinished() == ()


def test_a_kept_meeting_stays_and_the_next_group_can_begin(table: TableForTest) -> None:
    table.sit_down()
    first = table.log.unfinished()[0]
    table.ask(wish.CloseMeeting())
    assert table.ask(wish.KeepMeeting())["ok"]
    eventually(lambda: table.seen.view()["stage"] == "start")
    assert table.ask(OPEN)["ok"]
    assert table.log.events(first)
    assert table.log.unfinished()[0] != first


def test_a_meeting_that_did_not_get_past_consent_goes_without_a_goodbye(table: TableForTest) -> None:
    assert table.ask(OPEN)["ok"]
    eventually(lambda: table.seen.view()["stage"] == "consent")
    assert table.ask(wish.EraseMeeting())["ok"]
    eventually(lambda: table.seen.view()["stage"] == "start")
    assert not table.log.unfinished()


def test_a_meeting_nobody_kept_is_erased_when_the_next_group_sits_down(table: TableForTest) -> None:
    table.sit_down()
    first = table.log.unfinished()[0]
    table.ask(wish.CloseMeeting())
    assert table.ask(OPEN)["ok"]
    assert table.log.events(first) == ()


def test_a_stopped_table_goes_on_in_the_same_phase_at_the_same_second(data: Path, ears: Path) -> None:
    first = TableForTest(data, ears)
    first.sit_down()
    first.ask(wish.NextPhase())
    first.shows("listening")
    first.ask(wish.EnrolSeat(seat="A"))
    eventually(lambda: first.seen.view()["seats"][0]["voice"] == "known")
    eventually(lambda: first.seen.view()["clock"]["now"] > 1.2)
    first.table.stop()
    stopped_at = first.seen.view()["clock"]["now"]
    time.sleep(1.5)
    second = TableForTest(data, ears)
    try:
        view = eventually(lambda: v if "phase" in (v := second.seen.view()) else None)
        assert view["phase"]["id"] == "inventory"
        assert abs(view["clock"]["now"] - stopped_at) < 1.3
        assert view["seats"][0]["voice"] == "unknown"  # voices live in memory only
        second.shows("listening")
    finally:
        second.table.stop()


def test_the_log_of_a_meeting_holds_no_words(table: TableForTest, data: Path) -> None:
    table.sit_down()
    table.shows("listening")
    table.hears(
        event="UtteranceNoted", seat="B", start=0.1, end=0.2, act="advice", advice=0.9, cue="advice.you_should",
        words=7, heard=0.3, computing=0.1, text="canary banana",
    )  # fmt: skip
    stream = table.log.unfinished()[0]
    eventually(lambda: any(isinstance(e, happened.UtteranceNoted) for e in table.log.events(stream)))
    assert "banana" not in str(table.log.events(stream))
    assert "banana" not in str(table.seen.messages)
    table.table.stop()
    assert all(b"Ada" not in path.read_bytes() for path in data.iterdir())
    log = open_log(data)
    assert "Ada" in str(log.events(stream))
    log.close()


def stands_still(begin: float) -> HeardClock:
    """A clock that nothing moves before the microphone is open, so that nothing is logged by itself."""
    return HeardClock(begin)


def logged(data: Path, *, method: str = "five_phase", closed: bool = False) -> str:
    """The stream of a meeting that an earlier Kring left in the log."""
    log = open_log(data)
    stream = log.open_stream()
    events: list[happened.Event] = [
        happened.MeetingOpened(
            at=0.0,
            meeting=stream,
            method=method,
            language="nl",
            plan=(("analysis", 25.0),),
            seats=tuple(happened.Seat(letter=letter, name=f"Zebedeus {letter}") for letter in "ABC"),
            facilitator="A",
        )
    ]
    log.append(stream, [*events, happened.MeetingClosed(at=9.0)] if closed else events)
    log.close()
    return stream


def test_an_unforeseen_error_is_answered_told_without_its_text_and_the_table_goes_on(table: TableForTest) -> None:
    answer = table.ask(replace(OPEN, names=("Zebedeus \ud83d", "Bo", "Cas")))
    assert (answer["ok"], answer["refused"]) == (False, "failed")
    assert all(answer["say"][language] for language in ("nl", "en", "de"))
    assert any("UnicodeEncodeError at " in said for said in table.said)
    assert "Zebedeus" not in str(table.said)
    table.sit_down()
    assert table.ask(wish.NextPhase())["ok"]
    assert len(table.log.unfinished()) == 1


def test_an_unforeseen_error_outside_a_wish_leaves_the_table_at_work(table: TableForTest) -> None:
    table.inbox.put(Arrived(audience="nobody", screen=["no", "name"]))  # type: ignore[arg-type]
    table.sit_down()
    table.shows("listening")
    assert [said for said in table.said if "unforeseen TypeError" in said]


def test_a_wish_that_can_no_longer_be_written_is_answered(data: Path, ears: Path) -> None:
    table = TableForTest(data, ears, clock=stands_still)
    assert table.ask(OPEN)["ok"]
    other = open_log(data)
    other.append(table.log.unfinished()[0], [happened.ClockTicked(at=1.0)])
    other.close()
    answer = table.ask(wish.ConfirmConsent(agreed=4))
    assert (answer["ok"], answer["refused"]) == (False, "not_written")
    eventually(lambda: table.seen.view()["trouble"] == "not_written")
    assert any("Another Kring" in said for said in table.said)
    table.table.stop()


def test_erasing_without_room_says_so_and_can_be_tried_again(data: Path, ears: Path) -> None:
    table = TableForTest(data, ears)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        table.sit_down()
        assert table.ask(wish.CloseMeeting())["ok"]
        (stream,) = table.log.unfinished()
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, hard))
        assert table.ask(wish.EraseMeeting())["refused"] == "not_erased"
        assert table.ask(OPEN)["refused"] == "not_erased"
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert table.seen.view()["stage"] == "closed"
        assert table.ask(wish.EraseMeeting())["ok"]
        assert table.log.events(stream) == ()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        table.table.stop()


def test_an_unfinished_meeting_is_resumed_although_a_newer_one_has_lost_its_method(data: Path, ears: Path) -> None:
    older, lost = logged(data), logged(data, method="a_method_that_is_gone")
    table = TableForTest(data, ears)
    try:
        assert eventually(lambda: table.seen.view().get("stage")) == "consent"
        assert table.log.unfinished() == (lost, older)
        (said,) = table.said
        assert "method" in said
        assert "Zebedeus" not in said
    finally:
        table.table.stop()


def test_of_two_unfinished_meetings_the_newer_is_resumed(data: Path, ears: Path) -> None:
    for _ in range(6):
        logged(data)
    newest = logged(data)
    table = TableForTest(data, ears, clock=stands_still)
    try:
        assert table.ask(wish.ConfirmConsent(agreed=3))["ok"]
        assert len(table.log.events(newest)) > 1
    finally:
        table.table.stop()


def test_a_meeting_that_cannot_be_resumed_stays_until_a_newer_one_opens(data: Path, ears: Path) -> None:
    lost = logged(data, method="a_method_that_is_gone")
    table = TableForTest(data, ears)
    try:
        assert len(table.log.events(lost)) == 1
        assert table.ask(OPEN)["ok"]
        assert table.log.events(lost) == ()
        assert len(table.log.unfinished()) == 1
    finally:
        table.table.stop()


def test_a_closed_meeting_that_nobody_answered_is_erased_when_kring_starts_again(data: Path, ears: Path) -> None:
    ended, running = logged(data, closed=True), logged(data)
    table = TableForTest(data, ears)
    try:
        eventually(lambda: table.seen.view().get("stage") == "consent")
        assert table.log.events(ended) == ()
        assert table.log.unfinished() == (running,)
    finally:
        table.table.stop()
