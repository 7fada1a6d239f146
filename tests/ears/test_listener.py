from __future__ import annotations

import dataclasses
import itertools
import json
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speech.embedding import Embedder
from speech.enrolment import enrol_from
from speech.events import (
    EnrolmentRefused,
    FramesLost,
    Heard,
    ListeningBegan,
    ListeningEnded,
    SeatEnrolled,
    SpeechEvent,
    TurnBegan,
    TurnEnded,
    UtteranceNoted,
    VoiceNamed,
    WordsLeftOut,
    from_json,
    to_json,
)
from speech.frames import RATE, Frame
from speech.listener import listen
from speech.noting import Context
from speech.requests import Enrol, Forget, Listen, NameVoice, Request, Stop, TellRoles
from speech.sources import Recording, Silence
from speech.voices import Voices
from speech.words.recogniser import Word
from tests.ears.conftest import (
    VOICES,
    CountingClassifier,
    CountingRecogniser,
    Meeting,
    listen_to,
)

REHEARSAL = Path(__file__).parents[2] / "server/rehearsal/en.opus"


def comparable(events: list[SpeechEvent]) -> list[str]:
    """Without what measures the machine: when a note came, and how long the computing took."""
    return sorted(
        repr(dataclasses.replace(event, computing=0.0) if isinstance(event, UtteranceNoted) else event)
        for event in events
        if not isinstance(event, ListeningBegan)
    )


def turns(events: list[SpeechEvent]) -> list[TurnEnded]:
    return [event for event in events if isinstance(event, TurnEnded)]


class Asking:
    """Requests that come when the sound reaches a second."""

    def __init__(self, source: Recording, plan: list[tuple[float, Request]]) -> None:
        self.kind, self.name = source.kind, source.name
        self._source, self._plan, self._at = source, plan, 0.0

    def __iter__(self) -> Iterator[object]:
        for frame in self._source:
            self._at = frame.end
            yield frame

    def stop(self) -> None:
        self._source.stop()

    def asked(self) -> Iterator[Request]:
        while self._plan and self._plan[0][0] <= self._at:
            yield self._plan.pop(0)[1]


def test_every_turn_is_given_to_who_spoke_it(heard: list[SpeechEvent], meeting: Meeting) -> None:
    told = [turn for turn in turns(heard) if turn.start >= meeting.begin]
    assert [turn.seat for turn in told] == [seat for seat, _, _ in meeting.turns]
    for turn, (_, start, end) in zip(told, meeting.turns, strict=True):
        assert turn.start == pytest.approx(start, abs=0.25)
        assert turn.end == pytest.approx(end, abs=0.5)


def test_turns_do_not_overlap_and_no_speech_is_counted_twice(heard: list[SpeechEvent], meeting: Meeting) -> None:
    told = turns(heard)
    assert all(before.end <= after.start for before, after in itertools.pairwise(told))
    spoken = sum(end - start for _, start, end in (*meeting.enrolments, *meeting.turns))
    assert sum(turn.end - turn.start for turn in told) == pytest.approx(spoken, rel=0.08)


def test_who_begins_is_told_before_the_turn_ends(heard: list[SpeechEvent]) -> None:
    shown: str | None = None
    for event in heard:
        if isinstance(event, TurnBegan):
            shown = event.seat
        elif isinstance(event, TurnEnded):
            assert shown == event.seat


def test_every_second_is_told_and_the_end_comes_last(heard: list[SpeechEvent], meeting: Meeting) -> None:
    seconds = [event.at for event in heard if isinstance(event, Heard)]
    assert seconds == [float(second) for second in range(1, int(len(meeting.sound) / RATE) + 1)]
    assert isinstance(heard[0], ListeningBegan)
    assert heard[-1] == ListeningEnded(at=heard[-1].at, reason="end")


def test_every_utterance_carries_the_role_of_who_spoke_it(heard: list[SpeechEvent]) -> None:
    roles = {"A": "facilitator", "B": "case_owner", "C": "peer"}
    noted = [event for event in heard if isinstance(event, UtteranceNoted)]
    assert [event.seat for event in noted] == [turn.seat for turn in turns(heard)]
    assert all(event.cue == f"{roles[event.seat or '']}.analysis" for event in noted)
    assert all(event.text is None and 0 < event.heard - event.end < 2.5 for event in noted)


def test_events_survive_the_wire(heard: list[SpeechEvent]) -> None:
    assert [from_json(to_json(event)) for event in heard] == heard


@pytest.mark.parametrize("how", [{"threaded": True}, {"block": 0.0373}, {"speed": 12.0, "threaded": True}])
def test_threads_chunks_and_pace_do_not_change_the_events(
    heard: list[SpeechEvent], meeting: Meeting, voices: Voices, how: dict[str, float]
) -> None:
    threaded = bool(how.pop("threaded", False))
    again = list(listen_to(meeting, voices, Recording(meeting.path, **how), threaded=threaded))
    assert comparable(again) == comparable(heard)


def test_a_minute_of_silence_is_booked_on_nobody(voices: Voices) -> None:
    told = list(listen(Silence(60.0), voices=voices))
    assert not turns(told)
    assert {event.level for event in told if isinstance(event, Heard)} == {-100.0}


def test_without_enrolment_voices_get_numbers_and_a_tap_names_one(meeting: Meeting, voices: Voices) -> None:
    voices.forget()
    plan: list[tuple[float, Request]] = [(meeting.turns[3][1] + 2.0, NameVoice(voice=1, seat="A"))]
    source = Asking(Recording(meeting.path, begin=meeting.begin), plan)
    told = list(listen(source, voices=voices, asked=source.asked))  # type: ignore[arg-type]
    # The third voice of this synthesiser resembles the second too much to be told from it without a check-in.
    assert [turn.voice for turn in turns(told)][:2] == [1, 2]
    assert [turn.seat for turn in turns(told)][-1] == "A"
    assert VoiceNamed(voice=1, seat="A") in told
    assert voices.seats == ("A",)


@pytest.mark.parametrize("known", ["AC", "BCD"])
def test_a_stranger_is_unknown(network: Embedder, known: str) -> None:
    truth = json.loads(REHEARSAL.with_suffix(".json").read_text("utf-8"))
    seats = [(s["letter"], s["enrol_start"], s["enrol_end"]) for s in truth["seats"] if s["letter"] in known]
    some = Voices(network)
    assert all(isinstance(event, SeatEnrolled) for event in enrol_from(REHEARSAL, tuple(seats), some))
    told = turns(list(listen(Recording(REHEARSAL, begin=42.0, end=92.0), voices=some)))
    right = {True: 0.0, False: 0.0}
    spoken = {True: 0.0, False: 0.0}
    for seat, start, end in truth["turns"]:
        if start > 42.0 and end < 92.0:
            expected = seat if seat in known else None
            spoken[seat in known] += end - start
            right[seat in known] += sum(
                max(0.0, min(end, t.end) - max(start, t.start)) for t in told if t.seat == expected
            )
    assert all(seconds > 5.0 for seconds in spoken.values())
    assert right[False] / spoken[False] > 0.8
    assert right[True] / spoken[True] > 0.9


def test_a_seat_enrols_while_it_speaks(meeting: Meeting, voices: Voices) -> None:
    voices.forget()
    plan: list[tuple[float, Request]] = [(start - 0.3, Enrol(seat=seat)) for seat, start, _ in meeting.enrolments]
    source = Asking(Recording(meeting.path), plan)
    told = list(listen(source, voices=voices, asked=source.asked))  # type: ignore[arg-type]
    assert [event.seat for event in told if isinstance(event, SeatEnrolled)] == list(VOICES)
    assert all(3.0 <= event.seconds <= 6.1 for event in told if isinstance(event, SeatEnrolled))
    everybody = [seat for seat, _, _ in (*meeting.enrolments, *meeting.turns)]
    assert [turn.seat for turn, _ in itertools.groupby(turns(told))] == everybody or [
        seat for seat, _ in itertools.groupby(turn.seat for turn in turns(told))
    ] == everybody


def test_too_little_speech_is_said_so(meeting: Meeting, voices: Voices) -> None:
    seat, start, _ = meeting.enrolments[0]
    plan: list[tuple[float, Request]] = [(start, Enrol(seat="Z")), (start + 2.0, Stop())]
    source = Asking(Recording(meeting.path), plan)
    told = list(listen(source, voices=voices, asked=source.asked))  # type: ignore[arg-type]
    refused = [event for event in told if isinstance(event, EnrolmentRefused)]
    assert [(event.seat, event.reason) for event in refused] == [("Z", "too_little_speech")]
    assert 1.0 < refused[0].seconds < 3.0
    assert told[-1] == ListeningEnded(at=told[-1].at, reason="asked")
    assert seat in voices.seats
    assert "Z" not in voices.seats


def test_an_enrolment_without_a_word_is_given_up(voices: Voices) -> None:
    plan: list[Request] = [Enrol(seat="Z")]
    told = list(listen(Silence(20.0), voices=voices, asked=lambda: [plan.pop()] if plan else []))
    refused = next(event for event in told if isinstance(event, EnrolmentRefused))
    assert refused == EnrolmentRefused(seat="Z", reason="too_little_speech", seconds=0.0)


def test_a_forgotten_voice_is_overwritten_with_zeros(voices: Voices) -> None:
    known = dict(voices._known)
    voices.forget("A")
    assert voices.seats == ("B", "C")
    assert not known["A"].vector.any()
    assert not any(lesson.vector.any() for lesson in known["A"].lessons)
    assert known["B"].vector.any()
    voices.forget()
    assert not any(voice.vector.any() for voice in known.values())
    assert voices.seats == ()


def test_forgetting_while_listening_makes_the_seat_a_stranger(meeting: Meeting, voices: Voices) -> None:
    plan: list[tuple[float, Request]] = [(0.0, Forget(seat="A"))]
    source = Asking(Recording(meeting.path, begin=meeting.begin), plan)
    told = list(listen(source, voices=voices, asked=source.asked))  # type: ignore[arg-type]
    assert "A" not in {turn.seat for turn in turns(told)}


def test_a_voice_learned_twice_is_called_alike(meeting: Meeting, voices: Voices) -> None:
    begin, end = (int(second * RATE) for second in meeting.enrolments[0][1:])
    assert voices.learn("Z", voices.parts(meeting.sound[begin:end]), 6.0) == "A"


def test_told_roles_hold_from_then_on(meeting: Meeting, voices: Voices) -> None:
    plan: list[tuple[float, Request]] = [(meeting.turns[2][1], TellRoles(roles={"C": "case_owner"}, phase="advice"))]
    source = Asking(Recording(meeting.path, begin=meeting.begin), plan)
    told = list(listen_to(meeting, voices, source, asked=source.asked))  # type: ignore[arg-type]
    cues = [event.cue for event in told if isinstance(event, UtteranceNoted)]
    assert cues == ["facilitator.analysis", "case_owner.analysis", "case_owner.advice", "peer.advice"]


def test_listen_while_listening_ends_the_first(voices: Voices) -> None:
    told = list(listen(Silence(5.0), voices=voices, asked=lambda: [Listen()]))
    assert [event.reason for event in told if isinstance(event, ListeningEnded)] == ["asked"]


def test_a_microphone_never_waits_for_words(meeting: Meeting, voices: Voices) -> None:
    over = threading.Event()

    class Live(Recording):
        kind = "microphone"

        def __iter__(self) -> Iterator[Frame]:
            yield from super().__iter__()
            over.set()

    class Stuck(CountingRecogniser):
        def recognise(self, samples: np.ndarray) -> tuple[Word, ...]:
            assert over.wait(60), "the sound waited for the words"
            return super().recognise(samples)

    told = list(
        listen(
            Live(meeting.path),
            voices=voices,
            recogniser=Stuck(),
            classifier=CountingClassifier(),
            context=Context(),
            threaded=True,
        )
    )
    left = [event for event in told if isinstance(event, WordsLeftOut)]
    noted = [event for event in told if isinstance(event, UtteranceNoted)]
    assert left
    assert noted
    assert len(left) + len(noted) == len(meeting.enrolments) + len(meeting.turns)
    assert max(event.end for event in left) < min(event.end for event in noted[1:])


def test_a_recogniser_that_fails_is_survived_and_tells_no_words(
    meeting: Meeting, voices: Voices, capfd: pytest.CaptureFixture[str]
) -> None:
    class Failing(CountingRecogniser):
        def recognise(self, samples: np.ndarray) -> tuple[()]:
            raise RuntimeError("somebody said secret")

    told = list(
        listen(
            Recording(meeting.path, begin=meeting.begin),
            voices=voices,
            recogniser=Failing(),
            classifier=CountingClassifier(),
        )
    )
    assert len([event for event in told if isinstance(event, WordsLeftOut)]) == len(meeting.turns)
    assert "secret" not in "".join(capfd.readouterr())


def test_lost_frames_are_told_and_do_not_end_listening(voices: Voices) -> None:
    class Stuttering(Silence):
        def __iter__(self) -> Iterator[object]:  # type: ignore[override]
            for number, frame in enumerate(super().__iter__()):
                if number == 50:
                    yield FramesLost(at=1.6, seconds=0.5)
                yield frame

    told = list(listen(Stuttering(3.0), voices=voices))
    assert FramesLost(at=1.6, seconds=0.5) in told
    assert told[-1] == ListeningEnded(at=told[-1].at, reason="end")


def test_a_long_recording_does_not_grow_in_memory(tmp_path, voices: Voices) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(0)
    path = tmp_path / "long.wav"
    soundfile.write(path, rng.normal(0, 0.02, 120 * RATE), RATE)
    events = listen(Recording(path), voices=voices)
    next(events)
    tracemalloc.start()
    for event in events:
        if isinstance(event, Heard) and event.at == 30:
            early = tracemalloc.get_traced_memory()[0]
    late = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert late - early < 300_000


def test_something_unreadable_ends_with_a_sentence(tmp_path, voices: Voices) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "text.wav").write_text("no sound at all")
    (ended,) = listen(Recording(tmp_path / "text.wav"), voices=voices)
    assert isinstance(ended, ListeningEnded)
    assert ended.reason == "unreadable"
    assert "text.wav is not a sound file" in ended.detail
