"""When people are gone: the microphone closes, a meeting nobody decided about is erased, and what was kept expires."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from methods.method import Method
from methods.reader import BUILT_IN, load_library
from server.archive import Archive
from server.log import open_log
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.decide import decide
from server.meeting.meeting import Meeting, apply, fold
from server.messages import Left
from server.screens import FACILITATOR
from server.settings import TableSettings, UnattendedSettings
from server.unattended import NOBODY_LOOKS, NOBODY_SPEAKS, Unattended
from tests.server.tables import OPEN, TableForTest, eventually

MUTE_SPEAKS, MUTE_LOOKS = wish.Mute(why=NOBODY_SPEAKS), wish.Mute(why=NOBODY_LOOKS)
METHOD = load_library(BUILT_IN)["five_phase"]


class Watch:
    """A monotonic clock that a test sets."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def unattended(watch: Watch) -> Unattended:
    return Unattended(UnattendedSettings(), watch)


def running(phase: str = "analysis", method: Method = METHOD) -> Meeting:
    """A meeting that listens, in this phase since second 10."""
    meeting = fold(decide(None, replace(OPEN, method=method.id), method, 0.0, "m"))
    assert meeting is not None
    for event in decide(meeting, wish.ConfirmConsent(agreed=4), method, 1.0, ""):
        meeting = apply(meeting, event)
    meeting = apply(meeting, happened.MicrophoneChanged(at=2.0, state="listening"))
    return apply(meeting, happened.PhaseBegan(at=10.0, phase=phase))


def spoken(meeting: Meeting, start: float, end: float) -> Meeting:
    return apply(meeting, happened.TurnEnded(at=end, seat="B", start=start, end=end))


def test_ten_minutes_without_a_word_close_the_microphone(unattended: Unattended) -> None:
    meeting = spoken(running(), 90.0, 100.0)
    for now in range(100, 700, 10):
        assert unattended.due(meeting, METHOD, float(now), watched=True) is None
    assert unattended.due(meeting, METHOD, 701.0, watched=True) == MUTE_SPEAKS


def test_who_speaks_now_or_was_just_asked_to_listen_again_has_time(unattended: Unattended) -> None:
    meeting = spoken(running(), 90.0, 100.0)
    speaking = apply(meeting, happened.TurnBegan(at=650.0, seat="C"))
    assert unattended.due(speaking, METHOD, 5000.0, watched=True) is None
    assert unattended.due(speaking, METHOD, 5001.0, watched=True) is None
    muted = apply(speaking, happened.MicrophoneChanged(at=5002.0, state="muted"))
    assert unattended.due(muted, METHOD, 9000.0, watched=True) is None
    opened = apply(muted, happened.MicrophoneChanged(at=9001.0, state="listening"))
    assert unattended.due(opened, METHOD, 9500.0, watched=True) is None
    assert unattended.due(opened, METHOD, 9601.0, watched=True) == MUTE_SPEAKS


def test_a_phase_that_asks_for_silence_may_last(unattended: Unattended) -> None:
    silent = [
        (method, phase.id)
        for method in load_library(BUILT_IN).values()
        for phase in method.phases
        if phase.floor.mode in ("silence", "silent_writing")
    ]
    assert silent
    for method, phase in silent[:3]:
        meeting = running(phase, method)
        for now in range(10, 1500, 5):
            assert unattended.due(meeting, method, float(now), watched=True) is None


def test_five_minutes_without_a_screen_close_it_too(unattended: Unattended, watch: Watch) -> None:
    meeting = running()
    assert unattended.due(spoken(meeting, 10.0, 11.0), METHOD, 11.0, watched=True) is None
    watch.seconds = 299.0
    assert unattended.due(spoken(meeting, 290.0, 299.0), METHOD, 299.0, watched=False) is None
    watch.seconds = 301.0
    assert unattended.due(spoken(meeting, 290.0, 299.0), METHOD, 301.0, watched=False) == MUTE_LOOKS


def test_a_closed_meeting_is_erased_after_an_hour_unless_somebody_stirs(unattended: Unattended, watch: Watch) -> None:
    closed = apply(running(), happened.MeetingClosed(at=100.0))
    assert unattended.due(closed, METHOD, 100.0, watched=False) is None
    assert unattended.erases_in == 60
    watch.seconds = 3599.0
    assert unattended.due(closed, METHOD, 100.0, watched=False) is None
    assert unattended.erases_in == 1
    unattended.stirred()
    watch.seconds = 3601.0
    assert unattended.due(closed, METHOD, 100.0, watched=False) is None
    watch.seconds = 3601.0 + 3601.0
    assert unattended.due(closed, METHOD, 100.0, watched=False) == wish.EraseMeeting()
    assert unattended.due(closed, METHOD, 100.0, watched=False) is None, "a full disk is not tried at every tick"
    watch.seconds += 61.0
    assert unattended.due(closed, METHOD, 100.0, watched=False) == wish.EraseMeeting()


def test_a_meeting_that_everybody_left_is_closed_the_next_morning(unattended: Unattended, watch: Watch) -> None:
    muted = apply(running(), happened.MicrophoneChanged(at=20.0, state="muted"))
    assert unattended.due(muted, METHOD, 20.0, watched=True) is None
    watch.seconds = 12 * 3600.0 - 1
    assert unattended.due(muted, METHOD, 43200.0, watched=False) is None
    watch.seconds = 12 * 3600.0 + 1
    assert unattended.due(muted, METHOD, 43202.0, watched=False) == wish.CloseMeeting()
    waiting = fold(decide(None, OPEN, METHOD, 0.0, "m"))
    assert unattended.due(waiting, METHOD, 0.0, watched=False) == wish.EraseMeeting()


SOON = UnattendedSettings(quiet_seconds=0.6, unwatched_seconds=math.inf, undecided_seconds=1.0, erased_seconds=30.0)


@pytest.fixture
def hasty(data: Path, ears: Path) -> Iterator[TableForTest]:
    table = TableForTest(data, ears, settings=TableSettings(tick_seconds=0.2, unattended=SOON))
    yield table
    table.table.stop()


def test_at_a_table_the_device_closes_and_opens_again_on_a_tap(hasty: TableForTest) -> None:
    hasty.sit_down()
    hasty.shows("listening")
    hasty.shows("muted")
    assert hasty.seen.view()["microphone"]["detail"] == NOBODY_SPEAKS
    eventually(lambda: hasty.asked()[-1]["request"] == "Stop")
    assert hasty.ask(wish.OpenMicrophone()) == {"ok": True}
    hasty.shows("listening")
    assert hasty.seen.view()["microphone"]["detail"] != NOBODY_SPEAKS


def test_at_a_table_nobody_who_chooses_means_erased(hasty: TableForTest, data: Path) -> None:
    hasty.sit_down()
    assert hasty.ask(wish.CloseMeeting()) == {"ok": True}
    eventually(lambda: hasty.seen.view().get("erases_in") is not None)
    eventually(lambda: hasty.seen.view()["stage"] == "erased")
    assert (hasty.log.unfinished(), hasty.log.kept()) == ((), ())


def test_at_a_table_everybody_left_the_meeting_is_closed_and_then_erased(data: Path, ears: Path) -> None:
    soon = replace(SOON, quiet_seconds=math.inf, abandoned_seconds=0.5)
    table = TableForTest(data, ears, settings=TableSettings(tick_seconds=0.2, unattended=soon))
    try:
        table.sit_down()
        table.inbox.put(Left(audience=FACILITATOR, screen="tablet"))
        eventually(lambda: not table.log.unfinished())
        assert table.log.kept() == ()
    finally:
        table.table.stop()


def test_a_screen_that_goes_away_counts_from_then_on(data: Path, ears: Path) -> None:
    soon = replace(SOON, quiet_seconds=math.inf, unwatched_seconds=0.5)
    table = TableForTest(data, ears, settings=TableSettings(tick_seconds=0.2, unattended=soon))
    try:
        table.sit_down()
        table.shows("listening")
        table.inbox.put(Left(audience=FACILITATOR, screen="tablet"))
        eventually(lambda: table.asked()[-1]["request"] == "Stop")
    finally:
        table.table.stop()


# --- what was kept ---


def kept_for(data: Path, ears: Path, *days: float) -> None:
    table = TableForTest(data, ears)
    try:
        for number in days:
            table.sit_down()
            assert table.ask(wish.CloseMeeting()) == {"ok": True}
            assert table.ask(wish.KeepMeeting(days=number)) == {"ok": True}
    finally:
        table.table.stop()


def test_what_was_kept_is_erased_the_day_after_its_last(data: Path, ears: Path) -> None:
    kept_for(data, ears, 31, 366)
    log = open_log(data)
    today = date.today()
    for ahead, left in ((0, 2), (31, 2), (32, 1), (366, 1), (367, 0)):
        Archive(log, print, lambda ahead=ahead: today + timedelta(days=ahead)).open()  # type: ignore[misc]
        assert len(log.kept()) == left, f"after {ahead} days"
    log.close()


def test_a_clock_that_was_never_set_erases_nothing_and_one_that_jumps_is_seen(data: Path, ears: Path) -> None:
    kept_for(data, ears, 31)
    log = open_log(data)
    day = date(1970, 1, 1)
    archive = Archive(log, print, lambda: day)
    archive.open()
    assert len(log.kept()) == 1
    day = date.today() + timedelta(days=40)
    assert archive.expire()
    assert log.kept() == ()
    assert not archive.expire(), "once a day"
    log.close()


@pytest.mark.parametrize("days", [0.0, -3.0, 800.0, math.nan, math.inf])
def test_days_that_do_not_fit_are_refused_and_the_meeting_is_still_there(table: TableForTest, days: float) -> None:
    table.sit_down()
    table.ask(wish.CloseMeeting())
    assert table.ask(wish.KeepMeeting(days=days))["refused"] == "days_do_not_fit"
    assert len(table.log.unfinished()) == 1


def test_everything_is_erased_by_one_wish_between_meetings(table: TableForTest, data: Path) -> None:
    for _ in range(2):
        table.sit_down()
        assert table.ask(wish.EraseEverything())["refused"] == "meeting_runs"
        table.ask(wish.CloseMeeting())
        assert table.ask(wish.KeepMeeting()) == {"ok": True}
    assert len(table.log.kept()) == 2
    assert table.ask(wish.EraseEverything()) == {"ok": True, "erased": 2}
    assert table.log.kept() == ()
    eventually(lambda: table.seen.view()["stage"] == "erased")


def test_of_what_was_judged_and_of_who_was_left_out_nothing_is_kept(table: TableForTest) -> None:
    table.sit_down()
    assert table.ask(wish.BeginPhase(phase="analysis")) == {"ok": True}
    table.shows("listening")
    for seat, start in (("B", 1.0), ("C", 3.0), ("D", 5.0)):
        table.hears(event="TurnEnded", seat=seat, start=start, end=start + 1.5)
    said = {"act": "advice", "advice": 0.9, "cue": "advice.modal", "words": 6, "heard": 6.5, "computing": 0.1}
    table.hears(event="UtteranceNoted", seat="B", start=1.0, end=2.5, **said)
    (stream,) = table.log.unfinished()
    eventually(lambda: "FlagRaised" in str(table.log.events(stream)))
    assert table.ask(wish.LeaveOut(seat="D")) == {"ok": True}
    table.ask(wish.CloseMeeting())
    assert table.ask(wish.KeepMeeting()) == {"ok": True}
    kept = table.log.events(stream)
    assert not {"UtteranceNoted", "FlagRaised", "PulseGiven"} & {type(event).__name__ for event in kept}
    assert {event.seat for event in kept if isinstance(event, happened.TurnEnded)} == {"B", "C"}
