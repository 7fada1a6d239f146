"""What the ears know of voices, from what they know it, and how they let go of it."""

from __future__ import annotations

import numpy as np
import pytest

from speech.embedding import Vector
from speech.frames import RATE, Samples
from speech.lessons import WELL_KNOWN, KnownVoice, Lesson
from speech.recent import Window
from speech.voices import Voices

RUTH, TOM, MAYA = np.eye(16, dtype=np.float32)[:3]


def hears_nothing(samples: Samples) -> Vector:
    raise AssertionError("these voices are given as vectors")


@pytest.fixture
def voices() -> Voices:
    return Voices(hears_nothing)


def part(vector: Vector) -> list[Window]:
    return [Window(start=0, end=RATE, vector=vector.copy())]


def span(start: float, end: float) -> tuple[int, int]:
    return int(start * RATE), int(end * RATE)


def likeness(voices: Voices, vector: Vector) -> dict[str | int, float]:
    """Plain cosines, without what a table has in common."""
    return {label: float(voices._known[label].vector @ vector) for label in voices.labels}


def between(one: Vector, other: Vector, cosine: float) -> Vector:
    """A voice that is so much like the one, and for the rest like the other."""
    return np.asarray(cosine * one + np.sqrt(1 - cosine**2) * other, np.float32)


def test_a_tap_begins_a_voice_and_another_improves_it(voices: Voices) -> None:
    voices.teach("A", [RUTH], 2.0, span(0, 2))
    voices.teach("A", [between(RUTH, TOM, 0.9)], 2.0, span(10, 12))
    assert voices.seats == ("A",)
    assert likeness(voices, RUTH)["A"] == pytest.approx(0.975, abs=0.01)


def test_what_is_said_anew_of_the_same_stretch_takes_the_earlier_lesson_back(voices: Voices) -> None:
    voices.learn("A", part(RUTH), 6.0)
    voices.teach("A", [TOM], 3.0, span(10, 13))
    voices.teach("B", [TOM], 3.0, span(10, 13))
    assert likeness(voices, RUTH)["A"] == pytest.approx(1.0)
    assert likeness(voices, TOM) == pytest.approx({"A": 0.0, "B": 1.0}, abs=1e-5)


def test_a_seat_of_which_nothing_else_was_known_is_unknown_again(voices: Voices) -> None:
    voices.teach("A", [TOM], 3.0, span(10, 13))
    voices.teach("B", [TOM], 3.0, span(10.5, 13.5))
    assert voices.seats == ("B",)


def test_the_same_stretch_taught_twice_to_one_seat_counts_once(voices: Voices) -> None:
    voices.teach("A", [RUTH], 3.0, span(10, 13))
    voices.teach("A", [RUTH], 3.0, span(10, 13))
    assert voices._known["A"].seconds == 3.0


def test_a_turn_that_follows_another_is_another_lesson(voices: Voices) -> None:
    voices.teach("A", [RUTH], 3.0, span(10, 13))
    voices.teach("B", [TOM], 3.0, span(12.2, 16))
    assert voices.seats == ("A", "B")


def test_the_past_minute_put_right_takes_back_what_was_said_of_a_turn_in_it(voices: Voices) -> None:
    voices.teach("A", [TOM], 3.0, span(40, 43))
    voices.teach("B", [TOM], 20.0, span(0, 60))
    assert voices.seats == ("B",)


def test_what_a_wrongly_taught_voice_gathered_since_goes_with_the_lesson(voices: Voices) -> None:
    voices.learn("A", part(RUTH), 3.5)
    voices.follow("A", RUTH, 0.5)
    voices.teach("A", [TOM], 2.0, span(10, 12))
    voices.follow("A", TOM, 0.5)
    voices.teach("B", [TOM], 2.0, span(10, 12))
    assert likeness(voices, RUTH)["A"] == pytest.approx(1.0)
    assert voices._known["A"].seconds == 4.0


def test_what_followed_from_one_wrong_tap_alone_keeps_no_voice_at_the_seat(voices: Voices) -> None:
    voices.teach("A", [TOM], 2.0, span(10, 12))
    voices.follow("A", TOM, 0.5)
    voices.teach("B", [TOM], 2.0, span(10, 12))
    assert voices.seats == ("B",)


def test_a_lesson_of_a_stream_that_is_over_cannot_be_taken_back_by_the_next(voices: Voices) -> None:
    voices.teach("A", [RUTH], 3.0, span(10, 13))
    voices.begin_anew()
    voices.teach("B", [TOM], 3.0, span(10, 13))
    assert voices.seats == ("A", "B")


def test_a_name_given_to_a_voice_keeps_what_was_known_of_both(voices: Voices) -> None:
    voices.learn("A", part(RUTH), 4.0)
    number = voices.find([between(RUTH, TOM, 0.8)], 4.0)
    assert voices.name(number, "A")
    assert voices.labels == ("A",)
    assert voices._known["A"].seconds == 8.0
    assert likeness(voices, RUTH)["A"] == pytest.approx(0.95, abs=0.01)


def test_a_number_that_no_voice_has_names_nobody(voices: Voices) -> None:
    assert not voices.name(7, "A")
    assert voices.labels == ()


def test_numbers_are_never_given_twice(voices: Voices) -> None:
    first = voices.find([RUTH], 3.0)
    voices.forget(first)
    assert voices.find([TOM], 3.0) != first


def test_exchanged_voices_are_each_others(voices: Voices) -> None:
    voices.learn("A", part(RUTH), 6.0)
    voices.learn("B", part(TOM), 6.0)
    voices.exchange("A", "B")
    assert likeness(voices, RUTH) == pytest.approx({"A": 0.0, "B": 1.0})


def test_a_voice_moves_to_a_seat_that_had_none(voices: Voices) -> None:
    voices.learn("A", part(RUTH), 6.0)
    voices.exchange("A", "C")
    assert voices.seats == ("C",)


def test_a_seat_exchanged_with_itself_keeps_its_voice(voices: Voices) -> None:
    voices.learn("A", part(RUTH), 6.0)
    voices.exchange("A", "A")
    assert voices.seats == ("A",)


def test_whoever_forgets_overwrites_everything_with_zeros(voices: Voices) -> None:
    voices.learn("A", part(RUTH), 3.0)
    voices.follow("A", RUTH, 0.5)
    voices.teach("A", [RUTH], 3.0, span(0, 3))
    known = voices._known["A"]
    lessons = list(known.lessons)
    assert len(lessons) == 3
    voices.forget("A")
    assert not known.vector.any()
    assert not any(lesson.vector.any() for lesson in lessons)


def test_a_lesson_that_is_taken_back_is_overwritten_with_zeros(voices: Voices) -> None:
    voices.learn("A", part(RUTH), 3.0)
    voices.teach("A", [TOM], 3.0, span(0, 3))
    wrong = voices._known["A"].lessons[-1]
    voices.teach("B", [TOM], 3.0, span(0, 3))
    assert not wrong.vector.any()


def test_the_voice_of_a_number_is_overwritten_when_it_gets_its_name(voices: Voices) -> None:
    number = voices.find([RUTH], 3.0)
    known = voices._known[number]
    voices.name(number, "A")
    assert not known.vector.any()
    assert voices._known["A"].vector.any()


def test_a_voice_shows_its_vector_to_nobody_who_prints_it() -> None:
    lesson = Lesson(vector=RUTH.copy(), seconds=3.0, span=None)
    assert "array" not in repr(lesson)
    assert "array" not in repr(part(RUTH)[0])
    assert "array" not in repr(KnownVoice(lesson))


def test_a_seat_that_is_left_out_stays_known_and_is_not_measured(voices: Voices) -> None:
    voices.learn("A", part(RUTH), 6.0)
    voices.leave_out("A", True)
    assert not voices.measured("A")
    assert voices.seats == ("A",)
    voices.leave_out("A", False)
    assert voices.measured("A")
    assert voices.measured(None)


def test_little_known_voices_are_forgiven_more_only_when_everybody_is_known(voices: Voices) -> None:
    voices.expect(["A", "B"])
    voices.learn("A", part(RUTH), 3.0)
    heard = between(RUTH, MAYA, 0.5)
    before = float(voices.compare(heard)[0])
    voices.learn("B", part(TOM), 6.0)
    assert voices.complete
    assert float(voices.compare(heard)[0]) > before + 0.02


def test_a_voice_without_a_name_is_forgiven_nothing(voices: Voices) -> None:
    number = voices.find([RUTH], 3.0)
    assert voices.complete
    assert voices.compare(between(RUTH, TOM, 0.5)) == pytest.approx([0.5])
    assert voices.labels == (number,)


def test_less_is_expected_of_a_voice_the_less_is_known_of_it() -> None:
    seconds = [0.5, 1.0, 3.0, 6.0, WELL_KNOWN, 60.0]
    expected = [KnownVoice(Lesson(vector=RUTH, seconds=s, span=None)).expected for s in seconds]
    assert expected == sorted(expected)
    assert expected[-1] == expected[-2] == 1.0
    assert 0.6 < expected[0] < expected[2] < 1.0


def test_a_well_known_voice_follows_no_more(voices: Voices) -> None:
    voices.learn("A", part(RUTH), WELL_KNOWN)
    voices.follow("A", TOM, 0.5)
    assert likeness(voices, RUTH)["A"] == pytest.approx(1.0)


def test_an_evening_of_lessons_stays_small_and_true(voices: Voices) -> None:
    voices.learn("A", part(RUTH), 6.0)
    rng = np.random.default_rng(0)
    for number in range(500):
        noisy = between(RUTH, MAYA, 0.9 + 0.1 * rng.random())
        voices.teach("A", [noisy], 1.0, span(2 * number, 2 * number + 1))
    known = voices._known["A"]
    assert len(known.lessons) <= 24
    assert known.seconds == pytest.approx(506.0)
    assert likeness(voices, RUTH)["A"] > 0.95
    assert float(np.linalg.norm(known.vector)) == pytest.approx(1.0, abs=1e-4)


def test_old_lessons_that_became_one_are_not_taken_back_by_a_word_about_the_oldest(voices: Voices) -> None:
    for number in range(40):
        voices.teach("A", [RUTH], 1.0, span(2 * number, 2 * number + 1))
    voices.teach("B", [TOM], 1.0, span(0, 1))
    assert voices._known["A"].seconds == pytest.approx(40.0)


def test_two_seats_that_sound_alike_are_said_to(voices: Voices) -> None:
    assert voices.learn("A", part(RUTH), 6.0) is None
    assert voices.learn("B", part(between(RUTH, TOM, 0.7)), 6.0) is None
    assert voices.learn("C", part(between(RUTH, MAYA, 0.8)), 6.0) == "A"


def test_an_empty_table_resembles_nobody(voices: Voices) -> None:
    assert voices.compare(RUTH).shape == (0,)
    assert voices.closest(RUTH) is None


def test_what_is_left_of_a_mixture_is_the_other_voice(voices: Voices) -> None:
    for seat, vector in (("A", RUTH), ("B", TOM), ("C", MAYA)):
        voices.learn(seat, part(vector), 6.0)
    rest = voices.beside(between(RUTH, MAYA, 0.9), "A")
    assert int(np.argmax(rest)) == 2
    assert rest[0] == -1.0
