"""Whose turn, what is due, how long something stays: the rules of a group, one by one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.group import wishes as wish
from server.group.deciding import founded
from server.group.document import NotAGroup, from_bytes, to_bytes
from server.group.group import ITEMS, UNTIL, Setting
from server.group.memory import expired, lines
from server.group.planning import hour
from server.group.rota import brings_next, had_turns, leads_next
from server.group.season import STATEMENTS, due, routine, why_alone
from server.group.statement import statement
from server.meeting.refusals import Refused
from tests.group.groups import METHODS, PEOPLE, TODAY, after, circle, intended, with_evenings

ROOT = Path(__file__).parents[2]


def refused(code: str) -> Any:
    return pytest.raises(Refused, check=lambda error: error.code == code)


def alone(*names: str) -> Any:
    """A group that leads itself."""
    group = circle(*names)
    return replace(group, season=replace(group.season, guided=False))


# --- turns ---


def test_who_led_goes_to_the_end_and_who_cannot_come_is_skipped_and_stays_first() -> None:
    group = alone()
    anne, bo, cas, *_ = (member.key for member in group.members)
    assert leads_next(group) == anne
    group = after(group, wish.SayAway(member=anne))
    assert leads_next(group) == bo
    group = replace(had_turns(group, led=bo, brought=()), next=replace(group.next, away=frozenset()))
    assert leads_next(group) == anne
    assert group.lead[-1] == bo
    assert leads_next(after(group, wish.SayAway(member=anne))) == cas


def test_two_taps_swap_two_turns_and_two_more_swap_them_back() -> None:
    group = alone()
    swap = wish.SwapTurns(turn="lead", member=group.lead[0], other=group.lead[3])
    swapped = after(group, swap)
    assert leads_next(swapped) == group.lead[3]
    assert after(swapped, swap).lead == group.lead
    assert swapped.bring == group.bring


def test_who_leads_does_not_bring_a_case_as_long_as_another_can() -> None:
    group = alone("Anne", "Bo")
    anne, bo = group.lead
    assert (leads_next(group), brings_next(group)) == (anne, bo)
    assert brings_next(after(group, wish.SayAway(member=bo))) == anne


def test_a_facilitator_from_outside_leaves_the_turns_as_they_are() -> None:
    assert leads_next(circle()) is None


def test_a_group_that_named_no_facilitator_leads_itself_from_the_first_evening() -> None:
    group = replace(circle(), facilitator="")
    assert leads_next(group) == group.lead[0]
    with refused("no_facilitator"):
        after(group, wish.ChooseGuidance(guided=True))


def test_who_was_agreed_to_lead_leads_that_once_also_where_somebody_guides() -> None:
    group = circle()
    agreed = replace(group, next=replace(group.next, lead=3))
    assert leads_next(agreed) == 3
    assert leads_next(after(agreed, wish.SayAway(member=3))) is None
    assert leads_next(after(agreed, wish.ForgetMember(member=3))) is None


def test_nobody_leads_where_nobody_can_come() -> None:
    group = alone("Anne")
    assert leads_next(after(group, wish.SayAway(member=group.lead[0]))) is None
    assert leads_next(replace(founded("1" * 32, "Leeg", "nl", TODAY), season=group.season)) is None


@settings(deadline=None)
@given(st.data())
def test_turns_are_always_an_order_of_all_members(data: st.DataObject) -> None:
    group = alone()
    for _ in range(data.draw(st.integers(0, 12))):
        keys = [member.key for member in group.members]
        one, other = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys))
        match data.draw(st.sampled_from(("swap", "led", "forget", "add"))):
            case "swap":
                turn = data.draw(st.sampled_from(("lead", "bring")))
                group = after(group, wish.SwapTurns(turn=turn, member=one, other=other))
            case "led":
                group = had_turns(group, led=one, brought=(other,))
            case "forget" if len(keys) > 1:
                group = after(group, wish.ForgetMember(member=one))
            case "add" if len(keys) < 12:
                group = after(group, wish.AddMember(name=f"N{group.last}"))
        keys = sorted(member.key for member in group.members)
        assert sorted(group.lead) == sorted(group.bring) == keys
        assert from_bytes(to_bytes(group)) == group


# --- from guided to alone ---


def test_four_guided_evenings_and_a_yes_to_every_sentence_lead_to_going_on_alone() -> None:
    group = with_evenings(circle(), 3)
    assert why_alone(group, TODAY) == ""
    group = with_evenings(circle(), 4)
    assert why_alone(group, TODAY) == "meetings"
    said = after(group, *(wish.SayReady(statement=one) for one in STATEMENTS[:-1]))
    with refused("not_alone_yet"):
        after(said, wish.ChooseGuidance(guided=False))
    said = after(said, wish.SayReady(statement=STATEMENTS[-1]), wish.ChooseGuidance(guided=False))
    assert not said.season.guided
    assert said.season.returned == TODAY
    assert after(said, wish.ChooseGuidance(guided=True)).season.guided


def test_what_a_group_asks_itself_stands_on_the_cards_of_the_screens() -> None:
    cards = json.loads((ROOT / "client" / "cards" / "season.json").read_text(encoding="utf-8"))
    assert tuple(card["id"] for card in cards["readiness"]) == STATEMENTS
    fields = json.loads((ROOT / "client" / "cards" / "sectors.json").read_text(encoding="utf-8"))
    assert {"", *fields} == set(get_args(Setting))


def test_by_the_other_rule_a_whole_season_is_guided_first() -> None:
    group = after(with_evenings(circle(), 5), wish.ChangeGroup(rule="season"))
    assert why_alone(group, TODAY) == ""
    assert why_alone(group, group.season.until) == ""
    assert why_alone(group, group.season.until + timedelta(days=1)) == "season"
    assert why_alone(after(group, wish.BeginSeason()), TODAY) == ""
    following = after(group, wish.BeginSeason(), today=group.season.until + timedelta(days=1))
    assert why_alone(following, following.season.since) == "season"


def test_the_facilitator_comes_back_as_often_a_year_as_was_agreed() -> None:
    group = replace(alone(), returns=2)
    group = replace(group, season=replace(group.season, returned=TODAY))
    assert not due(group, TODAY + timedelta(days=181)).facilitator
    assert due(group, TODAY + timedelta(days=182)).facilitator
    assert not due(replace(group, returns=0), TODAY + timedelta(days=999)).facilitator


def test_after_half_a_year_the_group_looks_at_itself_and_after_three_years_at_going_on() -> None:
    group = with_evenings(circle(), 3)
    assert not due(group, TODAY + timedelta(days=181)).review
    later = TODAY + timedelta(days=182)
    assert due(group, later).review
    assert not due(after(group, wish.HoldReview(), today=later), later).review
    assert not due(circle(), later).review
    years = TODAY + timedelta(days=3 * 365)
    assert due(group, years).refresh
    assert not due(after(group, wish.HoldRefresh(), today=years), years).refresh


@pytest.mark.parametrize(
    ("count", "answers", "told"),
    [
        (6, lambda n: 4.5 - 0.2 * n, "five_phase"),
        (6, lambda n: 4.0, None),
        (6, lambda n: 3.0 + 0.2 * n, None),
        (5, lambda n: 4.5 - 0.3 * n, None),
        (6, lambda n: 4.0 - 0.02 * n, None),
    ],
)
def test_a_routine_is_one_method_six_times_with_answers_that_fall(count: int, answers: Any, told: str | None) -> None:
    assert routine(with_evenings(circle(), count, answers=answers).evenings) == told


def test_another_method_in_between_is_no_routine() -> None:
    group = with_evenings(circle(), 6, answers=lambda n: 4.5 - 0.2 * n)
    other = replace(group.evenings[2], method="incident")
    assert routine((*group.evenings[:2], other, *group.evenings[3:])) is None


# --- what is remembered ---


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("until", UNTIL)
def test_every_item_stays_as_long_as_the_group_chose(item: str, until: str) -> None:
    group = intended(with_evenings(circle(), 2))
    keep = {**dict.fromkeys(ITEMS, "always"), item: until}
    group = replace(group, keep=keep)
    there = {line.key for line in lines(group) if line.item == item}
    assert there

    def left(held: int, today: date) -> set[int | None]:
        return {line.key for line in lines(expired(replace(group, held=held), today)) if line.item == item}

    season_end = group.season.until
    assert left(2, TODAY) == ({2} if item != "intention" and until == "next" else set() if until == "no" else there)
    assert left(3, TODAY) == (set() if until in ("no", "next") else there)
    assert left(2, season_end) == left(2, TODAY)
    assert left(3, season_end + timedelta(days=1)) == (there if until == "always" else set())
    others = {line.item for line in lines(expired(replace(group, held=3), season_end + timedelta(days=1)))}
    assert set(ITEMS) - {item} <= others


def test_a_clock_that_was_never_set_ends_no_season() -> None:
    group = replace(with_evenings(circle(), 2), season=replace(circle().season, since=date(2024, 1, 1)))
    group = replace(group, season=replace(group.season, until=date(2024, 6, 1)))
    assert expired(group, date(2025, 12, 31)) == group
    assert expired(group, TODAY).evenings == group.evenings
    assert expired(group, TODAY).season.since == TODAY


def test_choosing_not_to_remember_forgets_at_once() -> None:
    group = intended(with_evenings(circle(), 2))
    for item in ITEMS:
        group = after(group, wish.ChooseKeeping(item=item, until="no"))
        assert item not in {line.item for line in lines(group)}
    assert group.evenings == ()


def test_every_line_but_the_name_and_the_people_can_be_forgotten_by_itself() -> None:
    group = after(
        intended(with_evenings(alone(), 2)),
        wish.ChangeGroup(purpose="Leren", place="Zaal 2", facilitator="Gids"),
        wish.WriteGroupAgreement(text="Telefoons uit"),
        wish.PlanNext(on="2026-12-24", place="Zaal 3"),
        wish.SwapTurns(turn="lead", member=1, other=2),
        wish.SayFamiliar(method="incident"),
        wish.SayReady(statement="safe_to_doubt"),
        wish.WriteTheme(title="Grenzen"),
    )
    before = lines(group)
    assert {line.item for line in before} >= {"purpose", "place", "turns", "next", "ready", "themes", "counts"}
    for line in before:
        if line.item in ("name", "members"):
            with refused("does_not_fit"):
                after(group, wish.ForgetKept(item=line.item, key=line.key))
        else:
            left = after(group, wish.ForgetKept(item=line.item, key=line.key))
            assert set(lines(left)) == set(before) - {line}, line
    with refused("not_there"):
        after(group, wish.ForgetKept(item="answers", key=99))


def test_a_member_who_is_forgotten_is_nowhere() -> None:
    group = intended(with_evenings(circle(), 3), member=2)
    group = after(group, wish.SayAway(member=2), wish.ForgetMember(member=2))
    assert "Bo" not in to_bytes(group).decode()
    assert group.intentions == ()
    assert 2 not in group.next.away
    for evening in group.evenings:
        assert evening.attended is not None
        assert 2 not in (*evening.attended.present, *evening.attended.late, *evening.attended.absent)


def test_a_statement_holds_dates_hours_and_methods_and_nothing_else() -> None:
    group = with_evenings(circle(), 3)
    told = statement(group, 1, METHODS)
    assert (told["name"], told["group"], told["hours"]) == ("Anne", "Blauw", 6.0)
    assert (told["from"], told["until"]) == ("2026-12-03", "2027-01-28")
    assert [set(evening) for evening in told["evenings"]] == [{"on", "minutes", "method"}] * 3
    assert set(told) == {"name", "group", "from", "until", "evenings", "hours"}
    assert statement(circle(), 1, METHODS)["evenings"] == []


# --- bad input ---


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (wish.PlanNext(on="2026-12-02"), "date_past"),
        (wish.PlanNext(on="2029-12-02"), "date_far"),
        (wish.PlanNext(on="morgen"), "no_date"),
        (wish.PlanNext(on="2026-02-30"), "no_date"),
        (wish.PlanNext(at="25:00"), "no_date"),
        (wish.PlanNext(at="half acht"), "no_date"),
        (wish.PlanNext(method="bestaat_niet"), "does_not_fit"),
        (wish.PlanNext(theme=99), "not_there"),
        (wish.AddMember(name="  "), "name_missing"),
        (wish.AddMember(name="ANNE "), "name_taken"),
        (wish.RenameMember(member=1, name="bo"), "name_taken"),
        (wish.RenameMember(member=99, name="Flip"), "unknown_member"),
        (wish.ForgetMember(member=99), "unknown_member"),
        (wish.SayAway(member=99), "unknown_member"),
        (wish.SwapTurns(turn="lead", member=1, other=99), "unknown_member"),
        (wish.SwapTurns(turn="queue", member=1, other=2), "does_not_fit"),
        (wish.ChooseKeeping(item="words", until="always"), "does_not_fit"),
        (wish.ChooseKeeping(item="answers", until="forever"), "does_not_fit"),
        (wish.TellLookBack(intention=99), "not_there"),
        (wish.SayReady(statement="rich"), "does_not_fit"),
        (wish.SayFamiliar(method="nope"), "does_not_fit"),
        (wish.ChangeGroup(name=" "), "name_missing"),
        (wish.ChangeGroup(rhythm=99), "does_not_fit"),
        (wish.ChangeGroup(minimum=-1), "does_not_fit"),
        (wish.ChangeGroup(language="fr"), "does_not_fit"),
        (wish.ChangeGroup(setting="army"), "does_not_fit"),
        (wish.ChangeGroup(method="nope"), "does_not_fit"),
        (wish.WriteGroupAgreement(text="x", agreement=99), "not_there"),
        (wish.WriteTheme(title=""), "name_missing"),
        (wish.WriteTheme(title="x", theme=99), "not_there"),
        (wish.WriteReadingCard(theme=99, title="x", text=""), "not_there"),
    ],
    ids=repr,
)
def test_what_does_not_fit_is_explained_and_changes_nothing(asked: Any, code: str) -> None:
    group = circle()
    with refused(code) as caught:
        after(group, asked)
    assert all(caught.value.say[language] for language in ("nl", "en", "de"))
    assert group == circle()


def test_there_is_an_end_to_every_list() -> None:
    group = circle(*(f"N{n}" for n in range(12)))
    with refused("too_many"):
        after(group, wish.AddMember(name="Een te veel"))
    group = after(group, *(wish.WriteGroupAgreement(text=f"a{n}") for n in range(12)))
    with refused("too_many"):
        after(group, wish.WriteGroupAgreement(text="te veel"))
    group = after(group, *(wish.WriteTheme(title=f"t{n}") for n in range(20)))
    with refused("too_many"):
        after(group, wish.WriteTheme(title="te veel"))
    theme = group.themes[0].key
    group = after(group, *(wish.WriteReadingCard(theme=theme, title=f"c{n}", text="") for n in range(12)))
    with refused("too_many"):
        after(group, wish.WriteReadingCard(theme=theme, title="te veel", text=""))


def test_hours_are_read_as_people_write_them() -> None:
    assert [hour(text) for text in ("19:30", "9.05", " 9:05 ", "00:00")] == ["19:30", "09:05", "09:05", "00:00"]


def test_a_theme_with_its_cards_is_written_read_and_taken_away() -> None:
    group = after(circle(), wish.WriteTheme(title="Grenzen  stellen"))
    theme = group.themes[0].key
    group = after(group, wish.WriteReadingCard(theme=theme, title="Roos", text="Boven en onder"))
    card = group.themes[0].cards[0].key
    group = after(group, wish.PlanNext(theme=theme), wish.WriteTheme(title="Grenzen", theme=theme, done=True))
    assert (group.themes[0].title, group.themes[0].done, group.next.theme) == ("Grenzen", True, theme)
    assert after(group, wish.WriteReadingCard(theme=theme, card=card, title="", text="")).themes[0].cards == ()
    gone = after(group, wish.WriteTheme(title="", theme=theme))
    assert (gone.themes, gone.next.theme) == ((), None)


# --- as it is written down ---


@pytest.mark.parametrize(
    "change",
    [
        b"{}",
        b"[]",
        b"nonsense",
        b'{"id": 3}',
        to_bytes(circle()).replace(b'"lead":[1,2', b'"lead":[2,2'),
        to_bytes(circle()).replace(b'"answers":"season"', b'"answers":"forever"'),
        to_bytes(circle()).replace(b'"founded":"2026-12-03"', b'"founded":"2026-13-03"'),
        b"[" * 100_000,
    ],
)
def test_what_is_no_group_is_refused_as_a_whole(change: bytes) -> None:
    with pytest.raises(NotAGroup):
        from_bytes(change)


def test_names_are_people_not_a_list_in_order_of_anything() -> None:
    assert [member.name for member in circle().members] == list(PEOPLE)
