from __future__ import annotations

import time
from pathlib import Path

import pytest

from server import hearing
from server.meeting import commands as wish
from server.meeting import events as happened
from tests.server import tables
from tests.server.tables import TableForTest, eventually


def starts(ears: Path) -> list[str]:
    path = ears / "starts"
    return path.read_text().splitlines() if path.exists() else []


def test_the_ears_warm_up_before_anybody_sits_down_and_open_nothing(table: TableForTest) -> None:
    eventually(lambda: table.seen.view().get("microphone", {}).get("words") == "scripted")
    assert table.asked() == []


def test_the_microphone_opens_after_consent_and_not_before(table: TableForTest) -> None:
    eventually(lambda: table.hearing.state.state == "ready")
    table.ask(wish.OpenMeeting(method="five_phase", language="nl", names=("Ada", "Bo", "Cas")))
    assert table.ask(wish.OpenMicrophone())["refused"] == "consent_first"
    assert not [r for r in table.asked() if r["request"] == "Listen"]
    table.ask(wish.ConfirmConsent(agreed=3))
    table.shows("listening")


def test_mute_closes_the_device_and_opening_opens_it_again(table: TableForTest) -> None:
    table.sit_down()
    table.shows("listening")
    table.ask(wish.Mute())
    eventually(lambda: table.asked()[-1]["request"] == "Stop")
    table.shows("muted")
    table.ask(wish.OpenMicrophone())
    table.shows("listening")


def test_a_pause_closes_the_device_and_the_end_of_it_opens_the_device(table: TableForTest) -> None:
    table.sit_down()
    table.shows("listening")
    table.ask(wish.Pause())
    eventually(lambda: table.asked()[-1]["request"] == "Stop")
    table.ask(wish.Resume())
    table.shows("listening")


def test_an_unplugged_microphone_is_told_and_resumes_when_plugged_in(table: TableForTest, ears: Path) -> None:
    table.sit_down()
    table.shows("listening")
    (ears / "device").unlink()
    table.shows("lost")
    assert table.ask(wish.TapSeat(seat="A"))["ok"]
    (ears / "device").touch()
    table.shows("listening")


def test_ears_that_fall_are_started_again_and_taps_go_on_meanwhile(table: TableForTest, ears: Path) -> None:
    table.sit_down()
    table.shows("listening")
    table.ask(wish.EnrolSeat(seat="C"))
    eventually(lambda: table.seen.view()["seats"][2]["voice"] == "known")
    (ears / "die").touch()
    eventually(lambda: len(starts(ears)) == 2)
    assert table.ask(wish.TapSeat(seat="A"))["ok"]
    table.shows("listening")
    assert table.seen.view()["seats"][2]["voice"] == "unknown"
    assert table.seen.view()["stage"] == "running"
    shown = [message["changes"] for _, name, message in table.seen.messages if name == "event"]
    assert "ears_down" in [changes["microphone"]["state"] for changes in shown if "microphone" in changes]


def test_ears_that_hang_are_ended_and_started_again(table: TableForTest, ears: Path) -> None:
    table.sit_down()
    table.shows("listening")
    (ears / "hang").touch()
    eventually(lambda: len(starts(ears)) == 2)
    table.shows("listening")


def test_what_is_heard_is_placed_at_its_own_second_of_the_meeting(table: TableForTest) -> None:
    eventually(lambda: table.seen.view().get("microphone", {}).get("words"))
    table.sit_down()
    table.shows("listening")
    table.ask(wish.Mute())
    table.shows("muted")
    eventually(lambda: table.seen.view()["clock"]["now"] >= 1.5)
    table.ask(wish.OpenMicrophone())
    table.shows("listening")
    table.hears(event="TurnEnded", seat="B", start=0.0, end=0.25, several=False)
    stream = table.log.unfinished()[0]
    (turn,) = eventually(lambda: [e for e in table.log.events(stream) if isinstance(e, happened.TurnEnded)])
    assert turn.start >= 1.5
    assert abs(turn.end - turn.start - 0.25) < 1e-6


def test_another_language_starts_ears_for_that_language(table: TableForTest, ears: Path) -> None:
    table.ask(wish.OpenMeeting(method="five_phase", language="en", names=("Ada", "Bo", "Cas")))
    table.ask(wish.ConfirmConsent(agreed=3))
    table.shows("listening")
    assert starts(ears)[-1] == "--language en"


def test_the_ears_are_told_roles_and_phase_and_forget_at_the_end(table: TableForTest) -> None:
    table.sit_down()
    table.shows("listening")
    table.ask(wish.EnrolSeat(seat="B"))
    table.ask(wish.ChooseCaseOwner(seat="B"))
    table.ask(wish.BeginPhase(phase="analysis"))
    roles = eventually(lambda: [r for r in table.asked() if r["request"] == "TellRoles" and r["phase"] == "questions"])
    assert roles[-1]["roles"] == {"A": "facilitator", "B": "case_owner", "C": "peer", "D": "peer"}
    table.ask(wish.CloseMeeting())
    eventually(lambda: [r["request"] for r in table.asked()][-2:] == ["Stop", "Forget"])


DAMAGED_UNTIL_REPAIRED = """
import pathlib, runpy, sys
folder = pathlib.Path(sys.argv[1])
if not (folder / "repaired").exists():
    with (folder / "starts").open("a") as starts:
        starts.write("damaged\\n")
    sys.exit(3)
runpy.run_path({ears!r}, run_name="__main__")
"""


@pytest.fixture
def damaged_ears(ears: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ears whose model is damaged until there is a file `repaired`."""
    script = ears / "damaged_ears.py"
    script.write_text(DAMAGED_UNTIL_REPAIRED.format(ears=str(tables.FAKE_EARS)))
    monkeypatch.setattr(tables, "FAKE_EARS", script)
    return ears


def test_ears_with_a_damaged_model_are_not_tried_in_a_loop_and_taps_go_on(
    damaged_ears: Path, table: TableForTest
) -> None:
    eventually(lambda: table.hearing.state.state == "down")
    time.sleep(1.0)
    assert starts(damaged_ears) == ["damaged"]
    table.sit_down()
    table.shows("ears_down")
    assert table.ask(wish.TapSeat(seat="A"))["ok"]
    assert table.microphone() == "ears_down"
    assert hearing.UNUSABLE_SECONDS == 60.0


def test_a_damaged_model_that_is_repaired_is_heard_and_was_down_until_then(
    damaged_ears: Path, monkeypatch: pytest.MonkeyPatch, table: TableForTest
) -> None:
    monkeypatch.setattr(hearing, "UNUSABLE_SECONDS", 0.2)
    eventually(lambda: table.hearing.state.state == "down")
    table.seen.messages.clear()
    table.sit_down()
    table.hearing._start_at = 0.0
    eventually(lambda: len(starts(damaged_ears)) >= 3)
    (damaged_ears / "repaired").touch()
    table.shows("listening")
    shown = [message["changes"] for _, name, message in table.seen.messages if name == "event"]
    states = [changes["microphone"]["state"] for changes in shown if "microphone" in changes]
    assert "warming" not in states
