from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from server.log import Log, open_log
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.meeting import fold
from server.store import FILE, KEY_FILE, DiskFull, LogUnusable
from tests.server.tables import OPEN, TableForTest, eventually

ROOT = Path(__file__).parents[2]


def opened(stream: str) -> happened.MeetingOpened:
    return happened.MeetingOpened(
        at=0.0,
        meeting=stream,
        method="five_phase",
        language="nl",
        plan=(("analysis", 25.0),),
        seats=(happened.Seat(letter="A", name="Zebedeus"),),
        facilitator="A",
    )


def test_what_was_appended_is_there_after_the_process_was_killed(data: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from server.log import open_log\n"
        "from tests.server.test_log import opened\n"
        "log = open_log(Path(sys.argv[1])); stream = log.open_stream(); log.append(stream, [opened(stream)])\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(data)], cwd=ROOT, check=False)
    log = open_log(data)
    (stream,) = log.unfinished()
    meeting = fold(log.events(stream))
    assert meeting is not None
    assert meeting.seats[0].name == "Zebedeus"
    log.close()


def test_the_file_is_encrypted_and_the_key_is_the_owners_alone(data: Path) -> None:
    log = open_log(data)
    stream = log.open_stream()
    log.append(stream, [opened(stream)])
    log.close()
    assert b"Zebedeus" not in (data / FILE).read_bytes()
    assert not (data / FILE).read_bytes().startswith(b"SQLite")
    assert (data / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_is_named_and_left_as_it_is(data: Path) -> None:
    log = open_log(data)
    stream = log.open_stream()
    log.append(stream, [opened(stream)])
    log.close()
    whole = (data / FILE).read_bytes()
    damaged = whole[:5000] + b"\x00" * 64 + whole[5064:]
    (data / FILE).write_bytes(damaged)
    with pytest.raises(LogUnusable, match="damaged"):
        open_log(data)
    assert (data / FILE).read_bytes() == damaged


def test_a_file_cut_short_is_named(data: Path) -> None:
    log = open_log(data)
    stream = log.open_stream()
    log.append(stream, [opened(stream)])
    log.close()
    (data / FILE).write_bytes((data / FILE).read_bytes()[:3000])
    with pytest.raises(LogUnusable, match="key"):
        open_log(data)


def test_another_programs_database_is_not_touched(data: Path) -> None:
    foreign = sqlite3.connect(data / FILE)
    foreign.execute("CREATE TABLE theirs (x)")
    foreign.commit()
    foreign.close()
    (data / KEY_FILE).write_text("0" * 64)
    before = (data / FILE).read_bytes()
    with pytest.raises(LogUnusable, match="another program"):
        open_log(data)
    assert (data / FILE).read_bytes() == before


@pytest.mark.parametrize("key", ["f" * 64, "not a key"])
def test_a_wrong_key_is_told_apart_from_a_missing_one(data: Path, key: str) -> None:
    open_log(data).close()
    (data / KEY_FILE).write_text(key)
    with pytest.raises(LogUnusable, match="key"):
        open_log(data)
    (data / KEY_FILE).unlink()
    with pytest.raises(LogUnusable, match="missing"):
        open_log(data)
    assert not (data / KEY_FILE).exists()


def test_a_second_writer_cannot_fork_a_meeting(data: Path) -> None:
    one, other = open_log(data), open_log(data)
    stream = one.open_stream()
    one.append(stream, [opened(stream)])
    other.append(stream, [happened.ClockTicked(at=1.0)])
    with pytest.raises(LogUnusable, match="Another Kring"):
        one.append(stream, [happened.ClockTicked(at=1.0)])
    other.close()


def test_erased_rows_leave_nothing_in_the_pages_of_the_file(data: Path) -> None:
    log = open_log(data)
    stream = log.open_stream()
    log.append(stream, [opened(stream)] + [happened.ClockTicked(at=float(second)) for second in range(3000)])
    full = sum(path.stat().st_size for path in data.iterdir())
    log.forget(stream)
    log.close()
    assert sum(path.stat().st_size for path in data.iterdir()) < full / 4


def test_on_a_full_disk_the_meeting_goes_on_and_is_written_when_there_is_room(data: Path, ears: Path) -> None:
    table = TableForTest(data, ears)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        assert table.ask(OPEN)["ok"]
        largest = max(path.stat().st_size for path in data.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
        assert table.ask(wish.ConfirmConsent(agreed=4))["ok"]
        eventually(lambda: table.seen.view().get("trouble") == "disk_full")
        assert table.said
        assert table.ask(wish.NextPhase())["ok"]
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        eventually(lambda: table.seen.view().get("trouble") == "")
        stream = table.log.unfinished()[0]
        assert any(isinstance(event, happened.ConsentReached) for event in table.log.events(stream))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        table.table.stop()


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """A disk without room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def a_long_and_a_short_meeting(log: Log) -> tuple[str, str]:
    long, short = log.open_stream(), log.open_stream()
    log.append(long, [opened(long)] + [happened.ClockTicked(at=float(second)) for second in range(12_000)])
    log.append(short, [opened(short)])
    return long, short


def test_erasing_on_a_full_disk_erases_although_the_file_cannot_be_tidied(data: Path) -> None:
    log = open_log(data)
    a_long_and_a_short_meeting(log)
    log.close()
    log = open_log(data)
    short, long = log.unfinished()
    with no_file_larger_than((data / FILE).stat().st_size // 2):
        assert not log.forget(short)
    assert log.events(short) == ()
    assert log.unfinished() == (long,)
    assert log.forget(long)
    log.close()


def test_a_meeting_that_cannot_be_erased_for_lack_of_room_is_still_whole(data: Path) -> None:
    log = open_log(data)
    _, short = a_long_and_a_short_meeting(log)
    with no_file_larger_than(2048), pytest.raises(DiskFull, match="room"):
        log.forget(short)
    log.append(short, [happened.ClockTicked(at=1.0)])
    assert len(log.events(short)) == 2
    assert log.forget(short)
    assert log.events(short) == ()
    log.close()


def test_a_row_that_cannot_be_written_does_not_stop_the_next(data: Path) -> None:
    log = open_log(data)
    stream = log.open_stream()
    log.append(stream, [opened(stream)])
    with pytest.raises(UnicodeEncodeError):
        log.append(stream, [happened.MicrophoneChanged(at=0.5, state="lost", detail="\ud83d")])
    log.append(stream, [happened.ClockTicked(at=1.0)])
    assert len(log.events(stream)) == 2
    log.close()


def test_a_meeting_is_kept_in_one_step_or_not_at_all(data: Path) -> None:
    log = open_log(data)
    stream = log.open_stream()
    log.append(stream, [opened(stream)])
    with no_file_larger_than(2048):
        with pytest.raises(DiskFull):
            log.keep(stream)
        assert log.unfinished() == (stream,)
    assert log.keep(stream)
    assert log.keep(stream)
    assert (log.unfinished(), log.kept()) == ((), (stream,))
    log.close()
    log = open_log(data)
    assert log.unfinished() == ()
    assert len(log.events(stream)) == 1
    log.close()


def test_a_row_of_another_version_is_named_by_its_kind_alone(data: Path) -> None:
    log = open_log(data)
    stream = log.open_stream()
    seat = happened.Seat(letter="A", name="Zebedeus")
    log.append(stream, [replace(opened(stream), plan=(("analysis", "Zebedeus"),), seats=(seat,))])  # type: ignore[arg-type]
    with pytest.raises(LogUnusable, match="MeetingOpened") as told:
        log.events(stream)
    assert "Zebedeus" not in str(told.value)
    log.close()


def test_unfinished_meetings_come_newest_first_also_after_one_was_erased(data: Path) -> None:
    log = open_log(data)
    streams = [log.open_stream() for _ in range(8)]
    for stream in streams:
        log.append(stream, [opened(stream)])
    assert log.forget(streams[3])
    assert log.unfinished() == tuple(stream for stream in reversed(streams) if stream != streams[3])
    log.close()


@pytest.mark.parametrize(
    "message",
    [
        {"command": "OpenMeeting", "method": "five_phase", "language": "nl", "names": ["Ada", "\ud83d"]},
        {"command": "OpenMeeting", "method": "\ud83d", "language": "nl", "names": ["Ada"]},
        {
            "command": "OpenMeeting", "method": "m", "language": "nl", "names": ["Ada"], "plan": [["\ud83d", 5]]
        },
        {"command": "TapSeat", "seat": "\ud83d"},
    ],
)  # fmt: skip
def test_half_a_character_never_gets_as_far_as_the_log(message: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="half a character"):
        wish.from_json(message)
