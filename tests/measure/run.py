"""Measure Kring on a folder of recordings with truth: who speaks, words, flags, acts, cost.

    python tests/measure/run.py --packs FOLDER [--only speakers,seating,words,acts,talk] [--output test-output]

FOLDER holds dev/meetings (NAME.flac, .json, .rttm), dev/ami (the same without .json), dev/scripted (with utterances),
dev/scripts/{nl,en}/*.tsv and tools/score_*.py; beside it, FOLDER/../utterances holds real talk (mrda, annomi).
Every figure comes from the command line a user has (`python -m server listen ...`), on one core where the system
allows to ask for that; only taps need people, whom the bench plays (`python -m speech.bench`). Exits 1 when a floor is
missed, or the bench finds something worse than `docs/bench.json`: both guard what was reached, they are not the aim.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jiwer
import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "measure"))
from floors import FLOORS  # noqa: E402 - the script's own folder, wherever it is called from

Row = dict[str, Any]


def kring(*arguments: str, stdin: str | None = None) -> list[Row]:
    """What a Kring command writes, one JSON object a line, on core 0."""
    one_core = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    command = [*one_core, sys.executable, "-m", "server", *arguments]
    done = subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def scored(packs: Path, tool: str, lines: list[Row] | str, output: Path, *truth: str) -> Row:
    """What a scorer says of these lines."""
    hypothesis = output / f"{tool}.input"
    text = lines if isinstance(lines, str) else "\n".join(json.dumps(line) for line in lines)
    hypothesis.write_text(text, encoding="utf-8")
    command = [sys.executable, str(packs / "tools" / f"{tool}.py"), str(hypothesis), *truth]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: Row = json.loads(done.stdout)
    return answer


def speakers(packs: Path, output: Path) -> list[Row]:
    """Who speaks, on every meeting, without words."""
    rows = []
    for audio in sorted((packs / "dev" / "meetings").glob("*.flac")):
        truth = audio.with_suffix(".json")
        events = kring("listen", str(audio), "--seats", str(truth), "--no-words")
        turns = [{k: e[k] for k in ("seat", "start", "end")} for e in events if e["event"] == "TurnEnded"]
        score = scored(
            packs, "score_speakers", json.dumps(turns), output, str(audio.with_suffix(".rttm")), "--seats", str(truth)
        )
        summary = events[-1]
        missing = [name for name, share in score["shares"].items() if not share["found"]]
        rows.append(
            {
                "meeting": audio.stem,
                **who_speaks(score),
                "real-time factor": summary["real_time_factor"],
                "peak MB": summary["peak_memory_mb"],
                "seats missing": len(missing),
            }
        )
        print(rows[-1], flush=True)
    return rows


def who_speaks(score: Row) -> Row:
    """The figures of a table row, from the answer of the scorer."""
    unknown = score["unknown_recall"]
    return {
        "DER": score["der_collar_0"],
        "DER .25": score["der_collar_025"],
        "miss .25": score["miss_025"],
        "false alarm .25": score["false_alarm_025"],
        "confusion .25": score["confusion_025"],
        "share error mean": score["share_error_mean_pp"],
        "worst": score["share_error_max_pp"],
        "pairs in order": score["rank_pairs_ok"],
        "guest found %": None if unknown is None else round(100 * unknown, 1),
    }


def seating(packs: Path, output: Path) -> list[Row]:
    """Who speaks when people checked in, for 3 s only, or not at all and are tapped; played by the bench."""
    found = output / "seating"
    shutil.rmtree(found, ignore_errors=True)
    bench = [sys.executable, "-m", "speech.bench", "--jobs", "2", "--write", str(found)]
    worse = {}
    for folder, modes in (("meetings", "truth,short,taps"), ("ami", "taps")):
        table = ["--enrol", modes, "--compare", str(ROOT / "docs" / "bench.json")]
        done = subprocess.run([*bench, str(packs / "dev" / folder), *table], cwd=ROOT, check=False)
        worse[folder] = done.returncode
    rows = []
    for file in sorted(found.glob("*.found.json"), key=lambda file: file.name.split(".")[::-1]):
        name, mode, *_ = file.name.split(".")
        (rttm,) = (packs / "dev").glob(f"[am]*/{name}.rttm")
        described = file.with_name(f"{name}.{mode}.truth.json")
        score = scored(
            packs, "score_speakers", file.read_text(encoding="utf-8"), output, str(rttm), "--seats", str(described)
        )
        rows.append(
            {"meeting": name, "seats by": mode, **who_speaks(score), "folder got worse": worse[Path(rttm).parent.name]}
        )
    return rows


def words(packs: Path, output: Path) -> list[Row]:
    """Words, flags and delay, on every scripted recording."""
    rows = []
    for audio in sorted((packs / "dev" / "scripted").glob("*.flac")):
        truth_path = audio.with_suffix(".json")
        truth = json.loads(truth_path.read_text(encoding="utf-8"))
        language = truth["language"]
        events = kring("listen", str(audio), "--seats", str(truth_path), "--language", language, "--words")
        begin = truth["conversation_start"] - 0.5
        heard = [e for e in events if e["event"] == "UtteranceNoted" and e["start"] >= begin]
        flags = [e for e in events if e["event"] == "FlagRaised" and e["start"] >= begin]
        for flag in flags:
            flag["raised_at"] = flag["end"] + flag["delay_seconds"]
        score = scored(packs, "score_flags", flags, output, str(truth_path))["advice"]
        delays = [flag["delay_seconds"] for flag in flags]
        summary = events[-1]
        rows.append(
            {
                "recording": audio.stem,
                "word error rate": round(word_errors(truth["utterances"], heard), 3),
                "advice flags": score["flags"],
                "precision": score["precision"],
                "recall": score["recall"],
                "false an hour": score["false_per_hour"],
                "delay median": round(float(np.median(delays)), 2) if delays else None,
                "delay p95": round(float(np.percentile(delays, 95)), 2) if delays else None,
                "real-time factor": summary["real_time_factor"],
                "peak MB": summary["peak_memory_mb"],
            }
        )
        print(rows[-1], flush=True)
    return rows


def word_errors(truth: list[Row], heard: list[Row]) -> float:
    """Word error rate over the whole recording, case and punctuation aside."""
    plain = jiwer.Compose(
        [jiwer.ToLowerCase(), jiwer.SubstituteRegexes({r"[^\w\s']": " "}), jiwer.RemoveMultipleSpaces()]
    )
    said = " ".join(u["text"] for u in sorted(truth, key=lambda u: u["start"]))
    got = " ".join(e["text"] for e in sorted(heard, key=lambda e: e["start"]))
    return float(jiwer.wer(plain(said).strip(), plain(got).strip()))


def acts(packs: Path, output: Path) -> list[Row]:
    """Dialogue acts of the written meetings, as written and as a recogniser would give them."""
    rows = []
    for language in ("nl", "en"):
        files = sorted((packs / "dev" / "scripts" / language).glob("*.tsv"))
        lines = [row for file in files for row in _table(file)]
        for form in ("written", "bare"):
            given = lines if form == "written" else [{**row, "text": _bare(row["text"])} for row in lines]
            text = "\n".join(json.dumps(row) for row in given)
            answer = kring("acts", "--language", language, stdin=text)
            score = scored(packs, "score_acts", answer, output, *map(str, files))
            family = score["advice_family_analysis_peers"]
            rows.append(
                {
                    "language": language,
                    "text": form,
                    "macro-F1": score["macro_f1"],
                    "advice precision": family["precision"],
                    "recall": family["recall"],
                    "precision at recall .7": family["at_recall_70"]["precision"],
                    "false an hour": family["false_flags_per_hour"],
                }
            )
            print(rows[-1], flush=True)
    return rows


def talk(packs: Path, output: Path) -> list[Row]:
    """False flags on real talk, everybody taken for a peer in a question phase: every fifth meeting, all counselling.

    Questions: of those that people labelled open or closed, how they are told apart where a question was heard.
    """
    rows = []
    for name, every in (("mrda", 5), ("annomi", 1)):
        file = packs.parent / "utterances" / f"{name}.tsv.gz"
        if not file.is_file():
            continue
        said = _gzipped(file)
        kept = set(sorted({line["dialogue_id"] for line in said})[::every])
        said = [line for line in said if line["dialogue_id"] in kept]
        hours = _hours(said)
        answer = kring("acts", "--language", "en", stdin="\n".join(map(_of_talk, said)))
        pairs = [pair for pair in zip(said, answer, strict=True) if pair[0]["role"] != "client"]
        advice = np.array([act["advice"] for _, act in pairs])
        truth = np.array([line["advice"] == "1" for line, _ in pairs])
        asked = [
            (line["label"], act["act"]) for line, act in pairs if line["label"] in ("open_question", "closed_question")
        ]
        told = [(label, act) for label, act in asked if act.startswith("question")]
        rows.append(
            {
                "talk": name,
                "hours": round(hours, 1),
                "flags an hour": round(float((advice >= 0.5).sum()) / hours, 1),
                "of these no advice": round(float(((advice >= 0.5) & ~truth).sum()) / hours, 1),
                "advice found": round(float((advice >= 0.5)[truth].mean()), 2),
                "average precision": round(average_precision(truth, advice), 3),
                "open against closed, F1": round(_apart(told), 3),
                "questions heard as such": round(len(told) / len(asked), 2),
            }
        )
        print(rows[-1], flush=True)
    return rows


def _of_talk(line: Row) -> str:
    role = "case_owner" if line["role"] == "client" else "peer"
    return json.dumps(
        {"meeting": line["dialogue_id"], "n": 1, "role": role, "phase": "analysis", "text": line["asr_text"]}
    )


def average_precision(truth: np.ndarray, chances: np.ndarray) -> float:
    """Mean of the precisions where one more is found; ties go against us."""
    order = np.lexsort((truth, -chances))
    found = truth[order].cumsum()
    return float((found / np.arange(1, len(truth) + 1))[truth[order]].mean())


def _apart(pairs: list[tuple[str, str]]) -> float:
    """Macro-F1 of open against anything else that asks."""
    wanted = np.array([label == "open_question" for label, _ in pairs])
    heard = np.array([act == "question_open" for _, act in pairs])
    scores = [2 * (a & b).sum() / (a.sum() + b.sum()) for a, b in ((wanted, heard), (~wanted, ~heard))]
    return float(np.mean(scores))


def _gzipped(file: Path) -> list[Row]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE))


def _hours(said: list[Row]) -> float:
    """By the clock where there is one, else at 150 words a minute."""
    if not all(line["end_s"] for line in said):
        return sum(len(line["text"].split()) for line in said) / 9000
    spoken: dict[str, list[float]] = {}
    for line in said:
        spoken.setdefault(line["dialogue_id"], []).append(float(line["end_s"]))
    return sum(max(ends) - min(ends) for ends in spoken.values()) / 3600


def _table(file: Path) -> list[Row]:
    head, *body = file.read_text(encoding="utf-8").splitlines()
    rows: list[Row] = [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in body if line]
    return [{key: int(row[key]) if key == "n" else row[key] for key in row if key != "act"} for row in rows]


def _bare(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c in " '" else " " for c in text.lower()).split())


def markdown(rows: list[Row]) -> str:
    """The rows as a table."""
    head = list(rows[0])
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(str(row[key]) for key in head) + " |" for row in rows)])


def missed_floors(kind: str, rows: list[Row]) -> list[str]:
    """Sentences about figures beyond their floor."""
    return [
        f"{kind}: {next(iter(row.values()))}: {key} is {row[key]}, beyond {limit}"
        for row in rows
        for key, (side, limit) in FLOORS.get(kind, {}).items()
        if row[key] is None or (row[key] > limit if side == "at most" else row[key] < limit)
    ]


def main() -> None:
    """Run the measurements asked for, write and print their tables, and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=Path, required=True)
    parser.add_argument("--only", default="speakers,seating,words,acts,talk")
    parser.add_argument("--output", type=Path, default=ROOT / "test-output")
    asked = parser.parse_args()
    asked.output.mkdir(exist_ok=True)
    missed = []
    for kind in asked.only.split(","):
        rows = {"speakers": speakers, "seating": seating, "words": words, "acts": acts, "talk": talk}[kind](
            asked.packs.resolve(), asked.output
        )
        (asked.output / f"{kind}.md").write_text(markdown(rows) + "\n", encoding="utf-8")
        print(f"\n## {kind}\n{markdown(rows)}\n", flush=True)
        missed += missed_floors(kind, rows)
    for sentence in missed:
        print(sentence)
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()
