"""The group that is open at this table: what it asks is decided, written down and then believed. Never a meeting.

It is open from the right passphrase until somebody closes it, or nobody asked for anything for a while; what was open
is then in memory no more.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from methods.method import Method
from server.carried import Carried
from server.group import deciding, memory
from server.group import wishes as wish
from server.group.evenings import own_intention, remembered
from server.group.group import Group
from server.group.invitation import calendar
from server.group.statement import statement
from server.group.wishes import DeviceWish, GroupWish
from server.group.words import refused
from server.groupfiles import GroupFiles, Opened, new_identity
from server.meeting.meeting import Meeting
from server.meeting.refusals import Refused
from server.pairing import Tries
from server.problems import DiskFull
from server.settings import CircleSettings, DoorSettings
from server.sticks import Stick, Sticks

Found = TypeVar("Found")
ONE_ADDRESS = "tablet"
"""Passphrases are tried from one place: a tablet of the lead."""


class Circle:
    """Belongs to the table's thread."""

    def __init__(
        self,
        data: Path,
        settings: CircleSettings,
        carried: Carried | None = None,
        *,
        sticks: Sticks | None = None,
        now: Callable[[], datetime] = datetime.now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is read yet."""
        self._files, self._settings, self._now, self._monotonic = GroupFiles(data), settings, now, monotonic
        self._sticks, self._carried = sticks or Sticks(), carried or Carried()
        self._tries = Tries(DoorSettings(longest_wait_seconds=60.0), monotonic)
        self._before: tuple[str, Group] | None = None
        """The meeting that was remembered last, and the group before it: until that meeting is erased."""
        self.opening = ""
        """Another text each time a group is opened."""
        self._opened: Opened | None = None
        self._stirred = monotonic()
        with suppress(DiskFull, OSError):
            self._files.tidy()

    @property
    def group(self) -> Group | None:
        """The group that is open."""
        return self._opened.group if self._opened else None

    @property
    def today(self) -> date:
        """The day it is on this device."""
        return self._now().date()

    @property
    def sticks(self) -> tuple[Stick, ...]:
        """USB sticks as they were seen last."""
        return self._sticks.seen

    @property
    def id(self) -> str:
        """The random name of the open group; empty while none is."""
        return self._opened.group.id if self._opened else ""

    def look(self, meeting: Meeting | None) -> bool:
        """Another moment went by: whether there is something else to show."""
        self._carried.for_phones = meeting is not None and bool(self.id) and meeting.group == self.id
        if meeting is not None:
            self._stirred = self._monotonic()
            return False
        changed = self._sticks.look(self._monotonic())
        if self._opened is None or self._monotonic() - self._stirred <= self._settings.idle_seconds:
            return changed
        self._believe(None)
        return True

    def forget_all(self) -> int:
        """Every group of this device is gone. Raises DiskFull."""
        self._believe(None)
        return self._files.forget_all()

    def grant(
        self, asked: GroupWish | DeviceWish, meeting: Meeting | None, methods: Mapping[str, Method]
    ) -> dict[str, Any]:
        """Do it; what the answer holds beside "ok". Raises Refused, DiskFull; then nothing was changed."""
        if getattr(asked, "seat", None) is None:
            self._stirred = self._monotonic()  # a phone keeps nothing open
        match asked:
            case wish.FoundGroup():
                self._check_no_meeting(meeting)
                self._found(asked)
            case wish.OpenGroup():
                self._open(asked.passphrase, meeting)
            case wish.ImportGroup():
                self._check_no_meeting(meeting)
                self._take_in(asked)
            case wish.CloseGroup():
                self._check_quiet(meeting)
                self._believe(None)
            case wish.ForgetGroup():
                self._check_quiet(meeting)
                self._files.forget(self._here())
                self._believe(None)
            case wish.ExportGroup():
                here = self._here()
                content = self._files.sealed(here)
                return {
                    "file": self._sticks.put(asked.stick, here.lock.id, content, partial(self._files.follows, here))
                }
            case wish.ChangeGroupPassphrase():
                self._guess(lambda: self._believe(self._files.relock(self._here(), asked.before, asked.after)))
            case wish.StateAttendance():
                return {"statement": statement(self._here().group, asked.member, methods)}
            case wish.RememberEvening():
                raise refused("does_not_fit")  # see `remember`
            case _:
                self._change(asked, meeting, methods)
        return {}

    def remember(self, asked: wish.RememberEvening, meeting: Meeting, methods: Mapping[str, Method]) -> None:
        """The closed meeting becomes an evening of the open group, once. Raises Refused, DiskFull."""
        group = self._here().group
        if meeting.group != group.id:
            raise refused("other_group")
        if self._before is not None and self._before[0] == meeting.id:
            group = self._before[1]  # it could not be erased then, and something else may be ticked now
        elif group.latest == meeting.id:
            return
        on = (self._now() - timedelta(seconds=meeting.now)).date()  # the day on which it began
        self._write(memory.expired(remembered(group, meeting, methods, asked.items, on), on))
        self._before = (meeting.id, group)

    # --- one group ---

    def _found(self, asked: wish.FoundGroup) -> None:
        self._check_none()
        group = deciding.founded(new_identity(), asked.name, asked.language, self.today)
        self._guess(lambda: self._believe(self._files.begin(group, asked.passphrase)))

    def _open(self, passphrase: str, meeting: Meeting | None) -> None:
        self._check_none()
        if meeting is not None and not meeting.group:
            self._check_quiet(meeting)
        found = self._guess(lambda: self._files.open(passphrase))
        if meeting is not None and meeting.group != found.group.id:
            raise refused("other_group")
        self._opened_now(found)

    def _take_in(self, asked: wish.ImportGroup) -> None:
        self._check_none()
        file = self._sticks.get(asked.stick, asked.file)
        self._opened_now(self._guess(lambda: self._files.take_in(file, asked.passphrase)))

    def _opened_now(self, found: Opened) -> None:
        """What was to be remembered no longer is gone before anybody sees it, also where the disk is full."""
        fresh = replace(found, group=memory.expired(found.group, self.today))
        if fresh != found:
            with suppress(DiskFull):
                fresh = self._files.save(fresh)
        self._believe(fresh)

    def _change(self, asked: GroupWish, meeting: Meeting | None, methods: Mapping[str, Method]) -> None:
        if isinstance(asked, wish.TellLookBack) and asked.seat is not None:
            own = None if self.group is None else own_intention(self.group, meeting, asked.seat)
            if own is None or own.key != asked.intention:
                raise refused("not_yours")
        group = self._here().group
        here = meeting is not None and meeting.group == group.id
        if here and isinstance(asked, wish.RenameMember | wish.ForgetMember):
            raise refused("name_at_table")  # seats are told by name
        today = self.today
        changed = deciding.decided(memory.expired(group, today), asked, methods, today)
        if changed != group:
            self._write(changed)

    def _write(self, group: Group) -> None:
        """Written first, then believed."""
        self._believe(self._files.save(replace(self._here(), group=group)))

    def _believe(self, opened: Opened | None) -> None:
        if opened is None or self._opened is None:
            self.opening = "" if opened is None else secrets.token_hex(8)
            self._before = None
        self._opened = opened
        self._carried.calendar = calendar(opened.group) if opened else None

    def _here(self) -> Opened:
        if self._opened is None:
            raise refused("no_group")
        return self._opened

    def _check_none(self) -> None:
        if self._opened is not None:
            raise refused("group_is_open")

    @staticmethod
    def _check_no_meeting(meeting: Meeting | None) -> None:
        if meeting is not None:
            raise Refused("meeting_closed" if meeting.closed else "meeting_runs")

    @staticmethod
    def _check_quiet(meeting: Meeting | None) -> None:
        if meeting is not None and meeting.stage == "running":
            raise Refused("meeting_runs")

    def _guess(self, open_it: Callable[[], Found]) -> Found:
        """A passphrase may be wrong a few times, then there is waiting."""
        if self._tries.waits(ONE_ADDRESS):
            raise refused("too_many_tries")
        try:
            found = open_it()
        except Refused as why:
            if why.code in ("wrong_passphrase", "passphrase_taken"):
                self._tries.failed(ONE_ADDRESS)
            raise
        self._tries.succeeded(ONE_ADDRESS)
        return found
