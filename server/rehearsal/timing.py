"""Here spoken lines get their place in time and their true speech stretches; no sound is mixed and no file written."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from server.rehearsal.kokoro import Audio
from server.rehearsal.script import Line, Seat, is_enrolment

HERTZ = 16_000
STEP = 160
"""Samples in the 10 ms grid on which the truth is kept."""
STEPS_PER_SECOND = 100
Mask = npt.NDArray[np.bool_]
FIRST_SECONDS = 1.0
PHASE_GAP_SECONDS = 1.0
PHASE_LEAD_SECONDS = 0.3
ENROLMENT_GAP_SECONDS = 0.9
ENDING_SECONDS = 3.0
RMS = 0.05
"""Level every utterance is brought to before the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One utterance with its place in the recording."""

    line: Line
    seat: Seat
    audio: Audio
    mask: Mask
    """True where there is speech, one value per 10 ms of `audio`."""
    at: int
    """Place of the first 10 ms step in the recording."""

    @property
    def start(self) -> float:
        """Seconds where the first sound is."""
        return (self.at + int(np.flatnonzero(self.mask)[0])) / STEPS_PER_SECOND

    @property
    def end(self) -> float:
        """Seconds just after the last sound."""
        return (self.at + int(np.flatnonzero(self.mask)[-1]) + 1) / STEPS_PER_SECOND


def stretches(mask: Mask) -> list[tuple[int, int]]:
    """(first, past-the-last) pairs of the True stretches."""
    edges = np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def without_short(mask: Mask, *, value: bool, shortest: int) -> Mask:
    """The mask with inner stretches of `value` below `shortest` steps turned over."""
    result = mask.copy()
    for first, past in stretches(mask == value):
        if past - first < shortest and first > 0 and past < len(mask):
            result[first:past] = not value
    return result


def speech_mask(audio: Audio) -> Mask:
    """Where a clean utterance sounds, per 10 ms: within 38 dB of its loud level; breaks under 0.2 s belong to it."""
    steps = audio[: len(audio) // STEP * STEP].reshape(-1, STEP)
    decibel = 10 * np.log10(np.mean(steps**2, axis=1) + 1e-10)
    smooth = np.convolve(decibel, np.ones(3) / 3, "same")
    loud = smooth > float(np.percentile(smooth, 95)) - 38
    return without_short(without_short(loud, value=False, shortest=20), value=True, shortest=6)


def trimmed(audio: Audio) -> tuple[Audio, Mask]:
    """The utterance cut to its speech with 40 ms margins, at the common level, and its mask."""
    mask = speech_mask(audio)
    sounding = np.flatnonzero(mask)
    first, past = max(0, int(sounding[0]) - 4), min(len(mask), int(sounding[-1]) + 5)
    cut, cut_mask = audio[first * STEP : past * STEP].copy(), mask[first:past]
    ramp = np.linspace(0, 1, STEP, dtype=np.float32)
    cut[:STEP] *= ramp
    cut[-STEP:] *= ramp[::-1]
    level = float(np.sqrt(np.mean(cut.reshape(-1, STEP)[cut_mask] ** 2)))
    return (cut * (RMS / level)).astype(np.float32), cut_mask


def pause_before(line: Line, previous: Line | None, chance: np.random.Generator) -> float:
    """Seconds of quiet (negative: overlap) between the previous utterance and this one."""
    if previous is None:
        return FIRST_SECONDS
    natural = float(np.clip(chance.lognormal(np.log(0.5), 0.35), 0.25, 1.1))
    if line.phase != previous.phase:
        return max(PHASE_GAP_SECONDS, line.pause or 0)
    if line.phase == "look_back":
        return ENROLMENT_GAP_SECONDS
    return natural if line.pause is None else line.pause


def placed(
    lines: Sequence[tuple[Line, Seat, Audio]], chance: np.random.Generator, previous: Line | None = None
) -> list[Spoken]:
    """All lines one after the other, each at its pause after everything before it."""
    result: list[Spoken] = []
    end = 0.0
    for line, seat, audio in lines:
        cut, mask = trimmed(audio)
        margin = int(np.flatnonzero(mask)[0])
        wanted = end + pause_before(line, previous, chance)
        spoken = Spoken(line=line, seat=seat, audio=cut, mask=mask, at=round(wanted * STEPS_PER_SECOND) - margin)
        result.append(spoken)
        end, previous = max(end, spoken.end), line
    return result


def phase_starts(spoken: Sequence[Spoken]) -> list[tuple[str, float]]:
    """(phase, seconds where it starts): the first at 0, the others shortly before their first word."""
    starts: dict[str, float] = {}
    for one in spoken:
        starts.setdefault(one.line.phase, round(one.start - PHASE_LEAD_SECONDS, 2) if starts else 0.0)
    return list(starts.items())


def activity(spoken: Sequence[Spoken], seats: Sequence[Seat]) -> npt.NDArray[np.bool_]:
    """Speech per seat (rows) and 10 ms step (columns), over the whole recording."""
    length = round((max(one.end for one in spoken) + ENDING_SECONDS) * STEPS_PER_SECOND)
    grid = np.zeros((len(seats), length), dtype=np.bool_)
    for one in spoken:
        grid[one.seat.number - 1, one.at : one.at + len(one.mask)] |= one.mask
    return grid


def enrolments(spoken: Sequence[Spoken]) -> dict[str, Spoken]:
    """Per seat letter the utterance in which that seat says its name."""
    return {one.seat.letter: one for one in spoken if is_enrolment(one.line, one.seat)}
