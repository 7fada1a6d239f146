"""The ears as a process of their own: requests on standard input, events on standard output, one JSON object a line.

Nothing here knows a meeting. Words are printed only when a person started it with --words.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from speech import events, requests
from speech.problems import ModelUnusable
from speech.unswapped import keep_no_image, lock_everything

if TYPE_CHECKING:
    from speech.ears import Ears

Inbox = queue.SimpleQueue[requests.Request | None]
"""None: standard input closed."""
_DEATH_OF_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2): which signal comes when the thread that started us ends."""


def main() -> None:
    """Reads the arguments, loads the models, listens until standard input closes."""
    parser = argparse.ArgumentParser(prog="python -m speech", description="The ears of Kring as a process.")
    parser.add_argument("--language", default="en", help="two letters, the language of the words")
    parser.add_argument("--no-words", action="store_true", help="only who speaks")
    parser.add_argument("--words", action="store_true", help="print the words with each utterance")
    arguments = parser.parse_args()
    _end_with_our_parent()
    keep_no_image()
    lock_everything()
    _tell_without_text()
    out = _guarded_output()
    began = time.monotonic()
    ears = _load(language=None if arguments.no_words else arguments.language, keep_text=arguments.words)
    inbox: Inbox = queue.SimpleQueue()
    # Not before the models are there: a thread that waits for a line would make an early exit a crash.
    threading.Thread(target=_read, args=(sys.stdin, inbox), name="requests", daemon=True).start()
    _write(out, events.EarsReady(words=ears.words, seconds=round(time.monotonic() - began, 3)))
    context_requests = Pending(inbox)
    while (request := context_requests.wait()) is not None:
        for event in ears.do(request, context_requests.asked):
            _write(out, event)
    ears.forget()


def _end_with_our_parent() -> None:
    """Ears that hang while Kring is killed would keep the microphone: they never see that their pipe ended."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGKILL)


def _load(*, language: str | None, keep_text: bool) -> Ears:
    """Without words when their model is unusable; ends the process when who speaks cannot be told."""
    from speech.ears import Ears  # the heavy part, after the pipe is safe

    def without_words(unusable: ModelUnusable) -> None:
        _say(f"no words are recognised. {unusable}")

    try:
        return Ears.load(language=language, keep_text=keep_text, without_words=without_words)
    except ModelUnusable as unusable:
        _say(f"nobody can be heard. {unusable}")
        sys.exit(events.MODEL_UNUSABLE)


class Pending:
    """The inbox as a listener sees it: a request that ends listening is kept for afterwards."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._kept: list[requests.Request | None] = []

    def wait(self) -> requests.Request | None:
        """The next request; None when there will be no more."""
        return self._kept.pop() if self._kept else self._inbox.get()

    def asked(self) -> Iterator[requests.Request]:
        """What came in while listening."""
        while not self._inbox.empty():
            request = self._inbox.get()
            if request is None or isinstance(request, requests.Listen):
                self._kept.append(request)
                request = requests.Stop()
            yield request


def _read(lines: Iterable[str], inbox: Inbox) -> None:
    for line in lines:
        if not line.strip():
            continue
        try:
            message = json.loads(line)
            if not isinstance(message, dict):
                raise ValueError("a request is a JSON object")
            inbox.put(requests.from_json(message))
        except (ValueError, TypeError) as trouble:
            _say(f"request not understood, {trouble}")
    inbox.put(None)


def _write(out: TextIO, event: events.SpeechEvent) -> None:
    out.write(json.dumps(events.to_json(event), ensure_ascii=False) + "\n")
    out.flush()


def _guarded_output() -> TextIO:
    """Standard output for events alone: what native libraries print goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def _say(line: str) -> None:
    """One line on standard error, for the person who started Kring."""
    print(f"kring ears: {line}", file=sys.stderr, flush=True)


def _tell_without_text() -> None:
    """An unforeseen error is told by kind and place: its text may hold what somebody said."""
    threading.excepthook = lambda failed: _tell(failed.exc_type, failed.exc_traceback)
    sys.excepthook = lambda kind, error, trace: _tell(kind, trace)


def _tell(kind: type[BaseException], trace: TracebackType | None) -> None:
    steps = traceback.extract_tb(trace)
    place = f" at {os.path.basename(steps[-1].filename)}:{steps[-1].lineno}" if steps else ""
    _say(f"unforeseen {kind.__name__}{place}")


if __name__ == "__main__":
    main()
