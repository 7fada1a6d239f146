"""The process of the ears: how it is started, how lines go to it and come from it, how it ends. Never what they say.

Whoever uses it never waits: not for ears that do not read, nor for ears that do not end.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Thread

HERE = Path(__file__).resolve().parents[1]
OUR_EARS = (sys.executable, "-m", "speech")
QUIET_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "OMP_NUM_THREADS": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
MOST_UNREAD = 500
"""Lines that may wait for the ears beside what the pipe holds; ears that read nothing for so long hang."""
MOST_CHARACTERS = 64 * 1024
"""Of one line; what is longer comes in pieces, which are no events."""
LINES_A_SECOND = 200.0
"""What ears may tell for long; ours tell about fifteen."""
LINES_AT_ONCE = 1500.0
"""What they may tell at once: more than a pipe holds, for when we were asleep."""
FIRST_TO_GO = "600"
"""How much sooner than others the system ends them when all memory is used: the meeting must not go with them."""
END_SECONDS = 0.5


class EarsProcess:
    """One run of the ears; our own when no command is given."""

    def __init__(
        self, command: Sequence[str], language: str, *, line: Callable[[str], bool], gone: Callable[[], None]
    ) -> None:
        """`line` takes what they tell, False ends the reading; `gone` is called once, after the last line."""
        self._line, self._gone = line, gone
        self._unread: queue.Queue[str | None] = queue.Queue(MOST_UNREAD)
        self._process = subprocess.Popen(
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
        with contextlib.suppress(OSError):
            Path(f"/proc/{self._process.pid}/oom_score_adj").write_text(FIRST_TO_GO)
        self._reader = Thread(target=self._read, name="ears", daemon=True)
        self._reader.start()
        Thread(target=self._write, name="ears-asked", daemon=True).start()

    def send(self, line: str) -> None:
        """Put it with what the ears have not read yet; when that is too much they hang, and are ended."""
        try:
            self._unread.put_nowait(line)
        except queue.Full:
            self.kill("they do not read what they are asked")

    def kill(self, why: str) -> None:
        """End them now; `gone` follows."""
        if self._process.poll() is None:
            print(f"kring: the ears are ended and started again: {why}.", file=sys.stderr, flush=True)
            self._process.kill()

    def end(self) -> int:
        """Close their standard input, at which healthy ears stop; the exit code. At most a second."""
        try:
            self._unread.put_nowait(None)
            self._process.wait(timeout=END_SECONDS)
        except (queue.Full, subprocess.TimeoutExpired):
            self._process.kill()
        code = self._process.wait()
        self._reader.join(END_SECONDS)
        return code

    @property
    def megabytes(self) -> float:
        """Memory in use; 0 where that cannot be known."""
        import psutil

        try:
            return float(psutil.Process(self._process.pid).memory_info().rss) / 1e6
        except psutil.Error:
            return 0.0

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            with pipe:
                while (line := self._unread.get()) is not None:
                    pipe.write(line + "\n")
                    pipe.flush()
        except OSError:
            # They fell; `_read` tells so in a moment and they are started again.
            return

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            for line in self._bearable(iter(lambda: pipe.readline(MOST_CHARACTERS), "")):
                if not self._line(line):
                    break
        # A thread that waits for something to write ends with them.
        with contextlib.suppress(queue.Full):
            self._unread.put_nowait(None)
        self._gone()

    def _bearable(self, lines: Iterator[str]) -> Iterator[str]:
        """The lines, until they are a flood."""
        left, before = LINES_AT_ONCE, time.monotonic()
        for line in lines:
            now = time.monotonic()
            left, before = min(LINES_AT_ONCE, left + (now - before) * LINES_A_SECOND) - 1, now
            if left < 0:
                self.kill("they flood the table")
                return
            yield line
