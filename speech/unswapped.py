"""Sound stays out of swap and memory out of core dumps, as far as a program decides that. Nothing here reads sound.

With no limit on locked memory (as in our systemd unit) the whole process stays in memory; else the ring of sound does,
within the usual 8 MB; else nothing does, and only encrypted or no swap helps. docs/privacy/data-map.md says so.
"""

from __future__ import annotations

import ctypes
import sys

from speech.frames import Samples

_CURRENT, _FUTURE, _ON_FAULT = 1, 2, 4
"""MCL_CURRENT, MCL_FUTURE and MCL_ONFAULT of mlockall(2) on Linux."""


def keep_no_image() -> None:
    """A crash of this process, or of one it starts, writes no memory to disk."""
    try:
        import resource
    except ImportError:  # Windows writes none unless asked
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def lock_everything() -> bool:
    """Whether all memory of this process, now and later, stays out of swap."""
    if sys.platform != "linux":
        return False
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if limit != resource.RLIM_INFINITY:
        return False  # with a limit, memory that is asked for later would be refused
    return bool(_libc().mlockall(_CURRENT | _FUTURE | _ON_FAULT) == 0)


def hold(sound: Samples) -> bool:
    """Whether this stretch of memory stays out of swap."""
    if sys.platform != "linux" or not sound.nbytes:
        return False
    return bool(_libc().mlock(ctypes.c_void_p(sound.ctypes.data), ctypes.c_size_t(sound.nbytes)) == 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
