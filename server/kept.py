"""What groups chose to keep on this device: shown on a terminal, or erased. Nothing here serves or decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from methods.method import in_language
from methods.reader import BUILT_IN, load_library
from server.folder import open_folder
from server.log import Log, open_log
from server.report import as_table
from server.resuming import NotResumable, resumable
from server.store import FILE


def show_kept(folder: Path, passphrase: str | None = None) -> Iterator[str]:
    """The summary of every kept meeting. Raises LogUnusable."""
    if not (folder / FILE).exists():
        return
    log = open_log(folder, None, passphrase, only_look=True)
    try:
        yield from _told(log, folder)
    finally:
        log.close()


def erase_kept(folder: Path, passphrase: str | None = None) -> int:
    """How many meetings were erased. Raises FolderUnusable while Kring runs, LogUnusable, DiskFull."""
    if not (folder / FILE).exists():
        return 0
    with open_folder(folder):
        log = open_log(folder, None, passphrase)
        try:
            kept = log.kept()
            if kept:
                log.forget(*kept)
        finally:
            log.close()
    return len(kept)


def _told(log: Log, folder: Path) -> Iterator[str]:
    methods = dict(load_library(BUILT_IN, folder / "methods"))
    last = log.kept_until()
    for number, stream in enumerate(log.kept(), 1):
        try:
            meeting = resumable(log, stream, methods)
        except NotResumable as why:
            yield f"{number}. cannot be shown. {why}"
            continue
        method = methods[meeting.method]
        table, day = as_table(meeting, method, judged=False), last.get(stream)
        until = f", kept until {day.isoformat()}" if day else ", kept until somebody erases it"
        yield f"{number}. {in_language(method.names, meeting.language)}\n{table.removesuffix('.')}{until}.\n"
