"""What the data folder holds and what surrounds it, looked at for the doctor. No passphrase is needed or asked.

Nothing here changes anything, and nothing of a meeting is read: only whether the log opens.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from server import nearby
from server.group.limits import CLOCK_IS_SET
from server.problems import DiskFull, LogUnusable, PassphraseNeeded

if TYPE_CHECKING:
    from cryptography import x509

LEAST_DISK_MB = 200
SOON = timedelta(days=30)
"""A certificate that ends within this is made anew at the next start."""
EARS_SECONDS = 180.0
"""A slow card may need this long to load the models."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    well: bool
    found: str
    cure: str = ""

    def __str__(self) -> str:
        """One line for a terminal."""
        mark = "ok " if self.well else "!! "
        return f"{mark} {self.subject:12} {self.found}" + (f" -> {self.cure}" if self.cure else "")


def disk(folder: Path) -> Finding:
    """Whether the folder can be written, and whether an evening fits."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        cure = "make the folder writable for you (a disk that fails becomes read-only), or choose another with --data"
        return Finding(subject="disk", well=False, found=f"{short(there)} cannot be written", cure=cure)
    free = shutil.disk_usage(there).free // 1_000_000
    well = free >= LEAST_DISK_MB
    cure = (
        "" if well else "make room, or choose another folder with --data; a meeting goes on without, and is not saved"
    )
    return Finding(subject="disk", well=well, found=f"{free} MB free for {short(folder)}", cure=cure)


def log(folder: Path) -> Finding:
    """Whether the log opens, or waits for its passphrase."""
    from server import secret
    from server.log import open_log
    from server.store import FILE

    if not (folder / FILE).exists():
        return Finding(subject="log", well=True, found="none yet")
    try:
        if not secret.keys(folder, None):
            cure = f"put {secret.KEY_FILE} back beside it, or erase everything with ./kring erase"
            return Finding(subject="log", well=False, found="its key is missing", cure=cure)
        open_log(folder, only_look=True).close()
    except PassphraseNeeded:
        told = "locked; the passphrase is asked at the start, here or on the first page (lost it? ./kring erase)"
        return Finding(subject="log", well=True, found=told)
    except (LogUnusable, DiskFull) as why:
        found, _, cure = str(why).partition(". ")
        return Finding(subject="log", well=False, found=found, cure=cure or "see to the disk, then look again")
    except OSError as why:
        cure = "make it readable and writable for you"
        return Finding(subject="log", well=False, found=f"cannot be read ({why.strerror})", cure=cure)
    return Finding(subject="log", well=True, found="whole")


def port(folder: Path, number: int) -> Finding:
    """Whether Kring can be reached there."""
    with socket.socket() as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", number))
        except PermissionError:
            cure = "choose one above 1023 with --port"
            return Finding(subject="port", well=False, found=f"{number} is not for everybody", cure=cure)
        except OSError:
            if _runs(folder):
                return Finding(subject="port", well=True, found=f"{number}: Kring is running")
            cure = "stop the other program, or choose another with --port"
            return Finding(subject="port", well=False, found=f"{number} is taken", cure=cure)
    return Finding(subject="port", well=True, found=f"{number} is free")


def clock() -> Finding:
    """Whether somebody set it: certificates and what is kept until a day go by it."""
    today = date.today()
    if today >= CLOCK_IS_SET:
        return Finding(subject="clock", well=True, found=today.isoformat())
    cure = "set it (sudo date -s '2026-11-27 19:30'): screens refuse the certificate, and what was kept is not let go"
    return Finding(subject="clock", well=False, found=f"it says {today.isoformat()} and was never set", cure=cure)


def certificate(folder: Path) -> Iterator[Finding]:
    """Whether screens will accept it: until when, and for which address."""
    from cryptography import x509

    again = "start Kring again: it makes another by itself"
    whose = {"authority": folder / "kring-ca.pem", "certificate": folder / "kring-cert.pem"}
    if not any(path.exists() for path in whose.values()):
        yield Finding(subject="certificate", well=True, found="none yet, the first start makes one")
        return
    now, speaks_for_us = datetime.now(UTC), True
    for subject, path in whose.items():
        anew = again if subject == "certificate" else f"move {path} and its key away; every screen must trust a new one"
        try:
            held = x509.load_pem_x509_certificate(path.read_bytes())
        except (OSError, ValueError):
            yield Finding(subject=subject, well=False, found=f"{short(path)} is damaged or missing", cure=anew)
            continue
        speaks_for_us = speaks_for_us and _may_be_for(nearby.address(), held)
        ends, begins = held.not_valid_after_utc, held.not_valid_before_utc
        if not begins <= now < ends - SOON:
            when = f"from {begins:%Y-%m-%d}" if now < begins else f"until {ends:%Y-%m-%d}"
            cure = f"see to the clock; if it is right, move {path} away and start again" if now < begins else anew
            yield Finding(subject=subject, well=False, found=f"is good {when} only", cure=cure)
        elif subject == "certificate" and (missing := nearby.address()) not in _names(held):
            cure = again if speaks_for_us else f"it may be for private networks only: go to {nearby.LOCAL_NAME} instead"
            yield Finding(subject=subject, well=False, found=f"is not for {missing}, the address of now", cure=cure)
        else:
            yield Finding(subject=subject, well=True, found=f"until {ends:%Y-%m-%d}")


def ears(language: str = "en") -> Finding:
    """Whether the ears come up as they do when Kring starts."""
    import json
    import queue

    from server.earsprocess import EarsProcess
    from speech.events import MODEL_UNUSABLE, EarsReady, from_json

    told: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def hear(line: str) -> bool:
        told.put(line)
        return True

    process = EarsProcess((), language, line=hear, gone=lambda: told.put(None))
    ready: EarsReady | None = None
    try:
        while ready is None and (line := told.get(timeout=EARS_SECONDS)) is not None:
            event = from_json(json.loads(line))
            ready = event if isinstance(event, EarsReady) else None
    except (ValueError, queue.Empty):
        ready = None
    code = process.end()
    if ready is not None:
        return Finding(subject="ears", well=True, found=f"ready after {ready.seconds:.1f} s")
    if code == MODEL_UNUSABLE:
        return Finding(
            subject="ears", well=False, found="their model is missing or damaged", cure="see the models above"
        )
    cure = "install again: move .venv away and start ./kring; until then, tap the seats"
    return Finding(subject="ears", well=False, found=f"they fall at once (exit code {code})", cure=cure)


def short(path: Path) -> str:
    """With ~ for the own folder."""
    home = str(Path.home())
    return str(path).replace(home, "~", 1) if str(path).startswith(home) else str(path)


def _may_be_for(address: str, held: x509.Certificate) -> bool:
    """Whether an authority with such limits can speak for this address."""
    from cryptography import x509

    try:
        limits = held.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()
    except x509.ExtensionNotFound:
        return True
    nets = [name.value for name in limits if isinstance(name, x509.IPAddress)]
    return any(ip_address(address) in net for net in nets if isinstance(net, IPv4Network | IPv6Network))


def _names(held: x509.Certificate) -> frozenset[str]:
    from cryptography import x509

    try:
        names = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return frozenset()
    return frozenset(str(name.value) for name in names)


def _runs(folder: Path) -> bool:
    """Whether a Kring holds the folder's lock."""
    from filelock import FileLock, Timeout

    if not (folder / "kring.lock").exists():
        return False
    try:
        with FileLock(folder / "kring.lock", mode=0o600, timeout=0):
            return False
    except (Timeout, OSError):
        return True
