"""What a method file may say beyond the ordinary: kept as it stands, and what cannot be is named with its line."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from methods.method import Floor, Method, Repeat
from methods.reader import BUILT_IN, MethodRefused, Problem, read_method

GOOD = (BUILT_IN.parent / "README.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
"""Two phases: questions (10-15-20 minutes) and advice (5-10-15, 90 seconds each); 3 to 8 people, ideally 5."""
TOP = "phases:\n"
FLOOR = "floor: {mode: dialogue, speak: [peers, case_owner]}"
LOOK_BACK = (
    "deny: [judgement]\npitfalls",
    "deny: [judgement]\n    capture: [evaluation]\npitfalls",
)


def with_top(lines: str, text: str = GOOD) -> str:
    """The same with these lines between the other keys of the method."""
    return text.replace(TOP, f"{lines}\n{TOP}", 1)


def with_floor(keys: str) -> str:
    """The same with these keys in the floor of the first phase."""
    assert FLOOR in GOOD
    return GOOD.replace(FLOOR, f"{FLOOR[:-1]}, {keys}}}", 1)


def with_phase(line: str, text: str = GOOD) -> str:
    """The same with this line in the first phase."""
    return text.replace("    balance: equal_peers\n", f"    balance: equal_peers\n    {line}\n", 1)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Method]:
    """The method of a text."""

    def reading(text: str) -> Method:
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return read_method(path)

    return reading


Read = Callable[[str], Method]


def refused(read: Read, text: str) -> tuple[Problem, ...]:
    with pytest.raises(MethodRefused) as trouble:
        read(text)
    return trouble.value.problems


def test_an_ordinary_method_needs_none_of_it(read: Read) -> None:
    method = read(GOOD)
    assert (method.kind, method.form, method.verified, method.trust, method.licence) == (
        "method",
        "process",
        True,
        "ordinary",
        "",
    )
    assert (method.roles, method.materials, method.variants, method.repeat, method.per_case) == ((), None, (), None, ())
    assert method.phases[0].basis == "proposed"
    assert (method.phases[0].choice_rule, method.phases[0].optional) == (None, False)


def test_what_the_file_says_about_the_method_is_kept(read: Read) -> None:
    method = read(
        with_top(
            "kind: exercise\nform: content\nverified: false\ntrust: high\nlicence: 'CC BY-SA 4.0'\n"
            "roles: [observer, expert]\nmaterials: {nl: papier, en: paper}\n"
            "variants: [{nl: kort, en: short}, {nl: lang, en: long}]"
        )
    )
    assert (method.kind, method.form, method.verified, method.trust) == ("exercise", "content", False, "high")
    assert method.licence == "CC BY-SA 4.0"
    assert method.roles == ("observer", "expert")
    assert method.materials == {"nl": "papier", "en": "paper"}
    assert [variant["en"] for variant in method.variants] == ["short", "long"]


def test_what_the_file_says_about_a_phase_is_kept(read: Read) -> None:
    text = with_floor(
        "then: case_owner, turned_away: true, pause_seconds: 10, silence_first_minutes: 2, write_first_minutes: 3"
    ).replace("max: 20}", "max: 20, basis: source}")
    phase = read(with_phase("choice_rule: EGT", with_phase("optional: true", text))).phases[0]
    assert phase.floor == Floor(
        mode="dialogue",
        speak=("peers", "case_owner"),
        then="case_owner",
        turned_away=True,
        pause_seconds=10,
        silence_first_minutes=2,
        write_first_minutes=3,
    )
    assert (phase.choice_rule, phase.optional, phase.basis) == ("EGT", True, "source")


def test_only_an_optional_phase_may_take_no_time(read: Read) -> None:
    short = GOOD.replace("{min: 10, default: 15, max: 20}", "{min: 0, default: 15, max: 20}")
    assert read(with_phase("optional: true", short)).phases[0].minutes_min == 0
    assert "minutes min must be a number from 0.5 to 240" in str(refused(read, short)[0])
    nothing = short.replace("default: 15", "default: 0")
    assert "minutes default" in str(refused(read, with_phase("optional: true", nothing))[0])


@pytest.mark.parametrize(("times", "kept"), [("people", None), ("2", 2), ("8", 8)])
def test_what_comes_again_is_kept(read: Read, times: str, kept: int | None) -> None:
    usual = 25 * (kept or 5)
    lengthened = GOOD.replace("min: 20, typical: 25, max: 40", f"min: 20, typical: {usual}, max: 300")
    method = read(with_top(f"repeat: {{phases: [questions, advice], times: {times}}}", lengthened))
    assert method.repeat == Repeat(phases=("questions", "advice"), times=kept)


def test_what_a_second_case_goes_through_is_kept(read: Read) -> None:
    assert read(with_top("per_case: [questions, advice]")).per_case == ("questions", "advice")


@pytest.mark.parametrize(
    ("times", "minutes"), [("2", 2 * 15 + 10), ("people", 5 * 15 + 10)], ids=["a number", "the ideal group"]
)
def test_what_comes_again_counts_each_time(read: Read, times: str, minutes: int) -> None:
    repeated = with_top(f"repeat: {{phases: [questions], times: {times}}}")
    fitting = repeated.replace("min: 20, typical: 25, max: 40", f"min: {minutes}, typical: {minutes}, max: {minutes}")
    assert read(fitting).minutes == minutes
    tight = repeated.replace("min: 20, typical: 25, max: 40", f"min: 20, typical: 25, max: {minutes - 1}")
    (problem,) = refused(read, tight)
    assert f"take {minutes} minutes, outside the 20 to {minutes - 1}" in problem.what
    assert "what comes again" in problem.what


class Mistake(NamedTuple):
    """A text, the part of it on the line that is named, what is said, and the cure."""

    text: str
    where: str
    what: str
    cure: str


THREE = GOOD.replace(
    "  - id: advice\n",
    GOOD[GOOD.index("  - id: questions\n") : GOOD.index("  - id: advice\n")].replace("id: questions", "id: pause")
    + "  - id: advice\n",
).replace("max: 40}", "max: 120}")
MISTAKES = {
    "a kind that is none": Mistake(with_top("kind: excercise"), "kind:", "not a word for kind", "'exercise'?"),
    "a form that is none": Mistake(with_top("form: contents"), "form:", "not a word for form", "'content'?"),
    "a trust that is none": Mistake(with_top("trust: hihg"), "trust:", "not a word for trust", "'high'?"),
    "yes instead of true": Mistake(with_top("verified: no"), "verified:", "must be true or false", "without quotes"),
    "an empty licence": Mistake(with_top("licence: ''"), "licence:", "licence is empty", "leave the key out"),
    "a role every method has": Mistake(with_top("roles: [peers]"), "roles:", "'peers' is not a word", "Choose from"),
    "materials in one language": Mistake(with_top("materials: {nl: a}"), "materials:", "missing in language 'en'", ""),
    "too many variants": Mistake(
        with_top("variants: [" + ", ".join(["{nl: a, en: b}"] * 7) + "]"), "variants:", "variants has 7 items", "0 to 6"
    ),
    "a way to choose that is none": Mistake(
        with_phase("choice_rule: dot"), "choice_rule:", "'dot' is not a word for choice_rule", "Did you mean 'dots'?"
    ),
    "a maybe": Mistake(with_phase("optional: maybe"), "optional:", "optional must be true or false", ""),
    "turned away in quotes": Mistake(with_floor("turned_away: 'true'"), "turned_away", "must be true or false", ""),
    "an answer by nobody": Mistake(with_floor("then: owner"), "then:", "not a word for then", "'case_owner'?"),
    "a pause of half an hour": Mistake(
        with_floor("pause_seconds: 1800"), "pause_seconds", "pause_seconds must be a whole number from 1 to 120", "1800"
    ),
    "silence longer than the phase": Mistake(
        with_floor("silence_first_minutes: 20"), "silence_first", "20 minutes of silence cannot fit", "Be silent for"
    ),
    "silence and writing that fit only alone": Mistake(
        with_floor("silence_first_minutes: 10, write_first_minutes: 10"),
        "write_first",
        "20 minutes of silence and writing cannot fit in a phase of 20",
        "Write for a shorter time",
    ),
    "a role that the method does not name": Mistake(
        GOOD.replace("speak: [peers, case_owner]", "speak: [peers, expert]"),
        "- id: questions",
        "the phase 'questions' needs a role 'expert'",
        "Add a line 'roles: [expert]'",
    ),
    "an answer by a role that is not named": Mistake(
        with_floor("then: observer"), "- id: questions", "needs a role 'observer'", "roles: [observer]"
    ),
    "a phase that is not there": Mistake(
        with_top("per_case: [question, advice]"), "per_case:", "'question' is not a word for per_case", "'questions'?"
    ),
    "a phase that is not there again": Mistake(
        with_top("repeat: {phases: [advise], times: 2}"), "repeat:", "not a word for repeat.phases", "'advice'?"
    ),
    "no phase at all": Mistake(with_top("per_case: []"), "per_case:", "per_case has 0 items", "Give 1"),
    "phases in another order": Mistake(
        with_top("per_case: [advice, questions]"), "per_case:", "do not follow each other", "[questions, advice]"
    ),
    "phases with a gap": Mistake(
        with_top("repeat: {phases: [questions, advice], times: 2}", THREE),
        "repeat:",
        "the phases of repeat.phases do not follow each other",
        "[questions, pause, advice]",
    ),
    "an evaluation for each case": Mistake(
        with_top("per_case: [questions, advice]", GOOD.replace(*LOOK_BACK)),
        "per_case:",
        "'advice' looks back on the meeting and cannot be in per_case",
        "Leave it out",
    ),
    "an evaluation that comes again": Mistake(
        with_top("repeat: {phases: [advice], times: 2}", GOOD.replace(*LOOK_BACK)),
        "repeat:",
        "cannot be in repeat.phases",
        "Leave it out",
    ),
    "again in two ways": Mistake(
        with_top("repeat: {phases: [advice], times: 2}\nper_case: [advice]"),
        "per_case:",
        "cannot have both 'repeat' and 'per_case'",
        "Keep 'repeat' where everybody",
    ),
    "once": Mistake(
        with_top("repeat: {phases: [advice], times: 1}"), "repeat:", "a whole number from 2 to 8", "people"
    ),
    "nine times": Mistake(with_top("repeat: {phases: [advice], times: 9}"), "repeat:", "from 2 to 8", "people"),
    "two times and a half": Mistake(with_top("repeat: {phases: [advice], times: 2.5}"), "repeat:", "whole", "people"),
    "everybody": Mistake(with_top("repeat: {phases: [advice], times: everybody}"), "repeat:", "'people', or", "people"),
    "no times": Mistake(with_top("repeat: {phases: [advice]}"), "repeat:", "repeat has no 'times'", "Add a line"),
    "no phases to repeat": Mistake(with_top("repeat: {times: 2}"), "repeat:", "repeat has no 'phases'", "Add a line"),
    "a repeat in a list": Mistake(with_top("repeat: [advice]"), "repeat:", "must be a list of 'key: value'", ""),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_once_with_its_line_and_its_cure(mistake: str, read: Read) -> None:
    text, where, what, cure = MISTAKES[mistake]
    found = refused(read, text)
    line = text[: text.index(where)].count("\n") + 1
    assert [problem.line for problem in found if what in problem.what and cure in problem.cure] == [line], found


def test_the_text_that_is_changed_has_three_phases(read: Read) -> None:
    assert [phase.id for phase in read(THREE).phases] == ["questions", "pause", "advice"]


def test_writing_and_silence_that_fit_together_are_fine(read: Read) -> None:
    floor = read(with_floor("silence_first_minutes: 9, write_first_minutes: 10")).phases[0].floor
    assert (floor.silence_first_minutes, floor.write_first_minutes) == (9, 10)


def test_a_role_that_the_method_names_may_speak(read: Read) -> None:
    text = GOOD.replace("speak: [peers, case_owner]", "speak: [peers, expert]")
    assert read(with_top("roles: [expert]", text)).phases[0].floor.speak == ("peers", "expert")


def test_a_role_that_is_missing_in_several_phases_is_named_once(read: Read) -> None:
    assert len(refused(read, GOOD.replace("speak: [peers", "speak: [expert"))) == 1


def test_phases_without_good_ids_give_no_second_complaint_about_what_comes_again(read: Read) -> None:
    text = with_top("per_case: [questions]", GOOD.replace("  - id: ", "  - number: "))
    assert not any("per_case" in problem.what for problem in refused(read, text))
