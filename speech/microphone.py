"""The microphone as a source of frames. PortAudio is touched only while listening; mute means the device is closed."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np

from speech.events import FramesLost
from speech.frames import RATE, Frame
from speech.mono import Block, Mono

LATENCY = 0.2
"""Seconds asked of the device; with less, the beginning of sound is cut on some systems."""
_BLOCK = 0.05
"""Seconds of sound handed over at a time."""
_WAITING = 200
"""Blocks that may wait: 10 s, until a slow machine has come down to what it can carry (`effort`)."""
_SILENT = 1.5
"""Seconds without any block after which the device is gone."""
_WAKING = 5.0
"""The same for the first block: a Bluetooth microphone or a sleeping sound server takes seconds to begin."""
_CLOSING = 1.0
"""Seconds given to a device to close; one that was unplugged may never answer."""
_CHANNELS = 8
"""At most so many are opened: array microphones have 4 to 8, and sound servers promise any number."""
_AGAIN = 0.3
"""Seconds between attempts to open a device again that stopped."""
_ATTEMPTS = 2

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
        self._device: _Opened | None = None

    @property
    def waiting(self) -> float:
        """Seconds of sound that are there and were not taken yet."""
        return 0.0 if self._device is None else self._device.waiting

    def stop(self) -> None:
        """No more frames; the device closes."""
        self._stopped.set()

    def __iter__(self) -> Iterator[Frame | FramesLost]:
        """Raises NoMicrophone at once, MicrophoneLost later."""
        self._stopped.clear()
        opened = self._open()
        mono = Mono(rate=opened.rate, channels=opened.channels)
        patience, heard = _WAKING, time.monotonic()
        try:
            while not self._stopped.is_set():
                taken = opened.next(patience, self._stopped)
                if taken is None and not self._stopped.is_set():
                    opened.close()
                    opened = self._open_again()
                    yield from mono.change(rate=opened.rate, channels=opened.channels)
                    if (taken := opened.next(_SILENT, self._stopped)) is None:
                        raise MicrophoneLost(_LOST)
                    opened.missed(time.monotonic() - heard)
                if taken is not None:
                    patience, heard = _SILENT, time.monotonic()
                    yield from _convert(mono, taken, opened.lost(), opened.rate)
        finally:
            opened.close()

    def _open_again(self) -> _Opened:
        """A sound server that restarted, a loose cable, a device that was set to another rate: the same comes back."""
        name = self.name
        for _ in range(_ATTEMPTS):
            self._stopped.wait(_AGAIN)
            try:
                opened = self._open()
            except NoMicrophone:
                continue
            if self.name == name:
                return opened
            opened.close()  # another device hears from another place, and nobody chose it
        raise MicrophoneLost(_LOST)

    def _open(self) -> _Opened:
        library = _portaudio()
        try:
            device = library.query_devices(kind="input")
            self.name = str(device["name"])
            self._device = _Opened(library, device)
            return self._device
        except (library.PortAudioError, ValueError) as trouble:
            none = not any(device["max_input_channels"] for device in library.query_devices())
            raise NoMicrophone(_NO_DEVICE if none else _BUSY) from trouble


class _Opened:
    """A device that gives sound, until it is closed or stops by itself."""

    def __init__(self, library: ModuleType, device: dict[str, Any]) -> None:
        self._blocks: queue.Queue[tuple[Block, int]] = queue.Queue(_WAITING)
        self._finished = threading.Event()
        self._dropped = self._missing = 0
        rate = float(device["default_samplerate"])
        self._stream = library.InputStream(
            samplerate=rate,
            channels=min(_CHANNELS, int(device["max_input_channels"])),
            dtype="float32",
            blocksize=int(rate * _BLOCK),
            latency=LATENCY,
            callback=self._take,
            finished_callback=self._finished.set,
        )
        self._stream.start()
        self.rate = round(self._stream.samplerate)
        self.channels = int(self._stream.channels)

    @property
    def waiting(self) -> float:
        """Seconds of sound that were not taken yet."""
        return self._blocks.qsize() * _BLOCK if self._stream is not None else 0.0

    def next(self, patience: float, stopped: threading.Event) -> Block | None:
        """The next block, or None when the device is gone or `stopped` is set."""
        deadline = time.monotonic() + patience
        while not stopped.is_set():
            try:
                block, lost = self._blocks.get(timeout=0.1)
            except queue.Empty:
                if self._finished.is_set() or not self._stream.active or time.monotonic() > deadline:
                    return None
                continue
            self._missing += lost
            return block
        return None

    def missed(self, seconds: float) -> None:
        """So long nothing was heard, because no device was open."""
        self._missing += max(0, round(seconds * self.rate))

    def lost(self) -> int:
        """Samples that are missing before the block that was taken last."""
        missing, self._missing = self._missing, 0
        return missing

    def close(self) -> None:
        """Closes the device, but does not wait for one that is gone."""
        if self._stream is None:
            return
        closing = threading.Thread(target=_abort, args=(self._stream,), name="microphone closing", daemon=True)
        self._stream = None
        closing.start()
        closing.join(_CLOSING)

    def _take(self, block: Block, frames: int, clock: Any, status: Any) -> None:
        """Called by PortAudio in its own thread: hands over and returns."""
        if status.input_overflow:
            self._dropped += frames  # how much is not told; at least about a block
        try:
            self._blocks.put_nowait((block.copy(), self._dropped))
            self._dropped = 0
        except queue.Full:
            self._dropped += frames


def _convert(mono: Mono, block: Block, lost: int, rate: float) -> Iterator[Frame | FramesLost]:
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


def _abort(stream: Any) -> None:
    stream.abort(ignore_errors=True)
    stream.close(ignore_errors=True)
