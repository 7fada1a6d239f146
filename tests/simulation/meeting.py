"""A recipe and some voices become a new meeting with exact truth: plan, room, noise, mix. Same seed, same sound."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import oaconvolve

from tests.simulation import noises
from tests.simulation.plan import SECOND, Plan, plan
from tests.simulation.room import Places, Responses, Room, furnish
from tests.simulation.voices import RATE, STEP, Flags, Voice, runs, smoothed

SEATS = "ABCDEFGH"
GUEST = "Guest"
PEAK = 0.3
"""Of the mix; loud enough for 16 bits, and nothing is clipped."""
UNEVEN = 4.0
"""Decibel that a seat may be louder or softer than the others."""
QUIET = -8.0
"""Decibel of a quiet voice, against the others."""
EVENT_EVERY = 8.0
"""Seconds between two cups, clicks or coughs, on average."""
EVENT_LOUDNESS = (1.0, 4.0)
"""Peak of an event against the root mean square of speech, whose own peaks are about 4 times that."""

Channels = NDArray[np.float32]
"""Shape (channels, samples)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What the meeting shall be like."""

    name: str
    seed: int
    minutes: float = 6.5
    """Of conversation, after the check-in round."""
    guest: bool = False
    """The last voice never checks in."""
    overlap: float = 0.07
    """Time with several voices, of the time with any."""
    enrol_seconds: float = 6.5
    weights: tuple[float, ...] | None = None
    """How much each voice talks; by chance when None."""
    quiet: tuple[int, ...] = ()
    """Voices, from 0, that are soft and sit at 1.5 m."""
    dry: bool = False
    """No room and no noise: every voice close to its own microphone."""
    microphones: tuple[tuple[float, float, float], ...] = ((0.0, 0.0, 0.0),)
    """Metres from the middle of the table; `room.circle` and `room.line` give arrays."""
    reverberation: float | None = None
    """Seconds; by chance when None."""
    reflections: int = 20
    """Of the longest path; fewer are computed faster and make a shorter tail."""
    noise: tuple[str, ...] = ("pink", "hum", "cups")
    """Of `noises.BEDS` and `noises.EVENTS`."""
    snr: float | None = None
    """Decibel of speech against what always sounds; by chance when None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Sound, and what is true about it."""

    sound: Channels
    said: tuple[tuple[str, float, float], ...]
    """Seat or "Guest", start and end in seconds."""
    truth: dict[str, Any]

    def write(self, folder: Path) -> Path:
        """NAME.flac, NAME.rttm and NAME.json; the answer is the path of the sound."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.truth['name']}.flac"
        soundfile.write(path, self.sound.T, RATE, subtype="PCM_16")
        lines = (
            f"SPEAKER {path.stem} 1 {start:.2f} {end - start:.2f} <NA> <NA> {who} <NA> <NA>\n"
            for who, start, end in self.said
        )
        path.with_suffix(".rttm").write_text("".join(lines), "utf-8")
        path.with_suffix(".json").write_text(json.dumps(self.truth, indent=1) + "\n", "utf-8")
        return path


def simulate(recipe: Recipe, voices: Sequence[Voice]) -> Meeting:
    """A new meeting of these voices, in the order of their seats."""
    planning, seating, sounding = np.random.default_rng(recipe.seed).spawn(3)
    labels = [*SEATS[: len(voices) - recipe.guest], *([GUEST] if recipe.guest else [])]
    weights = recipe.weights or _weights(len(voices), recipe.guest, planning)
    made = plan(
        voices,
        seats=len(voices) - recipe.guest,
        weights=weights,
        minutes=recipe.minutes,
        overlap=recipe.overlap,
        enrol_seconds=recipe.enrol_seconds,
        chance=planning,
    )
    activity = np.array([smoothed(row) for row in made.activity(len(voices))])
    dry = _tracks(made, len(voices), sounding, recipe)
    if recipe.dry:
        mix, told = np.asarray(dry.sum(0, keepdims=True) + 1e-4 * sounding.standard_normal(dry.shape[1])), {}
    else:
        mix, told = _in_a_room(recipe, dry, activity.any(0), seating, sounding)
    mix *= PEAK / np.abs(mix).max()
    said = sorted(
        (
            (label, first / SECOND, past / SECOND)
            for label, row in zip(labels, activity, strict=True)
            for first, past in runs(row)
        ),
        key=lambda one: (one[1], one[0]),
    )
    truth = _truth(recipe, labels, voices, made, activity) | told
    return Meeting(sound=mix.astype(np.float32), said=tuple(said), truth=truth)


def _weights(voices: int, guest: bool, chance: np.random.Generator) -> tuple[float, ...]:
    seats = voices - guest
    shares = np.maximum(chance.dirichlet(np.full(seats, 3.0)), 0.05 if seats > 5 else 0.07)
    return (*(shares / shares.sum()), *([0.1] if guest else []))


def _tracks(made: Plan, voices: int, chance: np.random.Generator, recipe: Recipe) -> NDArray[np.float32]:
    """What each mouth says; shape (voices, samples)."""
    tracks = np.zeros((voices, made.steps * STEP), np.float32)
    decibel = chance.uniform(-UNEVEN, UNEVEN, voices)
    decibel[list(recipe.quiet)] = QUIET
    for one in made.said:
        begin = one.at * STEP
        gain = np.float32(one.gain * 10 ** (decibel[one.voice] / 20))
        tracks[one.voice, begin : begin + len(one.phrase.sound)] += one.phrase.sound * gain
    return tracks


def _in_a_room(
    recipe: Recipe, dry: NDArray[np.float32], speaking: Flags, seating: np.random.Generator, chance: np.random.Generator
) -> tuple[NDArray[np.float64], dict[str, Any]]:
    places: Places = np.array(recipe.microphones)
    room = furnish(seating, seats=len(dry), microphones=places, far=recipe.quiet, reverberation=recipe.reverberation)
    responses = room.responses(recipe.reflections)
    samples = dry.shape[1]
    mix = np.zeros((len(places), samples))
    for track, response in zip(dry, responses, strict=False):
        mix += oaconvolve(track[None], response, axes=1)[:, :samples]
    loudness = float(np.sqrt(np.mean(mix[0].reshape(-1, STEP)[speaking] ** 2)))
    snr = float(chance.uniform(10, 20)) if recipe.snr is None else recipe.snr
    mix += _bed(recipe.noise, responses[-1], mix.shape, chance) * loudness * 10 ** (-snr / 20)
    events = _events(recipe.noise, samples, chance)
    for at, _, sound in events:
        heard = oaconvolve(sound[None], responses[-2], axes=1)[:, : samples - at]
        heard *= loudness * chance.uniform(*EVENT_LOUDNESS) / np.abs(heard[0]).max()
        mix[:, at : at + heard.shape[1]] += heard
    return mix, _told(room, snr, len(dry), [(round(at / RATE, 2), kind) for at, kind, _ in events])


def _bed(kinds: Sequence[str], corner: Responses, shape: tuple[int, int], chance: np.random.Generator) -> np.ndarray:
    """What always sounds, root mean square 1 at the first microphone; shape (channels, samples)."""
    channels, samples = shape
    bed = np.zeros(shape)
    if "pink" in kinds:
        bed += [noises.pink(samples, chance) for _ in range(channels)]
    if "hum" in kinds:
        bed += 0.3 * noises.hum(samples)
    if "projector" in kinds:
        fan = oaconvolve(noises.projector(samples, chance)[None], corner, axes=1)[:, :samples]
        bed += fan / fan[0].std()
    return bed / max(1e-9, float(np.sqrt(np.mean(bed[0] ** 2))))


def _events(kinds: Sequence[str], samples: int, chance: np.random.Generator) -> list[tuple[int, str, noises.Noise]]:
    """(sample, kind, sound) of what happens now and then."""
    wanted = [kind for kind in kinds if kind in noises.EVENTS]
    if not wanted:
        return []
    found = []
    for at in np.sort(chance.uniform(0, samples - 3 * RATE, int(samples / RATE / EVENT_EVERY))):
        kind = wanted[int(chance.integers(len(wanted)))]
        found.append((int(at), kind, noises.EVENTS[kind](chance)))
    return found


def _told(room: Room, snr: float, voices: int, events: list[tuple[float, str]]) -> dict[str, Any]:
    return {
        "room": {
            "size_m": [round(side, 2) for side in room.size],
            "rt60_design_s": round(float(room.reverberation), 2),
            "distance_m": [round(float(one), 2) for one in room.distances[:voices].mean(axis=1)],
            "azimuth_degrees": [round(float(one), 1) for one in room.azimuths[:voices]],
            "microphones_m": room.microphones.round(4).tolist(),
        },
        "snr_db": round(snr, 1),
        "noises": events,
    }


def _truth(recipe: Recipe, labels: list[str], voices: Sequence[Voice], made: Plan, activity: Flags) -> dict[str, Any]:
    talked = activity[:, made.begin :]
    speaking = talked.sum(0)
    shares = talked.sum(1) / talked.sum()
    return {
        "name": recipe.name,
        "condition": "dry" if recipe.dry else "far",
        "sample_rate": RATE,
        "duration": round(activity.shape[1] / SECOND, 2),
        "conversation_start": round(made.begin / SECOND, 2),
        "seats": [
            {"seat": number, "name": label, "enrol_start": round(start, 2), "enrol_end": round(end, 2)}
            for number, (label, (start, end)) in enumerate(zip(labels, made.enrolments, strict=False), 1)
        ],
        "guest": GUEST if recipe.guest else None,
        "source_speakers": dict(zip(labels, (voice.label for voice in voices), strict=True)),
        "recipe": asdict(recipe),
        "events": made.counts,
        "overlap_fraction": round(float((speaking > 1).sum() / (speaking > 0).sum()), 4),
        "true_share": {label: round(float(share), 4) for label, share in zip(labels, shares, strict=True)},
    }
