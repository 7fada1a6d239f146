"""Commands about the device: what is kept, erasing, the passphrase, proofs, state, parts. Nothing is served here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

data_option = click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder for log and keys.")
passphrase_file_option = click.option(
    "--passphrase-file", type=click.Path(path_type=Path, dir_okay=False), help="Opens a locked log; else it is asked."
)


def fail(message: object, code: int = 2) -> NoReturn:
    """One clear line, and the exit code."""
    click.echo(f"kring: {message}", err=True)
    sys.exit(code)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """What the folder, the log and the key can refuse, as one clear line."""
    from server.folder import FolderUnusable
    from server.meeting.refusals import Refused
    from server.problems import DiskFull, LogUnusable
    from server.secret import WeakPassphrase
    from server.starting import cure

    try:
        yield
    except (LogUnusable, FolderUnusable, DiskFull, WeakPassphrase, Refused) as trouble:
        fail(trouble)
    except OSError as error:
        fail(cure(error, folder))


@click.command()
@data_option
@passphrase_file_option
@click.option("--erase", is_flag=True, help="Erase them all, after a question.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def kept(data: Path | None, passphrase_file: Path | None, erase: bool, yes: bool) -> None:
    """The numbers that groups kept on this device; with --erase, erases them."""
    from server.kept import erase_kept, show_kept
    from server.starting import data_folder

    folder = data_folder(data)
    with explained(folder):
        passphrase = _passphrase(folder, passphrase_file)
        if not erase:
            told = list(show_kept(folder, passphrase))
            click.echo("\n".join(told) or "Nothing is kept.")
        elif yes or click.confirm(f"Erase every meeting kept in {folder}? This cannot be undone", err=True):
            click.echo(f"Erased: {erase_kept(folder, passphrase)}.")


@click.command()
@data_option
@click.option("--everything", is_flag=True, help="Also certificates and the methods somebody put there.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(data: Path | None, everything: bool, yes: bool) -> None:
    """Erases all meetings, the key and the paired screens of this device; needs no passphrase. Says what went."""
    from server.erasing import erase_all
    from server.folder import open_folder
    from server.starting import data_folder

    folder = data_folder(data)
    if not folder.exists():
        click.echo(f"There is nothing in {folder}.")
        return
    with explained(folder):
        if yes or click.confirm(f"Erase everything that groups left in {folder}? This cannot be undone", err=True):
            with open_folder(folder):
                click.echo("\n".join(erase_all(folder, everything=everything)) or f"There is nothing in {folder}.")


@click.command()
@data_option
@passphrase_file_option
@click.option("--new-file", type=click.Path(path_type=Path, dir_okay=False), help="The new one; else it is asked.")
@click.option("--remove", is_flag=True, help="Back to a key file: whoever has the device can read what was kept.")
def passphrase(data: Path | None, passphrase_file: Path | None, new_file: Path | None, remove: bool) -> None:
    """Locks what is kept on this device with a passphrase, or changes it. Nobody can open it without."""
    from server.passphrase import change, in_file
    from server.starting import data_folder

    folder = data_folder(data)
    with explained(folder):
        before = _passphrase(folder, passphrase_file)
        if remove:
            after = None
        elif new_file is not None:
            after = in_file(new_file)
        else:
            after = click.prompt("New passphrase", hide_input=True, confirmation_prompt="Once more", err=True)
        change(folder, before, after)
        click.echo("The passphrase is gone." if remove else "Locked. Keep the passphrase: nobody can get round it.")


@click.command()
@data_option
@click.option("--port", type=click.IntRange(1, 65535), help="The port that Kring is to serve on; 8443.")
def doctor(data: Path | None, port: int | None) -> None:
    """Looks at microphone, models, ears, speed, disk, log, clock and network, and says how to cure what is wrong."""
    from server.doctor import examine
    from server.settings import HTTPS_PORT

    findings = examine(data, port or HTTPS_PORT)
    for finding in findings:
        click.echo(str(finding))
    sys.exit(0 if all(finding.well for finding in findings) else 1)


@click.command()
def sbom() -> None:
    """What is installed to run, what the pages bring along and the models: CycloneDX 1.6, JSON."""
    from server import sbom as materials

    click.echo(materials.sbom())


def _passphrase(folder: Path, file: Path | None) -> str | None:
    """Raises KeyUnusable where one is needed and nobody can type it."""
    from server.passphrase import passphrase_for
    from server.problems import PassphraseNeeded
    from server.secret import is_wrapped

    if not is_wrapped(folder):
        return None
    said = passphrase_for(folder, file)
    if said is None:
        raise PassphraseNeeded
    return said


@click.group()
def prove() -> None:
    """Shows a promise of Kring on this machine, to a person who wants to see it."""


@prove.command()
def offline() -> None:
    """A whole meeting in a network where every packet is recorded: nothing is sent anywhere. About a minute."""
    from server.proof import Unprovable, lines, rehearsal, some_port
    from server.proof import prove as proved

    click.echo("A rehearsal runs through the real ears; every packet is recorded. About a minute ...", err=True)
    try:
        proof = proved(rehearsal(port := some_port()), port)
    except Unprovable as trouble:
        fail(trouble, 1)
    click.echo("\n".join(lines(proof)))
    sys.exit(0 if proof.holds else 1)


@click.command()
@click.option("--user", help="Who it runs as; you, if left out.")
def service(user: str | None) -> None:
    """Prints a systemd unit for a box that starts Kring by itself, closed to all but the local network."""
    from server.service import how_to, unit

    click.echo(unit(user), nl=False)
    click.echo("\n".join(how_to()), err=True)


COMMANDS = (service, kept, erase, passphrase, prove, doctor, sbom)
