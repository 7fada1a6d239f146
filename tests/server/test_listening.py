"""`listen` counts every second once: with ears that follow a script, so that every kind of speech occurs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from methods.reader import load_library
from server.listening import Listening, read_places
from speech.events import Heard, ListeningBegan, ListeningEnded, SpeechEvent, TurnEnded, UtteranceNoted
from speech.requests import Listen, Request

SECONDS = 30


class ScriptedEars:
    """Tells these turns and notes, whatever the recording holds."""

    def __init__(self, *turns: SpeechEvent) -> None:
        self.turns, self.asked = turns, list[Request]()

    def do(self, request: Request, asked: Iterable[Request]) -> Iterator[SpeechEvent]:
        self.asked.append(request)
        if isinstance(request, Listen):
            yield ListeningBegan(source="recording", name="a.wav")
            yield from self.turns
            yield Heard(at=float(SECONDS), level=-30.0)
            yield ListeningEnded(at=float(SECONDS), reason="end")


def heard(tmp_path: Path, seats: list[dict[str, Any]], *turns: TurnEnded) -> tuple[dict[str, Any], ScriptedEars]:
    (tmp_path / "seats.json").write_text(json.dumps({"seats": seats}))
    ears = ScriptedEars(*turns)
    listening = Listening(read_places(tmp_path / "seats.json"), load_library()["five_phase"], "analysis")
    *_, summary = listening.run(ears, tmp_path / "a.wav", realtime=False)  # type: ignore[arg-type]
    return summary, ears


def added_up(summary: dict[str, Any]) -> float:
    seats = sum(seat["seconds"] for seat in summary["seats"].values())
    return float(seats + sum(summary[part] for part in ("several", "unknown", "unmeasured", "silence")))


def turn(seat: str | None, start: float, end: float, **more: Any) -> TurnEnded:
    return TurnEnded(seat=seat, start=start, end=end, **more)


def test_the_parts_of_the_summary_are_the_whole_recording_whatever_overlaps(tmp_path: Path) -> None:
    summary, _ = heard(
        tmp_path,
        [{"name": "Ann"}, {"name": "Bob"}],
        turn("Ann", 0.0, 5.0),
        turn("Ann", 5.0, 6.0, several=True),
        turn("Bob", 5.0, 6.0, several=True),
        turn("Bob", 5.5, 6.5, several=True),
        turn("Bob", 6.5, 9.0),
        turn("Ann", 7.0, 7.4, backchannel=True, several=True),
        turn(None, 10.0, 14.0, voice=1),
        turn(None, 15.0, 17.0, voice=2),
        turn(None, 17.0, 18.0),
        turn(None, 20.0, 22.0, measured=False),
    )
    assert added_up(summary) == pytest.approx(SECONDS, abs=0.05)
    assert summary["several"] == pytest.approx(1.9)
    assert summary["unknown"] == pytest.approx(7.0)
    assert summary["unmeasured"] == pytest.approx(2.0)
    assert summary["seats"]["Ann"] == {
        "seconds": 5.0,
        "share": pytest.approx(5 / 7.1, abs=1e-3),
        "turns": 1,
        "backchannels": 1,
    }
    assert summary["seats"]["Bob"]["seconds"] == pytest.approx(2.1)


def test_seats_that_enrol_nowhere_are_heard_as_voices_with_a_number(tmp_path: Path) -> None:
    summary, ears = heard(
        tmp_path,
        [{"name": "Ann"}, {"name": "Bob"}, {"name": "Cas"}],
        turn(None, 0.0, 4.0, voice=1),
        turn(None, 4.0, 6.0, voice=2),
        turn(None, 6.0, 7.0, voice=2, several=True),
        turn(None, 8.0, 9.0, voice=1),
    )
    assert summary["voices"] == {"1": 5.0, "2": 2.0}
    assert summary["unknown"] == pytest.approx(7.0)
    assert {seat["seconds"] for seat in summary["seats"].values()} == {0.0}
    assert added_up(summary) == pytest.approx(SECONDS, abs=0.05)
    (listen,) = (request for request in ears.asked if isinstance(request, Listen))
    assert listen.enrolments == ()


def noted(act: str, start: float, end: float, *, advice: float = 0.9, continues: bool = False) -> UtteranceNoted:
    return UtteranceNoted(
        seat="Bob", start=start, end=end, act=act, advice=advice, cue=f"{act}.some", words=8,
        heard=end + 0.5, computing=0.2, continues=continues,
    )  # fmt: skip


def test_an_utterance_that_goes_on_raises_one_flag(tmp_path: Path) -> None:
    (tmp_path / "seats.json").write_text(json.dumps({"seats": [{"name": "Bob"}]}))
    ears = ScriptedEars(
        noted("advice", 1.0, 3.0),
        noted("advice", 1.0, 5.0, continues=True),
        noted("question_closed", 8.0, 9.0),
        noted("advice_question", 8.0, 11.0, continues=True),
        noted("advice_question", 8.0, 12.5, continues=True),
        noted("advice", 14.0, 16.0),
    )
    listening = Listening(read_places(tmp_path / "seats.json"), load_library()["five_phase"], "analysis")
    told = list(listening.run(ears, tmp_path / "a.wav", realtime=False))  # type: ignore[arg-type]
    raised = [(e["kind"], e["start"], e["end"]) for e in told if e["event"] == "FlagRaised"]
    assert raised == [("advice", 1.0, 3.0), ("hint", 8.0, 9.0), ("advice", 8.0, 11.0), ("advice", 14.0, 16.0)]
    assert [e["continues"] for e in told if e["event"] == "UtteranceNoted"] == [False, True, False, True, True, False]
