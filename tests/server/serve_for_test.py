"""A Kring that serves for real, with scripted ears: `serve_for_test.py DATA PORT EARS [https] [made]` (made PINs)."""

import sys
from pathlib import Path

from server.pins import MadePin
from server.settings import HearingSettings, Settings
from server.starting import run
from tests.server.tables import FAKE_EARS

if __name__ == "__main__":
    data, port, ears, *rest = sys.argv[1:]
    pin: type[str] = MadePin if "made" in rest else str
    settings = Settings(
        data=Path(data),
        port=int(port),
        https="https" in rest,
        pin=pin("271828"),
        participant_pin=pin("314159"),
        table_pin=pin("161803"),
        language="nl",
        host="127.0.0.1",
        ears=(sys.executable, str(FAKE_EARS), ears),
        hearing=HearingSettings(silent_seconds=2.0, retry_seconds=0.2, restart_seconds=(0.1,)),
    )
    sys.exit(run(settings))
