from __future__ import annotations

import time
import tracemalloc
from functools import cache

import numpy as np
import pytest
import soxr

from speech.direction import ELSEWHERE, MOST, Direction, Fingerprint, likeness, votes
from speech.frames import FRAME, RATE, Frame
from speech.mono import Mono
from speech.places import Places
from tests.ears.sounds import at_level, white
from tests.simulation.meeting import Meeting, Recipe, simulate
from tests.simulation.room import circle, line
from tests.simulation.shipped import rehearsal_voices

ARRAYS = {"4 at 45 mm": circle(4, 0.045), "4 at 32 mm": circle(4, 0.032), "2 at 90 mm": line(2, 0.09)}


@cache
def meeting(array: str) -> Meeting:
    """Five seats round a table, 0.4 s of reverberation, 15 dB of noise that each microphone hears for itself."""
    places = tuple(tuple(float(metres) for metres in place) for place in ARRAYS[array])
    recipe = Recipe(name="array", seed=3, minutes=1.2, overlap=0.0, microphones=places, reverberation=0.4, snr=15.0)
    return simulate(recipe, rehearsal_voices("en"))


def frames_from(channels: np.ndarray, rate: int = RATE, block: int = 800) -> list[Frame]:
    """Shape (samples, channels) through the same room as live sound."""
    mono = Mono(rate=rate, channels=channels.shape[1])
    parts = (channels[begin : begin + block] for begin in range(0, len(channels), block))
    return [frame for part in parts for frame in mono.feed(part)]


def heard(channels: np.ndarray, **how: int) -> Direction:
    direction = Direction()
    for frame in frames_from(channels, **how):
        direction.hear(frame)
    return direction


def of_seats(direction: Direction, told: Meeting, late: float = 0.0) -> dict[str, Fingerprint | None]:
    """From the check-in round."""
    spans = {seat["name"]: (seat["enrol_start"] + late, seat["enrol_end"] + late) for seat in told.truth["seats"]}
    return {seat: direction.fingerprint(int(start * RATE), int(end * RATE)) for seat, (start, end) in spans.items()}


def right_seats(direction: Direction, told: Meeting, window: float) -> tuple[float, int]:
    """Share of windows of the conversation given to the right seat by direction alone, and how many windows."""
    known = of_seats(direction, told)
    assert all(place is not None for place in known.values())
    seats, right = list(known), []
    for seat, start, end in told.said:
        for begin in np.arange(start, end - window, window) if start > told.truth["conversation_start"] else ():
            place = direction.fingerprint(int(begin * RATE), int((begin + window) * RATE))
            if place is not None:
                right.append(seats[int(np.argmax(votes(place, list(known.values()))))] == seat)
    return float(np.mean(right)), len(right)


@pytest.mark.parametrize("array", ARRAYS)
def test_direction_alone_knows_the_seat(array: str) -> None:
    told = meeting(array)
    direction = heard(told.sound.T)
    half, halves = right_seats(direction, told, 0.5)
    whole, wholes = right_seats(direction, told, 1.5)
    assert halves > 60
    assert wholes > 15
    assert half > 0.93
    assert whole > 0.97


def test_a_processed_and_a_playback_channel_are_left_out_of_it() -> None:
    told = meeting("4 at 32 mm")
    raw = told.sound.T
    playing = at_level(white(len(raw) / RATE + 1, 8)[: len(raw)], -30)
    six = np.column_stack([np.roll(raw.mean(axis=1), 400) * 2, raw, playing]).astype(np.float32)
    direction = heard(six)
    assert direction._chosen is not None
    assert direction._chosen.tolist() == [1, 2, 3, 4]
    assert right_seats(direction, told, 1.5)[0] > 0.97


def test_any_rate_and_any_size_of_blocks_give_the_same_directions() -> None:
    told = meeting("4 at 45 mm")
    part = told.sound.T[: 40 * RATE]
    known = of_seats(heard(part), told)
    again = of_seats(heard(part, block=100_000), told)
    fast = of_seats(heard(soxr.resample(part, RATE, 48_000), rate=48_000), told)
    for seat in ("A", "B", "C"):
        assert np.array_equal(known[seat], again[seat])
        assert likeness(known[seat], fast[seat]) > 0.99


@pytest.mark.parametrize(
    "channels",
    [
        np.repeat(white(8.0)[:, None], 1, axis=1),
        np.repeat(white(8.0)[:, None], 4, axis=1),
        np.column_stack([white(8.0), np.zeros(8 * RATE, np.float32)]),
        np.full((8 * RATE, 4), np.nan, np.float32),
    ],
    ids=["mono", "one signal four times", "a dead channel", "nan"],
)
def test_without_channels_that_tell_more_nothing_is_remembered(channels: np.ndarray) -> None:
    direction = heard(channels)
    assert direction.fingerprint(0, 8 * RATE) is None
    assert not votes(None, [None, None]).any()


def test_microphones_too_far_from_each_other_to_be_an_array_say_nothing() -> None:
    apart = np.column_stack([white(8.0, seed) for seed in range(4)])
    assert heard(apart).fingerprint(0, 8 * RATE) is None


def test_silence_and_steady_noise_have_no_direction() -> None:
    source = white(10.0, 2)
    steady = np.column_stack([np.roll(source, shift) for shift in (0, 1, 2, 1)])
    assert heard(steady).fingerprint(5 * RATE, 10 * RATE) is None


def test_a_sound_from_nobodys_place_speaks_for_the_unknown_voice() -> None:
    told = meeting("4 at 45 mm")
    known = of_seats(heard(told.sound.T), told)
    places = [known[seat] for seat in "ABC"]
    own = votes(known["A"], [*places, None])
    assert int(np.argmax(own)) == 0
    assert own[3] == pytest.approx(-MOST / 2)
    strange = -np.asarray(known["A"])
    assert likeness(strange, np.asarray(known["B"])) < ELSEWHERE
    assert int(np.argmax(votes(strange, [*places, None]))) == 3
    assert float(votes(strange, [*places, None]).min()) >= -MOST


SEATS = ["A", "B", "C", "D", "E"]


def surely(seat: str, chance: float = 0.96) -> np.ndarray:
    """What the voice alone says: this seat, and a little of every other."""
    return np.array([chance if other == seat else (1 - chance) / 4 for other in SEATS])


def test_places_earn_their_vote_and_lose_it_when_the_microphone_is_turned() -> None:
    told = meeting("4 at 45 mm")
    turned = told.sound.T[:, [1, 2, 3, 0]]
    known, after = of_seats(heard(told.sound.T), told), of_seats(heard(turned), told)
    places = Places()
    for seat in SEATS:
        places.learn(seat, known[seat])
    assert float(places.votes([*SEATS, None], known["A"]).min()) > -0.3
    for seat in SEATS * 2:
        places.settle(SEATS, surely(seat), known[seat])
    assert places.trust > 0.9
    assert int(np.argmax(places.votes(["B", "A", None], known["A"]))) == 1
    trusted = []
    for seat in SEATS * 8:
        places.settle(SEATS, surely(seat), after[seat])
        trusted.append(places.trust)
    assert min(trusted) < 0.5
    for seat in SEATS * 12:
        places.settle(SEATS, surely(seat), after[seat])
    assert places.trust > 0.9
    assert int(np.argmax(places.votes(["B", "A", None], after["A"]))) == 1


def test_voices_that_can_hardly_be_told_apart_still_show_that_directions_are_right() -> None:
    told = meeting("4 at 45 mm")
    known = of_seats(heard(told.sound.T), told)
    places = Places()
    for seat in SEATS:
        places.learn(seat, known[seat])
    for seat in SEATS * 8:
        places.settle(SEATS, surely(seat, 0.45), known[seat])
    assert places.trust > 0.9
    for _ in range(40):
        places.settle(SEATS, np.full(5, 0.2), known["A"])  # a voice like nobody's, which proves nothing
    assert int(np.argmax(places.votes(SEATS, known["E"]))) == 4


def test_places_are_learned_from_clear_voices_exchanged_and_forgotten() -> None:
    told = meeting("4 at 45 mm")
    known = of_seats(heard(told.sound.T), told)
    places = Places()
    for seat in SEATS * 5:
        places.settle(SEATS, surely(seat), known[seat])
    assert int(np.argmax(places.votes(SEATS, known["B"]))) == 1
    places.exchange("A", "B")
    assert int(np.argmax(places.votes(["A", "B"], known["A"]))) == 1
    places.forget("B")
    assert places.votes(["B"], known["A"]).tolist() == [0.0]
    places.forget()
    assert not places.votes(["A", "C", None], known["A"]).any()


def test_a_device_that_changes_its_channels_starts_anew_and_old_places_say_nothing() -> None:
    told = meeting("4 at 45 mm")
    direction = heard(told.sound.T)
    old = of_seats(direction, told)["A"]
    for frame in frames_from(told.sound.T[: 20 * RATE, :2]):
        direction.hear(frame)
    new = direction.fingerprint(0, 20 * RATE)
    assert new is not None
    assert old is not None
    assert likeness(old, new) == 0.0
    assert not votes(new, [old, old]).any()


def test_it_costs_little_and_an_hour_takes_no_more_memory_than_three_minutes() -> None:
    told = meeting("4 at 45 mm")
    frames = frames_from(told.sound.T)
    direction, length = Direction(), len(frames) * FRAME
    began = time.process_time()
    for frame in frames:
        direction.hear(frame)
    assert (time.process_time() - began) / (length / RATE) < 0.003
    tracemalloc.start()
    for again in range(1, 5):
        for frame in frames:
            direction.hear(
                Frame(samples=frame.samples, position=frame.position + again * length, channels=frame.channels)
            )
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert grown < 200_000
    assert direction.fingerprint(0, length) is None
