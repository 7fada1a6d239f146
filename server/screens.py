"""Who looks, and what changed for them: views go out as numbered differences. Never what a role may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from server.glance import Glances
from server.reckoned import Reckoned
from server.views import Room, View, facilitator_view, participant_view, table_view

FACILITATOR = "facilitator"
PARTICIPANT = "participant"
TABLE = "table"
ROLES = (FACILITATOR, PARTICIPANT, TABLE)

Send = Callable[[str, str, dict[str, Any]], None]
"""(to whom, name of the message, payload); to an audience or to one screen."""


def audience_of(role: str, seat: str | None) -> str:
    """Everybody who sees the same: the lead's screens, those that show the table, or the phones of one seat."""
    if role in (FACILITATOR, TABLE):
        return role
    return f"{PARTICIPANT}:{seat or ''}"


@dataclass(slots=True)
class _Audience:
    screens: set[str] = field(default_factory=set)
    seq: int = 0
    view: View = field(default_factory=dict)


class Screens:
    """Knows what every audience saw last; used by the table's thread only."""

    def __init__(self, send: Send, glances: Glances | None = None) -> None:
        """`glances` is told where the meeting is, for pages that are fetched."""
        self._send, self._glances = send, glances
        self._audiences: dict[str, _Audience] = defaultdict(_Audience)
        self._seq = 0
        self._reckoned = Reckoned()

    def watching(self, audience: str) -> bool:
        """Whether anybody of this audience looks."""
        return bool(self._audiences[audience].screens)

    @property
    def looked_at(self) -> bool:
        """Whether anybody looks at all."""
        return any(audience.screens for audience in self._audiences.values())

    def arrive(self, audience: str, screen: str, room: Room) -> None:
        """A screen begins to look: it gets the whole picture."""
        self._audiences[audience].screens.add(screen)
        self.again(audience, screen, room)

    def leave(self, audience: str, screen: str) -> None:
        """A screen looks away."""
        self._audiences[audience].screens.discard(screen)
        if not self._audiences[audience].screens:
            del self._audiences[audience]  # what nobody sees is not kept: a meeting may be erased meanwhile

    def again(self, audience: str, screen: str, room: Room) -> None:
        """The whole picture for one screen, after its audience saw the same."""
        self._show(audience, room)
        seen = self._audiences[audience]
        self._send(screen, "snapshot", {"seq": seen.seq, "view": seen.view})

    def show(self, room: Room) -> None:
        """Everybody who looks sees what changed."""
        if room.meeting is None:
            self._reckoned = Reckoned()  # nothing of a meeting stays here when it is erased
        if self._glances is not None:
            self._glances.take(room)
        for name, audience in list(self._audiences.items()):
            if audience.screens:
                self._show(name, room)

    def _show(self, name: str, room: Room) -> None:
        audience = self._audiences[name]
        view = _view(name, room, self._reckoned)
        changes = {key: value for key, value in view.items() if key not in audience.view or audience.view[key] != value}
        # A key that is no longer there is told as null, so that a screen can never keep showing it.
        changes |= dict.fromkeys(audience.view.keys() - view.keys())
        if not changes:
            return
        self._seq += 1
        after, audience.seq, audience.view = audience.seq, self._seq, view
        self._send(name, "event", {"seq": audience.seq, "after": after, "changes": changes})


def _view(audience: str, room: Room, reckoned: Reckoned) -> View:
    if audience == FACILITATOR:
        return facilitator_view(room, reckoned)
    if audience == TABLE:
        return table_view(room, reckoned)
    return participant_view(room, audience.partition(":")[2] or None, reckoned)
