"""What is carried over: an invitation in words and a calendar file, right on the night the clock changes too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from server.group import wishes as wish
from server.group.group import Group
from server.group.invitation import calendar, come_back, invitation
from tests.group.groups import METHODS, after, circle

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def planned(**plan: str) -> Group:
    return after(circle(), wish.PlanNext(on="2026-12-24", at="19:30", **plan))


def test_without_a_date_there_is_nothing_to_carry() -> None:
    assert invitation(circle(), METHODS) is None
    assert calendar(circle()) is None


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("nl", "donderdag 24 december 2026"),
        ("en", "Thursday, 24 December 2026"),
        ("de", "Donnerstag, 24. Dezember 2026"),
    ],
)
def test_the_invitation_says_when_where_who_and_how_in_the_groups_language(language: str, day: str) -> None:
    group = after(
        planned(place="Zaal 2", method="five_phase", different="Stilte laten"),
        wish.ChangeGroup(language=language, facilitator="Gea"),
    )
    told = invitation(group, METHODS)
    assert told is not None
    assert day in told["subject"]
    assert "Blauw" in told["subject"]
    for text in (day, "19:30", "Zaal 2", "Gea", METHODS["five_phase"].names[language], "Stilte laten"):
        assert text in told["text"]


def test_when_members_lead_the_invitation_names_who_leads() -> None:
    group = planned()
    alone = replace(group, season=replace(group.season, guided=False))
    told = invitation(alone, METHODS)
    assert told is not None
    assert "Anne leidt." in told["text"]


@pytest.mark.parametrize("language", ["nl", "en", "de"])
def test_a_facilitator_of_before_is_invited_to_come_back_by_a_group_that_leads_itself(language: str) -> None:
    guided = after(planned(), wish.ChangeGroup(language=language, facilitator="Gea"))
    assert come_back(guided) is None
    alone = replace(guided, season=replace(guided.season, guided=False))
    told = come_back(alone)
    assert told is not None
    assert "Blauw" in told["subject"]
    assert "Gea" in told["text"]
    assert "19:30" in told["text"]
    undated = come_back(replace(alone, next=circle().next))
    assert undated is not None
    assert "2026" not in undated["text"]
    assert come_back(replace(alone, facilitator="")) is None


def test_a_calendar_reads_the_file_and_half_past_seven_is_half_past_seven_everywhere() -> None:
    written = calendar(planned(place="Zaal 2; eerste deur, links"), NOW)
    assert written is not None
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert event["dtstart"].dt == datetime(2026, 12, 24, 19, 30)  # without a zone: the clock on the wall
    assert event["dtend"].dt == datetime(2026, 12, 24, 21, 30)
    assert event["location"] == "Zaal 2; eerste deur, links"
    assert "Blauw" in event["summary"]
    assert b"TZID" not in written
    assert b"\r\nBEGIN:VEVENT\r\n" in written
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))


@pytest.mark.parametrize("on", ["2027-03-28", "2027-10-31"])
def test_the_night_the_clock_changes_moves_nothing(on: str) -> None:
    group = after(circle(), wish.PlanNext(on=on, at="02:30"))
    written = calendar(group, NOW)
    assert written is not None
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert event["dtstart"].dt.strftime("%Y-%m-%d %H:%M") == f"{on} 02:30"


def test_a_day_without_an_hour_is_a_whole_day() -> None:
    written = calendar(after(circle(), wish.PlanNext(on="2026-12-24")), NOW)
    assert written is not None
    assert b"DTSTART;VALUE=DATE:20261224" in written
    assert b"DTEND;VALUE=DATE:20261225" in written


def test_markup_and_line_breaks_in_a_place_stay_text() -> None:
    group = after(circle(), wish.PlanNext(on="2026-12-24", place="a\r\nEND:VEVENT\r\n<b>"))
    written = calendar(group, NOW)
    assert written is not None
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert written.count(b"END:VEVENT\r\n") == 1
    assert "<b>" in event["location"]
