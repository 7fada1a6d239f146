"""One spelling for what was said: lower case, no punctuation, so that written and recognised words are judged alike."""

from __future__ import annotations

import re

LONGEST = 200
"""Words that are looked at; who speaks longer has said by then what kind of utterance it is."""


def plain(text: str) -> str:
    """Lower-case words with single spaces; markup, emoji and punctuation fall away."""
    without_markup = re.sub(r"<[^<>]{0,200}>", " ", text[: LONGEST * 40])
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", without_markup.lower().replace("’", "'").replace("‘", "'"))
    return " ".join(words[:LONGEST])
