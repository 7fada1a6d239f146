"""A meeting on a disk of 1 MB that fills up under it, and a folder that is read-only: `small_disk.py FOLDER EARS`.

Runs in a namespace of its own (`unshare -rm`), where anybody may mount; prints what came of it, as JSON.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from server.meeting import commands as wish
from tests.server.tables import OPEN, TableForTest, eventually

ROOT = Path(__file__).parents[2]


def mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def fill(folder: Path) -> Path:
    """No byte is free any more."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        size = 65536
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2
    return filler


def start(folder: Path) -> dict[str, Any]:
    """What a start says there."""
    command = [sys.executable, "-m", "server", "--data", str(folder), "--http", "--port", "1"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    return {"code": said.returncode, "said": said.stderr}


def main() -> None:
    folder, ears = Path(sys.argv[1]), Path(sys.argv[2])
    told: dict[str, Any] = {}
    mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder))
    filler = fill(folder)
    told["full at start"] = start(folder)
    filler.unlink()

    data = folder / "data"
    data.mkdir()
    table = TableForTest(data, ears)
    table.sit_down()
    filler = fill(folder)
    table.ask(wish.BeginPhase(phase="analysis"))
    for _ in range(20):
        assert table.ask(wish.TapSeat(seat="A"))["ok"]
        assert table.ask(wish.TapSeat(seat="B"))["ok"]
    told["while it runs"] = eventually(lambda: table.seen.view()["trouble"])
    assert table.ask(wish.CloseMeeting())["ok"]
    told["keeping"] = table.ask(wish.KeepMeeting(items=()))
    told["erasing"] = table.ask(wish.EraseMeeting())
    told["the summary is there"] = table.seen.view()["summary"] is not None
    filler.unlink()
    told["keeping with room"] = table.ask(wish.KeepMeeting(items=()))
    told["another"] = table.ask(OPEN)
    told["kept"] = len(table.log.kept())
    told["said"] = table.said
    told["trouble in the end"] = eventually(lambda: "" if table.seen.view()["trouble"] else "none")
    table.table.stop()

    read_only = folder / "read-only"
    os.mkdir(read_only)
    mount("--bind", str(read_only), str(read_only))
    mount("-o", "remount,bind,ro", str(read_only))
    told["read-only at start"] = start(read_only)
    mount("--bind", str(data), str(data))
    mount("-o", "remount,bind,ro", str(data))
    told["read-only with a log"] = start(data)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
