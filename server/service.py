"""`./kring service`: the systemd unit of a box that starts by itself, as strict as Kring can bear; only printed."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from server.passphrase import CREDENTIAL

ROOT = Path(__file__).resolve().parents[1]
PASSPHRASE_FILE = Path("/etc/kring/passphrase")
LOCAL = (
    "localhost",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "fe80::/10",
    "fc00::/7",
)
"""Whoever may be spoken with: this machine and the networks that never leave a building."""


def unit(user: str | None = None) -> str:
    """The text of kring.service, for this checkout and this user."""
    who = user or getpass.getuser()
    credential = f"LoadCredential={CREDENTIAL}:{PASSPHRASE_FILE}\n" if PASSPHRASE_FILE.exists() else ""
    return _UNIT.format(
        root=ROOT, python=sys.executable, user=who, credential=credential, local=" ".join(LOCAL), stop_seconds=5
    )


def how_to() -> list[str]:
    """What to type, line by line."""
    return [
        "Save it and start it, as root:",
        "  ./kring service | sudo tee /etc/systemd/system/kring.service",
        "  sudo systemctl daemon-reload && sudo systemctl enable --now kring",
        "The address, the PIN and the QR code: journalctl -u kring -o cat -n 40",
        "A tablet's PIN is worth one pairing; the next stands there too. One that stays: --pin NNNNNN in ExecStart.",
        f"A locked log opens by itself when its passphrase stands in {PASSPHRASE_FILE} (root only); else on its page.",
    ]


_UNIT = """\
[Unit]
Description=Kring, a companion for peer-consultation groups
After=network.target sound.target
StartLimitIntervalSec=60
StartLimitBurst=10

[Service]
Type=notify
NotifyAccess=all
User={user}
SupplementaryGroups=audio
Environment=PYTHONPATH={root} PYTHONDONTWRITEBYTECODE=1
WorkingDirectory={root}
StateDirectory=kring
StateDirectoryMode=0700
ExecStart={python} -P -m server --data /var/lib/kring
{credential}
# It comes back by itself, and is ended when its table does not answer any more.
Restart=always
RestartSec=1
WatchdogSec=30
TimeoutStopSec={stop_seconds}

# Nothing leaves the building: everything is refused but this machine and its local networks.
IPAddressDeny=any
IPAddressAllow={local}
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK

# Sound and words stay in memory: no image of it, no swap, and room to hold the sound in place.
LimitCORE=0
MemorySwapMax=0
LimitMEMLOCK=infinity

# It writes to its own folder and hears its own microphone; all else is closed.
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
DevicePolicy=closed
DeviceAllow=char-alsa rw
UMask=0077
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
LockPersonality=yes
RestrictNamespaces=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
"""
