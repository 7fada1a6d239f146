"""Measure what it costs to show a long meeting: 3000 turns, 800 utterances, 8 seats, three hours.

    python -P tests/measure/views.py [--method five_phase] [--rounds 5]

A table publishes eight times a second of a running meeting. Per case: milliseconds of one whole view of the lead, made
anew; of one publish to the lead alone, in the middle and on average over some seconds (a summary is not made at each);
and of one to the lead and eight phones. Processor time. Exits 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import mean, median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from methods.method import Method  # noqa: E402 - the project this script lies in, wherever it is called from
from methods.reader import load_library  # noqa: E402
from server.meeting import commands as wish  # noqa: E402
from server.meeting import events as happened  # noqa: E402
from server.meeting.meeting import Meeting, apply  # noqa: E402
from server.room import Room  # noqa: E402
from server.screens import FACILITATOR, Screens, audience_of  # noqa: E402
from server.views import facilitator_view  # noqa: E402
from tests.meeting.table import Played  # noqa: E402

TURNS, UTTERANCES, SEATS, SECONDS = 3000, 800, "ABCDEFGH", 10800.0
PUBLISHES = 8
"""A second."""
LIMITS = {("ordinary", 6): 10.0, ("ordinary", 100): 10.0, ("last", 6): 15.0, ("last", 100): 40.0}
"""Milliseconds of a publish to the lead: the median in an ordinary phase, the mean in the last."""


def long_meeting(method: Method, visits: int) -> Meeting:
    """Everybody speaks in turn, and the group goes round the phases until it was in that many."""
    played = Played(method)
    played.ask(wish.OpenMeeting(method=method.id, language="nl", names=tuple(SEATS), minutes=SECONDS / 60))
    played.ask(wish.ConfirmConsent(agreed=len(SEATS)))
    played.listen()
    played.ask(wish.ChooseCaseOwner(seat="B"))
    assert played.meeting
    order, each = played.meeting.order, SECONDS / TURNS
    for number in range(TURNS):
        played.now = (number + 1) * each
        if len(played.meeting.visits) < min(visits, 1 + played.now // (SECONDS / visits)):
            played.ask(wish.BeginPhase(phase=order[len(played.meeting.visits) % len(order)]))
        seat = SEATS[number % len(SEATS)]
        played.hear(happened.TurnEnded(at=played.now, seat=seat, start=played.now - 3.4, end=played.now - 0.2))
        if number * UTTERANCES // TURNS != (number + 1) * UTTERANCES // TURNS:
            played.say("question_open" if number % 3 else "advice", played.now, seat="CDEF"[number % 4], advice=0.9)
    return played.meeting


def milliseconds(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return (time.process_time() - began) * 1000


def publishes(meeting: Meeting, method: Method, watching: list[str], rounds: int) -> list[float]:
    """What each publish costs while somebody speaks on, over so many seconds of the meeting."""
    screens = Screens(lambda whom, name, payload: None)
    room = Room(meeting=meeting, method=method, clock_running=True)
    for audience in watching:
        screens.arrive(audience, audience, room)
    speaks = apply(meeting, happened.TurnBegan(at=meeting.now, seat="C"))
    later = [replace(speaks, now=speaks.now + number / PUBLISHES) for number in range(1, rounds * PUBLISHES + 1)]
    if meeting.closed:
        later = [meeting for _ in later]
    return [milliseconds(lambda now=now: screens.show(replace(room, meeting=now))) for now in later]  # type: ignore[misc]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--method", default="five_phase")
    asked.add_argument("--rounds", type=int, default=5)
    options = asked.parse_args()
    method = dict(load_library())[options.method]
    phones = [audience_of("participant", seat) for seat in SEATS]
    missed = False
    print("| phase | visits | view made anew | publish, median | mean | with eight phones, median | mean |")
    print("|---|---|---|---|---|---|---|")
    for visits in (6, 100):
        said = long_meeting(method, visits)
        at = said.now + 0.2
        middle, last = said.order[len(said.order) // 2], said.order[-1]
        for name, event in (
            ("ordinary", happened.PhaseBegan(at=at, phase=middle)),
            ("last", happened.PhaseBegan(at=at, phase=last)),
            ("closed", happened.MeetingClosed(at=at)),
        ):
            meeting = apply(said, event)
            room = Room(meeting=meeting, method=method, clock_running=True)
            anew = median(milliseconds(lambda room=room: facilitator_view(room)) for _ in range(options.rounds * 2))  # type: ignore[misc]
            lead = publishes(meeting, method, [FACILITATOR], options.rounds)
            everybody = publishes(meeting, method, [FACILITATOR, *phones], options.rounds)
            figures = (anew, median(lead), mean(lead), median(everybody), mean(everybody))
            print(f"| {name} | {len(meeting.visits)} | {' | '.join(f'{figure:.1f}' for figure in figures)} |")
            reached = median(lead) if name == "ordinary" else mean(lead)
            missed = missed or reached > LIMITS.get((name, visits), float("inf"))
    sys.exit(missed)


if __name__ == "__main__":
    main()
