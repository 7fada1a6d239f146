"""Text becomes what the score looks at: fillers out, cues and word order found, encoded. Nothing here judges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from speech.acts import cues as cue_files
from speech.acts import forms
from speech.acts.cues import Cue
from speech.acts.encoder import Encoder
from speech.acts.features import Utterance
from speech.acts.text import plain
from speech.models import acts_network


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Cues and forms of a language, with the network that all languages share."""

    cues: tuple[Cue, ...]
    forms: forms.Forms
    encoder: Encoder

    @staticmethod
    def for_language(language: str) -> Reader:
        """Raises CuesRefused with the languages there are when this one is not there, ModelUnusable."""
        return _load(language)

    def read(self, text: str, role: str, phase: str | None, previous: str) -> Utterance | None:
        """None where there is no word. As the network was taught, `previous` keeps its fillers."""
        words = self.forms.without_fillers(plain(text))
        if not words:
            return None
        return Utterance(
            words=words,
            role=role,
            phase=phase,
            asks=text.rstrip(' "”)').endswith("?"),
            form=self.forms.of(words),
            cues=tuple(cue for cue in self.cues if cue.heard_in(words)),
            encoded=self.encoder.encode(words, plain(previous), role, phase),
        )


@cache
def _load(language: str) -> Reader:
    path = cue_files.LANGUAGES / f"{language}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in cue_files.LANGUAGES.glob("*.yaml")))
        raise cue_files.CuesRefused(f"there are no cues for the language {language!r}; there are for {known}")
    return Reader(cues=cue_files.read(path), forms=forms.read(path), encoder=_encoder())


@cache
def _encoder() -> Encoder:
    return Encoder(acts_network())
