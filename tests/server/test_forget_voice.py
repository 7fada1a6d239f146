"""A voice is forgotten when somebody asks for it, or when the microphone was closed for long."""

from __future__ import annotations

import math
from pathlib import Path

from server.meeting import commands as wish
from server.meeting import tablewishes
from server.meeting.phonewishes import for_seat
from server.settings import TableSettings, UnattendedSettings
from tests.server.tables import TableForTest, eventually


def voice(table: TableForTest, letter: str) -> str:
    return next(str(seat["voice"]) for seat in table.seen.view().get("seats", []) if seat["letter"] == letter)


def known(table: TableForTest, *letters: str) -> None:
    for letter in letters:
        assert table.ask(wish.EnrolSeat(seat=letter)) == {"ok": True}
        eventually(lambda letter=letter: voice(table, letter) == "known")  # type: ignore[misc]


def test_one_voice_is_wiped_in_the_ears_and_the_others_stay(table: TableForTest) -> None:
    table.sit_down()
    table.shows("listening")
    known(table, "B", "C")
    assert table.ask(tablewishes.ForgetVoice(seat="B")) == {"ok": True}
    eventually(lambda: voice(table, "B") == "unknown")
    assert voice(table, "C") == "known"
    eventually(lambda: {"request": "Forget", "seat": "B"} in table.asked())
    known(table, "B")


def test_an_unknown_chair_is_refused(table: TableForTest) -> None:
    table.sit_down()
    assert table.ask(tablewishes.ForgetVoice(seat="H"))["refused"] == "unknown_seat"


def test_a_phone_forgets_its_own_voice_whatever_it_asks() -> None:
    assert for_seat(tablewishes.ForgetVoice(seat="C"), "B") == tablewishes.ForgetVoice(seat="B")
    assert for_seat(tablewishes.ForgetVoice(), "B") == tablewishes.ForgetVoice(seat="B")
    assert for_seat(tablewishes.ForgetVoice(), None) is None


def test_a_microphone_that_stays_muted_wipes_all_voices(data: Path, ears: Path) -> None:
    soon = UnattendedSettings(quiet_seconds=math.inf, muted_seconds=1.0)
    table = TableForTest(data, ears, settings=TableSettings(tick_seconds=0.2, unattended=soon))
    try:
        table.sit_down()
        table.shows("listening")
        known(table, "B", "C")
        assert table.ask(wish.Mute()) == {"ok": True}
        assert voice(table, "B") == "known"
        eventually(lambda: voice(table, "B") == voice(table, "C") == "unknown")
        eventually(lambda: {"request": "Forget", "seat": None} in table.asked())
    finally:
        table.table.stop()


def test_one_that_was_opened_again_in_time_keeps_them(table: TableForTest) -> None:
    table.sit_down()
    table.shows("listening")
    known(table, "B")
    assert table.ask(wish.Mute()) == {"ok": True}
    assert table.ask(wish.OpenMicrophone()) == {"ok": True}
    table.shows("listening")
    assert voice(table, "B") == "known"
