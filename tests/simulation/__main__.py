"""`python -m tests.simulation --voices FOLDER --seats 5 --output FOLDER`: new meetings with truth, for the bench.

FOLDER has a sub-folder of recordings for each speaker, or a manifest.csv with the columns `speaker` and `path`. Without
--voices the voices of the rehearsal are taken.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from tests.simulation.alike import most_alike
from tests.simulation.meeting import Recipe, simulate
from tests.simulation.room import circle, line, one_microphone
from tests.simulation.shipped import rehearsal_voices
from tests.simulation.voices import Voice, from_folder, from_manifest

ARRAYS = {"circle": circle, "line": line}


def main() -> None:
    """Writes one meeting for every seed."""
    asked = _arguments().parse_args()
    stock = _stock(asked)
    for seed in asked.seeds:
        voices = _table(stock, asked, np.random.default_rng(seed + 1000))
        array = ARRAYS[asked.array](asked.channels) if asked.channels > 1 else one_microphone()
        recipe = Recipe(
            name=f"{asked.name}_{seed}",
            seed=seed,
            minutes=asked.minutes,
            guest=asked.guest,
            overlap=asked.overlap,
            enrol_seconds=asked.enrol_seconds,
            quiet=tuple(asked.quiet),
            dry=asked.dry,
            microphones=tuple(tuple(float(metres) for metres in place) for place in array),
            noise=tuple(asked.noise.split(",")),
            snr=asked.snr,
        )
        made = simulate(recipe, voices)
        print(made.write(asked.output), made.truth["overlap_fraction"], made.truth["true_share"], flush=True)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--voices", type=Path)
    add("--where", action="append", default=[], metavar="COLUMN=VALUE", help="rows of manifest.csv to use")
    add("--speakers", help="comma-separated, in the order of the seats, a guest last; else by chance")
    add("--seats", type=int, default=5)
    add("--guest", action="store_true", help="one voice more that never checks in")
    add("--twins", action="store_true", help="the first two seats share one speaker, one of them a little higher")
    add("--alike", action="store_true", help="the first two seats are the two voices that are hardest to tell apart")
    add("--minutes", type=float, default=6.5)
    add("--overlap", type=float, default=0.07)
    add("--enrol-seconds", type=float, default=6.5)
    add("--quiet", type=int, action="append", default=[], help="number of a seat, from 0, soft and at 1.5 m")
    add("--dry", action="store_true")
    add("--channels", type=int, default=1)
    add("--array", choices=sorted(ARRAYS), default="circle")
    add("--noise", default="pink,hum,cups", help="pink,hum,projector,cups,clicks,coughs,typing")
    add("--snr", type=float, help="decibel")
    add("--seeds", type=int, nargs="+", default=[1])
    add("--name", default="meeting")
    add("--output", type=Path, required=True)
    return parser


def _stock(asked: argparse.Namespace) -> list[Voice]:
    if asked.voices is None:
        return rehearsal_voices()
    manifest = asked.voices / "manifest.csv"
    if manifest.is_file():
        return from_manifest(manifest, **dict(pair.split("=", 1) for pair in asked.where))
    return from_folder(asked.voices)


def _table(stock: list[Voice], asked: argparse.Namespace, chance: np.random.Generator) -> list[Voice]:
    """The voices of one meeting."""
    by_label = {voice.label: voice for voice in stock}
    wanted = asked.seats + asked.guest - asked.twins
    if asked.alike:
        first, second, cosine = most_alike(stock)
        print(f"{stock[first].label} and {stock[second].label} are the most alike, cosine {cosine:.2f}")
        others = [voice for number, voice in enumerate(stock) if number not in (first, second)]
        chosen = [stock[first], stock[second], *(others[at] for at in chance.permutation(len(others))[: wanted - 2])]
    elif asked.speakers:
        chosen = [by_label[label] for label in asked.speakers.split(",")]
    elif wanted > len(stock):
        raise SystemExit(f"There are {len(stock)} voices, and {wanted} are needed. Ask for fewer seats.")
    else:
        chosen = [stock[number] for number in chance.permutation(len(stock))[:wanted]]
    return [*chosen[0].twin(), *chosen[1:]] if asked.twins else chosen


if __name__ == "__main__":
    main()
