"""What outlives one stream of sound: models, voices, what the meeting is doing. Nothing here touches a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from speech import models
from speech.embedding import CamPlus
from speech.enrolment import enrol_from
from speech.events import EnrolmentRefused, ListeningEnded, SpeechEvent, VoiceNamed
from speech.listener import listen
from speech.microphone import Microphone
from speech.noting import Classifier, Context
from speech.problems import ModelUnusable
from speech.requests import (
    CheckSeat,
    Enrol,
    ExchangeVoices,
    Forget,
    LeaveOut,
    Listen,
    NameVoice,
    Request,
    Teach,
    TellRoles,
)
from speech.segmentation import Segmentation
from speech.sources import Recording, SoundUnreadable, Source
from speech.voices import Voices
from speech.words.recogniser import Recogniser


class Ears:
    """Does one request after another; a Listen lasts as long as the sound does."""

    def __init__(
        self,
        *,
        voices: Voices,
        segmentation: Segmentation | None,
        recogniser: Recogniser | None,
        classifier: Classifier | None,
        keep_text: bool = False,
    ) -> None:
        self._voices = voices
        self._segmentation = segmentation
        self._recogniser = recogniser
        self._classifier = classifier
        self._keep_text = keep_text
        self._context = Context()

    @classmethod
    def load(
        cls,
        *,
        language: str | None,
        keep_text: bool = False,
        without_words: Callable[[ModelUnusable], None] | None = None,
    ) -> Ears:
        """Loads the models, some seconds. `language` None leaves the words out. Raises ModelUnusable.

        `without_words` is told what is wrong when only the words cannot be recognised, and the ears go on without.
        """
        models.check_voice_network()
        voices = Voices(CamPlus(models.speaker_network()))
        segmentation = Segmentation(models.segmentation_network())
        recogniser: Recogniser | None = None
        classifier: Classifier | None = None
        try:
            if language is not None:
                recogniser, classifier = models.choose_recogniser(language), _acts(language)
        except ModelUnusable as unusable:
            if without_words is None:
                raise
            without_words(unusable)
        return cls(
            voices=voices,
            segmentation=segmentation,
            recogniser=recogniser,
            classifier=classifier,
            keep_text=keep_text,
        )

    @property
    def words(self) -> str | None:
        """Name of the engine that recognises words."""
        return None if self._recogniser is None else self._recogniser.name

    def do(self, request: Request, asked: Callable[[], Iterable[Request]]) -> Iterator[SpeechEvent]:
        """What happens because of a request. `asked` gives the requests that come while listening."""
        match request:
            case Listen():
                yield from self._listen(request, asked)
            case Enrol(seat=seat):
                yield EnrolmentRefused(seat=seat, reason="not_listening", seconds=0.0)
            case NameVoice(voice=voice, seat=seat):
                if self._voices.name(voice, seat):
                    yield VoiceNamed(voice=voice, seat=seat)
            case ExchangeVoices(seat=seat, other=other):
                self._voices.exchange(seat, other)
            case LeaveOut(seat=seat, out=out):
                self._voices.leave_out(seat, out)
            case Teach(seat=str(seat)) | CheckSeat(seat=seat):
                yield EnrolmentRefused(seat=seat, reason="not_listening", seconds=0.0)
            case TellRoles(roles=roles, phase=phase):
                self._context = Context(roles=roles, phase=phase)
                self._voices.expect(roles)
            case Forget(seat=seat):
                self.forget(seat)

    def forget(self, seat: str | None = None) -> None:
        """Wipes the voice of a seat, or of everybody."""
        self._voices.forget(seat)

    def _listen(self, request: Listen, asked: Callable[[], Iterable[Request]]) -> Iterator[SpeechEvent]:
        source: Source = Microphone()
        if request.recording is not None:
            source = Recording(request.recording, speed=request.speed, begin=request.begin)
            try:
                yield from enrol_from(request.recording, request.enrolments, self._voices)
            except SoundUnreadable as trouble:
                yield ListeningEnded(at=0.0, reason="unreadable", detail=str(trouble))
                return
        yield from listen(
            source,
            voices=self._voices,
            segmentation=self._segmentation,
            recogniser=self._recogniser,
            classifier=self._classifier,
            context=self._context,
            keep_text=self._keep_text,
            threaded=request.recording is None or request.speed is not None,
            stepwise=request.stepwise and request.recording is not None,
            asked=lambda: self._noticed(asked()),
        )

    def _noticed(self, coming: Iterable[Request]) -> Iterator[Request]:
        for request in coming:
            if isinstance(request, TellRoles):
                self._context = Context(roles=request.roles, phase=request.phase)
            yield request


def _acts(language: str) -> Classifier:
    from speech.acts.classifier import Classifier as Acts  # loads a language network; not needed without words

    return Acts.for_language(language)
