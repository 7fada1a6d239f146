"""Sound that is no good, through the whole listener, with three seats whose voices are known."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speech.events import FramesLost, Heard, ListeningBegan, ListeningEnded, SpeechEvent, TurnBegan, TurnEnded
from speech.frames import RATE, Frame, Samples
from speech.listener import listen
from speech.microphone import _convert
from speech.mono import Mono
from speech.sources import Recording
from speech.voices import Voices
from tests.ears.conftest import Meeting
from tests.ears.sounds import at_level, coloured, cups, fan, frames_of, hum, music, organ, tone, typing, white

SECONDS = 40
FORMAT = {"samplerate": RATE, "format": "WAV", "subtype": "FLOAT"}


class Given:
    """Frames as a source, wherever they come from."""

    kind, name = "recording", "given"

    def __init__(self, frames: list[Frame | FramesLost]) -> None:
        self._frames, self._stopped = frames, False

    def __iter__(self) -> Iterator[Frame | FramesLost]:
        return itertools.takewhile(lambda _: not self._stopped, self._frames)

    def stop(self) -> None:
        self._stopped = True


def written(folder: Path, sound: np.ndarray) -> Recording:
    soundfile.write(folder / "bad.wav", sound, **FORMAT)
    return Recording(folder / "bad.wav")


def turns(events: list[SpeechEvent]) -> list[TurnEnded]:
    return [event for event in events if isinstance(event, TurnEnded)]


def conversation(meeting: Meeting) -> Samples:
    return meeting.sound[int(meeting.begin * RATE) :]


def seats_said(meeting: Meeting) -> list[str]:
    return [seat for seat, _, _ in meeting.turns]


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(SECONDS * RATE),
        np.full(SECONDS * RATE, 0.4),
        np.full(SECONDS * RATE, np.nan),
        np.full(SECONDS * RATE, np.inf),
        at_level(white(SECONDS), -10),
        at_level(white(SECONDS), -40),
        coloured(SECONDS, 1.0),
        fan(SECONDS),
        tone(SECONDS, 440),
        tone(SECONDS, 200),
        hum(SECONDS, 50),
        hum(SECONDS, 60),
        np.tile(white(0.05), SECONDS * 20),
        music(SECONDS),
        organ(SECONDS),
        typing(SECONDS),
        cups(SECONDS),
    ],
    ids=[
        *("zeros", "offset", "nan", "infinite", "white", "soft white", "pink", "fan", "tone", "low tone"),
        *("hum 50", "hum 60", "stuck", "music", "organ", "typing", "cups"),
    ],
)
def test_what_is_no_speech_is_nobodys(sound: np.ndarray, voices: Voices, tmp_path: Path) -> None:
    told = list(listen(written(tmp_path, sound), voices=voices))
    assert not any(isinstance(event, TurnBegan | TurnEnded) for event in told)
    assert [event.at for event in told if isinstance(event, Heard)] == [float(n) for n in range(1, SECONDS + 1)]
    assert all(-100.0 <= event.level <= 0.0 for event in told if isinstance(event, Heard))
    assert isinstance(told[0], ListeningBegan)
    assert isinstance(told[-1], ListeningEnded)
    assert told[-1].reason == "end"
    assert len(told) <= SECONDS + 5


def test_speech_at_minus_50_is_still_given_to_who_spoke(voices: Voices, meeting: Meeting, tmp_path: Path) -> None:
    told = turns(list(listen(written(tmp_path, at_level(conversation(meeting), -50)), voices=voices)))
    assert [turn.seat for turn in told if not turn.continues] == seats_said(meeting)


def test_an_offset_and_damaged_samples_do_not_change_who_spoke(
    voices: Voices, meeting: Meeting, tmp_path: Path
) -> None:
    sound = conversation(meeting) * 0.5 + 0.3
    sound[RATE::RATE] = np.nan
    sound[RATE // 2 :: RATE] = np.inf
    told = turns(list(listen(written(tmp_path, sound), voices=voices)))
    assert [turn.seat for turn in told if not turn.continues] == seats_said(meeting)


def test_nothing_is_booked_in_a_gap(voices: Voices, meeting: Meeting) -> None:
    sound, shift = conversation(meeting)[:, None], meeting.begin
    _, start, end = meeting.turns[1]
    middle = int(((start + end) / 2 - shift) * 20)  # blocks of 50 ms, as a microphone gives them
    mono, frames = Mono(rate=RATE, channels=1), []
    for number in range(len(sound) // 800):
        lost = 3 * RATE if number == middle else 0
        frames += list(_convert(mono, sound[number * 800 : (number + 1) * 800], lost, RATE))
    told = list(listen(Given(frames), voices=voices))
    lost = [event for event in told if isinstance(event, FramesLost)]
    assert [event.seconds for event in lost] == [3.0]
    assert lost[0].at == pytest.approx(middle / 20, abs=0.15)
    for turn in turns(told):
        assert turn.end <= lost[0].at + 0.5 or turn.start >= lost[0].at + 2.5
    spoken = sum(turn.end - turn.start for turn in turns(told) if turn.seat is not None)
    assert spoken == pytest.approx(sum(end - start for _, start, end in meeting.turns), rel=0.15)
    seconds = [event.at for event in told if isinstance(event, Heard)]
    assert seconds == [float(n) for n in range(1, len(seconds) + 1)]
    assert len(seconds) == int(len(sound) / RATE + 3.0)


def test_a_device_that_stutters_gives_no_turn_to_the_wrong_seat(
    voices: Voices, meeting: Meeting, tmp_path: Path
) -> None:
    sound = conversation(meeting)[: int(6.0 * RATE)]
    blocks = sound[: len(sound) // 800 * 800].reshape(-1, 800)
    stuttering = np.concatenate(
        [blocks[:40].ravel(), np.repeat(blocks[40:44], 10, axis=0).ravel(), blocks[44:].ravel()]
    )
    told = turns(list(listen(written(tmp_path, stuttering), voices=voices)))
    assert {turn.seat for turn in told} <= {None, *seats_said(meeting)[:2]}
    assert seats_said(meeting)[0] in {turn.seat for turn in told}


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.04])
def test_next_to_nothing_ends_at_once(seconds: float, voices: Voices) -> None:
    told = list(listen(Given(list(frames_of(white(seconds)))), voices=voices))
    assert told[-1].reason == "end"
    assert not turns(told)


def test_a_track_of_many_channels_with_a_clipped_one_is_given_to_who_spoke(
    voices: Voices, meeting: Meeting, tmp_path: Path
) -> None:
    sound = conversation(meeting)
    channels = [np.clip(sound * 40, -1, 1), -sound, np.zeros_like(sound), *(np.roll(sound, n) for n in range(3))]
    source = written(tmp_path, np.stack(channels, axis=1))
    told = turns(list(listen(source, voices=voices)))
    assert [turn.seat for turn in told if not turn.continues] == seats_said(meeting)
