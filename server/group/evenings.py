"""A closed meeting becomes an evening of the group: with what was ticked and nothing else. Never a word of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from methods.method import Method
from server.group.group import ITEMS, Attended, Evening, Figures, Group, Intended, Member, NextTime, Season, alike
from server.group.memory import season_closed, wished
from server.group.planning import planned_as_agreed
from server.group.rota import had_turns
from server.group.season import begun_anew
from server.group.words import refused
from server.meeting.counting import few_peers, questions_before_advice
from server.meeting.evaluating import PROCESS, PULSE, Spread, pulse, results
from server.meeting.meeting import Meeting
from server.meeting.summary import summary

ASKED = ("question_reformulated", "question_original")
"""Where the question of a case is found, the last word on it first."""
BESIDE = ("question", "agreements")
"""What may be ticked beside `ITEMS`: the question goes with the intention, agreements become the plan."""
LONGER = 60
"""Minutes beyond the plan that an evening may have lasted."""
FEWEST_COMPARED = 3
"""Seats that a phase compares before anything is said of their spread."""


def remembered(
    group: Group,
    meeting: Meeting,
    methods: Mapping[str, Method],
    items: Collection[str],
    today: date,
) -> Group:
    """The group after this evening; of the meeting stays what is in `items`. Raises Refused."""
    if not set(items) <= {*ITEMS, *BESIDE}:
        raise refused("does_not_fit")
    if not meeting.visits:
        raise refused("no_evening")
    if today > group.season.until:
        group = begun_anew(season_closed(group), today)
    group = wished(group, [*items, *(("intention",) if "question" in items else ())])
    number, seats = group.held + 1, at_seats(group, meeting)
    owners = [seats[seat].key for seat in meeting.guided.owners.values() if seat in seats]
    leader = seats.get(meeting.facilitator or "")
    guided = group.guided and leader is None  # whoever of the members led it: then it was their own
    group = replace(
        had_turns(group, led=leader.key if leader else None, brought=owners),
        held=number,
        latest=meeting.id,
        season=_counted(group.season, today, guided=guided),
    )
    evening = Evening(
        number=number,
        on=today,
        minutes=_minutes(meeting),
        guided=guided,
        method=meeting.method if "methods" in items else None,
        attended=attended(group, meeting, today) if "attendance" in items else None,
        answers=_middles(results(meeting.guided.evaluation), PROCESS) if "answers" in items else None,
        pulse=_middles(pulse(meeting.guided.evaluation)) if "pulse" in items else None,
        figures=figures(meeting, methods[meeting.method]) if "figures" in items else None,
    )
    evenings = group.evenings if evening.empty else (*group.evenings, evening)
    plan = group.next if group.next.on is not None and group.next.on > today else NextTime(at=group.next.at)
    group = _taken_home(replace(group, evenings=evenings, next=plan), meeting, seats, items)
    agreed = {note.about: note.text for note in meeting.guided.cards.of("agreement")} if "agreements" in items else {}
    return planned_as_agreed(group, agreed, methods, today)


def at_seats(group: Group, meeting: Meeting) -> dict[str, Member]:
    """Seat to the member who sits there; a guest is none.

    Who sat down at the start was told by key; who came later, by a name that nobody else there has.
    """
    told = dict(meeting.members)
    found = {letter: group.member(key) for letter, key in told.items()}
    names = Counter(alike(seat.name) for seat in meeting.seats)
    for seat in meeting.seats:
        if told and seat.letter not in meeting.there:
            continue  # a guest, who happens to have that name
        if seat.letter not in told and names[alike(seat.name)] == 1 and seat.name != seat.letter:
            found[seat.letter] = group.named(seat.name)
    taken = Counter(member.key for member in found.values() if member is not None)
    return {letter: member for letter, member in found.items() if member is not None and taken[member.key] == 1}


def own_intention(group: Group, meeting: Meeting | None, seat: str) -> Intended | None:
    """The first intention to come back to of who sits there, in an evening of this group."""
    if meeting is None or meeting.group != group.id:
        return None
    member = at_seats(group, meeting).get(seat)
    own = (one for one in group.intentions if member is not None and one.member == member.key and not one.told)
    return next(own, None)


def attended(group: Group, meeting: Meeting, on: date) -> Attended:
    """Who was there: who sat down after the first phase had begun is late. Who became a member since was none then."""
    first, last = meeting.visits[0].start, meeting.now
    here, late, partly = set[int](), set[int](), dict[int, int]()
    for letter, member in at_seats(group, meeting).items():
        came, until = meeting.there.get(letter, (0.0, last))
        (late if came > first else here).add(member.key)
        minutes = round((min(until, last) - max(came, first)) / 60)
        if minutes < _minutes(meeting):
            partly[member.key] = max(0, minutes)
    before = [member.key for member in group.members if member.joined < on or member.key in here | late]
    return Attended(
        present=tuple(key for key in before if key in here),
        late=tuple(key for key in before if key in late),
        absent=tuple(key for key in before if key not in here | late),
        partly=partly,
    )


def figures(meeting: Meeting, method: Method) -> Figures | None:
    """How the evening went as a whole; None when nothing can be told of it without telling of somebody."""
    asked = None if few_peers(meeting) else questions_before_advice(meeting)
    spread = None if meeting.around.shown == "off" else _spread(meeting, method)
    if asked is None and spread is None:
        return None
    return Figures(spread=spread, questions=asked["open"] if asked else None)


def _spread(meeting: Meeting, method: Method) -> float | None:
    """Part of the speaking time that lay elsewhere than the phases asked, over all seats and phases: 0..1."""
    apart = whole = 0.0
    for phase in summary(meeting, method)["phases"]:
        pairs = [
            (seat["seconds"], seat["expected"])
            for letter, seat in phase["seats"].items()
            if letter not in meeting.left_out and seat.get("expected") is not None and seat.get("seconds") is not None
        ]
        spoken, expected = sum(s for s, _ in pairs), sum(e for _, e in pairs)
        if len(pairs) >= FEWEST_COMPARED and spoken > 0 and expected > 0:
            apart += sum(abs(s / spoken - e / expected) for s, e in pairs) / 2 * spoken
            whole += spoken
    return round(apart / whole, 2) if whole else None


def _middles(told: Mapping[str, Spread], items: Collection[str] = PULSE) -> dict[str, float] | None:
    return {item: told[item].median for item in items if item in told} or None


def _counted(season: Season, today: date, *, guided: bool) -> Season:
    """One evening more; a facilitator who guided it was there today."""
    if guided:
        return replace(season, held_guided=season.held_guided + 1, returned=today)
    return replace(season, held_alone=season.held_alone + 1)


def _minutes(meeting: Meeting) -> int:
    """From the first phase to the end, breaks included: that is how long people were there.

    A meeting that nobody closed lasts an hour longer than planned at most.
    """
    return max(0, min(round((meeting.now - meeting.visits[0].start) / 60), round(meeting.minutes) + LONGER))


def _taken_home(group: Group, meeting: Meeting, seats: Mapping[str, Member], items: Collection[str]) -> Group:
    """What was ticked of every case of a member that was treated, in its last words; a guest takes all along."""
    cards, found = meeting.guided.cards, list(group.intentions)
    for case, owner in sorted(meeting.guided.owners.items()):
        if owner not in seats:
            continue
        formed, first = cards.intentions.get(case), cards.note(meeting.guided.chosen.get(case))
        written = [note.text for kind in ASKED for note in cards.of(kind, case)] + [first.text if first else ""]
        one = Intended(
            key=group.last + 1,
            evening=group.held,
            member=seats[owner].key,
            question=next((text for text in written if text), "") if "question" in items else "",
            text=formed.text if formed and "intention" in items else "",
            step=formed.step if formed and "intention" in items else "",
            by=formed.by if formed and "intention" in items else "",
        )
        if one.question or one.text:
            found.append(one)
            group = replace(group, last=one.key)
    return replace(group, intentions=tuple(found))
