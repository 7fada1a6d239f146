"""Where several speak at once, each voice is told, and not a moment gets lost or is counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from speech.events import TurnEnded
from speech.frames import RATE
from speech.speakers import Found, Settled
from speech.together import Other, Piece, Together
from speech.turns import Turns
from speech.voices import Label

TENTH = RATE // 10
Spans = Callable[[int, int], list[tuple[int, int]]]


def at(seconds: float) -> int:
    return round(seconds * RATE)


def said(label: Label | None, start: float, end: float) -> Settled:
    return Settled(label=label, start=at(start), end=at(end))


def overlapping(*spans: tuple[float, float]) -> Spans:
    """What the network would find: always the same stretches."""
    return lambda start, end: [
        (max(start, at(a)), min(end, at(b))) for a, b in spans if at(a) < end and at(b) > start and at(a) < at(b)
    ]


def nobody(start: int, end: int, first: Label | None) -> Label | None:
    return None


def heard(pieces: list[Settled], spans: Spans, other: Other = nobody) -> list[tuple[Label | None, float, float, str]]:
    together, told = Together(spans, other), list[Piece]()
    for piece in pieces:
        told += together.add(piece)
    told += together.close()
    return [
        (p.label, p.start / RATE, p.end / RATE, "beside" if p.beside else "several" if p.several else "") for p in told
    ]


def test_one_voice_alone_goes_straight_through() -> None:
    together = Together(overlapping(), nobody)
    assert together.add(said("A", 0, 1)) == [Piece(label="A", start=0, end=at(1))]
    assert together.close() == []


def test_an_overlap_at_a_change_of_turn_is_of_both_voices() -> None:
    assert heard([said("A", 0, 3), said("B", 3, 6)], overlapping((2.8, 3.3))) == [
        ("A", 0, 2.8, ""),
        ("B", 2.8, 3.3, "several"),
        ("A", 2.8, 3.3, "beside"),
        ("B", 3.3, 6, ""),
    ]


def test_an_overlap_in_the_middle_of_a_turn_asks_who_the_other_is() -> None:
    asked = []

    def other(start: int, end: int, first: Label | None) -> Label | None:
        asked.append((start / RATE, end / RATE, first))
        return "C"

    assert heard([said("A", 0, 6)], overlapping((2, 2.6)), other) == [
        ("A", 0, 2, ""),
        ("A", 2, 2.6, "several"),
        ("C", 2, 2.6, "beside"),
        ("A", 2.6, 6, ""),
    ]
    assert asked == [(2, 2.6, "A")]


def test_a_second_voice_that_nobody_can_tell_leaves_the_first_as_several() -> None:
    assert heard([said("A", 0, 6)], overlapping((2, 2.6))) == [
        ("A", 0, 2, ""),
        ("A", 2, 2.6, "several"),
        ("A", 2.6, 6, ""),
    ]


def test_two_unknown_voices_at_once_are_told_once() -> None:
    assert heard([said(None, 0, 6)], overlapping((2, 2.6))) == [
        (None, 0, 2, ""),
        (None, 2, 2.6, "several"),
        (None, 2.6, 6, ""),
    ]


def test_an_overlap_that_may_go_on_waits_until_it_is_over() -> None:
    together = Together(overlapping((2.5, 3.5)), nobody)
    assert [(p.start, p.end) for p in together.add(said("A", 0, 3))] == [(0, at(2.5))]
    assert together.add(said("A", 3, 4)) == []
    assert [p.several for p in together.add(said("A", 4, 5))] == [True, False, False]


def test_no_overlap_is_waited_for_longer_than_some_seconds() -> None:
    together = Together(overlapping((0, 100)), lambda start, end, first: "B")
    told = [together.add(said("A", n, n + 1)) for n in range(8)]
    assert any(told)


def test_what_waits_takes_the_number_that_was_found_and_the_name_that_is_given() -> None:
    together = Together(overlapping((1, 2)), nobody)
    together.add(said(None, 0, 2))
    together.rename(Found(voice=4, since=0))
    together.relabel({4: "D"})
    assert {piece.label for piece in together.close()} == {"D"}


def test_after_a_silence_nothing_waits() -> None:
    together = Together(overlapping((2.5, 3.0)), nobody)
    together.add(said("A", 0, 3))
    assert [(p.start, p.end) for p in together.add(said("B", 3.5, 4))] == [(at(2.5), at(3)), (at(3.5), at(4))]


@st.composite
def pieces(draw: st.DrawFn) -> list[Settled]:
    """Speech of seats, numbers and nobody, with and without silence between."""
    told, now = [], 0
    for _ in range(draw(st.integers(1, 12))):
        now += draw(st.sampled_from([0, 0, 1, 5, 20])) * TENTH
        length = draw(st.integers(1, 30)) * TENTH
        label = draw(st.sampled_from(["A", "B", "C", 1, None]))
        told.append(Settled(label=label, start=now, end=now + length))
        now += length
    return told


@st.composite
def spans(draw: st.DrawFn) -> Spans:
    """Overlaps that the network finds, and of which it thinks otherwise after another look."""
    looks = draw(st.lists(st.lists(st.integers(0, 400), max_size=12, unique=True), min_size=1, max_size=3))
    count = 0

    def found(start: int, end: int) -> list[tuple[int, int]]:
        nonlocal count
        count += 1
        edges = sorted(looks[count % len(looks)])
        pairs = zip(edges[::2], edges[1::2], strict=False)
        return [(max(start, a * TENTH), min(end, b * TENTH)) for a, b in pairs if a * TENTH < end and b * TENTH > start]

    return found


others = st.sampled_from(["A", "B", "C", 1, None])


@given(pieces(), spans(), others)
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_and_nobody_speaks_twice_at_once(
    said: list[Settled], spans: Spans, second: Label | None
) -> None:
    together, told = Together(spans, lambda start, end, first: None if second == first else second), list[Piece]()
    for piece in said:
        told += together.add(piece)
    told += together.close()

    louder = [piece for piece in told if not piece.beside]
    assert all(before.end <= after.start for before, after in pairwise(louder))
    assert all(before.start <= after.start for before, after in pairwise(told))
    assert tenths((p.start, p.end) for p in louder) == tenths((p.start, p.end) for p in said)
    for label, own in by_label(told).items():
        assert len(tenths(own)) * TENTH == sum(end - start for start, end in own), f"{label} twice"
    for piece in told:
        if not piece.several:
            assert tenths([(piece.start, piece.end)]) <= tenths(by_label(said)[piece.label])
    places = {(piece.start, piece.end) for piece in louder if piece.several}
    assert all((piece.start, piece.end) in places and piece.several for piece in told if piece.beside)


@given(pieces(), spans(), others)
@settings(max_examples=150, deadline=None)
def test_talk_time_is_conserved(said: list[Settled], spans: Spans, second: Label | None) -> None:
    """Speech is what the seats said alone, what nobody known said, and where several spoke: to the moment."""
    together, turns = Together(spans, lambda start, end, first: None if second == first else second), Turns()
    events, before = list[object](), 0
    for piece in said:
        if piece.start > before:
            events += [event for ready in together.close() for event in turns.add(ready)]
            events += [*turns.close(), *turns.pause(piece.start)]
        events += [event for ready in together.add(piece) for event in turns.add(ready)]
        before = piece.end
    events += [event for ready in together.close() for event in turns.add(ready)]
    ended = [event for event in [*events, *turns.finish()] if isinstance(event, TurnEnded)]

    alone = [(at(event.start), at(event.end)) for event in ended if not event.several]
    several = [(at(event.start), at(event.end)) for event in ended if event.several]
    assert not tenths(alone) & tenths(several)
    assert len(tenths(alone)) * TENTH == sum(end - start for start, end in alone)
    assert tenths(alone) | tenths(several) == tenths((p.start, p.end) for p in said)
    for own in by_voice(ended).values():
        assert all(a.end <= b.start for a, b in pairwise(sorted(own, key=lambda event: event.start)))


def tenths(stretches: object) -> set[int]:
    return {tenth for start, end in stretches for tenth in range(start // TENTH, end // TENTH)}  # type: ignore[attr-defined]


def by_label(pieces: list[Settled] | list[Piece]) -> dict[Label | None, list[tuple[int, int]]]:
    found = defaultdict(list)
    for piece in pieces:
        found[piece.label].append((piece.start, piece.end))
    return found


def by_voice(ended: list[TurnEnded]) -> dict[tuple[str | None, int | None], list[TurnEnded]]:
    found = defaultdict(list)
    for event in ended:
        found[event.seat, event.voice].append(event)
    return found
