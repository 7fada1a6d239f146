"""An unforeseen error is told by kind and place, and leaves no image of memory: text and memory may hold words."""

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


def keep_no_image() -> None:
    """A crash writes no memory to disk, of this process and of all that it starts: the ears too."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def described(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Kind and place of the error."""
    steps = traceback.extract_tb(trace)
    place = f" at {Path(steps[-1].filename).name}:{steps[-1].lineno}" if steps else ""
    return f"unforeseen {kind.__name__}{place}"


def _tell(kind: type[BaseException], trace: TracebackType | None) -> None:
    print(f"kring: {described(kind, trace)}", file=sys.stderr, flush=True)
