"""The microphone as a source of frames. PortAudio is touched only while listening; mute means the device is closed."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.events import FramesLost
from speech.frames import RATE, Frame
from speech.mono import Mono

LATENCY = 0.2
"""Seconds asked of the device; with less, the beginning of sound is cut on some systems."""
_BLOCK = 0.05
"""Seconds of sound handed over at a time."""
_WAITING = 100
"""Blocks that may wait: 5 s, more than the slowest window of comparison takes."""
_SILENT = 1.5
"""Seconds without any block after which the device is gone."""
_WAKING = 5.0
"""The same for the first block: a Bluetooth microphone or a sleeping sound server takes seconds to begin."""
_CLOSING = 1.0
"""Seconds given to a device to close; one that was unplugged may never answer."""
_CHANNELS = 2
"""At most so many are opened; the rest of an array microphone says nothing new."""

_NO_LIBRARY = (
    "The sound library PortAudio is missing. Type: sudo apt install libportaudio2 . Until then, tap who speaks."
)
_NO_DEVICE = "No microphone was found. Plug one in, or tap who speaks."
_BUSY = "The microphone cannot be opened. Close other programs that use it, or plug it in again, or tap who speaks."
_LOST = "The microphone went silent: it was unplugged or its sound server stopped. Plug it in again, or tap who speaks."


class NoMicrophone(Exception):
    """There is none to open; the message says what to do."""


class MicrophoneLost(Exception):
    """It was there and is gone; the message says what to do."""


class Microphone:
    """The default input of this machine, opened by iterating, closed by `stop` or the end of the iteration."""

    kind = "microphone"

    def __init__(self) -> None:
        self.name = "microphone"
        self._stopped = threading.Event()
        self._finished = threading.Event()
        self._blocks: queue.Queue[tuple[NDArray[np.float32], int]] = queue.Queue(_WAITING)
        self._lost = 0

    def stop(self) -> None:
        """No more frames; the device closes."""
        self._stopped.set()

    def __iter__(self) -> Iterator[Frame | FramesLost]:
        """Raises NoMicrophone at once, MicrophoneLost later."""
        stream = self._open()
        try:
            mono = Mono(rate=round(stream.samplerate), channels=stream.channels)
            patience = _WAKING
            while not self._stopped.is_set():
                block, lost = self._next(stream, patience)
                patience = _SILENT
                yield from _convert(mono, block, lost, stream.samplerate)
        finally:
            _close(stream)

    def _open(self) -> Any:
        library = _portaudio()
        self._stopped.clear()
        self._finished.clear()
        try:
            device = library.query_devices(kind="input")
            self.name = str(device["name"])
            rate = float(device["default_samplerate"])
            stream = library.InputStream(
                samplerate=rate,
                channels=min(_CHANNELS, int(device["max_input_channels"])),
                dtype="float32",
                blocksize=int(rate * _BLOCK),
                latency=LATENCY,
                callback=self._take,
                finished_callback=self._finished.set,
            )
            stream.start()
        except (library.PortAudioError, ValueError) as trouble:
            none = not any(device["max_input_channels"] for device in library.query_devices())
            raise NoMicrophone(_NO_DEVICE if none else _BUSY) from trouble
        return stream

    def _take(self, block: NDArray[np.float32], frames: int, clock: Any, status: Any) -> None:
        """Called by PortAudio in its own thread: hands over and returns."""
        if status.input_overflow:
            self._lost += frames  # how much is not told; at least about a block
        try:
            self._blocks.put_nowait((block.copy(), self._lost))
            self._lost = 0
        except queue.Full:
            self._lost += frames

    def _next(self, stream: Any, patience: float) -> tuple[NDArray[np.float32], int]:
        deadline = time.monotonic() + patience
        while True:
            try:
                return self._blocks.get(timeout=0.1)
            except queue.Empty:
                gone = self._finished.is_set() or not stream.active or time.monotonic() > deadline
            if gone and not self._stopped.is_set():
                raise MicrophoneLost(_LOST)


def _convert(mono: Mono, block: NDArray[np.float32], lost: int, rate: float) -> Iterator[Frame | FramesLost]:
    """Lost sound becomes silence of the same length, so that the clock stays right."""
    if lost:
        quiet = list(mono.feed(np.zeros((lost, block.shape[1]), np.float32)))
        if quiet:
            yield FramesLost(at=round(quiet[0].position / RATE, 3), seconds=round(lost / rate, 3))
        yield from quiet
    yield from mono.feed(block)


def _portaudio() -> ModuleType:
    """The library, with a fresh list of devices: PortAudio sees what is plugged in only when it starts."""
    try:
        import sounddevice
    except OSError as trouble:
        raise NoMicrophone(_NO_LIBRARY) from trouble
    library: ModuleType = sounddevice
    try:
        library._terminate()
        library._initialize()
    except library.PortAudioError as trouble:
        raise NoMicrophone(_NO_DEVICE) from trouble
    return library


def _close(stream: Any) -> None:
    """Closes the device, but does not wait for one that is gone."""
    closing = threading.Thread(target=_abort, args=(stream,), name="microphone closing", daemon=True)
    closing.start()
    closing.join(_CLOSING)


def _abort(stream: Any) -> None:
    stream.abort(ignore_errors=True)
    stream.close(ignore_errors=True)
