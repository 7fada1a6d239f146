"""A seat says its name and a sentence: what is learned of it, and what is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speech.embedding import Embedder, Vector
from speech.enrolment import Enrolment, enrol_from
from speech.events import EnrolmentRefused, SeatEnrolled, SpeechEvent
from speech.frames import RATE, Samples
from speech.listener import listen
from speech.requests import Enrol, Forget, Request
from speech.segmentation import Segmentation
from speech.sources import Recording, Silence
from speech.voice import Voice, VoiceActivity
from speech.voices import Voices
from tests.ears.conftest import INTRODUCTION, SENTENCES, Meeting, quiet, say
from tests.ears.sounds import frames_of, music, typing

Told = SeatEnrolled | EnrolmentRefused


@pytest.fixture
def nobody(network: Embedder) -> Voices:
    return Voices(network)


@pytest.fixture(scope="module")
def one() -> Samples:
    return np.concatenate([say(INTRODUCTION, "A"), quiet(0.5)])


@pytest.fixture(scope="module")
def both() -> Samples:
    """Two people talk at once."""
    first, second = say(INTRODUCTION, "A"), say(" ".join(SENTENCES), "B")
    length = min(len(first), len(second), int(6.5 * RATE))
    return np.concatenate([quiet(0.3), first[:length] + second[:length], quiet(0.5)])


@pytest.fixture(scope="module")
def in_turn() -> Samples:
    """One says the name, another the sentence."""
    return np.concatenate([quiet(0.3), say(SENTENCES[0], "C"), say(SENTENCES[1], "A"), quiet(1.8)])


class Asked:
    """A recording, and what is asked at its seconds."""

    def __init__(self, folder: Path, sound: Samples, plan: list[tuple[float, Request]]) -> None:
        soundfile.write(folder / "said.wav", sound, RATE, subtype="PCM_16")
        self._source, self._plan, self._at = Recording(folder / "said.wav"), plan, 0.0
        self.kind, self.name = self._source.kind, self._source.name

    def __iter__(self) -> Iterator[object]:
        for frame in self._source:
            self._at = frame.end
            yield frame

    def stop(self) -> None:
        self._source.stop()

    def asked(self) -> Iterator[Request]:
        while self._plan and self._plan[0][0] <= self._at:
            yield self._plan.pop(0)[1]


def told(
    folder: Path, sound: Samples, voices: Voices, segmentation: Segmentation, *plan: tuple[float, Request]
) -> list[Told]:
    source = Asked(folder, sound, list(plan))
    events: list[SpeechEvent] = list(
        listen(source, voices=voices, segmentation=segmentation, asked=source.asked)  # type: ignore[arg-type]
    )
    return [event for event in events if isinstance(event, SeatEnrolled | EnrolmentRefused)]


def test_one_person_is_learned_at_once(
    tmp_path: Path, one: Samples, nobody: Voices, segmentation: Segmentation
) -> None:
    (event,) = told(tmp_path, one, nobody, segmentation, (0.0, Enrol(seat="A")))
    assert isinstance(event, SeatEnrolled)
    assert (event.seat, event.by) == ("A", "enrolment")
    assert 3.0 <= event.seconds <= 6.1
    assert nobody.seats == ("A",)


@pytest.mark.parametrize("mixed", ["both", "in_turn"])
def test_two_people_are_refused_and_asked_again_the_same_seat_is_believed(
    tmp_path: Path, mixed: str, nobody: Voices, segmentation: Segmentation, request: pytest.FixtureRequest
) -> None:
    sound: Samples = request.getfixturevalue(mixed)
    one = len(sound) / RATE
    plan = (0.0, Enrol(seat="A")), (one, Enrol(seat="B")), (2 * one, Enrol(seat="A"))
    first, other, again = told(tmp_path, np.concatenate([sound] * 3), nobody, segmentation, *plan)
    assert isinstance(first, EnrolmentRefused)
    assert (first.seat, first.reason) == ("A", "several_voices")
    assert first.seconds >= 3.0
    assert isinstance(other, EnrolmentRefused), "that A was mixed says nothing of B"
    assert isinstance(again, SeatEnrolled)


def test_a_seat_that_was_enrolled_since_is_asked_again_as_at_first(
    tmp_path: Path, both: Samples, one: Samples, nobody: Voices, segmentation: Segmentation
) -> None:
    second, third = len(both) / RATE, (len(both) + len(one)) / RATE
    sound = np.concatenate([both, one, both])
    plan = (0.0, Enrol(seat="A")), (second, Enrol(seat="A")), (third, Enrol(seat="A"))
    events = told(tmp_path, sound, nobody, segmentation, *plan)
    assert [type(event) for event in events] == [EnrolmentRefused, SeatEnrolled, EnrolmentRefused]


def test_a_seat_that_was_forgotten_since_is_asked_again_as_at_first(
    tmp_path: Path, both: Samples, nobody: Voices, segmentation: Segmentation
) -> None:
    second = len(both) / RATE
    plan = (0.0, Enrol(seat="A")), (second - 0.1, Forget()), (second, Enrol(seat="A"))
    events = told(tmp_path, np.concatenate([both, both]), nobody, segmentation, *plan)
    assert [type(event) for event in events] == [EnrolmentRefused, EnrolmentRefused]


def test_a_new_enrolment_replaces_what_was_known(
    tmp_path: Path, one: Samples, voices: Voices, segmentation: Segmentation
) -> None:
    before = voices._known["B"]
    (event,) = told(tmp_path, one, voices, segmentation, (0.0, Enrol(seat="B")))
    assert isinstance(event, SeatEnrolled)
    assert event.alike == "A", "it is the voice of A that said it"
    assert not before.vector.any()


@pytest.mark.parametrize("sound", [music(8.0), typing(8.0)], ids=["music", "typing"])
def test_what_is_no_person_is_not_learned(
    tmp_path: Path, sound: Samples, nobody: Voices, segmentation: Segmentation
) -> None:
    (event,) = told(tmp_path, sound, nobody, segmentation, (0.0, Enrol(seat="A")))
    assert isinstance(event, EnrolmentRefused)
    assert nobody.seats == ()


def test_the_next_seat_ends_the_turn_of_the_one_before(
    tmp_path: Path, one: Samples, nobody: Voices, segmentation: Segmentation
) -> None:
    plan = (0.0, Enrol(seat="A")), (3.8, Enrol(seat="B"))
    first, second = told(tmp_path, one, nobody, segmentation, *plan)
    assert (first.seat, second.seat) == ("A", "B")


def test_forgotten_while_it_enrols_a_seat_is_not_learned(
    tmp_path: Path, one: Samples, nobody: Voices, segmentation: Segmentation
) -> None:
    assert told(tmp_path, one, nobody, segmentation, (0.0, Enrol(seat="A")), (3.0, Forget(seat="A"))) == []
    assert nobody.seats == ()


def test_patience_ends(nobody: Voices) -> None:
    silence = Enrolment("A")
    frames = list(Silence(20.0))
    due = next(f.end for f in frames if silence.process(f, Voice(spoken=False, start=None, last=0)))
    assert due == pytest.approx(15.0, abs=0.1)
    now_and_then = Enrolment("A")
    due = next(
        frame.end
        for number, frame in enumerate(frames)
        if now_and_then.process(frame, Voice(spoken=number % 12 == 0, start=0, last=frame.position))
    )
    assert due == pytest.approx(15.0, abs=0.1)
    assert now_and_then.conclude(nobody) == EnrolmentRefused(seat="A", reason="too_little_speech", seconds=1.28)


def test_no_vector_of_an_enrolment_is_left_but_the_voice(network: Embedder, one: Samples) -> None:
    made: list[Vector] = []

    def remembered(samples: Samples) -> Vector:
        made.append(network(samples))
        return made[-1]

    voices, enrolment, activity = Voices(remembered), Enrolment("A"), VoiceActivity()
    for frame in frames_of(one):
        enrolment.process(frame, activity.process(frame))
    assert isinstance(enrolment.conclude(voices), SeatEnrolled)
    assert len(made) >= 4
    assert not any(vector.any() for vector in made)
    assert enrolment.seconds == 0.0, "the sound is let go"


def test_a_stretch_of_a_recording_is_believed_as_it_is(meeting: Meeting, nobody: Voices) -> None:
    """Whoever names a stretch of a recording has heard it."""
    (_, start, _), (_, _, end) = meeting.turns[2], meeting.turns[3]
    (event,) = enrol_from(meeting.path, (("Z", start, end),), nobody)
    assert isinstance(event, SeatEnrolled)


@pytest.mark.parametrize("stretch", [(5.0, 5.0), (9.0, 4.0), (-9.0, -5.0), (1e9, 2e9), (0.0, 0.5)])
def test_a_stretch_that_holds_nothing_is_refused(
    meeting: Meeting, nobody: Voices, stretch: tuple[float, float]
) -> None:
    (event,) = enrol_from(meeting.path, (("Z", *stretch),), nobody)
    assert event == EnrolmentRefused(seat="Z", reason="too_little_speech", seconds=0.0)
