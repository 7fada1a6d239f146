"""A machine that is too slow for its microphone: what is given up, in which order, and that it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.effort import CALM, EFFORTS, HURRY, MUCH, STEPS, WAITS, Effort, Live, Pace
from speech.embedding import Embedder, Vector
from speech.events import FramesLost, Heard, ListeningEnded, SpeechEvent, Strained, TurnBegan, TurnEnded, WordsLeftOut
from speech.frames import FRAME, RATE, Frame, Samples
from speech.listener import Listener, listen
from speech.microphone import Microphone
from speech.models import segmentation_network
from speech.noting import Context
from speech.noting_when import NotNoting
from speech.segmentation import Segmentation
from speech.sources import Recording
from speech.strain import REMEMBERED, strained
from speech.utterances import Utterance
from speech.voices import Voices
from tests.ears.conftest import Meeting, another, listen_to


def after(waiting: list[float]) -> list[int]:
    """The step after each second; so much waits at the end of each, and nothing at first."""
    pace, steps = Pace(), list[int]()
    for position in range(0, len(waiting) * RATE, FRAME):
        pace.hear(position, float(np.interp(position / RATE, range(len(waiting) + 1), [0.0, *waiting])))
        if (position + FRAME) // RATE > position // RATE:
            steps.append(STEPS.index(pace.effort))
    return steps


def test_each_effort_asks_for_less_than_the_one_before() -> None:
    def asked(effort: Effort) -> tuple[float, float, bool]:
        return (
            0.0 if effort.overlap is None else RATE / effort.overlap,
            0.0 if effort.hop is None else RATE / effort.hop,
            effort.others,
        )

    for more, less in pairwise(map(asked, STEPS)):
        assert less != more
        assert all(b <= a for a, b in zip(more, less, strict=True))
    assert [effort.overlap for effort in EFFORTS] == [RATE, 2 * RATE, 2 * RATE, None]
    assert [effort.hop is None for effort in STEPS] == [False] * len(EFFORTS) + [True]
    assert [effort.words for effort in STEPS] == [True, True, True, False, False], "words go before names"


def test_while_nothing_waits_nothing_is_given_up() -> None:
    assert set(after([0.0] * 200)) == {0}
    assert set(after([WAITS] * 200)) == {0}


def test_sound_that_waits_longer_and_longer_takes_one_step_a_second_down_to_the_last_that_names() -> None:
    assert after([0.6, 1.0, 1.4, 1.8, 2.2, 2.6]) == [0, 1, 2, 3, 3, 3]


def test_names_are_given_up_when_half_waits_of_what_a_microphone_lets_wait_and_come_back_after_a_calm_minute() -> None:
    down = [0.6, 1.0, 1.4, 1.8, MUCH, MUCH + 0.5]
    assert after([*down, 4.0, 4.5]) == [0, 1, 2, 3, 3, 4, 4, 4]
    steps = after([*down, *[0.0] * (CALM + 2)])
    assert steps[len(down) :].index(3) == CALM - 1


def test_a_step_that_is_enough_is_the_last_one() -> None:
    assert after([0.6, 1.0, 0.9, 0.8, 0.7, 0.6]) == [0, 1, 1, 1, 1, 1]


def test_a_hiccup_that_is_caught_up_gives_up_nothing() -> None:
    assert set(after([3.0, 2.0, 1.0, 0.0])) == {0}


def test_bursts_of_a_sound_server_are_no_waiting() -> None:
    pace = Pace()
    for number in range(40 * 32):
        pace.hear(number * FRAME, 2.0 - 2.0 * (number % 63) / 63)
    assert pace.effort == EFFORTS[0]


def test_after_a_minute_without_waiting_one_step_is_taken_back_and_after_two_the_next() -> None:
    steps = after([0.6, 1.0, 1.4, *[0.0] * 3 * CALM])
    assert steps[2] == 2
    back = [second for second, (before, now) in enumerate(pairwise(steps), 1) if now < before]
    assert [steps[second] for second in back] == [1, 0]
    assert back[1] - back[0] == CALM


def test_waiting_begins_the_minute_anew() -> None:
    down = [0.6, 1.0]
    assert after([*down, *[0.0] * (CALM - 5), 0.7, 0.6, *[0.0] * (CALM - 5)])[-1] == 1


@given(st.lists(st.floats(0.0, 12.0), max_size=40))
def test_the_same_waiting_gives_the_same_efforts_one_step_at_a_time(waiting: list[float]) -> None:
    steps = after(waiting)
    assert steps == after(waiting)
    hurried = [max(pair) > HURRY for pair in pairwise([0.0, *waiting])]
    assert all(b - a <= (4 if hurry else 1) for hurry, (a, b) in zip(hurried, pairwise([0, *steps]), strict=True))
    assert all(a - b <= 1 for a, b in pairwise([0, *steps]))


COSTS = (0.13, 0.10, 0.075, 0.048, 0.016)
"""Of one core, about what each step takes (docs/measurements.md, Cost)."""


@pytest.mark.parametrize("share", [0.02, 0.025, 0.03, 0.035, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12])
def test_however_slow_a_machine_gets_no_sound_waits_so_long_that_it_is_lost(share: float) -> None:
    pace, now, most = Pace(), 0.0, 0.0
    for position in range(0, 120 * RATE, FRAME):
        there = (position + FRAME) / RATE
        now = max(now, there) + FRAME / RATE * COSTS[STEPS.index(pace.effort)] / share
        most = max(most, now - there)
        pace.hear(position, now - there)
    assert most < 8.0, "a microphone lets 10 wait"


def test_a_microphone_may_have_to_hurry_and_a_recording_never(meeting: Meeting) -> None:
    assert isinstance(Microphone(), Live)
    assert Microphone().waiting == 0.0
    assert not isinstance(Recording(meeting.path), Live)


@dataclass
class SlowMachine:
    """A clock on which every network takes so long; sound comes in by it whether it is heard or not."""

    comparing: float
    """Seconds for one window."""
    looking: float
    now: float = 0.0
    compared: list[float] = field(default_factory=list)
    looked: list[float] = field(default_factory=list)


class Desk:
    """A microphone of a slow machine: a recording that does not wait, and loses what waits longer than 10 s."""

    kind, name = "microphone", "desk"

    def __init__(self, path: Meeting, machine: SlowMachine) -> None:
        self._recording, self._machine = Recording(path.path), machine
        self.waiting = 0.0
        self.most = 0.0

    def stop(self) -> None:
        self._recording.stop()

    def __iter__(self) -> Iterator[Frame | FramesLost]:
        for frame in self._recording:
            self._machine.now = max(self._machine.now, frame.end)
            self.waiting = self._machine.now - frame.end
            self.most = max(self.most, self.waiting)
            if self.waiting > 10.0:
                yield FramesLost(at=frame.position / RATE, seconds=FRAME / RATE)
                self._machine.now -= FRAME / RATE
            yield frame


class SlowEmbedder:
    def __init__(self, network: Embedder, machine: SlowMachine) -> None:
        self._network, self._machine = network, machine

    def __call__(self, samples: Samples) -> Vector:
        self._machine.now += self._machine.comparing * len(samples) / (1.5 * RATE)
        self._machine.compared.append(self._machine.now)
        return self._network(samples)


class SlowSegmentation(Segmentation):
    def __init__(self, machine: SlowMachine) -> None:
        super().__init__(segmentation_network())
        self._machine = machine

    def __call__(self, samples: Samples) -> np.ndarray:
        self._machine.now += self._machine.looking
        self._machine.looked.append(self._machine.now)
        return super().__call__(samples)


def hear(meeting: Meeting, enrolled: Voices, network: Embedder, machine: SlowMachine) -> tuple[Desk, list[SpeechEvent]]:
    voices = another(enrolled)
    voices.embed = SlowEmbedder(network, machine)
    desk = Desk(meeting, machine)
    return desk, list(listen(desk, voices=voices, segmentation=SlowSegmentation(machine)))


@pytest.mark.audio
def test_a_machine_too_slow_for_everything_still_tells_every_turn_and_loses_no_sound(
    meeting: Meeting, enrolled: Voices, network: Embedder
) -> None:
    fast, slow = SlowMachine(comparing=0.03, looking=0.02), SlowMachine(comparing=0.6, looking=0.4)
    desk, told = hear(meeting, enrolled, network, slow)
    _, expected = hear(meeting, enrolled, network, fast)
    assert not [event for event in told if isinstance(event, FramesLost)]
    assert WAITS < desk.most < 6.0
    assert told[-1] == ListeningEnded(at=expected[-1].at, reason="end")  # type: ignore[union-attr]
    assert [event.at for event in told if isinstance(event, Heard)] == [
        event.at for event in expected if isinstance(event, Heard)
    ]
    assert len(slow.compared) < 0.8 * len(fast.compared)
    assert len(slow.looked) < 0.5 * len(fast.looked)
    for seat, start, end in meeting.turns:
        own = [turn for turn in told if isinstance(turn, TurnEnded) and turn.seat == seat]
        covered = sum(max(0.0, min(end, turn.end) - max(start, turn.start)) for turn in own)
        assert covered > 0.6 * (end - start), (seat, start, end)


@pytest.mark.audio
def test_a_machine_that_keeps_up_hears_a_microphone_as_it_hears_a_recording(
    meeting: Meeting, enrolled: Voices, network: Embedder, segmentation: Segmentation
) -> None:
    desk, told = hear(meeting, enrolled, network, SlowMachine(comparing=0.1, looking=0.1))
    recording = list(listen(Recording(meeting.path), voices=another(enrolled), segmentation=segmentation))
    assert desk.most < WAITS
    assert told[1:] == recording[1:]


def spoken(told: list[SpeechEvent]) -> float:
    """Seconds in which somebody spoke, whoever it was."""
    pieces = sorted((event.start, event.end) for event in told if isinstance(event, TurnEnded))
    covered, reached = 0.0, 0.0
    for start, end in pieces:
        covered += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return covered


@pytest.mark.audio
def test_a_machine_too_slow_for_any_voice_says_that_somebody_speaks_for_every_second_and_loses_none(
    meeting: Meeting, enrolled: Voices, network: Embedder
) -> None:
    desk, told = hear(meeting, enrolled, network, SlowMachine(comparing=1.5, looking=0.4))
    _, expected = hear(meeting, enrolled, network, SlowMachine(comparing=0.03, looking=0.02))
    assert not [event for event in told if isinstance(event, FramesLost)]
    assert MUCH < desk.most < 10.0
    assert spoken(told) == pytest.approx(spoken(expected), abs=0.5)
    assert [event.gave_up for event in told if isinstance(event, Strained)] == ["overlap", "names"]
    assert not [event for event in expected if isinstance(event, Strained)]
    late = [event for event in told if isinstance(event, TurnBegan) and event.at > 20.0]
    assert late
    assert {(event.seat, event.voice, event.settled) for event in late} == {(None, None, True)}


class NotesNothing(NotNoting):
    """Keeps what it was given and what it was told to leave out."""

    def __init__(self) -> None:
        self.given, self.left_out = list[Utterance](), list[Utterance]()

    def give(self, utterance: Utterance, context: Context) -> None:
        self.given.append(utterance)

    def leave_out(self, *utterances: Utterance) -> None:
        self.left_out += utterances


@pytest.mark.audio
def test_words_are_left_out_before_names_are(
    meeting: Meeting, enrolled: Voices, heard: list[SpeechEvent], segmentation: Segmentation
) -> None:
    for step, effort in enumerate(STEPS):
        notes = NotesNothing()
        told = Listener(
            voices=another(enrolled),
            segmentation=segmentation,
            noting=notes,
            context=Context(),
            stepwise=False,
            pace=Pace(step),
        ).run(Recording(meeting.path), lambda: ())
        seats = {event.seat for event in told if isinstance(event, TurnEnded)}
        assert (bool(notes.given), bool(notes.left_out)) == (effort.words, not effort.words)
        assert (seats == {None}) == (effort.hop is None)


class Turning(Recording):
    """A recording in whose middle the machine is too slow for names."""

    def __init__(self, path: Meeting, pace: Pace, begin: float, end: float) -> None:
        super().__init__(path.path)
        self._pace, self._between = pace, (begin, end)

    def __iter__(self) -> Iterator[Frame]:
        begin, end = self._between
        for frame in super().__iter__():
            self._pace._step = len(STEPS) - 1 if begin <= frame.end < end else 0
            yield frame


@pytest.mark.audio
def test_names_given_up_in_the_middle_of_a_sentence_come_back_and_no_second_is_lost_or_told_twice(
    meeting: Meeting, enrolled: Voices, heard: list[SpeechEvent], segmentation: Segmentation
) -> None:
    first, last = meeting.turns[0], meeting.turns[2]
    begin, end = first[1] + 1.6, last[1] + 0.5
    pace = Pace()
    source = Turning(meeting, pace, begin, end)
    told = list(listen_to(meeting, another(enrolled), source, segmentation=segmentation, pace=pace))
    assert spoken(told) == pytest.approx(spoken(heard), abs=0.2)
    ended = sorted((event for event in told if isinstance(event, TurnEnded)), key=lambda turn: turn.start)
    assert all(one.end <= other.start for one, other in pairwise(ended))
    inside = [turn for turn in ended if begin <= turn.start < end - 0.1]
    assert inside
    assert {turn.seat for turn in inside} == {None}
    assert {turn.seat for turn in ended if turn.end <= begin} == {None, *"ABC"} - {None}
    assert [turn.seat for turn in ended if turn.start > last[2]] == [seat for seat, _, _ in meeting.turns[3:]]
    assert any(turn.seat == last[0] and end - 0.1 <= turn.start for turn in ended), "the sentence gets its name again"


def told_by(*events: SpeechEvent, pace: Pace | None = None) -> list[tuple[float, str]]:
    pace = pace or Pace()
    return [(event.at, event.gave_up) for event in strained(events, pace) if isinstance(event, Strained)]


def seconds(first: int, last: int) -> list[SpeechEvent]:
    return [Heard(at=float(second), level=-40.0) for second in range(first, last + 1)]


def test_what_is_given_up_is_told_once_and_once_that_it_is_over() -> None:
    left_out, lost = WordsLeftOut(start=1.0, end=2.0), FramesLost(at=30.0, seconds=0.05)
    assert told_by(*seconds(1, 200)) == []
    over = 5.0 + REMEMBERED
    assert told_by(*seconds(1, 5), left_out, *seconds(6, 200)) == [(6.0, "words"), (over, "")]
    both = told_by(*seconds(1, 5), left_out, *seconds(6, 30), lost, *seconds(31, 200))
    assert both == [(6.0, "words"), (31.0, "sound"), (30.0 + REMEMBERED, "")]
    assert [told_by(*seconds(1, 3), pace=Pace(step)) for step in range(len(STEPS))] == [
        [],
        [],
        [(1.0, "overlap")],
        [(1.0, "overlap")],
        [(1.0, "names")],
    ]


def test_all_events_go_by_in_their_order() -> None:
    events = [*seconds(1, 3), WordsLeftOut(start=1.0, end=2.0), *seconds(4, 4)]
    assert [event for event in strained(events, Pace()) if not isinstance(event, Strained)] == events
