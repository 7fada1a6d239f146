"""What spans the phases of a method: which of them come again, and whether all fit in the meeting."""

from __future__ import annotations

import math
from collections.abc import Mapping

import yaml

from methods import shape
from methods.check import Reading
from methods.method import Phase, Repeat


def read_again(
    reading: Reading, keys: Mapping[str, yaml.Node], phases: tuple[Phase, ...]
) -> tuple[Repeat | None, tuple[str, ...]]:
    """`repeat`, and `per_case`: a method has one of the two at most."""
    repeat = _repeat(reading, keys["repeat"], phases) if "repeat" in keys else None
    per_case = _stretch(reading, keys["per_case"], "per_case", phases) if "per_case" in keys else ()
    if "repeat" in keys and "per_case" in keys:
        what = "a method cannot have both 'repeat' and 'per_case'"
        cure = "Keep 'repeat' where everybody brings a case in every meeting, else 'per_case'"
        reading.note(keys["per_case"], what, cure)
    return repeat, per_case


def _repeat(reading: Reading, node: yaml.Node, phases: tuple[Phase, ...]) -> Repeat:
    keys = reading.keys(node, "repeat", shape.REPEAT_KEYS)
    again = _stretch(reading, keys["phases"], "repeat.phases", phases) if "phases" in keys else ()
    return Repeat(phases=again, times=_times(reading, keys.get("times")))


def _times(reading: Reading, node: yaml.Node | None) -> int | None:
    if node is None or (isinstance(node, yaml.ScalarNode) and node.value == shape.PEOPLE):
        return None
    least, most = shape.TIMES
    times = reading.number_at(node)
    if not least <= times <= most or times != int(times):
        what = f"repeat.times must be '{shape.PEOPLE}', or a whole number from {least:g} to {most:g}"
        reading.note(node, what, f"Write 'times: {shape.PEOPLE}' for once each, or digits without quotes")
        return None
    return int(times)


def _stretch(reading: Reading, node: yaml.Node, where: str, phases: tuple[Phase, ...]) -> tuple[str, ...]:
    """Ids of phases that follow each other, none of which looks back on the whole meeting."""
    order = [phase.id for phase in phases if phase.id]
    before = len(reading.problems)
    ids = reading.codes(node, where, order, at_least=1) if order else ()
    if len(reading.problems) > before or not ids:
        return ids
    begin = order.index(ids[0])
    if tuple(order[begin : begin + len(ids)]) != ids:
        wanted = [each for each in order if each in ids]
        whole = order[order.index(wanted[0]) : order.index(wanted[-1]) + 1]
        what = f"the phases of {where} do not follow each other as they do in the method"
        reading.note(node, what, f"Write [{', '.join(whole)}], or a part of it without gaps")
    for phase in phases:
        if phase.id in ids and phase.evaluates:
            what = f"'{phase.id}' looks back on the meeting and cannot be in {where}"
            cure = "Leave it out: it comes once, at the end; or take evaluation and agreement out of its capture"
            reading.note(node, what, cure)
    return ids


def check_total(
    reading: Reading,
    node: yaml.Node,
    phases: tuple[Phase, ...],
    duration: tuple[float, float, float],
    laps: Mapping[str, float],
) -> None:
    """The phases together must be able to make a meeting of the length that the method promises."""
    shortest, usual, longest = (
        sum(getattr(phase, name) * laps.get(phase.id, 1) for phase in phases)
        for name in ("minutes_min", "minutes", "minutes_max")
    )
    again = f", with {max(laps.values()):g} times what comes again," if laps else ""
    if usual < duration[0] or usual > duration[2]:
        what = f"the phases{again} take {usual:g} minutes, outside the {duration[0]:g} to {duration[2]:g} of the method"
        reading.note(node, what, "Change the duration, or the minutes of some phases")
    elif duration[1] < shortest or duration[1] > longest:
        what = f"the phases{again} cannot make {duration[1]:g} minutes: together they take {shortest:g} to {longest:g}"
        reading.note(node, what, "Change 'typical', or the minutes of some phases")


def laps_of(repeat: Repeat | None, ideal_group: float) -> Mapping[str, float]:
    """How often each repeated phase comes in the usual meeting: with a group of the ideal size."""
    if repeat is None or math.isnan(ideal_group):
        return {}
    return dict.fromkeys(repeat.phases, repeat.times or ideal_group)
