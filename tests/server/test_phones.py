"""Phones over real sockets: each for its own seat, none for another, and any of them takes the lead with the PIN."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.tables import eventually
from tests.server.test_serving import Kring, Tablet, free_port, sit_down

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
PARTICIPANT = "314159"


@pytest.fixture(scope="module")
def kring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kring]:
    folder = tmp_path_factory.mktemp("phones")
    for name in ("data", "ears"):
        (folder / name).mkdir()
    kring = Kring(folder / "data", folder / "ears", free_port())
    kring.wait_for_address()
    yield kring
    kring.stop()


@pytest.fixture
def tablet(kring: Kring) -> Iterator[Tablet]:
    tablet = Tablet(kring)
    sit_down(tablet)
    yield tablet
    tablet.close()


@pytest.fixture
def phones(kring: Kring, tablet: Tablet) -> Iterator[dict[str, Tablet]]:
    found = {seat: Tablet(kring, pin=PARTICIPANT, seat=seat) for seat in "BC"}
    for phone in found.values():
        eventually(lambda phone=phone: phone.view.get("me"))
    yield found
    for phone in found.values():
        phone.session.post(f"{kring.url}/leave", timeout=5)
        # The server closes the line of who left; closing it from here at the same time trips the client library.
        eventually(lambda phone=phone: not phone.io.connected)
        phone.line.close()
        phone.session.close()


def write(text: str, kind: str = "case_list", **more: object) -> dict[str, object]:
    return {"command": "WriteNote", "kind": kind, "text": text, **more}


def test_a_phone_writes_for_its_own_seat_whatever_it_claims(tablet: Tablet, phones: dict[str, Tablet]) -> None:
    assert phones["B"].ask(write("Hoe zeg ik nee?"))["ok"]
    assert phones["C"].ask(write("Hoe krijg ik rust?", seat="A"))["ok"]
    eventually(lambda: [card["seat"] for card in tablet.view["cases"]] == ["B", "C"])
    number = tablet.view["cases"][0]["note"]
    assert phones["C"].ask({"command": "DropNote", "note": number})["refused"] == "not_your_card"
    assert phones["C"].ask({"command": "DropNote", "note": number, "seat": "B"})["refused"] == "not_your_card"


def test_a_vote_is_seen_by_nobody_else(tablet: Tablet, phones: dict[str, Tablet]) -> None:
    assert phones["B"].ask(write("Hoe zeg ik nee?"))["ok"]
    eventually(lambda: tablet.view["cases"])
    number = tablet.view["cases"][0]["note"]
    assert phones["C"].ask({"command": "CastVote", "scores": [[f"{number}.E", 2]]})["ok"]
    eventually(lambda: phones["C"].view["my"]["vote"] == {f"{number}.E": 2.0})
    eventually(lambda: tablet.view["choice"]["voted"] == 1)
    assert phones["B"].view["my"]["vote"] == {}
    assert "sums" not in tablet.view["choice"] or tablet.view["choice"]["sums"] == []


def test_what_the_lead_does_a_phone_cannot(phones: dict[str, Tablet]) -> None:
    for name in ("NextPhase", "CountVotes", "ChooseCase", "AskQuestion", "BeginRound", "KeepMeeting", "EraseMeeting"):
        assert phones["C"].ask({"command": name})["refused"] == "facilitator_only", name


def test_a_phone_without_a_seat_is_asked_to_choose_one(kring: Kring, tablet: Tablet) -> None:
    phone = Tablet(kring, pin=PARTICIPANT)
    eventually(lambda: phone.view.get("people"))
    assert phone.ask(write("Hoe zeg ik nee?"))["refused"] == "no_seat"
    assert phone.ask({"command": "StopMethod"})["ok"], "anybody may say stop"
    assert tablet.ask({"command": "Resume"})["ok"]
    phone.close()


def test_anybody_may_say_stop_and_nobody_hears_who(tablet: Tablet, phones: dict[str, Tablet]) -> None:
    assert phones["C"].ask({"command": "StopMethod"})["ok"]
    eventually(lambda: tablet.view["stopped"] and phones["B"].view["stopped"])
    assert tablet.ask({"command": "Resume"})["ok"]
    eventually(lambda: not phones["C"].view["stopped"])


def test_when_the_tablet_dies_a_phone_takes_the_lead_with_the_pin(kring: Kring, tablet: Tablet) -> None:
    phone = Tablet(kring, pin=PARTICIPANT, seat="D")
    assert phone.ask({"command": "NextPhase"})["refused"] == "facilitator_only"
    assert phone.session.post(f"{kring.url}/pair", json={"pin": "271828"}, timeout=5).json()["role"] == "facilitator"
    phone.io.disconnect()
    phone.io.connect(kring.url, transports=["websocket"])
    eventually(lambda: phone.view.get("role") == "facilitator")
    before = eventually(lambda: phone.view["phase"]["id"])
    assert phone.ask({"command": "NextPhase", "after": before})["ok"]
    eventually(lambda: tablet.view["phase"]["id"] != before)
    assert tablet.ask({"command": "NextPhase", "after": before})["ok"], "two people pressed: one phase further"
    assert tablet.view["phase"]["id"] == phone.view["phase"]["id"]
    phone.close()


def test_a_card_of_ten_thousand_letters_and_other_nonsense_is_refused_and_nothing_breaks(
    phones: dict[str, Tablet],
) -> None:
    nonsense = [
        write("x" * 401),
        write("x" * 10_000),
        write("\ud800"),
        {"command": "WriteNote", "kind": 7, "text": "a"},
        {"command": "CastVote", "scores": [["1.E", "2"]]},
        {"command": "CastVote", "scores": [["1.E", -1]]},
        {"command": "AnswerItems", "answers": "all"},
        {"command": "GiveHeat", "note": True, "heat": "warm"},
    ]
    for message in nonsense:
        assert phones["C"].ask(message)["refused"] in ("not_understood", "not_these_scores"), message
    assert phones["C"].ask(write("Hoe dan wel?"))["ok"]
