"""Which voices are hardest to tell apart, as the ears would compare them. Nothing here is composed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from speech.embedding import CamPlus
from speech.models import speaker_network
from tests.simulation.voices import RATE, Voice

WINDOW = 3 * RATE
"""Samples that are compared at a time."""
WINDOWS = 4
"""For each voice; a voice is their mean."""


def most_alike(voices: Sequence[Voice]) -> tuple[int, int, float]:
    """The two voices with the highest cosine, and that cosine."""
    embed = CamPlus(speaker_network())
    means = []
    for voice in voices:
        sound = np.concatenate([phrase.sound for phrase in voice.phrases])
        begins = np.linspace(0, max(0, len(sound) - WINDOW), WINDOWS).astype(int)
        mean = np.mean([embed(sound[begin : begin + WINDOW]) for begin in begins], axis=0)
        means.append(mean / np.linalg.norm(mean))
    cosines = np.array(means) @ np.array(means).T - 2 * np.eye(len(means))
    first, second = np.unravel_index(int(np.argmax(cosines)), cosines.shape)
    return int(first), int(second), float(cosines[first, second])
