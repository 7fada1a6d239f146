"""`./kring doctor`: looks at what Kring needs on this machine and names the cure. Nothing here changes anything."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from server import checkup, nearby
from server.checkup import Finding as Finding
from server.hearing import QUIET_ENVIRONMENT
from server.settings import HTTPS_PORT

if TYPE_CHECKING:
    from speech.bench.cost import Cost

REHEARSAL = Path(__file__).parent / "rehearsal" / "en.opus"
SOUND = (60.0, 80.0)
"""Seconds of it that are heard to measure the ears; people speak nearly all the time."""
SECONDS_OF_WORDS = 6.0
PATIENCE = 8.0
"""Seconds of computing after which a slow machine has heard enough."""
MOST = 0.8
"""Part of a core that hearing may take: the meeting needs some, and a warm machine slows down."""
_FASTER = "close other programs, or use a faster machine; until then Kring does with less by itself while sound waits"


def examine(folder: Path | None = None, port: int = HTTPS_PORT) -> tuple[Finding, ...]:
    """Everything, in the order in which a person would cure it; `folder` is the user's own when none is given."""
    from server.starting import data_folder

    os.environ.update(QUIET_ENVIRONMENT)
    data = data_folder(folder)
    return (
        *_sound(),
        *_models(),
        checkup.ears(),
        *_carries(),
        checkup.disk(data),
        checkup.log(data),
        checkup.clock(),
        *checkup.certificate(data),
        checkup.port(data, port),
        _address(),
    )


def _sound() -> Iterator[Finding]:
    try:
        import sounddevice
    except OSError:
        yield Finding(
            subject="PortAudio",
            well=False,
            found="the sound library is missing",
            cure="sudo apt install libportaudio2 (until then, tap the seats)",
        )
        return
    yield Finding(subject="PortAudio", well=True, found=sounddevice.get_portaudio_version()[1])
    inputs = [device["name"] for device in sounddevice.query_devices() if device["max_input_channels"] > 0]
    if inputs:
        yield Finding(subject="microphone", well=True, found=", ".join(inputs[:4]))
    else:
        yield Finding(
            subject="microphone",
            well=False,
            found="none was found",
            cure="plug one in; on Linux see that you are in the group audio (until then, tap the seats)",
        )


def _models() -> Iterator[Finding]:
    from speech.models import installed

    for model in installed():
        found = f"{model.name}: {'whole' if model.whole else model.problem}"
        yield Finding(subject="model", well=model.whole, found=found, cure=model.cure or "")


def _carries() -> Iterator[Finding]:
    """What the ears can do here: some seconds of the English rehearsal go through them, and are timed."""
    from speech.problems import ModelUnusable

    try:
        costs = _costs()
    except ModelUnusable as trouble:
        yield Finding(subject="who speaks", well=False, found="cannot be measured", cure=str(trouble))
        return
    yield from hears(costs)
    try:
        name, factor = _words()
    except ModelUnusable as trouble:
        yield Finding(subject="words", well=False, found="no", cure=str(trouble))
        return
    yield recognises(name, factor, MOST if _cores() > 1 else MOST - costs[-1].factor)


def _costs() -> list[Cost]:
    """Of the whole effort, and of less and less until one can be carried."""
    from speech.bench.cost import measure
    from speech.effort import EFFORTS

    costs: list[Cost] = []
    begin, end = SOUND
    while len(costs) < len(EFFORTS) and (not costs or costs[-1].factor > MOST):
        costs.append(measure(REHEARSAL, begin=begin, end=end, effort=len(costs), patience=PATIENCE))
    return costs


def hears(costs: Sequence[Cost]) -> Iterator[Finding]:
    """Who speaks and whether two at once are heard, by what the last of ever smaller efforts costs."""
    from speech.effort import EFFORTS

    whole, cost, effort = EFFORTS[0], costs[-1], EFFORTS[len(costs) - 1]
    if cost.factor > MOST:
        found = f"no: it takes {cost.factor:.0%} of one core, and {MOST:.0%} can be spared"
        yield Finding(subject="who speaks", well=False, found=found, cure="close other programs, or tap the seats")
        return
    less = "" if effort.hop == whole.hop else ", changes of voice half a second later"
    yield Finding(subject="who speaks", well=True, found=f"yes, {cost.factor:.0%} of one core{less}")
    if effort.overlap is None:
        found = f"no: that would take {costs[0].factor:.0%} of one core"
        yield Finding(subject="two at once", well=False, found=found, cure=_FASTER)
        return
    seldom = "" if effort.overlap == whole.overlap else ", looked for half as often"
    found = f"yes, {cost.factor_of('overlap'):.0%} of that core{seldom}"
    yield Finding(subject="two at once", well=not seldom, found=found, cure=_FASTER if seldom else "")


def recognises(name: str, factor: float, most: float) -> Finding:
    """Whether words keep up with people who speak all the time, when that part of a core can be spared for them."""
    well = factor <= most
    found = f"{'yes' if well else 'not all'}, {factor:.0%} of {'another' if most == MOST else 'that'} core by {name}"
    slow = "late words are left out, who speaks is not; a Vosk model is faster: ./kring models get nl"
    return Finding(subject="words", well=well, found=found, cure="" if well else slow)


def _words() -> tuple[str, float]:
    """Name of the recogniser, and seconds of computing for a second of real speech."""
    from speech.models import choose_recogniser
    from speech.sources import read_stretch

    recogniser = choose_recogniser("en")
    speech = read_stretch(REHEARSAL, SOUND[0], SOUND[0] + SECONDS_OF_WORDS)
    begun = time.process_time()
    recogniser.recognise(speech)
    return recogniser.name, (time.process_time() - begun) / SECONDS_OF_WORDS


def _cores() -> int:
    """Of this machine, as far as Kring may use them."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _address() -> Finding:
    address = nearby.address()
    well = not address.startswith("127.")
    cure = "" if well else "join the tablet's network (or make this machine a hotspot); here only this machine itself"
    return Finding(subject="address", well=well, found=address, cure=cure)
