from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import soundfile

ROOT = Path(__file__).parents[2]


def kring(*arguments: str | Path, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server", *map(str, arguments)],
        cwd=ROOT,
        input=said,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def refused(*arguments: str | Path) -> str:
    """What is said on standard error when nothing else happens."""
    done = kring(*arguments)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_text_file_named_wav_and_an_empty_file_are_refused_in_one_line(tmp_path: Path) -> None:
    text = tmp_path / "talk.wav"
    text.write_text("this is no sound")
    assert len(refused("listen", text, "--no-words").splitlines()) == 1
    text.write_bytes(b"")
    assert len(refused("listen", text, "--no-words").splitlines()) == 1
    assert "no file" in refused("listen", tmp_path / "nowhere.wav")


@pytest.mark.parametrize(
    "content", ["", "[]", '{"seats": 3}', '{"seats": [{}]}', '{"seats": [{"seat": 1, "role": "boss"}]}']
)
def test_a_seats_file_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    seats = tmp_path / "seats.json"
    seats.write_text(content)
    assert "seats" in refused("listen", ROOT / "server" / "rehearsal" / "en.opus", "--seats", seats)


def test_an_unknown_method_or_phase_names_the_known_ones() -> None:
    recording = ROOT / "server" / "rehearsal" / "en.opus"
    assert "five_phase" in refused("listen", recording, "--method", "seven_hats")
    assert "analysis" in refused("listen", recording, "--phase", "lunch")


def test_the_library_is_listed_and_as_json(tmp_path: Path) -> None:
    assert "five_phase" in kring("methods").stdout
    assert {"five_phase", "six_step"} <= {method["id"] for method in json.loads(kring("methods", "--json").stdout)}


def test_a_method_file_with_a_wrong_key_is_told_with_its_line(tmp_path: Path) -> None:
    good = ROOT / "methods" / "library" / "five_phase.yaml"
    assert kring("methods", "check", good).returncode == 0
    bad = tmp_path / "mine.yaml"
    bad.write_text(good.read_text().replace("origin:", "origins:", 1))
    said = refused("methods", "check", bad)
    assert "origins" in said
    assert "line" in said


def test_acts_come_out_one_for_one_in_order() -> None:
    asked = [
        {"meeting": "m", "n": n, "speaker": "B", "role": "peer", "phase": "analysis", "text": text}
        for n, text in enumerate(["What happened then?", "You should simply call him and tell him."])
    ]
    done = kring("acts", "--language", "en", said="".join(json.dumps(line) + "\n" for line in asked))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["meeting"], line["n"]) for line in told] == [("m", 0), ("m", 1)]
    assert told[0]["advice"] < told[1]["advice"]
    assert all(set(line) == {"meeting", "n", "act", "advice"} for line in told)


def test_an_utterance_that_is_no_json_is_named_by_its_line() -> None:
    done = kring("acts", "--language", "en", said="not json\n")
    assert done.returncode == 2
    assert "line 1" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_version_is_the_one_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert kring("--version").stdout.split()[-1] == project["version"]


def test_seats_that_cannot_enrol_are_named(tmp_path: Path) -> None:
    seats = tmp_path / "seats.json"
    for text, said in (
        ('{"seats": [', "no JSON"),
        ('{"seats": [{"name": "Ann", "enrol_start": 9, "enrol_end": 4}]}', "Ann enrols from 9 to 4"),
        ('{"seats": [{"enrol_start": 1}]}', "does not list seats"),
        ("[]", "does not list seats"),
    ):
        seats.write_text(text)
        told = refused("listen", ROOT / "server" / "rehearsal" / "en.opus", "--seats", seats, "--no-words")
        assert said in told
        assert "Error" not in told


def test_a_voice_that_cannot_be_learned_is_said(tmp_path: Path) -> None:
    sound, rate = soundfile.read(ROOT / "server" / "rehearsal" / "en.opus", stop=160_000, dtype="float32")
    soundfile.write(tmp_path / "short.wav", sound, rate)
    seats = [{"name": "Ann"}, {"name": "Bob", "enrol_start": 1, "enrol_end": 1.5}]
    (tmp_path / "seats.json").write_text(json.dumps({"seats": seats}))
    done = kring("listen", tmp_path / "short.wav", "--seats", tmp_path / "seats.json", "--no-words")
    assert done.returncode == 0
    assert "no enrol_start and enrol_end for Ann" in done.stderr
    assert "too little to learn the voice of Bob" in done.stderr


def test_an_option_before_the_command_is_not_dropped_in_silence(tmp_path: Path) -> None:
    assert "./kring kept --data" in refused("--data", tmp_path, "kept")


def test_a_pin_has_six_digits_and_a_port_exists() -> None:
    assert "six digits" in refused("--pin", "12345")
    assert "65535" in refused("--port", "70000")


def test_a_damaged_log_stops_the_start_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "meetings.db").write_bytes(b"these are not meetings" * 500)
    (tmp_path / "meetings.key").write_text("a" * 64)
    assert "key" in refused("--http", "--port", "18099", "--data", tmp_path)


@pytest.mark.audio
def test_listen_tells_turns_of_named_seats_and_a_summary(tmp_path: Path) -> None:
    rehearsal = ROOT / "server" / "rehearsal"
    rate = soundfile.info(rehearsal / "en.opus").samplerate
    sound, _ = soundfile.read(rehearsal / "en.opus", stop=60 * rate, dtype="float32")
    recording, seats = tmp_path / "begin.flac", rehearsal / "en.json"
    soundfile.write(recording, sound, rate)
    done = kring("listen", recording, "--seats", seats, "--no-words", "--language", "en")
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    names = {seat["name"] for seat in json.loads(seats.read_text())["seats"]}
    assert {line["seat"] for line in told if line["event"] == "TurnEnded"} - {None} == names
    summary = told[-1]
    assert summary["event"] == "Summary"
    assert set(summary["seats"]) == names
    assert abs(sum(seat["share"] for seat in summary["seats"].values()) - 1) < 0.01
    assert {"audio_seconds", "cpu_seconds", "real_time_factor", "peak_memory_mb"} <= set(summary)
