"""What a language still needs before its acts can be judged: `python -m speech.acts.lacking de`. Judges nothing."""

from __future__ import annotations

import sys
from pathlib import Path

from speech.acts import cues, forms, teaching
from speech.acts.cues import ACTS, FAMILY, CuesRefused

WITHOUT_CUES = {"story", "other"}
"""Acts that no turn of phrase tells."""
FEWEST_MEETINGS = 2
"""Each is judged by what the others teach."""
FEWEST_LINES = 20
"""Of each act, in the meetings."""


def lacking(language: str, languages: Path = cues.LANGUAGES, data: Path = teaching.DATA) -> tuple[str, ...]:
    """One line for each thing that is missing, saying where it goes; none when the language is complete."""
    return (*_in_file(languages / f"{language}.yaml"), *_in_data(language, data))


def _in_file(path: Path) -> list[str]:
    if not path.is_file():
        return [f"{path.name}: the file with cues and words. Copy that of another language and translate it."]
    missing = []
    try:
        forms.read(path)
    except CuesRefused as refusal:
        missing.append(str(refusal))
    try:
        found = cues.read(path)
    except CuesRefused as refusal:
        return [*missing, str(refusal)]
    told = {cue.act for cue in found}
    missing += [f"{path.name}: a cue of {act}" for act in ACTS if act not in told | WITHOUT_CUES]
    missing += [
        f"{path.name}: a better question for {cue.id}"
        for cue in found
        if cue.act in (*FAMILY, "question_leading", "question_closed", "interpretation") and not cue.better_question
    ]
    return missing


def _in_data(language: str, data: Path) -> list[str]:
    taught = teaching.lines("meetings", language, data) if (data / language / "meetings").is_dir() else ()
    if len({line.meeting for line in taught}) < FEWEST_MEETINGS:
        return [f"data/{language}/meetings: at least {FEWEST_MEETINGS} written meetings, labelled"]
    counted = {act: sum(line.act == act for line in taught) for act in ACTS}
    few = [f"data/{language}/meetings: {act} is there {n} times" for act, n in counted.items() if n < FEWEST_LINES]
    heard = (data / language / "talk").is_dir() and teaching.lines("talk", language, data)
    return few if heard else [*few, f"data/{language}/talk: ordinary talk, so that it is not taken for advice"]


if __name__ == "__main__":
    for language in sys.argv[1:]:
        print("\n".join(lacking(language)) or f"{language} lacks nothing")
