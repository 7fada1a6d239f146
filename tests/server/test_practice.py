"""Practising from the start page, and what phones and a second screen may ask: over real sockets and a real log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from server.log import open_log
from server.meeting import commands as wish
from server.meeting.tablewishes import BeginRehearsal, EndRehearsal
from tests.server.tables import TableForTest, eventually
from tests.server.test_phones import PARTICIPANT
from tests.server.test_phones import kring as kring
from tests.server.test_phones import tablet as tablet
from tests.server.test_serving import Kring, Tablet

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
TABLE_PIN = "161803"


def test_practising_plays_the_recorded_group_and_leaves_nothing(table: TableForTest, data: Path) -> None:
    assert table.ask(BeginRehearsal(language="en")) == {"ok": True}
    eventually(lambda: table.seen.view().get("rehearsal"))
    view = eventually(lambda: table.seen.view() if table.seen.view().get("stage") == "running" else None)
    assert view["practising"]
    assert len(view["seats"]) >= 4
    assert eventually(lambda: [one for one in table.asked() if str(one.get("recording", "")).endswith("en.opus")])
    assert table.ask(EndRehearsal()) == {"ok": True}
    eventually(lambda: table.seen.view()["stage"] == "start")
    assert not table.seen.view()["practising"]
    log = open_log(data)
    assert log.unfinished() == ()
    assert log.kept() == ()
    log.close()


def test_after_practising_a_group_sits_down_with_its_own_microphone(table: TableForTest) -> None:
    table.ask(BeginRehearsal(language="nl"))
    eventually(lambda: table.seen.view().get("rehearsal"))
    table.ask(EndRehearsal())
    table.sit_down()
    assert not table.seen.view()["rehearsal"]
    table.shows("listening")
    assert not any(one.get("recording") for one in table.asked()[-3:])


def test_practice_is_no_way_to_lose_a_meeting(table: TableForTest) -> None:
    table.sit_down()
    assert table.ask(BeginRehearsal(language="en"))["refused"] == "meeting_runs"
    assert table.ask(EndRehearsal())["refused"] == "not_now"
    assert table.seen.view()["stage"] == "running"


def test_a_language_without_a_rehearsal_is_refused_in_words(table: TableForTest) -> None:
    for language in ("de", "../en", ""):
        answer = table.ask(BeginRehearsal(language=language))
        assert answer["refused"] == "unknown_language"
        assert answer["say"]["nl"]
    assert table.ask(wish.OpenMeeting(method="five_phase", language="nl", names=("A", "B", "C")))["ok"]


@pytest.fixture
def screen(kring: Kring, tablet: Tablet) -> Iterator[Tablet]:
    screen = Tablet(kring, pin=TABLE_PIN)
    yield screen
    screen.session.post(f"{kring.url}/leave", timeout=5)
    eventually(lambda: not screen.io.connected)
    screen.line.close()
    screen.session.close()


def test_a_second_screen_sees_the_table_and_asks_for_nothing(tablet: Tablet, screen: Tablet) -> None:
    assert eventually(lambda: screen.view.get("seats"))
    assert screen.view["role"] == "table"
    assert tablet.view["table_screen"]["pin"] == TABLE_PIN
    assert "table_screen" not in screen.view
    for command in ({"command": "NextPhase"}, {"command": "StopMethod"}, {"command": "ShowBalance", "shown": "off"}):
        assert screen.ask(command)["refused"] == "facilitator_only"


def test_a_second_screen_has_no_chair(kring: Kring, screen: Tablet) -> None:
    session = requests.Session()
    answer = session.post(f"{kring.url}/pair", json={"pin": TABLE_PIN, "seat": "B"}, timeout=5)
    assert answer.json() == {"role": "table", "seat": None}
    session.close()


def test_a_sign_of_a_phone_reaches_the_screens_without_its_name(kring: Kring, tablet: Tablet, screen: Tablet) -> None:
    phone = Tablet(kring, pin=PARTICIPANT, seat="B")
    try:
        eventually(lambda: phone.view.get("me"))
        assert phone.ask({"command": "GiveSign", "sign": "slow_down"})["ok"]
        assert eventually(lambda: tablet.view.get("signals"))[0]["sign"] == "slow_down"
        assert eventually(lambda: screen.view.get("signals"))[0]["sign"] == "slow_down"
        assert eventually(lambda: phone.view["my"]["signs"]) == ["slow_down"]
        assert phone.ask({"command": "GiveSign", "sign": "slow_down", "given": False})["ok"]
        eventually(lambda: tablet.view["signals"] == [])
        assert phone.ask({"command": "ShowBalance", "shown": "live"})["refused"] == "facilitator_only"
        assert phone.ask({"command": "ShowBalance", "shown": "off"})["ok"]
        eventually(lambda: tablet.view["balance"]["shown"] == "off")
        assert phone.ask({"command": "CountTurns", "seat": "A"})["ok"]
        eventually(lambda: [one["letter"] for one in tablet.view["seats"] if one["counts"] == "turns"] == ["B"])
    finally:
        phone.session.post(f"{kring.url}/leave", timeout=5)
        eventually(lambda: not phone.io.connected)
        phone.line.close()
        phone.session.close()
