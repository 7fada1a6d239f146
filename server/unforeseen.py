"""An unforeseen error is told by kind and place, never by its text: that may hold what somebody said."""

from __future__ import annotations

import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType


def tell_without_text() -> None:
    """From now on, in every thread of this process."""
    threading.excepthook = lambda failed: _tell(failed.exc_type, failed.exc_traceback)
    sys.excepthook = lambda kind, error, trace: _tell(kind, trace)


def _tell(kind: type[BaseException], trace: TracebackType | None) -> None:
    steps = traceback.extract_tb(trace)
    place = f" at {Path(steps[-1].filename).name}:{steps[-1].lineno}" if steps else ""
    print(f"kring: unforeseen {kind.__name__}{place}", file=sys.stderr, flush=True)
