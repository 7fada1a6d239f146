"""The minutes of a meeting are shared out over the stops of its method. Nothing here looks at a clock or moves on.

All is counted in whole tenths of a minute, so that the stops and what is spare add up to the meeting exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from methods.method import Method, Phase, again, base_of

TENTHS = 10
"""Tenths in a minute."""
SHORTEST = 5
"""Tenths of a minute: nothing can be done in a stop that is shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A method fitted to people and minutes; the minutes of the stops and the spare ones add up to the meeting."""

    stops: tuple[tuple[str, float], ...]
    """Stop of the method to minutes, in order."""
    spare: float
    """Minutes that no phase has a use for; a second case might."""
    fits: bool
    """Whether every stop has its fair minimum."""
    least: float
    """Minutes from which it fits with these people: one lap, without what may be left out."""
    laps: int = 1
    """How often the repeated phases come; fewer than `laps_wanted` where the minutes hold no more."""
    laps_wanted: int = 1
    left_out: tuple[str, ...] = ()
    """Optional phases for which there are no minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Need:
    """What one stop needs, in tenths of a minute."""

    stop: str
    fair: int
    usual: int
    most: int
    kept: bool
    """Whether the group looks back here, so that no other stop may eat its minutes."""


def fit(method: Method, people: int, minutes: float) -> Plan:
    """The method in these minutes: everybody's turn first, then what the phases usually take, then their most."""
    total = round(minutes * TENTHS)
    ways = list(_ways(method, people))
    laps, left_out, needs = next((way for way in ways if _fair_sum(way[2]) <= total), ways[-1])
    least = _fair_sum(ways[-1][2])
    shares = _shared(needs, total) if least <= total else _too_short(needs, total)
    return Plan(
        stops=_in_minutes(needs, shares),
        spare=(total - sum(shares)) / TENTHS,
        fits=least <= total,
        least=least / TENTHS,
        laps=laps,
        laps_wanted=ways[0][0],
        left_out=left_out,
    )


def fair_minimum(phase: Phase, people: int) -> float:
    """The fewest minutes in which this phase gives everybody who speaks in it their turn."""
    return _fair(phase, people) / TENTHS


def looks_back(method: Method) -> frozenset[str]:
    """The phases whose minutes are kept: those that evaluate, the last one where none does."""
    found = frozenset(phase.id for phase in method.phases if phase.evaluates)
    return found or frozenset({method.phases[-1].id})


def could_give(
    method: Method, stops: Mapping[str, float], order: tuple[str, ...], now: str | None, people: int, minutes: float
) -> str | None:
    """The later stop that can give these minutes and stay fair, the one with the most to spare; None when none can.

    `stops`: stop to planned minutes. A stop that looks back never gives.
    """
    later = order if now is None else order[order.index(now) + 1 :]
    kept = looks_back(method)
    room = {
        stop: stops.get(stop, method.phase(stop).minutes) - fair_minimum(method.phase(stop), people)
        for stop in later
        if base_of(stop) not in kept
    }
    giver = max(room, key=room.__getitem__, default=None)
    # Minutes are sums of tenths as floats: a hundredth decides nothing.
    return giver if giver is not None and room[giver] > minutes - 0.01 else None


def second_case(
    method: Method, order: tuple[str, ...], lap: int, people: int, minutes_left: float
) -> tuple[tuple[str, float], ...]:
    """Stops and minutes for one more case, in the minutes left once this one is done; empty when they hold none.

    What follows the cases in `order` keeps its minutes: the usual ones where the group looks back, else the fair ones.
    """
    done = max((place for place, stop in enumerate(order) if base_of(stop) in method.per_case), default=-1)
    to_come = _needs(method, people, order[done + 1 :])
    room = math.floor(round(minutes_left * TENTHS, 6)) - sum(need.usual if need.kept else need.fair for need in to_come)
    for left_out in _lighter(method):
        stops = (again(phase, lap) for phase in method.per_case if phase not in left_out)
        needs = _needs(method, people, stops)
        if _fair_sum(needs) <= room:
            return _in_minutes(needs, _shared(needs, room))
    return ()


def timing(
    order: tuple[str, ...], plan: Mapping[str, float], spent_seconds: Mapping[str, float], now: str | None
) -> float:
    """Minutes the meeting is behind its plan (+) or ahead of it (-); a stop that was skipped puts it ahead."""
    place = order.index(now) if now is not None else 0
    behind = 0.0
    for number, stop in enumerate(order):
        over = spent_seconds.get(stop, 0.0) / 60 - plan.get(stop, 0.0)
        # Only a stop that is done can be ahead; the running one, or one gone back from, may still use its minutes.
        behind += over if number < place else max(0.0, over)
    return behind


def _speakers(phase: Phase, people: int) -> int:
    """How many take a turn one after another. The lead takes part, and other roles are somebody's of these people."""
    speak = phase.floor.speak
    turns = people - 1 + ("case_owner" in speak) if "peers" in speak else len(speak)
    # Pairs talk at the same time; an odd number of people makes one of them a trio.
    return min(turns, 2 + people % 2) if phase.floor.mode == "pairs" else turns


def _fair(phase: Phase, people: int) -> int:
    """In tenths of a minute. Not held to the phase's own most: with many people fairness wins over the method."""
    turns = math.ceil((phase.floor.seconds_each or 0) * _speakers(phase, people) * TENTHS / 60)
    return max(_tenths(phase.minutes_min), turns, SHORTEST)


def _tenths(minutes: float) -> int:
    return math.ceil(round(minutes * TENTHS, 6))


def _needs(method: Method, people: int, stops: Iterable[str]) -> tuple[_Need, ...]:
    kept = looks_back(method)
    needs = []
    for stop in stops:
        phase = method.phase(stop)
        fair = _fair(phase, people)
        usual = max(_tenths(phase.minutes), fair)
        most = max(_tenths(phase.minutes_max), usual)
        needs.append(_Need(stop=stop, fair=fair, usual=usual, most=most, kept=base_of(stop) in kept))
    return tuple(needs)


def _fair_sum(needs: Iterable[_Need]) -> int:
    return sum(need.fair for need in needs)


_Way = tuple[int, tuple[str, ...], tuple[_Need, ...]]
"""Laps, phases left out, and what the stops that remain need."""


def _ways(method: Method, people: int) -> Iterator[_Way]:
    """How the method may go, the fullest first: somebody's turn is worth more than a phase that may be left out."""
    wanted = 1 if method.repeat is None else max(1, people if method.repeat.times is None else method.repeat.times)
    for laps in range(wanted, 0, -1):
        for left_out in _lighter(method):
            stops = (stop for stop in _stops(method, laps) if base_of(stop) not in left_out)
            yield laps, left_out, _needs(method, people, stops)


def _lighter(method: Method) -> Iterator[tuple[str, ...]]:
    """What is left out: nothing, then the last optional phase, then the one before it as well."""
    kept = looks_back(method)
    optional = tuple(phase.id for phase in method.phases if phase.optional and phase.id not in kept)
    for number in range(len(optional), -1, -1):
        yield optional[number:]


def _stops(method: Method, laps: int) -> Iterator[str]:
    """All stops in order; the repeated phases come together, where the first of them stands."""
    block = method.repeat.phases if method.repeat else ()
    repeated = False
    for phase in method.phases:
        if phase.id not in block:
            yield phase.id
        elif not repeated:
            repeated = True
            yield from (again(each, lap) for lap in range(1, laps + 1) for each in block)


def _shared(needs: Sequence[_Need], total: int) -> list[int]:
    """Tenths per stop, none below its fair minimum, which `total` holds; more than the most of all stays unshared."""
    fair = [need.fair for need in needs]
    usual = [need.usual for need in needs]
    if total >= sum(usual):
        room = [need.most - need.usual for need in needs]
        return _plus(usual, _proportional(room, min(total - sum(usual), sum(room))))
    # Where the group looks back keeps its usual minutes as far as the others are left with their fair ones.
    back = [(need.usual - need.fair) * need.kept for need in needs]
    others = [(need.usual - need.fair) * (not need.kept) for need in needs]
    over = total - sum(fair)
    for_back = min(over, sum(back))
    return _plus(fair, _proportional(back, for_back), _proportional(others, over - for_back))


def _too_short(needs: Sequence[_Need], total: int) -> list[int]:
    """Tenths per stop where not everybody's turn fits: looking back keeps its fair minimum as far as it goes."""
    if total < SHORTEST * len(needs):
        return _proportional([1] * len(needs), total)
    back = [need.fair for need in needs if need.kept]
    others = [need.fair for need in needs if not need.kept]
    for_back = min(sum(back), total - SHORTEST * len(others))
    shares_back, shares_others = iter(_shrunk(back, for_back)), iter(_shrunk(others, total - for_back))
    return [next(shares_back if need.kept else shares_others) for need in needs]


def _shrunk(needs: Sequence[int], total: int) -> list[int]:
    """The needs in proportion, none below the shortest, which `total` holds for each."""
    short: set[int] = set()
    while True:
        rest = {place: need for place, need in enumerate(needs) if place not in short}
        room = total - SHORTEST * len(short)
        below = {place for place, need in rest.items() if need * room < SHORTEST * sum(rest.values())}
        if not below:
            break
        short |= below
    shares = dict(zip(rest, _proportional(list(rest.values()), room), strict=True))
    return [shares.get(place, SHORTEST) for place in range(len(needs))]


def _proportional(weights: Sequence[int], total: int) -> list[int]:
    """`total` in whole parts after these weights; what rounding leaves goes to those it took the most of."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    shares = [weight * total // whole for weight in weights]
    by_loss = sorted(range(len(weights)), key=lambda place: -(weights[place] * total % whole))
    for place in by_loss[: total - sum(shares)]:
        shares[place] += 1
    return shares


def _plus(*columns: Sequence[int]) -> list[int]:
    return [sum(row) for row in zip(*columns, strict=True)]


def _in_minutes(needs: Sequence[_Need], shares: Sequence[int]) -> tuple[tuple[str, float], ...]:
    return tuple((need.stop, share / TENTHS) for need, share in zip(needs, shares, strict=True))
