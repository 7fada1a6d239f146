"""The process of the ears: how it is started and how it is told to end. Never what is said over its pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
OUR_EARS = (sys.executable, "-m", "speech")
QUIET_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "OMP_NUM_THREADS": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def started(command: Sequence[str], language: str) -> subprocess.Popen[str]:
    """Ears that run and load their models; our own when no command is given."""
    return subprocess.Popen(
        [*(command or OUR_EARS), "--language", language],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        cwd=HERE,
        env=os.environ | QUIET_ENVIRONMENT,
        # Ctrl-C is for us; the ears stop when their standard input ends.
        start_new_session=True,
    )


def hang_up(process: subprocess.Popen[str]) -> None:
    """Close their standard input: healthy ears stop at that."""
    try:
        if process.stdin is not None:
            process.stdin.close()
    except OSError:
        # Something was still unsent to ears that are gone.
        return
