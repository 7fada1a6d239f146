from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from speech.bench.delays import Delays, Told, delays
from speech.bench.hearing import Measured, stretches
from speech.bench.scoring import Stretch, score
from speech.bench.seating import CheckedIn, Named, Seating, Tapped, mode_for, seating
from speech.bench.table import HEARD, Row, compare, markdown, rows
from speech.bench.truth import Truth, alone, read, recordings, turns
from speech.events import EnrolmentRefused, SpeechEvent, TurnBegan, TurnEnded, VoiceNamed
from speech.requests import NameVoice, Request, Teach, TellRoles

RTTM = """SPEAKER talk 1 1.00 4.00 <NA> <NA> Anna <NA> <NA>
SPEAKER talk 1 6.00 4.00 <NA> <NA> Bram <NA> <NA>
SPEAKER talk 1 12.00 2.00 <NA> <NA> Anna <NA> <NA>
SPEAKER talk 1 14.50 6.00 <NA> <NA> Anna <NA> <NA>
SPEAKER talk 1 18.00 0.40 <NA> <NA> Bram <NA> <NA>
SPEAKER talk 1 20.00 5.00 <NA> <NA> Bram <NA> <NA>
SPEAKER talk 1 26.00 3.00 <NA> <NA> Guest <NA> <NA>
"""
SEATS = """{"conversation_start": 11.0, "duration": 30.0, "seats": [
 {"seat": 1, "name": "Anna", "enrol_start": 1.0, "enrol_end": 5.0},
 {"seat": 2, "name": "Bram", "enrol_start": 6.0, "enrol_end": 10.0}]}"""


def write(folder: Path, *, seats: str | None = SEATS) -> Path:
    sound = folder / "talk.flac"
    soundfile.write(sound, np.zeros(30 * 16_000), 16_000)
    sound.with_suffix(".rttm").write_text(RTTM, "utf-8")
    if seats is not None:
        sound.with_suffix(".json").write_text(seats, "utf-8")
    return sound


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    return read(write(tmp_path))


def asked(people: Seating, seconds: list[float]) -> list[Request]:
    """What is asked of the ears, but that they are told first who sits there."""
    requests = [request for second in seconds for request in people.ask(second)]
    return [request for request in requests if not isinstance(request, TellRoles)]


def told(*events: tuple[float, SpeechEvent]) -> list[Told]:
    return [Told(heard=heard, event=event) for heard, event in events]


def test_turns_are_counted_as_a_person_would(truth: Truth) -> None:
    assert [(turn.voice, turn.start, turn.end) for turn in turns(truth)][2:4] == [
        ("Anna", 12.0, 20.5),  # a pause of half a second ends no turn
        ("Bram", 18.0, 18.4),
    ]


def test_the_longest_part_without_others_is_what_a_tap_is_about(truth: Truth) -> None:
    assert alone(truth, Stretch(voice="Anna", start=12.0, end=20.5)) == (12.0, 18.0)
    assert alone(truth, Stretch(voice="Bram", start=18.0, end=18.4)) is None


def test_everybody_is_tapped_after_the_first_turn_and_that_is_not_measured(truth: Truth) -> None:
    people = Tapped(truth)
    assert people.enrolments == ()
    assert people.begin == 11.0
    assert asked(people, [14.9, 15.0, 23.4, 23.5, 30.0]) == [
        Teach(seat="Anna", start=12.0, end=15.0),
        Teach(seat="Bram", start=20.5, end=23.5),
    ]
    assert truth.counted(people.left_out) == [(11.0, 12.0), (15.0, 20.5), (23.5, 30.0)]


def test_a_voice_that_could_not_be_learned_is_tapped_again_at_its_next_turn(tmp_path: Path) -> None:
    people = Tapped(read(write(tmp_path, seats=None)))
    assert asked(people, [4.0]) == [Teach(seat="Anna", start=1.0, end=4.0)]
    people.notice(EnrolmentRefused(seat="Anna", reason="too_little_speech", seconds=1.0), 4.1)
    assert asked(people, [15.0]) == [
        Teach(seat="Bram", start=6.0, end=9.0),
        Teach(seat="Anna", start=12.0, end=15.0),
    ]


def test_a_short_check_in_holds_little_more_than_three_seconds_of_speech(truth: Truth) -> None:
    assert CheckedIn(truth, short=True).enrolments == (("Anna", 1.0, 4.4), ("Bram", 6.0, 9.4))
    assert CheckedIn(truth, short=False).enrolments == truth.enrolments


def test_a_voice_is_named_once_after_whoever_truly_speaks_and_a_guest_is_not(truth: Truth) -> None:
    people = Named(truth)
    for start, end, voice in ((12.1, 12.6, 2), (12.1, 14.0, 1), (14.0, 15.0, 1), (21.0, 22.0, 2), (26.2, 28.0, 3)):
        people.notice(TurnEnded(seat=None, start=start, end=end, voice=voice), end)
    assert asked(people, [30.0]) == [NameVoice(voice=1, seat="Anna"), NameVoice(voice=2, seat="Bram")]


def test_a_recording_without_a_check_in_round_is_seated_by_taps(tmp_path: Path) -> None:
    truth = read(write(tmp_path, seats=None))
    assert truth.seats == ("Anna", "Bram", "Guest")
    assert [mode_for(truth, mode) for mode in ("truth", "short", "none")] == ["taps", "taps", "none"]
    assert isinstance(seating(truth, "taps"), Tapped)


def test_a_name_that_is_not_there_is_said(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(ValueError, match=r"no other\.flac"):
        recordings(tmp_path, ["talk", "other"])
    with pytest.raises(ValueError, match=r"no NAME\.flac"):
        recordings(tmp_path / "empty")


def test_delays_run_from_the_true_beginning_to_the_sound_heard_when_the_right_seat_was_told(truth: Truth) -> None:
    found = delays(
        truth,
        told(
            (12.5, TurnBegan(seat="Bram", at=12.1)),
            (13.0, TurnBegan(seat="Anna", at=12.1)),
            (14.5, TurnBegan(seat="Anna", at=12.1, settled=True)),
            (22.0, TurnBegan(seat="Bram", at=20.2)),
            (26.0, TurnEnded(seat="Bram", start=20.2, end=25.0)),
        ),
        [(11.0, 30.0)],
    )
    assert found.provisional == (1.0, 2.0)
    assert found.settled == (2.5, 6.0)


def test_a_turn_that_was_never_told_has_no_delay(truth: Truth) -> None:
    late = told((24.0, TurnBegan(seat="Anna", at=19.0)), (28.0, TurnBegan(seat="Bram", at=20.0)))
    assert delays(truth, late, [(11.0, 30.0)]).provisional == (None, None)


def test_nobody_has_to_be_told_anew_while_the_seat_is_heard_without_a_break(truth: Truth) -> None:
    going_on = told((16.0, TurnBegan(seat="Bram", at=15.0)), (26.0, TurnEnded(seat="Bram", start=15.0, end=25.0)))
    assert delays(truth, going_on, [(11.0, 30.0)]).provisional == (None, 0.0)


def test_a_turn_that_the_ears_let_go_on_after_a_pause_is_told_already(truth: Truth) -> None:
    pieces = told(
        (16.0, TurnBegan(seat="Bram", at=15.0)),
        (20.5, TurnEnded(seat="Bram", start=15.0, end=19.8)),
        (26.0, TurnEnded(seat="Bram", start=20.0, end=25.0, continues=True)),
    )
    assert delays(truth, pieces, [(11.0, 30.0)]).provisional == (None, 0.0)


def test_a_voice_that_is_named_later_was_that_seat_all_along(truth: Truth) -> None:
    heard = told(
        (13.0, TurnBegan(seat=None, at=12.1, voice=4)),
        (18.0, TurnEnded(seat=None, start=12.1, end=17.0, voice=4)),
        (19.0, VoiceNamed(voice=4, seat="Anna")),
        (29.0, TurnEnded(seat=None, start=26.0, end=29.0, voice=5)),
    )
    assert [one.voice for one in stretches(heard)] == ["Anna", None]
    assert delays(truth, heard, [(11.0, 20.0)]).provisional == (1.0,)


BEFORE: dict[str, Row] = {"far": {"der": 20.0, "pairs": 100.0, "unknown": None, "real_time_factor": 0.05}}


def changed(**figures: float | None) -> tuple[list[str], list[str]]:
    return compare({"far": {**BEFORE["far"], **figures}, "new": {"der": 99.0}}, BEFORE, (*HEARD, "real_time_factor"))


def test_a_figure_within_its_tolerance_is_neither_better_nor_worse() -> None:
    assert changed(der=20.4, real_time_factor=0.06) == ([], [])


def test_worse_and_better_are_told_by_the_sense_of_the_figure() -> None:
    worse, better = changed(der=18.0, pairs=90.0, real_time_factor=0.08)
    assert [sentence.split(":")[1].split("(")[0].strip() for sentence in worse] == [
        "pairs in order %",
        "real-time factor",
    ]
    assert better == ["far: DER (der) was 20.00, is 18.00"]


def test_a_figure_that_is_gone_is_worse() -> None:
    assert changed(der=None)[0] == ["far: DER (der) was 20.00, is -"]


def test_the_table_shows_by_how_much_a_figure_changed() -> None:
    figures: Row = dict.fromkeys((*HEARD, "real_time_factor", "peak_megabytes"))
    table = markdown({"far": {**figures, "der": 18.0}, "new": {**figures, "der": 3.0}}, BEFORE).splitlines()
    assert table[2].split("|")[1:3] == [" far       ", " 18.00 (-2.00) "]
    assert table[3].split("|")[2].strip() == "3.00"


def test_all_recordings_of_a_folder_have_a_row_together_as_if_they_were_one(truth: Truth) -> None:
    def measured(name: str, found: list[Stretch]) -> Measured:
        return Measured(
            recording=name,
            mode="taps",
            score=score(found, truth.said, truth.seats, [(11.0, 30.0)]),
            delays=Delays(provisional=(1.0, None), settled=(2.0, None)),
            found=tuple(found),
            left_out=(),
            refused=(),
            seconds=19.0,
            computing=1.9,
            peak_megabytes=100.0,
        )

    both = rows([measured("one", list(truth.said)), measured("none", [])], "all of talks")
    assert list(both) == ["one, taps", "none, taps", "all of talks, taps"]
    assert [both[name]["der"] for name in both] == [0.0, 100.0, 50.0]
    assert both["all of talks, taps"]["turns_told"] == 50.0
    assert both["all of talks, taps"]["provisional_median"] == 1.0
    assert both["all of talks, taps"]["real_time_factor"] == 0.1
    assert list(rows([measured("one", []), measured("none", [])])) == ["one, taps", "none, taps"]
