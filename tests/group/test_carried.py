"""What goes along: the calendar file over HTTP, to those who sit here, and a group on the command line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.carried import Carried
from server.erasing import erase_all
from server.groupfiles import FOLDER, GroupFiles
from server.pairing import Door
from server.pins import Pins
from server.screens import FACILITATOR, PARTICIPANT, TABLE
from server.settings import DoorSettings
from server.web import COOKIE, create_app
from tests.group.groups import circle, with_evenings
from tests.server.test_commands import kring

PINS = {FACILITATOR: "271828", PARTICIPANT: "314159", TABLE: "161803"}
PASSPHRASE = "vier wilde eenden zwemmen"


@pytest.fixture
def carried() -> Carried:
    return Carried()


@pytest.fixture
def door(data: Path) -> Door:
    return Door(pins=Pins(PINS, DoorSettings(), monotonic=time.monotonic), settings=DoorSettings(), folder=data)


def browser(door: Door, carried: Carried, role: str | None, seat: str | None = "B") -> FlaskClient:
    client = create_app(door, secure=False, carried=carried).test_client()
    if role is not None:
        client.set_cookie(COOKIE, door.pair("a", PINS[role], seat if role == PARTICIPANT else None)[0])
    return client


@pytest.mark.parametrize(
    ("role", "status"), [(FACILITATOR, 200), (PARTICIPANT, 200), (TABLE, 403), (None, 403)], ids=str
)
def test_the_next_evening_goes_along_with_those_who_sit_here(
    door: Door, carried: Carried, role: str | None, status: int
) -> None:
    carried.calendar, carried.for_phones = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", True
    answer = browser(door, carried, role).get("/next.ics")
    assert answer.status_code == status
    if status == 200:
        assert answer.data == carried.calendar
        assert answer.mimetype == "text/calendar"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "attachment" in answer.headers["Content-Disposition"]


def test_a_phone_that_only_passes_by_learns_of_no_evening(door: Door, carried: Carried) -> None:
    carried.calendar = b"BEGIN:VCALENDAR"
    assert browser(door, carried, PARTICIPANT).get("/next.ics").status_code == 404
    carried.for_phones = True
    assert browser(door, carried, PARTICIPANT, seat=None).get("/next.ics").status_code == 404
    assert browser(door, carried, FACILITATOR).get("/next.ics").status_code == 200


def test_without_a_date_there_is_no_file(door: Door, carried: Carried) -> None:
    assert browser(door, carried, FACILITATOR).get("/next.ics").status_code == 404


# --- the command line ---


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n")
    return file


def test_a_group_is_carried_on_the_command_line_and_nothing_of_it_is_printed(
    data: Path, tmp_path: Path, passphrase: Path
) -> None:
    GroupFiles(data).begin(with_evenings(circle("Kanarie", "Bo", "Cas"), 3), PASSPHRASE)
    other, file = tmp_path / "other", tmp_path / "out.kring"
    known = ("--passphrase-file", passphrase)
    written = kring("group", "export", file, "--data", data, *known)
    taken = kring("group", "import", file, "--data", other, *known)
    again = kring("group", "import", file, "--data", other, *known)
    gone = kring("group", "forget", "--yes", "--data", data, *known)
    assert [done.returncode for done in (written, taken, again, gone)] == [0, 0, 0, 0], taken.stderr
    assert GroupFiles(other).open(PASSPHRASE).group.members[0].name == "Kanarie"
    assert list((data / FOLDER).iterdir()) == []
    told = "".join(done.stdout + done.stderr for done in (written, taken, again, gone))
    assert "Kanarie" not in told
    assert PASSPHRASE not in told


def test_a_file_that_this_group_did_not_come_of_is_not_written_over(
    data: Path, tmp_path: Path, passphrase: Path
) -> None:
    files, file = GroupFiles(data), tmp_path / "out.kring"
    opened = files.begin(circle(), PASSPHRASE)
    known = ("--data", data, "--passphrase-file", passphrase)
    for content, code in ((b"my holiday", 2), (files.sealed(opened), 0)):
        file.write_bytes(content)
        files.save(opened)
        assert kring("group", "export", file, *known).returncode == code
        assert (file.read_bytes() == content) == bool(code)


@pytest.mark.parametrize("command", ["export", "forget"])
def test_a_wrong_passphrase_is_one_clear_line(data: Path, tmp_path: Path, passphrase: Path, command: str) -> None:
    GroupFiles(data).begin(circle(), "drie stille beren slapen")
    where = [tmp_path / "out.kring"] if command == "export" else ["--yes"]
    done = kring("group", command, *where, "--data", data, "--passphrase-file", passphrase)
    assert done.returncode == 2
    assert done.stderr == "kring: This passphrase opens no group here. Look at capitals and spaces.\n"
    assert not (tmp_path / "out.kring").exists()


def test_a_file_that_is_no_group_or_not_there_is_one_clear_line(data: Path, tmp_path: Path, passphrase: Path) -> None:
    file = tmp_path / "holiday.jpg"
    for content, told in ((None, "cannot be used"), (b"\xff\xd8", "This is no group of Kring.")):
        if content is not None:
            file.write_bytes(content)
        done = kring("group", "import", file, "--data", data, "--passphrase-file", passphrase)
        assert done.returncode == 2
        assert told in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_without_a_terminal_the_command_says_how_to_give_a_passphrase(data: Path, tmp_path: Path) -> None:
    done = kring("group", "export", tmp_path / "x", "--data", data)
    assert done.returncode == 2
    assert "--passphrase-file" in done.stderr


def test_erasing_the_device_takes_groups_along_and_says_how_many(data: Path) -> None:
    files = GroupFiles(data)
    files.begin(circle(), PASSPHRASE)
    assert "removed groups: 1" in erase_all(data)
    assert not (data / FOLDER).exists()
