"""Figures of recordings become rows of one table, to be compared with earlier rows. Nothing here hears or writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from speech.bench.hearing import Measured
from speech.bench.scoring import Errors

Row = dict[str, float | None]
"""Key of a column to its figure; None where there is nothing to measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One kind of figure."""

    heading: str
    tolerance: float
    """A figure may be worse by this much before it counts as worse."""
    more_is_better: bool = False
    relative: bool = False
    """The tolerance is a part of the earlier figure."""
    machine: bool = False
    """Says as much about the machine as about the ears."""


COLUMNS: dict[str, Column] = {
    "der": Column(heading="DER", tolerance=0.5),
    "der_collar": Column(heading="DER .25", tolerance=0.2),
    "miss": Column(heading="miss .25", tolerance=0.3),
    "false_alarm": Column(heading="false alarm .25", tolerance=0.2),
    "confusion": Column(heading="confusion .25", tolerance=0.2),
    "share_mean": Column(heading="share error, mean", tolerance=0.2),
    "share_worst": Column(heading="worst", tolerance=0.4),
    "pairs": Column(heading="pairs in order %", tolerance=0.5, more_is_better=True),
    "unknown": Column(heading="guest found %", tolerance=3.0, more_is_better=True),
    "turns_told": Column(heading="turns told %", tolerance=1.5, more_is_better=True),
    "provisional_median": Column(heading="provisional s, median", tolerance=0.1),
    "provisional_p95": Column(heading="p95", tolerance=0.3),
    "turns_settled": Column(heading="turns settled %", tolerance=1.5, more_is_better=True),
    "settled_median": Column(heading="settled s, median", tolerance=0.1),
    "settled_p95": Column(heading="p95", tolerance=0.3),
    "real_time_factor": Column(heading="real-time factor", tolerance=0.4, relative=True, machine=True),
    "peak_megabytes": Column(heading="peak MB", tolerance=0.1, relative=True, machine=True),
}
"""DER, miss, false alarm, confusion: percent of speech. Shares: points. Delays: seconds of sound since a turn began."""

HEARD = tuple(key for key, column in COLUMNS.items() if not column.machine)


def row_name(one: Measured) -> str:
    """The recording, and how its voices came to their seats when not by a check-in round."""
    return one.recording if one.mode == "truth" else f"{one.recording}, {one.mode}"


def row(measured: Sequence[Measured]) -> Row:
    """The figures of one recording, or of several as if they were one."""
    strict, lenient = (_together([getattr(one.score, kind) for one in measured]) for kind in ("strict", "lenient"))
    shares = [error for one in measured for error in one.score.share_errors]
    good, judged = (sum(one.score.pairs[i] for one in measured) for i in (0, 1))
    found, there = (sum(one.score.unknown[i] for one in measured) for i in (0, 1))
    provisional = [delay for one in measured for delay in one.delays.provisional]
    settled = [delay for one in measured for delay in one.delays.settled]
    der, *_ = strict.rates
    figures = {
        "der": der if strict.speech else None,
        **dict(zip(("der_collar", "miss", "false_alarm", "confusion"), lenient.rates, strict=True)),
        "share_mean": float(np.mean(shares)) if shares else None,
        "share_worst": max(shares, default=None),
        "pairs": 100 * good / judged if judged else None,
        "unknown": 100 * found / there if there else None,
        "turns_told": _percent_told(provisional),
        "provisional_median": _percentile(provisional, 50),
        "provisional_p95": _percentile(provisional, 95),
        "turns_settled": _percent_told(settled),
        "settled_median": _percentile(settled, 50),
        "settled_p95": _percentile(settled, 95),
        "real_time_factor": sum(one.computing for one in measured) / sum(one.seconds for one in measured),
        "peak_megabytes": max(one.peak_megabytes for one in measured),
    }
    if not lenient.speech:
        figures |= dict.fromkeys(("der_collar", "miss", "false_alarm", "confusion"))
    return {key: None if figure is None else round(figure, 3) for key, figure in figures.items()}


def rows(measured: Sequence[Measured], together: str | None = None) -> dict[str, Row]:
    """A row for every recording, and under the name `together` one for all of a mode."""
    found = {row_name(one): row([one]) for one in measured}
    for mode in dict.fromkeys(one.mode for one in measured):
        same = [one for one in measured if one.mode == mode]
        if together is not None and len(same) > 1:
            found[together if mode == "truth" else f"{together}, {mode}"] = row(same)
    return found


def compare(
    now: dict[str, Row], before: dict[str, Row], columns: Sequence[str], *, tolerances: float = 1.0
) -> tuple[list[str], list[str]]:
    """Sentences on what is worse, and on what is better, than the earlier rows of the same names.

    `tolerances` widens those of the columns.
    """
    worse: list[str] = []
    better: list[str] = []
    for name in now.keys() & before.keys():
        for key in columns:
            old, new = before[name].get(key), now[name].get(key)
            if key not in before[name] or old == new:
                continue
            change = _change(COLUMNS[key], old, new, tolerances)
            if change:
                sentence = f"{name}: {COLUMNS[key].heading} ({key}) was {_shown(old)}, is {_shown(new)}"
                (worse if change > 0 else better).append(sentence)
    return sorted(worse), sorted(better)


def markdown(now: dict[str, Row], before: dict[str, Row]) -> str:
    """The one table; behind a figure stands by how much it changed, where that is more than its tolerance."""
    lines = [["recording", *(column.heading for column in COLUMNS.values())]]
    for name, figures in now.items():
        lines.append([name, *(_cell(key, figures[key], before.get(name)) for key in COLUMNS)])
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |" for line in lines
    )


def _cell(key: str, figure: float | None, before: Row | None) -> str:
    old = None if before is None else before.get(key)
    if figure is None or old is None or not _change(COLUMNS[key], old, figure):
        return _shown(figure)
    return f"{_shown(figure)} ({figure - old:+.2f})"


def _change(column: Column, old: float | None, new: float | None, tolerances: float = 1.0) -> int:
    """1 when worse, -1 when better, 0 when about the same; a figure that is gone is worse."""
    if old is None or new is None:
        return (new is None) - (old is None)
    difference = (old - new) if column.more_is_better else (new - old)
    tolerance = tolerances * column.tolerance * (abs(old) if column.relative else 1.0)
    return 0 if abs(difference) <= tolerance else int(np.sign(difference))


def _shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.2f}"


def _together(parts: Sequence[Errors]) -> Errors:
    return Errors(
        miss=sum(part.miss for part in parts),
        false_alarm=sum(part.false_alarm for part in parts),
        confusion=sum(part.confusion for part in parts),
        speech=sum(part.speech for part in parts),
    )


def _percent_told(delays: Sequence[float | None]) -> float | None:
    return 100 * sum(delay is not None for delay in delays) / len(delays) if delays else None


def _percentile(delays: Sequence[float | None], percent: int) -> float | None:
    """Of the turns that were told; how many were not stands in a column of its own."""
    told = [delay for delay in delays if delay is not None]
    return float(np.percentile(told, percent)) if told else None
