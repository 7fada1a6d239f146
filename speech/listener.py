"""Frames in, events out: where sound, voices, words and acts meet. Nothing here opens a device or a screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from speech.attribution import Attribution
from speech.effort import Live, Pace
from speech.enrolment import MIXED, Enrolment
from speech.events import (
    EnrolmentRefused,
    FramesLost,
    Heard,
    ListeningBegan,
    ListeningEnded,
    SeatEnrolled,
    SpeechEvent,
    UtteranceNoted,
    VoiceNamed,
)
from speech.frames import FRAME, RATE, Frame
from speech.microphone import MicrophoneLost, NoMicrophone
from speech.noting import Classifier, Context, Noter
from speech.noting_when import Noting, NotingInline, NotingInThread, NotNoting
from speech.quality import SoundQuality
from speech.requests import (
    CheckSeat,
    Enrol,
    ExchangeVoices,
    Forget,
    GoOn,
    LeaveOut,
    Listen,
    NameVoice,
    Request,
    Stop,
    Teach,
    TellRoles,
)
from speech.roomcheck import RoomCheck
from speech.segmentation import Segmentation
from speech.sources import SoundUnreadable, Source
from speech.speakers import Guess, Settled
from speech.strain import strained
from speech.utterances import Utterance, Utterances
from speech.voice import VoiceActivity
from speech.voices import Voices
from speech.words.recogniser import Recogniser

PATIENCE = 0.002
"""Seconds between two looks for GoOn."""


def _nothing() -> Iterable[Request]:
    return ()


def listen(
    source: Source,
    *,
    voices: Voices,
    recogniser: Recogniser | None = None,
    classifier: Classifier | None = None,
    segmentation: Segmentation | None = None,
    context: Context | None = None,
    keep_text: bool = False,
    threaded: bool = False,
    stepwise: bool = False,
    pace: Pace | None = None,
    asked: Callable[[], Iterable[Request]] = _nothing,
) -> Iterator[SpeechEvent]:
    """Everything that is heard, until the sound ends; the last event is ListeningEnded, whatever happens.

    `asked` is called at every frame for requests that came meanwhile; Stop and Listen end it. `stepwise` waits for
    GoOn before the first second and after each. `pace` says how much is computed; the whole, unless a microphone
    has to wait.
    """
    noting: Noting = NotNoting()
    if recogniser is not None and classifier is not None:
        noter = Noter(recogniser=recogniser, classifier=classifier, keep_text=keep_text)
        live = source.kind == "microphone"
        noting = NotingInThread(noter, may_leave_out=live) if threaded else NotingInline(noter)
    listener = Listener(
        voices=voices,
        segmentation=segmentation,
        noting=noting,
        context=context or Context(),
        stepwise=stepwise,
        pace=pace or Pace(),
    )
    return listener.run(source, asked)


class Listener:
    """One stream of sound, from its first frame to its last."""

    def __init__(
        self,
        *,
        voices: Voices,
        segmentation: Segmentation | None,
        noting: Noting,
        context: Context,
        stepwise: bool,
        pace: Pace,
    ) -> None:
        self._voices = voices
        self._noting = noting
        self._context = context
        self._activity = VoiceActivity()
        self._pace = pace
        self._attribution = Attribution(voices, segmentation, self._spoken, self._pace)
        self._utterances = Utterances(voices.measured, self._attribution.mixture)
        self._quality = SoundQuality()
        self._enrolment: Enrolment | None = None
        self._mixed: set[str] = set()
        """Seats that were asked again because several seemed to speak; the second time a person is believed."""
        self._check: RoomCheck | None = None
        self._now = 0
        self._loudness = Loudness()
        self._stepwise = stepwise
        self._told, self._taken = 0.0, -1.0

    def run(self, source: Source, asked: Callable[[], Iterable[Request]]) -> Iterator[SpeechEvent]:
        """The generator behind `listen`."""
        reason, detail = "end", ""
        try:
            heard = self._frames(source, asked)
            yield from strained(heard, self._pace) if isinstance(source, Live) else heard
        except _Asked:
            reason = "asked"
        except SoundUnreadable as trouble:
            reason, detail = "unreadable", str(trouble)
        except NoMicrophone as trouble:
            reason, detail = "no_microphone", str(trouble)
        except MicrophoneLost as trouble:
            reason, detail = "microphone_lost", str(trouble)
        finally:
            source.stop()
        yield from self._finish(hurry=reason in ("asked", "microphone_lost"))
        yield ListeningEnded(at=round(self._now / RATE, 3), reason=reason, detail=detail)

    def _frames(self, source: Source, asked: Callable[[], Iterable[Request]]) -> Iterator[SpeechEvent]:
        for number, frame in enumerate(source):
            if number == 0:
                yield ListeningBegan(source=source.kind, name=source.name)
            if isinstance(frame, FramesLost):
                yield frame
                continue
            if isinstance(source, Live):
                self._pace.hear(frame.position, source.waiting)
            yield from self._hear(frame)
            yield from self._do_all(asked())
            while self._stepwise and self._taken < self._told:
                time.sleep(PATIENCE)
                yield from self._do_all(asked())

    def _hear(self, frame: Frame) -> Iterator[SpeechEvent]:
        self._now = frame.position + FRAME
        voice = self._activity.process(self._believed(frame))
        if (judged := self._quality.hear(frame, spoken=voice.spoken)) is not None:
            yield judged
        self._utterances.hear(frame, voice)
        yield from self._attribution.hear(frame, voice)
        self._note(self._utterances.pause(voice))
        if self._enrolment is not None and self._enrolment.process(frame, voice):
            yield from self._conclude()
        if self._check is not None and self._check.process(frame, voice):
            yield from self._answer_check()
        yield from self._measured(self._noting.ready())
        for second in self._loudness.add(frame):
            self._told = second.at
            yield second

    def _believed(self, frame: Frame) -> Frame:
        """Sound that a stuck driver repeats is no speech, however much it was."""
        return replace(frame, samples=np.zeros(FRAME, np.float32)) if self._quality.stuck else frame

    def _spoken(self, told: Settled | Guess) -> None:
        self._note(self._utterances.add(told) if isinstance(told, Settled) else self._utterances.guess(told))

    def _note(self, utterances: Iterable[Utterance]) -> None:
        for utterance in utterances:
            if not self._pace.effort.words:
                self._noting.leave_out(*[utterance] * utterance.over)
            elif utterance.over:
                self._noting.give(utterance, self._context)
            else:
                self._noting.ahead(utterance)

    def _measured(self, notes: Iterable[SpeechEvent]) -> Iterator[SpeechEvent]:
        """Whoever asked to be left out while the words were recognised is left out."""
        for note in notes:
            if not isinstance(note, UtteranceNoted) or self._voices.measured(note.seat):
                yield note

    def _do_all(self, requests: Iterable[Request]) -> Iterator[SpeechEvent]:
        for request in requests:
            if isinstance(request, ExchangeVoices):
                self._utterances.relabel({request.seat: request.other, request.other: request.seat})
            for event in self._do(request):
                if isinstance(event, VoiceNamed):
                    self._utterances.relabel({event.voice: event.seat})
                yield event

    def _do(self, request: Request) -> Iterator[SpeechEvent]:
        match request:
            case Enrol(seat=seat):
                yield from self._conclude()
                yield from self._answer_check()
                self._enrolment = Enrolment(seat, insisted=seat in self._mixed)
                yield from self._attribution.claim(seat)
            case Teach(seat=seat, start=start, end=end):
                yield from self._attribution.teach(seat, start, end)
            case NameVoice(voice=voice, seat=seat):
                yield from self._attribution.name(voice, seat)
            case ExchangeVoices(seat=seat, other=other):
                yield from self._attribution.exchange(seat, other)
            case LeaveOut(seat=seat, out=out):
                self._voices.leave_out(seat, out)
            case CheckSeat(seat=seat):
                yield from self._conclude()
                yield from self._answer_check()
                self._check = RoomCheck(seat)
                # Claimed, so that no voice is learned or looked for in a sentence that is only to be measured.
                yield from self._attribution.claim(seat)
            case GoOn(heard=heard):
                self._taken = heard
            case TellRoles(roles=roles, phase=phase):
                self._context = Context(roles=roles, phase=phase)
                self._voices.expect(roles)
            case Forget(seat=seat):
                if self._enrolment is not None and seat in (None, self._enrolment.seat):
                    self._enrolment = None
                    yield from self._attribution.claim(None)
                self._attribution.forget(seat)
                self._mixed -= self._mixed if seat is None else {seat}
            case Listen() | Stop():
                raise _Asked

    def _conclude(self) -> Iterator[SpeechEvent]:
        if self._enrolment is not None:
            enrolment, self._enrolment = self._enrolment, None
            yield from self._attribution.claim(None)
            crowded = self._attribution.crowded(enrolment.begun, self._now, MIXED)
            told = enrolment.conclude(self._voices, crowded=crowded)
            if isinstance(told, EnrolmentRefused) and told.reason == "several_voices":
                self._mixed.add(enrolment.seat)
            if isinstance(told, SeatEnrolled):
                self._mixed.discard(enrolment.seat)
                self._attribution.place(enrolment.seat, enrolment.begun)
            yield told
            if isinstance(told, SeatEnrolled):
                yield from self._attribution.recognise(enrolment.seat)

    def _answer_check(self) -> Iterator[SpeechEvent]:
        if self._check is not None:
            check, self._check = self._check, None
            yield from self._attribution.claim(None)
            yield check.conclude()

    def _finish(self, *, hurry: bool) -> Iterator[SpeechEvent]:
        voice = self._activity.finish()
        yield from self._attribution.finish(voice.ended)
        yield from self._conclude()
        yield from self._answer_check()
        self._note(self._utterances.close())
        self._utterances.wipe()
        self._attribution.wipe()
        yield from self._measured(self._noting.finish(hurry=hurry))


class Loudness:
    """Tells every second of sound that went by, and how loud it was."""

    def __init__(self) -> None:
        self._power: list[float] = []

    def add(self, frame: Frame) -> Iterator[Heard]:
        """A whole second is over when a frame crosses it."""
        self._power.append(float(np.mean(frame.samples**2)))
        second, end = frame.position // RATE, (frame.position + FRAME) // RATE
        if end > second:
            power = sum(self._power) / len(self._power)
            self._power = []
            yield Heard(at=float(end), level=round(max(-100.0, 10 * float(np.log10(max(power, 1e-10)))), 1))


class _Asked(Exception):
    """Somebody asked the listener to end."""
