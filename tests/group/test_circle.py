"""A group at the table: who may open it, what its evening leaves, and what another group never sees."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from server import folder
from server.group import wishes as of_group
from server.groupfiles import FOLDER
from server.meeting import commands as wish
from server.meeting import wishes
from server.meeting.tablewishes import BeginRehearsal, EndRehearsal
from server.messages import Arrived, LookedAgain
from server.screens import audience_of
from server.settings import CircleSettings
from tests.group.device import PASSPHRASE, Calendar, Device, whole
from tests.server.tables import eventually

PEOPLE = ("Anne", "Bo", "Cas", "Dee")
OTHERS = "drie stille beren slapen"


@pytest.fixture
def device(data: Path, ears: Path, stick: Path) -> Iterator[Device]:
    device = Device(data, ears, Calendar(date(2026, 12, 3)), [stick])
    yield device
    device.stop()


def seen(device: Device) -> str:
    """Everything that ever went to a screen."""
    return json.dumps(device.table.seen.messages, ensure_ascii=False)


def closed(device: Device) -> None:
    eventually(lambda: device.table.seen.view().get("group", 0) is None)


def test_what_one_group_plans_another_never_sees(device: Device) -> None:
    device.found("Kanariekring", *PEOPLE)
    device.ask(of_group.PlanNext(on="2026-12-24", place="Kanarieplein"), of_group.CloseGroup())
    closed(device)
    device.table.seen.messages.clear()
    device.found("Mussenkring", "Flip", passphrase=OTHERS)
    assert device.shows(lambda group: group["name"] == "Mussenkring")
    device.table.inbox.put(LookedAgain(audience="facilitator", screen="tablet"))
    device.ask(of_group.CloseGroup())
    closed(device)
    assert "anarie" not in seen(device)
    assert device.refused(of_group.OpenGroup(passphrase="iets dat niemand weet")) == "wrong_passphrase"
    device.ask(of_group.OpenGroup(passphrase=PASSPHRASE))
    assert device.shows(lambda group: group["next"]["place"] == "Kanarieplein")


def test_guessing_a_passphrase_ends_in_waiting(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    device.ask(of_group.CloseGroup())
    told = [device.refused(of_group.OpenGroup(passphrase=f"geraden zin nummer {n}")) for n in range(12)]
    assert told[0] == "wrong_passphrase"
    assert told[-1] == "too_many_tries"
    assert device.refused(of_group.OpenGroup(passphrase=PASSPHRASE)) == "too_many_tries"
    device.moment += 3600
    device.ask(of_group.OpenGroup(passphrase=PASSPHRASE))


def test_one_group_is_open_at_a_time_and_nothing_is_asked_of_none(device: Device) -> None:
    assert device.refused(of_group.AddMember(name="Anne")) == "no_group"
    assert device.refused(of_group.ExportGroup(stick="STICK")) == "no_group"
    device.found("Kring", *PEOPLE)
    assert device.refused(of_group.FoundGroup(name="Nog een", passphrase=OTHERS)) == "group_is_open"
    assert device.refused(of_group.OpenGroup(passphrase=OTHERS)) == "group_is_open"


def test_a_group_that_nobody_touches_closes_by_itself_but_not_during_its_evening(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    device.moment += CircleSettings().idle_seconds - 1
    device.ask(of_group.SayAway(member=1))
    device.moment += CircleSettings().idle_seconds - 1
    assert device.view
    device.sit_down(PEOPLE)
    device.moment += 10 * CircleSettings().idle_seconds
    eventually(lambda: device.circle._stirred == device.moment)
    assert device.view
    device.ask(wish.CloseMeeting(), wish.EraseMeeting())
    device.moment += CircleSettings().idle_seconds + 1
    closed(device)
    assert device.refused(of_group.AddMember(name="Eva")) == "no_group"


def test_while_an_evening_runs_no_group_comes_or_goes(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    device.sit_down(PEOPLE)
    assert device.refused(of_group.CloseGroup()) == "meeting_runs"
    assert device.refused(of_group.ForgetGroup()) == "meeting_runs"
    assert device.refused(of_group.RememberEvening()) == "meeting_runs"


def test_an_evening_that_is_erased_leaves_the_group_as_it_was(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    before = device.circle.group
    device.evening(PEOPLE)
    device.ask(wish.EraseMeeting())
    assert device.circle.group == before


def test_of_an_evening_stays_what_is_ticked(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    device.evening(PEOPLE, question="Hoe kanarievraag?", intention="Ik kanarieplan")
    device.ask(of_group.RememberEvening(items=("intention", "attendance")))
    view = device.shows(lambda group: group["intentions"] and group)
    assert [one["text"] for one in view["intentions"]] == ["Ik kanarieplan"]
    assert [one["question"] for one in view["intentions"]] == [""]
    assert {line["item"] for line in view["kept"]} == {"name", "members", "turns", "counts", "intention", "attendance"}
    assert view["keep"]["attendance"] == "season"
    assert device.table.log.unfinished() == ()


def test_a_power_cut_between_remembering_and_erasing_makes_no_second_evening(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    device.evening(PEOPLE)
    meeting = device.table.table._at.meeting
    assert meeting is not None
    asked = of_group.RememberEvening(items=("attendance",))
    device.circle.remember(asked, meeting, device.table.table._of.shelf.methods)
    device.ask(asked)
    assert device.shows(lambda group: len(group["attendance"]) == 1 and group["season"]["held_alone"] == 1)


def test_after_a_restart_in_the_evening_the_group_is_opened_again_and_remembers_it(
    device: Device, data: Path, ears: Path
) -> None:
    device.found("Kring", *PEOPLE)
    device.sit_down(PEOPLE)
    device.talk()
    device.stop()
    again = Device(data, ears, device.calendar)
    try:
        assert eventually(lambda: again.table.seen.view().get("needs_group"))
        again.ask(wish.CloseMeeting())
        assert again.refused(of_group.RememberEvening(items=("answers",))) == "no_group"
        assert again.refused(wish.KeepMeeting(items=("question", "intention"))) == "open_group_first"
        again.ask(of_group.OpenGroup(passphrase=PASSPHRASE), of_group.RememberEvening(items=("answers",)))
        assert again.shows(lambda group: group["season"]["held_alone"] == 1)
        assert again.table.log.kept() == ()
    finally:
        again.stop()


def test_no_group_takes_home_the_evening_of_another_or_of_none(device: Device, data: Path, ears: Path) -> None:
    device.found("Kring", *PEOPLE)
    device.ask(of_group.CloseGroup())
    device.sit_down(PEOPLE)
    assert device.refused(of_group.OpenGroup(passphrase=PASSPHRASE)) == "meeting_runs"
    assert device.refused(of_group.FoundGroup(name="Nog een", passphrase=OTHERS)) == "meeting_runs"
    device.ask(wish.CloseMeeting())
    assert device.refused(of_group.FoundGroup(name="Nog een", passphrase=OTHERS)) == "meeting_closed"
    assert device.refused(of_group.OpenGroup(passphrase=PASSPHRASE)) == "other_group"
    device.ask(wish.EraseMeeting(), of_group.OpenGroup(passphrase=PASSPHRASE))


def test_practising_is_no_evening_of_the_group(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    device.ask(of_group.WriteGroupAgreement(text="Telefoons in de mand"), BeginRehearsal(language="nl"))
    eventually(lambda: device.table.table._at.meeting is not None)
    meeting = device.table.table._at.meeting
    assert meeting is not None
    assert (meeting.rehearsal, meeting.group) == (True, "")
    eventually(lambda: device.table.seen.view().get("rehearsal"))
    assert not any(one["id"].startswith("own.") for one in device.table.seen.view()["agreements"])
    device.ask(EndRehearsal())


def test_a_screen_cannot_say_whose_evening_it_is(device: Device) -> None:
    device.ask(wish.OpenMeeting(method="five_phase", language="nl", names=PEOPLE, group="f" * 32))
    assert device.table.table._at.meeting is not None
    assert device.table.table._at.meeting.group == ""


def test_a_group_of_one_may_plan_and_hears_why_it_cannot_sit_down(device: Device) -> None:
    device.found("Kring", "Anne")
    device.ask(of_group.PlanNext(on="2026-12-24"))
    alone = wish.OpenMeeting(method="five_phase", language="nl", names=("Anne",))
    assert device.refused(alone) == "three_to_eight"
    assert device.view["next"]["bring"] == device.keys()["Anne"]


def test_nobody_is_renamed_while_they_sit_there_and_a_guest_is_no_member(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    keys = device.keys()
    device.sit_down([*PEOPLE, "Gast"])
    device.talk()
    assert device.refused(of_group.RenameMember(member=keys["Bo"], name="Bodil")) == "name_at_table"
    device.ask(wish.CloseMeeting())
    device.ask(of_group.RememberEvening(items=("attendance", "intention")))
    (evening,) = device.shows(lambda group: group["attendance"])
    assert evening["present"] == [keys[name] for name in PEOPLE]
    assert [one["member"] for one in device.view["intentions"]] == [keys["Bo"]]
    device.ask(of_group.RenameMember(member=keys["Bo"], name="Bodil"))


# --- phones ---


def test_a_phone_sees_its_own_intention_alone_and_tells_of_it_itself(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    device.evening(PEOPLE, owner="B", intention="Ik bel haar")
    device.ask(of_group.RememberEvening(items=("intention", "question")))
    for seat in "AB":
        device.table.inbox.put(Arrived(audience=audience_of("participant", seat), screen=f"phone {seat}"))
    device.sit_down(PEOPLE)
    mine = eventually(lambda: (device.table.seen.view("participant:B").get("my") or {}).get("look_back"))
    assert (mine["text"], mine["question"]) == ("Ik bel haar", "Hoe zeg ik het haar?")
    others = device.table.seen.view("participant:A")
    assert others["my"]["look_back"] is None
    assert "Ik bel haar" not in json.dumps(others)
    told = of_group.TellLookBack(intention=mine["key"], worth=8, keep=True, seat="A")
    assert device.refused(told) == "not_yours"
    device.ask(of_group.TellLookBack(intention=mine["key"], worth=8, keep=True, seat="B"))
    assert device.shows(lambda group: group["intentions"][0]["worth"] == 8)
    eventually(lambda: device.table.seen.view("participant:B")["my"]["look_back"] is None)


def test_a_phone_knows_the_group_only_during_its_evening(device: Device) -> None:
    device.found("Kanariekring", *PEOPLE)
    device.ask(of_group.PlanNext(on="2026-12-24", at="19:30"), of_group.ChangeGroup(setting="care"))
    phone = audience_of("participant", "A")
    device.table.inbox.put(Arrived(audience=phone, screen="phone"))
    assert eventually(lambda: "group" in device.table.seen.view(phone))
    assert device.table.seen.view(phone)["group"] is None
    device.sit_down(PEOPLE)
    told = eventually(lambda: device.table.seen.view(phone)["group"])
    assert told == {
        "name": "Kanariekring",
        "setting": "care",
        "next": {"on": "2026-12-24", "at": "19:30", "place": ""},
    }


def test_own_agreements_are_read_with_the_others(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    device.ask(of_group.WriteGroupAgreement(text="Telefoons in de mand"))
    assert not any(one["id"].startswith("own.") for one in device.table.seen.view()["agreements"])
    device.sit_down(PEOPLE)
    own = eventually(lambda: [one for one in device.table.seen.view()["agreements"] if one["id"].startswith("own.")])
    assert own[0]["text"]["nl"] == "Telefoons in de mand"
    device.ask(wish.CloseMeeting(), wish.EraseMeeting())
    eventually(lambda: not any(one["id"].startswith("own.") for one in device.table.seen.view()["agreements"]))


def test_methods_that_the_group_knows_are_not_suggested_as_new(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    asked = wishes.SuggestMethods(people=5, minutes=120, experience="practised")
    first = device.table.ask(asked)["suggestions"][0]["id"]
    device.ask(of_group.SayFamiliar(method=first))
    assert device.table.ask(asked)["suggestions"][0]["id"] != first


# --- sticks, erasing, disks ---


def test_a_stick_is_seen_when_it_comes_and_only_its_groups(device: Device, stick: Path) -> None:
    (stick / "holiday.jpg").write_bytes(b"x")
    (stick / "kring-0.kring").write_bytes(b"x")
    (stick / "link.kring").symlink_to("/etc/passwd")
    device.moment += 10
    sticks = eventually(lambda: device.table.seen.view().get("group_sticks"))
    assert sticks == [{"name": "STICK", "files": ["kring-0.kring"]}]
    for file in ("../kring-0.kring", "holiday.jpg", "link.kring", "/etc/passwd"):
        asked = of_group.ImportGroup(stick="STICK", file=file, passphrase=PASSPHRASE)
        assert device.refused(asked) == "no_stick"
    assert device.refused(of_group.ImportGroup(stick="..", file="x.kring", passphrase=PASSPHRASE)) == "no_stick"


def test_a_stick_that_is_full_in_the_middle_leaves_nothing_half(
    device: Device, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.found("Kring", *PEOPLE)
    device.ask(of_group.ExportGroup(stick="STICK"))
    (file,) = stick.iterdir()
    before = file.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    device.ask(of_group.AddMember(name="Eva"))
    with monkeypatch.context() as patched:
        patched.setattr(folder.os, "fsync", full)
        assert device.refused(of_group.ExportGroup(stick="STICK")) == "stick_full"
    assert [path.name for path in stick.iterdir()] == [file.name]
    assert file.read_bytes() == before
    device.ask(of_group.ExportGroup(stick="STICK"))


def test_a_full_disk_refuses_a_wish_and_loses_nothing(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    device.found("Kring", *PEOPLE)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = device.circle.group
    with monkeypatch.context() as patched:
        patched.setattr(folder.os, "fsync", full)
        answer = device.table.ask(of_group.AddMember(name="Eva"))
    assert not answer["ok"]
    assert "schijf" in answer["say"]["nl"]
    assert device.circle.group == before
    device.ask(of_group.AddMember(name="Eva"))


def test_erasing_everything_takes_every_group_along(device: Device, data: Path) -> None:
    device.found("Kanariekring", *PEOPLE)
    device.ask(of_group.CloseGroup())
    device.found("Mussenkring", *PEOPLE, passphrase=OTHERS)
    assert device.table.ask(wish.EraseEverything())["erased"] == 2
    closed(device)
    assert list((data / FOLDER).iterdir()) == []
    assert b"Lock" not in whole(data)


def test_another_passphrase_opens_the_group_from_then_on(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    wrong = of_group.ChangeGroupPassphrase(before="dat was hem niet", after=OTHERS)
    assert device.refused(wrong) == "wrong_passphrase"
    device.ask(of_group.ChangeGroupPassphrase(before=PASSPHRASE, after=OTHERS), of_group.CloseGroup())
    assert device.refused(of_group.OpenGroup(passphrase=PASSPHRASE)) == "wrong_passphrase"
    device.ask(of_group.OpenGroup(passphrase=OTHERS))


def test_a_clock_that_was_never_set_forgets_nothing(device: Device) -> None:
    device.found("Kring", *PEOPLE)
    device.evening(PEOPLE)
    device.ask(of_group.RememberEvening(items=("answers",)))
    device.calendar.on = date(1970, 1, 1)
    device.ask(of_group.CloseGroup(), of_group.OpenGroup(passphrase=PASSPHRASE), of_group.AddMember(name="Eva"))
    group = device.circle.group
    assert group is not None
    assert len(group.evenings) == 1


def test_the_file_is_readable_by_its_owner_only(device: Device, data: Path) -> None:
    device.found("Kring", *PEOPLE)
    assert {path.stat().st_mode & 0o077 for path in (data / FOLDER).iterdir()} == {0}
    assert os.stat(data / FOLDER).st_mode & 0o077 == 0
