from __future__ import annotations

import json
from pathlib import Path

import pytest

from methods.reader import load_library
from server.conductor import Conductor, RehearsalUnusable, Score, read_score
from server.meeting import commands as wish
from server.meeting import events as happened
from server.meeting.admitting import admit
from server.meeting.commands import Command
from server.meeting.decide import decide
from server.meeting.evaluating import PULSE, pulse, results
from server.meeting.meeting import Meeting, apply
from server.starting import REHEARSALS
from tests.meeting.table import Played as PlayedByHand

SCORE = read_score(REHEARSALS / "en.json")
METHOD = load_library()["five_phase"]


class Played:
    """A rehearsal on a table without threads: seconds go by, wishes are granted."""

    def __init__(self, score: Score = SCORE) -> None:
        self.conductor = Conductor(score, once=False)
        self.meeting: Meeting | None = None
        self.wished: list[tuple[float, Command]] = []

    def until(self, second: float) -> None:
        while self.meeting is None or self.meeting.now < second:
            if self.meeting is not None:
                self.take(admit(self.meeting, happened.ClockTicked(at=self.meeting.now + 1), METHOD))
            self.conduct()

    def conduct(self) -> None:
        while (c := self.conductor.due(self.meeting, ready=True, watched=True, falls=0)) is not None:
            now = self.meeting.now if self.meeting else 0.0
            self.wished.append((now, c))
            self.take(decide(self.meeting, c, METHOD, now, "m"))
            if self.meeting is not None and self.meeting.microphone == "opening":
                self.take((happened.MicrophoneChanged(at=now, state="listening"),))

    def take(self, events: tuple[happened.Event, ...]) -> None:
        for event in events:
            self.meeting = apply(self.meeting, event)


def test_it_waits_for_a_tablet_and_for_the_ears() -> None:
    conductor = Conductor(SCORE, once=False)
    assert conductor.due(None, ready=True, watched=False, falls=0) is None
    assert conductor.due(None, ready=False, watched=True, falls=0) is None
    assert isinstance(conductor.due(None, ready=True, watched=True, falls=0), wish.OpenMeeting)


def test_played_once_it_waits_for_the_ears_only() -> None:
    conductor = Conductor(SCORE, once=True)
    assert conductor.due(None, ready=False, watched=False, falls=0) is None
    assert isinstance(conductor.due(None, ready=True, watched=False, falls=0), wish.OpenMeeting)


def test_played_once_with_ears_that_never_start_it_gives_up() -> None:
    gave_up: list[str] = []
    conductor = Conductor(SCORE, once=True, hopeless=gave_up.append)
    assert conductor.due(None, ready=False, watched=False, falls=4) is None
    assert conductor.due(None, ready=False, watched=False, falls=5) is None
    assert len(gave_up) == 1, "said once"


def test_played_once_a_recording_that_cannot_be_read_is_said_as_it_is() -> None:
    gave_up: list[str] = []
    played = Played()
    played.until(3)
    played.conductor = Conductor(SCORE, once=True, hopeless=gave_up.append)
    played.take((happened.MicrophoneChanged(at=4.0, state="missing", detail="en.opus is damaged."),))
    played.conduct()
    assert gave_up == ["en.opus is damaged."]


def test_a_seat_whose_enrolment_was_cut_short_is_asked_again() -> None:
    played = Played()
    played.until(2)
    first = SCORE.seats[0].letter
    played.take((happened.EnrolmentRefused(at=2.0, seat=first, reason="too_little_speech"),))
    played.until(4)
    assert [c.seat for _, c in played.wished if isinstance(c, wish.EnrolSeat)] == [first, first]


def test_the_phases_begin_where_the_recording_has_them() -> None:
    played = Played()
    played.until(SCORE.duration)
    began = {c.phase: at for at, c in played.wished if isinstance(c, wish.BeginPhase)}
    assert list(began) == [phase for phase, _ in SCORE.phases[1:]]
    assert all(0 <= began[phase] - start <= 1.0 for phase, start in SCORE.phases[1:])


def test_every_seat_enrols_before_it_speaks_and_after_the_one_before() -> None:
    played = Played()
    played.until(SCORE.duration)
    enrolled = {c.seat: at for at, c in played.wished if isinstance(c, wish.EnrolSeat)}
    assert list(enrolled) == [part.letter for part in SCORE.seats]
    first, *others = SCORE.seats
    assert enrolled[first.letter] <= 0.65, "whoever opens is asked at once"
    assert all(abs(enrolled[part.letter] - part.enrol_start) <= 0.65 for part in others)


def test_the_case_owner_is_chosen_when_the_analysis_begins() -> None:
    played = Played()
    played.until(SCORE.duration)
    assert played.meeting is not None
    assert played.meeting.case_owner == SCORE.case_owner


def test_a_facilitator_who_went_ahead_is_not_called_back() -> None:
    played = Played()
    played.until(50)
    played.take(decide(played.meeting, wish.BeginPhase(phase="awareness"), METHOD, 50.0, ""))
    played.until(dict(SCORE.phases)["analysis"] + 5)
    assert played.meeting is not None
    assert played.meeting.phase == "awareness"


def test_the_end_of_the_recording_closes_the_meeting() -> None:
    played = Played()
    played.until(20)
    played.take((happened.MicrophoneChanged(at=21.0, state="ended"),))
    played.conduct()
    assert played.meeting is not None
    assert played.meeting.closed


def test_a_resumed_rehearsal_learns_the_voices_of_before_and_goes_on_from_there() -> None:
    played = Played()
    played.until(30)
    assert played.meeting is not None
    listen = SCORE.listen(played.meeting, 4.0)
    assert listen.begin == played.meeting.now
    assert listen.stepwise
    assert [seat for seat, _, _ in listen.enrolments] == ["A", "B", "C", "D"]


def test_a_rehearsal_without_its_recording_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "en.json").write_text(json.dumps({}))
    with pytest.raises(RehearsalUnusable, match="recording"):
        read_score(tmp_path / "en.json")
    (tmp_path / "en.opus").touch()
    with pytest.raises(RehearsalUnusable, match="damaged"):
        read_score(tmp_path / "en.json")
    with pytest.raises(RehearsalUnusable, match="no rehearsal"):
        read_score(tmp_path / "fy.json")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_written_in_a_rehearsal_fits_its_meeting(language: str) -> None:
    """Every card is granted at its moment, and the evaluation has something to show."""
    score = read_score(REHEARSALS / f"{language}.json")
    played = PlayedByHand(load_library()[score.method])
    names = tuple(part.name for part in score.seats)
    opening = wish.OpenMeeting(method=score.method, language=language, names=names, plan=score.plan)
    played.ask(opening)
    played.ask(wish.ConfirmConsent(agreed=len(names)))
    moments = [(at, wish.BeginPhase(phase=phase)) for phase, at in score.phases[1:]]
    for at, command in sorted([*moments, *score.cards], key=lambda moment: moment[0]):
        assert played.ask(command, at=at), command
    assert played.meeting is not None
    guided = played.meeting.guided
    assert (played.meeting.case_owner, len(guided.cards.piles)) == (score.case_owner, 4)
    assert guided.cards.intentions[1].step
    assert set(results(guided.evaluation)) >= {"pr1", "felt"}
    assert set(pulse(guided.evaluation)) == set(PULSE)


def test_damaged_cards_of_a_rehearsal_are_explained(tmp_path: Path) -> None:
    for file in REHEARSALS.glob("nl.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "nl.cards.jsonl").write_text('{"at": 1, "command": "Sing"}\n', encoding="utf-8")
    with pytest.raises(RehearsalUnusable, match="damaged"):
        read_score(tmp_path / "nl.json")
