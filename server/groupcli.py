"""Commands about groups: one goes along as a sealed file, or comes here. What a group knows is never printed."""

from __future__ import annotations

from pathlib import Path

import click

from server.devicecli import data_option, explained, fail, passphrase_file_option


@click.group()
def group() -> None:
    """Carry a group to another device, or take one in. On the tablet the same is done with a USB stick."""


@group.command("export")
@data_option
@passphrase_file_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(data: Path | None, passphrase_file: Path | None, file: Path) -> None:
    """Writes the group that the passphrase opens into FILE, sealed as it is."""
    from server.folder import open_folder, write_private
    from server.groupfiles import GroupFiles
    from server.starting import data_folder

    folder = data_folder(data)
    with explained(folder), open_folder(folder):
        files = GroupFiles(folder)
        opened = files.open(_passphrase(passphrase_file))
        if file.exists() and not files.follows(opened, file.read_bytes()):
            fail(f"{file} is there already, and this group did not come of it. Give another name.")
        write_private(file, files.sealed(opened))
        click.echo(f"Written: {file}. The passphrase of the group opens it on any device with Kring.")


@group.command("import")
@data_option
@passphrase_file_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def take_in(data: Path | None, passphrase_file: Path | None, file: Path) -> None:
    """Takes the group in FILE in on this device; what lies here is never replaced by something older."""
    from server.folder import open_folder
    from server.groupfiles import GroupFiles
    from server.starting import data_folder

    folder = data_folder(data)
    with explained(folder), open_folder(folder):
        GroupFiles(folder).take_in(file.read_bytes(), _passphrase(passphrase_file))
        click.echo("Taken in. Open it on the tablet with its passphrase.")


@group.command("forget")
@data_option
@passphrase_file_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(data: Path | None, passphrase_file: Path | None, yes: bool) -> None:
    """Forgets the group that the passphrase opens: nothing of it stays on this device."""
    from server.folder import open_folder
    from server.groupfiles import GroupFiles
    from server.starting import data_folder

    folder = data_folder(data)
    with explained(folder), open_folder(folder):
        files = GroupFiles(folder)
        opened = files.open(_passphrase(passphrase_file))
        if yes or click.confirm("Forget this group and all of it? This cannot be undone", err=True):
            files.forget(opened)
            click.echo("Forgotten.")


def _passphrase(file: Path | None) -> str:
    """From the file, or typed; it is never asked of somebody who cannot type. Raises KeyUnusable."""
    import sys

    from server.passphrase import in_file

    if file is not None:
        return in_file(file)
    if not sys.stdin.isatty():
        fail("Give the group's passphrase with --passphrase-file, or start this where you can type it.")
    return str(click.prompt("Passphrase of the group", hide_input=True, err=True))
