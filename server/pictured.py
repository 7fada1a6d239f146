"""What the screens may draw from at this moment, put together from the table's parts. Nothing here decides or waits."""

from __future__ import annotations

from dataclasses import replace

from methods.method import Method
from server.agreements import own_agreements
from server.clock import Clock
from server.furniture import Furniture
from server.keeping import LookBack
from server.log import FULL
from server.meeting import events as happened
from server.meeting.meeting import Meeting
from server.room import Room
from server.unattended import Unattended
from server.unwritten import Unwritten

AT_ONCE = (
    happened.MicrophoneChanged,
    happened.FlagRaised,
    happened.PhaseBegan,
    happened.VoiceLearned,
    happened.VoiceNamed,
    happened.SeatChecked,
)
"""What people wait to see."""


def pictured(
    of: Furniture,
    meeting: Meeting | None,
    method: Method | None,
    clock: Clock | None,
    *,
    unwritten: Unwritten,
    look_back: LookBack | None,
    now: float,
    unattended: Unattended,
    unusable: bool,
) -> Room:
    """The room at second `now` of the meeting."""
    running = meeting is not None and clock is not None and not meeting.closed
    if running and meeting is not None and meeting.rehearsal:
        running = meeting.microphone == "listening"
    meeting = meeting if meeting is None or not running else replace(meeting, now=now)
    rate = clock.rate if clock is not None else 1.0
    group = of.circle.group
    ours = group if group is not None and meeting is not None and meeting.group == group.id else None
    return replace(
        of.joining(of.room),
        meeting=meeting,
        method=method,
        library=tuple(of.shelf.methods.values()),
        problems=tuple((problem.file, str(problem)) for problem in of.shelf.problems),
        pulsed=unwritten.pulses.seats,
        signs=unwritten.signs.standing(meeting, rate),
        practising=of.practice.wanted,
        look_back=look_back if group is None else None,  # that was kept by people who are no group here
        agreements=(*of.room.agreements, *own_agreements(ours)),
        group=group,
        opening=of.circle.opening,
        today=of.circle.today,
        sticks=of.circle.sticks,
        ears=of.hearing.state,
        clock_running=running,
        rate=rate,
        erased=meeting is None and unattended.says_erased,
        erases_in=unattended.erases_in,
        check=of.hearing.check.picture(now),
        trouble="disk_full" if of.log.problem == FULL else "not_written" if of.log.problem or unusable else "",
    )
