from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.simulation.alike import most_alike
from tests.simulation.meeting import Meeting, Recipe, simulate
from tests.simulation.room import SOUND, circle, furnish, line
from tests.simulation.shipped import rehearsal_voices
from tests.simulation.voices import RATE, STEP, Voice, from_arrays, from_folder, runs

ROOT = Path(__file__).parents[2]
RECIPE = Recipe(name="made", seed=4, minutes=1.0, guest=True, reflections=4, reverberation=0.3)


@cache
def voices() -> tuple[Voice, ...]:
    return tuple(rehearsal_voices("en"))


@pytest.fixture(scope="module")
def made() -> Meeting:
    return simulate(RECIPE, voices()[:4])


@pytest.fixture(scope="module")
def dry() -> Meeting:
    return simulate(replace(RECIPE, dry=True, minutes=2.5), voices()[:4])


def spoken_steps(meeting: Meeting, who: str | None = None) -> np.ndarray:
    flags = np.zeros(meeting.sound.shape[1] // STEP, bool)
    for voice, start, end in meeting.said:
        if who in (None, voice):
            flags[round(start * 100) : round(end * 100)] = True
    return flags


def test_the_same_seed_makes_the_same_meeting_and_another_seed_another(made: Meeting) -> None:
    again = simulate(RECIPE, voices()[:4])
    assert np.array_equal(again.sound, made.sound)
    assert (again.said, again.truth) == (made.said, made.truth)
    other = simulate(replace(RECIPE, seed=5), voices()[:4])
    assert other.said != made.said


def test_where_the_truth_says_speech_there_is_sound_and_elsewhere_none(dry: Meeting) -> None:
    decibel = 10 * np.log10((dry.sound[0].reshape(-1, STEP) ** 2).mean(1) + 1e-12)
    said = spoken_steps(dry)
    between = ~np.convolve(said, np.ones(17), "same").astype(bool)  # soft beginnings and ends aside
    assert between.sum() > 500
    assert np.median(decibel[said]) > np.median(decibel[between]) + 30
    assert np.mean(decibel[said] > np.percentile(decibel[between], 99)) > 0.93


@pytest.mark.parametrize("asked", [0.0, 0.05, 0.12])
def test_there_is_about_as_much_overlap_as_was_asked(asked: float) -> None:
    meeting = simulate(replace(RECIPE, dry=True, minutes=4.0, overlap=asked), voices())
    assert meeting.truth["overlap_fraction"] == pytest.approx(asked, abs=0.015)
    assert (meeting.truth["events"]["overlapping_changes"] > 0) == (asked > 0)


def test_shares_make_one_and_follow_the_weights(dry: Meeting) -> None:
    assert sum(dry.truth["true_share"].values()) == pytest.approx(1.0, abs=1e-3)
    uneven = simulate(replace(RECIPE, dry=True, guest=False, minutes=6.0, weights=(0.6, 0.3, 0.1)), voices()[:3]).truth[
        "true_share"
    ]
    assert list(uneven.values()) == pytest.approx([0.6, 0.3, 0.1], abs=0.07)


def test_everybody_but_the_guest_checks_in_alone_before_the_conversation(dry: Meeting) -> None:
    seats = dry.truth["seats"]
    assert [seat["name"] for seat in seats] == ["A", "B", "C"]
    for seat in seats:
        within = [who for who, start, end in dry.said if start < seat["enrol_end"] and end > seat["enrol_start"]]
        assert set(within) == {seat["name"]}
        assert 4.0 < seat["enrol_end"] - seat["enrol_start"] < 9.0
    begin = dry.truth["conversation_start"]
    assert begin > seats[-1]["enrol_end"]
    assert min(start for who, start, _ in dry.said if who == "Guest") >= begin


def test_a_meeting_has_changes_that_overlap_listeners_that_hum_and_silences(dry: Meeting) -> None:
    counts = dry.truth["events"]
    assert counts["turns"] > 10
    assert counts["overlapping_changes"] > 2
    assert counts["backchannels"] > 2
    longest = max(past - first for first, past in runs(~spoken_steps(dry)))
    assert longest > 100


def test_what_is_written_can_be_read_by_the_scorers(made: Meeting, tmp_path: Path) -> None:
    path = made.write(tmp_path)
    sound, rate = soundfile.read(path)
    assert (rate, sound.shape) == (RATE, (made.sound.shape[1],))
    assert json.loads(path.with_suffix(".json").read_text("utf-8"))["conversation_start"] > 10
    first = path.with_suffix(".rttm").read_text("utf-8").splitlines()[0].split()
    assert (first[:3], first[7], float(first[3])) == (["SPEAKER", "made", "1"], "A", made.said[0][1])


@pytest.mark.parametrize("places", [circle(4, 0.05), line(3, 0.1)], ids=["circle", "line"])
def test_every_channel_of_an_array_hears_each_seat_as_late_as_its_way_is_long(places: np.ndarray) -> None:
    room = furnish(np.random.default_rng(2), seats=3, microphones=places)
    assert room.azimuths[:3] == pytest.approx(
        [np.degrees(np.arctan2(*(seat - room.microphones.mean(0))[1::-1])) % 360 for seat in room.sources[:3]]
    )
    for response, ways in zip(room.responses(0), room.distances, strict=True):
        spectra = np.fft.rfft(response, 4096)
        for channel in range(1, len(places)):
            alike = np.fft.irfft(spectra[channel] * np.conj(spectra[0]), 4096 * 16)
            late = (np.argmax(np.roll(alike, 2048 * 16)) - 2048 * 16) / 16
            assert late == pytest.approx((ways[channel] - ways[0]) / SOUND * RATE, abs=0.15)


def test_all_channels_of_a_meeting_are_written(tmp_path: Path) -> None:
    array = tuple(tuple(place) for place in circle(4).tolist())
    meeting = simulate(replace(RECIPE, minutes=0.2, microphones=array), voices()[:3])
    assert soundfile.info(meeting.write(tmp_path)).channels == 4
    assert len(meeting.truth["room"]["azimuth_degrees"]) == 3


def test_a_quiet_voice_sits_far_away_and_is_soft() -> None:
    meeting = simulate(replace(RECIPE, quiet=(1,), guest=False, noise=("pink",), snr=40.0), voices()[:3])
    assert meeting.truth["room"]["distance_m"][1] == pytest.approx(1.5, abs=0.15)
    power = meeting.sound[0].reshape(-1, STEP) ** 2
    level = {
        seat["name"]: 10 * np.log10(power[round(seat["enrol_start"] * 100) : round(seat["enrol_end"] * 100)].mean())
        for seat in meeting.truth["seats"]
    }
    assert level["B"] < min(level["A"], level["C"]) - 4


def test_noises_are_where_the_truth_says_and_as_loud_as_asked() -> None:
    noisy = replace(RECIPE, noise=("cups", "coughs", "typing", "clicks"), snr=60.0, minutes=1.5)
    meeting = simulate(noisy, voices()[:3])
    quiet = simulate(replace(noisy, noise=()), voices()[:3])
    assert {kind for _, kind in meeting.truth["noises"]} == {"cups", "coughs", "typing", "clicks"}
    extra = meeting.sound[0] / meeting.sound[0].std() - quiet.sound[0] / quiet.sound[0].std()
    for at, _ in meeting.truth["noises"]:
        assert np.abs(extra[int(at * RATE) : int((at + 0.3) * RATE)]).max() > 0.1
    loud = simulate(replace(RECIPE, noise=("pink", "projector"), snr=6.0), voices()[:3])
    power = (loud.sound[0].reshape(-1, STEP) ** 2).mean(1)
    said = spoken_steps(loud)
    silent = ~np.convolve(said, np.ones(81), "same").astype(bool)
    assert 10 * np.log10(power[said].mean() / power[silent].mean()) == pytest.approx(7.0, abs=1.5)  # 6 dB, and itself


def test_twins_are_one_speaker_of_whom_half_is_a_little_higher() -> None:
    low, high = voices()[3].twin(1.05)
    assert (low.label, high.label) == ("Ruth-1", "Ruth-2")
    own = voices()[3].phrases[1]
    assert len(high.phrases[0].sound) == pytest.approx(len(own.sound) / 1.05, abs=STEP)
    assert high.phrases[0].spoken.mean() == pytest.approx(own.spoken.mean(), abs=0.05)


def test_any_recordings_of_single_speakers_will_do(tmp_path: Path) -> None:
    ruth = np.concatenate([phrase.sound for phrase in voices()[3].phrases[:4]])
    spaced = np.concatenate([np.zeros(RATE), ruth, np.zeros(RATE), ruth]).astype(np.float32)
    quiet = spaced + np.random.default_rng(1).standard_normal(len(spaced)).astype(np.float32) * 1e-4
    (tmp_path / "someone").mkdir()
    soundfile.write(tmp_path / "someone" / "one.wav", quiet, RATE)
    (voice,) = from_folder(tmp_path)
    assert voice.label == "someone"
    assert voice.seconds == pytest.approx(from_arrays("x", [quiet]).seconds)
    assert voice.seconds == pytest.approx(2 * len(ruth) / RATE, rel=0.15)


def test_the_two_voices_of_one_speaker_are_the_most_alike() -> None:
    first, second, cosine = most_alike([voices()[0], *voices()[3].twin(1.02), voices()[1]])
    assert {first, second} == {1, 2}
    assert cosine > 0.7


def test_meetings_are_made_from_the_command_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.simulation", "--output", str(tmp_path), "--seats", "2", "--minutes", "0.3"]
    subprocess.run([*command, "--dry", "--guest", "--seeds", "7", "8"], check=True, cwd=ROOT)
    assert sorted(path.name for path in tmp_path.glob("*.flac")) == ["meeting_7.flac", "meeting_8.flac"]
    assert json.loads((tmp_path / "meeting_8.json").read_text("utf-8"))["guest"] == "Guest"
