"""What a group asks of this device about itself: wishes in the imperative. Nothing here decides on them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGroup:
    """A group begins on this device."""

    name: str
    passphrase: str = field(repr=False)
    language: str = "nl"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGroup:
    """Open the group that this passphrase opens; which groups there are, nobody is told."""

    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseGroup:
    """Nothing of the group is on a screen any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """Write something of the group anew; None stays as it is."""

    name: str | None = None
    purpose: str | None = None
    place: str | None = None
    language: str | None = None
    setting: str | None = None
    rhythm: int | None = None
    minutes: float | None = None
    minimum: int | None = None
    facilitator: str | None = None
    form: str | None = None
    rule: str | None = None
    returns: int | None = None
    method: str | None = None
    held_guided: int | None = None
    held_alone: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember:
    """Somebody comes to the group."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameMember:
    """Somebody is called otherwise."""

    member: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetMember:
    """Nothing of this person stays, in no list and in no evening."""

    member: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteGroupAgreement:
    """An agreement of this group's own; with `agreement` that one anew, without text it goes."""

    text: str
    agreement: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseKeeping:
    """How long something is remembered: "no", "next", "season" or "always"."""

    item: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNext:
    """The next evening; None stays as it is, an empty text is taken away."""

    on: str | None = None
    """YYYY-MM-DD."""
    at: str | None = None
    """HH:MM."""
    place: str | None = None
    method: str | None = None
    different: str | None = None
    theme: int | None = None
    """0: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayAway:
    """A member cannot come next time; with `away` false can."""

    member: int
    away: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapTurns:
    """Two members change places in the order of who leads ("lead") or who brings a case ("bring")."""

    turn: str
    member: int
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TellLookBack:
    """What came of an intention, as far as the person wants it remembered."""

    intention: int
    worth: int = -1
    """0 to 10; -1: not said."""
    back: bool = False
    keep: bool = False
    """False: all of it is forgotten now."""
    seat: str | None = None
    """A phone's own seat; None: on the tablet, with everybody there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayFamiliar:
    """The group knows this method well, or (false) does not yet."""

    method: str
    familiar: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SayReady:
    """What the group says together of a statement about going on alone."""

    statement: str
    yes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseGuidance:
    """Whether a facilitator guides from now on, or the members lead by turn."""

    guided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginSeason:
    """Another season begins today; what was remembered for a season is forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldReview:
    """The half-yearly evening about the group itself was held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRefresh:
    """The group spoke about going on after years: with others, otherwise, or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteTheme:
    """A theme that members chose beforehand; with `theme` that one anew, without title it goes."""

    title: str
    theme: int | None = None
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReadingCard:
    """A trainer's card to a theme; with `card` that one anew, empty it goes."""

    theme: int
    title: str
    text: str
    card: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetKept:
    """One line of what this device remembers goes."""

    item: str
    key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetGroup:
    """The group and all of it goes from this device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroupPassphrase:
    """Another passphrase opens the group from now on."""

    before: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportGroup:
    """Write the group, locked as it is, on this USB stick."""

    stick: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportGroup:
    """Take a group from this USB stick and open it."""

    stick: str
    file: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateAttendance:
    """The dates, hours and methods of one member, for that person's register; it is made and not kept."""

    member: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberEvening:
    """The closed meeting becomes an evening of the group, with what is ticked; the meeting itself is erased."""

    items: tuple[str, ...] = ()
    """Of `ITEMS`, and "question" and "agreements"."""


GroupWish = (
    ChangeGroup
    | AddMember
    | RenameMember
    | ForgetMember
    | WriteGroupAgreement
    | ChooseKeeping
    | PlanNext
    | SayAway
    | SwapTurns
    | TellLookBack
    | SayFamiliar
    | SayReady
    | ChooseGuidance
    | BeginSeason
    | HoldReview
    | HoldRefresh
    | WriteTheme
    | WriteReadingCard
    | ForgetKept
)
"""What changes an open group and nothing else."""

DeviceWish = (
    FoundGroup
    | OpenGroup
    | CloseGroup
    | ForgetGroup
    | ChangeGroupPassphrase
    | ExportGroup
    | ImportGroup
    | StateAttendance
    | RememberEvening
)
"""What asks more: a file, a meeting, an answer."""
