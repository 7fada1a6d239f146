"""The pieces of words that the network knows: the 20,000 of the 250,000 that Dutch, English and German use most.

Lower-case Latin letters and digits only: the acts are judged on plain text (`speech.acts.text`).
"""

from __future__ import annotations

import collections
import re
from collections.abc import Sequence

import wordfreq
from tokenizers import Tokenizer, models, pre_tokenizers

COUNT = 20_000
LANGUAGES = {"nl": (80_000, 1.0), "en": (60_000, 1.0), "de": (40_000, 0.5)}
"""How many of the most frequent words are looked at, and how much they count."""
MARKS = ("<s>", "<pad>", "</s>", "<unk>", "▁", "?", "'")
_LATIN = re.compile(r"^▁?[a-zàâäáãåçèéêëìíîïñòóôöõøœßùúûüýÿ0-9']+$")


def kept(pieces: Sequence[tuple[str, float]], count: int = COUNT) -> list[int]:
    """Numbers of the pieces that are kept, in the order they had."""
    whole = tokenizer(pieces)
    used: collections.Counter[str] = collections.Counter()
    for language, (words, share) in LANGUAGES.items():
        for word in wordfreq.top_n_list(language, words):
            for piece in whole.encode(word).tokens:
                used[piece] += share * wordfreq.word_frequency(word, language)
    wanted = {*MARKS, *(piece for piece, _ in pieces if len(piece.lstrip("▁")) == 1 and _LATIN.match(piece))}
    for piece, _ in used.most_common():
        if len(wanted) >= count:
            break
        if _LATIN.match(piece):
            wanted.add(piece)
    return [number for number, (piece, _) in enumerate(pieces) if piece in wanted]


def tokenizer(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """Cuts text into pieces with their log probabilities, as SentencePiece's unigram model does."""
    unknown = next(number for number, (piece, _) in enumerate(pieces) if piece == "<unk>")
    made = Tokenizer(models.Unigram(list(pieces), unk_id=unknown))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made
