"""Requests as no browser and no library would send them: bytes out, bytes back."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from tests.server.test_serving import Kring


@dataclass(frozen=True)
class Answer:
    """What came back; status 0: the line was closed without a word."""

    status: int
    headers: dict[str, str]
    body: bytes


def answered(kring: Kring, request: bytes, seconds: float = 5.0) -> Answer:
    """The answer to these bytes, read until the end of the line or `seconds` of silence."""
    told = b""
    with socket.create_connection(("127.0.0.1", kring.port), timeout=seconds) as line:
        try:
            line.sendall(request)
            while more := line.recv(65536):
                told += more
        except OSError:
            pass
    head, _, body = told.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Answer(int(first.split(" ")[1]) if first.startswith("HTTP/") else 0, headers, body)


def asked(kring: Kring, path: str, *headers: str, host: str = "", method: str = "GET", body: bytes = b"") -> Answer:
    """One request, with the line closed after it."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{kring.port}'}", "Connection: close", *headers]
    lines += [f"Content-Length: {len(body)}"] if body or method == "POST" else []
    return answered(kring, "\r\n".join([*lines, "", ""]).encode("latin-1") + body)
