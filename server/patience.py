"""The worker of the web server: how long it waits for a request, and for how many of one address. Nothing is read here.

gunicorn's own worker gives a thread to everybody who connects, for as long as it takes. A hundred half requests from
one phone would keep all others out of the meeting.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections import Counter
from functools import partial
from selectors import EVENT_READ
from threading import Lock
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

REQUEST_SECONDS = 10.0
"""A request whose head is not whole by then (with the handshake before it) is given up."""
BODY_SECONDS = 30.0
"""The same for a body and its answer; a passphrase costs work, and several may wait for each other."""
ADDRESS_CONNECTIONS = 30
"""Open at once from one address; a tablet needs seven. This machine itself may have more."""
_THIS_MACHINE = "127.0.0.1"


class _Connection(TConn):  # type: ignore[misc]
    """Gives its place back when it is closed."""

    def __init__(self, worker: PatientWorker, *more: Any) -> None:
        super().__init__(worker.cfg, *more)
        self._worker, self._open = worker, True

    def close(self, graceful: bool = False) -> None:
        """Once only, however often it is called."""
        was, self._open = self._open, False
        if was:
            self._worker.gone(self.client[0])
        super().close(graceful)


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """Gives a thread to who has something to say, and takes it back from who does not finish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places: Counter[str] = Counter()
        self._unfinished: dict[Any, float] = {}
        """Connections whose request is being read, and the second until which."""
        self._one = Lock()

    def accept(self, listener: socket.socket) -> None:
        """Somebody connects; a thread is taken when the first byte comes."""
        try:
            sock, client = listener.accept()
        except OSError:
            return  # gone again already
        if client[0] != _THIS_MACHINE and self._places[client[0]] >= ADDRESS_CONNECTIONS:
            sock.close()
            return
        with self._one:
            self._places[client[0]] += 1
        self.nr_conns += 1
        connection = _Connection(self, sock, client, listener.getsockname())
        connection.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(connection)
        self.poller.register(sock, EVENT_READ, partial(self.on_pending_socket_readable, connection))

    def gone(self, address: str) -> None:
        """A connection of this address was closed."""
        with self._one:
            self._places[address] -= 1
            if self._places[address] <= 0:
                del self._places[address]

    def handle(self, conn: Any) -> Any:
        """Read a request and answer it."""
        self._unfinished[conn] = time.monotonic() + REQUEST_SECONDS
        try:
            return super().handle(conn)
        finally:
            self._unfinished.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """The head was read; where no body follows, answering may take as long as it takes."""
        if any(name in ("CONTENT-LENGTH", "TRANSFER-ENCODING") for name, _ in req.headers):
            self._unfinished[conn] = time.monotonic() + BODY_SECONDS
        else:
            self._unfinished.pop(conn, None)
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Called once a second: who is late, is let go."""
        super().murder_pending()
        now = time.monotonic()
        for connection, until in list(self._unfinished.items()):
            if now > until:
                # Its thread, which waits for the rest, finds the end of the line and closes it.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
