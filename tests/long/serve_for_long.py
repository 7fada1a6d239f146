"""A Kring as a group has it, with the real ears, but known PINs: `serve_for_long.py DATA PORT FOLDER`.

FOLDER gets `counted.json` from the ears. With a rehearsal `hours.json` in it that is played, by ears without models.
"""

import sys
from pathlib import Path

from server.settings import Rehearsal, Settings
from server.starting import run

SPEED = 20.0

if __name__ == "__main__":
    data, port, folder = sys.argv[1:]
    script = Path(folder) / "hours.json"
    rehearsal = Rehearsal(script=script, speed=SPEED) if script.exists() else None
    ears = ("tests.long.ears_that_count", f"{folder}/counted.json")
    if rehearsal is not None:
        ears = ("tests.long.ears_for_hours",)
    settings = Settings(
        data=Path(data),
        port=int(port),
        https=False,
        pin="271828",
        participant_pin="314159",
        table_pin="161803",
        language="en",
        host="127.0.0.1",
        rehearsal=rehearsal,
        ears=(sys.executable, "-m", *ears),
    )
    sys.exit(run(settings))
