"""Pages and pairing over HTTP, with the headers that keep a browser strict. Nothing here touches a meeting."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Request, Response, abort, jsonify, request, send_file, send_from_directory
from flask_compress import Compress

from server.carried import Carried
from server.glance import Glances
from server.installing import install_page
from server.nearby import is_ours
from server.pages import CLIENT, LANGUAGES, STYLES, import_map_and_style, page, styles_age, stylesheet
from server.pairing import Door, DoorClosed
from server.screens import PARTICIPANT, TABLE

COOKIE = "kring"
PAIR_BYTES = 4096
_MOST_KEPT = 400
_MADE_ANEW = ";anew"


class _Kept:
    """Compressed files as they were sent last, by their address and age; a few hundred kB."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        if not key.endswith(_MADE_ANEW):
            self._kept = {**self._kept, key: value} if len(self._kept) < _MOST_KEPT else {key: value}


def _address_and_age(asked: Request) -> str:
    """A file that changed is compressed anew; what is no file, each time."""
    name = asked.path.removeprefix("/client/")
    if asked.path == STYLES:
        return f"{STYLES};{styles_age()}"
    path = CLIENT / name
    is_file = asked.path.startswith("/client/") and ".." not in name and path.is_file()
    return f"{name};{path.stat().st_mtime_ns}" if is_file else _MADE_ANEW


_COMPRESSED = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 11,
    "COMPRESS_LEVEL": 9,
    "COMPRESS_CACHE_BACKEND": _Kept,
    "COMPRESS_CACHE_KEY": _address_and_age,
    "COMPRESS_MIMETYPES": ["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"],
}
"""Text goes out small; letters and pictures are small already."""
STRICT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(), camera=(), geolocation=()",
}
"""With every answer, whatever it is."""
_SEAT = re.compile(r"[A-H]")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_STATUS = {"wrong_pin": 403, "too_many_tries": 429, "seat_taken": 409, "seat_fixed": 409, "full": 503}

Reply = Response | tuple[Response, int]


def create_app(
    door: Door,
    *,
    secure: bool,
    authority: Path | None = None,
    left: Callable[[str], None] = lambda token: None,
    glances: Glances | None = None,
    carried: Carried | None = None,
) -> Flask:
    """The application; `left` is told a token that was given back, `glances` knows where the meeting is."""
    app = Flask("kring", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=PAIR_BYTES, **_COMPRESSED)
    guard(app, _policy())
    Compress(app)
    _pages(app, authority)
    _first_page(app, door, glances or Glances("nl"))
    _pairing(app, door, secure=secure, left=left)
    _to_carry(app, door, carried or Carried())
    return app


def guard(app: Flask, policy: str) -> None:
    """Who may ask, and what a browser may do with the answer."""

    @app.before_request
    def only_our_names() -> None:
        # A page of a stranger that resolves to us must not reach us under its own name.
        if not is_ours(request.host) or not origin_is_ours(request.headers.get("Origin"), request.environ):
            abort(400, "This is Kring, but not under this name. Use the address that Kring shows.")

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers.update(STRICT)
        response.headers["Cache-Control"] = "no-cache" if request.path.startswith("/client/") else "no-store"
        return response


def _pages(app: Flask, authority: Path | None) -> None:
    """Files."""

    @app.get(STYLES)
    def styles() -> Response:
        response = Response(stylesheet(), mimetype="text/css")
        response.add_etag()
        return response

    @app.get("/client/<path:name>")
    def client(name: str) -> Response:
        response = send_from_directory(CLIENT, name, conditional=False)
        response.direct_passthrough = False
        response.set_data(response.get_data())  # whole, so that it can be kept compressed
        return response

    @app.get("/healthz")
    def healthz() -> Response:
        return jsonify({"ok": True})

    @app.get("/ca")
    def ca() -> Response:
        if authority is None:
            abort(404)
        return send_file(
            authority, mimetype="application/x-x509-ca-cert", as_attachment=True, download_name="kring-ca.crt"
        )

    @app.get("/install")
    def install() -> Response:
        if authority is None:
            abort(404)
        language = request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
        return Response(install_page(authority, language), mimetype="text/html")


def _first_page(app: Flask, door: Door, glances: Glances) -> None:
    """The page, with what this screen may know before its scripts run."""

    @app.get("/")
    def first() -> Response:
        device = door.device(request.cookies.get(COOKIE))
        wished = request.accept_languages.best_match(LANGUAGES)
        return Response(page(device, glances.last, wished), mimetype="text/html")


def _to_carry(app: Flask, door: Door, carried: Carried) -> None:
    """What people of the open group take along."""

    @app.get("/next.ics")
    def next_evening() -> Response:
        device = door.device(request.cookies.get(COOKIE))
        if device is None or device.role == TABLE:
            abort(403, "Join this Kring first: its tablet shows how.")
        if device.role == PARTICIPANT and not (carried.for_phones and device.seat):
            abort(404, "No evening of a group runs, or you have no chair yet.")
        if carried.calendar is None:
            abort(404, "No next evening is planned, or no group is open.")
        response = Response(carried.calendar, mimetype="text/calendar")
        response.headers["Content-Disposition"] = 'attachment; filename="kring.ics"'
        return response


def _pairing(app: Flask, door: Door, *, secure: bool, left: Callable[[str], None]) -> None:
    """A PIN becomes a cookie, and back."""

    @app.get("/whoami")
    def whoami() -> Response:
        device = door.device(request.cookies.get(COOKIE))
        return jsonify({"role": device.role if device else None, "seat": device.seat if device else None})

    @app.post("/pair")
    def pair() -> Reply:
        return _pair(door, secure=secure, left=left)

    @app.post("/leave")
    def leave() -> Response:
        token = request.cookies.get(COOKIE)
        door.leave(token)
        left(token or "")
        response = jsonify({"role": None})
        response.delete_cookie(COOKIE, secure=secure, httponly=True, samesite="Strict")
        return response


def origin_is_ours(origin: str | None, environ: Mapping[str, Any]) -> bool:
    """Browsers name the page a request comes from; programs do not. Another port is another site, however near."""
    if origin is None:
        return True
    host = str(environ.get("HTTP_HOST", ""))
    return is_ours(host) and _place(origin) == _place(f"{environ['wsgi.url_scheme']}://{host}")


def _place(address: str) -> str:
    """Scheme, host and port, the port left out where browsers leave it out."""
    name = address.lower()
    return name.removesuffix(_DEFAULT_PORTS.get(name.partition("://")[0], ""))


def _pair(door: Door, *, secure: bool, left: Callable[[str], None]) -> Reply:
    try:
        asked: Any = request.get_json(silent=True)
    except RecursionError:
        asked = None  # brackets in brackets in brackets
    pin = asked.get("pin") if isinstance(asked, dict) else None
    seat = asked.get("seat") if isinstance(asked, dict) else None
    seated = isinstance(seat, str) and _SEAT.fullmatch(seat) is not None
    if not (isinstance(pin, str) or (pin is None and seated)) or not (seat is None or seated):
        return jsonify({"refused": "not_understood"}), 400
    before = request.cookies.get(COOKIE)
    try:
        token, device = door.pair(request.remote_addr or "", pin, seat, before)
    except DoorClosed as closed:
        return jsonify({"refused": closed.code}), _STATUS[closed.code]
    if before and token != before:
        left(before)
    response = jsonify({"role": device.role, "seat": device.seat})
    response.set_cookie(COOKIE, token, httponly=True, secure=secure, samesite="Strict", path="/")
    return response


def _policy() -> str:
    """Only our own files, and the import map and the first style as they are in the page."""
    scripts, style = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in import_map_and_style()
    )
    return (
        f"default-src 'self'; script-src 'self' 'sha256-{scripts}'; style-src 'self' 'sha256-{style}'; "
        "style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
