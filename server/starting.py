"""From the words on the command line to a serving Kring, or one clear line about why not. Never serves itself."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import platformdirs

from server import nearby
from server.certificates import Certificates, CertificatesUnusable, certificates
from server.conductor import RehearsalUnusable, read_score
from server.erasing import erase_all
from server.folder import FolderUnusable, check_room, is_full, open_folder
from server.pairing import forget_devices, new_pin
from server.passphrase import passphrase_for
from server.problems import DiskFull, LogUnusable
from server.secret import is_wrapped
from server.serve import PortTaken, check_port, greeting, serve
from server.settings import HTTP_PORT, HTTPS_PORT, REHEARSALS, Rehearsal, Settings
from server.stick import done, sticks, wishes
from server.unforeseen import keep_no_image


def data_folder(chosen: Path | None) -> Path:
    """The folder given, else the user's own."""
    return chosen or Path(platformdirs.user_data_dir("kring", appauthor=False))


def start_meeting(
    *,
    port: int | None,
    plain: bool,
    data: Path | None,
    pin: str | None,
    language: str | None,
    store: str | None = None,
    passphrase_file: Path | None = None,
) -> int:
    """Serve a table with its microphone; the exit code."""
    settings = _settings(data_folder(data), port=port, plain=plain, pin=pin, language=language or "nl", store=store)
    return run(settings, lambda: passphrase_for(settings.data, passphrase_file))


def start_rehearsal(
    *,
    port: int | None,
    plain: bool,
    data: Path | None,
    pin: str | None,
    language: str | None,
    speed: float,
    once: bool,
) -> int:
    """Serve the rehearsal; what it writes without --data is gone afterwards."""
    language = language or "en"
    rehearsal = Rehearsal(script=REHEARSALS / f"{language}.json", speed=speed, once=once)
    folder, started = data or Path(tempfile.mkdtemp(prefix="kring-demo-")), os.getpid()
    try:
        return run(_settings(folder, port=port, plain=plain, pin=pin, language=language, rehearsal=rehearsal))
    finally:
        # The process that serves is a fork of this one and leaves through here too.
        if data is None and os.getpid() == started:
            shutil.rmtree(folder, ignore_errors=True)


def _settings(
    folder: Path,
    *,
    port: int | None,
    plain: bool,
    pin: str | None,
    language: str,
    store: str | None = None,
    rehearsal: Rehearsal | None = None,
) -> Settings:
    lead = pin or new_pin()
    participant = next(candidate for candidate in iter(new_pin, "") if candidate != lead)
    table = next(candidate for candidate in iter(new_pin, "") if candidate not in (lead, participant))
    return Settings(
        data=folder.absolute(),
        port=port or (HTTP_PORT if plain else HTTPS_PORT),
        https=not plain and sys.platform != "win32",
        pin=lead,
        participant_pin=participant,
        table_pin=table,
        language=language,
        store=store,
        rehearsal=rehearsal,
    )


def run(settings: Settings, passphrase: Callable[[], str | None] = lambda: None) -> int:
    """Serve until told to stop. Everything that can be wrong is looked at before anything starts; then exit code 2.

    `passphrase` is asked when the log is locked; None leaves it locked until somebody opens it on a screen.
    """
    started = os.getpid()
    keep_no_image()
    try:
        lock = open_folder(settings.data)
        if settings.rehearsal is None:  # a demonstration has a folder of its own, and would only take the wish away
            _erase_as_a_stick_asks(settings.data)
        locked = settings.store is None and is_wrapped(settings.data)
        if locked and (said := passphrase()) is not None:
            settings, locked = replace(settings, passphrase=said), False
        if settings.rehearsal is not None:
            read_score(settings.rehearsal.script)
        if not locked:
            _look_into_log(settings)
        check_port(settings)
        held: Certificates | None = certificates(settings.data, nearby.names()) if settings.https else None
    except (FolderUnusable, LogUnusable, DiskFull, PortTaken, RehearsalUnusable, CertificatesUnusable) as trouble:
        print(f"kring: {trouble}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"kring: {cure(error, settings.data)}", file=sys.stderr)
        return 2
    try:
        build = _gate(settings, held) if locked else _builder(settings, held)
        return serve(settings, held, build, greeting(settings, locked=locked))
    finally:
        if os.getpid() == started:
            lock.release()


def _erase_as_a_stick_asks(folder: Path) -> None:
    """A file on a USB stick erases everything, for whoever has no screen and no passphrase. Raises OSError."""
    for wish in wishes(sticks()):
        told = erase_all(folder)
        print(f"kring: {wish} asks to erase everything.", *told, sep="\n  ", file=sys.stderr, flush=True)
        if not done(wish, told):
            print(f"kring: {wish} cannot be removed: take the stick out, or it erases again.", file=sys.stderr)


def _look_into_log(settings: Settings) -> None:
    """The log opens; without a meeting to go on with, nobody is paired any more."""
    from server.log import open_log
    from server.store import FILE

    try:
        log = open_log(settings.data, settings.store, settings.passphrase)
    except LogUnusable:
        # On a full disk the log cannot tell that from damage.
        check_room(settings.data / FILE)
        raise
    try:
        if not log.unfinished():
            forget_devices(settings.data)
    finally:
        log.close()


def cure(error: OSError, folder: Path) -> str:
    """A file that cannot be read or written, and what helps."""
    file, why = error.filename or folder, error.strerror or type(error).__name__
    if is_full(error):
        return f"{file} cannot be written ({why}). Make room on the disk, or give another folder with --data."
    return f"{file} cannot be used ({why}). Make it readable and writable for you, or give another folder with --data."


def _builder(settings: Settings, held: Certificates | None) -> Callable[[Callable[[int], None]], Any]:
    def build(finish: Callable[[int], None]) -> Any:
        from server import appliance

        return appliance.build(settings, held, finish)

    return build


def _gate(settings: Settings, held: Certificates | None) -> Callable[[Callable[[int], None]], Any]:
    def build(finish: Callable[[int], None]) -> Any:
        from server.locked import Gate

        def unlock(passphrase: str) -> Any:
            known = replace(settings, passphrase=passphrase)
            _look_into_log(known)
            return _builder(known, held)(finish)

        return Gate(unlock, settings.door)

    return build
