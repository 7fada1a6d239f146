"""What a group kept can be seen and erased by whoever looks after the computer."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import exc as sql

from server.folder import FolderUnusable, open_folder
from server.kept import erase_kept, show_kept
from server.log import open_log
from server.meeting import commands as wish
from server.store import LogUnusable
from tests.server.tables import OPEN, TableForTest
from tests.server.test_commands import kring as command


@pytest.fixture
def kept(data: Path, ears: Path) -> Path:
    """A data folder with one meeting that was kept and one that was not."""
    table = TableForTest(data, ears)
    try:
        for keep in (True, False):
            assert table.ask(OPEN)["ok"]
            assert table.ask(wish.ConfirmConsent(agreed=4))["ok"]
            assert table.ask(wish.CloseMeeting())["ok"]
            assert not keep or table.ask(wish.KeepMeeting())["ok"]
    finally:
        table.table.stop()
    return data


def test_only_what_was_kept_is_shown_and_erased(kept: Path) -> None:
    assert len(list(show_kept(kept))) == 1
    assert "minutes, kept until 20" in next(iter(show_kept(kept)))
    assert erase_kept(kept) == 1
    assert list(show_kept(kept)) == []
    log = open_log(kept)
    assert len(log.unfinished()) == 1
    log.close()


def test_nothing_is_erased_while_kring_runs(kept: Path) -> None:
    with open_folder(kept), pytest.raises(FolderUnusable, match="already running"):
        erase_kept(kept)
    assert len(list(show_kept(kept))) == 1


def test_a_log_that_may_only_be_read_is_not_called_damaged(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_read(*_: object) -> None:
        raise sql.OperationalError("", None, Exception("attempt to write a readonly database"))

    monkeypatch.setattr(sqlalchemy.MetaData, "create_all", only_read)
    with pytest.raises(LogUnusable, match="cannot be written"):
        list(show_kept(kept))


def test_the_command_asks_before_it_erases(kept: Path) -> None:
    assert "minutes, kept until 20" in command("kept", "--data", kept).stdout
    assert command("kept", "--data", kept, "--erase", said="n\n").stdout == ""
    assert command("kept", "--data", kept, "--erase", said="y\n").stdout.strip() == "Erased: 1."
    assert command("kept", "--data", kept).stdout.strip() == "Nothing is kept."


def test_where_there_was_never_a_meeting_nothing_is_kept_and_nothing_made(tmp_path: Path) -> None:
    assert command("kept", "--data", tmp_path / "none").stdout.strip() == "Nothing is kept."
    assert not (tmp_path / "none").exists()
