"""A season of nine evenings: from a facilitator to members who lead, a member who goes, another device, what stays."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from server import sealed
from server.group import wishes as of_group
from server.group.season import STATEMENTS
from server.groupfiles import FOLDER
from server.meeting import commands as wish
from tests.group.device import PASSPHRASE, Calendar, Device, whole

FIRST = date(2026, 12, 3)
MONTH = 28
NAMES = ("Annekanarie", "Barekanarie", "Chakanarie", "Diekanarie", "Evekanarie")
ANNE, BARE, CHA, DIE, EVE = NAMES
GUIDE = "Gidskanarie"
EVERYTHING = ("question", "intention", "agreements", "answers", "pulse", "methods", "attendance", "figures")


def in_file(data: Path, passphrase: str = PASSPHRASE) -> str:
    """What the one sealed file of the device says."""
    (file,) = (data / FOLDER).iterdir()
    return sealed.unseal(file.read_bytes(), passphrase)[1].decode()


def test_a_season_from_the_first_guided_evening_to_a_circle_that_leads_itself(tmp_path: Path) -> None:
    calendar = Calendar(FIRST)
    first, second, stick = (tmp_path / name for name in ("first", "second", "STICK"))
    ears = tmp_path / "ears"
    for folder in (first, second, stick, ears):
        folder.mkdir()
    device = Device(first, ears, calendar, [stick])
    try:
        begins(device)
        for number in (1, 2, 3, 4):
            guided_evening(device, number)
            calendar.later(MONTH)
        goes_on_alone(device)
        for number in (5, 6):
            own_evening(device, number, leader=(ANNE, BARE)[number - 5])
            calendar.later(MONTH)
        somebody_is_forgotten(device)
        device.ask(of_group.ExportGroup(stick="STICK"), of_group.ForgetGroup())
        assert list((first / FOLDER).iterdir()) == []
    finally:
        device.stop()
    device = Device(second, ears, calendar, [stick])
    try:
        arrives(device, stick)
        for number in (7, 8, 9):
            own_evening(device, number, leader=(DIE, EVE, ANNE)[number - 7], people=(ANNE, BARE, DIE, EVE))
            calendar.later(MONTH)
        what_is_there_is_what_the_page_says(device)
        season_is_over(device)
    finally:
        device.stop()
    for folder in (first, second):
        assert b"kanarie" not in whole(folder)
        assert PASSPHRASE.encode() not in whole(folder)


def begins(device: Device) -> None:
    """Founded, with a facilitator from outside; nothing is kept by itself but an intention and answers."""
    device.found("Kanariekring", *NAMES)
    device.ask(of_group.ChangeGroup(facilitator=GUIDE, returns=2, rhythm=4, minimum=4, place="Kanarieplein"))
    assert device.view["keep"] == {
        "intention": "next",
        "answers": "season",
        **dict.fromkeys(("pulse", "methods", "attendance", "figures"), "no"),
    }
    for item in ("methods", "attendance", "figures", "pulse"):
        device.ask(of_group.ChooseKeeping(item=item, until="season"))
    device.ask(of_group.WriteGroupAgreement(text="Kanarieafspraak: telefoons uit"))


def guided_evening(device: Device, number: int) -> None:
    keys = device.keys()
    on = device.calendar.on.isoformat()
    device.ask(of_group.PlanNext(on=on, at="19:30", method="five_phase"))
    if number == 2:
        device.ask(of_group.SayAway(member=keys[CHA]))
    there = [name for name in NAMES if not (number == 2 and name == CHA)]
    looks_back(device, number)
    before = device.view["season"]["held_guided"]
    device.evening([GUIDE, *there], question=f"Kanarievraag {number}?", intention=f"Kanarieplan {number}")
    device.ask(of_group.RememberEvening(items=EVERYTHING))
    assert device.shows(lambda group: group["season"]["held_guided"] == before + 1)
    (latest, *_) = device.view["attendance"]
    assert latest["present"] == [keys[name] for name in there]
    assert latest["absent"] == ([keys[CHA]] if number == 2 else [])
    assert device.view["bring"][-1] == keys[there[0]]
    assert device.view["next"]["on"] is None
    assert device.refused(of_group.ChooseGuidance(guided=False)) == "not_alone_yet"


def looks_back(device: Device, number: int) -> None:
    """Told by the person; kept once, forgotten once, and never longer than until the next evening was held."""
    intentions = device.view["intentions"]
    assert len(intentions) == (1 if number > 1 else 0)
    if number == 2:
        device.ask(of_group.TellLookBack(intention=intentions[0]["key"], worth=7, back=True, keep=True))
        assert device.shows(lambda group: group["intentions"][0]["worth"] == 7)
        assert device.view["intentions"][0]["back"]
    elif intentions:
        device.ask(of_group.TellLookBack(intention=intentions[0]["key"], worth=3))
        device.shows(lambda group: group["intentions"] == [])


def goes_on_alone(device: Device) -> None:
    assert device.view["season"]["may_go_alone"]
    assert device.view["season"]["why"] == "meetings"
    for statement in STATEMENTS:
        assert device.refused(of_group.ChooseGuidance(guided=False)) == "not_alone_yet"
        device.ask(of_group.SayReady(statement=statement))
    device.ask(of_group.ChooseGuidance(guided=False), of_group.SayFamiliar(method="five_phase"))
    assert device.shows(lambda group: not group["season"]["guided"] and group["methods"]["suggest"])
    assert device.view["next"]["lead"] == device.keys()[ANNE]


def own_evening(device: Device, number: int, *, leader: str, people: tuple[str, ...] = NAMES) -> None:
    """Led by the member whose turn it is; two changes of method on the way."""
    keys = device.keys()
    method = {6: "six_step", 8: "incident"}.get(number, "five_phase")
    device.ask(of_group.PlanNext(on=device.calendar.on.isoformat(), at="20:00", method=method))
    assert device.shows(lambda group: group["next"]["lead"] == keys[leader])
    late = people[-1] if number == 6 else None
    there = [name for name in people if name != late]
    seats = [leader, *(name for name in there if name != leader)]
    device.evening(seats, late=[late] if late else (), method=method, question=f"Kanarievraag {number}?")
    device.ask(of_group.RememberEvening(items=EVERYTHING))
    device.shows(lambda group: group["attendance"] and group["attendance"][0]["number"] == number)
    assert device.view["attendance"][0]["late"] == ([keys[late]] if late else [])
    assert device.view["lead"][-1] == keys[leader]
    assert device.view["methods"]["held"][0]["method"] == method


def somebody_is_forgotten(device: Device) -> None:
    """Chakanarie leaves: in no list, no evening, no file."""
    keys = device.keys()
    assert CHA in in_file(device.data)
    statement = device.table.ask(of_group.StateAttendance(member=keys[CHA]))["statement"]
    assert len(statement["evenings"]) == 5
    assert statement["hours"] == 10.0
    device.ask(of_group.ForgetMember(member=keys[CHA]))
    device.shows(lambda group: CHA not in json.dumps(group))
    assert CHA not in in_file(device.data)
    for evening in device.view["attendance"]:
        assert keys[CHA] not in (*evening["present"], *evening["late"], *evening["absent"])
    assert device.refused(of_group.StateAttendance(member=keys[CHA])) == "unknown_member"


def arrives(device: Device, stick: Path) -> None:
    """Another device takes the group in from the stick; with the wrong passphrase it does not."""
    (file,) = stick.iterdir()
    assert b"kanarie" not in file.read_bytes()
    wrong = of_group.ImportGroup(stick="STICK", file=file.name, passphrase="een heel andere zin")
    assert device.refused(wrong) == "wrong_passphrase"
    device.ask(of_group.ImportGroup(stick="STICK", file=file.name, passphrase=PASSPHRASE))
    assert device.shows(lambda group: group["name"] == "Kanariekring")
    season = device.view["season"]
    assert (season["held_guided"], season["held_alone"], season["guided"]) == (4, 2, False)


def what_is_there_is_what_the_page_says(device: Device) -> None:
    """Every text in the file stands on the page, and the page shows nothing that is not in the file."""
    written, page = json.loads(in_file(device.data)), device.view
    items = {(line["item"], line["key"]) for line in page["kept"]}
    numbers = {evening["number"] for evening in written["evenings"]}
    assert numbers == set(range(1, 10))
    for item in ("answers", "pulse", "methods", "attendance"):
        assert {key for name, key in items if name == item} == numbers
    shown = json.dumps(page, ensure_ascii=False)
    for text in _texts(written):
        assert text in shown or text in (written["id"], written["latest"], *written["trail"]), text
    device.ask(of_group.ForgetKept(item="attendance", key=3))
    device.shows(lambda group: 3 not in {evening["number"] for evening in group["attendance"]})
    assert next(one for one in json.loads(in_file(device.data))["evenings"] if one["number"] == 3)["attended"] is None


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, dict):
        return [text for inside in value.values() for text in _texts(inside)]
    return [text for inside in value for text in _texts(inside)] if isinstance(value, list) else []


def season_is_over(device: Device) -> None:
    """What was for the season goes with it; then the group itself."""
    device.calendar.later(MONTH * 2)
    device.ask(of_group.CloseGroup(), of_group.OpenGroup(passphrase=PASSPHRASE))
    device.shows(lambda group: group["season"]["over"] and not group["attendance"])
    assert json.loads(in_file(device.data))["evenings"] == []
    device.ask(of_group.BeginSeason())
    assert device.shows(lambda group: not group["season"]["over"])
    device.ask(of_group.ForgetGroup())
    assert list((device.data / FOLDER).iterdir()) == []
    assert device.refused(of_group.OpenGroup(passphrase=PASSPHRASE)) == "wrong_passphrase"
    assert device.table.ask(wish.EraseEverything())["erased"] == 0
