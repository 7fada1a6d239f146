from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

from speech.bench.hearing import hear
from speech.bench.hours import _repeat, grow
from speech.bench.seating import CheckedIn
from speech.bench.truth import read
from speech.ears import Ears
from speech.events import Heard
from speech.frames import FRAME_SECONDS
from tests.simulation.meeting import Recipe, simulate
from tests.simulation.shipped import rehearsal_voices

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    recipe = Recipe(name="short", seed=3, minutes=0.2, dry=True, enrol_seconds=5.0, weights=(0.5, 0.5))
    path = tmp_path_factory.mktemp("meetings")
    simulate(recipe, rehearsal_voices("en")[1:3]).write(path)
    return path


def bench(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "speech.bench", str(folder), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_one_table_is_printed_accepted_and_compared_with_the_next_time(folder: Path, tmp_path: Path) -> None:
    accepted = tmp_path / "table.json"
    first = bench(folder, "--compare", str(accepted), "--accept", "--write", str(tmp_path / "found"))
    assert first.returncode == 0, first.stderr
    head, _, row = first.stdout.splitlines()
    assert [cell.strip() for cell in head.split("|")[1:4]] == ["recording", "DER", "DER .25"]
    assert row.startswith("| short ")
    assert "1/1  short" in first.stderr
    assert json.loads((tmp_path / "found/short.truth.found.json").read_text("utf-8"))[0]["seat"] in ("A", "B")
    assert json.loads((tmp_path / "found/short.truth.truth.json").read_text("utf-8"))["conversation_start"] > 10

    table = json.loads(accepted.read_text("utf-8"))
    assert table["short"]["real_time_factor"] > 0
    table["short"] |= {"der_collar": -1.0, "confusion": 90.0, "real_time_factor": None, "peak_megabytes": None}
    accepted.write_text(json.dumps(table), "utf-8")
    second = bench(folder, "--compare", str(accepted))
    better, _, worse = second.stdout.partition("Better than")[2].partition("Worse than")
    assert "confusion .25 (confusion) was 90.00" in better
    assert "DER .25 (der_collar) was -1.00" in worse
    assert second.returncode == 1


def test_the_bench_knows_how_much_sound_was_heard_when_something_was_told(folder: Path) -> None:
    truth = read(folder / "short.flac")
    told = list(hear(Ears.load(language=None), truth, CheckedIn(truth, short=False)))
    seconds = [(one.heard, one.event.at) for one in told if isinstance(one.event, Heard)]
    assert len(seconds) > 20
    assert all(0 <= heard - at < FRAME_SECONDS + 1e-6 for heard, at in seconds)


def test_what_is_wrong_with_a_command_is_said_in_a_sentence(folder: Path) -> None:
    assert bench(folder, "--enrol", "shouting").stderr == "--enrol knows truth, short, taps, none, not shouting.\n"
    assert bench(folder, "other").stderr.startswith("There is no other.flac with .rttm of the same name beside it")


def test_memory_is_looked_at_while_a_recording_goes_on_and_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert grow(read(folder / "short.flac"), 0.02, every=24.0) in (0, 1)
    *looks, verdict = capsys.readouterr().out.splitlines()
    assert [look.split()[-1] for look in looks] == ["MB", "MB", "MB"]
    assert verdict.startswith("memory after 0 minutes grew by at most")


def test_a_recording_is_repeated_until_it_lasts_as_long_as_asked(folder: Path, tmp_path: Path) -> None:
    once, long = folder / "short.flac", tmp_path / "long.flac"
    _repeat(once, long, 100.0)
    sound, (again, rate) = soundfile.read(once)[0], soundfile.read(long)
    assert len(again) == 100 * rate
    assert (again[len(sound) : 2 * len(sound)] == sound[: len(again) - len(sound)]).all()
