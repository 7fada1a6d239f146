"""How well different ways tell speech from silence, on recordings with truth. Nothing here says whose speech it is.

`python -m speech.bench.activity FOLDER [names]` prints miss and false alarm, percent of true speech, without and with
the collar: Silero at several thresholds, the segmentation network, energy above the room, both together, and Silero
whose doubts are settled by likeness with the voices of the check-in round.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.bench.scoring import Stretch, score
from speech.bench.truth import Truth, recordings
from speech.embedding import CamPlus
from speech.enrolment import enrol_from
from speech.frames import FRAME, RATE, Samples
from speech.models import segmentation_network, speaker_network
from speech.network import network_from
from speech.sources import Recording
from speech.voice import BURST, VoiceActivity
from speech.voices import Voices

Curve = NDArray[np.float64]
"""One number a frame of 32 ms, shape (frames,)."""
SILERO, SEGMENTATION = (0.1, 0.15, 0.3, 0.5), (0.3, 0.5, 0.7)
"""Thresholds."""
GAPS = (0.2, 0.35)
"""Seconds filled."""
_WINDOW, _HOP, _TRUSTED = 5 * RATE, RATE, int(0.5 * RATE)
_DOUBT, _LIKE = (0.03, 0.15), 0.5
"""Probability of Silero that is doubt, and the cosine with a known voice that makes speech of it."""
_PIECE = int(0.8 * RATE)


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(
        prog="python -m speech.bench.activity",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="only these recordings")
    asked = parser.parse_args()
    told: dict[str, list[tuple[float, float, float, float]]] = {}
    for truth in recordings(asked.folder, asked.names):
        for way, spoken, gap in ways(truth):
            told.setdefault(f"{way} | {gap:.2f}", []).append(rates(truth, spoken, gap))
    print("| way | gap filled, s | miss | false alarm | miss, collar .25 | false alarm, collar .25 |")
    print("|---|---|---|---|---|---|")
    for name, figures in told.items():
        print(f"| {name} | " + " | ".join(f"{figure:.2f}" for figure in np.mean(figures, axis=0)) + " |")


def ways(truth: Truth) -> Iterator[tuple[str, NDArray[np.bool_], float]]:
    """Name, whether each frame is speech, and the gap to fill."""
    frames = [frame.samples for frame in Recording(truth.sound)]
    silero, energy = _silero(frames), _energy(frames)
    speaks = _segmentation(np.concatenate(frames))
    curves = [(f"Silero {limit}", silero > limit) for limit in SILERO]
    curves += [(f"segmentation {limit}", speaks > limit) for limit in SEGMENTATION]
    curves += [
        ("energy, 6 dB above the room", energy > 6.0),
        ("Silero .15 and energy", (silero > 0.15) & (energy > 3.0)),
    ]
    curves += [("mean of Silero and segmentation .4", (silero + speaks) / 2 > 0.4)]
    curves += [("Silero .15, doubts by likeness", _by_likeness(truth, frames, silero))]
    yield from ((name, spoken, gap) for name, spoken in curves for gap in GAPS)


def rates(truth: Truth, spoken: NDArray[np.bool_], gap: float) -> tuple[float, float, float, float]:
    """Miss and false alarm of speech whosoever, without and with the collar, percent of the time somebody speaks."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], spoken, [False])))).reshape(-1, 2) * (FRAME / RATE)
    found = [Stretch(voice="speech", start=a, end=b) for a, b in _joined(edges.tolist(), gap) if b - a >= BURST]
    said = [
        Stretch(voice="speech", start=a, end=b) for a, b in _joined(sorted([s.start, s.end] for s in truth.said), 0.0)
    ]
    told = score(found, said, ("speech",), truth.counted())
    return (*told.strict.rates[1:3], *told.lenient.rates[1:3])


def _joined(spans: list[list[float]], gap: float) -> list[list[float]]:
    joined: list[list[float]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] <= gap:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return joined


def _silero(frames: list[Samples]) -> Curve:
    activity = VoiceActivity()
    return np.array([activity.probability(samples) for samples in frames])


def _energy(frames: list[Samples]) -> Curve:
    """dB above the quietest tenth of the past 5 s."""
    level = 10 * np.log10(np.array([float(np.mean(samples**2)) for samples in frames]) + 1e-10)
    past = 5 * RATE // FRAME
    room = np.array([np.percentile(level[max(0, at - past) : at + 1], 10) for at in range(len(level))])
    return np.asarray(level - room)


def _segmentation(sound: Samples) -> Curve:
    """Probability that anybody speaks, from windows of 5 s every second, their youngest half second left out."""
    network = network_from(segmentation_network())
    total, count = np.zeros(len(sound) // FRAME), np.zeros(len(sound) // FRAME)
    for end in range(_HOP, len(sound) + _HOP, _HOP):
        window = sound[max(0, end - _WINDOW) : end]
        padded = np.pad(window, (max(0, _WINDOW - end), max(0, _WINDOW - len(window) - max(0, _WINDOW - end))))
        (told,) = network.run(None, {"samples": padded[None, None]})
        speaks = 1 - np.exp(told[0, :, 0])
        first, last = max(0, end - _WINDOW + _TRUSTED) // FRAME, min(len(count), (end - _TRUSTED) // FRAME)
        places = np.arange(first, last)
        answers = ((places * FRAME + FRAME // 2 - (end - _WINDOW) - 495) / 270).round().astype(int)
        total[places] += speaks[np.clip(answers, 0, len(speaks) - 1)]
        count[places] += 1
    return np.asarray(total / np.maximum(count, 1))


def _by_likeness(truth: Truth, frames: list[Samples], silero: Curve) -> NDArray[np.bool_]:
    """Stretches of doubt become speech where they sound like somebody at the table."""
    voices = Voices(CamPlus(speaker_network()))
    for _ in enrol_from(truth.sound, truth.enrolments, voices):
        pass
    spoken, sound, long = silero > _DOUBT[1], np.concatenate(frames), _PIECE // FRAME
    doubt = np.concatenate(([False], (silero > _DOUBT[0]) & ~spoken, [False]))
    for begin, end in np.flatnonzero(np.diff(doubt)).reshape(-1, 2).tolist():
        if end - begin < long // 2:
            continue
        centre = (begin + end) // 2 * FRAME
        piece = sound[max(0, centre - _PIECE // 2) : centre + _PIECE // 2]
        closest = voices.closest(voices.embed(piece)) if len(piece) >= _PIECE // 2 else None
        spoken[begin:end] = closest is not None and closest[1] >= _LIKE
    return np.asarray(spoken)


if __name__ == "__main__":
    main()
