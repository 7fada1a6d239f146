"""What is wrong with the sound is told while listening, and a seat that asks is told how well it is heard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speech.embedding import Embedder
from speech.events import ListeningEnded, SeatChecked, SoundJudged, SpeechEvent, TurnEnded
from speech.frames import RATE, Samples
from speech.listener import listen
from speech.requests import CheckSeat, Request, Stop
from speech.sources import Recording
from speech.voices import Voices
from tests.ears.conftest import Meeting
from tests.ears.sounds import at_level, coloured, fan, hum, music, tone, white

SECONDS = 15
Plan = dict[float, Request]
"""Second to what is asked then."""


def told(folder: Path, sound: np.ndarray, network: Embedder, plan: Plan | None = None) -> list[SpeechEvent]:
    soundfile.write(folder / "bad.wav", sound, RATE, format="WAV", subtype="FLOAT")
    frames = Counted(Recording(folder / "bad.wav"), plan or {})
    return list(listen(frames, voices=Voices(network), asked=frames.asked))


class Counted:
    """A recording, and requests that come at its seconds."""

    def __init__(self, source: Recording, plan: Plan) -> None:
        self.kind, self.name = source.kind, source.name
        self._source, self._plan, self._at = source, plan, 0.0

    def __iter__(self) -> Iterator[object]:
        for frame in self._source:
            self._at = frame.end
            yield frame

    def stop(self) -> None:
        self._source.stop()

    def asked(self) -> Iterator[Request]:
        for second in [second for second in self._plan if second <= self._at]:
            yield self._plan.pop(second)


@pytest.mark.parametrize(
    ("sound", "trouble"),
    [
        (np.zeros(SECONDS * RATE), "dead"),
        (np.full(SECONDS * RATE, 0.4), "dead"),
        (np.full(SECONDS * RATE, np.nan), "dead"),
        (np.tile(white(0.2), SECONDS * 5), "dead"),
        (at_level(white(SECONDS), -25), "noise"),
        (fan(SECONDS), "noise"),
        (tone(SECONDS), "noise"),
        (hum(SECONDS), "hum"),
        (music(SECONDS), "music"),
    ],
    ids=["zeros", "offset", "nan", "stuck", "white", "fan", "tone", "hum", "music"],
)
def test_bad_sound_is_explained_once_and_booked_on_nobody(
    sound: np.ndarray, trouble: str, network: Embedder, tmp_path: Path
) -> None:
    events = told(tmp_path, sound, network)
    assert [event.trouble for event in events if isinstance(event, SoundJudged)] == [trouble]
    assert not any(isinstance(event, TurnEnded) for event in events)
    assert isinstance(events[-1], ListeningEnded)


def test_speech_too_soft_or_too_loud_is_explained(network: Embedder, meeting: Meeting, tmp_path: Path) -> None:
    def troubles(sound: Samples) -> list[str]:
        return [event.trouble for event in told(tmp_path, sound, network) if isinstance(event, SoundJudged)]

    assert troubles(at_level(meeting.sound, -52)) == ["too_quiet"]
    assert troubles(np.clip(meeting.sound * 20, -1, 1)) == ["clipped"]
    assert troubles(meeting.sound) == []


def test_a_stuck_device_books_no_minute_on_who_spoke_last(network: Embedder, meeting: Meeting, tmp_path: Path) -> None:
    start = int(meeting.turns[0][1] * RATE)
    sound = meeting.sound[: start + RATE]
    events = told(tmp_path, np.concatenate([sound, np.tile(sound[-RATE // 5 :], 150)]), network)
    assert "dead" in [event.trouble for event in events if isinstance(event, SoundJudged)]
    assert max(event.end for event in events if isinstance(event, TurnEnded)) < len(sound) / RATE + 3.0


def test_a_seat_is_told_how_well_it_is_heard(network: Embedder, meeting: Meeting, tmp_path: Path) -> None:
    (_, start, _), (_, other, _) = meeting.turns[:2]
    noise = at_level(coloured(len(meeting.sound) / RATE + 1, 1.0)[: len(meeting.sound)], -30)
    noise[: int((other - 0.5) * RATE)] = 0.0
    plan: Plan = {start - 0.3: CheckSeat(seat="A"), other - 0.3: CheckSeat(seat="B")}
    events = told(tmp_path, at_level(meeting.sound, -30) + noise, network, plan)
    checked = [event for event in events if isinstance(event, SeatChecked)]
    assert [(event.seat, event.verdict) for event in checked] == [("A", "good"), ("B", "noisy")]
    assert checked[0].noise < checked[1].noise


def test_a_check_that_nobody_answers_or_that_is_cut_short_is_told_as_well(network: Embedder, tmp_path: Path) -> None:
    quiet = at_level(coloured(14, 1.0), -65)
    plan: Plan = {1.0: CheckSeat(seat="A"), 11.0: CheckSeat(seat="B"), 12.0: Stop()}
    events = told(tmp_path, quiet, network, plan)
    checked = [event for event in events if isinstance(event, SeatChecked)]
    assert [(event.seat, event.verdict, event.seconds) for event in checked] == [
        ("A", "nothing", 0),
        ("B", "nothing", 0),
    ]
    assert events[-1] == ListeningEnded(at=events[-1].at, reason="asked")
