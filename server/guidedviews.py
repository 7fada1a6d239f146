"""What people wrote, chose and answered, as each role may see it. A vote or an answer is its own seat's alone."""

from __future__ import annotations

from methods.method import Method, Phase
from server.meeting.answering import my_items
from server.meeting.cards import AGREED, Note, kind_of
from server.meeting.choice import advised, sums
from server.meeting.choosing import choice_rule, open_cases, voters
from server.meeting.evaluating import Spread, pulse, results
from server.meeting.meeting import Meeting
from server.meeting.rules import SILENT, advice_is_welcome, asks_questions
from server.phaseviews import View, running_phase, seconds_in


def everybodys_guide(meeting: Meeting, method: Method, pulses: int = 0) -> View:
    """What any paired screen may see. `pulses`: how many gave a safety pulse that the table still holds back."""
    phase = running_phase(meeting, method)
    return {
        "stopped": meeting.stopped,
        "break": _break(meeting),
        "form": method.form,
        "theme": meeting.theme,
        "floor": None if phase is None else _floor(meeting, phase),
        "round": round_view(meeting),
        "case": _case(meeting, method),
        "cases": [
            {**_card(meeting, note), "treated": note.number in meeting.guided.chosen.values()}
            for note in meeting.guided.cards.of("case_list")
        ],
        "choice": _choice(meeting, method),
        "questions": _questions(meeting),
        "advice": _advice(meeting, method),
        "notes": [
            _card(meeting, note)
            for note in meeting.guided.cards.notes
            if note.kind not in _SHOWN_ELSEWHERE and _is_open(meeting, method, note)
        ],
        "next_time": {note.about: note.text for note in meeting.guided.cards.of("agreement") if note.about in AGREED},
        "evaluation": _evaluation(meeting, pulses),
        "ritual": meeting.guided.ritual,
    }


def my_guide(meeting: Meeting, seat: str, pulsed: bool) -> View:
    """What only this seat may see: its own cards, vote and answers."""
    guided = meeting.guided
    return {
        "notes": [_card(meeting, note) for note in guided.cards.notes if note.seat == seat],
        "writes": _writes(meeting, seat),
        "vote": dict(guided.choice.votes.get(seat, ())),
        "items": list(my_items(meeting, seat)),
        "answers": dict(guided.evaluation.answers.get(seat, {})),
        "pulsed": pulsed,
        "turn": guided.round is not None and guided.round.now == seat,
    }


def waiting_by_seat(meeting: Meeting) -> View:
    """How many written questions each seat still has: for the lead, who calls the turns."""
    told: dict[str, int] = {}
    for note in meeting.guided.cards.waiting(meeting.guided.case):
        if note.seat is not None:
            told[note.seat] = told.get(note.seat, 0) + 1
    return told


_SHOWN_ELSEWHERE = frozenset({"case_list", "question_list", "advice_list", "agreement", "parked"})


def _break(meeting: Meeting) -> View | None:
    """A break whose length was said: its minutes, and the seconds left (below nought: over)."""
    if meeting.paused_since is None or meeting.stopped or not meeting.break_minutes:
        return None
    left = meeting.break_minutes * 60 - (meeting.now - meeting.paused_since)
    return {"minutes": meeting.break_minutes, "left": round(left)}


def writes_in_silence(meeting: Meeting, phase: Phase | None) -> bool:
    """Whether people are meant to write now without reading each other."""
    return phase is not None and (phase.floor.mode in SILENT or _quiet_left(meeting, phase) > 0)


def _quiet_left(meeting: Meeting, phase: Phase) -> float:
    """Seconds left of the silence or the writing that the phase begins with."""
    if phase.id in meeting.guided.quiet_over:
        return 0.0
    quiet = (phase.floor.silence_first_minutes or 0) + (phase.floor.write_first_minutes or 0)
    return quiet * 60 - seconds_in(meeting, phase.id)


def _floor(meeting: Meeting, phase: Phase) -> View:
    floor, quiet = phase.floor, _quiet_left(meeting, phase)
    return {
        "mode": floor.mode,
        "speak": list(floor.speak),
        "silent": list(floor.silent),
        "seconds_each": floor.seconds_each,
        "pause_seconds": floor.pause_seconds,
        "then": floor.then,
        "turned_away": floor.turned_away,
        "quiet_until": round(quiet, 1) if quiet > 0 else None,
        "captures": list(phase.capture),
        "choice_rule": phase.choice_rule,
        "asks": asks_questions(phase),
        "arrives": "check_in" in phase.allow or phase.id == meeting.order[0],
    }


def round_view(meeting: Meeting, *, whole: bool = False) -> View | None:
    """The round. An order by who spoke least would show everybody who that is: only the lead sees it `whole`."""
    running = meeting.guided.round
    if running is None or meeting.closed:
        return None
    order = [seat for seat in running.order if seat not in running.away]
    told = whole or running.by != "least_heard"
    if not told:
        order = [seat for seat in order if seat in running.done or seat == running.now]
    return {
        "by": running.by if told else None,
        "order": order,
        "done": list(running.done),
        "passed": sorted(running.passed),
        "now": running.now,
    }


def _case(meeting: Meeting, method: Method) -> View:
    guided = meeting.guided
    cards, number = guided.cards, guided.case

    def said(kind: str) -> str:
        notes = [note for note in cards.of(kind, number) if note.seat in (guided.owner, None)]
        return next((note.text for note in notes if _is_open(meeting, method, note)), "")

    intention = cards.intentions.get(number)
    return {
        "number": number,
        "of": meeting.cases_planned,
        "owner": guided.owner,
        "question": _question_of(meeting, method, number),
        "restated": said("question_reformulated"),
        "own_share": said("own_share"),
        "enough": number in cards.enough,
        "intention": None
        if intention is None
        else {"text": intention.text, "step": intention.step, "by": intention.by},
        "earlier": [
            {"number": case, "owner": owner, "question": _question_of(meeting, method, case)}
            for case, owner in sorted(guided.owners.items())
            if case < number
        ],
    }


def _question_of(meeting: Meeting, method: Method, case: int) -> str:
    """As its owner wrote it: for this case, or for the day before cases were told apart; else the card chosen."""
    guided = meeting.guided
    owner = guided.owners.get(case)
    own = [note for note in guided.cards.of("question_original") if note.seat in (owner, None) and note.case <= case]
    for note in sorted(own, key=lambda note: note.case, reverse=True):
        if (note.case == case or note.seat is not None) and _is_open(meeting, method, note):
            return note.text
    chosen = guided.cards.note(guided.chosen.get(case))
    return chosen.text if chosen else ""


def _choice(meeting: Meeting, method: Method) -> View:
    choice, cases = meeting.guided.choice, open_cases(meeting)
    told = sums(choice, cases) if choice.counted else ()
    best = advised(told)
    return {
        "rule": choice_rule(meeting, method),
        "voted": len(voters(meeting)),
        "of": len(meeting.at_table),
        "counted": choice.counted,
        "sums": [{"note": one.note, "parts": dict(one.parts), "total": one.total} for one in told],
        "advised": list(best),
        "tie": len(best) > 1,
    }


def _questions(meeting: Meeting) -> View:
    cards, case = meeting.guided.cards, meeting.guided.case
    asked = [note for number in cards.asked if (note := cards.note(number)) and note.case == case]
    return {
        "waiting": len(cards.waiting(case)),
        "asked": [_card(meeting, note) for note in asked],
        "now": asked[-1].number if asked else None,
    }


def _advice(meeting: Meeting, method: Method) -> list[View]:
    case, phase = meeting.guided.case, running_phase(meeting, method)
    if writes_in_silence(meeting, phase):
        return []
    out = any(
        advice_is_welcome(been) and been.floor.mode not in SILENT and meeting.case_of(visit.phase) == case
        for visit in meeting.visits
        for been in (method.phase(visit.phase),)
    )
    return [_card(meeting, note) for note in meeting.guided.cards.of("advice_list", case)] if out else []


def _is_open(meeting: Meeting, method: Method, note: Note) -> bool:
    """Whether everybody may read the card: not while its phase is for writing in silence."""
    kind = kind_of(note.kind)
    if kind is None or kind.shown != "open":
        return False
    phase = running_phase(meeting, method)
    return phase is None or note.stop != phase.id or not writes_in_silence(meeting, phase)


def _card(meeting: Meeting, note: Note) -> View:
    cards = meeting.guided.cards
    return {
        "note": note.number,
        "kind": note.kind,
        "case": note.case,
        "about": note.about,
        "seat": note.seat,
        "text": note.text,
        "heat": cards.heats.get(note.number, ""),
        "pile": cards.piles.get(note.number, ""),
        "asked": note.number in cards.asked,
    }


def _writes(meeting: Meeting, seat: str) -> list[str]:
    """Kinds of card this seat may write now, beyond those of the phase."""
    role = meeting.role(seat)
    always = ("case_list", "question_list", "advice_list", "parked", "question_reformulated", "own_share", "insight")
    return [name for name in always if (kind := kind_of(name)) and role in kind.by]


def _evaluation(meeting: Meeting, pulses: int) -> View:
    evaluation = meeting.guided.evaluation
    return {
        "shown": evaluation.shown,
        "answered": len(set(evaluation.answers) & set(meeting.at_table)),
        "of": len(meeting.at_table),
        "results": {item: _spread(told) for item, told in results(evaluation).items()},
        "pulse": {
            "answered": len(evaluation.pulses) or pulses,
            "results": {item: _spread(told) for item, told in pulse(evaluation).items()},
        },
    }


def _spread(told: Spread) -> View:
    return {"answers": told.answers, "median": told.median, "low": told.low, "high": told.high}
