"""Who speaks, on real sound, while people say what they know: taps, names, exchanges, wishes, and nonsense."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from speech.attribution import Attribution
from speech.embedding import Embedder
from speech.events import (
    EnrolmentRefused,
    Heard,
    ListeningEnded,
    SeatChecked,
    SeatEnrolled,
    SpeechEvent,
    TurnBegan,
    TurnEnded,
    UtteranceNoted,
    VoiceNamed,
)
from speech.frames import FRAME, RATE, Frame, Samples
from speech.listener import listen
from speech.requests import (
    CheckSeat,
    Enrol,
    ExchangeVoices,
    Forget,
    LeaveOut,
    NameVoice,
    Request,
    Stop,
    Teach,
    TellRoles,
)
from speech.segmentation import Segmentation
from speech.sources import Recording, Silence, Source
from speech.voice import Voice, VoiceActivity
from speech.voices import Voices
from tests.ears.conftest import Meeting, listen_to, quiet, say
from tests.ears.sounds import frames_of

Plan = Sequence[tuple[float, Request]]
Events = list[SpeechEvent]


class Known:
    """The real network, asked once for each window: the tests hear the same sound many times."""

    def __init__(self, network: Segmentation) -> None:
        self._network = network
        self._answers: dict[bytes, NDArray[np.float32]] = {}

    def __call__(self, samples: Samples) -> NDArray[np.float32]:
        key = samples.tobytes()
        if key not in self._answers:
            self._answers[key] = self._network(samples)
        return self._answers[key]


@pytest.fixture(scope="module")
def overlap(segmentation: Segmentation) -> Known:
    return Known(segmentation)


class At:
    """A source, and requests that come when its sound reaches a second."""

    def __init__(self, source: Source, plan: Plan) -> None:
        self.kind, self.name = source.kind, source.name
        self._source, self._plan, self._at = source, sorted(plan, key=lambda due: due[0]), 0.0

    def __iter__(self) -> Iterator[object]:
        for frame in self._source:
            self._at = frame.end  # type: ignore[union-attr]
            yield frame

    def stop(self) -> None:
        self._source.stop()

    def asked(self) -> Iterator[Request]:
        while self._plan and self._plan[0][0] <= self._at:
            yield self._plan.pop(0)[1]


Hear = Callable[..., Events]


@pytest.fixture
def hear(meeting: Meeting, voices: Voices, overlap: Known) -> Hear:
    """The conversation of the small meeting, while people ask for this and that."""

    def of(*plan: tuple[float, Request], source: Source | None = None, until: float | None = None) -> Events:
        asking = At(source or Recording(meeting.path, begin=meeting.begin, end=until), plan)
        return list(listen(asking, voices=voices, segmentation=overlap, asked=asking.asked))  # type: ignore[arg-type]

    return of


def turns(events: Events) -> list[TurnEnded]:
    return [event for event in events if isinstance(event, TurnEnded)]


def seats(events: Events) -> list[str | None]:
    """Who spoke, one after another."""
    return [seat for seat, _ in itertools.groupby(turn.seat for turn in turns(events))]


def refused(events: Events) -> list[tuple[str, str]]:
    return [(event.seat, event.reason) for event in events if isinstance(event, EnrolmentRefused)]


def enrolled(events: Events) -> list[SeatEnrolled]:
    return [event for event in events if isinstance(event, SeatEnrolled)]


def seconds_of(events: Events, seat: str | None, start: float, end: float) -> float:
    """Told of a seat between two seconds."""
    return sum(
        max(0.0, min(end, turn.end) - max(start, turn.start))
        for turn in turns(events)
        if turn.seat == seat and turn.measured
    )


def ended_well(events: Events) -> bool:
    last = events[-1]
    return isinstance(last, ListeningEnded) and last.reason == "end" and isinstance(events[-2], Heard | TurnEnded)


# Nobody asks anything


def test_chunks_pace_and_another_hearing_change_nothing(meeting: Meeting, hear: Hear) -> None:
    how = {"begin": meeting.begin}
    at_once = hear()
    assert seats(at_once) == [seat for seat, _, _ in meeting.turns]
    assert hear(source=Recording(meeting.path, block=0.0373, **how)) == at_once
    assert hear(source=Recording(meeting.path, speed=30.0, **how)) == at_once


def test_turns_of_one_voice_at_a_time_never_overlap_and_begin_where_told(hear: Hear) -> None:
    events = hear()
    told = [turn for turn in turns(events) if not turn.several]
    assert all(before.end <= after.start for before, after in itertools.pairwise(told))
    assert all(turn.start < turn.end for turn in told)
    began = [event for event in events if isinstance(event, TurnBegan)]
    assert any(event.settled for event in began)
    for turn in told:
        assert any(event.seat == turn.seat and abs(event.at - turn.start) < 0.1 for event in began)


# Taps


def test_a_tap_in_a_running_turn_teaches_that_voice(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    voices.forget()
    seat, start, _ = meeting.turns[0]
    events = hear((start + 2.5, Teach(seat=seat, start=start, end=start + 2.5)))
    (told,) = enrolled(events)
    assert (told.seat, told.by) == (seat, "tap")
    assert 1.5 <= told.seconds <= 2.6
    assert turns(events)[-1].seat == seat, "the last turn is of the same voice"


def test_a_tap_after_one_second_of_a_turn_is_enough(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    voices.forget()
    seat, start, _ = meeting.turns[0]
    events = hear((start + 1.2, Teach(seat=seat, start=start, end=start + 1.2)), until=start + 2)
    assert [told.seat for told in enrolled(events)] == [seat]
    assert enrolled(events)[0].seconds <= 1.3


def test_taps_on_turns_that_follow_each_other_teach_everybody(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    voices.forget()
    plan = [(end + 0.3, Teach(seat=seat, start=start, end=end)) for seat, start, end in meeting.turns[:3]]
    events = hear(*plan)
    assert [told.seat for told in enrolled(events)] == ["A", "B", "C"]
    assert set(voices.seats) == {"A", "B", "C"}
    assert turns(events)[-1].seat == "A"


def test_a_tap_on_the_turn_before_does_not_book_the_new_voice_on_it(meeting: Meeting, hear: Hear) -> None:
    """It comes as taps do: when the next has begun to speak."""
    (first, start, end), (second, begins, ends) = meeting.turns[:2]
    events = hear((begins + 1.1, Teach(seat=first, start=start, end=end)), until=ends + 1)
    assert seconds_of(events, first, begins, ends) == 0.0
    assert seconds_of(events, second, begins, ends) > 0.8 * (ends - begins)


def test_whose_turn_it_was_can_be_put_right_with_a_second_tap(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    voices.forget()
    seat, start, end = meeting.turns[0]
    events = hear(
        (end + 0.2, Teach(seat="B", start=start, end=end)), (end + 0.4, Teach(seat=seat, start=start, end=end))
    )
    assert "B" not in voices.seats
    assert turns(events)[-1].seat == seat


def test_a_number_named_by_a_wrong_tap_goes_back_with_it(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    """The tap comes late, when the ears found the voice themselves."""
    voices.forget()
    seat, start, end = meeting.turns[0]
    events = hear(
        (end + 0.3, Teach(seat="B", start=start, end=end)), (end + 0.5, Teach(seat=seat, start=start, end=end))
    )
    assert [event.seat for event in events if isinstance(event, VoiceNamed)] == ["B"]
    assert "B" not in voices.seats
    assert seat in voices.seats


@pytest.mark.parametrize("seconds", [0.0, 0.3])
def test_a_tap_on_next_to_nothing_is_refused_in_words(meeting: Meeting, hear: Hear, seconds: float) -> None:
    start = meeting.turns[0][1] + 0.5
    events = hear((start + 2, Teach(seat="A", start=start, end=start + seconds)), until=start + 2.5)
    assert refused(events) == [("A", "too_little_speech")]


def test_a_tap_on_silence_teaches_nobody_silence(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    voices.forget()
    events = hear((6.0, Teach(seat="A", start=0.0, end=6.0)), source=Silence(8.0))
    assert refused(events) == [("A", "too_little_speech")]
    assert voices.seats == ()


def test_a_tap_on_two_people_is_refused_in_words(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    (_, start, _), (_, _, end) = meeting.turns[2], meeting.turns[3]
    events = hear((end + 0.3, Teach(seat="Z", start=start, end=end)))
    assert refused(events) == [("Z", "several_voices")]
    assert "Z" not in voices.seats


def test_a_tap_on_what_is_longer_ago_than_two_minutes_is_refused(meeting: Meeting, network: Embedder) -> None:
    voices = Voices(network)
    attribution, activity = Attribution(voices, None), VoiceActivity()
    said = meeting.sound[: int(4.0 * RATE)]
    for frame in frames_of(np.concatenate([said, quiet(1.0)])):
        list(attribution.hear(frame, activity.process(frame)))
    for position in range(5 * RATE // FRAME * FRAME, 126 * RATE, FRAME):
        silence = Frame(samples=np.zeros(FRAME, np.float32), position=position)
        list(attribution.hear(silence, Voice(spoken=False, start=None, last=4 * RATE)))
    (answer,) = attribution.teach("A", 1.0, 4.0)
    assert answer == EnrolmentRefused(seat="A", reason="too_little_speech", seconds=0.0)


# Names, exchanges, wishes


def test_a_voice_that_speaks_is_told_by_its_name_as_soon_as_it_is_named(
    meeting: Meeting, hear: Hear, voices: Voices
) -> None:
    voices.forget()
    _, start, end = meeting.turns[3]
    events = hear((start + 1.5, NameVoice(voice=1, seat="A")))
    named = events.index(VoiceNamed(voice=1, seat="A"))
    assert isinstance(events[named + 1], TurnBegan)
    assert not any(event.voice == 1 for event in events[named:] if isinstance(event, TurnEnded | TurnBegan))
    assert seconds_of(events, "A", start, end) > 0.8 * (end - start)


def test_a_voice_heard_under_a_number_before_it_enrols_is_the_seats(
    meeting: Meeting, hear: Hear, voices: Voices
) -> None:
    """In the room check, or because somebody spoke before the tap."""
    voices.forget()
    again = np.concatenate([meeting.sound[: int(meeting.enrolments[0][2] * RATE)], quiet(2.0)] * 2)
    path = meeting.path.with_name("twice.wav")
    soundfile.write(path, again, RATE, subtype="PCM_16")
    half = len(again) / RATE / 2
    events = hear((half + 0.2, Enrol(seat="A")), source=Recording(path))
    assert enrolled(events)
    assert VoiceNamed(voice=1, seat="A") in events
    assert voices.labels == ("A",)


def test_what_was_taught_can_be_taken_back(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    voices.forget()
    _, start, end = meeting.turns[0]
    taught, back = (Teach(seat=seat, start=start, end=end) for seat in ("A", None))
    events = hear((end + 0.4, taught), (end + 0.6, back), until=end + 1.0)
    assert [event.seat for event in events if isinstance(event, SeatEnrolled)] == ["A"]
    assert "A" not in voices.labels


def test_a_room_check_learns_no_voice(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    voices.forget()
    _, _, end = meeting.enrolments[0]
    source = Recording(meeting.path, end=end + 1.0)
    events = hear((0.1, CheckSeat(seat="A")), source=source)
    assert [event.seat for event in events if isinstance(event, SeatChecked)] == ["A"]
    assert voices.labels == ()


def test_exchanged_in_the_middle_of_a_turn_the_rest_of_the_meeting_is_the_others(meeting: Meeting, hear: Hear) -> None:
    _, start, _ = meeting.turns[0]
    events = hear((start + 2.5, ExchangeVoices(seat="A", other="B")))
    assert seats(events)[1:] == ["A", "C", "B"]
    assert seats(events)[0] in ("A", "B")
    assert any(isinstance(e, TurnBegan) and e.seat == "B" and e.at < start + 2.5 for e in events), "told again"


def test_of_a_seat_that_is_left_out_no_word_is_noted(meeting: Meeting, voices: Voices, overlap: Known) -> None:
    voices.leave_out("B", True)
    source = Recording(meeting.path, begin=meeting.begin)
    events = list(listen_to(meeting, voices, source, segmentation=overlap))
    assert {event.seat for event in events if isinstance(event, UtteranceNoted)} == {"A", "C"}
    unmeasured = [turn for turn in turns(events) if not turn.measured]
    assert unmeasured
    assert all(turn.seat is None and turn.voice is None for turn in unmeasured)
    assert "B" not in seats(events)


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_of_whoever_wants_to_be_left_out_while_speaking_nothing_is_noted(
    meeting: Meeting, voices: Voices, overlap: Known, part: float
) -> None:
    seat, start, end = meeting.turns[0]
    wish = start + part * (end - start), LeaveOut(seat=seat)
    source = At(Recording(meeting.path, begin=meeting.begin), [wish])
    events = list(listen_to(meeting, voices, source, segmentation=overlap, asked=source.asked))  # type: ignore[arg-type]
    assert seat not in {event.seat for event in events if isinstance(event, UtteranceNoted)}
    assert seat not in seats(events)


def test_words_that_are_not_noted_yet_are_noted_of_whose_voice_it_is_now(
    meeting: Meeting, voices: Voices, overlap: Known
) -> None:
    """Exchanged shortly before the first turn ends; and without names, named while the last is spoken."""
    _, start, end = meeting.turns[0]
    assert _noted(meeting, voices, overlap, (end - 0.3, ExchangeVoices(seat="A", other="B")), end + 0.5) == ["B"]
    voices.forget()
    _, start, end = meeting.turns[3]
    named = _noted(meeting, voices, overlap, (start + 1.5, NameVoice(voice=1, seat="A")), end + 0.5)
    assert named[-1] == "A"
    assert named.count("A") == 1


def _noted(meeting: Meeting, voices: Voices, overlap: Known, asked: tuple[float, Request], end: float) -> list[str]:
    source = At(Recording(meeting.path, begin=meeting.begin, end=end), [asked])
    events = listen_to(meeting, voices, source, segmentation=overlap, asked=source.asked)  # type: ignore[arg-type]
    return [event.seat or "" for event in events if isinstance(event, UtteranceNoted)]


def test_a_forgotten_seat_is_unknown_from_then_on(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    end = meeting.turns[0][2]
    events = hear((end + 0.5, Forget(seat="A")))
    assert seats(events)[0] == "A"
    assert "A" not in seats(events)[1:]
    assert voices.seats == ("B", "C")


def test_when_everybody_is_forgotten_no_tap_can_bring_a_voice_back(
    meeting: Meeting, hear: Hear, voices: Voices
) -> None:
    seat, start, end = meeting.turns[0]
    events = hear((end + 0.5, Forget()), (end + 0.6, Teach(seat=seat, start=start, end=end)), until=end + 0.8)
    assert refused(events) == [(seat, "too_little_speech")]
    assert voices.seats == ()


def test_a_room_check_is_answered_in_twelve_seconds_also_in_silence(meeting: Meeting, hear: Hear) -> None:
    _, start, _ = meeting.turns[0]
    for source, asked in ((Silence(13.0), 0.5), (Recording(meeting.path, begin=meeting.begin), start - 0.5)):
        events = hear((asked, CheckSeat(seat="A")), source=source)
        told = next(number for number, event in enumerate(events) if isinstance(event, SeatChecked))
        heard = [event.at for event in events[:told] if isinstance(event, Heard)]
        assert heard[-1] < asked + 12.0


# Nonsense, and requests that come together


FOREVER = 10.0**9
NONSENSE: list[Request] = [
    Teach(seat="A", start=-5.0, end=-1.0),
    Teach(seat="A", start=9.0, end=8.0),
    Teach(seat="A", start=FOREVER, end=2 * FOREVER),
    Teach(seat="A", start=math.nan, end=math.nan),
    Teach(seat="A", start=-math.inf, end=0.0),
    Teach(seat="", start=0.0, end=0.0),
    NameVoice(voice=99, seat="A"),
    NameVoice(voice=-1, seat="Q"),
    NameVoice(voice=10**9, seat=""),
    ExchangeVoices(seat="A", other="A"),
    ExchangeVoices(seat="Q", other="R"),
    LeaveOut(seat="Q"),
    LeaveOut(seat="Q", out=False),
    Forget(seat="Q"),
    TellRoles(roles={"Q": "pirate"}, phase="lunch"),
]


def test_nonsense_is_survived_and_changes_nothing(meeting: Meeting, hear: Hear, voices: Voices) -> None:
    _, start, _ = meeting.turns[1]
    events = hear(*((start + 1 + 0.1 * number, request) for number, request in enumerate(NONSENSE)))
    assert ended_well(events)
    assert seats(events) == [seat for seat, _, _ in meeting.turns]
    assert set(voices.seats) == {"A", "B", "C"}
    assert {reason for _, reason in refused(events)} == {"too_little_speech"}


@pytest.mark.parametrize("end", [FOREVER, math.inf])
def test_a_tap_without_end_means_what_was_heard(meeting: Meeting, hear: Hear, end: float) -> None:
    _, start, _ = meeting.turns[0]
    events = hear((start + 2.5, Teach(seat="A", start=start, end=end)))
    assert [told.seat for told in enrolled(events)] == ["A"]
    assert seats(events) == [seat for seat, _, _ in meeting.turns]


CHANGES: list[Request] = [
    Forget(),
    Forget(seat="B"),
    ExchangeVoices(seat="A", other="Q"),
    Teach(seat="Q", start=0.0, end=FOREVER),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
@pytest.mark.parametrize("then", [Stop(), Enrol(seat="Z"), Forget(seat="C")], ids=lambda then: type(then).__name__)
def test_requests_that_come_in_one_breath_are_all_done(
    meeting: Meeting, hear: Hear, change: Request, then: Request
) -> None:
    _, start, _ = meeting.turns[0]
    events = hear((start + 1.8, change), (start + 1.8, then), until=start + 3.5)
    assert isinstance(events[-1], ListeningEnded)
    assert events[-1].reason == ("asked" if isinstance(then, Stop) else "end")
    assert seconds_told(events) > 1.5, "nothing is lost"


def test_the_voices_may_change_in_every_second_and_no_speech_is_lost(meeting: Meeting, hear: Hear) -> None:
    undisturbed = seconds_told(hear())
    plan = [(second / 2, ExchangeVoices(seat="B", other="C")) for second in range(200)]
    events = hear(*plan)
    assert seconds_told(events) == pytest.approx(undisturbed, abs=0.05)
    told = [turn for turn in turns(events) if not turn.several]
    assert all(before.end <= after.start for before, after in itertools.pairwise(told))
    assert seats(events)[0] == seats(events)[-1] == "A"


def seconds_told(events: Events) -> float:
    return sum(turn.end - turn.start for turn in turns(events))


# Two at once, and what is left when the sound is over


@pytest.fixture(scope="module")
def together(meeting: Meeting) -> tuple[Samples, tuple[float, float]]:
    """A goes on while B begins: the sound, and where both speak."""
    first, second = (
        say("We talked about it for a long time, and nobody had an answer to it.", "A"),
        say("Yes, and I want to say something about that, because it matters to me.", "B"),
    )
    both = 1.6
    begin = len(first) - int(both * RATE)
    sound = np.zeros(begin + len(second) + 4 * RATE, np.float32)
    sound[RATE : RATE + len(first)] += first
    sound[RATE + begin : RATE + begin + len(second)] += second
    return sound + quiet(len(sound) / RATE)[: len(sound)], (1 + begin / RATE, 1 + len(first) / RATE)


def test_where_two_speak_both_are_told_and_it_is_nobodys_share(
    together: tuple[Samples, tuple[float, float]], hear: Hear, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sound, (begin, end) = together
    path = tmp_path_factory.mktemp("two") / "two.wav"
    soundfile.write(path, sound, RATE, subtype="PCM_16")
    events = hear(source=Recording(path))
    several = [turn for turn in turns(events) if turn.several]
    assert {turn.seat for turn in several} == {"A", "B"}
    assert all(begin - 0.5 < turn.start < turn.end < end + 0.5 for turn in several)
    assert any(event.several for event in events if isinstance(event, TurnBegan))


def test_nothing_of_one_stream_is_left_in_the_next(
    meeting: Meeting, hear: Hear, network: Embedder, voices: Voices
) -> None:
    first = hear()
    assert hear() == first
    assert set(voices.seats) == {"A", "B", "C"}


def test_when_the_sound_is_over_every_vector_but_the_voices_is_zero(
    meeting: Meeting, overlap: Known, voices: Voices
) -> None:
    made = []
    embed = voices.embed

    def remembered(samples: Samples) -> NDArray[np.float32]:
        made.append(embed(samples))
        return made[-1]

    voices.embed = remembered
    list(listen(Recording(meeting.path, begin=meeting.begin), voices=voices, segmentation=overlap))  # type: ignore[arg-type]
    assert len(made) > 20
    assert not any(vector.any() for vector in made)
