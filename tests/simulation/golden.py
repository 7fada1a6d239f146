"""`python -m tests.simulation.golden FOLDER`: the meeting that the golden table of the ears is about.

After a change that is meant to change what the ears hear, look at what changed and accept it:

    python -m tests.simulation.golden FOLDER
    python -m speech.bench FOLDER --compare tests/ears/golden.json --accept
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.simulation.meeting import Recipe, simulate
from tests.simulation.shipped import rehearsal_voices

SEATS = ("Ruth", "Daniel", "Maya", "Tom", "Karim", "Marieke")
"""The last is the guest."""
RECIPE = Recipe(
    name="golden",
    seed=11,
    minutes=2.0,
    guest=True,
    weights=(0.2, 0.15, 0.3, 0.15, 0.1, 0.1),
    overlap=0.08,
    enrol_seconds=6.0,
    reverberation=0.4,
    reflections=8,
    noise=("pink", "hum", "cups", "coughs"),
    snr=16.0,
)


def make(folder: Path) -> Path:
    """Writes the meeting; the answer is the path of the sound."""
    voices = {voice.label: voice for voice in rehearsal_voices()}
    return simulate(RECIPE, [voices[label] for label in SEATS]).write(folder)


if __name__ == "__main__":
    print(make(Path(sys.argv[1])))
