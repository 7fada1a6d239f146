"""Where a passphrase comes from: a file, the terminal, or nobody; and how it is changed. Never what it opens."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from server import secret
from server.folder import open_folder
from server.log import open_log
from server.problems import KeyUnusable, WrongPassphrase

CREDENTIAL = "kring-passphrase"
"""Name of the file among those that systemd hands to a service (LoadCredential)."""
TRIES = 3


def passphrase_for(folder: Path, file: Path | None) -> str | None:
    """From the file, from systemd's credentials, or typed; None where nobody can type. Raises KeyUnusable."""
    given = file or _credential()
    if given is not None:
        return in_file(given)
    if not sys.stdin.isatty():
        return None
    for left in reversed(range(TRIES)):
        said = click.prompt("Passphrase of this device", hide_input=True, err=True)
        try:
            secret.keys(folder, said)
        except WrongPassphrase as wrong:
            if not left:
                raise
            click.echo(f"kring: {wrong}", err=True)
        else:
            return str(said)
    return None


def change(folder: Path, before: str | None, after: str | None) -> None:
    """Lock the log with another passphrase, with the first, or (None) with a key file again; the key is new each time.

    Raises FolderUnusable while Kring runs, LogUnusable, WeakPassphrase, DiskFull, OSError.
    """
    with open_folder(folder):
        log = open_log(folder, None, before)
        try:
            secret.replace(folder, after, log.turn)
        finally:
            log.close()


def _credential() -> Path | None:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    file = Path(folder) / CREDENTIAL if folder else None
    return file if file is not None and file.is_file() else None


def in_file(file: Path) -> str:
    """What stands there, without the end of the line. Raises KeyUnusable."""
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise KeyUnusable(f"The passphrase cannot be read from {file} ({why}).") from None
