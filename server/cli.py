"""The command line: every word a person can type after ./kring. What it starts lives in other rooms."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from server import VERSION
from server.devicecli import COMMANDS, fail
from server.groupcli import group

LANGUAGES = click.Choice(["nl", "en"])
ROOT = Path(__file__).resolve().parents[1]


class Pin(click.ParamType[str, object]):
    """Six digits."""

    name = "NNNNNN"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The PIN, or a sentence about what a PIN is."""
        if not re.fullmatch(r"[0-9]{6}", str(value)):
            self.fail("a PIN has six digits, for example 271828", param, ctx)
        return str(value)


def _serving(command: Any) -> Any:
    """The options both ways of starting have."""
    options = (
        click.option("--port", type=click.IntRange(1, 65535), help="8443, or 8080 with --http."),
        click.option("--http", "plain", is_flag=True, help="Without TLS; on a closed network only."),
        click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder for log and keys."),
        click.option(
            "--pin", type=Pin(), help="The facilitator's PIN for the whole run; else a new one for each tablet."
        ),
        click.option("--language", type=LANGUAGES, help="Language that ears and screens begin with."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="kring")
@_serving
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path, dir_okay=False), help="Opens a locked log; else it is asked."
)
@click.option("--store", hidden=True, help="SQLAlchemy URL of another store, for example PostgreSQL.")
@click.pass_context
def kring(ctx: click.Context, /, **start: Any) -> None:
    """A companion for peer-consultation groups. Without a command: start, and show the address, QR code and PIN."""
    if ctx.invoked_subcommand is None:
        from server.starting import start_meeting

        sys.exit(start_meeting(**start))
    for option in ctx.command.params:
        if ctx.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE:
            fail(f"{option.opts[0]} comes after the command: ./kring {ctx.invoked_subcommand} {option.opts[0]} ...")


@kring.command()
@_serving
@click.option("--speed", type=click.FloatRange(0.25, 50), default=1.0, help="Times real time.")
@click.option("--once", is_flag=True, help="Start without a tablet, end after the evaluation, print the summary.")
def demo(**start: Any) -> None:
    """The rehearsal meeting: a recording, through the real ears, onto the tablet."""
    from server.starting import start_rehearsal

    sys.exit(start_rehearsal(**start))


@kring.command()
@click.argument("audio", type=click.Path(path_type=Path))
@click.option("--seats", type=click.Path(path_type=Path), help="SEATS.json: names, roles, where each enrols.")
@click.option("--method", "method_id", default="five_phase", show_default=True)
@click.option("--phase", default=None, help="Phase of the method; analysis, or the first.")
@click.option("--language", type=LANGUAGES, default="nl", show_default=True)
@click.option("--realtime", is_flag=True, help="Paced as it was spoken.")
@click.option("--no-words", is_flag=True, help="Only who speaks.")
@click.option("--words", is_flag=True, help="Print the words with each utterance.")
def listen(audio: Path, seats: Path | None, method_id: str, phase: str | None, **how: Any) -> None:
    """A recording as JSON Lines: turns, utterances, flags, and a summary at the end."""
    from server.hearing import QUIET_ENVIRONMENT

    os.environ.update(QUIET_ENVIRONMENT)
    from server.listening import Listening, Unreadable, read_places
    from speech.ears import Ears
    from speech.problems import ModelUnusable
    from speech.sources import SoundUnreadable

    method = _method(method_id)
    chosen = phase or next((p.id for p in method.phases if p.id == "analysis"), method.phases[0].id)
    if chosen not in {p.id for p in method.phases}:
        fail(f"{method_id} has no phase {chosen!r}; it has {', '.join(p.id for p in method.phases)}.")
    try:
        if not audio.is_file():
            raise Unreadable(f"There is no file {audio}.")
        places = read_places(seats)
        if unlearned := [place.name for place in places if place.start is None]:
            told = "told by a number, not by name"
            click.echo(f"kring: no enrol_start and enrol_end for {', '.join(unlearned)}: {told}.", err=True)
        listening = Listening(places, method, chosen)
        ears = Ears.load(language=None if how["no_words"] else how["language"], keep_text=how["words"])
        for event in listening.run(ears, audio, realtime=how["realtime"]):
            if event["event"] == "EnrolmentRefused":
                heard = f"{event['seconds']:.1f} s of speech is too little to learn the voice of {event['seat']}"
                click.echo(f"kring: {heard}; it is told by a number. Check its enrol_start and enrol_end.", err=True)
            click.echo(json.dumps(event, ensure_ascii=False))
    except (Unreadable, SoundUnreadable, ModelUnusable) as trouble:
        fail(trouble)


@kring.command()
@click.option("--language", type=LANGUAGES, required=True)
def acts(language: str) -> None:
    """Dialogue acts of written utterances: JSON Lines in, JSON Lines out, one for one."""
    from speech.acts.lines import label_lines

    try:
        for line in label_lines(sys.stdin, language):
            click.echo(line)
    except ValueError as trouble:
        fail(trouble)


@kring.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True)
@click.option("--phases", is_flag=True, help="With the phases of each.")
@click.pass_context
def methods(ctx: click.Context, as_json: bool, phases: bool) -> None:
    """The methods Kring knows, by level; [unverified] where a part has no source that could be checked."""
    if ctx.invoked_subcommand is not None:
        return
    from methods.listing import as_lines
    from methods.reader import BUILT_IN, load_library
    from server.starting import data_folder
    from server.views import Room, facilitator_view

    library = load_library(BUILT_IN, data_folder(None) / "methods")
    if as_json:
        room = Room(meeting=None, method=None, library=tuple(library.values()))
        click.echo(json.dumps(facilitator_view(room)["methods"], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(as_lines(library.values(), phases=phases)))
    for problem in library.problems:
        click.echo(f"kring: {problem}", err=True)


@methods.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Says why method files are not accepted: file, line and cure. Exit code 2 when one is not."""
    from server.library import checked

    good, problems = checked(files)
    for path, method in good:
        told = f"{method.id}, {len(method.phases)} phases, {method.minutes:.0f} minutes"
        click.echo(f"{path.name} is a good method: {told}.")
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        sys.exit(2)


@kring.group(invoke_without_command=True)
@click.pass_context
def models(ctx: click.Context) -> None:
    """What the ears have: name, source, licence, whole or not."""
    if ctx.invoked_subcommand is None:
        from speech.models import installed

        for model in installed():
            state = "whole" if model.whole else f"NOT WHOLE: {model.problem}. {model.cure}"
            click.echo(f"{model.name:24} {model.kind:9} {model.language or 'any':4} {state}")
            click.echo(f"{'':24} from {model.source}; {model.licence}")


@models.command("get")
@click.argument("language")
@click.option("--setup", is_flag=True, help="During set-up: one line and no failure when it is out of reach.")
def get_model(language: str, setup: bool) -> None:
    """Fetch the small Vosk model of a language from the official list."""
    from speech import fetch
    from speech.problems import FetchFailed

    try:
        with click.progressbar(length=1, label=f"Model {language}", file=sys.stderr) as bar:

            def progress(done: int, whole: int) -> None:
                bar.length = max(1, whole)
                bar.update(done - bar.pos)

            folder = fetch.get(language, progress)
    except (FetchFailed, ValueError) as trouble:
        if setup:
            click.echo(str(trouble), err=True)
            return
        fail(trouble, 1 if isinstance(trouble, FetchFailed) else 2)
    click.echo(f"Model for {language}: {folder}", err=True)


for command in (*COMMANDS, group):
    kring.add_command(command)


def _method(method_id: str) -> Any:
    from methods.reader import load_library

    library = load_library()
    if method_id not in library:
        fail(f"There is no method {method_id!r}; there is {', '.join(library)}.")
    return library[method_id]
