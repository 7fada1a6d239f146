"""The list of methods for a terminal says who a method is for, and what is not certain about it."""

from dataclasses import replace

from methods.listing import as_lines
from methods.reader import BUILT_IN, read_method

SIX = read_method(BUILT_IN / "six_step.yaml")


def test_a_line_has_minutes_people_and_name_under_its_level() -> None:
    heading, line = as_lines([SIX])
    assert heading == "Beginner: a new group can do this from the page"
    assert line.split() == f"six_step 90 min 3-8 people {SIX.names['en']}".split()


def test_levels_come_from_easy_to_hard_and_within_one_the_shortest_first() -> None:
    methods = [
        replace(SIX, id="hard", level="advanced"),
        replace(SIX, id="long", minutes=100),
        replace(SIX, id="short", minutes=30),
    ]
    lines = [line.split()[0] for line in as_lines(methods) if line]
    assert lines == ["Beginner:", "short", "long", "Advanced:", "hard"]


def test_what_is_no_whole_meeting_stands_apart_with_its_level() -> None:
    lines = list(as_lines([SIX, replace(SIX, id="nine", kind="module")]))
    assert lines[2:4] == ["", "Module: a part that is used inside another method"]
    assert lines[4].endswith("[beginner]")


def test_what_is_unverified_is_marked_and_the_mark_explained() -> None:
    lines = list(as_lines([replace(SIX, verified=False, trust="high", form="content")]))
    assert lines[1].endswith("[much trust, with a trainer, unverified]")
    assert lines[-1] == "[unverified]: a part of it has no source that could be checked."
    assert "unverified" not in "".join(as_lines([SIX]))


def test_the_phases_are_there_when_asked_for() -> None:
    assert " > ".join(phase.id for phase in SIX.phases) in list(as_lines([SIX], phases=True))[-1]


def test_no_line_is_too_wide_for_a_terminal_of_the_lead() -> None:
    methods = [read_method(path) for path in sorted(BUILT_IN.glob("t*.yaml"))]
    assert max(map(len, as_lines(methods))) <= 120
