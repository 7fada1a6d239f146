"""Here a rendered rehearsal is read back by Whisper, to see which words survive; it changes nothing.

    python -m server.rehearsal.check --whisper FOLDER en

FOLDER holds a faster-whisper model (model.bin, config.json, tokenizer.json, vocabulary.txt).
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any

import soundfile

HERE = Path(__file__).parent
MARGIN_SECONDS = 0.2


def words(text: str) -> list[str]:
    """The text in small letters without punctuation."""
    return re.findall(r"[^\W_]+", text.lower().replace("'", "").replace("’", ""))


def edits(said: list[str], heard: list[str]) -> int:
    """Words put in, left out or exchanged, at the least."""
    row = list(range(len(heard) + 1))
    for count, word in enumerate(said, start=1):
        last, row[0] = row[0], count
        for place, other in enumerate(heard, start=1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (word != other))
    return row[-1]


def check(language: str, model: Any, acts: str = "") -> None:
    """Prints what was heard where it differs, every advice line, and the word error rate."""
    truth = json.loads((HERE / f"{language}.json").read_text(encoding="utf-8"))
    audio, rate = soundfile.read(HERE / f"{language}.opus", dtype="float32")
    wrong = total = 0
    for one in truth["utterances"]:
        if not one["act"].startswith(acts):
            continue
        start, end = one["start"] - MARGIN_SECONDS, one["end"] + MARGIN_SECONDS
        stretch = audio[max(0, round(start * rate)) : round(end * rate)]
        segments, _ = model.transcribe(stretch, language=language, beam_size=1, no_repeat_ngram_size=3)
        heard = "".join(segment.text for segment in segments).strip()
        said = words(one["text"])
        missed = edits(said, words(heard))
        wrong, total = wrong + missed, total + len(said)
        if missed or one["act"].startswith("advice"):
            print(f"{one['n']:3} {one['act']:15} {missed}/{len(said)} {one['text']}\n{'':20} {heard}", flush=True)
    print(f"{language}: word error rate {wrong / total:.3f} ({wrong} of {total} words)")


def main() -> None:
    """Checks one language."""
    from faster_whisper import WhisperModel

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language")
    parser.add_argument("--whisper", required=True, help="folder of a faster-whisper model")
    parser.add_argument("--acts", default="", help="only acts that begin with this, such as advice")
    arguments = parser.parse_args()
    check(arguments.language, WhisperModel(arguments.whisper, compute_type="int8", cpu_threads=1), arguments.acts)


if __name__ == "__main__":
    main()
