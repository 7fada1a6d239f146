"""The speaking-time summary as plain text for a terminal. Nothing here counts."""

from __future__ import annotations

from typing import Any

from methods.method import Method, in_language
from server.meeting.meeting import Meeting
from server.meeting.summary import summary


def as_table(meeting: Meeting, method: Method, *, judged: bool = True) -> str:
    """Who spoke how long, as a whole and per phase; round the table, never by length.

    `judged`: whether kinds of sentences can still be counted; they are not kept.
    """
    told = summary(meeting, method)
    seats = told["seats"]
    rows = [["", *(seat["name"] for seat in seats.values()), "silence", "several", "unknown"]]
    rows.append(["all", *(_cell(seat) for seat in seats.values()), *(_seconds(told[key]) for key in _NOBODYS)])
    for phase in told["phases"]:
        name = in_language(phase["name"], meeting.language)
        shares = (_cell(seat) for seat in phase["seats"].values())
        rows.append([name, *shares, *(_seconds(phase[key]) for key in _NOBODYS)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    counted = f"; {told['flags']['raised']} flags; {_questions(told)}" if judged and told["flags"] is not None else ""
    lines += ["", f"{told['minutes']} minutes{counted}."]
    return "\n".join(lines)


def _questions(told: dict[str, Any]) -> str:
    asked = told["questions_before_advice"]
    if asked is None:
        return "no words were heard, so questions were not counted"
    return f"before the first advice {asked['open']} open and {asked['closed']} closed questions"


_NOBODYS = ("silence", "several", "unknown")


def _cell(seat: dict[str, Any]) -> str:
    if seat["seconds"] is None:
        return f"{seat['turns']} turns" if "turns" in seat else ""
    return f"{_seconds(seat['seconds'])} {seat['share']:.0%}"


def _seconds(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
