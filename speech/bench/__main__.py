"""`python -m speech.bench FOLDER`: every recording with truth in a folder through the ears, and one table about it.

FOLDER holds NAME.flac and NAME.rttm, and NAME.json with `seats` (name, enrol_start, enrol_end) and
`conversation_start`, from where on is measured. Without NAME.json every voice has a seat, learned from its first turn
as if somebody tapped.
Exits 1 when something is worse than the table it is compared with. Nothing here is used while listening.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from speech.bench.hearing import Measured, measure
from speech.bench.hours import grow
from speech.bench.seating import MODES
from speech.bench.table import COLUMNS, Row, compare, markdown, row_name, rows
from speech.bench.truth import Truth, recordings


def main() -> None:
    """Hears, prints, compares."""
    asked = _arguments().parse_args()
    try:
        truths = recordings(asked.folder, asked.names)
        before = _read_table(asked.compare)
        if asked.hours:
            sys.exit(grow(truths[0], asked.hours))
        modes = asked.enrol.split(",")
        if unknown := set(modes) - set(MODES):
            raise ValueError(f"--enrol knows {', '.join(MODES)}, not {', '.join(sorted(unknown))}.")
    except ValueError as trouble:
        sys.exit(str(trouble))
    measured = list(_measure_all([(truth, mode) for mode in modes for truth in truths], asked.jobs))
    for one in measured if asked.write else ():
        _write_found(asked.write, one, next(truth for truth in truths if truth.name == one.recording))
    table = rows(measured, None if asked.names else f"all of {asked.folder.resolve().name}")
    print(markdown(table, before))
    worse, better = compare(table, before, tuple(COLUMNS))
    for heading, sentences in (("Better", better), ("Worse", worse)):
        if sentences:
            print(f"\n{heading} than {asked.compare}:", *sentences, sep="\n- ")
    if asked.accept and asked.compare:
        asked.compare.write_text(json.dumps({**before, **table}, indent=1, sort_keys=True) + "\n", "utf-8")
        say(f"{asked.compare} is written")
        return
    sys.exit(1 if worse else 0)


def say(line: str) -> None:
    """Progress, where it does not get into the table."""
    print(line, file=sys.stderr, flush=True)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m speech.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="only these recordings")
    parser.add_argument("--enrol", default="truth", metavar="MODES", help=f"one or more of {','.join(MODES)}")
    parser.add_argument("--compare", type=Path, metavar="TABLE", help="JSON file with the figures of an earlier time")
    parser.add_argument(
        "--accept", action="store_true", help="write the figures into TABLE: from now on these are expected"
    )
    parser.add_argument(
        "--write", type=Path, metavar="FOLDER", help="the turns found and what is measured, for other scorers"
    )
    parser.add_argument("--jobs", type=int, default=1, help="recordings at a time, each in a process of its own")
    parser.add_argument(
        "--hours", type=float, help="instead: play the first recording over and over, and watch the memory"
    )
    return parser


def _measure_all(work: list[tuple[Truth, str]], jobs: int) -> Iterator[Measured]:
    """In the order of `work`. A process each, so that peak memory is that of one recording."""
    began, done = time.monotonic(), 0
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        futures: list[Future[Measured]] = [processes.submit(measure, truth, mode) for truth, mode in work]
        for future in as_completed(futures):
            one, done = future.result(), done + 1
            refused = f", not learned at first: {', '.join(one.refused)}" if one.refused else ""
            say(f"{done}/{len(work)}  {row_name(one)}  {time.monotonic() - began:.0f} s{refused}")
    return iter([future.result() for future in futures])


def _read_table(path: Path | None) -> dict[str, Row]:
    if path is None or not path.is_file():
        return {}
    table: dict[str, Row] = json.loads(path.read_text("utf-8"))
    return table


def _write_found(folder: Path, one: Measured, truth: Truth) -> None:
    """NAME.MODE.found.json and NAME.MODE.truth.json, in the form that scorers of diarization take."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [{"seat": turn.voice, "start": turn.start, "end": turn.end} for turn in one.found]
    left_out = [list(span) for span in (*truth.left_out, *one.left_out)]
    seats = [{"seat": number, "name": name} for number, name in enumerate(truth.seats, 1)]
    meta = {"seats": seats, "conversation_start": truth.begin, "duration": truth.end, "exclude": left_out}
    for kind, content in (("found", found), ("truth", meta)):
        (folder / f"{one.recording}.{one.mode}.{kind}.json").write_text(json.dumps(content), "utf-8")


if __name__ == "__main__":
    main()
