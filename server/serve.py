"""Serving: the address is printed, a web server runs until it is told to stop. Nothing here knows what it serves."""

from __future__ import annotations

import importlib.util
import mmap
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from threading import Thread
from typing import Any

from server import nearby
from server.certificates import Certificates, fingerprint
from server.settings import Settings
from server.watchdog import Watchdog

THREADS = 300
"""Each screen holds one, and so does each request that is being read: ten times what one address may have."""
STOP_SECONDS = 2
PORT_SECONDS = 3.0
"""A killed Kring's worker holds the port for a moment."""


PARENT_SECONDS = 0.1
"""How often the serving process looks whether it shall end."""


class PortTaken(Exception):
    """Another program serves there; the message says what to do."""


class Ending:
    """The exit code, shared by the process that serves and the one that was started."""

    def __init__(self) -> None:
        self._code = mmap.mmap(-1, 1)
        self._started = os.getpid()

    @property
    def code(self) -> int:
        """What the command ends with."""
        return self._code[0]

    def ended(self, code: object) -> None:
        """The server itself ended; a failure of its own counts when nobody told a reason."""
        if isinstance(code, int) and not self._code[0]:
            self._code[0] = min(code, 255)

    def finish(self, code: int) -> None:
        """Stop serving, from any thread of either process."""
        self._code[0] = code
        os.kill(self._started, signal.SIGTERM)


def check_port(settings: Settings) -> None:
    """Raise PortTaken when nothing can be served there."""
    deadline = time.monotonic() + PORT_SECONDS
    while True:
        with socket.socket() as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, settings.port))
                return
            except OSError as error:
                if time.monotonic() > deadline:
                    raise PortTaken(
                        f"Port {settings.port} is taken ({error.strerror}). "
                        "Is Kring running already? Stop it, or choose another with --port."
                    ) from None
        time.sleep(0.1)


def serve(
    settings: Settings, certificates: Certificates | None, build: Callable[[Callable[[int], None]], Any], text: str
) -> int:
    """Serve until stopped; the exit code. `build` makes the appliance in the process that serves."""
    ending = Ending()
    check_port(settings)
    if certificates is not None:
        text += f"\nFingerprint of its certificate (SHA-256): {fingerprint(certificates.authority)}"
    if sys.platform == "win32" or importlib.util.find_spec("gunicorn") is None:
        _werkzeug(settings, ending, build, text)
    else:
        _gunicorn(settings, certificates, ending, build, text)
    return ending.code


def _gunicorn(
    settings: Settings,
    certificates: Certificates | None,
    ending: Ending,
    build: Callable[[Callable[[int], None]], Any],
    text: str,
) -> None:
    from gunicorn.app.base import BaseApplication

    started = os.getpid()
    running: list[Any] = []

    class Served(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in _options(settings, certificates).items():
                self.cfg.set(name, value)
            self.cfg.set("when_ready", lambda arbiter: print(text, flush=True))
            self.cfg.set("post_worker_init", lambda worker: _watch(worker, started, running[0]))

        def load(self) -> Any:
            # In the worker: threads and processes do not survive the fork.
            appliance = build(ending.finish)
            appliance.start()
            running.append(appliance)
            return appliance.app

    try:
        Served().run()
    except SystemExit as end:
        if os.getpid() != started:
            raise
        ending.ended(end.code)


def _watch(worker: Any, parent: int, appliance: Any) -> None:
    """End when told to, or when the process that was started is gone: an orphan would keep the screens for itself."""

    watchdog = Watchdog(appliance.well)

    def wait() -> None:
        while worker.alive and os.getppid() == parent:
            time.sleep(PARENT_SECONDS)
            watchdog.look()
        appliance.stop()
        os._exit(0)  # the threads of the sockets would wait for screens that wait for them

    Thread(target=wait, name="end", daemon=True).start()


def _options(settings: Settings, certificates: Certificates | None) -> dict[str, Any]:
    options: dict[str, Any] = {
        "bind": f"{settings.host}:{settings.port}",
        "workers": 1,
        "worker_class": "server.patience.PatientWorker",
        "threads": THREADS,
        "graceful_timeout": STOP_SECONDS,
        "timeout": 60,
        "keepalive": 15,
        "loglevel": "critical",
        "accesslog": None,
        "control_socket_disable": True,
        "forwarded_allow_ips": "",
        "proc_name": "kring",
    }
    if certificates is not None:
        options |= {"certfile": str(certificates.certificate), "keyfile": str(certificates.key)}
    return options


def _werkzeug(settings: Settings, ending: Ending, build: Callable[[Callable[[int], None]], Any], text: str) -> None:
    """Where gunicorn does not exist; without TLS, because one silent connection would block all others."""
    from werkzeug.serving import WSGIRequestHandler

    class Answering(WSGIRequestHandler):
        def version_string(self) -> str:
            return "kring"  # and no versions of what it is made of

    appliance = build(ending.finish)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    appliance.start()
    print(text, flush=True)
    try:
        appliance.sockets.io.run(
            appliance.app,
            host=settings.host,
            port=settings.port,
            allow_unsafe_werkzeug=True,
            debug=False,
            request_handler=Answering,
        )
    except (KeyboardInterrupt, SystemExit):
        return
    finally:
        appliance.stop()


def greeting(settings: Settings, *, locked: bool = False) -> str:
    """What is printed when Kring is there: address, PIN, QR code for the facilitator's tablet."""
    import io

    import segno

    url = f"{settings.scheme}://{nearby.address()}:{settings.port}/"
    drawing = io.StringIO()
    segno.make(f"{url}#pin={settings.pin}", micro=False).terminal(drawing, compact=True, border=2)
    lines = [
        f"Kring: {url}",
        f"Facilitator PIN: {settings.pin}",
        f"Participant PIN: {settings.participant_pin} (another one with each meeting; the tablet shows it)",
    ]
    if settings.https:
        lines.append(f"The browser warns once: this Kring made its own certificate. Go on, or trust it: {url}install")
    else:
        lines.append("Without TLS (--http): use it on a closed network only.")
    return "\n".join([drawing.getvalue().rstrip("\n"), *lines])
