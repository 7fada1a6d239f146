"""Wishes about cases, cards, rounds and answers become events, or are refused with a reason. Nothing here is folded."""

from __future__ import annotations

from methods.method import Method, base_of
from server.meeting import events as happened
from server.meeting import wishes as wish
from server.meeting import written
from server.meeting.answering import answered
from server.meeting.balance import talk
from server.meeting.cards import AGREED, HEATS, LONGEST, MOST_CARDS, PILES, Note, kind_of
from server.meeting.choosing import chosen, chosen_together
from server.meeting.events import Event
from server.meeting.meeting import Meeting, apply
from server.meeting.plan import fair_minimum, looks_back, second_case
from server.meeting.refusals import Refused
from server.meeting.rounds import ORDERS, order_of
from server.meeting.seating import known_seat, tap_ended
from server.meeting.visits import minutes_in

RITUALS = (
    *("weather", "doorstep", "attention", "silence", "small_success", "look_back"),
    *("take_along", "new_sight", "thanks", "hand_back", "step_card", "next_time"),
)
"""Ways to check in and to close; the words are on the screens' cards."""
MOST_MOVED = 30.0
"""Minutes that can be moved at once."""


def guided(meeting: Meeting, command: wish.Wish, method: Method, now: float) -> tuple[Event, ...]:
    """The events that grant the wish. Raises Refused."""
    match command:
        case wish.WriteNote():
            return _write(meeting, command, now)
        case wish.DropNote():
            note = _own_note(meeting, command.note, command.seat)
            return (written.NoteDropped(at=now, note=note.number),)
        case wish.AskQuestion():
            return _ask(meeting, command, now)
        case wish.GiveHeat() | wish.SortAdvice() | wish.SayEnough() | wish.FormIntention():
            return _of_the_owner(meeting, command, now)
        case wish.AnswerItems() | wish.AnswerPulse() | wish.ShowAnswers():
            return answered(meeting, command, now)
        case wish.BeginRound() | wish.NextInRound() | wish.BackInRound() | wish.PassTurn():
            return _round(meeting, command, method, now)
        case wish.CastVote() | wish.CountVotes() | wish.ChooseCase():
            return chosen_together(meeting, command, method, now)
        case wish.BeginSecondCase():
            return _second(meeting, command, method, now)
        case _:
            return _lead(meeting, command, method, now)


def _lead(meeting: Meeting, command: wish.Wish, method: Method, now: float) -> tuple[Event, ...]:
    match command:
        case wish.ChooseRitual():
            if command.ritual == meeting.guided.ritual:
                return ()
            if command.ritual not in ("", *RITUALS):
                raise Refused("unknown_card")
            return (written.RitualChosen(at=now, ritual=command.ritual),)
        case wish.MoveMinutes():
            return _move(meeting, command, method, now)
        case wish.AllowOneMore():
            if meeting.phase is None:
                raise Refused("no_meeting")
            return (written.OneMoreAllowed(at=now, phase=meeting.phase),)
        case wish.EndQuiet():
            if meeting.phase is None:
                raise Refused("no_meeting")
            over = meeting.phase in meeting.guided.quiet_over
            return () if over else (written.QuietEnded(at=now, phase=meeting.phase),)
        case wish.StopMethod():
            return () if meeting.stopped else (*_paused(meeting, now), written.MethodStopped(at=now))
        case _:
            raise Refused("not_now")


def _paused(meeting: Meeting, now: float) -> tuple[Event, ...]:
    if meeting.paused:
        return ()
    return (*tap_ended(meeting, now), *paused(meeting, now))


def paused(meeting: Meeting, now: float, minutes: float = 0.0) -> tuple[Event, ...]:
    """A break closes an open microphone; one that was muted stays muted."""
    closed = (happened.MicrophoneChanged(at=now, state="paused"),) if meeting.microphone_wanted else ()
    return (happened.MeetingPaused(at=now, minutes=minutes), *closed)


def _move(meeting: Meeting, command: wish.MoveMinutes, method: Method, now: float) -> tuple[Event, ...]:
    """Only from what is still to come, and never below what that phase needs; the evaluation gives nothing."""
    if meeting.phase is None or command.taken not in meeting.order:
        raise Refused("unknown_phase")
    if not 0 < command.minutes <= MOST_MOVED:
        raise Refused("minutes_do_not_fit")
    phase = method.phase(command.taken)
    later = meeting.order.index(command.taken) > meeting.order.index(meeting.phase)
    left = meeting.plan.get(command.taken, 0.0) - command.minutes
    if not later or base_of(command.taken) in looks_back(method) or left < fair_minimum(phase, len(meeting.at_table)):
        raise Refused("no_minutes_to_give")
    return (written.TimeMoved(at=now, taken=command.taken, given=meeting.phase, minutes=command.minutes),)


# --- cards ---


def _write(meeting: Meeting, command: wish.WriteNote, now: float) -> tuple[Event, ...]:
    cards, seat = meeting.guided.cards, _whose(meeting, command.seat)
    kind, text = kind_of(command.kind), " ".join(command.text.split())
    if kind is None or command.about not in (AGREED if command.kind == "agreement" else ("",)):
        raise Refused("unknown_card")
    if seat is not None and meeting.role(seat) not in kind.by:
        raise Refused("not_your_card")
    case = 1 if command.kind == "agreement" else meeting.guided.case
    mine = [n for n in cards.of(command.kind, case) if n.seat == seat and n.about == command.about]
    old = _own_note(meeting, command.note, command.seat) if command.note is not None else None
    if kind.most == 1 and mine:
        old = mine[0]
    if old is not None and old.kind != command.kind:
        raise Refused("unknown_card")
    if old is not None and seat is None:
        seat = old.seat  # the lead writes it anew; it stays its writer's
    if not text and old is not None:
        return (written.NoteDropped(at=now, note=old.number),)
    if not 0 < len(text) <= LONGEST:
        raise Refused("empty_card")
    if old is None and (len(mine) >= kind.most or len(cards.notes) >= MOST_CARDS):
        raise Refused("enough_cards")
    if old is not None and (old.text, old.seat) == (text, seat):
        return ()
    number, case = (cards.last + 1, case) if old is None else (old.number, old.case)
    return (
        written.NoteWritten(
            at=now, note=number, kind=command.kind, case=case, about=command.about, seat=seat, text=text
        ),
    )


def _own_note(meeting: Meeting, number: int, seat: str | None) -> Note:
    """The card, when it may be changed: by its writer, or by the lead."""
    note = meeting.guided.cards.note(number)
    if note is None:
        raise Refused("unknown_card")
    if seat is not None and note.seat != seat:
        raise Refused("not_your_card")
    return note


def _whose(meeting: Meeting, seat: str | None) -> str | None:
    return None if seat is None else known_seat(meeting, seat)


def _ask(meeting: Meeting, command: wish.AskQuestion, now: float) -> tuple[Event, ...]:
    cards, case = meeting.guided.cards, meeting.guided.case
    if command.back:
        last = [number for number in cards.asked if (note := cards.note(number)) and note.case == case]
        if not last:
            raise Refused("nothing_to_undo")
        return (written.QuestionAsked(at=now, note=last[-1], asked=False),)
    waiting = cards.waiting(case)
    wanted = [note for note in waiting if command.note in (None, note.number)]
    if not wanted:
        raise Refused("no_questions")
    return (written.QuestionAsked(at=now, note=wanted[0].number),)


def _of_the_owner(
    meeting: Meeting,
    command: wish.GiveHeat | wish.SortAdvice | wish.SayEnough | wish.FormIntention,
    now: float,
) -> tuple[Event, ...]:
    """What only the case owner decides; the lead may do it on the owner's word."""
    cards, case = meeting.guided.cards, meeting.guided.case
    if isinstance(command, wish.GiveHeat | wish.SortAdvice) and (about := cards.note(command.note)):
        case = about.case
    if command.seat is not None and meeting.role_in(case, known_seat(meeting, command.seat)) != "case_owner":
        raise Refused("case_owner_only")
    match command:
        case wish.SayEnough():
            same = command.enough == (case in cards.enough)
            return () if same else (written.EnoughSaid(at=now, case=case, enough=command.enough),)
        case wish.FormIntention():
            said = {"text": command.text, "step": command.step, "by": command.by}
            tidy = {key: " ".join(value.split()) for key, value in said.items()}
            return (written.IntentionFormed(at=now, case=case, **tidy),)
        case wish.GiveHeat():
            note = cards.note(command.note)
            if note is None or note.number not in cards.asked:
                raise Refused("unknown_card")
            if command.heat not in (*HEATS, ""):
                raise Refused("unknown_card")
            return (written.HeatGiven(at=now, note=note.number, heat=command.heat),)
        case wish.SortAdvice():
            note = cards.note(command.note)
            if note is None or note.kind != "advice_list" or command.pile not in (*PILES, ""):
                raise Refused("unknown_card")
            return (written.AdviceSorted(at=now, note=note.number, pile=command.pile),)


# --- rounds ---


def began_round(meeting: Meeting, method: Method, stop: str, case: int, now: float) -> tuple[Event, ...]:
    """The round that a phase of rounds begins with, each time from another seat."""
    if method.phase(stop).floor.mode != "round":
        return ()
    return _new_round(meeting, method, stop, "table", case, now)


def _new_round(meeting: Meeting, method: Method, stop: str, by: str, case: int, now: float) -> tuple[Event, ...]:
    seats = meeting.at_table
    roles = {seat: meeting.role_in(case, seat) for seat in seats}
    spoken = talk(meeting).seats if by == "least_heard" else {}
    if spoken and meeting.around.shown == "off":
        raise Refused("balance_is_off")
    heard = {seat: spoken[seat] for seat in meeting.present if seat in spoken and seat not in meeting.around.by_turns}
    order = order_of(method.phase(stop), by, seats, roles, heard, meeting.guided.rounds_held)
    return (written.RoundBegan(at=now, by=by, order=order),) if order else ()


def _round(
    meeting: Meeting,
    command: wish.BeginRound | wish.NextInRound | wish.BackInRound | wish.PassTurn,
    method: Method,
    now: float,
) -> tuple[Event, ...]:
    if meeting.phase is None:
        raise Refused("no_meeting")
    running = meeting.guided.round
    if isinstance(command, wish.BeginRound):
        if not command.by:
            return (written.RoundBegan(at=now, by="", order=()),) if running else ()
        if command.by not in ORDERS:
            raise Refused("not_now")
        return _new_round(meeting, method, meeting.phase, command.by, meeting.guided.case, now)
    if running is None:
        raise Refused("no_round")
    match command:
        case wish.NextInRound():
            if running.now is None or command.after not in (None, running.now):
                return ()
            moved = written.RoundMoved(at=now, seat=running.now, passed=command.passed)
            return (moved, *_tap_goes_on(meeting, moved, now))
        case wish.BackInRound():
            here = [seat for seat in running.done if seat not in running.away]
            if not here:
                raise Refused("nothing_to_undo")
            return (written.RoundMoved(at=now, seat=here[-1], back=True),)
        case wish.PassTurn():
            seat = running.now if command.seat is None else known_seat(meeting, command.seat)
            if seat is None or seat in running.done or seat not in running.order:
                return ()
            moved = written.RoundMoved(at=now, seat=seat, passed=True)
            return (moved, *(_tap_goes_on(meeting, moved, now) if seat == running.now else ()))


def _tap_goes_on(meeting: Meeting, moved: written.RoundMoved, now: float) -> tuple[Event, ...]:
    """Where taps tell who speaks, the tap goes with the turn."""
    ended = tap_ended(meeting, now)
    after = apply(meeting, moved).guided.round
    if not ended or after is None or after.now is None or after.now in meeting.left_out:
        return ended
    return (*ended, happened.TurnBegan(at=now, seat=after.now, by="tap"))


# --- one more case ---


def _second(meeting: Meeting, command: wish.BeginSecondCase, method: Method, now: float) -> tuple[Event, ...]:
    if not case_is_done(meeting):
        raise Refused("case_runs")
    lap = meeting.cases_planned + 1
    left = meeting.minutes - minutes_in(meeting.visits, now)
    stops = second_case(method, meeting.order, lap, len(meeting.at_table), left)
    if not stops:
        raise Refused("no_time_for_another")
    events: tuple[Event, ...] = (
        *(resumed(meeting, now) if meeting.paused else ()),
        written.SecondCaseBegan(at=now, case=lap, stops=stops),
        happened.PhaseBegan(at=now, phase=stops[0][0], case=lap),
    )
    if command.note is not None:
        events += chosen(meeting, command.note, lap, now)
    after = meeting
    for event in events:
        after = apply(after, event)
    return (*events, *began_round(after, method, stops[0][0], lap, now))


def case_is_done(meeting: Meeting) -> bool:
    """Whether the running case is at its last phase or past it, so that another could follow."""
    of_a_case = [place for place, stop in enumerate(meeting.order) if base_of(stop) in meeting.case_phases]
    return bool(of_a_case) and meeting.phase is not None and meeting.order.index(meeting.phase) >= of_a_case[-1]


def resumed(meeting: Meeting, now: float) -> tuple[Event, ...]:
    """The break is over; the microphone opens again when the break closed it."""
    opened = (happened.MicrophoneChanged(at=now, state="opening"),) if meeting.microphone == "paused" else ()
    return (happened.MeetingResumed(at=now), *opened)
