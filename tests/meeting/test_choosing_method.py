"""A method is suggested for a reason that is said in words, and nothing that does not fit is suggested in silence."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from methods.method import Method, Repeat
from methods.reader import load_library
from methods.vocabulary import vocabulary
from server.meeting.choosing_method import FIXED, LEVELS, MOST, Suggestion, suggest
from server.meeting.choosing_words import HEADS, KINDS, TAILS, WARNINGS
from server.meeting.plan import fit

LIBRARY = load_library()
LANGUAGES = {"nl", "en", "de"}
ASKED = some.fixed_dictionaries(
    {
        "case_type": some.sampled_from([None, *sorted(KINDS)]),
        "people": some.integers(3, 8),
        "minutes": some.one_of(some.integers(45, 150), some.sampled_from([15, 300])),
        "experience": some.sampled_from(sorted(LEVELS)),
        "nobody_has_a_case": some.booleans(),
        "content_form": some.booleans(),
        "familiar": some.lists(some.sampled_from(sorted(LIBRARY)), max_size=8).map(tuple),
    }
)
MANY = Repeat(phases=("ask",), times=200)
FEW = settings(max_examples=50, deadline=None)
"""Each example fits the whole library."""


def suggested(methods: dict[str, Method] | None = None, **asked: Any) -> tuple[Suggestion, ...]:
    usual = {"case_type": "problem", "people": 6, "minutes": 90, "experience": "some"}
    return suggest((methods or dict(LIBRARY)).values(), **{**usual, **asked})


def ids(*suggestions: Suggestion) -> list[str]:
    return [suggestion.method for suggestion in suggestions]


def like(method_id: str, **changed: Any) -> dict[str, Method]:
    """One method of the library under its own id and changed a little."""
    method = replace(LIBRARY[method_id], **changed)
    return {method.id: method}


def shown(suggestion: Suggestion) -> str:
    return " ".join(text["nl"] for text in suggestion.warnings)


# --- whatever is asked ---


@FEW
@given(ASKED)
def test_nothing_that_does_not_fit_is_suggested_in_silence(asked: dict[str, Any]) -> None:
    for suggestion in suggested(**asked):
        method = LIBRARY[suggestion.method]
        plan = fit(method, asked["people"], asked["minutes"])
        size = method.group_min <= asked["people"] <= method.group_max
        assert suggestion.fits == (plan.fits and size)
        said = shown(suggestion)
        assert ("jullie zijn met" in said) == (not size)
        assert ("jullie hebben er" in said) == (not plan.fits)
        assert ("beurten" in said) == (plan.fits and plan.laps < plan.laps_wanted)
        assert ("Hiervoor is geen tijd" in said) == (plan.fits and plan.left_out != ())
        assert ("geen bron" in said) == (not method.verified)
        assert ("goed kent" in said) == (method.trust == "high")


@FEW
@given(ASKED)
def test_what_fits_is_never_left_for_what_does_not(asked: dict[str, Any]) -> None:
    found = suggested(**asked)
    assert len(found) <= MOST
    assert len({suggestion.method for suggestion in found}) == len(found)
    assert len({suggestion.fits for suggestion in found}) <= 1
    if not asked["nobody_has_a_case"] and not any(suggestion.fits for suggestion in found):
        able = [method for method in LIBRARY.values() if method.level == "beginner" and method.kind == "method"]
        for method in able:
            size = method.group_min <= asked["people"] <= method.group_max
            usable = method.form != "content" and method.trust != "high"
            assert not (usable and size and fit(method, asked["people"], asked["minutes"]).fits), method.id


@FEW
@given(ASKED)
def test_only_what_suits_the_group_is_suggested(asked: dict[str, Any]) -> None:
    for suggestion in suggested(**asked):
        method = LIBRARY[suggestion.method]
        assert method.level in LEVELS[asked["experience"]]
        assert asked["content_form"] or method.form != "content"
        assert asked["experience"] == "practised" or method.trust != "high"
        assert method.kind != "module"
        assert asked["nobody_has_a_case"] or method.kind != "exercise"


@FEW
@given(ASKED)
def test_a_new_group_with_a_case_gets_one_method_whatever_its_question(asked: dict[str, Any]) -> None:
    asked = {**asked, "experience": "first", "nobody_has_a_case": False, "content_form": False}
    found = suggested(**asked)
    assert len(found) == 1
    assert ids(*found) == ids(*suggested(**{**asked, "case_type": "moral"}))
    assert "één vaste methode" in found[0].why["nl"]


@FEW
@given(ASKED)
def test_every_reason_is_one_whole_sentence_in_three_languages(asked: dict[str, Any]) -> None:
    found = suggested(**asked)
    for text in (text for suggestion in found for text in (suggestion.why, *suggestion.warnings)):
        assert text.keys() == LANGUAGES
        assert len(set(text.values())) == len(LANGUAGES)
        for words in text.values():
            assert words[0].isupper()
            assert words.count(".") == 1
            assert words.endswith(".")
            assert not set("{}") & set(words)
            assert "  " not in words
    for suggestion in found:
        assert str(asked["people"]) in suggestion.why["nl"]
        assert str(asked["minutes"]) in suggestion.why["nl"]
    assert len({suggestion.why["nl"] for suggestion in found}) == len(found)


@FEW
@given(ASKED)
def test_the_order_of_the_library_decides_nothing(asked: dict[str, Any]) -> None:
    backwards = {method_id: LIBRARY[method_id] for method_id in reversed(list(LIBRARY))}
    assert suggested(**asked) == suggested(backwards, **asked)


# --- the words ---


def test_every_kind_of_question_has_a_name_of_its_own_in_three_languages() -> None:
    assert KINDS.keys() == vocabulary().case_types
    for language in LANGUAGES:
        assert len({names[language] for names in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("texts", [HEADS, TAILS, WARNINGS])
def test_the_languages_fill_in_the_same(texts: dict[str, dict[str, str]]) -> None:
    for name, text in texts.items():
        assert text.keys() == LANGUAGES
        fields = {
            frozenset(field for _, field, _, _ in string.Formatter().parse(words) if field) for words in text.values()
        }
        assert len(fields) == 1, name


# --- a new group ---


def test_a_new_group_begins_with_the_five_phases() -> None:
    (only,) = suggested(experience="first", case_type="moral")
    assert (only.method, only.fits, only.warnings) == (FIXED, True, ())
    assert only.why["nl"] == (
        "Past bij 6 mensen en 90 minuten; houd de eerste keren één vaste methode aan, "
        "dan gaat de aandacht naar het vragen stellen."
    )


@pytest.mark.parametrize(("people", "minutes"), [(3, 45), (3, 120), (6, 45)])
def test_else_with_the_shortest_method_that_fits(people: int, minutes: float) -> None:
    (only,) = suggested(experience="first", people=people, minutes=minutes)
    method = LIBRARY[only.method]
    assert only.fits
    able = [
        one.minutes
        for one in LIBRARY.values()
        if (one.level, one.kind, one.form, one.verified) == ("beginner", "method", "process", True)
        and one.group_min <= people <= one.group_max
        and (plan := fit(one, people, minutes)).fits
        and plan.laps == plan.laps_wanted
    ]
    assert method.minutes == min(able)


def test_a_new_group_gets_a_whole_method_and_no_debrief() -> None:
    whole = like("troika", id="whole", minutes=60, repeat=None, phases=LIBRARY["troika"].phases[:1])
    assert ids(*suggested(like("troika") | whole, experience="first", people=3, minutes=16)) == ["whole"]
    assert ids(*suggested(like("incident") | like("what_so_what"), experience="first")) == ["incident"]


def test_a_new_group_for_which_nothing_fits_hears_so() -> None:
    (only,) = suggested(like(FIXED), experience="first", people=3, minutes=45)
    assert (only.method, only.fits) == (FIXED, False)
    assert [text["nl"] for text in only.warnings] == [
        "Bedoeld voor 4 tot 8 mensen; jullie zijn met 3.",
        "Heeft minstens 65 minuten nodig; jullie hebben er 45.",
    ]
    assert only.why["nl"].startswith("Komt het dichtst bij 3 mensen en 45 minuten; ")


# --- with a case ---


def test_three_people_and_three_quarters_of_an_hour() -> None:
    found = suggested(people=3, minutes=45)
    assert found
    assert all(suggestion.fits and LIBRARY[suggestion.method].group_min <= 3 for suggestion in found)
    assert FIXED not in ids(*found)


def test_what_is_made_for_the_question_comes_first_and_says_so() -> None:
    found = suggested(case_type="incident", minutes=75)
    assert found[0].method == "incident"
    assert found[0].why["en"].startswith("Best suited to an incident, with 6 people, within 75 minutes; ")
    assert all("incident" in LIBRARY[suggestion.method].case_types for suggestion in found)
    also = [suggestion for suggestion in found if LIBRARY[suggestion.method].case_types[0] != "incident"]
    assert also
    assert all(suggestion.why["de"].startswith("Eignet sich auch für ein einzelnes Ereignis,") for suggestion in also)


def test_a_question_that_no_method_is_made_for() -> None:
    (only,) = suggested(like("incident"), case_type="emotional")
    assert shown(only) == "Niet gemaakt voor een vraag die veel gevoel oproept."
    assert only.why["nl"].startswith("Past bij 6 mensen en 90 minuten; ")
    assert suggested(like("incident"), case_type="unheard_of")[0].warnings == ()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (like("incident", id="b"), like("five_phase", id="a", minutes=60)),  # it is made for incidents
        (like("incident", id="b", minutes=200), like("incident", id="a", kind="debrief")),
        (like("incident", id="b", minutes=70), like("incident", id="a", minutes=40)),  # nearer to the minutes
        (like("incident", id="b", group_ideal=6), like("incident", id="a", group_ideal=8)),
        (like("incident", id="b", minutes=200), like("troika", id="a", case_types=("incident",), repeat=MANY)),
    ],
)
def test_the_better_one_comes_first(better: dict[str, Method], worse: dict[str, Method]) -> None:
    assert ids(*suggested(worse | better, case_type="incident", minutes=70)) == ["b", "a"]


def test_what_has_a_source_comes_before_what_has_none() -> None:
    methods = like("incident", id="aaa", verified=False) | like("incident", id="bbb")
    first, last = suggested(methods, case_type="incident")
    assert ids(first, last) == ["bbb", "aaa"]
    assert (shown(first), shown(last)) == ("", "Van delen van deze methode hebben we geen bron kunnen nakijken.")


def test_a_practised_group_is_shown_what_it_does_not_know_and_told_why() -> None:
    unknown = suggested(experience="practised", familiar=())
    assert not any("nieuw voor jullie" in suggestion.why["nl"] for suggestion in unknown)
    familiar = tuple(ids(*unknown[:2]))
    found = suggested(experience="practised", familiar=familiar)
    assert not set(ids(*found[:2])) & set(familiar)
    for suggestion in found:
        assert ("nieuw voor jullie" in suggestion.why["nl"]) == (suggestion.method not in familiar)
    assert suggested(experience="some", familiar=familiar) == suggested(experience="some")


def test_an_experts_method_only_where_there_is_one_and_then_first() -> None:
    methods = like("incident", id="with_expert", form="content", verified=False) | like("incident")
    assert ids(*suggested(methods, case_type="incident")) == ["incident"]
    found = suggested(methods, case_type="incident", content_form=True)
    assert ids(*found) == ["with_expert", "incident"]
    assert "een deskundige brengt de theorie in" in found[0].why["nl"]


def test_trust_is_for_a_practised_group() -> None:
    methods = like("incident", trust="high")
    assert suggested(methods) == ()
    assert shown(suggested(methods, experience="practised")[0]) == "Alleen voor een groep die elkaar goed kent."


def test_the_nearest_of_what_takes_these_people_where_the_minutes_are_too_few() -> None:
    short, long = like("incident", id="short", group_ideal=5), like("five_phase", id="long")
    small, smaller = like("incident", id="small", group_max=5), like("troika", id="smaller", group_max=4)
    found = suggested(short | long | small, minutes=45)
    assert ids(*found) == ["short", "long"]
    assert not any(suggestion.fits for suggestion in found)
    # That it can be done in less would be untrue here.
    assert found[0].why["nl"] == "Komt het dichtst bij 6 mensen en 45 minuten; gewoonlijk duurt het 75 minuten."
    assert ids(*suggested(smaller | small, minutes=45)) == ["small", "smaller"]  # one too many, and two


def test_turns_and_phases_that_fall_away_are_told() -> None:
    phases = LIBRARY["troika"].phases
    (only,) = suggested(like("troika"), people=3, minutes=16)
    assert shown(only) == "Er is tijd voor 2 van de 3 beurten."
    (only,) = suggested(
        like("troika", repeat=None, phases=(replace(phases[0], optional=True, minutes_min=9), *phases[1:])), minutes=10
    )
    assert shown(only) == f"Hiervoor is geen tijd: {phases[0].name['nl']}."


# --- nobody has a case ---


def test_nobody_has_a_case() -> None:
    found = suggested(nobody_has_a_case=True, case_type="moral")
    assert found
    for suggestion in found:
        method = LIBRARY[suggestion.method]
        assert method.kind in ("exercise", "debrief") or method.case_types[0] == "success"
        assert suggestion.why["nl"].startswith("Niemand heeft een casus: ")
        assert suggestion.warnings == ()
    assert {"success", "feedforward"} <= set(ids(*found))


def test_nobody_has_a_case_and_the_library_has_nothing_for_it() -> None:
    methods = like("five_phase") | like("six_step")
    assert ids(*suggested(methods, nobody_has_a_case=True)) == ["six_step"]  # it takes a success as well
    assert suggested(like("five_phase"), nobody_has_a_case=True) == ()
