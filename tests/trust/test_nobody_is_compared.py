"""People stand in the order in which they sit, whoever spoke how long; meetings are put together for no organisation.

A group that wants it sees its own evenings side by side: of all together, never of one person.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pytest

from server import asking
from server.cli import kring
from server.group.group import Attended
from server.groupviews import group_view
from server.kept import show_kept
from server.log import open_log
from server.meeting import commands, events
from server.meeting.commands import OpenMeeting
from server.meeting.meeting import fold
from server.meeting.summary import summary
from server.report import as_table
from server.views import facilitator_view, participant_view, table_view
from tests.trust.evening import FIVE, GROUP, Table, evening, room_of
from tests.trust.test_roles_any import as_if_others

ROOT = Path(__file__).parents[2]
BY_TIME = {"flow", "visits"}
"""In the order in which it happened."""
SPEECH = {"seconds", "share", "turns", "heard", "spoken", "backchannels", "fill", "told"}
MAY_SORT_BY_SPEECH = {
    ("rounds.py", "order_of"): "a round by who spoke least, when the lead asks for it; nobody else is to see the order",
}
JOINED = {
    *(
        "aggregate",
        "organisation",
        "organization",
        "dashboard",
        "statistics",
        "trend",
        "trends",
        "benchmark",
        "history",
    ),
    *("compare", "comparison", "overview", "teams", "manager", "admin", "employer", "report", "reports", "analytics"),
    *("insights", "across", "average"),
}
"""Words by which a command, a message or an address would be about more than one meeting, or for others."""


def letters_in(value: object) -> Iterator[tuple[str, ...]]:
    """The letters of every list or table of people in a view, in its order."""
    if isinstance(value, dict):
        if len(of_people := [key for key in value if re.fullmatch("[A-H]", str(key))]) > 2:
            yield tuple(of_people)
        for key, inside in value.items():
            if key not in BY_TIME:
                yield from letters_in(inside)
    elif isinstance(value, list):
        found = [one["letter"] if isinstance(one, dict) and "letter" in one else one for one in value]
        if len(found) > 2 and all(isinstance(one, str) and re.fullmatch("[A-H]", one) for one in found):
            yield tuple(found)
        for inside in value:
            yield from letters_in(inside)


def views(table: Table) -> list[object]:
    room = table.room()
    return [facilitator_view(room), table_view(room), participant_view(room, "C")]


def test_people_stand_in_the_order_in_which_they_sit() -> None:
    looked = 0
    for table in evening(FIVE):
        if table.meeting is None:
            continue
        sitting = [seat["letter"] for seat in facilitator_view(table.room())["seats"]]
        assert sitting[:5] in (list("ABCDE"), list("CAEBD")), "by letter, then as the group arranged itself"
        told = summary(table.meeting, FIVE)
        assert told["order"] == sitting
        assert list(told["seats"]) == list(table.meeting.letters)
        assert all(list(phase["seats"]) == list(table.meeting.letters) for phase in told["phases"])
        assert [row.split()[0] for row in as_table(table.meeting, FIVE).splitlines()[:1]]
        looked += 1
    assert looked > 50


def test_no_order_of_people_changes_with_who_spoke_how_long() -> None:
    for table in evening(FIVE):
        if table.meeting is None:
            continue
        other = Table(FIVE)
        other.meeting, other.unwritten = fold(as_if_others(table.log, None)), table.unwritten
        assert [list(letters_in(view)) for view in views(other)] == [list(letters_in(view)) for view in views(table)]
        room = room_of(other.meeting, FIVE, table.unwritten)
        head = as_table(table.meeting, FIVE).splitlines()[0]
        assert room.meeting is not None
        assert as_table(room.meeting, FIVE).splitlines()[0].split() == head.split()


def sorted_by(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Every function of a file that sorts or picks by a key, and the names in that key."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            keys = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
            if name in ("sorted", "sort", "min", "max", "nlargest", "nsmallest") and keys:
                inside = [*ast.walk(keys[0])]
                names = {node.id for node in inside if isinstance(node, ast.Name)}
                yield function.name, names | {node.attr for node in inside if isinstance(node, ast.Attribute)}


def test_the_server_sorts_people_by_what_they_said_in_one_place_that_the_lead_asks_for() -> None:
    found = {
        (path.name, function)
        for path in (ROOT / "server").glob("**/*.py")
        if "rehearsal" not in path.parts
        for function, names in sorted_by(path)
        if names & SPEECH
    }
    assert found == MAY_SORT_BY_SPEECH.keys()


def test_the_pages_sort_letters_and_numbers_of_cases_and_no_people() -> None:
    sorting = {
        (path.relative_to(ROOT / "client").as_posix(), line.strip())
        for path in (ROOT / "client").glob("**/*.js")
        if "vendor" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\.sort\(|toSorted\(", line)
    }
    by_speech = [line for _, line in sorting if re.search(r"second|share|turns|fill|spoken|spoke|heard", line)]
    assert by_speech == []
    assert not [name for name, _ in sorting if name in ("exports.js", "views/paper.js", "views/summary.js")]


# --- nothing joins meetings ---


def words_of(name: str) -> set[str]:
    return set(re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name).lower().replace("_", " ").replace("-", " ").split())


def commands_of(group: click.Group) -> Iterator[str]:
    for name, command in group.commands.items():
        yield name
        if isinstance(command, click.Group):
            yield from commands_of(command)


def test_no_command_wish_event_or_address_is_about_several_meetings() -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "server").glob("*.py"))
    routes = re.findall(r'@app\.(?:get|post|route)\("([^"]+)"', pages)
    exports = re.findall(r"export (?:async )?function (\w+)", (ROOT / "client" / "exports.js").read_text("utf-8"))
    assert {"kept", "erase"} <= set(commands_of(kring))
    assert "/pair" in routes
    assert "toCsv" in exports
    names = [*commands_of(kring), *asking.BY_NAME, *events.BY_NAME, *exports, *(r.replace("/", " ") for r in routes)]
    assert [name for name in names if words_of(name) & JOINED] == []


def test_what_was_kept_is_asked_of_the_log_where_each_meeting_stays_apart() -> None:
    asking = {
        path.name
        for path in (ROOT / "server").glob("**/*.py")
        if re.search(r"log\.kept\(\)|self\.kept\(\)|_log\.kept\(\)", path.read_text(encoding="utf-8"))
    }
    assert asking == {"archive.py", "kept.py", "log.py", "erasing.py"}, "look whether it puts meetings together"


def test_over_its_evenings_a_group_sees_itself_as_a_whole_and_nobody_in_it() -> None:
    view = group_view(GROUP, {}, (), date(2026, 12, 3))
    (pictured,) = view["trend"]
    assert pictured.keys() == {"number", "on", "spread", "questions", "pulse", "answers"}
    assert all(value is None or isinstance(value, str | int | float) for value in pictured.values())
    assert group_view(replace(GROUP, keep={**GROUP.keep, "figures": "no"}), {}, (), date(2026, 12, 3))["trend"] is None


def test_who_was_there_changes_nothing_but_the_list_of_who_was_there() -> None:
    (evening_of,) = GROUP.evenings
    others = replace(evening_of, attended=Attended(present=(4, 5, 6), late=(), absent=(1, 2, 3)))
    before = group_view(GROUP, {}, (), date(2026, 12, 3))
    after = group_view(replace(GROUP, evenings=(others,)), {}, (), date(2026, 12, 3))
    assert {key for key in before if before[key] != after[key]} == {"attendance"}
    assert [set(one) for one in after["attendance"]] == [
        {"number", "on", "minutes", "method", "present", "late", "absent"}
    ]


@pytest.fixture
def two_kept(tmp_path: Path) -> Path:
    """A folder with two meetings of the same people, kept with their numbers."""
    log = open_log(tmp_path)
    for seconds in (31.0, 47.0):
        stream, played = log.open_stream(), Table(FIVE)
        played.ask(OpenMeeting(method="five_phase", language="nl", names=("Anneloes", "Barend", "Chaja")))
        played.ask(commands.ConfirmConsent(agreed=3))
        played.turn("A", 2, 2 + seconds)
        played.ask(commands.CloseMeeting(), at=100)
        log.append(stream, played.log)
        log.keep(stream)
    log.close()
    return tmp_path


def test_kept_meetings_are_told_one_by_one_and_nothing_is_added_up(two_kept: Path) -> None:
    first, second = list(show_kept(two_kept))
    assert ("0:47" in first, "0:31" in second) == (True, True)
    assert "1:18" not in first + second
    assert first.startswith("1. ")
    assert second.startswith("2. ")


def test_a_new_meeting_knows_no_number_of_the_one_before(two_kept: Path) -> None:
    log = open_log(two_kept)
    assert len(log.kept()) == 2
    log.close()
    table = Table(FIVE)
    view = facilitator_view(table.room())
    assert not {"seats", "summary", "balance"} & view.keys()
