"""The names and addresses under which this machine can be reached by the table. Nothing here opens a connection."""

from __future__ import annotations

import socket
import time
from functools import lru_cache
from ipaddress import ip_address

import ifaddr

LOCAL_NAME = "kring.local"
_VIRTUAL = ("docker", "veth", "br-", "virbr", "tun", "tap", "wg", "zt")
_FRESH_SECONDS = 10


def addresses() -> tuple[str, ...]:
    """IPv4 addresses of this machine, the one most likely reached by a phone first; loopback last."""
    found = [
        (_rank(adapter.nice_name, str(ip.ip)), str(ip.ip))
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if ip.is_IPv4
    ]
    return tuple(dict.fromkeys(address for _, address in sorted(found)))


def address() -> str:
    """The address to print and to put into the QR code."""
    return next(iter(addresses()), "127.0.0.1")


def names() -> tuple[str, ...]:
    """Everything a browser at the table may call us."""
    host = socket.gethostname().lower()
    own = (host, f"{host}.local") if host and "." not in host else (host,) if host else ()
    return tuple(dict.fromkeys((*addresses(), LOCAL_NAME, "localhost", "127.0.0.1", *own)))


def is_ours(host: str) -> bool:
    """Whether this host (with or without a port) is one of our names; the address may change while we run."""
    name = host.lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif ":" in name:
        name = name.partition(":")[0]
    return name in _names(int(time.monotonic() // _FRESH_SECONDS)) or name == "::1"


@lru_cache(maxsize=1)
def _names(_moment: int) -> frozenset[str]:
    return frozenset(names())


def _rank(adapter: str, text: str) -> int:
    ip = ip_address(text)
    if ip.is_loopback:
        return 4
    if ip.is_link_local:
        return 3
    if adapter.lower().startswith(_VIRTUAL):
        return 2
    return 0 if ip.is_private else 1
