"""Every decision about running the appliance that a person may want to change. Nothing here acts on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

HTTPS_PORT = 8443
HTTP_PORT = 8080
REHEARSALS = Path(__file__).with_name("rehearsal")
"""Where the rehearsals lie, one for each language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSettings:
    """How the table publishes and keeps time."""

    publish_seconds: float = 0.125
    """Least time between two publications that are not urgent: eight a second."""
    tick_seconds: float = 1.0
    """Meeting seconds between two logged ticks."""
    unattended: UnattendedSettings = field(default_factory=lambda: UnattendedSettings())


@dataclass(frozen=True, slots=True, kw_only=True)
class UnattendedSettings:
    """What happens by itself when people are gone."""

    quiet_seconds: float = 600.0
    """Nobody spoke for so long: the microphone closes. Meeting seconds; never while a phase asks for silence."""
    unwatched_seconds: float = 300.0
    """No screen looked for so long: the same."""
    muted_seconds: float = 1800.0
    """Nobody opened a muted microphone for so long: what is known of voices is wiped. Meeting seconds."""
    abandoned_seconds: float = 12 * 3600.0
    """No screen looked at a running meeting for so long: it is closed, and then nobody decides about it."""
    undecided_seconds: float = 3600.0
    """Nobody chose for so long after a meeting was closed: it is erased."""
    erased_seconds: float = 60.0
    """So long the screens say that everything is erased, then they are ready for a new meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingSettings:
    """How the ears are watched."""

    silent_seconds: float = 10.0
    """Ears that should be listening and tell nothing for this long are started again."""
    recording_seconds: float = 60.0
    """The same for a recording: no sound is lost while words are waited for."""
    opening_seconds: float = 20.0
    """The same while a device or recording is being opened (enrolments are learned first)."""
    warming_seconds: float = 180.0
    """Loading models may take this long on a slow card."""
    retry_seconds: float = 2.0
    """A lost microphone is tried again this often."""
    restart_seconds: tuple[float, ...] = (0.2, 1.0, 3.0, 10.0)
    """Wait before the first, second ... start in a row; the last one is repeated."""
    steady_seconds: float = 20.0
    """Ears that ran for so long and hear are well again: their next fall is a first one."""
    most_megabytes: float = 1500.0
    """Ears in more memory than this are started again; ours take 300 to 450. Memory in use is watched and no limit is
    set on addresses: those that are only reserved come to twice as much, and a library that is refused some aborts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSettings:
    """How strangers are kept out."""

    tries: int = 5
    """Wrong PINs from one address within `tries_seconds` before it has to wait."""
    tries_seconds: float = 60.0
    wait_seconds: float = 60.0
    """The first wait of an address; each next one is twice as long, up to `longest_wait_seconds`."""
    longest_wait_seconds: float = 3600.0
    all_tries: int = 60
    """Wrong PINs from all addresses together; when they are used up, nobody new is let in until there is one more."""
    all_tries_seconds: float = 120.0
    """Until there is one more. What that is worth in years: docs/security.md."""
    participant_pin_seconds: float = 1800.0
    """So long the phones' PIN is shown before another takes its place."""
    grace_seconds: float = 120.0
    """So long the one before is still good: somebody may be typing it."""
    device_seconds: float = 24 * 3600.0
    """A paired device is forgotten after a day."""
    devices: int = 32
    """Paired devices of one role; for one more the one that is away longest is forgotten."""
    seat_seconds: float = 30.0
    """A device without a socket for so long keeps its seat only until another one wants it."""
    commands_burst: float = 20.0
    commands_per_second: float = 10.0
    lines_burst: float = 40.0
    lines_per_second: float = 4.0
    """Lines that one address opens; each costs a thread for some seconds."""
    message_bytes: int = 64 * 1024
    reply_seconds: float = 5.0
    """A command that the table has not answered by then is refused as "busy"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleSettings:
    """How long a group stays open."""

    idle_seconds: float = 1200.0
    """Nobody asked for anything for so long, and no meeting runs: the group is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One run of Kring."""

    data: Path
    """Folder with the log, its key, certificates and paired devices."""
    port: int
    https: bool
    pin: str
    """Facilitator's PIN, six digits."""
    language: str
    participant_pin: str
    table_pin: str
    """With this one a second screen shows the table."""
    rehearsal: Rehearsal | None = None
    passphrase: str | None = field(default=None, repr=False)
    """What the key of the log is wrapped with, when it is."""
    store: str | None = None
    """SQLAlchemy URL of another store than the encrypted file (PostgreSQL)."""
    host: str = "0.0.0.0"
    ears: tuple[str, ...] = ()
    """Command that starts the ears; empty is our own."""
    table: TableSettings = field(default_factory=TableSettings)
    hearing: HearingSettings = field(default_factory=HearingSettings)
    door: DoorSettings = field(default_factory=DoorSettings)
    circle: CircleSettings = field(default_factory=CircleSettings)

    @property
    def scheme(self) -> str:
        """ "https" or "http"."""
        return "https" if self.https else "http"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Play the bundled recording instead of opening a microphone."""

    script: Path
    """JSON with seats, phases and the name of the recording beside it."""
    speed: float = 1.0
    once: bool = False
    """Begin without a tablet and stop after the evaluation."""
