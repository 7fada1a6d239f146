"""Any evening at all, by chance: what is somebody's own is in no other view, nor does a view change with it."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting import tablewishes, wishes, written
from server.meeting.events import Event
from server.meeting.meeting import Meeting, fold
from server.meeting.refusals import Refused
from server.meeting.rules import advice_is_welcome
from server.room import Room
from server.views import facilitator_view, participant_view, table_view
from tests.meeting.test_guided_laws import WISHES as GUIDED
from tests.meeting.test_laws import PIECES, SAID, hear
from tests.meeting.test_laws import WISHES as LED
from tests.trust.evening import FIVE, Table, canary, evening, room_of, texts, walk, write

View = dict[str, Any]

OF_THE_TABLE = some.one_of(
    some.builds(tablewishes.ShowBalance, shown=some.sampled_from(["off", "phase_ends", "live"])),
    some.builds(tablewishes.CountTurns, seat=some.sampled_from("ABCDE"), turns=some.booleans()),
    some.builds(tablewishes.GiveSign, sign=some.sampled_from(tablewishes.SIGNS), seat=some.sampled_from("ABCDE")),
    some.builds(wish.ChooseCaseOwner, seat=some.just("B")),
)
KINDS_OF_STEP = some.sampled_from([LED, GUIDED, GUIDED, OF_THE_TABLE, PIECES, PIECES, PIECES, SAID])
ANY = some.lists(some.tuples(some.floats(0.1, 60.0), KINDS_OF_STEP.flatmap(lambda kind: kind)), max_size=60)
Steps = list[tuple[float, Any]]
OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def play(steps: Steps) -> Table:
    """Any evening of five, in which every card says who wrote it."""
    table = Table(FIVE)
    table.open().listen()
    for seat in "BD":
        table.ask(write("case_list", seat))
    for wait, step in steps:
        table.now += wait
        if isinstance(step, dict):
            hear(table, step)
        elif isinstance(step, tuple):
            table.say(step[0], table.now, advice=step[1])
        else:
            with contextlib.suppress(Refused):
                table.ask(
                    replace(step, text=canary(step.kind, step.seat)) if isinstance(step, wishes.WriteNote) else step
                )
    return table


@OFTEN
@given(ANY)
def test_what_is_somebodys_own_is_in_no_other_view_before_it_is_shared(steps: Steps) -> None:
    table = play(steps)
    meeting, room = table.meeting, table.room()
    assert meeting is not None
    given_out = any(advice_is_welcome(FIVE.phase(visit.phase)) for visit in meeting.visits)
    for note in meeting.guided.cards.notes:
        hidden = note.kind == "parked" or (
            note.kind == "question_list" and note.number not in meeting.guided.cards.asked
        )
        if not hidden and not (note.kind == "advice_list" and not given_out):
            continue
        for view in others_views(room, meeting, note.seat):
            assert all(card.get("note") != note.number for card in cards(view))
            assert note.seat is None or note.text not in texts(view) or written_elsewhere(meeting, note.number)


def cards(view: View) -> list[View]:
    return [value for _, value in walk(view) if isinstance(value, dict) and "text" in value and "pile" in value]


def written_elsewhere(meeting: Meeting, number: int) -> bool:
    """A second card of the same kind by the same seat says the same, and is on the table."""
    own = meeting.guided.cards.note(number)
    return any(note.text == own.text and note.number != number for note in meeting.guided.cards.notes if own)


def others_views(room: Room, meeting: Meeting, seat: str | None) -> list[View]:
    phones = [participant_view(room, letter) for letter in (*meeting.letters, None) if letter != seat or seat is None]
    return [facilitator_view(room), table_view(room), *phones]


def test_in_the_whole_evening_a_phone_tells_nothing_of_others() -> None:
    for table in evening(FIVE):
        the_same_for_a_phone(table)
        the_same_for_lead_and_table(table)


@OFTEN
@given(ANY)
def test_a_phone_is_the_same_whoever_else_spoke_was_flagged_voted_or_answered(steps: Steps) -> None:
    """What may not be known of others is changed in the log: not a letter of the phone's view changes with it."""
    the_same_for_a_phone(play(steps))


@OFTEN
@given(ANY)
def test_the_lead_and_the_table_are_the_same_whoever_voted_or_answered_what(steps: Steps) -> None:
    the_same_for_lead_and_table(play(steps))


def the_same_for_a_phone(table: Table) -> None:
    for seat in ("C", None):
        other = room_of(fold(as_if_others(table.log, seat)), FIVE, table.unwritten)
        assert texts(participant_view(other, seat)) == texts(participant_view(table.room(), seat))


def the_same_for_lead_and_table(table: Table) -> None:
    other = room_of(fold([turned(event, None) for event in table.log]), FIVE, table.unwritten)
    assert texts(facilitator_view(other)) == texts(facilitator_view(table.room()))
    assert texts(table_view(other)) == texts(table_view(table.room()))


def turned(event: Event, seat: str | None) -> Event:
    """Votes and answers are of the next seat; the seat that looks keeps its own."""
    if isinstance(event, written.VoteCast | written.ItemsAnswered):
        return replace(event, seat=another(event.seat, seat))
    return event


def another(letter: str | None, seat: str | None) -> str | None:
    """The next of the letters that are not `seat`; case owner and guest stay, because their roles are no secret."""
    ring = [one for one in "ACDE" if one != seat]
    return ring[(ring.index(letter) + 1) % len(ring)] if letter in ring else letter


SPOKEN = (
    happened.TurnBegan,
    happened.TurnEnded,
    happened.TurnLabelled,
    happened.TurnsReassigned,
    happened.SeatsExchanged,
)


def as_if_others(log: list[Event], seat: str | None) -> list[Event]:
    """The same evening with other people's speech, flags, votes and answers given to somebody else."""
    changed: list[Event] = []
    for event in log:
        event = turned(event, seat)
        if isinstance(event, (*SPOKEN, happened.VoiceNamed, happened.SeatLeftOut)):
            event = replace(event, seat=another(event.seat, seat))  # type: ignore[assignment]
        if isinstance(event, happened.SeatsExchanged):
            event = replace(event, other=another(event.other, seat) or event.other)
        if isinstance(event, happened.UtteranceNoted):
            event = replace(event, act="other", advice=0.0, cue=None, words=1)
        if isinstance(event, happened.FlagRaised):
            event = replace(event, cue="kanarie.cue", kind="hint", lamp=False)
        changed.append(event)
    return changed


@OFTEN
@given(ANY)
def test_off_is_no_number_and_who_is_not_measured_is_nowhere(steps: Steps) -> None:
    table = play(steps)
    meeting, room = table.meeting, table.room()
    assert meeting is not None
    for view in (facilitator_view(room), table_view(room)):
        for seat in view["seats"]:
            told = [seat.get(key) for key in ("seconds", "share", "turns", "backchannels", "fill")]
            if meeting.around.shown == "off":
                assert set(told) == {None}
                assert view["summary"] is None
            if seat["letter"] in meeting.left_out:
                assert not any(told)
                assert not seat["speaking"] | seat["doubt"] | seat["among"]
            if seat["letter"] in meeting.around.by_turns:
                assert seat.get("seconds") is seat.get("share") is seat.get("fill") is None
    assert meeting.around.shown != "off" or participant_view(room, "C")["mine"] is None
