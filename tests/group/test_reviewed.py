"""What a careful reading found wrong once: each as it happens to people at a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from server.archive import Archive
from server.group import wishes as of_group
from server.groupfiles import FOLDER, GroupFiles
from server.meeting import commands as wish
from server.messages import Arrived
from server.problems import DiskFull
from server.screens import audience_of
from tests.group.device import PASSPHRASE, Calendar, Device
from tests.server.tables import eventually

PEOPLE = ("Anne", "Bo", "Cas", "Dee")
ALL = ("question", "intention", "agreements", "answers", "methods", "attendance")


@pytest.fixture
def device(data: Path, ears: Path, stick: Path) -> Iterator[Device]:
    device = Device(data, ears, Calendar(date(2026, 12, 3)), [stick])
    device.found("Kring", *PEOPLE)
    yield device
    device.stop()


def sit_down(device: Device, *names: str, members: tuple[tuple[str, float], ...]) -> None:
    device.ask(
        wish.OpenMeeting(method="five_phase", language="nl", names=names, members=members, minutes=120),
        wish.ConfirmConsent(agreed=len(names)),
    )
    device.clock.go(60.0)


def remembered(device: Device, *items: str) -> None:
    device.clock.go(7200.0)
    device.ask(wish.CloseMeeting(), of_group.RememberEvening(items=items or ALL))


# --- who is a member ---


def test_a_guest_with_a_members_name_is_a_guest(device: Device) -> None:
    device.evening(PEOPLE, owner="A", intention="Ik bel")
    device.ask(of_group.RememberEvening(items=ALL))
    device.calendar.later(28)
    sit_down(device, "anne", "Bo", "Cas", members=(("B", 2), ("C", 3)))
    phone = audience_of("participant", "A")
    device.table.inbox.put(Arrived(audience=phone, screen="phone"))
    assert eventually(lambda: device.table.seen.view(phone).get("my"))["look_back"] is None
    remembered(device)
    latest = device.shows(lambda group: len(group["attendance"]) == 2 and group)["attendance"][0]
    assert latest["present"] == [2, 3]
    assert latest["absent"] == [1, 4]


def test_an_empty_chair_is_not_the_member_who_is_called_by_a_letter(device: Device) -> None:
    device.ask(of_group.AddMember(name="B"))
    sit_down(device, "Anne", "", "Cas", members=(("A", 1), ("C", 3)))
    remembered(device)
    latest = device.shows(lambda group: group["attendance"])[0]
    assert latest["present"] == [1, 3]


def test_who_comes_late_is_known_by_a_name_that_nobody_else_there_has(device: Device) -> None:
    sit_down(device, "Anne", "Bo", "Cas", members=(("A", 1), ("B", 2), ("C", 3)))
    device.clock.go(3600.0)
    device.ask(wish.AddSeat(name="Dee", agreed=True))
    remembered(device)
    latest = device.shows(lambda group: group["attendance"])[0]
    assert latest["late"] == [4]
    statement = device.table.ask(of_group.StateAttendance(member=4))["statement"]
    assert statement["evenings"][0]["minutes"] == 60


def test_who_goes_home_early_is_stated_for_the_time_they_were_there(device: Device) -> None:
    sit_down(device, *PEOPLE, members=(("A", 1), ("B", 2), ("C", 3), ("D", 4)))
    device.clock.go(1800.0)
    device.ask(wish.LeaveTable(seat="D"))
    remembered(device)
    assert device.table.ask(of_group.StateAttendance(member=4))["statement"]["hours"] == 0.5
    assert device.table.ask(of_group.StateAttendance(member=1))["statement"]["hours"] == 2.0


def test_a_guests_case_goes_along_with_the_guest(device: Device) -> None:
    sit_down(device, "Anne", "Bo", "Cas", "Kanariegast", members=(("A", 1), ("B", 2), ("C", 3)))
    device.talk(owner="D", question="Kanariegastvraag?")
    remembered(device)
    assert "anarie" not in str(device.circle.group)


def test_who_is_forgotten_while_at_the_table_is_so_after_it(device: Device) -> None:
    sit_down(device, *PEOPLE, members=(("A", 1), ("B", 2), ("C", 3), ("D", 4)))
    assert device.refused(of_group.ForgetMember(member=2)) == "name_at_table"
    device.talk(owner="B", question="Kanarievraag?")
    remembered(device)
    device.ask(of_group.ForgetMember(member=2))
    assert "anarie" not in str(device.circle.group)


def test_an_evening_that_a_member_led_is_the_members_own_also_where_a_facilitator_is_named(device: Device) -> None:
    device.ask(of_group.ChangeGroup(facilitator="Gea"))
    sit_down(device, *PEOPLE, members=(("A", 1), ("B", 2), ("C", 3), ("D", 4)))
    remembered(device)
    season = device.shows(lambda group: group["attendance"] and group)["season"]
    assert (season["held_guided"], season["held_alone"]) == (0, 1)
    assert device.view["lead"][-1] == 1


def test_who_was_agreed_to_lead_leads_next_time_and_the_hour_stays(device: Device) -> None:
    device.ask(of_group.ChangeGroup(facilitator="Gea"), of_group.PlanNext(at="19:30"))
    device.evening(["Gea", *PEOPLE], owner="B", agreed={"lead": "Cas", "date": "2027-01-07"})
    device.ask(of_group.RememberEvening(items=ALL))
    following = device.shows(lambda group: group["next"]["on"] and group["next"])
    assert (following["lead"], following["guided"], following["at"]) == (3, False, "19:30")


# --- days ---


def test_an_evening_on_the_last_day_of_the_season_is_remembered_after_midnight(device: Device) -> None:
    group = device.circle.group
    assert group is not None
    device.calendar.on = group.season.until
    device.evening(PEOPLE)
    device.ask(of_group.RememberEvening(items=ALL))
    assert device.circle.group is not None
    assert len(device.circle.group.evenings) == 1


def test_a_group_that_was_founded_by_a_clock_nobody_had_set_loses_nothing_when_it_is_set(
    data: Path, ears: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    device = Device(folder, ears, Calendar(date(2025, 1, 1)))
    try:
        device.found("Kring", *PEOPLE)
        device.evening(PEOPLE)
        device.ask(of_group.RememberEvening(items=ALL), of_group.CloseGroup())
        device.calendar.on = date(2026, 12, 3)
        device.ask(of_group.OpenGroup(passphrase=PASSPHRASE))
        assert device.shows(lambda group: group["attendance"])
        assert device.view["season"]["from"] == "2026-12-03"
    finally:
        device.stop()


def test_a_plan_for_a_later_day_stays_when_an_evening_comes_between(device: Device) -> None:
    device.ask(of_group.PlanNext(on="2027-01-20", place="Zaal 2"))
    device.evening(PEOPLE)
    device.ask(of_group.RememberEvening(items=("answers",)))
    assert device.shows(lambda group: group["season"]["held_alone"] == 1 and group)["next"]["on"] == "2027-01-20"


def test_forgetting_the_counts_keeps_nothing_longer(device: Device) -> None:
    device.evening(PEOPLE)
    device.ask(of_group.RememberEvening(items=("intention", "question")))
    device.ask(of_group.ForgetKept(item="counts"))
    device.evening(PEOPLE, question="Een andere?", intention="Iets anders")
    device.ask(of_group.RememberEvening(items=("intention",)))
    assert device.shows(lambda group: [one["text"] for one in group["intentions"]] == ["Iets anders"])


def test_a_meeting_that_did_not_get_beyond_the_agreements_is_no_evening(device: Device) -> None:
    device.ask(wish.OpenMeeting(method="five_phase", language="nl", names=PEOPLE), wish.CloseMeeting())
    assert device.refused(of_group.RememberEvening()) == "no_evening"


# --- when something fails ---


def test_what_is_unticked_after_a_failed_erase_is_not_remembered(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.evening(PEOPLE)

    def full(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(Archive, "forget", full)
        assert not device.table.ask(of_group.RememberEvening(items=ALL))["ok"]
    device.ask(of_group.RememberEvening(items=()))
    group = device.circle.group
    assert group is not None
    assert (group.evenings, group.intentions, group.held) == ((), (), 1)


def test_on_a_full_disk_a_group_opens_without_what_is_over(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    device.evening(PEOPLE)
    device.ask(of_group.RememberEvening(items=ALL), of_group.CloseGroup())
    device.calendar.later(400)

    def full(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(GroupFiles, "save", full)
        device.ask(of_group.OpenGroup(passphrase=PASSPHRASE))
    assert device.view["attendance"] == []


def test_a_later_copy_on_a_stick_is_not_written_over(device: Device, stick: Path, data: Path) -> None:
    device.ask(of_group.ExportGroup(stick="STICK"))
    (file,) = stick.iterdir()
    elsewhere = GroupFiles(stick.parent / "elsewhere")
    (stick.parent / "elsewhere").mkdir()
    there = elsewhere.take_in(file.read_bytes(), PASSPHRASE)
    file.write_bytes(elsewhere.sealed(elsewhere.save(there)))
    later = file.read_bytes()
    device.ask(of_group.AddMember(name="Eva"), of_group.ExportGroup(stick="STICK"))
    assert file.read_bytes() == later
    assert len(list(stick.iterdir())) == 2
    device.ask(of_group.AddMember(name="Flip"), of_group.ExportGroup(stick="STICK"))
    assert len(list(stick.iterdir())) == 2
    assert list((data / FOLDER).iterdir())


def test_wrong_guesses_make_all_wait_a_minute_and_no_hour(device: Device) -> None:
    device.ask(of_group.CloseGroup())
    for _ in range(4):
        for n in range(8):
            device.table.ask(of_group.OpenGroup(passphrase=f"geraden zin nummer {n}"))
        device.moment += 61
    device.moment += timedelta(minutes=2).total_seconds()
    device.ask(of_group.OpenGroup(passphrase=PASSPHRASE))


def test_a_phone_learns_of_no_group_and_holds_none_open(device: Device) -> None:
    asked = of_group.TellLookBack(intention=99, seat="B")
    assert device.refused(asked) == "not_yours"
    before = device.circle._stirred
    device.moment += 100
    assert device.refused(asked) == "not_yours"
    assert device.circle._stirred == before
    device.ask(of_group.CloseGroup())
    assert device.refused(asked) == "not_yours"


def test_the_name_of_an_opening_is_another_each_time(device: Device) -> None:
    first = device.view["opening"]
    device.ask(of_group.AddMember(name="Eva"))
    assert device.shows(lambda group: len(group["members"]) == 5 and group)["opening"] == first
    device.ask(of_group.CloseGroup(), of_group.OpenGroup(passphrase=PASSPHRASE))
    assert device.shows(lambda group: group["opening"] not in ("", first))


def test_a_wish_that_opens_something_does_not_print_its_passphrase() -> None:
    for one in (
        of_group.OpenGroup(passphrase="kanarie"),
        of_group.FoundGroup(name="x", passphrase="kanarie"),
        of_group.ChangeGroupPassphrase(before="kanarie", after="kanarie"),
        of_group.ImportGroup(stick="x", file="y", passphrase="kanarie"),
    ):
        assert "kanarie" not in repr(one)
