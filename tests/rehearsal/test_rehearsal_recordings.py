"""The committed rehearsal recordings agree with their truth, and the tool that renders them keeps its promises."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from server.rehearsal.check import edits, words
from server.rehearsal.kokoro import dialect_of, respell
from server.rehearsal.script import Line, read_script
from server.rehearsal.timing import pause_before, speech_mask, stretches, without_short

FOLDER = Path(__file__).parents[2] / "server/rehearsal"
PHASES = ["look_back", "inventory", "analysis", "awareness", "advice", "evaluation"]
Truth = dict[str, Any]


@pytest.fixture(params=["en", "nl"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def truth(language: str) -> Truth:
    found: Truth = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return found


def test_the_recording_is_as_long_as_its_truth_says(language: str, truth: Truth) -> None:
    info = soundfile.info(FOLDER / f"{language}.opus")
    assert info.channels == 1
    assert info.frames / info.samplerate == pytest.approx(truth["duration"], abs=0.05)
    assert 285 <= truth["duration"] <= 340


def test_the_recording_is_small_enough_to_ship(language: str) -> None:
    assert (FOLDER / f"{language}.opus").stat().st_size < 3_000_000


def test_the_recording_sounds_where_the_truth_says_somebody_speaks(language: str, truth: Truth) -> None:
    audio, rate = soundfile.read(FOLDER / f"{language}.opus", dtype="float32")
    speech = np.zeros(len(audio), dtype=np.bool_)
    for _, start, end in truth["turns"]:
        speech[round(start * rate) : round(end * rate)] = True
    loud, quiet = (float(np.sqrt(np.mean(audio[part] ** 2))) for part in (speech, ~speech))
    assert loud > 5 * quiet


def test_five_seats_with_one_facilitator_and_one_case_owner(truth: Truth) -> None:
    assert [seat["letter"] for seat in truth["seats"]] == list("ABCDE")
    roles = Counter(seat["role"] for seat in truth["seats"])
    assert roles == {"facilitator": 1, "case_owner": 1, "peer": 3}
    owner = next(seat for seat in truth["seats"] if seat["role"] == "case_owner")
    assert owner["letter"] == truth["case_owner"]


def test_five_different_voices(truth: Truth) -> None:
    assert len({seat["voice"] for seat in truth["seats"]}) == 5


def test_the_phases_come_in_the_order_of_the_method(truth: Truth) -> None:
    assert [phase["phase"] for phase in truth["phases"]] == PHASES
    starts = [phase["start"] for phase in truth["phases"]]
    assert starts[0] == 0.0
    assert starts == sorted(starts)


def test_every_utterance_lies_inside_its_phase_and_the_recording(truth: Truth) -> None:
    starts = [phase["start"] for phase in truth["phases"]]
    bounds = dict(zip(PHASES, zip(starts, [*starts[1:], truth["duration"]], strict=True), strict=True))
    for one in truth["utterances"]:
        begin, end = bounds[one["phase"]]
        assert begin <= one["start"] < one["end"] <= end, one["text"]


def test_peers_give_two_pieces_of_advice_and_a_disguised_one_among_the_questions(truth: Truth) -> None:
    heard = [one for one in truth["utterances"] if one["phase"] == "analysis" and one["act"].startswith("advice")]
    assert Counter(one["act"] for one in heard) == {"advice": 2, "advice_question": 1}
    assert {one["role"] for one in heard} == {"peer"}


def test_outside_the_questions_advice_is_given_in_the_advice_phase_only(truth: Truth) -> None:
    phases = {one["phase"] for one in truth["utterances"] if one["act"].startswith("advice")}
    assert phases == {"analysis", "advice"}


def test_everyone_but_the_case_owner_gives_one_advice_in_the_advice_phase(truth: Truth) -> None:
    given = [one for one in truth["utterances"] if one["phase"] == "advice" and one["act"] == "advice"]
    assert sorted(one["letter"] for one in given) == sorted(set("ABCDE") - {truth["case_owner"]})


def test_the_shares_make_one_and_differ(truth: Truth) -> None:
    shares = truth["true_share"]
    assert set(shares) == {seat["name"] for seat in truth["seats"]}
    assert sum(shares.values()) == pytest.approx(1, abs=0.001)
    assert min(shares.values()) > 0.03
    assert max(shares.values()) > 4 * min(shares.values())


def test_the_shares_are_those_of_the_turns(truth: Truth) -> None:
    names = {seat["letter"]: seat["name"] for seat in truth["seats"]}
    spoken: Counter[str] = Counter()
    for letter, start, end in truth["turns"]:
        spoken[names[letter]] += max(0.0, end - max(start, truth["conversation_start"]))
    for name, share in truth["true_share"].items():
        assert spoken[name] / spoken.total() == pytest.approx(share, abs=0.001)


def test_each_seat_enrols_long_enough_and_alone(truth: Truth) -> None:
    for seat in truth["seats"]:
        start, end = seat["enrol_start"], seat["enrol_end"]
        assert end - start >= 5
        others = [turn for turn in truth["turns"] if turn[0] != seat["letter"] and turn[1] < end and turn[2] > start]
        assert others == []
        assert end <= truth["conversation_start"]


def test_the_truth_holds_the_words_of_the_script(language: str, truth: Truth) -> None:
    script = read_script(FOLDER / f"{language}.tsv")
    assert [(one["n"], one["letter"], one["act"], one["text"]) for one in truth["utterances"]] == [
        (line.n, line.letter, line.act, line.text) for line in script.lines
    ]


def test_the_rttm_holds_the_same_turns(language: str, truth: Truth) -> None:
    names = {seat["letter"]: seat["name"] for seat in truth["seats"]}
    fields = [line.split() for line in (FOLDER / f"{language}.rttm").read_text(encoding="utf-8").splitlines()]
    assert [(field[7], float(field[3])) for field in fields] == [
        (names[letter], start) for letter, start, _ in truth["turns"]
    ]


def test_the_mask_finds_speech_between_silences() -> None:
    tone = np.sin(np.arange(8_000) / 5).astype(np.float32)
    silence = np.zeros(8_000, dtype=np.float32)
    ((first, past),) = stretches(speech_mask(np.concatenate([silence, tone, silence])))
    assert first == pytest.approx(50, abs=2)
    assert past == pytest.approx(100, abs=2)


def test_a_short_break_belongs_to_the_speech_and_a_long_one_does_not() -> None:
    mask = np.array([True] * 5 + [False] * 3 + [True] * 5 + [False] * 8 + [True] * 5)
    assert stretches(without_short(mask, value=False, shortest=5)) == [(0, 13), (21, 26)]


def _line(phase: str, pause: float | None = None) -> Line:
    return Line(n=1, phase=phase, letter="A", role="peer", act="other", text="Hm.", pause=pause)


def test_a_written_pause_is_kept_and_phases_are_a_second_apart() -> None:
    chance = np.random.default_rng(1)
    assert pause_before(_line("analysis", -0.2), _line("analysis"), chance) == -0.2
    assert pause_before(_line("analysis"), _line("inventory"), chance) == 1.0
    assert 0.2 < pause_before(_line("analysis"), _line("analysis"), chance) < 1.2


def test_diphthongs_are_respelt_for_the_voice_model() -> None:
    assert respell("t^ʃˈe^ɪn_dʒ", dialect_of("en", "am_michael")) == "ʧˈAndʒ"
    assert respell("zˈʌ^ʊ", dialect_of("nl", "im_nicola")) == "zˈW"


def test_word_errors_count_exchanges_gaps_and_extras() -> None:
    assert edits(words("I'd just phone her."), words("I just phone to her")) == 2
