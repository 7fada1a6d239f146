"""What a group lets this device remember of itself: plain values. Nothing here decides or judges anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from unicodedata import normalize

ITEMS = ("intention", "answers", "pulse", "methods", "attendance", "figures")
"""What may be remembered of an evening, each by a choice of its own."""
UNTIL = ("no", "next", "season", "always")
"""How long: not at all, until the next evening was held, until the season is over, until somebody forgets it."""
USUAL: Mapping[str, str] = {"intention": "next", "answers": "season"} | dict.fromkeys(ITEMS[2:], "no")
"""What is chosen for a group that chose nothing."""
Language = Literal["nl", "en", "de"]
Setting = Literal["", "education", "care", "business", "nonprofit", "justice"]
Form = Literal["process", "content"]
Rule = Literal["meetings", "season"]
"""When a group may go on alone: after at least four guided meetings, or after a season of them."""
GUIDED_FIRST = 4
SEASON_DAYS = 300
"""Ten months, unless the group begins another season sooner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the group, by a first name or a letter."""

    key: int
    name: str
    joined: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement of this group's own."""

    key: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTime:
    """What is planned for the next evening."""

    on: date | None = None
    at: str = ""
    """Hours and minutes as on the clock at the table, "19:30"."""
    place: str = ""
    method: str = ""
    different: str = ""
    """What the group tries this time."""
    theme: int | None = None
    lead: int | None = None
    """The member who was agreed to lead it, whosever turn it is."""
    away: frozenset[int] = frozenset()
    """Members who said that they cannot come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intended:
    """What somebody took home, to come back to; with what that person told of it, as far as they wished."""

    key: int
    evening: int
    member: int | None
    question: str
    text: str
    step: str
    by: str
    told: bool = False
    worth: int | None = None
    """What it was worth, 0 to 10, in that person's own words."""
    back: bool = False
    """Whether it is to come on the table again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How an evening went, of the group as a whole."""

    spread: float | None = None
    """How far speaking lay from what the phases asked, 0 (as asked) to 1."""
    questions: int | None = None
    """Open questions before the first advice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Who was there. A member who is in none of these was no member then."""

    present: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()
    partly: Mapping[int, int] = field(default_factory=dict)
    """Of who was not there the whole evening: minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """What is left of an evening: each part by a choice of its own, None where it is not remembered."""

    number: int
    on: date
    minutes: int
    guided: bool
    method: str | None = None
    attended: Attended | None = None
    answers: Mapping[str, float] | None = None
    """Item of the evaluation to the middle answer of four or more, 1 to 5."""
    pulse: Mapping[str, float] | None = None
    figures: Figures | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing of it is remembered."""
        return (self.method, self.attended, self.answers, self.pulse, self.figures) == (None,) * 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Something to read about a theme, by the trainer."""

    key: int
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme that members chose beforehand."""

    key: int
    title: str
    done: bool = False
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Where the group is: from guided meetings to leading itself."""

    since: date
    until: date
    guided: bool = True
    """Whether somebody from outside the circle guides."""
    held_guided: int = 0
    held_alone: int = 0
    season_guided: bool = False
    """Whether a whole season was guided."""
    ready: Mapping[str, bool] = field(default_factory=dict)
    """Statement to what the group said of it together."""
    returned: date | None = None
    """When a facilitator was there last."""
    reviewed: date | None = None
    refreshed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Everything that is known of a group; immutable."""

    id: str
    name: str
    founded: date
    season: Season
    language: Language = "nl"
    setting: Setting = ""
    purpose: str = ""
    place: str = ""
    rhythm: int = 0
    """Weeks from one evening to the next; 0: not said."""
    minutes: int = 120
    minimum: int = 0
    """The least people with whom it meets, as agreed; 0: not agreed."""
    facilitator: str = ""
    form: Form = "process"
    rule: Rule = "meetings"
    returns: int = 0
    """How many times a year the facilitator comes back."""
    method: str = "five_phase"
    members: tuple[Member, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    lead: tuple[int, ...] = ()
    """Members in the order in which they lead: who led goes to the end."""
    bring: tuple[int, ...] = ()
    """Members in the order in which they bring a case."""
    next: NextTime = field(default_factory=NextTime)
    keep: Mapping[str, str] = field(default_factory=lambda: dict(USUAL))
    intentions: tuple[Intended, ...] = ()
    evenings: tuple[Evening, ...] = ()
    familiar: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    last: int = 0
    """The highest key ever given: none is given twice."""
    held: int = 0
    """The number of the last evening."""
    latest: str = ""
    """The random name of the last meeting that became an evening: none becomes two."""
    trail: tuple[str, ...] = ()
    """Random names of what was written, the latest last: of two copies it tells which came of which."""

    @property
    def guided(self) -> bool:
        """Whether somebody from outside guides now: named, and not said farewell to."""
        return self.season.guided and bool(self.facilitator)

    def member(self, key: int | None) -> Member | None:
        """The member with that key."""
        return next((one for one in self.members if one.key == key), None)

    def named(self, name: str) -> Member | None:
        """The member of that name."""
        wanted = alike(name)
        return next((one for one in self.members if alike(one.name) == wanted), None)


def alike(name: str) -> str:
    """The name as people compare it."""
    return " ".join(normalize("NFC", name).split()).casefold()
